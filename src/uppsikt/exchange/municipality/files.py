"""From a CSV file to records: every cell is read, and everything that is wrong is noted and passed by.

Files are what a Swedish spreadsheet writes as "CSV UTF-8": semicolons between cells, quotation
marks where a cell holds one, a heading in the first line. Empty lines are passed by.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from uppsikt.exchange.municipality.columns import ColumnSpec, Record
from uppsikt.exchange.municipality.faults import CLOSED, Fault

R = TypeVar("R", bound=Record)
_BROKEN = object()  # a cell that could not be read; its fault is noted


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it stands: its headings, and its cells by line number and heading."""

    name: str
    headings: tuple[str, ...]
    rows: dict[int, dict[str, str]]


def read_sheet(folder: Path, name: str, faults: list[Fault]) -> Sheet | None:
    """Read a file's cells; None (and a fault) when it is missing or is no such file."""
    try:
        content = (folder / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault(name, 0, "", "Filen saknas. Lägg den i mappen."))
        return None
    except OSError:
        faults.append(Fault(name, 0, "", CLOSED))
        return None
    except UnicodeDecodeError:
        faults.append(Fault(name, 0, "", "Filen är inte sparad som UTF-8. Spara den som ”CSV UTF-8”."))
        return None
    reader = csv.reader(content.splitlines(keepends=True), delimiter=";", strict=True)
    try:
        headings = tuple(cell.strip() for cell in next(reader, ()))
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        message = "Ett citattecken står fel. Skriv det dubbelt inne i rutan och en gång i var ände."
        faults.append(Fault(name, reader.line_num, "", message))
        return None
    lines = [(line, cells) for line, cells in lines if any(cells)]
    faults.extend(
        Fault(name, line, "", f"Raden har {len(cells)} rutor men rubriken {len(headings)}.")
        for line, cells in lines
        if len(cells) > len(headings)
    )
    return Sheet(name, headings, {line: dict(zip(headings, cells, strict=False)) for line, cells in lines})


def read_records(record: type[R], sheet: Sheet, faults: list[Fault], further: Iterable[str] = ()) -> tuple[R, ...]:
    """Read the lines as records; ``further`` are headings that stand after the record's own."""
    specs = record.specs()
    _check_headings(sheet, [spec.header for spec in specs.values()] + list(further), faults)
    key = ", ".join(specs[name].header for name in record.key_fields())
    found: dict[tuple[Any, ...], R] = {}
    for line in sheet.rows:
        values, bad = _values(specs, sheet, line)
        faults.extend(bad)
        if _BROKEN in values.values():
            continue
        made = record(line=line, **values)
        first = found.setdefault(made.key, made)
        if first is not made:
            message = f"Raden säger samma sak som rad {first.line}. Behåll en av dem."
            faults.append(Fault(sheet.name, line, key, message))
    return tuple(found.values())


def _check_headings(sheet: Sheet, expected: list[str], faults: list[Fault]) -> None:
    missing = [(heading, "Kolumnen saknas.") for heading in expected if heading not in sheet.headings]
    whole = f"Kolumnen är okänd. Filen har kolumnerna {', '.join(expected)}."
    unknown = [(heading, whole) for heading in sheet.headings if heading not in expected]
    faults.extend(Fault(sheet.name, 1, heading, message) for heading, message in missing + unknown)


def _values(specs: dict[str, ColumnSpec], sheet: Sheet, line: int) -> tuple[dict[str, Any], list[Fault]]:
    """Read the cells of a line by field; one that cannot be read is broken, and its fault is told."""
    cells, values = sheet.rows[line], dict[str, Any]()
    faults: list[Fault] = []
    for field, spec in specs.items():
        cell = cells.get(spec.header, "")
        if cell:
            try:
                values[field] = spec.read(cell)
            except ValueError as error:
                values[field] = _BROKEN
                faults.append(Fault(sheet.name, line, spec.header, f"{cell!r} går inte att läsa. {error}"))
        elif spec.required:
            values[field] = _BROKEN
            if spec.header in sheet.headings:  # a heading that is missing has a fault of its own, once
                faults.append(Fault(sheet.name, line, spec.header, f"Rutan är tom. Skriv {spec.about}."))
    return values, faults
