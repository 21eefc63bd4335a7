"""Reads the file of one statement: fixed columns and then one column of amounts for each of its columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from uppsikt.exchange.municipality.economy import LineRecord
from uppsikt.exchange.municipality.faults import Fault
from uppsikt.exchange.municipality.files import Sheet, read_records, read_sheet

FOLDER = "sammanstallningar"


def statement_path(at: str, slug: str) -> str:
    """Give where a statement's file lies, from the municipality's folder."""
    return f"{FOLDER}/{at}/{slug}.csv"


def read_statement(
    folder: Path, at: str, slug: str, columns: tuple[str, ...], faults: list[Fault]
) -> tuple[LineRecord, ...]:
    """Read a statement's rows with their amounts; ``columns`` are the keys that it must have."""
    name = statement_path(at, slug)
    sheet = read_sheet(folder, name, faults)
    if sheet is None:
        return ()
    lines = read_records(LineRecord, sheet, faults, further=columns)
    found = tuple(replace(line, cells=_cells(sheet, line.line, columns)) for line in lines)
    faults.extend(_parent_faults(name, found))
    return found


def _cells(sheet: Sheet, line: int, columns: tuple[str, ...]) -> dict[str, str]:
    cells = sheet.rows[line]
    return {column: cells[column] for column in columns if cells.get(column)}


def _parent_faults(name: str, lines: tuple[LineRecord, ...]) -> list[Fault]:
    """Find rows under a row that does not exist, or that hang in a circle."""
    parents = {line.slug: line.parent for line in lines}
    faults = []
    for line in lines:
        if line.parent is not None and line.parent not in parents:
            faults.append(Fault(name, line.line, "under", f"Raden {line.parent!r} finns inte i filen."))
        elif _hangs_in_circle(line.slug, parents):
            faults.append(
                Fault(name, line.line, "under", "Raden hör till sig själv genom raderna ovanför. Bryt kretsen.")
            )
    return faults


def _hangs_in_circle(slug: str, parents: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    at: str | None = slug
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at is not None
