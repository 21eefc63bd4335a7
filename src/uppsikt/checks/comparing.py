"""Compares a number in a sentence with cells: in one unit, by size, as exactly as both are told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from uppsikt.checks.mentions import Mention
from uppsikt.checks.relations import ONE, ZERO, Figures, Spot
from uppsikt.core.quantities import COUNT, MONEY, PERCENT, PLAIN, Unit

_BARE = (PLAIN, COUNT, PERCENT)


class Sizes(NamedTuple):
    """The size of a number, that of what it is held against, and what rounding of the latter can hide; one unit."""

    told: Decimal
    cell: Decimal
    half: Decimal

    def agree(self, mention: Mention) -> bool:
        """Say whether the two can be one amount."""
        return abs(self.told - self.cell) <= mention.slack + self.half


def unit_for(figures: Figures, mention: Mention, spot: Spot) -> Unit | None:
    """Give the unit in which a number and a cell can be compared; None when they cannot."""
    own, other = mention.quantity.unit, figures.at(spot).unit
    if own in MONEY:
        return own if other.base else None
    return other if own in _BARE and other in _BARE and not (own == PERCENT and other == COUNT) else None


def sizes_of(figures: Figures, mention: Mention, spots: Sequence[Spot]) -> Sizes | None:
    """Give the sizes of a number and of the sum of some cells, in the number's unit; None when they cannot meet."""
    total = half = ZERO
    for spot in spots:
        if unit_for(figures, mention, spot) is None:
            return None
        figure, ratio = figures.at(spot), figures.ratio(spot, mention.quantity.unit)
        total, half = total + figure.number * ratio, half + figure.half_step * ratio
    return Sizes(abs(mention.quantity.number), abs(total), half)


def agrees(figures: Figures, mention: Mention, *spots: Spot) -> bool:
    """Say whether a number can be the amount of a cell, or of the sum of some."""
    sizes = sizes_of(figures, mention, spots)
    return sizes is not None and sizes.agree(mention)


def turned(figures: Figures, mention: Mention, *spots: Spot) -> Decimal:
    """Give -1 where the cells have the other sign than the number."""
    total = sum((figures.at(spot).number for spot in spots), ZERO)
    return -ONE if total * mention.quantity.number < 0 else ONE


def finest_first(figures: Figures, spots: Sequence[Spot]) -> list[Spot]:
    """Order cells by how exactly they are told."""
    return sorted(spots, key=lambda spot: figures.at(spot).half_step * figures.at(spot).unit.factor)


def tell_one_amount(figures: Figures, mention: Mention, spots: Sequence[Spot]) -> bool:
    """Say whether cells tell one amount, though perhaps not all as exactly."""
    sizes = [size for spot in spots if (size := sizes_of(figures, mention, (spot,))) is not None]
    return all(abs(one.cell - sizes[0].cell) <= one.half + sizes[0].half for one in sizes)


def digits_of(number: Decimal) -> int:
    """Count the digits that a number tells: without zeros at its ends.

    >>> digits_of(Decimal("0.50")), digits_of(Decimal(15000)), digits_of(Decimal("1020.5"))
    (1, 2, 5)
    """
    return len(f"{abs(number).normalize():f}".replace(".", "").strip("0"))
