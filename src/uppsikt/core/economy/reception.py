"""The reception of refugees: what it costs, what the state pays, and how much of the cost that covers."""

from __future__ import annotations

from uppsikt.core.quantities import PERCENT, Missing, MissingReason, Quantity, Value


def coverage(cost: Value, compensation: Value) -> Value:
    """Give the state's compensation in per cent of the cost, not rounded; over 100 the state has paid more.

    Missing where one of them is not told, and where nothing was spent: then there is nothing to cover.

    >>> from decimal import Decimal
    >>> from uppsikt.core.quantities import KR
    >>> coverage(Quantity(Decimal(12_437), KR), Quantity(Decimal(11_172), KR)).number.quantize(Decimal("0.1"))
    Decimal('89.8')
    """
    if isinstance(cost, Missing):
        return cost
    if isinstance(compensation, Missing):
        return compensation
    if cost.number == 0:
        return Missing(MissingReason.NOT_APPLICABLE, "ingen kostnad")
    return Quantity(compensation.to(cost.unit).number * 100 / cost.number, PERCENT)


def uncovered(cost: Value, compensation: Value) -> Value:
    """Give compensation − cost: below zero the municipality pays the rest itself."""
    if isinstance(cost, Missing):
        return cost
    return compensation if isinstance(compensation, Missing) else compensation - cost


def total_of(values: tuple[Value, ...]) -> Value:
    """Add amounts in kronor; Missing as soon as one is, and says how many are."""
    unknown = sum(isinstance(one, Missing) for one in values)
    known = [one for one in values if isinstance(one, Quantity)]
    if unknown or not known:
        return Missing(MissingReason.NO_DATA, f"{unknown} av {len(values)} saknas")
    return sum(known[1:], start=known[0])
