"""Which rows a sum row adds: read from parents where they are declared, else from the places of rows.

Published tables seldom say it. A sum stands under its items; sums of sums add the sums that stand
between; groups under headings belong to the next sum; a row that repeats the sum before it (the
decided frame, for comparison) is not an item. Several readings are often possible: the one under which
most columns hold is taken. A column in which no reading holds is certainly wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from uppsikt.checks.relations import ONE, Figures, Relation, Shape, Spot, Term, Verdict, additive, fit, judge
from uppsikt.core.findings import Confidence
from uppsikt.core.quantities import Missing, MissingReason
from uppsikt.core.tables import Column, Measure, Row, RowRole, Table

_read: WeakKeyDictionary[Figures, dict[int, tuple[Addition, ...]]] = WeakKeyDictionary()
_RUN_TOGETHER = re.compile(r"[-−–+(]?\d[\d,.)]*(\s+[-−–+(]?\d[\d,.)]*){4,}")  # five numbers or more, and no word
_UNSURE_FROM = 3  # columns: a reading that holds in none of so many is probably not what the table means


@dataclass(frozen=True, slots=True)
class Addition:
    """A total and the rows that it adds; ``others`` are the readings that were not taken.

    ``minus`` are the keys of the rows that are taken from it: income in a net cost, costs in a result,
    where both are printed without minus.
    """

    table: int
    total: Row
    items: tuple[Row, ...]
    others: tuple[tuple[Row, ...], ...] = ()
    minus: frozenset[str] = frozenset()


def additions(figures: Figures, at: int) -> tuple[Addition, ...]:
    """Give every addition in a table, in the order of the totals; read once, because several rules ask."""
    known = _read.setdefault(figures, {})
    if at not in known:
        found = tuple(_Reader(figures, at).read())
        known[at] = found + tuple(part for one in found for part in _of_which(figures.tables[at], one))
    return known[at]


def adding(figures: Figures, addition: Addition, column: Column) -> Relation:
    """Say that the total is the sum of its items in a column, less those in ``minus``.

    A row that is left empty there, or says that it does not apply, adds nothing; as it may also be
    forgotten, a sum that is wrong without it is likely and not certain.
    """
    at, total, items, minus = addition.table, addition.total, addition.items, addition.minus
    every = tuple(Spot(at, row.key, column.key) for row in items)
    told = tuple(spot for spot in every if not _adds_nothing(figures, spot))
    spots = told if len(told) * 2 >= len(every) and len(told) > 1 else every
    told_rows = f"de {len(spots)} raderna" if spots == every else f"de {len(spots)} rader som har ett belopp"
    many = f"{told_rows} blir tillsammans" if len(items) > 1 else f"raden ”{items[0].label}” är"
    return Relation(
        Shape.EQUAL,
        Spot(at, total.key, column.key),
        tuple(Term(spot, -ONE if spot.row in minus else ONE) for spot in spots),
        basis=f"{many} {{expected}}" if not minus else f"kostnader och intäkter i {many} {{expected}}",
        law=f"”{total.label}” ({{target}}) ska vara summan av sina rader",
        confidence=Confidence.CERTAIN if spots == every else Confidence.LIKELY,
        rows=() if minus else spots,
    )


def _adds_nothing(figures: Figures, spot: Spot) -> bool:
    """Say whether a cell is empty or does not apply; a figure that is not known yet is something else."""
    value = figures.table(spot).cell(spot.row, spot.column).value
    return isinstance(value, Missing) and value.reason in (MissingReason.BLANK, MissingReason.NOT_APPLICABLE)


def confidence_of(figures: Figures, addition: Addition, relation: Relation, columns: Sequence[Column]) -> Confidence:
    """Say how sure a broken sum is: certain when no reading of the table explains the printed figure."""
    column = figures.column(relation.target)
    for other in addition.others:
        judgement = judge(adding(figures, Addition(addition.table, addition.total, other), column), figures)
        if judgement is not None and judgement.verdict is not Verdict.BROKEN:
            return Confidence.POSSIBLE
    told = [adding(figures, addition, column)] if not column.label else []  # nobody knows what a nameless column tells
    if _has_unread_rows(figures.tables[addition.table]) or (told and not fit(told, figures).held):
        return Confidence.POSSIBLE
    whole = fit([adding(figures, addition, one) for one in columns], figures)
    return Confidence.POSSIBLE if not whole.held and whole.missed >= _UNSURE_FROM else relation.confidence


def _has_unread_rows(table: Table) -> bool:
    """Say whether the figures of some row ran together into one text: then rows have lost their figures to others."""
    texts = (cell.raw for cell in table.cells.values() if isinstance(cell.value, Missing))
    return any(_RUN_TOGETHER.fullmatch(text.strip()) for text in texts)


def money_columns(table: Table) -> tuple[Column, ...]:
    """Give the columns whose figures can be added."""
    return tuple(column for column in table.columns if additive(table, column))


def _of_which(table: Table, addition: Addition) -> Iterator[Addition]:
    """Give the additions of the costs, and of the income, of a total: as its items' costs and income."""
    for row in () if addition.minus else table.children(addition.total.key, RowRole.OF_WHICH):
        if row.measure in (Measure.COSTS, Measure.INCOME):
            parts = [_part(table, item, row.measure) for item in addition.items]
            known = tuple(part for part in parts if part is not None)
            if len(known) == len(parts) > 1:
                yield Addition(addition.table, row, known)


def _part(table: Table, item: Row, measure: Measure) -> Row | None:
    parts = [row for row in table.children(item.key, RowRole.OF_WHICH) if row.measure is measure]
    return parts[0] if len(parts) == 1 else None


class _Reader:
    """Reads one table from the top; keeps the rows that no sum has taken yet, by level."""

    def __init__(self, figures: Figures, at: int) -> None:
        self.figures, self.at, self.table = figures, at, figures.tables[at]
        self.by_key = {row.key: row for row in self.table.rows}
        self.columns = money_columns(self.table)
        self.open: dict[str | None, list[Row]] = {}

    def read(self) -> Iterator[Addition]:
        for index, row in enumerate(self.table.rows):
            level = self.open.setdefault(self._level(row), [])
            if row.role is RowRole.SUM:
                addition = self._declared(row) or self._by_place(row, level) or self._below(row, index)
                if addition is not None:
                    yield addition
                    self._close(level, addition)
                level.append(row)
            elif self._is_item(row):
                level.append(row)

    def _is_item(self, row: Row) -> bool:
        """Say whether a row is added by a sum; "varav" under a mere heading is an item in disguise."""
        if row.role is RowRole.OF_WHICH and row.parent is not None and row.measure in (Measure.NONE, Measure.NET):
            return self.by_key[row.parent].role is RowRole.HEADING
        return row.role is RowRole.ITEM

    def _level(self, row: Row) -> str | None:
        """Give the nearest ancestor that is not a mere heading."""
        parent = row.parent
        while parent is not None and self.by_key[parent].role is RowRole.HEADING:
            parent = self.by_key[parent].parent
        return parent

    def _close(self, level: list[Row], addition: Addition) -> None:
        taken = {row.key for row in addition.items}
        level[:] = [row for row in level if row.key not in taken]

    def _declared(self, total: Row) -> Addition | None:
        items = self.table.children(total.key, RowRole.ITEM, RowRole.SUM)
        return Addition(self.at, total, items) if items else None

    def _by_place(self, total: Row, level: Sequence[Row]) -> Addition | None:
        """Read the rows above; where no reading holds anywhere the widest natural one is taken."""
        in_a_sum = total.parent is not None and self.by_key[total.parent].role is RowRole.SUM
        readings = [] if in_a_sum else self._readings(total, level)  # a sum in a sum has its rows declared, or none
        if not readings:
            return None
        best = max(readings, key=lambda rows: (self._fit(total, rows), -readings.index(rows)))
        if (
            self._fit(total, best) <= 0
            and (signed := self._signed(total, readings, self._fit(total, best))) is not None
        ):
            return signed
        return Addition(self.at, total, best, tuple(rows for rows in readings if rows != best))

    def _signed(self, total: Row, readings: Sequence[tuple[Row, ...]], unsigned: int) -> Addition | None:
        """Read a net of costs and income that are both printed without minus, where that holds better than a sum."""
        if total.measure is not Measure.NET:
            return None
        found = []
        for rows in readings:
            keys = frozenset(row.key for row in rows)
            income = frozenset(row.key for row in rows if row.measure is Measure.INCOME)
            before = frozenset(row.key for row in rows if row.role is RowRole.SUM)  # a net cost, told before its cover
            sides = (income, keys - income, before)
            found += [Addition(self.at, total, rows, minus=side) for side in sides if side and keys - side]
        fits = [(fit(self._said(one), self.figures), one) for one in found]
        held = [(told.score, one) for told, one in fits if told.held and told.score > unsigned]
        return max(held, key=lambda pair: pair[0])[1] if held else None

    def _said(self, one: Addition) -> list[Relation]:
        return [adding(self.figures, one, column) for column in self.columns]

    def _readings(self, total: Row, level: Sequence[Row]) -> list[tuple[Row, ...]]:
        """Give the readings, the most natural first: since the sum before, everything, the last group."""
        since = _after_last_sum(level)
        everything = tuple(level)
        group = tuple(_last_group(since))
        under = tuple(row for row in level if total.parent is not None and row.parent == total.parent)
        candidates = [since, self._without_repeats(since), everything, self._without_repeats(everything), under, group]
        kept: list[tuple[Row, ...]] = []
        for rows in candidates:
            lone_sum = len(rows) == 1 and rows[0].role is RowRole.SUM and not self._fit(total, rows) > 0
            if rows and rows not in kept and not lone_sum:
                kept.append(rows)
        told = max((self._fit(total, rows) for rows in kept), default=0)
        if told <= 0:
            nearest = [*_nearest(since), *_nearest(everything)]
            kept += [rows for rows in nearest if rows not in kept and self._holds_better(total, rows, told)]
        return kept

    def _holds_better(self, total: Row, rows: Sequence[Row], told: int) -> bool:
        """Say whether a reading holds better than one that scores so much: in some column, as one may be wrong."""
        found = fit(self._said(Addition(self.at, total, tuple(rows))), self.figures)
        return found.held > 0 and found.score > told

    def _without_repeats(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """Leave out rows that repeat the sum that stands closest above them, in every column they fill."""
        kept = []
        for row in rows:
            above = self._sum_above(row)
            if row.role is not RowRole.ITEM or above is None or not self._repeats(row, above):
                kept.append(row)
        return tuple(kept)

    def _sum_above(self, row: Row) -> Row | None:
        before = self.table.rows[: self.table.rows.index(row)]
        return next((one for one in reversed(before) if one.role is RowRole.SUM), None)

    def _repeats(self, row: Row, total: Row) -> bool:
        repeated = fit(self._said(Addition(self.at, row, (total,))), self.figures)
        return repeated.held > 0 and not repeated.missed

    def _below(self, total: Row, index: int) -> Addition | None:
        """Read a sum that stands over its items; only a reading that holds somewhere is believed."""
        later = [row for row in self.table.rows[index + 1 :] if self._level(row) == self._level(total)]
        items: list[Row] = []
        for row in later:
            if row.role is RowRole.SUM:
                break
            items.extend([row] if self._is_item(row) else [])
        sums = tuple(row for row in later if row.role is RowRole.SUM)
        held = [rows for rows in (tuple(items), sums) if rows and self._fit(total, rows) > 0]
        return Addition(self.at, total, held[0]) if held else None

    def _fit(self, total: Row, items: Sequence[Row]) -> int:
        return fit(self._said(Addition(self.at, total, tuple(items))), self.figures).score


def _nearest(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Give the rows right above a sum without the first ones, which may belong to a later sum or to none."""
    yield from (tuple(rows[at:]) for at in range(1, len(rows) - 1))


def _after_last_sum(rows: Sequence[Row]) -> tuple[Row, ...]:
    last = max((at for at, row in enumerate(rows) if row.role is RowRole.SUM), default=-1)
    return tuple(rows[last + 1 :])


def _last_group(rows: Sequence[Row]) -> Iterable[Row]:
    return (row for row in rows if row.parent == rows[-1].parent)
