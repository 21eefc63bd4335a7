"""Binds numbers in sentences to the cells that they repeat, and says where the two disagree.

The rows that a sentence names, with what it says of the number (a surplus, a budget, an outcome; of which
year), give the cells that the number should repeat. A number that agrees with one of them, with another
cell of the row, or with a cell elsewhere whose words stand in the sentence, is bound to it. One that agrees
with nothing is a contradiction only if the sentence is understood and all its cells say the same, or if a
slip of the pen explains it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from heapq import nsmallest
from weakref import WeakKeyDictionary

from uppsikt.checks.edits import slips
from uppsikt.checks.meaning import Kind, Meaning, meaning_of
from uppsikt.checks.mentions import Mention, find_mentions
from uppsikt.checks.naming import Name, Names, Naming, words_of
from uppsikt.checks.prose import Prose
from uppsikt.checks.relations import ONE, Figures, Spot, half_step
from uppsikt.checks.words import stem, word_set
from uppsikt.core.findings import Confidence
from uppsikt.core.passages import Passage
from uppsikt.core.quantities import COUNT, MONEY, PERCENT, PLAIN, Unit
from uppsikt.core.tables import Column, ColumnRole, Measure, Row, RowRole, Sign, Table

_ROLES = {
    Kind.DEVIATION: (ColumnRole.DEVIATION,),
    Kind.RESULT: (ColumnRole.DEVIATION,),
    Kind.BUDGET: (ColumnRole.BUDGET, ColumnRole.PLAN),
    Kind.FORECAST: (ColumnRole.FORECAST,),
    Kind.OUTCOME: (ColumnRole.OUTCOME,),
    Kind.TARGET: (ColumnRole.TARGET,),
    Kind.UNSAID: (ColumnRole.DEVIATION, ColumnRole.OUTCOME, ColumnRole.COUNT, ColumnRole.AMOUNT),
}
# Headings over what is said of the whole, whatever they stand under.
_ABOUT_MONEY = frozenset(
    stem(word)
    for word in word_set(
        "ekonomi ekonomisk ekonomiska resultat driftsammandrag sammanfattning budget uppföljning prognos analys drift "
        "kommentar kommentarer samlad bedömning översikt utfall helårsprognos bokslut årsbokslut resultatet ekonomin"
    )
)
_ROWS = 30  # rows of one name that are looked at: those nearest to the text
_NEAREST = 60  # cells of the same size that are looked at: those nearest to the text
_WORDS = (ColumnRole.STATE, ColumnRole.TEXT)
_DIGITS = 3  # so many digits that swapping two of them, or missing by a thousand, is no chance
_TELLING = 4  # so many that a number found elsewhere is the same one, whatever the words


@dataclass(frozen=True)
class Bound:
    """A number and the cell that it was bound to. ``turned`` is -1 where the cell has the other sign by convention.

    ``agrees`` in size; ``opposite`` that the sentence says surplus where the cell shows a deficit, or the
    other way round. ``confidence`` is that of a contradiction; None when it is none.
    """

    mention: Mention
    meaning: Meaning
    spot: Spot
    turned: Decimal
    agrees: bool
    opposite: bool = False
    confidence: Confidence | None = None
    thousand: bool = False  # a factor of a thousand explains the difference


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
        names = self._subjects(mention, meaning)
        wanted = self._finest_first([spot for name in names for spot in self._cells(name, mention, meaning)])
        for spot in wanted[:1] if self._same_told(mention, wanted) else wanted:
            if self._agrees(mention, spot):
                return self._judged(mention, meaning, spot)
        # The end of a step whose beginning is the table's must be the table's too, and no other figure of the row.
        steps = meaning.level == "to" and before is not None and before.agrees and before.meaning.level == "from"
        contradiction = self._contradiction(mention, meaning, wanted)
        if steps and contradiction is not None:
            return contradiction
        return self._in_rows(names, mention, meaning) or self._elsewhere(mention, meaning) or contradiction

    def _finest_first(self, spots: list[Spot]) -> list[Spot]:
        """Order cells by how exactly they are told."""
        return sorted(spots, key=lambda spot: half_step(self.figures.at(spot)) * self.figures.at(spot).unit.factor)

    def _same_told(self, mention: Mention, spots: Sequence[Spot]) -> bool:
        """Say whether cells tell one amount, though not all as exactly: then the most exact one tells it."""
        sizes = [size for spot in spots if (size := self._sizes(mention, spot)) is not None]
        return all(abs(one[1] - sizes[0][1]) <= one[2] - mention.slack for one in sizes)

    def _subjects(self, mention: Mention, meaning: Meaning) -> list[Name]:
        """Give the rows that the sentence is about: those it names, else what its heading names or the totals."""
        section = mention.passage.section[-1] if mention.passage.section else ""
        if section not in self.headings:
            self.headings[section] = self.names.called(set(words_of(section)))
        names: Sequence[Name] = []
        if meaning.subjects:
            names = [name for one in meaning.subjects for name in one.names]
        elif meaning.generic and self.headings[section]:
            names = self.headings[section]
        elif meaning.whole:
            names = self.names.totals
        orders = self.prose.printed
        return nsmallest(_ROWS, names, key=lambda name: abs(orders[name.table].order - mention.passage.order))

    def _cells(self, name: Name, mention: Mention, meaning: Meaning) -> Iterator[Spot]:
        """Give the cells of a row that the sentence speaks of: by what it says, and of which year."""
        table, row = self.figures.tables[name.table], self.figures.tables[name.table].rows[name.row]
        if not self._is_about(name.table, row, meaning):
            return
        for column in table.columns:
            spot = Spot(name.table, row.key, column.key)
            if (
                spot in self.figures
                and self._unit(mention, spot) is not None
                and self._is_meant(table, column, meaning)
            ):
                yield spot

    def _is_about(self, at: int, row: Row, meaning: Meaning) -> bool:
        kind = self.prose.printed[at].kind
        invests = kind == "investment" or "invester" in f"{self.figures.tables[at].title} {row.label}".casefold()
        if invests is not meaning.investment:
            return False
        if meaning.measure in (Measure.COSTS, Measure.INCOME) and meaning.kind is Kind.OUTCOME:
            return row.measure is meaning.measure or (row.measure is Measure.NONE and row.role is RowRole.ITEM)
        return row.measure not in (Measure.COSTS, Measure.INCOME)

    def _is_meant(self, table: Table, column: Column, meaning: Meaning) -> bool:
        roles = _ROLES.get(meaning.kind, ())
        year = column.period.year_number if column.period is not None else None
        back = meaning.last_year or meaning.level == "from"
        if meaning.level and not meaning.years and self.prose.year is not None and year is not None:
            return column.role in (ColumnRole.OUTCOME, ColumnRole.LAST_YEAR) and year == self.prose.year - back
        if column.role is ColumnRole.LAST_YEAR and Kind.OUTCOME in (meaning.kind,):
            return back or year in meaning.years
        if column.role not in roles:
            return False
        if meaning.forecast and column.role is ColumnRole.DEVIATION and not table.columns_of(ColumnRole.FORECAST):
            return False
        if year is None:
            other = back or (meaning.years and self.prose.year not in meaning.years)
            return not other and sum(one.role is column.role for one in table.columns) == 1
        return year in (meaning.years or ((self.prose.year or year) - back,))

    def _unit(self, mention: Mention, spot: Spot) -> Unit | None:
        """Give the unit in which a number and a cell can be compared: the number's; None when they cannot."""
        own, other = mention.quantity.unit, self.figures.at(spot).unit
        if own in MONEY:
            return own if other.base else None
        bare = (PLAIN, COUNT, PERCENT)
        return other if own in bare and other in bare and not (own == PERCENT and other == COUNT) else None

    def _sizes(self, mention: Mention, spot: Spot) -> tuple[Decimal, Decimal, Decimal] | None:
        """Give the number's size, the cell's size and how far they may lie apart, in the number's unit."""
        if self._unit(mention, spot) is None:
            return None
        figure = self.figures.at(spot)
        ratio = self.figures.ratio(spot, mention.quantity.unit)
        return abs(mention.quantity.number), abs(figure.number) * ratio, mention.slack + half_step(figure) * ratio

    def _agrees(self, mention: Mention, spot: Spot) -> bool:
        sizes = self._sizes(mention, spot)
        return sizes is not None and abs(sizes[0] - sizes[1]) <= sizes[2]

    def _judged(self, mention: Mention, meaning: Meaning, spot: Spot) -> Bound:
        """Bind to a cell with the right size, and look at the sign where both have one that means the same."""
        cell, told = self.figures.at(spot).number, mention.quantity.number
        turned = -ONE if cell * told < 0 else ONE
        contrary = mention.signed and meaning.direction * told < 0
        column = self.figures.column(spot)
        compared = column.role is ColumnRole.DEVIATION and meaning.kind is Kind.DEVIATION and meaning.understood
        opposite = contrary or (compared and meaning.direction * cell < 0)
        if not opposite or not meaning.direction:
            return Bound(mention, meaning, spot, turned, agrees=True)
        sure = compared and self.figures.tables[spot.table].sign is not Sign.PLAIN
        return Bound(
            mention,
            meaning,
            spot,
            turned,
            agrees=True,
            opposite=True,
            confidence=Confidence.LIKELY if sure else Confidence.POSSIBLE,
        )

    def _in_rows(self, names: Sequence[Name], mention: Mention, meaning: Meaning) -> Bound | None:
        """Bind to any other cell of the rows that the sentence names."""
        for name in names if meaning.subjects else ():
            table = self.figures.tables[name.table]
            row = table.rows[name.row]
            for one in (row, *(r for r in table.rows if r.parent == row.key)):
                for column in table.columns:
                    spot = Spot(name.table, one.key, column.key)
                    if spot in self.figures and self._agrees(mention, spot):
                        return Bound(mention, meaning, spot, self._turned(mention, spot), agrees=True)
        return None

    def _turned(self, mention: Mention, spot: Spot) -> Decimal:
        return -ONE if self.figures.at(spot).number * mention.quantity.number < 0 else ONE

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
        words = {stem(token.text) for token in mention.clause.tokens} | {
            word for heading in mention.passage.section[-2:] for word in words_of(heading)
        }
        distances = {spot: self._distance(mention, spot) for spot in near}
        best: tuple[int, int, Spot] | None = None
        for spot in nsmallest(_NEAREST, near, key=distances.__getitem__):
            if self._agrees(mention, spot) and (weight := self._weight(mention, spot, words)) > 0:
                best = min(best or (0, 0, spot), (-weight, distances[spot], spot))
        if best is None:
            return None
        return Bound(mention, meaning, best[2], self._turned(mention, best[2]), agrees=True)

    def _distance(self, mention: Mention, spot: Spot) -> int:
        return abs(self.prose.printed[spot.table].order - mention.passage.order)

    def _weight(self, mention: Mention, spot: Spot, words: set[str]) -> int:
        """Say how much speaks for a cell: shared words, and digits that are no chance."""
        row, column = self.figures.row(spot), self.figures.column(spot)
        parent = "" if row.parent is None else self.figures.tables[spot.table].row(row.parent).label
        shared = len(words & {*words_of(row.label), *words_of(parent)})
        years = {int(token.number) for token in mention.clause.tokens if token.text.isdigit()}
        same_year = column.period is not None and column.period.year_number in years
        digits = len(f"{abs(mention.quantity.number).normalize():f}".replace(".", "").strip("0"))
        needed = _TELLING if mention.is_money else _TELLING + 1
        if shared * 2 + digits < needed + mention.loose or not (shared or mention.is_money):
            return 0
        return shared * 4 + digits + 2 * same_year

    def _contradiction(self, mention: Mention, meaning: Meaning, wanted: Sequence[Spot]) -> Bound | None:
        """Bind a number that agrees with nothing to the cell that it must be meant to repeat, if there is one."""
        sizes = [self._sizes(mention, spot) for spot in wanted]
        told = {round(one[1], 6) for one in sizes if one is not None}
        stepping = meaning.kind is Kind.CHANGE and not meaning.level
        if not wanted or not sizes[0] or stepping or not mention.quantity.number:
            return None
        size, cell, slack = sizes[0]
        if any(one is not None and abs(one[1] - cell) > one[2] for one in sizes):
            return None
        if abs(size - cell) < Decimal(1).scaleb(-(mention.quantity.decimals or 0)):
            return self._cut_off(mention, meaning, wanted[0])
        slip = next((one for one in slips(size, mention.quantity.decimals) if abs(one.number - cell) <= slack), None)
        digits = len(f"{size.normalize():f}".replace(".", "").strip("0"))
        rare = slip is not None and (slip.strong or digits >= _TELLING) and digits >= _DIGITS
        factors = (Decimal(1000), Decimal("0.001")) if mention.is_money else ()
        exact = slack - mention.slack
        thousand = digits > 1 and any(abs(size * each - cell) <= mention.slack * each + exact for each in factors)
        named = bool(meaning.subjects or meaning.generic or meaning.whole)
        if not self._is_plain(mention, meaning, wanted[0]):
            return None
        if meaning.understood and named and told and cell and meaning.kind is not Kind.UNSAID:
            sure = Confidence.CERTAIN if rare or thousand else Confidence.LIKELY
        elif digits >= _DIGITS and (thousand or (rare and slip is not None and slip.strong)) and named:
            sure = Confidence.LIKELY
        else:
            return None
        turned = self._turned(mention, wanted[0])
        return Bound(mention, meaning, wanted[0], turned, agrees=False, confidence=sure, thousand=thousand)

    def _is_plain(self, mention: Mention, meaning: Meaning, spot: Spot) -> bool:
        """Say whether nothing tells that the number is of another month, of another whole, or of somebody else's."""
        period = self.figures.column(spot).period
        end = period.end.month if period is not None else 12
        if meaning.months - {end}:
            return False
        if meaning.subjects:
            # "The administration's sick leave" need not be that of the row, which may be the municipality's.
            return self.prose.printed[spot.table].kind == "economy" or not (meaning.generic or meaning.whole)
        title = mention.passage.section[-1] if mention.passage.section else ""
        heading = set(words_of(title))
        table = self.prose.printed[spot.table]
        about = set(words_of(" ".join((*table.section, table.table.title)))) | _ABOUT_MONEY
        return (meaning.generic and bool(self.headings.get(title))) or heading <= about

    def _cut_off(self, mention: Mention, meaning: Meaning, spot: Spot) -> Bound | None:
        """Bind a number that was cut off instead of rounded (25,1 for 25 157): worth a look, no more."""
        if not meaning.understood or meaning.kind is Kind.UNSAID:
            return None
        turned = self._turned(mention, spot)
        return Bound(mention, meaning, spot, turned, agrees=False, confidence=Confidence.POSSIBLE)


def cell_words(figures: Figures, spot: Spot) -> str:
    """Say in Swedish where a cell stands: table, row and column."""
    table, row, column = figures.table(spot), figures.row(spot), figures.column(spot)
    return f"i ”{table.title or table.key}”, raden ”{row.label}”, kolumnen ”{column.label}”,"


def target_of(bound: Bound, figures: Figures) -> str:
    """Say in Swedish what a number was bound to.

    A row that is named as part of another is told with it.
    """
    table, row = figures.table(bound.spot), figures.row(bound.spot)
    column = figures.column(bound.spot)
    label = row.label if row.parent is None else f"{table.row(row.parent).label}, {row.label}"
    return f"{label} / {column.label} i {table.title or table.key} ({table.key})"
