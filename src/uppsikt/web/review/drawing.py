"""Pictures of pages, made in a process of their own and kept on disk.

    python -m uppsikt.web.review.drawing FILE PAGE WIDTH     writes the picture to standard output

The library that draws is written in C and the file is a stranger's: neither may take the server with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path

from uppsikt.documents.model import DocumentError
from uppsikt.review.running import limit_this_process

SECONDS, MEMORY = 20, 1_500_000_000
WIDTHS = (1000, 1800)  # pixels: beside the findings, and to be looked at closely
_REFUSED = 3  # exit code when the page can be told why it has no picture


def picture(source: Path, page: int, width: int, kept: Path) -> bytes:
    """Give the picture of a page as PNG, from ``kept`` when it lies there; DocumentError says why there is none."""
    if kept.is_file():
        return kept.read_bytes()
    made = _drawn(source, page, width)
    unfinished = kept.with_name(f"{uuid.uuid4()}.ofardig")
    unfinished.write_bytes(made)
    unfinished.rename(kept)
    return made


def _drawn(source: Path, page: int, width: int) -> bytes:
    command = [sys.executable, "-P", "-m", __name__, str(source), str(page), str(width)]
    try:
        told = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL)  # noqa: S603  # our own module, and no shell reads the words
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"Sidan {page} tog för lång tid att rita.") from error
    if told.returncode == _REFUSED:
        raise DocumentError(told.stderr.decode(errors="replace").strip())
    if told.returncode or not told.stdout.startswith(b"\x89PNG"):
        raise DocumentError(f"Sidan {page} går inte att visa som bild.")
    return told.stdout


def main(source: str, page: str, width: str) -> int:
    """Draw one page to standard output, within limits that the system keeps."""
    limit_this_process(SECONDS, MEMORY)
    from uppsikt.documents.pdf.pictures import page_picture

    try:
        made = page_picture(Path(source).read_bytes(), int(page), int(width))
    except DocumentError as error:
        sys.stderr.write(str(error))
        return _REFUSED
    with os.fdopen(os.dup(1), "wb") as out:
        out.write(made)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:4]))
