"""What is done with whole tables: sums, counts, parts of them, and the text that a reader sees."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from uppsikt.core.quantities import (
    KR,
    MDKR,
    MNKR,
    TKR,
    Missing,
    MissingReason,
    Quantity,
    Unit,
    Value,
    format_quantity,
    format_value,
)  # fmt: skip
from uppsikt.core.tables.table import Cell, Column, Row, RowRole, Table

# With how many decimals an amount is shown when nobody has written it: whole kronor and thousands,
# tenths of millions, as municipal reports print them.
USUAL_DECIMALS = {KR: 0, TKR: 0, MNKR: 1, MDKR: 1}


def sum_cells(table: Table, rows: Iterable[str], column: str) -> Value:
    """Add cells of a column, in the column's unit where the amounts convert to it.

    When any of them is missing the sum is missing too, and its text says how many. The sum of no
    cells is an exact zero.
    """
    values = [table.value(row, column) for row in rows]
    unknown = sum(isinstance(value, Missing) for value in values)
    if unknown:
        return Missing(MissingReason.NO_DATA, f"{unknown} av {len(values)} värden saknas")
    unit = table.unit_of(table.column(column))
    known = [_in(unit, value) for value in values if isinstance(value, Quantity)]
    if not known:
        return Quantity(Decimal(0), unit)
    total = known[0]
    for quantity in known[1:]:
        total += quantity
    return total


def count_rows(table: Table, column: str, predicate: Callable[[Cell], bool], *roles: RowRole) -> int:
    """Count the rows, of the given roles or of all, whose cell in a column is such as is asked for."""
    return sum(predicate(table.cell(row.key, column)) for row in table.rows if not roles or row.role in roles)


def select(table: Table, *, rows: Collection[str] | None = None, columns: Collection[str] | None = None) -> Table:
    """Keep some rows and columns, in the table's own order; None keeps all of them.

    A row whose parent is left out comes to hang under its nearest kept ancestor.
    """
    kept_rows = {row.key for row in table.rows} if rows is None else {table.row(key).key for key in rows}
    kept = tuple(c for c in table.columns if columns is None or c.key in {table.column(k).key for k in columns})
    keys = {column.key for column in kept}
    return replace(
        table,
        columns=kept,
        rows=tuple(replace(r, parent=_kept_ancestor(table, r, kept_rows)) for r in table.rows if r.key in kept_rows),
        cells={place: cell for place, cell in table.cells.items() if place[0] in kept_rows and place[1] in keys},
    )


def _kept_ancestor(table: Table, row: Row, kept: Collection[str]) -> str | None:
    parent = row.parent
    while parent is not None and parent not in kept:
        parent = table.row(parent).parent
    return parent


def shown(cell: Cell, table: Table, column: Column, *, decimals: int | None = None) -> str:
    """Give the text that a reader sees: the figure in the column's unit, or the words for why it is missing.

    A written figure keeps its precision; a computed or converted amount is rounded as is usual for
    its unit. ``decimals`` overrides both. A figure in a unit that cannot be told in the column's
    shows its own unit. The cell's note is not part of the text.
    """
    value, unit = cell.value, table.unit_of(column)
    if isinstance(value, Missing):
        return format_value(value)
    told = _in(unit, value)
    if decimals is None and (told.decimals is None or told.unit != value.unit):
        decimals = USUAL_DECIMALS.get(told.unit, told.decimals)
    return format_quantity(told, decimals=decimals, with_unit=told.unit != unit)


def _in(unit: Unit, quantity: Quantity) -> Quantity:
    return quantity.to(unit) if quantity.unit.converts_to(unit) else quantity
