"""The three-year clock of the balance requirement (Kommunallagen 11:12): deficits and how later years restore them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from uppsikt.core.quantities import TKR, Quantity, format_quantity

RESTORED_WITHIN = 3  # years after the one in which the deficit arose (Kommunallagen 11:12)


class ClockState(StrEnum):
    """How a deficit stands."""

    RESTORED = "restored"
    RUNNING = "running"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Deficit:
    """A year's deficit (positive), which years restored how much of it, and which years are not known."""

    year: int
    amount: Quantity
    restored: Mapping[int, Quantity] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()

    @property
    def left(self) -> Quantity:
        """What is still to be restored."""
        return self.amount - sum(self.restored.values(), start=Quantity(Decimal(0), TKR))

    @property
    def last_year(self) -> int:
        """The last year in which it may be restored; the council decides how at the latest in that year's budget."""
        return self.year + RESTORED_WITHIN

    def state(self, at: int) -> ClockState:
        """Say how the deficit stands when a year has been closed."""
        if not self.left.number:
            return ClockState.RESTORED
        if self.unknown:
            return ClockState.UNKNOWN
        return ClockState.OVERDUE if at >= self.last_year else ClockState.RUNNING

    def sentence(self, at: int) -> str:
        """Say it in Swedish, with what the law asks."""
        amount, left = (format_quantity(one, with_unit=True) for one in (self.amount, self.left))
        begun = f"Underskottet {self.year} på {amount}"
        match self.state(at):
            case ClockState.RESTORED:
                return f"{begun} är återställt {max(self.restored, default=self.year)}."
            case ClockState.UNKNOWN:
                years = ", ".join(map(str, self.unknown))
                return f"{begun}: balanskravsresultat saknas för {years}, så återställt belopp är inte känt."
            case ClockState.OVERDUE:
                return f"{begun} skulle ha varit återställt {self.last_year} (11 kap. 12 §). {left} är kvar."
            case _:
                return (
                    f"{begun}: {left} är kvar att återställa senast {self.last_year}; beslutet om hur fattas senast "
                    f"i budgeten för {self.last_year} (11 kap. 12 §)."
                )


def deficits(results: Mapping[int, Quantity], at: int) -> tuple[Deficit, ...]:
    """Give every deficit among the years' balance requirement results until a year, the oldest first.

    A later surplus restores the oldest deficit first, until it is used up. A year in between whose result is not
    known is named, and never counted as zero.

    >>> tkr = lambda number: Quantity(Decimal(number), TKR)
    >>> first, = deficits({2024: tkr(-100), 2025: tkr(60), 2026: tkr(40)}, 2026)
    >>> first.left.number, first.state(2026).value
    (Decimal('0'), 'restored')
    """
    known = {year: amount.to(TKR) for year, amount in sorted(results.items()) if year <= at}
    open_: list[Deficit] = []
    for year, amount in known.items():
        if amount.number < 0:
            open_.append(Deficit(year, -amount))
            continue
        rest = amount
        for place, one in enumerate(open_):
            taken = Quantity(min(rest.number, one.left.number), TKR)
            if taken.number:
                open_[place] = Deficit(one.year, one.amount, {**one.restored, year: taken})
                rest = rest - taken
    return tuple(_with_unknown(one, known, at) for one in open_)


def _with_unknown(one: Deficit, known: Mapping[int, Quantity], at: int) -> Deficit:
    unknown = tuple(year for year in range(one.year + 1, at + 1) if year not in known)
    return Deficit(one.year, one.amount, one.restored, unknown if one.left.number else ())
