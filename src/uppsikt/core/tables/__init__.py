"""Tables: rows, columns and cells with roles, periods, units, signs and origins."""

from uppsikt.core.tables.freezing import from_json, to_json
from uppsikt.core.tables.operations import USUAL_DECIMALS, count_rows, select, shown, sum_cells
from uppsikt.core.tables.table import (
    BLANK,
    Cell,
    Column,
    ColumnRole,
    Measure,
    Origin,
    Row,
    RowRole,
    Sign,
    Table,
)

__all__ = [
    "BLANK", "USUAL_DECIMALS", "Cell", "Column", "ColumnRole", "Measure", "Origin", "Row", "RowRole", "Sign", "Table",
    "count_rows", "from_json", "select", "shown", "sum_cells", "to_json",
]  # fmt: skip
