"""Pictures of pages, and the PDF with its marks: both made in a process of their own.

    python -m uppsikt.web.review.drawing picture FILE PAGE WIDTH     a page as PNG, on standard output
    python -m uppsikt.web.review.drawing marked FILE                 the PDF marked, with the record on standard input

The libraries that draw are written in C and the file is a stranger's: neither may take the server with it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

from uppsikt.documents.model import DocumentError
from uppsikt.review.record import Record
from uppsikt.review.running import limit_this_process

SECONDS, MEMORY = 60, 2_000_000_000
WIDTHS = (1000, 1800)  # pixels: beside the findings, and to be looked at closely
_REFUSED = 3  # exit code when it can be told why nothing was made


def picture(source: Path, page: int, width: int, kept: Path) -> bytes:
    """Give the picture of a page as PNG, from ``kept`` when it lies there; DocumentError says why there is none."""
    if kept.is_file():
        return kept.read_bytes()
    made = _made(["picture", str(source), str(page), str(width)], f"Sidan {page} går inte att visa som bild.")
    unfinished = kept.with_name(f"{uuid.uuid4()}.ofardig")
    unfinished.write_bytes(made)
    unfinished.rename(kept)
    return made


def marked(source: Path, record: Record) -> bytes:
    """Give the PDF with the findings marked in it; DocumentError says why it cannot be made."""
    told = json.dumps(record).encode()
    return _made(["marked", str(source)], "Markeringarna går inte att skriva i den här PDF-filen.", told)


def _made(asked: list[str], fault: str, told: bytes = b"") -> bytes:
    command = [sys.executable, "-P", "-m", __name__, *asked]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, input=told)  # noqa: S603  # our own module, and no shell reads the words
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"{fault} Det tog för lång tid.") from error
    if done.returncode == _REFUSED:
        raise DocumentError(done.stderr.decode(errors="replace").strip())
    if done.returncode or not done.stdout:
        raise DocumentError(fault)
    return done.stdout


def main(task: str, source: str, *numbers: str) -> int:
    """Make what is asked for on standard output, within limits that the system keeps."""
    limit_this_process(SECONDS, MEMORY)
    data = Path(source).read_bytes()
    try:
        made = _picture(data, *map(int, numbers)) if task == "picture" else _marked(data)
    except DocumentError as error:
        sys.stderr.buffer.write(str(error).encode())
        return _REFUSED
    with os.fdopen(os.dup(1), "wb") as out:
        out.write(made)
    return 0


def _picture(data: bytes, page: int, width: int) -> bytes:
    from uppsikt.documents.pdf.pictures import page_picture

    return page_picture(data, page, width)


def _marked(data: bytes) -> bytes:
    from uppsikt.review.showing.annotated import annotate

    return annotate(data, json.load(sys.stdin.buffer))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
