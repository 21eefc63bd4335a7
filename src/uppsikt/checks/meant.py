"""Which cells of a row a sentence speaks of: by what it says of its number, and of which year."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.comparing import unit_for
from uppsikt.checks.meaning import Kind, Meaning
from uppsikt.checks.mentions import Mention
from uppsikt.checks.naming import Name
from uppsikt.checks.prose import Prose
from uppsikt.checks.relations import Figures, Spot
from uppsikt.core.tables import Column, ColumnRole, Measure, Row, RowRole, Table

_PLANNED = (ColumnRole.BUDGET, ColumnRole.PLAN)
_ROLES = {
    Kind.DEVIATION: (ColumnRole.DEVIATION,),
    Kind.RESULT: (ColumnRole.DEVIATION,),
    Kind.BUDGET: _PLANNED,
    Kind.FORECAST: (ColumnRole.FORECAST,),
    Kind.OUTCOME: (ColumnRole.OUTCOME,),
    Kind.TARGET: (ColumnRole.TARGET,),
    Kind.UNSAID: (ColumnRole.DEVIATION, ColumnRole.OUTCOME, ColumnRole.COUNT, ColumnRole.AMOUNT),
}


def cells_meant(figures: Figures, prose: Prose, name: Name, mention: Mention, meaning: Meaning) -> Iterator[Spot]:
    """Give the cells of a row that the number of a sentence should repeat."""
    table = figures.tables[name.table]
    row = table.rows[name.row]
    if not _is_about(prose.printed[name.table].kind, table, row, meaning):
        return
    for column in table.columns:
        spot = Spot(name.table, row.key, column.key)
        if spot in figures and unit_for(figures, mention, spot) and _is_meant(prose.year, table, column, meaning):
            yield spot


def _is_about(kind: str, table: Table, row: Row, meaning: Meaning) -> bool:
    """Say whether a row tells the side of the account that is spoken of; investments stand apart."""
    invests = kind == "investment" or "invester" in f"{table.title} {row.label}".casefold()
    if invests is not meaning.investment:
        return False
    if meaning.measure in (Measure.COSTS, Measure.INCOME) and meaning.kind is Kind.OUTCOME:
        return row.measure is meaning.measure or (row.measure is Measure.NONE and row.role is RowRole.ITEM)
    return row.measure not in (Measure.COSTS, Measure.INCOME)


def _is_meant(this_year: int | None, table: Table, column: Column, meaning: Meaning) -> bool:
    year = column.period.year_number if column.period is not None else None
    back = meaning.last_year or meaning.level == "from"
    if meaning.level and not meaning.years and year is not None:
        # A step goes between the two latest outcomes that the table tells, whatever year the document is about.
        told = [one.period.year_number for one in table.columns_of(ColumnRole.OUTCOME) if one.period is not None]
        return column.role in (ColumnRole.OUTCOME, ColumnRole.LAST_YEAR) and bool(told) and year == max(told) - back
    if column.role is ColumnRole.LAST_YEAR and meaning.kind is Kind.OUTCOME:
        return back or year in meaning.years
    if column.role not in _roles(table, meaning.kind):
        return False
    if meaning.forecast and column.role is ColumnRole.DEVIATION and not table.columns_of(ColumnRole.FORECAST):
        return False
    if year is None:
        other = back or (bool(meaning.years) and this_year not in meaning.years)
        return not other and len(table.columns_of(column.role)) == 1
    return year in (meaning.years or ((this_year or year) - back,))


def _roles(table: Table, kind: Kind) -> tuple[ColumnRole, ...]:
    """Give the roles of the columns that tell what is spoken of; in a plan every amount is planned."""
    if kind is Kind.OUTCOME and not table.columns_of(ColumnRole.OUTCOME, ColumnRole.FORECAST):
        return _PLANNED
    return _ROLES.get(kind, ())
