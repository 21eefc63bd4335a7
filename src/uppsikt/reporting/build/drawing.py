"""Which charts a table gives, with caption and an alternative text that says what is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from uppsikt.core.quantities import Quantity
from uppsikt.core.states import GoalState
from uppsikt.core.tables import Column, ColumnRole, Row, RowRole, Table
from uppsikt.reporting import chart_texts, charts


class Drawing(NamedTuple):
    """A chart before it has its number."""

    caption: str
    alt: str
    spec: Mapping[str, Any]


WHOLE = "Totalt"  # the line of the indicator itself, beside its parts
FEWEST_BARS = 3  # fewer are read faster as figures


def deviation(table: Table) -> Iterator[Drawing]:
    """Draw the deviation from budget of every item row, when the table has enough of them."""
    for column in table.columns_of(ColumnRole.DEVIATION)[:1]:
        if len(chart_texts.deviation_rows(table, column.key)) < FEWEST_BARS:
            continue
        yield Drawing(
            f"Avvikelse mot budget: {table.title}",
            chart_texts.deviation_alt(table, column.key),
            charts.deviation_chart(table, column.key),
        )


def states(table: Table) -> Iterator[Drawing]:
    """Draw how many goals stand in each state."""
    column = table.columns_of(ColumnRole.STATE)[0].key
    told = [table.cell(row.key, column).raw for row in table.rows if row.role is RowRole.ITEM]
    counts = {state: told.count(state.value) for state in GoalState if state.value in told}
    if counts:
        yield Drawing("Nämndmålen efter bedömning", chart_texts.states_alt(counts), charts.states_chart(counts))


def series(table: Table) -> Iterator[Drawing]:
    """Draw every indicator that is broken down and has at least two numbers, with parts and target."""
    years = table.columns_of(ColumnRole.OUTCOME)
    for row in table.children(None, RowRole.ITEM) + _under_headings(table):
        parts = table.children(row.key, RowRole.BREAKDOWN)
        lines = {WHOLE: _points(table, row, years)} | {part.label: _points(table, part, years) for part in parts}
        lines = {label: points for label, points in lines.items() if sum(n is not None for _, n in points) > 1}
        if parts and WHOLE in lines:
            targets = _targets(table, row)
            yield Drawing(
                row.label,
                chart_texts.indicator_alt(row.label, lines, targets, ""),
                charts.indicator_chart(row.label, lines, targets, ""),
            )


def _under_headings(table: Table) -> tuple[Row, ...]:
    headings = [row for row in table.rows if row.role is RowRole.HEADING]
    return tuple(row for heading in headings for row in table.children(heading.key, RowRole.ITEM))


def _points(table: Table, row: Row, columns: tuple[Column, ...]) -> list[tuple[str, Decimal | None]]:
    cells = ((column.label, table.value(row.key, column.key)) for column in columns)
    return [(label, value.number if isinstance(value, Quantity) else None) for label, value in cells]


def _targets(table: Table, row: Row) -> list[tuple[str, Decimal]]:
    found = ((column, table.value(row.key, column.key)) for column in table.columns_of(ColumnRole.TARGET))
    return [
        (str(column.period.end.year) if column.period else column.label, value.number)
        for column, value in found
        if isinstance(value, Quantity)
    ]
