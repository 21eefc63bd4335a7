"""Which small groups must not be shown, and which others must be hidden with them so that nobody can work them out.

Figures of fewer people than the limit could be figures of somebody. Hiding such a group is not enough: where a total
and all its other parts are shown, the hidden part is what they leave. So groups are hidden until no combination of
sums, however long, gives a hidden figure, leaves only one that is possible, or gives the sum of hidden groups that
together are below the limit.

The sums that a reader can use are given: each says that a total is its parts. A group with nobody in it tells nothing
about anybody, and is shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Generic, TypeVar

G = TypeVar("G", bound=Hashable)
LIMIT = 5  # where the municipality has decided nothing else
_Row = dict[G, Fraction]
_Solved = dict[G, tuple[_Row[G], set[int]]]


@dataclass(frozen=True, slots=True)
class Addition(Generic[G]):
    """A total that is the sum of its parts."""

    total: G
    parts: tuple[G, ...]


def hidden_groups(people: Mapping[G, int], additions: Iterable[Addition[G]], limit: int = LIMIT) -> frozenset[G]:
    """Give the groups that must be hidden: those of fewer people than the limit, and what would give them away.

    Of what could be hidden with them the one of fewest people is, so that large totals stay as long as they can.
    ``people`` names every group of the additions. A limit of 1 or less hides nothing.
    """
    hidden = {group for group, count in people.items() if 0 < count < limit}
    sums = tuple(additions)
    while fresh := _told(people, sums, hidden, limit):
        hidden |= fresh
    return frozenset(hidden)


def _told(people: Mapping[G, int], sums: Sequence[Addition[G]], hidden: set[G], limit: int) -> set[G]:
    """Give groups to hide because something can be worked out, one for each place where it can; empty when nothing can.

    Where the sums of two places have the same group to hide, the second is looked at again when the first is hidden.
    """
    fresh: set[G] = set()
    solved = _reduced(sums, hidden)
    safe = _safe(people, solved)
    for lead, (row, used) in solved.items():
        few = all(factor > 0 for factor in row.values()) and sum(people[one] * row[one] for one in row) < limit
        shown = _shown(people, sums, hidden, used)
        if (few or not row.keys() <= safe or lead not in safe) and shown and fresh.isdisjoint(shown):
            fresh.add(_smallest(people, sums, shown))
    return fresh


def _safe(people: Mapping[G, int], solved: _Solved[G]) -> set[G]:
    """Give the hidden groups that could be one more or one fewer, with the others changed to fit, and all the sums as
    they are. A hidden group has somebody in it, so it must keep one: of two groups that are two together, each is one.

    A way to change them is looked for among the simplest, so a group may be called unsafe that is not.
    """
    moves: dict[G, _Row[G]] = {}
    for lead, (row, _used) in solved.items():
        for free, factor in row.items():
            if free != lead:
                moves.setdefault(free, {free: Fraction(1)})[lead] = -factor
    safe: set[G] = set()
    for move in moves.values():
        safe |= _possible(people, move)
    for free, move in moves.items():
        if not move.keys() <= safe:
            beside = {one for lead in move if lead in solved for one in solved[lead][0] if one in moves} - {free}
            for other, times in product(beside, (1, -1)):
                safe |= _possible(people, _added(move, moves[other], times))
    return safe


def _possible(people: Mapping[G, int], move: _Row[G]) -> set[G]:
    """Give the groups that a move changes if it, or its opposite, leaves somebody in each of them; else none."""
    whole = all(step.denominator == 1 for step in move.values())
    fits = whole and any(all(people[one] + sign * step >= 1 for one, step in move.items()) for sign in (1, -1))
    return set(move) if fits else set()


def _added(one: _Row[G], other: _Row[G], times: int) -> _Row[G]:
    steps = {group: one.get(group, Fraction(0)) + times * other.get(group, Fraction(0)) for group in {**one, **other}}
    return {group: step for group, step in steps.items() if step}


def _shown(people: Mapping[G, int], sums: Sequence[Addition[G]], hidden: set[G], used: Iterable[int]) -> set[G]:
    """Give what could be hidden of the sums that were used: sums of what is hidden and of nobody tell no number."""
    named = {group for at in used for group in (*sums[at].parts, sums[at].total)}
    return {group for group in named - hidden if people[group] > 0}


def _smallest(people: Mapping[G, int], sums: Sequence[Addition[G]], shown: set[G]) -> G:
    """Give the group of fewest people; of those that are as many the one that stands first, parts before totals."""
    order = {group: at for at, one in enumerate(sums) for group in (one.total, *one.parts) if group in shown}
    totals = {one.total for one in sums}
    return min(shown, key=lambda group: (people[group], group in totals, order[group]))


def _reduced(sums: Sequence[Addition[G]], hidden: set[G]) -> _Solved[G]:
    """Solve the sums for the hidden groups as far as they go, by the group that each row begins with.

    A row is a combination of hidden groups that a reader knows the value of, and the sums that give it. A group that
    can be worked out stands alone in its row.
    """
    solved: _Solved[G] = {}
    for at, addition in enumerate(sums):
        row: _Row[G] = {part: Fraction(1) for part in addition.parts if part in hidden}
        if addition.total in hidden:
            row[addition.total] = row.get(addition.total, Fraction(0)) - 1
        used = {at}
        for lead in [group for group in row if group in solved]:
            _subtract(row, used, lead, solved[lead])
        if not row:
            continue
        lead = next(iter(row))
        divisor = row[lead]
        row = {group: factor / divisor for group, factor in row.items()}
        for other in [key for key, (known, _) in solved.items() if lead in known]:
            _subtract(solved[other][0], solved[other][1], lead, (row, used))
        solved[lead] = (row, used)
    return solved


def _subtract(row: _Row[G], used: set[int], lead: G, from_row: tuple[_Row[G], set[int]]) -> None:
    """Take away as much of another row as makes ``lead`` vanish; in place."""
    times = row[lead]
    for group, factor in from_row[0].items():
        left = row.get(group, Fraction(0)) - times * factor
        if left:
            row[group] = left
        else:
            row.pop(group, None)
    used |= from_row[1]
