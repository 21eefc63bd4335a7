"""Costs and income apart: what entries come to on each side of the accounts.

Both are positive amounts in kronor; net cost = costs − income (domain: Money, Signs). Financial items and
investments are told beside: neither is part of a committee's net cost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.economy.ledger import Side
from uppsikt.core.quantities import KR, Quantity

_NOTHING = Quantity(Decimal(0), KR)


@dataclass(frozen=True, slots=True)
class Sides:
    """What some entries come to, in kronor, exact; ``rows`` is how many entries they are."""

    costs: Quantity = _NOTHING
    income: Quantity = _NOTHING
    investment: Quantity = _NOTHING
    financial: Quantity = _NOTHING
    rows: int = 0

    @property
    def net(self) -> Quantity:
        """Net cost: costs − income, positive when it costs."""
        return self.costs - self.income


def sides_of(booked: Iterable[tuple[str, Decimal, int]]) -> Sides:
    """Give the sides of sums as booked (debit positive): side, amount in kronor, number of entries.

    Income and financial items are booked as credit when they are earned, so their signs are turned.
    Balance accounts tell nothing here.

    >>> made = sides_of([("costs", Decimal(900), 2), ("income", Decimal(-250), 1)])
    >>> made.net.number, made.income.number, made.rows
    (Decimal('650'), Decimal('250'), 3)
    """
    sums = dict.fromkeys(Side, Decimal(0))
    rows = 0
    for side, amount, count in booked:
        sums[Side(side)] += amount
        rows += count
    return Sides(
        costs=Quantity(sums[Side.COSTS], KR),
        income=Quantity(_turned(sums[Side.INCOME]), KR),
        investment=Quantity(sums[Side.INVESTMENT], KR),
        financial=Quantity(_turned(sums[Side.FINANCIAL]), KR),
        rows=rows,
    )


def sum_sides(parts: Iterable[Sides]) -> Sides:
    """Add sides; no parts give an exact zero."""
    every = tuple(parts)

    def total(amounts: Iterable[Quantity]) -> Quantity:
        return Quantity(sum((one.number for one in amounts), Decimal(0)), KR)  # they are all in kronor

    return Sides(
        costs=total(one.costs for one in every),
        income=total(one.income for one in every),
        investment=total(one.investment for one in every),
        financial=total(one.financial for one in every),
        rows=sum(one.rows for one in every),
    )


def _turned(amount: Decimal) -> Decimal:
    return -amount if amount else amount  # a zero stays without sign
