"""Stored statements become core Tables: many at once, in the four queries of ``stored``.

A figure is told in its statement's unit with the precision it was written with. Where it came from
follows each cell: the printed document, table, row and column; or, once a person has entered or
changed it, who and when.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.urls import reverse

from uppsikt.core.errors import ReadingError
from uppsikt.core.periods import Period, parse_period
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Unit, Value, read_cell, unit_of
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Origin, Row, RowRole, Sign, Table, select
from uppsikt.web.economy.models import Statement
from uppsikt.web.economy.selectors.stored import Entered, Parts, StoredColumn, StoredFigure, StoredRow, parts_of
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.steering.models import Breakdown
from uppsikt.web.steering.selectors.tables import subject_of

PREPARED = 4096  # distinct periods and words for "no number" kept read

# The page that tells a statement in full; every other kind stands on the page of the economy.
_PAGE_OF = {
    Statement.Kind.INVESTMENT: "investments",
    Statement.Kind.FRAME: "frames",
    Statement.Kind.STAFF: "staff",
    Statement.Kind.VOLUME: "staff",
    Statement.Kind.RECEPTION: "staff",
}


def tables_of(actor: Actor, statements: Sequence[Statement], unit_slug: str = "") -> tuple[Table, ...]:
    """Make the Tables of the statements; their links stand in the context of ``unit_slug`` (empty: its own unit's)."""
    parts = parts_of(actor, statements)
    return tuple(_table(one, parts, unit_slug or one.unit.slug) for one in statements)


def tables_about(
    actor: Actor, statements: Sequence[Statement], unit_slug: str, units: Collection[int]
) -> tuple[tuple[Table, ...], frozenset[str]]:
    """Make the Tables of the statements, and say which of them are only the part that is about ``units``.

    A statement of one of the units is whole, and so is one that speaks of no other unit: how a
    division's budget came about, told by the one above.
    """
    parts = parts_of(actor, statements)
    made, partial = [], set()
    for one in statements:
        table, rows = _table(one, parts, unit_slug), parts.rows[one.pk]
        if one.unit_id not in units and not {row.unit for row in rows if row.unit} <= set(units):
            table = select(table, rows=_about(rows, units))
            partial.add(table.key)
        made.append(table)
    return tuple(made), frozenset(partial)


def _table(statement: Statement, parts: Parts, unit_slug: str) -> Table:
    unit = unit_of(statement.money_unit)
    context = (unit_slug, statement.reporting_date.slug)
    columns = {one.pk: one for one in parts.columns[statement.pk]}
    rows = parts.rows[statement.pk]
    maker = _CellMaker(statement, unit, parts.entered)
    cells = {
        (row.key, columns[figure.column].key): maker.cell(figure, row, columns[figure.column])
        for row in rows
        for figure in parts.figures[row.pk]
    }
    page = _page(statement, rows, context)
    by_key = {row.pk: row for row in rows}
    return Table(
        key=statement.key,
        title=statement.title,
        columns=tuple(_column(one) for one in columns.values()),
        rows=tuple(_row(row, by_key.get(row.parent or 0), statement, context) for row in rows),
        cells=cells,
        unit=unit,
        sign=Sign(statement.sign),
        link=f"{page}#{statement.key}",
        source=statement.source.title if statement.source else "",
    )


def _page(statement: Statement, rows: Iterable[StoredRow], context: tuple[str, str]) -> str:
    """Give the page on which the reader finds the statement: its own, or that of the one unit it is about."""
    if statement.kind in _PAGE_OF:
        return address(_PAGE_OF[Statement.Kind(statement.kind)], *context)
    about = {row.unit_slug for row in rows if row.unit_slug}
    if statement.kind == Statement.Kind.DIVISION:
        about = {statement.unit.slug}
    if len(about) == 1 and about != {context[0]}:
        return address("economy_unit", *context, *about)
    cut = "?snitt=verksamhet" if statement.kind == Statement.Kind.BY_ACTIVITY else ""
    return address("economy", *context) + cut


@dataclass(frozen=True)
class _CellMaker:
    """Makes the cells of one statement."""

    statement: Statement
    unit: Unit
    entered: Mapping[int, Entered]

    def cell(self, figure: StoredFigure, row: StoredRow, column: StoredColumn) -> Cell:
        return Cell(_value(figure, self.unit), figure.raw, figure.note, self._origin(figure, row, column))

    def _origin(self, figure: StoredFigure, row: StoredRow, column: StoredColumn) -> Origin | None:
        hand = self.entered.get(figure.pk)
        if hand is not None:
            return Origin(row=row.label, column=column.label, entered_by=hand.who, entered_at=hand.at)
        if self.statement.source is None:
            return None
        return Origin(
            document=self.statement.source.title,
            table=self.statement.source_table,
            row=figure.printed_row or row.label,
            column=figure.printed_column or column.label,
        )


def _value(figure: StoredFigure, unit: Unit) -> Value:
    if figure.number is None:
        return _missing(figure.raw)
    return Quantity(exact(figure.number, figure.decimals), unit, figure.decimals)


def exact(number: Decimal, decimals: int | None) -> Decimal:
    """Take away the zeros that the database put after the written digits; the number is the same."""
    places = min(max(decimals or 0, 0), 6)  # the database keeps six
    shorter = number.quantize(Decimal(1).scaleb(-places))
    return shorter if shorter == number else number.normalize()


@lru_cache(PREPARED)
def _missing(raw: str) -> Missing:
    read = read_cell(raw).value
    return read if isinstance(read, Missing) else Missing(MissingReason.TEXT, raw)


@lru_cache(PREPARED)
def period_of(key: str) -> Period | None:
    """Read a stored period; one that cannot be read is no period, and the column keeps its label."""
    try:
        return parse_period(key) if key else None
    except ReadingError:
        return None


def _column(stored: StoredColumn) -> Column:
    period = period_of(stored.period)
    return Column(stored.key, stored.label, ColumnRole(stored.role), period, stored.group)


def _row(stored: StoredRow, parent: StoredRow | None, statement: Statement, context: tuple[str, str]) -> Row:
    subject = _subject(stored)
    link = ""
    if stored.project_slug:
        link = address("investment", *context, stored.project_slug)
    elif subject.startswith("unit:") and stored.unit_slug and _unfolds(stored, parent, statement, context[0]):
        link = address("economy_unit", *context, stored.unit_slug)
    elif stored.role != RowRole.HEADING:
        link = address("economy_row", *context, statement.key, stored.key)
    role, measure = RowRole(stored.role), Measure(stored.measure)
    return Row(stored.key, stored.label, role, parent.key if parent else None, measure, subject, link)


def _subject(stored: StoredRow) -> str:
    """Say what a row is about; the same words in another statement mean the same thing."""
    if stored.project_slug:
        return f"project:{stored.project_slug}"
    if stored.indicator_slug:
        return subject_of(
            stored.indicator_slug, stored.part_slug or Breakdown.TOTAL, is_ratio=bool(stored.indicator_is_ratio)
        )
    if stored.volume_slug:
        return f"volume:{stored.volume_slug}"
    if stored.activity_code:
        return f"activity:{stored.activity_code}"
    return f"unit:{stored.unit_slug}" if stored.unit_slug else ""


def _unfolds(stored: StoredRow, parent: StoredRow | None, statement: Statement, unit_slug: str) -> bool:
    """Say whether a row is a unit of the statement that can be unfolded; every other row tells where it came from."""
    own = stored.unit_slug == unit_slug
    stands_alone = parent is None or parent.role in (RowRole.HEADING, RowRole.SUM)
    return statement.kind not in _PAGE_OF and stored.role == RowRole.ITEM and stands_alone and not own


@lru_cache(PREPARED)
def address(name: str, *args: str) -> str:
    """Give an address; kept, because one page asks for the same few hundred."""
    return reverse(name, args=args)


def _about(rows: Iterable[StoredRow], units: Collection[int]) -> frozenset[str]:
    """Give the rows about any of the units, everything under them, and the headings over them."""
    by_key = {row.pk: row for row in rows}
    kept: set[str] = set()
    for row in by_key.values():
        line = tuple(_line_up(row, by_key))
        if any(one.unit in units for one in line):
            kept |= {row.key, *(one.key for one in line if one.role == RowRole.HEADING)}
    return frozenset(kept)


def _line_up(row: StoredRow | None, by_key: Mapping[int, StoredRow]) -> Iterator[StoredRow]:
    """Walk from a row up through its parents."""
    while row is not None:
        yield row
        row = by_key.get(row.parent or 0)
