"""Reads a payroll table file: the columns by their headings, every cell, and every fault with its row and column.

Titles before the headings, sum rows and empty rows are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from uppsikt.core.economy.ledger import EntryFault
from uppsikt.core.economy.staffing import PayrollRow
from uppsikt.core.errors import ReadingError, UseError
from uppsikt.exchange.ledger_table.csv_file import cut_lines
from uppsikt.exchange.ledger_table.headings import says_sum
from uppsikt.exchange.ledger_table.letters import encoding_of
from uppsikt.exchange.payroll.words import HEADINGS, READ, field_of, month_in
from uppsikt.exchange.sheets.cells import Cell, text_of
from uppsikt.exchange.sheets.reading import Workbook, open_workbook, refuse_errors

MOST_ROWS = 200_000
MOST_FAULTS = 500  # more than anybody reads

_NEEDED = ("unit", "month", "sex", "employees")
_ORDER = ("unit", "month", *(field for field in READ if field != "unit"))
_BOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
_SEARCHED = 60  # rows from the top that may be the headings
_NO_TEXT = [chr(number) for number in (*range(1, 9), *range(14, 27), *range(28, 32))]
_Line = tuple[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class PayrollReading:
    """What a file says: the rows that could be read, and everything that could not."""

    rows: tuple[PayrollRow, ...]
    faults: tuple[EntryFault, ...]


def read_payroll(content: bytes, name: str) -> PayrollReading:
    """Read a payroll file from its bytes; ``name`` is what the user calls it.

    Raises UseError where the file as a whole cannot be read; what is wrong in a cell is a fault with row and column.
    """
    sheet, lines = _excel(content, name) if content.startswith(_BOOKS) else ("", _text(content, name))
    if not lines:
        raise UseError(f"{name} är tom.")
    at = max(range(min(len(lines), _SEARCHED)), key=lambda one: (_known(lines[one]), -one))
    places, faults = _columns(lines[at], sheet)
    body = [line for line in lines[at + 1 :] if not _is_sum(line, places)]
    if len(body) > MOST_ROWS:
        raise UseError(f"{name} har {len(body)} rader; högst {MOST_ROWS} läses. Dela filen per år.")
    rows: list[PayrollRow] = []
    for line in body if not faults else ():
        values, bad = _values(places, line, sheet)
        faults.extend(bad)
        if not bad:
            rows.append(PayrollRow(**values, line=line[0]))
    return PayrollReading(tuple(rows), tuple(faults[:MOST_FAULTS]))


def _excel(content: bytes, name: str) -> tuple[str, list[_Line]]:
    """Give the rows of the sheet that has most headings that we know."""
    book = open_workbook(content, name)
    sheets = {sheet: _filled(book, sheet) for sheet in book.sheets}
    if not sheets:
        raise UseError(f"{name} har inga blad.")
    chosen = max(sheets, key=lambda one: max(map(_known, sheets[one][:_SEARCHED]), default=0))
    refuse_errors(book, chosen)
    return chosen, sheets[chosen]


def _filled(book: Workbook, sheet: str) -> list[_Line]:
    rows = book.rows(sheet)
    return [(number, tuple(cells)) for number, cells in rows if any(text_of(cell).strip() for cell in cells)]


def _text(content: bytes, name: str) -> list[_Line]:
    encoding = encoding_of(content)
    try:
        text = content.decode("utf-8" if encoding == "ascii" else encoding)
    except UnicodeDecodeError as error:
        raise UseError(f"{name} har tecken som inte går att läsa. Spara filen som ”CSV UTF-8”.") from error
    odd = sum(map(text[:4096].count, _NO_TEXT))
    if odd > len(text[:4096]) // 50 + 2 or text.startswith("%PDF"):
        raise UseError(f"{name} är ingen tabellfil. Exportera den som CSV eller Excel (.xlsx).")
    text = text.strip("\0\x1a\ufeff")
    heads = max(text.splitlines()[:_SEARCHED], key=lambda line: sum(map(line.count, ";\t|,")), default="")
    lines = cut_lines(text, max(";\t|,", key=heads.count), '"')
    return [(line.number, tuple(line.cells)) for line in lines if any(cell.strip() for cell in line.cells)]


def _known(line: _Line) -> int:
    """Count the different headings of a row that we know."""
    return len({field_of(text_of(cell)) for cell in line[1]} - {None})


def _is_sum(line: _Line, places: Mapping[str, int]) -> bool:
    """Say whether a row is a sum of others: one of its first words says so, and it has no month."""
    month = places.get("month", -1)
    if 0 <= month < len(line[1]) and any(letter.isdecimal() for letter in text_of(line[1][month])):
        return False
    filled = [text for cell in line[1] if (text := text_of(cell).strip())]
    return any(says_sum(text) for text in filled[:3])


def _columns(heads: _Line, sheet: str) -> tuple[Mapping[str, int], list[EntryFault]]:
    """Find which column holds what; a needed one that is missing is a fault. Unknown columns are passed over."""
    places: dict[str, int] = {}
    for at, heading in enumerate(heads[1]):
        field = field_of(text_of(heading))
        if field is not None:
            places.setdefault(field, at)
    faults = [
        EntryFault("no_column", heads[0], HEADINGS[field][0], "", f"Kolumnen {HEADINGS[field][0]} saknas.", sheet=sheet)
        for field in _NEEDED
        if field not in places
    ]
    return MappingProxyType(places), faults


def _values(places: Mapping[str, int], line: _Line, sheet: str) -> tuple[dict[str, Any], list[EntryFault]]:
    number, cells = line
    values: dict[str, Any] = {}
    faults: list[EntryFault] = []

    def cell_of(field: str) -> Cell:
        at = places.get(field)
        return cells[at] if at is not None and at < len(cells) else None

    for field in _ORDER:
        text = text_of(cell_of(field)).strip()
        if not text:
            if field in _NEEDED:
                faults.append(EntryFault("empty", number, HEADINGS[field][0], "", "Rutan är tom.", sheet=sheet))
            continue
        try:
            year = text_of(cell_of("year")).strip()
            values[field] = month_in(text, year) if field == "month" else READ[field](cell_of(field), text)
        except (ReadingError, ValueError) as error:
            message = f"”{text[:60]}” går inte att läsa. {error}"
            faults.append(EntryFault("bad_cell", number, HEADINGS[field][0], text[:60], message, sheet=sheet))
    return values, faults
