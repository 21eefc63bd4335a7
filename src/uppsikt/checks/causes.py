"""Finds what is wrong behind what does not add up: one cell often breaks several relations.

For every cell of a broken relation the figures that would mend it are tried. The cell whose
correction mends most relations, less those it breaks, is taken for the cause, if it is alone in that
or if only its correction is a rare slip of the pen. The correction is then supposed and the search
goes on: a total that was added up from a wrong row must be corrected too, and becomes a consequence.
Relations that no single cell explains stand for themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from uppsikt.checks.edits import Slip, slips
from uppsikt.checks.relations import ZERO, Figures, Judgement, Relation, Shape, Spot, Verdict, judge


@dataclass
class Cause:
    """Relations with one cause. ``spot`` is the wrong cell and ``number`` what it should be, when they are known.

    ``sure``: the correction breaks nothing, and either mends several relations or is a rare slip that
    another relation agrees with.
    """

    relations: list[Relation]
    spot: Spot | None = None
    number: Decimal = ZERO
    slip: Slip | None = None
    sure: bool = False
    further: list[Cause] = field(default_factory=list)

    def everything(self) -> list[Relation]:
        """Give its relations and those of everything that follows from it."""
        return self.relations + [relation for cause in self.further for relation in cause.everything()]


class _Wanted(NamedTuple):
    """What a relation wants a cell to be, in the cell's unit: ``number`` give or take ``slack``."""

    number: Decimal
    slack: Decimal

    def allows(self, number: Decimal) -> bool:
        return abs(number - self.number) <= self.slack


class _Try(NamedTuple):
    """A correction of a cell, the relations that it mends and the number of those that it breaks."""

    spot: Spot
    number: Decimal
    mends: frozenset[int]
    breaks: frozenset[int]
    slip: Slip | None

    @property
    def score(self) -> int:
        return len(self.mends) - len(self.breaks)

    @property
    def weight(self) -> tuple[int, int]:
        """What it mends less what it breaks; of two alike the one that mends more."""
        return self.score, len(self.mends)

    @property
    def strong(self) -> bool:
        return self.slip is not None and self.slip.strong


def find_causes(relations: Sequence[Relation], figures: Figures) -> list[Cause]:
    """Give the causes of everything that is broken as printed. ``figures`` is left without corrections."""
    search = _Search(relations, figures)
    try:
        return search.run()
    finally:
        figures.corrections.clear()


class _Search:
    def __init__(self, relations: Sequence[Relation], figures: Figures) -> None:
        self.relations, self.figures = relations, figures
        self.by_spot: dict[Spot, list[int]] = defaultdict(list)
        for at, relation in enumerate(relations):
            for spot in set(relation.spots):
                self.by_spot[spot].append(at)
        self.judged: list[Judgement | None] = [judge(relation, figures) for relation in relations]
        self.pending = {at for at in range(len(relations)) if self._is_broken(at)}
        self.broken_by: dict[int, Cause] = {}
        self.causes: list[Cause] = []
        self.named: list[Cause] = []
        self.tries: dict[Spot, _Try | None] = {}

    def run(self) -> list[Cause]:
        while self.pending:
            best = self._best()
            if best is None or isinstance(best, int):
                self._set_aside(min(self.pending) if best is None else best)
            else:
                self._suppose(best)
        for cause in self.named:
            cause.sure = cause.sure and cause.spot is not None and self._is_in_order(cause.spot, cause.number)
        return self.causes

    def _is_in_order(self, spot: Spot, number: Decimal) -> bool:
        """Say whether a correction still stands at the end of the search and nothing speaks against it."""
        return self.figures.corrections[spot] == number and not any(self._is_broken(at) for at in self.by_spot[spot])

    def _is_broken(self, at: int) -> bool:
        judgement = self.judged[at]
        return judgement is not None and judgement.verdict is Verdict.BROKEN

    def _best(self) -> _Try | int | None:
        """Give the best correction; or a relation that several cells explain equally; or None when none helps."""
        spots = {spot for at in self.pending for spot in self.relations[at].spots}
        tries = [found for spot in sorted(spots) if (found := self._try(spot)) is not None and found.score > 0]
        tries = [one for one in tries if one.mends & self.pending]
        if not tries:
            return None
        top = max(one.weight for one in tries)
        first = min(min(one.mends & self.pending) for one in tries if one.weight == top)
        rivals = [one for one in tries if one.weight == top and first in one.mends]
        if len(rivals) > 1:
            rivals = [one for one in rivals if one.strong] or rivals
        return rivals[0] if len(rivals) == 1 else first

    def _try(self, spot: Spot) -> _Try | None:
        if spot not in self.tries:
            self.tries[spot] = self._try_anew(spot)
        return self.tries[spot]

    def _try_anew(self, spot: Spot) -> _Try | None:
        """Give the best figure for a cell: most mended, then a rare slip, then what the shortest relation wants."""
        wanted = {at: self._wanted(at, spot) for at in self.by_spot[spot] if self.judged[at] is not None}
        broken = sorted((at for at in wanted if self._is_broken(at)), key=lambda at: len(self.relations[at].terms))
        known = {at: want for at, want in wanted.items() if want is not None}
        slipped = [
            slip
            for slip in slips(self.figures.at(spot).number, self.figures.at(spot).decimals)
            if any(at in known and known[at].allows(slip.number) for at in broken)
        ]
        solved = {known[at].number: None for at in broken if at in known}
        options = [self._option(spot, slip.number, slip, wanted) for slip in slipped]
        options += [self._option(spot, number, None, wanted) for number in solved]
        return max(
            options, key=lambda one: (one.score, one.strong, one.number in solved, one.slip is not None), default=None
        )

    def _option(self, spot: Spot, number: Decimal, slip: Slip | None, wanted: dict[int, _Wanted | None]) -> _Try:
        holds = {at for at, want in wanted.items() if self._would_hold(at, spot, number, want)}
        broken = {at for at in wanted if self._is_broken(at)}
        return _Try(spot, number, frozenset(holds & broken), frozenset(wanted) - holds - broken, slip)

    def _would_hold(self, at: int, spot: Spot, number: Decimal, wanted: _Wanted | None) -> bool:
        if wanted is not None:
            return wanted.allows(number)
        kept = self.figures.corrections.get(spot)
        self.figures.corrections[spot] = number
        judgement = judge(self.relations[at], self.figures)
        if kept is None:
            del self.figures.corrections[spot]
        else:
            self.figures.corrections[spot] = kept
        return judgement is None or judgement.verdict is not Verdict.BROKEN

    def _wanted(self, at: int, spot: Spot) -> _Wanted | None:
        """Solve a relation for a cell; None when it does not want one figure (it sets bounds)."""
        relation, judgement = self.relations[at], self.judged[at]
        if judgement is None or relation.shape is not Shape.EQUAL:
            return None
        if spot == relation.target:
            return _Wanted(judgement.expected, judgement.slack)
        factors = [term.factor for term in relation.terms if term.spot == spot]
        if len(factors) != 1:
            return None
        unit = self.figures.at(relation.target).unit
        ratio = self.figures.ratio(spot, unit) * factors[0]
        return _Wanted(self.figures.at(spot).number + judgement.difference / ratio, judgement.slack / abs(ratio))

    def _suppose(self, best: _Try, *, known: bool = True) -> None:
        """Take a correction for true: what it mends is explained, what it breaks must be explained by it.

        ``known`` is False when it might as well be another cell that is wrong; then none is named.
        """
        cause = Cause([self.relations[at] for at in sorted(best.mends & self.pending)])
        if known:
            others = len(self.by_spot[best.spot]) > 1
            cause.spot, cause.number, cause.slip = best.spot, best.number, best.slip
            cause.sure = not best.breaks and (len(best.mends) > 1 or (best.strong and others))
            self.named.append(cause)
        links = [at for at in sorted(best.mends) if at in self.broken_by]
        parents = [self.broken_by[at] for at in links]
        self.figures.corrections[best.spot] = best.number
        self._judge_again(best.spot)
        self.broken_by |= dict.fromkeys(best.breaks, cause)
        self.pending -= best.mends
        self._place(cause, parents, links)

    def _place(self, cause: Cause, parents: list[Cause], links: list[int]) -> None:
        """Put a cause under the one that it follows from; a row comes before the sum that it is part of."""
        if not parents:
            self.causes.append(cause)
            return
        parent, link = parents[0], self.relations[links[0]]
        if link.rows and link.target == parent.spot and cause.spot in link.rows and parent in self.causes:
            self.causes[self.causes.index(parent)] = cause
            cause.further.append(parent)
        else:
            parent.further.append(cause)

    def _judge_again(self, spot: Spot) -> None:
        touched: set[Spot] = set()
        for at in self.by_spot[spot]:
            self.judged[at] = judge(self.relations[at], self.figures)
            touched.update(self.relations[at].spots)
        for other in touched:
            self.tries.pop(other, None)

    def _set_aside(self, at: int) -> None:
        """Let a relation stand for itself, with those that the same cells break.

        Of one figure told differently in two places the first is supposed to be wrong, so that what
        was calculated from it follows.
        """
        relation = self.relations[at]
        tries = [one for spot in relation.spots if (one := self._try(spot)) and at in one.mends]
        first = next((one for one in tries if one.spot == relation.target), None)
        if len(relation.terms) == 1 and first is not None:
            self._suppose(first, known=False)
            return
        best = [one.mends for one in tries if len(one.mends) == max(len(two.mends) for two in tries)]
        shared = frozenset.intersection(*best) & self.pending if best else frozenset()
        together = [self.relations[one] for one in sorted({at, *shared}, key=lambda one: (one != at, one))]
        self.pending -= {at, *shared}
        cause = Cause(together)
        like = next((known for known in self.causes if known.spot is None and self._alike(known, relation)), None)
        (self.causes if like is None else like.further).append(cause)

    def _alike(self, cause: Cause, relation: Relation) -> bool:
        """Say whether two relations that no cell explains are one error.

        They are when they add the same rows in another column, or when they miss by as much in the
        same column and something binds their cells.
        """
        head = cause.relations[0]
        if head.code != relation.code or head.target.table != relation.target.table:
            return False
        if head.rows and [spot.row for spot in head.spots] == [spot.row for spot in relation.spots]:
            return True
        for known in (head, *(further.relations[0] for further in cause.further)):
            one, other = judge(known, self.figures), judge(relation, self.figures)
            same_column = known.target.column == relation.target.column and one is not None and other is not None
            if same_column and one and other and abs(one.difference - other.difference) <= one.slack:
                return bool(set(self.by_spot[known.target]) & set(self.by_spot[relation.target]))
        return False


def written(number: Decimal, figures: Figures, spot: Spot) -> Decimal:
    """Give a corrected figure with the precision that the cell is written with."""
    step = figures.at(spot).half_step * 2
    return number if not step else (number / step).to_integral_value() * step
