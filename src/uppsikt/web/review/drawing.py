"""Pictures of pages, made in a process of their own: ``python -m uppsikt.web.review.drawing FILE PAGE WIDTH``.

The library that draws is written in C and the file is a stranger's: it may not take the server with it.
The picture comes as PNG on standard output.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from uppsikt.documents.model import DocumentError
from uppsikt.review.running import limit_this_process
from uppsikt.review.writing import write_whole

SECONDS, MEMORY = 60, 2_000_000_000
WIDTHS = (1000, 1800)  # pixels: beside the findings, and to be looked at closely
_REFUSED = 3  # exit code when it can be told why nothing was made


def picture(source: Path, page: int, width: int, kept: Path) -> bytes:
    """Give the picture of a page as PNG, from ``kept`` when it lies there; DocumentError says why there is none."""
    if kept.is_file():
        return kept.read_bytes()
    fault = f"Sidan {page} går inte att visa som bild."
    command = [sys.executable, "-P", "-m", __name__, str(source), str(page), str(width)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # our own module, and no shell reads the words
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"{fault} Det tog för lång tid.") from error
    if done.returncode == _REFUSED:
        raise DocumentError(done.stderr.decode(errors="replace").strip())
    if done.returncode or not done.stdout:
        raise DocumentError(fault)
    write_whole(kept, done.stdout)
    return done.stdout


def main(source: str, page: str, width: str) -> int:
    """Draw the page on standard output, within limits that the system keeps."""
    from uppsikt.documents.pdf.pictures import page_picture

    limit_this_process(SECONDS, MEMORY)
    try:
        made = page_picture(Path(source).read_bytes(), int(page), int(width))
    except DocumentError as error:
        sys.stderr.buffer.write(str(error).encode())
        return _REFUSED
    with os.fdopen(os.dup(1), "wb") as out:
        out.write(made)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
