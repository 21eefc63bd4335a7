"""Staff tables as one sheet for CSV and Excel. A hidden figure is the words for it, never a number behind a format."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from uppsikt.core.quantities import Quantity, format_value
from uppsikt.core.tables import Table
from uppsikt.exchange.sheets.sheet import Sheet

HEADINGS = ("Tabell", "Rad", "Kolumn", "Värde", "Enhet")


def sheet_of(tables: Iterable[Table]) -> Sheet:
    """Lay the tables out as one row a figure, so that they can be worked with."""
    rows: list[tuple[str | Decimal, ...]] = []
    for table in tables:
        for row, column, cell in table.filled():
            value = cell.value
            told = value.number if isinstance(value, Quantity) else format_value(value)
            under = table.row(row.parent).label + ": " if row.parent else ""
            rows.append((table.title, under + row.label, column.label, told, table.unit_of(column).symbol))
    return Sheet(HEADINGS, rows, "Personal", widths={"Tabell": 22, "Rad": 40, "Kolumn": 16})
