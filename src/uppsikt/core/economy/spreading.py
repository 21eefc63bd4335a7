"""Spreads a whole amount over months, units or accounts, to the last krona.

Every share is the amount × its weight / all weights. Shares are cut to whole kronor, and the kronor that are left
are given one each to the shares that lost most, the earliest first where two lost as much (the method of the
largest remainder). So the shares always make exactly the amount. A negative amount is spread as the positive one,
with every share turned. Budgets are decided in whole kronor; no öre is ever made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from uppsikt.core.errors import UseError

MONTHS = 12


class Profile(StrEnum):
    """How a year's amount is laid out over its months."""

    TWELFTHS = "twelfths"
    SCHOOL_TERMS = "school_terms"
    LAST_YEAR = "last_year"
    OWN = "own"


# Weights by month, January first. School runs ten months: from the middle of August to the middle of June.
WEIGHTS: Mapping[Profile, tuple[Decimal, ...]] = MappingProxyType(
    {
        Profile.TWELFTHS: (Decimal(1),) * MONTHS,
        Profile.SCHOOL_TERMS: tuple(map(Decimal, ("1", "1", "1", "1", "1", "0.5", "0", "0.5", "1", "1", "1", "1"))),
    }
)


def spread(amount: int, weights: Sequence[Decimal | int]) -> tuple[int, ...]:
    """Spread an amount by weights, in their order; the shares sum to the amount exactly.

    Weights are zero or more, and one at least is more: otherwise UseError.

    >>> spread(100, [1, 1, 1]), spread(-100, [1, 1, 1]), spread(7, [1, 0, 3])
    ((34, 33, 33), (-34, -33, -33), (2, 0, 5))
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact, Fraction(0))
    if whole <= 0 or min(exact) < 0:
        raise UseError("Beloppet går inte att fördela: ange vikter som är noll eller större, och minst en över noll.")
    wanted = [abs(amount) * weight / whole for weight in exact]
    shares = [int(share) for share in wanted]
    lost_most = sorted(range(len(shares)), key=lambda place: (shares[place] - wanted[place], place))
    for place in lost_most[: abs(amount) - sum(shares)]:
        shares[place] += 1
    return tuple(share if amount >= 0 else -share for share in shares)


def pattern_of(amounts: Sequence[Decimal | int]) -> tuple[Decimal, ...]:
    """Give the weights of how amounts were laid out, last year's months for example.

    A month that went against the year (a refund among costs) weighs nothing. A year that is zero, or without
    amounts, has no pattern: all weigh the same.
    """
    whole = sum((Decimal(one) for one in amounts), Decimal(0))
    if not whole:
        return (Decimal(1),) * len(amounts)
    return tuple(max(Decimal(0), Decimal(one) if whole > 0 else -Decimal(one)) for one in amounts)


def spread_year(amount: int, profile: Profile, pattern: Sequence[Decimal | int] = ()) -> tuple[int, ...]:
    """Lay a year's amount out over its twelve months.

    ``pattern`` is what last year's or the own profile follows: twelve amounts, whose layout is kept.
    """
    known = WEIGHTS.get(profile)
    return spread(amount, known if known is not None else pattern_of(pattern or (0,) * MONTHS))


def spread_rest(rest: int, amounts: Sequence[int]) -> tuple[int, ...]:
    """Give what each of some amounts becomes when a rest is spread over them by how large they are.

    >>> spread_rest(10, [60, -30, 30])
    (65, -27, 32)
    """
    weights = [abs(one) for one in amounts]
    shares = spread(rest, weights if any(weights) else [1] * len(weights))
    return tuple(amount + share for amount, share in zip(amounts, shares, strict=True))


def scaled_to(whole: int, amounts: Sequence[int]) -> tuple[int, ...]:
    """Give amounts in the same proportions that sum to another whole: a plan year made from the budget year.

    Income (negative amounts) stays as it is; what the costs must be for the whole is spread over them.

    >>> scaled_to(90, [60, 60, -20])
    (55, 55, -20)
    """
    if not amounts:
        return ()
    income = sum(one for one in amounts if one < 0)
    costs = [max(one, 0) for one in amounts]
    if not any(costs):
        return spread_rest(whole - income, amounts)
    shares = spread(whole - income, costs)
    return tuple(one if one < 0 else share for one, share in zip(amounts, shares, strict=True))
