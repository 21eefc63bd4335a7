"""Action plans: who owes one, and by which year its measures bring money back to balance (domain: Money, Follow-up)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.economy.forecasting import Limit
from uppsikt.core.quantities import MNKR, Missing, MissingReason, Quantity, Value

PENDING = Missing(MissingReason.PENDING)
# The rule as the financial regulations put it. A municipality with another rule stores its own (followup.Limit).
REGULATIONS = Limit(
    percent=Decimal(1),
    amount=Quantity(Decimal(1), MNKR),
    both=True,
    source="Ekonomiska reglementet: prognostiserat underskott som är mer än 1 % av budgeten och mer än 1 mnkr",
)


def owes_plan(deviation: Value, budget: Value, rule: Limit = REGULATIONS) -> bool | None:
    """Say whether a forecast deviation from budget demands an action plan; None when there is no forecast to judge.

    A deviation is positive when it is good, so only a negative one is a deficit. Exactly 1 % or exactly 1 mnkr is not
    more than it. Under a budget of zero (a revenue-financed unit) every deficit is more than 1 % of it.
    """
    if isinstance(deviation, Missing):
        return None
    return deviation.number < 0 and rule.exceeded_by(deviation, budget)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure gives in a year, positive when it improves the result; ``realised`` is missing until known."""

    year: int
    planned: Quantity
    realised: Value = PENDING

    @property
    def expected(self) -> Quantity:
        """What has been realised, or as long as that is not known what is planned."""
        return self.realised if isinstance(self.realised, Quantity) else self.planned


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A year of a plan: the deficit without measures (positive), what the measures give, and what is left.

    ``realised`` is what is known to have been realised, and missing when nothing is. ``left`` is deficit − expected
    effects: at or below zero the year is in balance.
    """

    year: int
    deficit: Quantity
    planned: Quantity
    realised: Value
    left: Quantity

    @property
    def in_balance(self) -> bool:
        """Say whether the measures are enough this year."""
        return self.left.number <= 0


def plan_years(deficits: Mapping[int, Quantity], effects: Iterable[Effect]) -> tuple[PlanYear, ...]:
    """Set the effects of all measures against the deficit, year by year; effects of other years are left out."""
    by_year: dict[int, list[Effect]] = {year: [] for year in sorted(deficits)}
    for one in effects:
        by_year.get(one.year, []).append(one)
    return tuple(_plan_year(year, deficits[year], told) for year, told in by_year.items())


def _plan_year(year: int, deficit: Quantity, effects: list[Effect]) -> PlanYear:
    planned, left = Quantity(Decimal(0), deficit.unit), deficit
    realised: Value = PENDING
    for effect in effects:
        planned += effect.planned
        left -= effect.expected
        if isinstance(effect.realised, Quantity):
            realised = effect.realised if isinstance(realised, Missing) else realised + effect.realised
    return PlanYear(year, deficit, planned, realised, left)


def balanced_in(years: Iterable[PlanYear]) -> int | Missing:
    """Give the first year in which the measures are enough; missing when there is none among the years of the plan."""
    found = next((one.year for one in sorted(years, key=lambda one: one.year) if one.in_balance), None)
    return Missing(MissingReason.NO_DATA, "inte inom planens år") if found is None else found
