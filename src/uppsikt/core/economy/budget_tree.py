"""How a budget stands in a tree of units: what each is given, what lies on its lines, and what is left to spread.

Amounts are whole kronor, costs positive. What is not spread is always told, never hidden; one that has spread more
than it was given has a negative rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit was given (None: nothing told), what lies on its own lines and on all lines under it, and moves.

    ``moved`` is what moves have brought to the unit and all under it since it was given, minus what they took away;
    a move within the unit is nothing to it.
    """

    given: int | None
    own: int
    spread: int
    has_lines: bool
    moved: int = 0

    @property
    def available(self) -> int | None:
        """What there is to spread: what was given and what moves brought; None where nothing was given."""
        return None if self.given is None else self.given + self.moved

    @property
    def left(self) -> int | None:
        """What is left to spread of what is available; None where nothing was given."""
        return rest(self.available, self.spread)


def standings(
    parents: Mapping[U, U],
    units: Iterable[U],
    given: Mapping[U, int | None],
    lines: Iterable[tuple[U, int]],
    moved: Iterable[tuple[U, int]] = (),
) -> dict[U, Standing]:
    """Give how each unit stands; a line and a move count for their unit and for everything over it among ``units``.

    ``moved`` holds both sides of every move: what the receiver got and, negative, what the giver lost.
    """
    own = by_group(lines)
    spread, brought = summed_upwards(parents, own), summed_upwards(parents, by_group(moved))
    return {
        unit: Standing(given.get(unit), own.get(unit, 0), spread.get(unit, 0), unit in spread, brought.get(unit, 0))
        for unit in set(units)
    }


def summed_upwards(parents: Mapping[U, U], amounts: Mapping[U, int]) -> dict[U, int]:
    """Add amounts for the unit they belong to and for everything over it; a unit that nothing lies under is absent."""
    found: dict[U, int] = {}
    for unit, amount in amounts.items():
        at: U | None = unit
        seen: set[U] = set()
        while at is not None and at not in seen:
            seen.add(at)
            found[at] = found.get(at, 0) + amount
            at = parents.get(at)
    return found


def given_below(parents: Mapping[U, U], top: U, given: Mapping[U, int | None]) -> int:
    """Add what was given to the units under one, each krona once: what a unit gives on is not added again."""
    return sum(
        amount
        for unit, amount in given.items()
        if amount is not None and unit != top and not _given_above(parents, unit, top, given)
    )


def _given_above(parents: Mapping[U, U], unit: U, top: U, given: Mapping[U, int | None]) -> bool:
    at, seen = parents.get(unit), {unit}
    while at is not None and at != top and at not in seen:
        if given.get(at) is not None:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


def rest(whole: int | None, part: int | None) -> int | None:
    """Give what is left of a whole; None where either is not told."""
    return None if whole is None or part is None else whole - part


def summed(rows: Iterable[Iterable[int | None]], width: int) -> tuple[int, ...]:
    """Add rows column by column; an empty place adds nothing.

    >>> summed([(1, 2), (10, None)], 2), summed([], 2)
    ((11, 2), (0, 0))
    """
    kept = [[one or 0 for one in row] for row in rows]
    return tuple(sum(row[at] for row in kept) for at in range(width))


def whole_of(amounts: Iterable[int | None]) -> int:
    """Add amounts; an empty place adds nothing."""
    return sum(one or 0 for one in amounts)


@dataclass(frozen=True, slots=True)
class Pair:
    """The same thing in two budgets; None where one of them lacks it."""

    first: int | None
    second: int | None

    @property
    def difference(self) -> int:
        """Second − first; what is absent counts as nothing."""
        return (self.second or 0) - (self.first or 0)


def compared(first: Mapping[U, int], second: Mapping[U, int]) -> dict[U, Pair]:
    """Put two budgets side by side, what differs most first and the rest in the order they came."""
    keys = list(dict.fromkeys([*first, *second]))
    pairs = {key: Pair(first.get(key), second.get(key)) for key in keys}
    return {key: pairs[key] for key in sorted(keys, key=lambda key: -abs(pairs[key].difference))}


def by_group(amounts: Iterable[tuple[U, int]]) -> dict[U, int]:
    """Add amounts by what they belong to, in the order that is first met."""
    found: dict[U, int] = {}
    for key, amount in amounts:
        found[key] = found.get(key, 0) + amount
    return found
