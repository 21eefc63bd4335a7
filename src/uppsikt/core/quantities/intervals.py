"""Sums of written figures: what they can be when every item was rounded before it was shown.

A sum is made of unrounded amounts and then rounded (domain: Money). A shown sum may therefore miss
the sum of its n shown items by n half units of their last digit, and half a unit of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from uppsikt.core.quantities.quantity import Interval, Missing, Quantity, Value
from uppsikt.core.quantities.unit import Unit


def sum_interval(items: Iterable[Value], unit: Unit) -> Interval:
    """Give the interval of true sums, in ``unit``; MissingValueError if an item is missing."""
    total = Interval(Decimal(0), Decimal(0))
    for item in items:
        if isinstance(item, Missing):
            item.refuse()
        total += item.to(unit).interval()
    return total


def could_be_sum(total: Quantity, items: Iterable[Value]) -> bool:
    """Say whether a written total can be the true sum of written items.

    >>> ones = [Quantity(Decimal("1.4"), decimals=0)] * 3
    >>> could_be_sum(Quantity(Decimal(6), decimals=0), ones), could_be_sum(Quantity(Decimal(7), decimals=0), ones)
    (True, False)
    """
    return total.interval().meets(sum_interval(items, total.unit))
