"""Units: what a number counts. Money units convert exactly; every other unit stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is written (``tkr``, ``%``, ``ha``); ``factor`` is its size in ``base``.

    >>> TKR.factor, TKR.base
    (Decimal('1000'), 'kr')
    """

    symbol: str
    base: str = ""
    factor: Decimal = Decimal(1)

    def converts_to(self, other: Unit) -> bool:
        """Say whether an amount in this unit can be told exactly in the other."""
        return self == other or (bool(self.base) and self.base == other.base)

    def __str__(self) -> str:
        return self.symbol


KR = Unit("kr", "kr")
TKR = Unit("tkr", "kr", Decimal(1000))
MNKR = Unit("mnkr", "kr", Decimal(1_000_000))
MDKR = Unit("Mdkr", "kr", Decimal(1_000_000_000))
PERCENT = Unit("%")
COUNT = Unit("antal")
PLAIN = Unit("")
MONEY = (KR, TKR, MNKR, MDKR)


def unit_of(symbol: str) -> Unit:
    """Give the unit written as ``symbol``; an unknown word becomes a unit of its own.

    >>> unit_of("MNKR") is MNKR, unit_of("ha").symbol
    (True, 'ha')
    """
    known = {unit.symbol.lower(): unit for unit in (*MONEY, PERCENT, COUNT, PLAIN)}
    known |= {"mkr": MNKR, "procent": PERCENT, "mdr": MDKR, "kronor": KR, "st": COUNT, "stycken": COUNT}
    known |= {"%-enheter": Unit("procentenheter")}
    clean = symbol.strip().rstrip(".")
    return known.get(clean.lower()) or Unit(clean)
