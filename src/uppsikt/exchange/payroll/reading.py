"""Reads a payroll table file: the columns by their headings, every cell, and every fault with its row and column."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from uppsikt.core.economy.ledger import EntryFault
from uppsikt.core.economy.staffing import AgeGroup, PayrollRow, Sex
from uppsikt.core.errors import ReadingError, UseError
from uppsikt.exchange.ledger_table.letters import encoding_of
from uppsikt.exchange.sheets.cells import Cell, amount_of, text_of
from uppsikt.exchange.sheets.reading import read_xlsx

MOST_ROWS = 200_000
MOST_FAULTS = 500  # more than anybody reads

_HEADINGS = {
    "unit": ("enhet", "ansvar", "enhetskod", "ansvarskod", "organisation"),
    "unit_name": ("enhetsnamn", "ansvar namn", "benämning"),
    "month": ("månad", "period"),
    "sex": ("kön",),
    "age_group": ("åldersgrupp", "ålder"),
    "employees": ("anställda", "antal anställda", "antal"),
    "full_time_equivalents": ("årsarbetare", "heltidstjänster"),
    "scheduled_hours": ("ordinarie timmar", "ordinarie arbetstid", "arbetstid"),
    "sick_hours": ("sjuktimmar", "sjukfrånvaro timmar"),
    "long_sick_hours": ("långa sjuktimmar", "sjuktimmar 60 dagar eller mer", "långtidssjuktimmar"),
    "began": ("började", "nyanställda"),
    "left": ("slutade", "avgångar"),
}
_NEEDED = ("unit", "month", "sex", "employees")
_SEXES = {
    "kvinnor": Sex.WOMEN, "kvinna": Sex.WOMEN, "k": Sex.WOMEN, "män": Sex.MEN, "man": Sex.MEN, "m": Sex.MEN,
}  # fmt: skip
_AGES = {"-29": AgeGroup.YOUNG, "30-49": AgeGroup.MIDDLE, "50-": AgeGroup.OLD}
_Line = tuple[int, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class PayrollReading:
    """What a file says: the rows that could be read, and everything that could not."""

    rows: tuple[PayrollRow, ...]
    faults: tuple[EntryFault, ...]


def read_payroll(content: bytes, name: str) -> PayrollReading:
    """Read a payroll file from its bytes; ``name`` tells which kind it is.

    Raises UseError where the file as a whole cannot be read; what is wrong in a cell is a fault with row and column.
    """
    sheet, headings, lines = _excel(content, name) if content[:2] == b"PK" else _text(content, name)
    places, faults = _columns(headings, sheet)
    if len(lines) > MOST_ROWS:
        raise UseError(f"{name} har {len(lines)} rader; högst {MOST_ROWS} läses. Dela filen per år.")
    rows: list[PayrollRow] = []
    for line in lines if not faults else ():
        values, bad = _values(places, line, sheet)
        faults.extend(bad)
        if not bad:
            rows.append(PayrollRow(**values, line=line[0]))
    return PayrollReading(tuple(rows), tuple(faults[:MOST_FAULTS]))


def _excel(content: bytes, name: str) -> tuple[str, tuple[str, ...], list[_Line]]:
    sheet = read_xlsx(content, name=name)
    return sheet.name, sheet.headings, [(row.number, row.cells) for row in sheet.rows]


def _text(content: bytes, name: str) -> tuple[str, tuple[str, ...], list[_Line]]:
    encoding = encoding_of(content)
    try:
        text = content.decode("utf-8" if encoding == "ascii" else encoding)
    except UnicodeDecodeError as error:
        raise UseError(f"{name} har tecken som inte går att läsa. Spara filen som ”CSV UTF-8”.") from error
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(";\t,", key=first.count))
    try:
        lines = [(reader.line_num, tuple(cells)) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise UseError(f"{name}, rad {reader.line_num}: filen är ingen tabell med kolumner.") from error
    if not lines:
        raise UseError(f"{name} är tom.")
    headings = tuple(cell.strip() for cell in lines[0][1])
    return "", headings, [(number, cells) for number, cells in lines[1:]]


def _columns(headings: Iterable[str], sheet: str) -> tuple[Mapping[str, int], list[EntryFault]]:
    """Find which column holds what; a needed one that is missing is a fault. Unknown columns are passed over."""
    words = {word: field for field, known in _HEADINGS.items() for word in known}
    places: dict[str, int] = {}
    for at, heading in enumerate(headings):
        field = words.get(" ".join(heading.casefold().split()))
        if field is not None:
            places.setdefault(field, at)
    faults = [
        EntryFault("no_column", 1, _HEADINGS[field][0], "", f"Kolumnen {_HEADINGS[field][0]} saknas.", sheet=sheet)
        for field in _NEEDED
        if field not in places
    ]
    return MappingProxyType(places), faults


def _values(places: Mapping[str, int], line: _Line, sheet: str) -> tuple[dict[str, Any], list[EntryFault]]:
    number, cells = line
    values: dict[str, Any] = {}
    faults: list[EntryFault] = []
    for field, read in _READ.items():
        at = places.get(field)
        cell = cells[at] if at is not None and at < len(cells) else None
        text = text_of(cell).strip()
        if not text:
            if field in _NEEDED:
                message = "Rutan är tom."
                faults.append(EntryFault("empty", number, _HEADINGS[field][0], "", message, sheet=sheet))
            continue
        try:
            values[field] = read(cell, text)
        except (ReadingError, ValueError) as error:
            message = f"{text[:60]!r} går inte att läsa. {error}"
            faults.append(EntryFault("bad_cell", number, _HEADINGS[field][0], text[:60], message, sheet=sheet))
    return values, faults


def _unit(_cell: Cell, text: str) -> str:
    return text


def _month(_cell: Cell, text: str) -> int:
    found = re.match(r"((?:19|20)\d\d)-?(0[1-9]|1[0-2])(?:-\d\d)?$", text)
    if found is None:
        raise ValueError("Skriv månaden som 2024-03.")
    return int(found[1]) * 100 + int(found[2])


def _sex(_cell: Cell, text: str) -> Sex:
    if text.casefold() not in _SEXES:
        raise ValueError("Skriv kvinnor eller män.")
    return _SEXES[text.casefold()]


def _age(_cell: Cell, text: str) -> AgeGroup:
    words = re.sub(r"\s|år|'", "", text.replace("–", "-").replace("−", "-"))
    words = {"<30": "-29", "0-29": "-29", ">=50": "50-", "50+": "50-"}.get(words, words)
    if words not in _AGES:
        raise ValueError("Skriv -29, 30-49 eller 50-.")
    return _AGES[words]


def _whole(cell: Cell, text: str) -> int:
    number = _amount(cell, text)
    if number != int(number):
        raise ValueError("Skriv ett helt antal.")
    return int(number)


def _amount(cell: Cell, _text: str) -> Decimal:
    number = amount_of(cell)
    if number is None or abs(number) >= 10**9:
        raise ValueError("Talet är för stort.")
    return round(number, 4)


_READ: Mapping[str, Callable[[Cell, str], Any]] = MappingProxyType({
    "unit": _unit, "month": _month, "sex": _sex, "age_group": _age, "employees": _whole,
    "full_time_equivalents": _amount, "scheduled_hours": _amount, "sick_hours": _amount, "long_sick_hours": _amount,
    "began": _whole, "left": _whole,
})  # fmt: skip
