"""Tables: rows, columns and cells with roles, periods, units, signs and origins."""

from uppsikt.core.tables.table import (
    BLANK, Cell, Column, ColumnRole, Measure, Origin, Row, RowRole, Sign, Table,
)  # fmt: skip

__all__ = [
    "BLANK", "Cell", "Column", "ColumnRole", "Measure", "Origin", "Row", "RowRole", "Sign", "Table",
]  # fmt: skip
