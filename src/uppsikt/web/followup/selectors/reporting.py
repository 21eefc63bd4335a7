"""What follow-up gives a report: the statement and the forecasts as tables, and comments on any figure in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from uppsikt.core.economy import EntryKind
from uppsikt.core.economy.forecasting import change
from uppsikt.core.periods import Period
from uppsikt.core.quantities import Missing
from uppsikt.core.tables import Cell, Column, ColumnRole, Table, select
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.selectors.books import month_of
from uppsikt.web.followup.selectors.comments import with_comments
from uppsikt.web.followup.selectors.forecasts import forecasts_under
from uppsikt.web.followup.selectors.statement import forecast_cells, forecast_columns, side_of_row
from uppsikt.web.ledger.selectors import BY_ACTIVITY, BY_UNIT, last_day, loaded, statement
from uppsikt.web.organisation.models import Unit, UnitKind
from uppsikt.web.organisation.selectors import parents_on

Groups = Mapping[str, tuple[Table, ...]]
Maker = Callable[[Here], Table | None]


def with_followup(here: Here, groups: Groups) -> dict[str, tuple[Table, ...]]:
    """Add what the ledger and the forecasts tell to a report's tables, and to every table the comments on its figures.

    Printed tables stand before ours: where any of the groups has one they are left as they are, because two sources of
    one statement would contradict each other by what each of them counts in.
    """
    told = {name: tables for name, tables in groups.items() if tables}
    makers = _MAKERS[here.reporting_date.kind]
    if told.keys().isdisjoint(makers) and loaded(here.actor).of(EntryKind.OUTCOME, here.reporting_date.year):
        made = {name: _made(here, make) for name, make in makers.items()}
        told |= {name: tables for name, tables in made.items() if tables}
    noted = {table.key: table for table in with_comments(here, (table for tables in told.values() for table in tables))}
    return {**groups, **{name: tuple(noted[table.key] for table in tables) for name, tables in told.items()}}


def _made(here: Here, make: Maker) -> tuple[Table, ...]:
    """Make a table of the unit, and of a committee one of each administration too: with its units and its own sign.

    By activity there is one: an activity code is another amount in each unit.
    """
    below = _below(here) if here.unit.kind == UnitKind.COMMITTEE and make is not _by_activity else []
    own, *others = (make(replace(here, unit=unit)) for unit in (here.unit, *below))
    named = (
        replace(table, key=f"{table.key}-{unit.slug}")
        for unit, table in zip(below, others, strict=True)
        if table is not None
    )
    return () if own is None else (own, *named)


def _below(here: Here) -> list[Unit]:
    """Give the administrations directly under the unit at the date."""
    parents = parents_on(here.actor, last_day(here.reporting_date.year * 100 + month_of(here.reporting_date)))
    return [one for one in here.units if one.kind == UnitKind.ADMINISTRATION and parents.get(one.pk) == here.unit.pk]


def statement_table(here: Here, cut: str = BY_UNIT) -> Table | None:
    """Give the ledger's statement to the date's month; None where it tells nothing of the unit."""
    month = month_of(here.reporting_date)
    table = statement(here.actor, here.unit, here.reporting_date.year, month, cut=cut)
    return None if all(isinstance(cell.value, Missing) for _, _, cell in table.filled()) else table


def to_date_table(here: Here) -> Table | None:
    """Give the statement to the date with the change since the same months of last year."""
    table = statement_table(here)
    if table is None:
        return None
    (outcome,), (last,) = table.columns_of(ColumnRole.OUTCOME), table.columns_of(ColumnRole.LAST_YEAR)
    column = Column(f"change-{here.reporting_date.year}", "Förändring", ColumnRole.CHANGE, outcome.period)
    cells = {
        (row.key, column.key): Cell(change(table.value(row.key, outcome.key), table.value(row.key, last.key)))
        for row in table.rows
    }
    return replace(table, columns=(*table.columns, column), cells={**table.cells, **cells})


def forecast_table(here: Here) -> Table | None:
    """Give the forecasts of the year by unit: forecast, budget, deviation, change, and last year's outcome.

    None when nobody has submitted. A unit that has told nothing is missing.
    """
    page = forecasts_under(here.actor, here.unit, here.reporting_date)
    base = statement_table(here)
    if base is None or all(isinstance(line.forecast.costs, Missing) for line in page.lines):
        return None
    year = here.reporting_date.year
    now, off, *since = forecast_columns(here, page)
    last = Column(f"last_year-{year - 1}", f"Utfall {year - 1}", ColumnRole.LAST_YEAR, Period.year(year - 1))
    (budget,) = base.columns_of(ColumnRole.BUDGET)
    lines = {f"unit:{line.unit.slug}": line for line in page.lines}
    rows = [row for row in base.rows if row.subject in lines]
    cells: dict[tuple[str, str], Cell] = {}
    for row in rows:
        line = lines[row.subject]
        told = forecast_cells(base, row, line)
        cells |= {(row.key, one.key): Cell(value) for one, value in zip((now, off, *since), told, strict=False)}
        cells[row.key, last.key] = Cell(side_of_row(base, row, line.books.last_year))
        cells[row.key, budget.key] = base.cell(row.key, budget.key)
    kept = select(base, rows=[row.key for row in rows])
    return replace(
        kept,
        key="prognos",
        title=f"Prognos för helåret {year}, {here.unit.name}",
        columns=(now, budget, off, *since, last),
        cells=cells,
        link=here.url("forecasts"),
    )


def _by_activity(here: Here) -> Table | None:
    return statement_table(here, BY_ACTIVITY)


_MAKERS: dict[str, dict[str, Maker]] = {
    ReportingDate.Kind.ANNUAL: {"by_unit": statement_table, "by_activity": _by_activity},
    ReportingDate.Kind.INTERIM: {"to_date": to_date_table, "forecast": forecast_table},
    ReportingDate.Kind.FORECAST: {"to_date": to_date_table, "forecast": forecast_table},
    ReportingDate.Kind.BUDGET: {},
}
