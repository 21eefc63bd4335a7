"""From a figure of a statement to the entries behind it: which they are, and whether they add up to it.

A statement's row says what it is about, its column says when and what kind. Together they name entries of the
ledger, without the ledger being asked. Amounts of entries are as booked: debit positive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.core.economy.ledger import EntryKind, Side
from uppsikt.core.periods import Period
from uppsikt.core.quantities import KR, MONEY, Quantity
from uppsikt.core.tables import Column, ColumnRole, Measure, Row, RowRole, Sign, Table

_KINDS = {
    ColumnRole.OUTCOME: EntryKind.OUTCOME,
    ColumnRole.LAST_YEAR: EntryKind.OUTCOME,
    ColumnRole.EXPENDITURE: EntryKind.OUTCOME,
    ColumnRole.RECEIPTS: EntryKind.OUTCOME,
    ColumnRole.BUDGET: EntryKind.BUDGET,
}
# Columns that tell one side of the accounts, whatever the row measures.
_OWN_SIDE = {ColumnRole.EXPENDITURE: Measure.COSTS, ColumnRole.RECEIPTS: Measure.INCOME}
_SIDES = {
    Measure.NET: frozenset({Side.COSTS, Side.INCOME}),
    Measure.NONE: frozenset({Side.COSTS, Side.INCOME}),
    Measure.COSTS: frozenset({Side.COSTS}),
    Measure.INCOME: frozenset({Side.INCOME}),
}
_INVESTMENT = frozenset({Side.INVESTMENT})
SINCE_START = 190001  # a column without a year tells a project since it began


@dataclass(frozen=True, slots=True)
class Behind:
    """Which entries a figure is the sum of.

    ``first`` and ``last`` are months, YYYYMM. ``unit`` is the slug of the unit that the entries belong to, with the
    units under it (empty: the whole municipality); ``whole`` says that those of them that finance themselves are
    counted too: a committee's net cost is that of its frame, and they are told beside it. ``activities`` and
    ``projects`` narrow further. ``is_turned`` says that the figure is the sum as booked with the sign turned: income,
    or a result.
    """

    kind: EntryKind
    first: int
    last: int
    sides: frozenset[Side]
    unit: str = ""
    activities: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    whole: bool = False
    is_turned: bool = False

    def told(self, booked: Decimal) -> Quantity:
        """Tell a sum as booked as the statement does, in kronor and exact."""
        return Quantity(-booked if self.is_turned and booked else booked, KR)


def behind(table: Table, row: Row, column: Column, unit: str, at: date) -> Behind | None:
    """Say which entries a figure is the sum of; None when it is not the sum of entries.

    ``unit`` is the unit that the statement is of, empty for one of the whole municipality, ``at`` its reporting date. A
    deviation has two terms, told by the columns beside it; a forecast, a plan, a volume or a note is not booked.
    """
    kind = _KINDS.get(column.role)
    if kind is None or table.unit not in MONEY or row.role in (RowRole.HEADING, RowRole.NOTE, RowRole.BREAKDOWN):
        return None
    months = _months(column.period) if column.period else _since_start(table, row, kind, at)
    if months is None:
        return None
    about, _, slug = row.subject.partition(":")
    if is_investments(table) or row.key.startswith("investeringar"):
        contributed = column.role is ColumnRole.RECEIPTS
        return None if contributed else _investment(table, row, Behind(kind, *months, _INVESTMENT), unit)
    activities = () if about else tuple(_summed(table, row, "activity"))
    if column.period is None or (about not in ("unit", "activity") and not activities):
        return None
    measure = _OWN_SIDE.get(column.role, row.measure)
    turned = measure is Measure.INCOME or (measure is not Measure.COSTS and table.sign is Sign.RESULT)
    own = slug if about == "unit" else unit
    return Behind(
        kind, *months, _SIDES[measure], own, activities or ((slug,) if about == "activity" else ()), is_turned=turned
    )


def deviation_terms(table: Table, column: Column, found: Mapping[str, Behind]) -> tuple[str, str] | None:
    """Name the columns that a deviation is made of, the one that is added first; None when one of them is not known.

    ``found`` are the entries behind the row's figures, by column. The terms stand in the same group and period. A cost
    is taken from its budget, a budget from an income or a result, and a cost from what is received for it.
    """
    beside = [one for one in table.columns if (one.group, one.period) == (column.group, column.period)]

    def first(*roles: ColumnRole) -> str | None:
        return next((one.key for one in beside if one.role in roles and one.key in found), None)

    outcome, budget = first(ColumnRole.OUTCOME, ColumnRole.EXPENDITURE), first(ColumnRole.BUDGET, ColumnRole.RECEIPTS)
    if outcome is None or budget is None:
        return None
    return (outcome, budget) if found[outcome].is_turned else (budget, outcome)


def is_investments(table: Table) -> bool:
    """Say whether a table is told project by project."""
    return any(row.subject.startswith("project:") for row in table.rows)


def _since_start(table: Table, row: Row, kind: EntryKind, at: date) -> tuple[int, int] | None:
    """Give the months of a column without a year: all there are, but for a frame that is renewed every year.

    Such a frame tells the same decided budget since its start as for the year. A sum that adds frames and projects
    has parts that began at different times, and what has been decided for a project is no entry: neither is the sum
    of one set of entries.
    """
    rows = (row.key,) if row.subject else tuple(one.key for one in table.rows if one.subject)
    yearly = {_is_yearly(table, key) for key in rows}
    if len(yearly) > 1 or (yearly == {False} and kind is EntryKind.BUDGET):
        return None
    first = at.year * 100 + 1 if yearly == {True} else SINCE_START
    return first, at.year * 100 + at.month


def _is_yearly(table: Table, row: str) -> bool:
    budgets = [table.value(row, column.key) for column in table.columns_of(ColumnRole.BUDGET)]
    return len(budgets) > 1 and len(set(budgets)) == 1


def _months(period: Period) -> tuple[int, int] | None:
    """Give the months of a period; one to a date begins with its year."""
    first, last = period.start, period.end
    return (first.year * 100 + 1, last.year * 100 + last.month) if first.year == last.year else None


def _investment(table: Table, row: Row, found: Behind, unit: str) -> Behind | None:
    """Name the entries of a project, of the projects that a sum adds, or of all that a unit has invested in."""
    about, _, slug = row.subject.partition(":")
    projects: tuple[str, ...] = ()
    if about == "project":
        projects = (slug,)
    elif row.role is RowRole.SUM and is_investments(table):
        projects = tuple(_summed(table, row, "project"))
    elif row.key.startswith("investeringar"):
        # A row that names its unit is about everything under it, one that names none about the committee itself.
        return Behind(found.kind, found.first, found.last, found.sides, slug or unit, whole=about == "unit")
    return Behind(found.kind, found.first, found.last, found.sides, projects=projects) if projects else None


def _summed(table: Table, total: Row, about: str) -> list[str]:
    """Give what a sum adds: the projects or activities of the rows under its own heading, or of all of the table."""
    if total.role is not RowRole.SUM:
        return []
    rows = [row for row in table.rows if total.parent is None or row.parent == total.parent]
    return [row.subject.partition(":")[2] for row in rows if row.subject.startswith(f"{about}:")]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A printed figure beside what the entries come to, both in the printed figure's unit."""

    printed: Quantity
    booked: Quantity

    @property
    def holds(self) -> bool:
        """Say whether the printed figure is the booked amount, given how it was rounded."""
        return self.booked.number in self.printed.interval()

    @property
    def difference(self) -> Quantity:
        """Booked − printed, exact; it is shown with one digit more than was printed."""
        digits = None if self.printed.decimals is None else self.printed.decimals + 1
        return Quantity(self.booked.number - self.printed.number, self.printed.unit, digits)


def agreement(printed: Quantity, booked: Quantity) -> Agreement:
    """Compare a printed figure with a booked amount."""
    return Agreement(printed, booked.to(printed.unit))
