"""Binds numbers in sentences to the cells that they repeat, and says where the two disagree.

The rows that a sentence names, with what it says of the number (a surplus, a budget, an outcome; of which
year), give the cells that the number should repeat. A number that agrees with one of them, with another
cell of the row, or with a cell elsewhere whose words stand in the sentence, is bound to it. One that agrees
with nothing is a contradiction only where ``doubting`` says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from heapq import nsmallest
from itertools import combinations
from weakref import WeakKeyDictionary

from uppsikt.checks.comparing import Sizes, agrees, digits_of, finest_first, sizes_of, tell_one_amount, turned
from uppsikt.checks.doubting import Doubt, doubt, doubt_of_sum
from uppsikt.checks.meaning import Kind, Meaning, meaning_of
from uppsikt.checks.meant import cells_meant
from uppsikt.checks.mentions import Mention, find_mentions
from uppsikt.checks.naming import Name, Names, Naming, words_of
from uppsikt.checks.prose import Prose
from uppsikt.checks.relations import ONE, Figures, Spot
from uppsikt.checks.words import stem
from uppsikt.core.findings import Confidence
from uppsikt.core.passages import Passage
from uppsikt.core.quantities import PERCENT
from uppsikt.core.tables import ColumnRole, Sign

_ROWS = 30  # rows of one name that are looked at: those nearest to the text
_NEAREST = 60  # cells of the same size that are looked at: those nearest to the text
_LONGEST_LIST = 40  # passages that one table may have been read from
_STATED = (ColumnRole.OUTCOME, ColumnRole.BUDGET, ColumnRole.PLAN, ColumnRole.FORECAST, ColumnRole.LAST_YEAR)
_WORDS = (ColumnRole.STATE, ColumnRole.TEXT)
_MANY = 3  # digits that are few by chance
_TELLING = 4  # so many digits that a number found elsewhere is the same one, whatever the words


@dataclass(frozen=True)
class Bound:
    """A number and what it was bound to: a cell, or with ``others`` the sum of it and of them.

    ``turned`` is -1 where the cells have the other sign by convention. ``agrees`` in size; ``opposite`` that
    the sentence says surplus where the cell shows a deficit, or the other way round. ``confidence`` is that
    of a contradiction; None when it is none. ``thousand``: a factor of a thousand explains it. ``change``: it
    is the difference between the cell and the other one.
    """

    mention: Mention
    meaning: Meaning
    spot: Spot
    turned: Decimal
    agrees: bool
    opposite: bool = False
    confidence: Confidence | None = None
    thousand: bool = False
    others: tuple[Spot, ...] = ()
    change: bool = False


def bind(figures: Figures) -> tuple[Bound, ...]:
    """Bind every number of the document's text that can be bound, in reading order; once, for several rules ask."""
    if figures.prose is None or not figures.prose.passages:
        return ()
    if figures not in _bound:
        binder = _Binder(figures, figures.prose)
        _bound[figures] = tuple(one for passage in figures.prose.passages for one in binder.passage(passage))
    return _bound[figures]


_bound: WeakKeyDictionary[Figures, tuple[Bound, ...]] = WeakKeyDictionary()


class _Binder:
    def __init__(self, figures: Figures, prose: Prose) -> None:
        self.figures, self.prose, self.names = figures, prose, Names(figures)
        self.headings: dict[str, Sequence[Name]] = {}

    def passage(self, passage: Passage) -> Iterator[Bound]:
        """Bind the numbers of one passage; each is read with the one before it in its sentence."""
        before: Mention | None = None
        found: Bound | None = None
        named: list[Naming] = []
        for mention in find_mentions(passage):
            if before is None or before.clause is not mention.clause:
                before, found, named = None, None, self.names.named(mention.clause.tokens)
            found = self._bound(mention, meaning_of(mention, before, named), found)
            if found is not None:
                yield found
            before = mention

    def _bound(self, mention: Mention, meaning: Meaning, before: Bound | None) -> Bound | None:
        """Bind a number; ``before`` is what the number before it in the sentence was bound to."""
        if not (mention.is_money or mention.quantity.unit == PERCENT or mention.quantity.decimals):
            return self._elsewhere(mention, meaning)
        figures, prose = self.figures, self.prose
        meaning, names = self._subjects(mention, meaning)
        meant = [
            spot
            for name in names
            for spot in cells_meant(figures, prose, name, mention, meaning)
            if not self._is_itself(mention, spot)
        ]
        wanted = finest_first(figures, meant)
        for spot in wanted[:1] if tell_one_amount(figures, mention, wanted) else wanted:
            if agrees(figures, mention, spot):
                return self._judged(mention, meaning, spot)
        doubted = self._doubted(mention, meaning, wanted, doubt(figures, prose, mention, meaning, wanted))
        # The end of a step whose beginning is the table's must be the table's too, and no other figure of the row.
        if meaning.level == "to" and before is not None and before.agrees and before.meaning.level == "from":
            return doubted or self._in_rows(names, mention, meaning) or self._elsewhere(mention, meaning)
        known = self._in_rows(names, mention, meaning) or self._elsewhere(mention, meaning)
        return known or doubted or self._summed(mention, meaning, meant) or self._changed(names, mention, meaning)

    def _subjects(self, mention: Mention, meaning: Meaning) -> tuple[Meaning, list[Name]]:
        """Give the rows that the sentence is about: those it names, else what its heading names, or the totals."""
        section = mention.passage.section[-1] if mention.passage.section else ""
        if section not in self.headings:
            self.headings[section] = self.names.called(set(words_of(section)))
        names: Sequence[Name] = []
        if meaning.subjects:
            names = [name for one in meaning.subjects for name in one.names]
        elif meaning.generic and self.headings[section]:
            names, meaning = self.headings[section], replace(meaning, headed=True)
        elif meaning.whole:
            names = self.names.totals
        return meaning, nsmallest(_ROWS, names, key=lambda name: self._distance(mention, name.table))

    def _distance(self, mention: Mention, table: int) -> int:
        return abs(self.prose.printed[table].order - mention.passage.order)

    def _doubted(
        self, mention: Mention, meaning: Meaning, spots: Sequence[Spot], doubted: Doubt | None, *others: Spot
    ) -> Bound | None:
        if doubted is None:
            return None
        sign = turned(self.figures, mention, spots[0], *others)
        column = self.figures.column(spots[0])
        if meaning.direction and column.role is ColumnRole.DEVIATION and meaning.kind is Kind.DEVIATION:
            sign = ONE if meaning.direction * mention.quantity.number > 0 else -ONE
        bound = Bound(mention, meaning, spots[0], sign, agrees=False, confidence=doubted.confidence, others=others)
        return replace(bound, thousand=doubted.thousand)

    def _judged(self, mention: Mention, meaning: Meaning, spot: Spot) -> Bound:
        """Bind to a cell with the right size, and look at the sign where both have one that means the same."""
        cell, told = self.figures.at(spot).number, mention.quantity.number
        bound = Bound(mention, meaning, spot, turned(self.figures, mention, spot), agrees=True)
        contrary = mention.signed and meaning.direction * told < 0
        column = self.figures.column(spot)
        compared = column.role is ColumnRole.DEVIATION and meaning.kind is Kind.DEVIATION and meaning.understood
        if not contrary and not (compared and meaning.direction * cell < 0):
            return bound
        sure = compared and self.figures.tables[spot.table].sign is not Sign.PLAIN
        return replace(bound, opposite=True, confidence=Confidence.LIKELY if sure else Confidence.POSSIBLE)

    def _in_rows(self, names: Sequence[Name], mention: Mention, meaning: Meaning) -> Bound | None:
        """Bind to any other cell of the rows that the sentence names."""
        for name in names if meaning.subjects else ():
            table = self.figures.tables[name.table]
            row = table.rows[name.row]
            for one in (row, *(r for r in table.rows if r.parent == row.key)):
                for column in table.columns:
                    spot = Spot(name.table, one.key, column.key)
                    if (
                        spot in self.figures
                        and agrees(self.figures, mention, spot)
                        and not self._is_itself(mention, spot)
                    ):
                        return Bound(mention, meaning, spot, turned(self.figures, mention, spot), agrees=True)
        return None

    def _summed(self, mention: Mention, meaning: Meaning, meant: Sequence[Spot]) -> Bound | None:
        """Bind to the sum of rows of one table that bear the name that the sentence tells."""
        groups: dict[tuple[int, str], list[Spot]] = defaultdict(list)
        for spot in meant:
            groups[spot.table, spot.column].append(spot)
        for spots in groups.values():
            if len(spots) > 1 and agrees(self.figures, mention, *spots):
                sign = turned(self.figures, mention, *spots)
                return Bound(mention, meaning, spots[0], sign, agrees=True, others=tuple(spots[1:]))
        if len(groups) != 1:
            return None
        (spots,) = groups.values()
        return self._doubted(mention, meaning, spots, doubt_of_sum(mention, meaning, spots), *spots[1:])

    def _changed(self, names: Sequence[Name], mention: Mention, meaning: Meaning) -> Bound | None:
        """Bind what something is said to grow or shrink by to the difference between two cells of its row."""
        if meaning.kind is not Kind.CHANGE or digits_of(mention.quantity.number) < 2:
            return None
        for name in names:
            table = self.figures.tables[name.table]
            columns = [one for one in table.columns if one.role in _STATED]
            spots = [Spot(name.table, table.rows[name.row].key, one.key) for one in columns]
            for one, other in combinations([spot for spot in spots if spot in self.figures], 2):
                first, second = (sizes_of(self.figures, mention, (spot,)) for spot in (one, other))
                if first is None or second is None:
                    continue
                change = Sizes(first.told, abs(first.cell - second.cell), first.half + second.half)
                if change.agree(mention):
                    return Bound(mention, meaning, one, ONE, agrees=True, others=(other,), change=True)
        return None

    @cached_property
    def _by_size(self) -> tuple[list[Decimal], list[Spot]]:
        """All cells by their size, money in kronor."""
        sized = sorted(
            (abs(figure.number) * (figure.unit.factor if figure.unit.base else ONE), spot)
            for spot in self.figures.spots()
            if (figure := self.figures.at(spot)).number and self.figures.column(spot).role not in _WORDS
        )
        return [size for size, _ in sized], [spot for _, spot in sized]

    def _elsewhere(self, mention: Mention, meaning: Meaning) -> Bound | None:
        """Bind to a cell of the same size whose words stand in the sentence or its heading; the nearest of the best."""
        sizes, spots = self._by_size
        factor = mention.quantity.unit.factor if mention.is_money else ONE
        size, slack = abs(mention.quantity.number) * factor, mention.slack * factor
        near = spots[bisect_left(sizes, size - slack * 2) : bisect_right(sizes, size + slack * 2)]
        headings = [word for heading in mention.passage.section[-2:] for word in words_of(heading)]
        words = {*(stem(token.text) for token in mention.clause.tokens), *headings}
        best = self._likest(mention, near, words)
        if best is None and digits_of(mention.quantity.number) >= _MANY:
            best = self._likest(mention, near, {*words_of(mention.passage.text)})  # what the sentences before speak of
        return None if best is None else Bound(mention, meaning, best, turned(self.figures, mention, best), agrees=True)

    def _likest(self, mention: Mention, near: Sequence[Spot], words: set[str]) -> Spot | None:
        """Give the cell of the right size for which most words speak; of two alike the nearer."""
        distances = {spot: self._distance(mention, spot.table) for spot in near}
        best: tuple[int, int, Spot] | None = None
        for spot in nsmallest(_NEAREST, near, key=distances.__getitem__):
            if self._is_itself(mention, spot) or not agrees(self.figures, mention, spot):
                continue
            weight = self._weight(mention, spot, words)
            if weight > 0:
                best = min(best or (0, 0, spot), (-weight, distances[spot], spot))
        return None if best is None else best[2]

    def _is_itself(self, mention: Mention, spot: Spot) -> bool:
        """Say whether a cell was read from the very text that the number stands in (a list of amounts)."""
        label, text = self.figures.row(spot).label.rstrip(": "), mention.passage.text
        return self._distance(mention, spot.table) <= _LONGEST_LIST and len(label) * 2 > len(text) and label in text

    def _weight(self, mention: Mention, spot: Spot, words: set[str]) -> int:
        """Say how much speaks for a cell: shared words, and digits that are no chance."""
        row, column = self.figures.row(spot), self.figures.column(spot)
        parent = "" if row.parent is None else self.figures.tables[spot.table].row(row.parent).label
        shared = len(words & {*words_of(row.label), *words_of(parent)})
        years = {int(token.number) for token in mention.clause.tokens if token.text.isdigit()}
        same_year = column.period is not None and column.period.year_number in years
        digits = digits_of(mention.quantity.number)
        needed = _TELLING if mention.is_money else _TELLING + 1
        if shared * 2 + digits < needed + mention.loose or not (shared or mention.is_money):
            return 0
        return shared * 4 + digits + 2 * same_year


def cell_words(figures: Figures, spot: Spot) -> str:
    """Say in Swedish where a cell stands: table, row and column."""
    table, row, column = figures.table(spot), figures.row(spot), figures.column(spot)
    return f"i ”{table.title or table.key}”, raden ”{row.label}”, kolumnen ”{column.label}”,"


def target_of(bound: Bound, figures: Figures) -> str:
    """Say in Swedish what a number was bound to; a row that is a part of another is told with it."""
    table, row = figures.table(bound.spot), figures.row(bound.spot)
    column = figures.column(bound.spot)
    label = row.label if row.parent is None else f"{table.row(row.parent).label}, {row.label}"
    if bound.change:
        there = figures.column(bound.others[0]).label
        return f"{label} / skillnaden mellan {column.label} och {there} i {table.title or table.key} ({table.key})"
    if bound.others:
        label = f"Summan av {len(bound.others) + 1} rader ”{row.label}”"
    return f"{label} / {column.label} i {table.title or table.key} ({table.key})"
