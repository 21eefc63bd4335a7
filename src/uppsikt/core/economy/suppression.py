"""Which small groups must not be shown, and which others must be hidden with them so that nobody can work them out.

Figures of fewer people than the limit could be figures of somebody. Hiding such a group is not enough: where a total
and all its other parts are shown, the hidden part is what they leave. So groups are hidden until no combination of
sums, however long, gives a hidden figure or the sum of hidden groups that together are below the limit.

The sums that a reader can use are given: each says that a total is its parts. A group with nobody in it tells nothing
about anybody, and is shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

G = TypeVar("G", bound=Hashable)
LIMIT = 5  # where the municipality has decided nothing else
_Row = dict[G, Fraction]


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
    while True:
        told = _told(people, sums, hidden, limit)
        if told is None:
            return frozenset(hidden)
        hidden.add(told)


def _told(people: Mapping[G, int], sums: Sequence[Addition[G]], hidden: set[G], limit: int) -> G | None:
    """Give one more group to hide because something can be worked out; None when nothing can."""
    for row, used in _reduced(people, sums, hidden):
        total = sum((factor * people[group] for group, factor in row.items()), Fraction(0))
        gives_one = len(row) == 1
        gives_few = all(factor > 0 for factor in row.values()) and total < limit
        if gives_one or gives_few:
            return _smallest(people, sums, hidden, used)
    return None


def _smallest(people: Mapping[G, int], sums: Sequence[Addition[G]], hidden: set[G], used: Iterable[int]) -> G:
    """Give the shown group of fewest people in the sums that were used; the parts before the total."""
    shown = [
        (people[group], group == sums[at].total, order, group)
        for at in sorted(used)
        for order, group in enumerate((*sums[at].parts, sums[at].total))
        if group not in hidden and people[group] > 0
    ]
    return min(shown, key=lambda one: one[:3])[3]


def _reduced(people: Mapping[G, int], sums: Sequence[Addition[G]], hidden: set[G]) -> list[tuple[_Row[G], set[int]]]:
    """Solve the sums for the hidden groups as far as they go: each row is a combination of hidden groups that a reader
    knows the value of, with the sums that give it. In this form a group that can be worked out stands alone in a row.
    """
    solved: dict[G, tuple[_Row[G], set[int]]] = {}
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
    return list(solved.values())


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
