"""The Table: the one language between stores, readers, reports and checks.

A table is immutable. Columns have a role and a period, rows a role, a parent and (for money) a
measure; a cell holds a Quantity or Missing and knows where it came from. A cell that was never
filled is blank, not zero. The table says which sign convention it follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from uppsikt.core.errors import TableError
from uppsikt.core.periods import Period
from uppsikt.core.quantities import PLAIN, Missing, Unit, Value


class ColumnRole(StrEnum):
    """What a column tells."""

    OUTCOME = "outcome"
    BUDGET = "budget"
    PHASED_BUDGET = "phased_budget"
    DEVIATION = "deviation"
    FORECAST = "forecast"
    LAST_YEAR = "last_year"
    PLAN = "plan"
    CHANGE = "change"
    TARGET = "target"
    EXPENDITURE = "expenditure"  # investment: money out
    RECEIPTS = "receipts"  # investment: money in
    AMOUNT = "amount"
    COUNT = "count"
    STATE = "state"
    TEXT = "text"


class RowRole(StrEnum):
    """What a row is to the rows around it."""

    ITEM = "item"
    SUM = "sum"
    OF_WHICH = "of_which"
    BREAKDOWN = "breakdown"
    HEADING = "heading"
    NOTE = "note"  # stands beside the arithmetic: never part of a sum


class Measure(StrEnum):
    """Which side of the account a row of money tells."""

    NET = "net"
    COSTS = "costs"
    INCOME = "income"
    NONE = ""


class Sign(StrEnum):
    """The sign convention of a table (domain: Money, Signs).

    NET_COST: net = costs − income, positive when it costs. RESULT: net = income − costs, positive
    when it earns (revenue-financed administrations). In both a deviation is positive when it is
    good. PLAIN: no convention; nothing is inferred about costs, income or deviation.
    """

    NET_COST = "net_cost"
    RESULT = "result"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a cell came from: a printed document and place, or a person and a time."""

    document: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    page: int | None = None
    entered_by: str = ""
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, the text it was written as (empty when it was computed), a note, and its origin."""

    value: Value
    raw: str = ""
    note: str = ""
    origin: Origin | None = None


BLANK = Cell(Missing())


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``group`` is the heading that stands over several columns."""

    key: str
    label: str
    role: ColumnRole
    period: Period | None = None
    group: str = ""
    unit: Unit | None = None  # where the column departs from the table's unit


@dataclass(frozen=True, slots=True)
class Row:
    """A row. ``parent`` is the key of the row it belongs under; ``subject`` names what it is about.

    Two rows with the same subject and measure, in columns of the same role and period, tell the
    same quantity: that is how a figure stated twice is found. ``link`` is an address where the row
    can be unfolded, kept as opaque text.
    """

    key: str
    label: str
    role: RowRole = RowRole.ITEM
    parent: str | None = None
    measure: Measure = Measure.NONE
    subject: str = ""
    link: str = ""


@dataclass(frozen=True)
class Table:
    """A titled grid of cells with a unit and a sign convention; see the module's text."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    unit: Unit = PLAIN
    sign: Sign = Sign.PLAIN
    link: str = ""
    source: str = ""  # the document the whole table was taken from, empty for our own

    def __post_init__(self) -> None:
        rows = {row.key for row in self.rows}
        columns = {column.key for column in self.columns}
        if len(rows) != len(self.rows) or len(columns) != len(self.columns):
            raise TableError(f"Tabellen {self.title!r} har två rader eller kolumner med samma nyckel.")
        for row in self.rows:
            if row.parent is not None and (row.parent not in rows or row.parent == row.key):
                raise TableError(f"Raden {row.label!r} hör till en rad som inte finns i {self.title!r}.")
        for row_key, column_key in self.cells:
            if row_key not in rows or column_key not in columns:
                raise TableError(f"Cellen {row_key}/{column_key} finns inte i {self.title!r}.")

    def row(self, key: str) -> Row:
        """Give the row with this key, or raise TableError."""
        found = self._by_key.get(key)
        if found is None:
            raise TableError(f"Raden {key!r} finns inte i {self.title!r}.")
        return found

    def column(self, key: str) -> Column:
        """Give the column with this key, or raise TableError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise TableError(f"Kolumnen {key!r} finns inte i {self.title!r}.")

    def cell(self, row: str, column: str) -> Cell:
        """Give a cell; one that was never filled is blank, an unknown address raises TableError."""
        found = self.cells.get((row, column))
        if found is None:
            self.row(row), self.column(column)
            return BLANK
        return found

    def value(self, row: str, column: str) -> Value:
        """Give the value of a cell."""
        return self.cell(row, column).value

    def unit_of(self, column: Column) -> Unit:
        """Give the unit that a column's figures are written in."""
        return self.unit if column.unit is None else column.unit

    def children(self, parent: str | None, *roles: RowRole) -> tuple[Row, ...]:
        """Give the rows directly under a parent (None: the top), of the given roles or of all."""
        under = self._by_parent.get(parent, ())
        return tuple(row for row in under if not roles or row.role in roles)

    # Both are asked row by row, and a stranger's table may have a hundred thousand.
    @cached_property
    def _by_key(self) -> Mapping[str, Row]:
        return {row.key: row for row in self.rows}

    @cached_property
    def _by_parent(self) -> Mapping[str | None, Sequence[Row]]:
        found: dict[str | None, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.parent, []).append(row)
        return found

    def columns_of(self, *roles: ColumnRole) -> tuple[Column, ...]:
        """Give the columns with one of these roles, in order."""
        return tuple(column for column in self.columns if column.role in roles)

    def filled(self) -> Iterator[tuple[Row, Column, Cell]]:
        """Walk the filled cells in the order they are read: row by row, left to right."""
        for row in self.rows:
            for column in self.columns:
                cell = self.cells.get((row.key, column.key))
                if cell is not None:
                    yield row, column, cell

    def with_cell(self, row: str, column: str, cell: Cell) -> Table:
        """Give a copy in which one cell is another."""
        self.row(row), self.column(column)
        return replace(self, cells={**self.cells, (row, column): cell})
