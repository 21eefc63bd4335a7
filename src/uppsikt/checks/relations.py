"""What must hold between cells, and whether the written figures can be true at the same time.

A written figure stands for an interval of true values, half a unit of its last digit on both
sides (domain: Money). A relation is broken only if no choice of true values in the intervals of its
cells satisfies it; when some choice does, though the written figures themselves do not, rounding
explains it. A relation with a missing cell, or with units that cannot meet, says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from uppsikt.checks.mentions import Mention
from uppsikt.checks.prose import Prose
from uppsikt.core.findings import Confidence
from uppsikt.core.quantities import COUNT, PERCENT, PLAIN, Quantity, Unit
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Table

ZERO, ONE = Decimal(0), Decimal(1)
_WORDS = {ColumnRole.TARGET, ColumnRole.STATE, ColumnRole.TEXT}


class Spot(NamedTuple):
    """A cell: the table's place in the sequence that is checked, the row's key and the column's key."""

    table: int
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Term:
    """A cell that is added to (1) or taken from (-1) what another cell should be."""

    spot: Spot
    factor: Decimal = ONE


class Shape(StrEnum):
    """How the target stands to its terms."""

    EQUAL = "equal"  # it is their signed sum
    AT_MOST = "at_most"  # its size is at most that of their sum
    WITHIN = "within"  # it lies between the least and the greatest of them
    POSITIVE = "positive"  # it is not below zero


@dataclass(frozen=True)
class Relation:
    """One thing that must hold.

    ``basis`` completes "Det står 5, men ...": ``{expected}`` and ``{0}``, ``{1}`` ... stand for what
    the terms give together and for each of them. ``law`` completes "det behöver stå 5 för att ..."
    when another cell than the target is the wrong one; ``{target}`` stands for the target's figure.
    ``rows`` names the terms for proposals such as a forgotten row, where they are rows of a sum.
    ``exact`` says that whole numbers here are counted and not rounded. ``hint`` is a proposal that the rule
    itself can make.
    """

    shape: Shape
    target: Spot
    terms: tuple[Term, ...]
    basis: str
    law: str = ""
    confidence: Confidence = Confidence.CERTAIN
    rows: tuple[Spot, ...] = ()
    exact: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    code: str = ""
    order: int = 0  # the rule's place in the book; the first one heads a finding

    @property
    def spots(self) -> tuple[Spot, ...]:
        """All cells that it binds, the target first."""
        return (self.target, *(term.spot for term in self.terms))

    def of_rule(self, code: str, order: int) -> Relation:
        """Give a copy that knows which rule says it."""
        return replace(self, code=code, order=order)


class Verdict(StrEnum):
    """What the written figures say of a relation."""

    HOLDS = "holds"
    ROUNDED = "rounded"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with ``expected``, what the terms give, and ``slack``, what rounding can hide; target's unit."""

    verdict: Verdict
    stated: Decimal
    expected: Decimal
    slack: Decimal

    @property
    def difference(self) -> Decimal:
        """How much too large the stated figure is."""
        return self.stated - self.expected


class Figures:
    """The written figures of a sequence of tables, by cell; corrections can be tried on top of them."""

    def __init__(self, tables: Sequence[Table], prose: Prose | None = None) -> None:
        self.tables = tuple(tables)
        self.prose = prose
        self.mentions: dict[int, Mention] = {}  # by the number of the table of one cell that stands for it
        self._all = list(self.tables)
        self.corrections: dict[Spot, Decimal] = {}
        self.results: dict[int, frozenset[str]] = {}  # by table: rows that show a result, once somebody has asked
        self._figures = {spot: figure for at, table in enumerate(tables) for spot, figure in _figures(at, table)}
        self._halves = {spot: figure.half_step for spot, figure in self._figures.items()}
        self._rows: dict[int, dict[str, Row]] = {}

    def __contains__(self, spot: Spot) -> bool:
        return spot in self._figures

    def spots(self) -> Iterator[Spot]:
        """Walk the cells that hold figures, in reading order."""
        return iter(self._figures)

    def at(self, spot: Spot) -> Quantity:
        """Give the figure of a cell, with the correction that is being tried; KeyError when there is none."""
        figure = self._figures[spot]
        correction = self.corrections.get(spot)
        return figure if correction is None else replace(figure, number=correction)

    def get(self, spot: Spot) -> Quantity | None:
        """Give the figure of a cell, or None when there is none."""
        return self.at(spot) if spot in self._figures else None

    def table(self, spot: Spot) -> Table:
        """Give the table of a cell."""
        return self._all[spot.table]

    def row(self, spot: Spot) -> Row:
        """Give the row of a cell."""
        if spot.table not in self._rows:
            self._rows[spot.table] = {row.key: row for row in self._all[spot.table].rows}
        return self._rows[spot.table][spot.row]

    def column(self, spot: Spot) -> Column:
        """Give the column of a cell."""
        return self.table(spot).column(spot.column)

    def say(self, mention: Mention, unit: Unit, number: Decimal | None = None) -> Spot:
        """Enter a number of the text as a cell, told in ``unit``, so that relations can bind it.

        ``number`` is what it means where that is not what is printed (a deficit of 5 is -5).

        It is a cell of a table of its own that no rule about tables sees.
        """
        text = mention.passage.text[mention.start : mention.end]
        quantity = replace(mention.quantity, unit=unit, number=mention.quantity.number if number is None else number)
        row, column = Row(str(mention.start), text, RowRole.NOTE), Column("text", "", ColumnRole.AMOUNT)
        title = mention.passage.section[-1] if mention.passage.section else ""
        spot = Spot(len(self._all), row.key, column.key)
        self._all.append(
            Table(mention.passage.key, title, (column,), (row,), {(row.key, column.key): Cell(quantity, text)}, unit)
        )
        self._figures[spot], self._halves[spot] = quantity, mention.slack
        self.mentions[spot.table] = mention
        return spot

    def ratio(self, spot: Spot, unit: Unit) -> Decimal:
        """Say how many of ``unit`` one unit of the cell is; money only, everything else is 1."""
        own = self._figures[spot].unit
        return own.factor / unit.factor if own.base and own.base == unit.base else ONE

    def told(self, spot: Spot, unit: Unit | None = None) -> tuple[Decimal, Decimal] | None:
        """Give a cell's number and half a step of it, in ``unit``; None when it has none that can be told so."""
        figure = self._figures.get(spot)
        if figure is None:
            return None
        number = self.corrections.get(spot, figure.number)
        if unit is None or figure.unit is unit or figure.unit == unit:
            return number, self._halves[spot]
        if not figure.unit.converts_to(unit):
            return None
        ratio = self.ratio(spot, unit)
        return number * ratio, self._halves[spot] * ratio


def _figures(at: int, table: Table) -> list[tuple[Spot, Quantity]]:
    """Give the figures of a table; a bare 0 is as exact as the finest figure of its column, a count is exact."""
    finest: dict[str, int] = defaultdict(int)
    found = []
    for row, column, cell in table.filled():
        if isinstance(cell.value, Quantity) and column.role not in (ColumnRole.STATE, ColumnRole.TEXT):
            found.append((Spot(at, row.key, column.key), cell.value))
            finest[column.key] = max(finest[column.key], cell.value.decimals or 0)
    return [(spot, _as_exact(figure, finest[spot.column])) for spot, figure in found]


def _as_exact(figure: Quantity, finest: int) -> Quantity:
    if figure.decimals != 0 or (figure.number and figure.unit != COUNT):
        return figure
    return replace(figure, decimals=None if figure.unit == COUNT else finest)


def additive(table: Table, column: Column) -> bool:
    """Say whether the figures of a column can be added: not words, targets, or shares."""
    return column.role not in _WORDS and table.unit_of(column) != PERCENT


def judge(relation: Relation, figures: Figures) -> Judgement | None:
    """Judge a relation; None when a figure is missing or the units cannot meet."""
    told = figures.told(relation.target)
    if told is None:
        return None
    stated, own = told
    if relation.shape is Shape.POSITIVE:
        return Judgement(Verdict.HOLDS if stated >= 0 else Verdict.BROKEN, stated, abs(stated), ZERO)
    unit = figures.at(relation.target).unit
    numbers, halves = [], []
    for term in relation.terms:
        found = figures.told(term.spot, unit)
        if found is None:
            return None
        numbers.append(found[0] * term.factor)
        halves.append(found[1])
    if relation.shape is Shape.WITHIN:
        return _within(stated, own, numbers, max(halves))
    slack = own + sum(halves, ZERO)
    expected = sum(numbers, ZERO)
    if relation.shape is Shape.AT_MOST:
        return _at_most(stated, expected, slack)
    if relation.exact and all(not figures.at(spot).decimals for spot in relation.spots):
        slack = ZERO
    difference = abs(stated - expected)
    # One figure told twice with different precision is not off: the coarser is the finer, rounded.
    same = not difference or (len(numbers) == 1 and slack != own * 2 and difference <= slack)
    verdict = Verdict.HOLDS if same else Verdict.ROUNDED if difference <= slack else Verdict.BROKEN
    return Judgement(verdict, stated, expected, slack)


def _within(stated: Decimal, own: Decimal, parts: list[Decimal], half: Decimal) -> Judgement:
    """Judge a total against its parts; it can miss the nearest of them by rounding of both."""
    slack = own + half
    low, high = min(parts), max(parts)
    expected = low if stated < low else high if stated > high else stated
    over = abs(stated - expected)
    verdict = Verdict.HOLDS if not over else Verdict.ROUNDED if over <= slack else Verdict.BROKEN
    return Judgement(verdict, stated, expected, slack)


def _at_most(stated: Decimal, whole: Decimal, slack: Decimal) -> Judgement:
    over = abs(stated) - abs(whole)
    verdict = Verdict.HOLDS if over <= 0 else Verdict.ROUNDED if over <= slack else Verdict.BROKEN
    return Judgement(verdict, stated, whole, slack)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a reading of a table holds: relations that hold (all of zeros do not count) and that do not."""

    held: int
    missed: int

    @property
    def score(self) -> int:
        """Held less missed."""
        return self.held - self.missed


def fit(relations: Sequence[Relation], figures: Figures) -> Fit:
    """Count how many of the relations the written figures satisfy."""
    held = missed = 0
    for relation in relations:
        judgement = judge(relation, figures)
        if judgement is None:
            continue
        if judgement.verdict is Verdict.BROKEN:
            missed += 1
        elif any(figures.at(spot).number for spot in relation.spots):
            held += 1
    return Fit(held, missed)


def unit_of(figures: Figures, spot: Spot) -> Unit:
    """Give the unit that a cell is written in; plain where the figure carries none."""
    figure = figures.get(spot)
    return PLAIN if figure is None else figure.unit
