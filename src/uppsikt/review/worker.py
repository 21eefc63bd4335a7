"""The child process of a guarded review: ``python -m uppsikt.review.worker '{"path": ...}'``.

It writes lines of JSON, each [kind, value]: "progress" [done, total], one line for each of "tables",
"findings" and "bindings", "document" last, or "error" with one Swedish line. Nothing else can come
that way, for what a library prints goes nowhere. Asked to annotate, it reads a record, one line,
from standard input and writes "bytes" with their number, and then the bytes of the PDF.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NoReturn

from uppsikt.documents.model import DocumentError
from uppsikt.review.record import Record
from uppsikt.review.running import limit_this_process, review_file

_OFTEN = 0.1  # seconds between two words about how far it has come
SPARE = 4_000_000  # bytes let go of when memory is out, to say so


class Channel:
    """Where the lines go: what was standard output when the process began."""

    def __init__(self) -> None:
        self._file: BinaryIO = os.fdopen(os.dup(1), "wb")
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        self._next = 0.0

    def tell(self, kind: str, value: Any) -> None:
        """Write one line."""
        self._file.write(json.dumps([kind, value], separators=(",", ":")).encode() + b"\n")

    def send(self, data: bytes) -> None:
        """Say how many bytes come, and let them come."""
        self.tell("bytes", len(data))
        self._file.write(data)

    def progress(self, done: int, total: int) -> None:
        """Tell how far it has come, a few times a second."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _OFTEN
            self.tell("progress", [done, total])
            self._file.flush()

    def end(self, code: int) -> NoReturn:
        """Send what is written and end at once: taking a large document apart would only cost time."""
        self._file.flush()
        os._exit(code)


def _review(asked: dict[str, Any], channel: Channel) -> None:
    record = review_file(
        Path(asked["path"]), name=asked["name"], progress=channel.progress, with_rounding=asked["with_rounding"]
    )
    for part in ("tables", "findings", "bindings"):
        for value in record[part]:
            channel.tell(part, value)
    channel.tell("document", record["document"])


def main(asked: dict[str, Any]) -> NoReturn:
    """Review a file and tell the record, or mark a record's findings in it."""
    channel, name, spare = Channel(), asked["name"], [bytes(SPARE)]
    limit_this_process(asked["seconds"], asked["memory"])
    gc.set_threshold(200_000, 20, 50)  # nearly everything that a reader makes is kept to the end

    def fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        channel.tell("error", our_fault(name, error, trace))
        channel.end(1)

    sys.excepthook = fault
    told: Record | None = json.loads(sys.stdin.buffer.readline()) if asked.get("annotate") else None
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    try:
        if told is not None:
            from uppsikt.review.showing.annotated import annotate

            channel.send(annotate(Path(asked["path"]).read_bytes(), told))
        else:
            _review(asked, channel)
    except DocumentError as error:
        channel.tell("error", str(error))
    except MemoryError:
        spare.clear()
        most = asked["memory"] // 1_000_000
        channel.tell("error", f"{name} behöver mer minne än de {most} MB som en granskning får ta. Dela upp filen.")
    except RecursionError:
        channel.tell("error", f"{name} är byggd i så många lager att den inte går att läsa. Spara om filen.")
    channel.end(0)


def end_with_the_parent() -> None:
    """End this process when the one that asked is gone, however it went: then its end of the pipe is closed."""
    while os.read(0, 1024):
        pass
    os._exit(1)


def our_fault(name: str, error: BaseException, trace: TracebackType | None) -> str:
    """Say that a fault is ours and where it is, for the one who mends it."""
    last = traceback.extract_tb(trace)[-1:]
    where = f" i {'/'.join(Path(last[0].filename).parts[-2:])}, rad {last[0].lineno}" if last else ""
    return f"{name} går inte att läsa: programmet gjorde fel ({type(error).__name__}{where}). Anmäl det gärna."


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
