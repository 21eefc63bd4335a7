"""Runs a review: read, infer, check, record; in this process, or guarded in one that can be killed.

A stranger's file is read in a child process with limits of memory and time, for no reader written in
C can be trusted with it. What comes back is lines of JSON (see ``worker``), never pickled objects.
"""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from uppsikt.core.errors import reason_of
from uppsikt.documents.model import DocumentError, Limits
from uppsikt.documents.opening import Progress, open_content, quiet
from uppsikt.review.record import FORMAT, Record, TableRecord

_MB = 1_000_000
_MOST_TOLD = 800 * _MB  # bytes of JSON that a child may send: far more than the largest report needs


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a guarded review may take: seconds on the clock, seconds of the processor, bytes of memory."""

    seconds: int
    memory: int

    @classmethod
    def of_size(cls, size: int) -> Bounds:
        """Give the bounds for a file of this many bytes; a thousand pages of text and tables are about 5 MB."""
        megabytes = size // _MB + 1
        return cls(min(120 + 15 * megabytes, 600), min(1500 + 60 * megabytes, 4000) * _MB)


def review_file(
    path: Path, *, name: str | None = None, progress: Progress | None = None, with_rounding: bool = False
) -> Record:
    """Review a file in this process; DocumentError says in one Swedish line why it cannot be read.

    ``name`` is what the document is called, the file's own name if nothing is said. With
    ``with_rounding`` what rounding can explain is included, marked as that.
    """
    from uppsikt.checks import Printed, check_document, holds
    from uppsikt.documents.inference import infer
    from uppsikt.review.making import record_of

    begun = time.monotonic()
    called = name or path.name
    content = open_content(_bytes_of(path, called), called, Limits(), progress or quiet)
    document = infer(content, holds)
    del content
    printed = [Printed(read.table, read.order, read.section, read.page, read.kind) for read in document.tables]
    checked = check_document(printed, document.passages, with_rounding=with_rounding)
    return record_of(document, checked, time.monotonic() - begun)


def _bytes_of(path: Path, name: str) -> bytes:
    """Read the file, and one byte more than is accepted of one that is too large, so that the reader refuses it."""
    try:
        with path.open("rb") as file:
            return file.read(Limits().size + 1)
    except OSError as error:
        raise DocumentError(f"{name} går inte att öppna: {reason_of(error)}.") from error


def review_guarded(
    path: Path,
    *,
    name: str | None = None,
    progress: Progress | None = None,
    with_rounding: bool = False,
    bounds: Bounds | None = None,
) -> Record:
    """Review a file in a child process that is always gone when this returns or raises.

    Whatever the file does to the child becomes a DocumentError with one Swedish line. ``progress``
    is called in this thread.
    """
    begun, called = time.monotonic(), name or path.name
    bounds = bounds or Bounds.of_size(_size_of(path, called))
    with Child("uppsikt.review.worker", bounds, path=str(path), name=called, with_rounding=with_rounding) as child:
        record = _received(child.told, called, progress)
        if record is None:
            raise child.end(called)
    record["document"]["seconds"] = round(time.monotonic() - begun, 2)
    return record


def annotated_guarded(path: Path, record: Record, *, bounds: Bounds | None = None) -> bytes:
    """Give the PDF with the findings of a record marked in it, made in a child process as a review is."""
    called = record["document"]["name"]
    bounds = bounds or Bounds.of_size(_size_of(path, called))
    tables: list[TableRecord] = [{**table, "rows": []} for table in record["tables"]]  # only their names are needed
    with Child("uppsikt.review.worker", bounds, path=str(path), name=called, annotate=True) as child:
        with suppress(BrokenPipeError):  # a child that ended early says why, or its exit code does
            child.tell({**record, "tables": tables, "bindings": []})
        line = child.told.readline()
        kind, value = json.loads(line) if line.endswith(b"\n") else ("", 0)
        if kind == "error":
            raise DocumentError(value)
        data = child.told.read() if kind == "bytes" else b""
        if kind != "bytes" or len(data) != value:
            raise child.end(called)
    return data


class Child:
    """A child process that runs a module: it ends when the block does, however that is left, and when its time is out.

    The module is asked by one argument of JSON, which tells its bounds too, and answers by a worker.Channel.
    """

    def __init__(self, module: str, bounds: Bounds, **asked: object) -> None:
        self._bounds = bounds
        asked |= {"seconds": bounds.seconds, "memory": bounds.memory}
        # -P: a file in the folder where the user stands is never taken for a module of ours.
        command = [sys.executable, "-P", "-m", module, json.dumps(asked)]
        self._process = subprocess.Popen(  # noqa: S603  # our own module; the asker's words are one argument and no shell reads them
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._late = threading.Event()
        self._watch = threading.Timer(bounds.seconds, self._end_it)
        self._watch.daemon = True
        self._watch.start()

    @property
    def told(self) -> IO[bytes]:
        """What the child says."""
        return cast("IO[bytes]", self._process.stdout)

    def tell(self, value: object) -> None:
        """Say something to the child. Its input stays open: it ends when that is closed, should we be killed."""
        file = cast("IO[bytes]", self._process.stdin)
        file.write(json.dumps(value).encode() + b"\n")
        file.flush()

    def end(self, name: str, advice: str = "Spara om den eller skriv ut den till PDF.") -> DocumentError:
        """Say why the child ended without having said what it should; ``advice`` when it is the file that broke it."""
        self._process.wait()
        why = _ended(name, self._process.returncode, self._bounds, late=self._late.is_set())
        return DocumentError(why or f"{name} är trasig, eller för stor när den packas upp. {advice}")

    def _end_it(self) -> None:
        self._late.set()
        self._process.kill()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_error: object) -> None:
        self._watch.cancel()
        self._process.kill()
        self._process.wait()
        for file in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                cast("IO[bytes]", file).close()


def _size_of(path: Path, name: str) -> int:
    try:
        found = path.stat()
    except OSError as error:
        raise DocumentError(f"{name} går inte att öppna: {_missing(error)}.") from error
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        # A pipe is this process's own, may never end, and cannot be read twice; a folder is told when it is opened.
        raise DocumentError(f"{name} är ett rör eller en enhet och ingen fil. Spara det i en fil och granska den.")
    return found.st_size


def _missing(error: OSError) -> str:
    return "filen finns inte" if isinstance(error, FileNotFoundError) else reason_of(error)


def _received(lines: Iterable[bytes], name: str, progress: Progress | None) -> Record | None:
    """Put the record together from the child's lines; None when it ended before it was whole."""
    parts: dict[str, list[Any]] = {"tables": [], "findings": [], "bindings": []}
    told = 0
    for line in lines:
        told += len(line)
        if told > _MOST_TOLD:
            raise DocumentError(f"{name} har fler tabeller än vad som går att granska på en gång. Dela upp filen.")
        if not line.endswith(b"\n"):
            return None
        kind, value = json.loads(line)
        if kind == "error":
            raise DocumentError(value)
        if kind == "document":  # comes last
            return Record(
                document=value, tables=parts["tables"], findings=parts["findings"], format=FORMAT,
                bindings=parts["bindings"],
            )  # fmt: skip
        if kind != "progress":
            parts[kind].append(value)
        elif progress is not None:
            progress(*value)
    return None


def _ended(name: str, code: int, bounds: Bounds, *, late: bool) -> str:
    """Say why a child was ended; nothing when it ended by itself."""
    if late or (hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU):
        return f"{name} gick inte att läsa färdigt på {bounds.seconds} sekunder. Dela upp filen eller spara om den."
    if code == -signal.SIGKILL:
        return f"{name} avbröts av datorn, troligen för att minnet tog slut. Dela upp filen."
    return ""


def limit_this_process(seconds: int, memory: int) -> None:
    """Set limits that the system keeps; where it has none of a kind, the clock of the parent remains."""
    try:
        import resource
    except ImportError:  # no such thing on this system
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):  # a stricter limit that is already set stays
            resource.setrlimit(kind, (most, most))
