"""Amounts that make every printed figure: found by small corrections, in whole öre, and proved at the end.

A printed figure stands for an interval. Each is a condition: a sum of unknown amounts, some with a minus, lies in
it. Beginning from a guess, a condition that does not hold is mended by changing its own amounts in proportion to
their size, again and again until all hold (successive projections). Nothing is ever negative, nothing is a float.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from uppsikt.core.errors import UseError

_ROUNDS = 2000
# Percent of an interval: what is good enough, so that whole kronor can still be made of it; and what is aimed at.
_ACCEPTED, _AIMED = 90, 80


@dataclass(frozen=True, slots=True)
class Condition:
    """``low`` ≤ sum of the ``plus`` amounts − sum of the ``minus`` amounts ≤ ``high``; amounts are told by number."""

    name: str
    plus: tuple[int, ...]
    minus: tuple[int, ...]
    low: int
    high: int

    def value(self, amounts: Sequence[int]) -> int:
        """Give what the sum is."""
        return sum(amounts[one] for one in self.plus) - sum(amounts[one] for one in self.minus)

    def holds(self, amounts: Sequence[int]) -> bool:
        """Say whether the sum lies between the limits."""
        return self.low <= self.value(amounts) <= self.high

    def narrowed(self, percent: int) -> Condition:
        """Give the same with only the middle of its interval."""
        room = (self.high - self.low) * (100 - percent) // 200
        return replace(self, low=self.low + room, high=self.high - room)


def fit(guess: Sequence[int], conditions: Iterable[Condition]) -> list[int]:
    """Change a guess as little as it takes for every condition to hold.

    Raises UseError with the names of those that do not when they contradict each other.
    """
    amounts = list(guess)
    pairs = [(one.narrowed(_ACCEPTED), one.narrowed(_AIMED)) for one in conditions]
    for _ in range(_ROUNDS):
        broken = [aim for accepted, aim in pairs if not accepted.holds(amounts)]
        if not broken:
            return amounts
        for one in broken:
            _mend(one, amounts)
    names = ", ".join(one.name for one, _aim in pairs if not one.holds(amounts))
    raise UseError(f"De tryckta beloppen motsäger varandra, och inga poster kan ge dem: {names}.")


def _mend(one: Condition, amounts: list[int]) -> None:
    value = one.value(amounts)
    lacking = one.low - value if value < one.low else min(one.high - value, 0)
    if not lacking:
        return
    numbers = (*one.plus, *one.minus)
    shares = split(abs(lacking), [amounts[number] + 1 for number in numbers])
    for number, share in zip(numbers, shares, strict=True):
        grows = (lacking > 0) is (number in one.plus)
        amounts[number] = max(amounts[number] + (share if grows else -share), 0)


def split(amount: int, weights: Sequence[int], step: int = 1) -> list[int]:
    """Split an amount by weights so that the parts are exactly the whole: each part is what is reached so far.

    Parts are multiples of ``step`` but for the rest, which the last weighty part takes. Weights are not negative
    and not all zero.
    """
    total, reached, given, parts = sum(weights), 0, 0, []
    whole = amount // step
    for weight in weights:
        reached += weight
        upto = whole * reached // total
        parts.append((upto - given) * step)
        given = upto
    rest = amount - whole * step
    if rest:
        parts[max(number for number, weight in enumerate(weights) if weight)] += rest
    return parts
