"""The few figures that tell how a unit stands, and whether its two statements agree."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.quantities import Missing, Quantity, Unit, Value
from uppsikt.core.tables import Column, ColumnRole, Measure, Row, RowRole, Sign, Table, sum_cells
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import Statement
from uppsikt.web.economy.selectors.statements import Told, told_at
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Unit as OrganisationUnit

Kind = Statement.Kind
BY_UNIT_KINDS = (Kind.BY_UNIT, Kind.FORECAST, Kind.BUDGET, Kind.TO_DATE)
_KEY_KINDS = (Kind.FORECAST, Kind.BY_UNIT, Kind.BUDGET, Kind.DIVISION, Kind.OVERVIEW)
_KEY_KINDS_ANNUAL = (Kind.BY_UNIT, Kind.OVERVIEW, Kind.DIVISION)


@dataclass(frozen=True)
class KeyFigures:
    """How a unit's money stands at a date; what the documents do not tell is Missing.

    ``outcome`` is the forecast for the whole year when ``is_forecast``, and Missing in a budget.
    ``last_year`` is last year's outcome, or in a budget last year's budget. All are in ``unit``
    under ``sign``; a deviation is positive when it is good. ``link`` leads to the statement.
    """

    outcome: Value
    budget: Value
    deviation: Value
    last_year: Value
    unit: Unit
    sign: Sign
    is_forecast: bool
    is_budget: bool
    table: Table
    rows: tuple[Row, ...]
    link: str

    @property
    def is_counted(self) -> bool:
        """Say whether no report prints the unit's own total, so that it is the sum of several rows."""
        return len(self.rows) > 1


def key_figures(actor: Actor, unit: OrganisationUnit, reporting_date: ReportingDate) -> KeyFigures | None:
    """Give the unit's total at a date, or None when no statement tells it. Six queries.

    A unit whose total no report prints is told by the sum of the rows of units under it.
    """
    annual = reporting_date.kind == ReportingDate.Kind.ANNUAL
    kinds = _KEY_KINDS_ANNUAL if annual else _KEY_KINDS
    return key_figures_in(told_at(actor, unit, reporting_date, kinds), reporting_date)


def key_figures_in(told: Told, reporting_date: ReportingDate) -> KeyFigures | None:
    """Give the same from statements already at hand."""
    annual = reporting_date.kind == ReportingDate.Kind.ANNUAL
    kinds = _KEY_KINDS_ANNUAL if annual else _KEY_KINDS
    ordered = [table for kind in kinds for table in told.of(kind)]
    for table in ordered:
        row = own_row(table, told.unit.slug, is_part=told.is_borrowed(table))
        if row is not None:
            return _key_figures(table, (row,), reporting_date)
    for table in ordered:
        rows = tuple(row for row in table.rows if row.parent is None and row.role is RowRole.ITEM and _is_net(row))
        if told.is_part(table) and rows:
            return _key_figures(table, rows, reporting_date)
    return None


def own_row(table: Table, unit_slug: str, *, is_part: bool = False) -> Row | None:
    """Give the row that tells the net of a unit in a table: the one about it, or else the table's nameless total."""
    about = (row for row in table.rows if row.subject == f"unit:{unit_slug}" and _is_net(row))
    ranked = sorted(about, key=lambda row: (row.measure is not Measure.NET, row.role is not RowRole.SUM))
    if ranked:
        return ranked[0]
    total = None if is_part else total_row(table)
    return total if total is not None and not total.subject else None


def total_row(table: Table) -> Row | None:
    """Give the row that sums the whole table: the one called so, or else the first sum of net amounts."""
    sums = [row for row in table.rows if row.role is RowRole.SUM and _is_net(row)]
    return next((row for row in sums if row.key == "summa"), sums[0] if sums else None)


def _is_net(row: Row) -> bool:
    return row.role in (RowRole.ITEM, RowRole.SUM) and row.measure in (Measure.NET, Measure.NONE)


def _key_figures(table: Table, rows: tuple[Row, ...], date: ReportingDate) -> KeyFigures:
    outcome = _first(table, date.year, ColumnRole.OUTCOME)
    forecast = _first(table, date.year, ColumnRole.FORECAST)
    budget = _first(table, date.year, ColumnRole.BUDGET)
    before = _first(table, date.year - 1, ColumnRole.LAST_YEAR) or _first(
        table, date.year - 1, ColumnRole.BUDGET, ColumnRole.OUTCOME
    )
    deviation = _first(table, None, ColumnRole.DEVIATION)
    told = outcome or forecast

    def value(column: Column | None) -> Value:
        if column is None:
            return Missing()
        if len(rows) == 1:
            return table.value(rows[0].key, column.key)
        return sum_cells(table, [row.key for row in rows], column.key)

    return KeyFigures(
        outcome=value(told),
        budget=value(budget),
        deviation=value(deviation),
        last_year=value(before),
        unit=table.unit,
        sign=table.sign,
        is_forecast=outcome is None and forecast is not None,
        is_budget=told is None,
        table=table,
        rows=rows,
        link=table.link,
    )


def _first(table: Table, year: int | None, *roles: ColumnRole) -> Column | None:
    """Give the first column of the roles; of that year where a column says which, else of no stated year."""
    found = table.columns_of(*roles)
    if year is None:
        return found[0] if found else None
    return next((c for c in found if c.period is None or c.period.year_number == year), None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The same total in two statements: by unit and by activity. ``difference`` is the second minus the first."""

    label: str
    first: Quantity
    second: Quantity

    @property
    def difference(self) -> Quantity:
        """By activity minus by unit."""
        return self.second - self.first

    @property
    def agrees(self) -> bool:
        """Say whether both can be the same amount, given how they were rounded."""
        return self.first.interval().meets(self.second.to(self.first.unit).interval())


def agreements(by_unit: Table, by_activity: Table) -> tuple[Agreement, ...]:
    """Compare the totals of two statements, column by column where both tell the same role and period."""
    first_total, second_total = total_row(by_unit), total_row(by_activity)
    if first_total is None or second_total is None:
        return ()
    others = {(column.role, column.period): column for column in by_activity.columns}
    found = []
    for column in by_unit.columns:
        other = others.get((column.role, column.period))
        if other is None:
            continue
        first, second = by_unit.value(first_total.key, column.key), by_activity.value(second_total.key, other.key)
        if isinstance(first, Quantity) and isinstance(second, Quantity):
            found.append(Agreement(column.label, first, second))
    return tuple(found)
