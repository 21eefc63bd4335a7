"""The sign conventions of municipal money (domain: Money, Signs), once and for all.

Costs and income are positive amounts. Under NET_COST the net is costs − income, positive when it
costs; under RESULT it is income − costs, positive when it earns. A deviation is positive when it is
good, in both. A missing amount gives a missing answer, never a zero.
"""

from __future__ import annotations

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Value
from uppsikt.core.tables import Measure, Sign


def net(costs: Value, income: Value, sign: Sign) -> Value:
    """Give the net of costs and income under a sign convention; PLAIN has none and raises UseError."""
    if sign is Sign.PLAIN:
        raise UseError(_NO_CONVENTION)
    return _difference(costs, income) if sign is Sign.NET_COST else _difference(income, costs)


def deviation(outcome: Value, budget: Value, measure: Measure, sign: Sign) -> Value:
    """Give the deviation from budget, positive when it is good.

    Costs: budget − outcome. Income: outcome − budget. Net: as costs under NET_COST, as income under
    RESULT. A row without measure is read as a net. PLAIN has no convention and raises UseError.
    """
    if sign is Sign.PLAIN:
        raise UseError(_NO_CONVENTION)
    more_is_good = measure is Measure.INCOME or (measure is not Measure.COSTS and sign is Sign.RESULT)
    return _difference(outcome, budget) if more_is_good else _difference(budget, outcome)


def of_which_difference(stated_net: Value, costs: Value, income: Value, sign: Sign) -> Value:
    """Give stated net − (net of its costs and income): zero when the parts make the whole."""
    return _difference(stated_net, net(costs, income, sign))


def of_which_agrees(stated_net: Value, costs: Value, income: Value, sign: Sign) -> bool | None:
    """Say whether costs and income can make the stated net, given how all three were rounded.

    None when something is missing: then nothing can be said.
    """
    parts = net(costs, income, sign)
    if isinstance(stated_net, Missing) or isinstance(parts, Missing):
        return None
    first, second = (costs, income) if sign is Sign.NET_COST else (income, costs)
    if isinstance(first, Missing) or isinstance(second, Missing):
        return None
    unit = stated_net.unit
    return stated_net.interval().meets(first.to(unit).interval() - second.to(unit).interval())


_NO_CONVENTION = (
    "Tabellen säger inte om netto visas som kostnad eller som resultat. Ange teckenregel för tabellen och räkna igen."
)


def _difference(first: Value, second: Value) -> Value:
    """Subtract; what lacks a term is missing, and says how many of the two are."""
    if isinstance(first, Quantity) and isinstance(second, Quantity):
        return first - second
    unknown = isinstance(first, Missing) + isinstance(second, Missing)
    return Missing(MissingReason.NO_DATA, f"{unknown} av 2 värden saknas")
