"""Sums along a tree of units: what each unit comes to with everything under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Value


@dataclass(frozen=True, slots=True)
class Total:
    """What a unit comes to: what is ``known``, and the keys of the units that told nothing.

    ``known`` is a partial sum as long as ``missing`` is not empty, and None when nothing is known;
    ``value`` is the whole sum, and is Missing then, so that a part is never taken for the whole.
    """

    known: Quantity | None
    missing: tuple[str, ...] = ()

    @property
    def value(self) -> Value:
        """The sum, or that it is missing and how many amounts it lacks."""
        if self.missing or self.known is None:
            return Missing(MissingReason.NO_DATA, f"{len(self.missing)} enheter saknar belopp")
        return self.known

    def plus(self, other: Total) -> Total:
        """Add another total: what is known to what is known, what is missing to what is missing."""
        known = self.known
        if other.known is not None:
            known = other.known if known is None else known + other.known
        return Total(known, self.missing + other.missing)


def roll_up(tree: Mapping[str, str | None], amounts: Mapping[str, Value]) -> dict[str, Total]:
    """Give every unit's total: its own amount and those of all units under it.

    ``tree`` tells each unit's parent (None at the top), as the organisation was in the period.
    ``amounts`` are the units' own. A unit without units under it must have an amount, or it is
    missing; one with units under it may lack an own, and then simply is their sum. An amount of a
    unit outside the tree, an unknown parent or a circle raises UseError.
    """
    _check(tree, amounts)
    parents = set(tree.values())
    totals = {unit: _own(unit, amounts, is_parent=unit in parents) for unit in tree}
    for unit in sorted(tree, key=lambda unit: len(_above(tree, unit)), reverse=True):
        parent = tree[unit]
        if parent is not None:
            totals[parent] = totals[parent].plus(totals[unit])
    return {unit: Total(total.known, tuple(sorted(total.missing))) for unit, total in totals.items()}


def _own(unit: str, amounts: Mapping[str, Value], *, is_parent: bool) -> Total:
    amount = amounts.get(unit)
    if isinstance(amount, Quantity):
        return Total(amount)
    return Total(None, () if amount is None and is_parent else (unit,))


def _above(tree: Mapping[str, str | None], unit: str) -> list[str]:
    """Give the units over a unit, nearest first; a circle raises UseError."""
    above: list[str] = []
    parent = tree[unit]
    while parent is not None:
        if parent == unit or parent in above:
            raise UseError(f"Enheten {parent!r} ligger under sig själv. Rätta vilken enhet den hör till.")
        above.append(parent)
        parent = tree[parent]
    return above


def _check(tree: Mapping[str, str | None], amounts: Mapping[str, Value]) -> None:
    for unit, parent in tree.items():
        if parent is not None and parent not in tree:
            raise UseError(f"Enheten {unit!r} hör till {parent!r}, som inte finns i organisationen.")
    strangers = sorted(set(amounts) - set(tree))
    if strangers:
        raise UseError(f"Det finns belopp för enheter som inte hör till organisationen: {', '.join(strangers)}.")
