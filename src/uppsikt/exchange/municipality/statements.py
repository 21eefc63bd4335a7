"""Reads the file of one statement: fixed columns and then one column of amounts for each of its columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from uppsikt.core.quantities import Missing, MissingReason, Unit, read_cell, unit_of
from uppsikt.exchange.municipality.economy import Amount, LineRecord, StatementRecord
from uppsikt.exchange.municipality.faults import Fault
from uppsikt.exchange.municipality.files import Sheet, read_records, read_sheet

_NEITHER = "är varken ett tal eller en känd markering som I.U. eller -. Skriv talet sist, efter ett likhetstecken."


def read_statement(
    folder: Path, statement: StatementRecord, columns: tuple[str, ...], faults: list[Fault]
) -> tuple[LineRecord, ...]:
    """Read a statement's rows with their amounts; ``columns`` are the keys that it must have."""
    sheet = read_sheet(folder, statement.path, faults)
    if sheet is None:
        return ()
    unit = unit_of(statement.money_unit)
    found = tuple(
        replace(
            line,
            at=statement.at,
            statement=statement.slug,
            cells=_amounts(sheet, line.line, columns, unit, faults),
        )
        for line in read_records(LineRecord, sheet, faults, further=columns)
    )
    faults.extend(_parent_faults(statement.path, found))
    return found


def _amounts(sheet: Sheet, line: int, columns: tuple[str, ...], unit: Unit, faults: list[Fault]) -> dict[str, Amount]:
    """Read the amounts of a line; an empty cell is none."""
    amounts = {}
    for column in columns:
        written = sheet.rows[line].get(column, "")
        amount = amount_of(written, unit) if written else None
        if amount is not None:
            amounts[column] = amount
        elif written:
            faults.append(Fault(sheet.name, line, column, f"{written!r} {_NEITHER}"))
    return amounts


def amount_of(written: str, unit: Unit) -> Amount | None:
    """Read an amount; None for words that are neither a number nor a known mark for a missing one.

    >>> amount_of("tolv förslag = 12", PLAIN), amount_of("1,2 mnkr", TKR).number
    (Amount(raw='tolv förslag', number=Decimal('12'), decimals=0), Decimal('1200.0'))
    """
    raw, told, number = written.rpartition(" = ")
    value = read_cell(number, unit).value
    if isinstance(value, Missing):
        known = value.reason is not MissingReason.TEXT and not told
        return Amount(written, None, None) if known else None
    same = value.to(unit) if value.unit.converts_to(unit) else value
    return Amount(raw if told else written, same.number, same.decimals)


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
