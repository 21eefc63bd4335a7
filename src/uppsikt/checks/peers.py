"""Units that are told side by side in one table, and together are a total in another.

An overview tells the same thing of each unit ("Investeringar, netto" under three headings) and no
total; the table of that thing tells the total and not the units. That the two belong together is
seen in a column in which the figures meet; then they must in all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.checks.relations import Figures, Relation, Shape, Spot, Term, additive
from uppsikt.core.findings import Confidence
from uppsikt.core.periods import Period
from uppsikt.core.tables import Column, ColumnRole, Row, RowRole, Table

_PLANNED = (ColumnRole.BUDGET, ColumnRole.PLAN)
_CHANCE = 1000  # a total of fewer steps of its last digit may meet another by chance
_When = tuple[str, Period]


@dataclass(frozen=True)
class _Group:
    """The rows of a table that tell the same of several units, and their sums by column in the smallest unit."""

    table: int
    rows: tuple[Row, ...]
    sums: dict[_When, Decimal | None]


def by_peers(figures: Figures) -> Iterator[Relation]:
    """Say that a total is the sum of the units that another table tells side by side."""
    totals = _totals(figures)
    for at, table in enumerate(figures.tables):
        for rows in _peers(table):
            sums = {when: _sum(figures, at, rows, column) for when, column in _columns(table)}
            met = {
                place: when
                for when, told in sums.items()
                for place in (totals.get((when, told), ()) if told is not None else ())
                if place[0] != at
            }
            for table_at, key in sorted(met):
                yield from _relations(figures, _Group(at, rows, sums), table_at, key)


def _peers(table: Table) -> Iterator[tuple[Row, ...]]:
    """Give the rows with one label that stand under different headings."""
    headings = {row.key for row in table.rows if row.role is RowRole.HEADING}
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in table.rows:
        if row.role in (RowRole.ITEM, RowRole.SUM) and row.parent in headings:
            alike[row.label.casefold()].append(row)
    for rows in alike.values():
        if len({row.parent for row in rows}) == len(rows) > 1:
            yield tuple(rows)


def _columns(table: Table) -> Iterator[tuple[_When, Column]]:
    for column in table.columns:
        if column.period is not None and additive(table, column):
            role = ColumnRole.BUDGET if column.role in _PLANNED else column.role
            yield (role.value, column.period), column


def _totals(figures: Figures) -> dict[tuple[_When, Decimal], list[tuple[int, str]]]:
    """Give the sum rows of all tables by what they tell: when, and how much in the smallest unit."""
    found: dict[tuple[_When, Decimal], list[tuple[int, str]]] = defaultdict(list)
    for at, table in enumerate(figures.tables):
        for row in table.rows if any(True for _ in _columns(table)) else ():
            for when, column in _columns(table) if row.role is RowRole.SUM else ():
                figure = figures.get(Spot(at, row.key, column.key))
                if figure is not None and abs(figure.number).scaleb(figure.decimals or 0) >= _CHANCE:
                    found[when, figure.number * figure.unit.factor].append((at, row.key))
    return found


def _sum(figures: Figures, at: int, rows: Sequence[Row], column: Column) -> Decimal | None:
    """Add the rows of a column in the smallest unit; None when one has no figure, or only one has any."""
    told = [figures.get(Spot(at, row.key, column.key)) for row in rows]
    known = [figure for figure in told if figure is not None]
    if len(known) < len(rows) or sum(1 for figure in known if figure.number) < 2:
        return None
    return sum((figure.number * figure.unit.factor for figure in known), Decimal(0))


def _relations(figures: Figures, group: _Group, table: int, key: str) -> Iterator[Relation]:
    """Give the relations of every column; two columns that meet make it certain that they belong together."""
    own, other = dict(_columns(figures.tables[group.table])), dict(_columns(figures.tables[table]))
    both = [when for when in own if when in other and group.sums[when] is not None]
    spots = {when: Spot(table, key, other[when].key) for when in both}
    told = {when: figure for when, spot in spots.items() if (figure := figures.get(spot)) is not None}
    met = sum(1 for when, figure in told.items() if figure.number * figure.unit.factor == group.sums[when])
    many, title = len(group.rows), figures.tables[group.table].title
    for when in told:
        yield Relation(
            Shape.EQUAL,
            spots[when],
            tuple(Term(Spot(group.table, row.key, own[when].key)) for row in group.rows),
            basis=f"de {many} enheternas ”{group.rows[0].label}” i ”{title}” blir tillsammans {{expected}}",
            law=f"enheterna tillsammans ska bli totalen ({{target}}) i ”{figures.tables[table].title}”",
            confidence=Confidence.CERTAIN if met > 1 else Confidence.LIKELY,
        )
