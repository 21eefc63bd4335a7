"""From total to rows: which rows make a printed sum, and whether they do.

Which rows a sum adds is read by the checks themselves, so that a page never says that a sum holds
while a report lists it as broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from uppsikt.checks.relations import Figures, Spot, Verdict, judge
from uppsikt.checks.structure import Addition, adding, additions, money_columns
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Column, Row, Table, sum_cells


@dataclass(frozen=True, slots=True)
class SumCheck:
    """A printed sum beside the sum of its rows in one column.

    ``verdict`` is None when it cannot be judged, because ``missing`` of the rows have no figure: a
    missing figure is not zero. ``counted`` is then the sum of the rest.
    """

    row: Row
    column: Column
    parts: tuple[Row, ...]
    printed: Quantity
    counted: Quantity
    missing: int
    verdict: Verdict | None

    @property
    def difference(self) -> Quantity:
        """Printed minus counted."""
        return self.printed - self.counted

    @property
    def holds(self) -> bool:
        """Say whether the printed sum can be the sum of its rows."""
        return self.verdict in (Verdict.HOLDS, Verdict.ROUNDED)

    @property
    def is_rounded(self) -> bool:
        """Say whether only rounding makes the printed figures miss each other."""
        return self.verdict is Verdict.ROUNDED

    @property
    def is_broken(self) -> bool:
        """Say whether no rounding explains the difference."""
        return self.verdict is Verdict.BROKEN


def sum_checks(table: Table) -> tuple[SumCheck, ...]:
    """Compare every printed sum of a table with its rows, in every column where it has a figure."""
    return _sum_checks(_Same(table))


class _Same:
    """Lets the cache know a table by what it holds that sums depend on; a Table itself cannot be hashed."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._name = (table.key, table.rows, table.columns, tuple((p, c.value) for p, c in table.cells.items()))
        self._hash = hash(self._name)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._name == other._name


@lru_cache(256)
def _sum_checks(same: _Same) -> tuple[SumCheck, ...]:
    table = same.table
    figures = Figures([table])
    found = (
        _check(figures, addition, column)
        for addition in additions(figures, 0)
        for column in money_columns(table)
        if not addition.minus
    )
    return tuple(check for check in found if check is not None)


def _check(figures: Figures, addition: Addition, column: Column) -> SumCheck | None:
    table, total, parts = figures.tables[0], addition.total, addition.items
    printed = table.value(total.key, column.key)
    known = [row.key for row in parts if Spot(0, row.key, column.key) in figures]
    counted = sum_cells(table, known, column.key)
    if not isinstance(printed, Quantity) or not isinstance(counted, Quantity) or not known:
        return None
    judgement = judge(adding(figures, addition, column), figures)
    verdict = judgement.verdict if judgement else None
    return SumCheck(total, column, parts, printed, counted, len(parts) - len(known), verdict)
