"""Moves of budget money between units, and who may make them (domain: Money, Budget powers).

The council changes frames between committees; the board within its frame; the deputy director between divisions; a
division head within the division. In a tree of units that is one rule: somebody may move between two units when they
hold money for a unit that both lie under, and no move leaves its committee.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from uppsikt.core.economy.spreading import MONTHS, pattern_of, spread
from uppsikt.core.errors import UseError

U = TypeVar("U")


class Refusal(StrEnum):
    """Why somebody may not move money between two units."""

    CROSSES_COMMITTEES = "crosses_committees"  # the council decides; it is registered as a frame entry
    ABOVE_POWERS = "above_powers"  # somebody who holds the nearest unit over both decides


@dataclass(frozen=True, slots=True)
class Verdict(Generic[U]):
    """Whether a move may be made: ``under`` is the unit whose holder makes it, or ``refusal`` says why not.

    ``nearest`` is the nearest unit over both, whose holder could; None where there is none.
    """

    under: U | None
    nearest: U | None
    refusal: Refusal | None = None


def judge_move(
    parents: Mapping[U, U], committees: Collection[U], holds: Collection[U], giver: U, receiver: U
) -> Verdict[U]:
    """Say whether somebody who ``holds`` these units may move money from one unit to another.

    ``parents`` is the organisation on the day of the move. A unit lies under itself: whoever holds a unit may move
    between its own lines.
    """
    over_giver, over_receiver = line_of(parents, giver), line_of(parents, receiver)
    both = [unit for unit in over_giver if unit in over_receiver]
    if _committee(over_giver, committees) != _committee(over_receiver, committees) or not both:
        return Verdict(None, None, Refusal.CROSSES_COMMITTEES)
    under = next((unit for unit in both if unit in holds), None)
    return Verdict(under, both[0], None if under is not None else Refusal.ABOVE_POWERS)


def line_of(parents: Mapping[U, U], unit: U) -> tuple[U, ...]:
    """Give the unit and those over it, the nearest first; a circle raises UseError."""
    line = [unit]
    while line[-1] in parents:
        above = parents[line[-1]]
        if above in line:
            raise UseError("Organisationen går i ring: en enhet ligger under sig själv. Rätta placeringarna först.")
        line.append(above)
    return tuple(line)


def _committee(line: Sequence[U], committees: Collection[U]) -> U | None:
    return next((unit for unit in line if unit in committees), None)


def months_of_move(
    amount: int, giver: Sequence[int], first_month: int, closed: Collection[int] = ()
) -> tuple[int, ...]:
    """Lay a move out over the months from ``first_month`` (1 is January), as the giver's own money lies there.

    The same amounts leave the giver and reach the receiver, so no month of the committee changes. The amount is
    above zero. A month that is closed cannot be touched: UseError names it.
    """
    if amount <= 0:
        raise UseError("Ange ett belopp som är större än noll. Byt plats på raderna för att flytta åt andra hållet.")
    shut = [month for month in closed if month >= first_month]
    if shut or not 1 <= first_month <= MONTHS:
        raise UseError(
            f"Månad {min(shut, default=first_month)} är stängd och kan inte ändras. Välj en senare första månad."
        )
    weights = [0] * (first_month - 1) + [int(one) for one in pattern_of([abs(one) for one in giver[first_month - 1 :]])]
    return spread(amount, weights)


def short_of(months: Sequence[int], taken: Sequence[int], *, is_income: bool = False) -> int | None:
    """Give how much a line can give, in kr, when a move would take more than that; None when the move can be made.

    What a line can give is what lies on it from the first month that is taken on. A line of income gives without
    limit: more is then to be earned. It can receive as much as was to be earned, ``taken`` told with a minus.

    >>> short_of([10] * 12, [0] * 10 + [15, 15]), short_of([10] * 12, [0] * 10 + [10, 10])
    (20, None)
    >>> short_of([-10] * 12, [9] * 12, is_income=True), short_of([-10] * 12, [-11] * 12, is_income=True)
    (None, 120)
    """
    first = next((at for at, one in enumerate(taken) if one), len(taken))
    wanted, there = sum(taken[first:]), sum(months[first:])
    if is_income:
        wanted, there = -wanted, -there
    return max(there, 0) if wanted > max(there, 0) else None


@dataclass(frozen=True, slots=True)
class Explained:
    """A unit's change from last year: by kind, what it should come to, and what nobody has explained."""

    change: int
    explained: int

    @property
    def rest(self) -> int:
        """What is left to explain; zero when the reasons make the change."""
        return self.change - self.explained


def explain(before: int | None, after: int | None, reasons: Collection[int]) -> Explained | None:
    """Add the reasons and compare with the change from last year; None where a year lacks an amount."""
    return None if before is None or after is None else Explained(after - before, sum(reasons))
