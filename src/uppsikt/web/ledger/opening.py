"""A workbook is opened in a process of its own with limits: ``python -m uppsikt.web.ledger.opening '{"path": ...}'``.

A small workbook can be a very large one when it is unpacked, and its reader keeps all of a sheet in memory. So
neither a page nor the server's worker opens one: a child does (decision 0011), and says by lines of JSON what it
found. Its text file lies in the folder that it was given.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from uppsikt.core.economy import EntryFault
from uppsikt.core.errors import UseError
from uppsikt.documents.model import DocumentError
from uppsikt.exchange.ledger_table import (
    Look,
    Zeros,
    as_text_file,
    faults_from,
    look_at,
    look_from_json,
    look_to_json,
)
from uppsikt.review.running import Bounds, Child, limit_this_process
from uppsikt.review.worker import SPARE, Channel, end_with_the_parent, our_fault

Progress = Callable[[float], None]
_PARTS = 1000  # progress is told in thousandths
_ADVICE = "Spara tabellen som CSV och läs in den i stället."


@dataclass(frozen=True)
class Asked:
    """What is asked of a workbook: which sheet ("" for the likeliest), what its columns are known to be.

    ``folder`` is where its text file is written; none is made when it is not told. ``lengths`` are how many digits
    the codes of each part have, where the known ones tell.
    """

    name: str
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    lengths: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Opened:
    """What was found: the look, the text file when one was asked for, and what is to be told beside."""

    look: Look
    text: Path | None = None
    told: tuple[EntryFault, ...] = ()


def opened(path: Path, asked: Asked, progress: Progress) -> Opened:
    """Open a workbook in a child that is gone when this returns. Raises UseError with one Swedish sentence."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UseError(f"{asked.name} finns inte kvar på servern. Lämna filen på nytt.") from error
    bounds = Bounds.of_size(8 * size)  # a workbook grows when it is unpacked
    try:
        with Child(__name__, bounds, path=str(path), name=asked.name) as child:
            with suppress(BrokenPipeError):  # it has ended already: why is said below
                child.tell({**asdict(asked), "folder": str(asked.folder or "")})
            for line in child.told:
                told: tuple[str, Any] = json.loads(line) if line.endswith(b"\n") else ("", None)
                kind, value = told
                if kind == "error":
                    raise UseError(str(value))
                if kind == "progress":
                    progress(value[0] / value[1])
                if kind == "found":
                    return _found(path, value)
            raise child.end(asked.name, _ADVICE)
    except DocumentError as error:
        raise UseError(str(error)) from error


def _found(path: Path, told: Mapping[str, Any]) -> Opened:
    text = Path(told["text"]) if told["text"] else None
    return Opened(look_from_json(told["look"], path), text, faults_from(told["told"]))


def main(asked: dict[str, Any]) -> NoReturn:
    """Open a workbook and tell what it holds, within limits that the system keeps."""
    channel, name, spare = Channel(), asked["name"], [bytes(SPARE)]
    limit_this_process(asked["seconds"], asked["memory"])

    def fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        channel.tell("error", our_fault(name, error, trace))
        channel.end(1)

    sys.excepthook = fault
    wish: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=end_with_the_parent, daemon=True).start()
    try:
        channel.tell("found", _read(Path(asked["path"]), wish, channel))
    except UseError as error:
        channel.tell("error", str(error))
    except MemoryError:
        spare.clear()
        channel.tell("error", f"{name} behöver mer minne än vad som går åt till en vanlig Excelfil. {_ADVICE}")
    channel.end(0)


def _read(path: Path, wish: Mapping[str, Any], channel: Channel) -> dict[str, Any]:
    look = look_at(path, sheet=wish["sheet"] or None, remembered=wish["columns"] or None, name=wish["name"])
    text, zeros = None, Zeros.of(look, wish["lengths"])
    if wish["folder"]:
        text = as_text_file(
            path, look, Path(wish["folder"]), zeros=zeros,
            progress=lambda done: channel.progress(int(done * _PARTS), _PARTS),
        )  # fmt: skip
    found = look_to_json(replace(look, book=None))
    return {"look": found, "text": str(text or ""), "told": [asdict(one) for one in zeros.told]}


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
