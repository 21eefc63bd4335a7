"""The first and the last part of a text file, cut into cells: which sign parts its columns, and where it ends."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from uppsikt.exchange.ledger_table.headings import said_by
from uppsikt.exchange.ledger_table.letters import encoding_of_file
from uppsikt.exchange.ledger_table.look import Line

FIRST = 400_000  # bytes of the beginning that are looked at
_LAST = 60_000  # and of the end
_DELIMITERS = (";", "\t", "|", ",")
_LINES = 3_000
_BREAK = re.compile(r"\r\n|\n|\r")
_LONGEST = 2_000_000  # letters of a cell


@dataclass(frozen=True)
class TextGrid:
    """What was cut out of a text file. ``tail`` are the last lines, numbered backwards from 0."""

    encoding: str
    delimiter: str
    quote: str
    lines: list[Line]
    tail: list[Line]
    whole: bool  # the first part is all of the file
    even: bool = True  # all lines end in the same way


def cut_file(path: Path) -> TextGrid:
    """Cut the beginning and the end of a file. Raises OSError."""
    with path.open("rb") as file:
        first = file.read(FIRST)
        size = file.seek(0, io.SEEK_END)
    encoding = encoding_of_file(path, first)
    whole = size <= FIRST
    text = first.decode(encoding, errors="replace")
    if not whole:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    delimiter, quote = _delimiter_and_quote(text)
    even = len(set(_BREAK.findall(text))) < 2
    lines = list(cut_lines(text, delimiter, quote))[:_LINES]
    return TextGrid(encoding, delimiter, quote, lines, _tail(path, encoding, delimiter, quote), whole, even)


def cut_lines(text: str, delimiter: str, quote: str) -> Iterator[Line]:
    """Cut a text into rows, each with the number of its first line; never raises."""
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), **dialect(delimiter, quote))  # type: ignore[arg-type]  # its arguments
    number = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            number = reader.line_num + 1
            continue
        yield Line(number, cells)
        number = reader.line_num + 1


def dialect(delimiter: str, quote: str) -> dict[str, object]:
    """Give the arguments of the csv module for a delimiter and a quote ("" for none)."""
    if not quote:
        return {"delimiter": delimiter, "quoting": csv.QUOTE_NONE}
    return {"delimiter": delimiter, "quotechar": quote, "doublequote": True}


def holds_rows(cells: Sequence[str], delimiter: str, breadth: int) -> bool:
    """Say whether a cell holds what must be rows of the file: its quote was opened by mistake and closed far below.

    >>> holds_rows(["5", "Tum 3\\n5;Skruv\\n"], ";", 2), holds_rows(["5", "rad ett\\nrad två"], ";", 2)
    (True, False)
    """
    least = max(breadth - 1, 1)
    broken = [cell for cell in cells if "\n" in cell or "\r" in cell]
    return any(line.count(delimiter) >= least for cell in broken for line in _BREAK.split(cell)[1:])


def _delimiter_and_quote(text: str) -> tuple[str, str]:
    sample = "\n".join(_BREAK.split(text)[:300])
    quote = _quote(sample)
    return max(_DELIMITERS, key=lambda sign: (_fitness(sample, sign, quote), -_DELIMITERS.index(sign))), quote


def _quote(sample: str) -> str:
    """Find the quote: the usual one, a single one where cells begin and end with it, none where it is never closed."""
    single = len(re.findall(r"(?:^|[;,\t|])'[^'\n;\t|]*'(?=$|[;,\t|])", sample, re.MULTILINE))
    double = len(re.findall(r'(?:^|[;,\t|])"', sample, re.MULTILINE))
    if single > 2 and not double:
        return "'"
    if double and any(len(_BREAK.split(cell)) > 20 for line in cut_lines(sample, ";", '"') for cell in line.cells):
        return ""
    return '"'


def _fitness(sample: str, delimiter: str, quote: str) -> float:
    """Say how well a sign parts the columns: rows of the same breadth, more of them, headings that we know."""
    rows = [line.cells for line in cut_lines(sample, delimiter, quote) if any(line.cells)]
    breadths = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not breadths:
        return 0.0
    breadth, times = max(breadths.items(), key=lambda one: (one[1], one[0]))
    known = max(sum(said_by(cell) is not None for cell in cells) for cells in rows[:60])
    return times / len(rows) * min(breadth, 12) / 12 + known


def _tail(path: Path, encoding: str, delimiter: str, quote: str) -> list[Line]:
    """Cut the last lines; the first of them is whole, and blank lines at the end of the file are left out."""
    step = 2 if encoding.startswith("utf-16") else 1
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        start = max(0, size - _LAST)
        file.seek(start - start % step)
        data = file.read(_LAST + step)
    named = encoding
    if encoding == "utf-16" and start:
        with path.open("rb") as file:
            named = "utf-16-le" if file.read(2) == b"\xff\xfe" else "utf-16-be"
    text = data.decode(named, errors="replace")
    cut = list(cut_lines(text, delimiter, quote))[1 if start else 0 :]
    return [Line(number, line.cells) for number, line in enumerate(reversed(cut))]
