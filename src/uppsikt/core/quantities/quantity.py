"""A number with its unit and the precision it was written with; or that it is missing, and why.

Amounts are exact Decimals. Rounding happens when a figure is shown, never when it is made.
``decimals`` is how many decimals the human wrote: it tells which interval of true values the
written figure stands for. ``None`` means that the number is exact (a count, a sum of entries).
Missing is not zero: it equals nothing but itself and refuses every arithmetic operation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn

from uppsikt.core.errors import MissingValueError, UnitMismatchError
from uppsikt.core.quantities.unit import PLAIN, Unit


class MissingReason(StrEnum):
    """Why there is no number; the words are shown by ``missing_text``."""

    BLANK = "blank"  # nothing was written
    NO_DATA = "no_data"  # I.U., ingen uppgift
    IN_PROGRESS = "in_progress"  # ufm, being worked out
    NOT_APPLICABLE = "not_applicable"  # "-": no assessment, not applicable
    NOT_MEASURED = "not_measured"  # N/A, Mäts ej
    MEASURED_ELSEWHERE = "measured_elsewhere"  # Mäts på kommunnivå
    GIVEN_ELSEWHERE = "given_elsewhere"  # Se ÅR.
    PENDING = "pending"  # will be reported on a known date; Statistik ej publicerad
    SUPPRESSED = "suppressed"  # a group so small that it must not be shown
    TEXT = "text"  # words that are not a number


@dataclass(frozen=True, slots=True)
class Interval:
    """The true values that a written figure can stand for, both ends included."""

    low: Decimal
    high: Decimal

    def __contains__(self, number: Decimal) -> bool:
        return self.low <= number <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def meets(self, other: Interval) -> bool:
        """Say whether some true value lies in both."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number in a unit, with the number of decimals it was written with."""

    number: Decimal
    unit: Unit = PLAIN
    decimals: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.number, Decimal):
            raise TypeError(f"a quantity is a Decimal, not {type(self.number).__name__}")
        if not self.number.is_finite():
            raise ValueError("a quantity is finite")

    def to(self, unit: Unit) -> Quantity:
        """Tell the same amount in another unit, exactly; the written precision moves along.

        463 475 tkr is 463,475 mnkr: written to the thousand in both.
        """
        if unit == self.unit:
            return self
        if not self.unit.converts_to(unit):
            raise UnitMismatchError(f"{self.unit or 'tal'} kan inte räknas om till {unit or 'tal'}.")
        ratio = self.unit.factor / unit.factor
        decimals = None if self.decimals is None else self.decimals - ratio.adjusted()
        return Quantity(self.number * ratio, unit, decimals)

    @property
    def half_step(self) -> Decimal:
        """Half a unit of the last written digit: how far the truth may lie from the number; 0 for an exact one."""
        return Decimal(0) if self.decimals is None else Decimal(5).scaleb(-self.decimals - 1)

    def interval(self) -> Interval:
        """Give the interval of true values: half a unit of the last written digit on both sides."""
        return Interval(self.number - self.half_step, self.number + self.half_step)

    def __add__(self, other: Value) -> Quantity:
        return self._combined(other, 1)

    def __sub__(self, other: Value) -> Quantity:
        return self._combined(other, -1)

    def __neg__(self) -> Quantity:
        return replace(self, number=-self.number)

    def __abs__(self) -> Quantity:
        return replace(self, number=abs(self.number))

    def _combined(self, other: Value, sign: int) -> Quantity:
        if isinstance(other, Missing):
            other.refuse()
        same = other.to(self.unit)
        known = [d for d in (self.decimals, same.decimals) if d is not None]
        # The coarser of two written precisions; exact with exact stays exact.
        return Quantity(self.number + sign * same.number, self.unit, min(known) if known else None)


@dataclass(frozen=True, slots=True)
class Missing:
    """No number, and why; ``text`` is what was written in its place."""

    reason: MissingReason = MissingReason.BLANK
    text: str = ""

    def refuse(self) -> NoReturn:
        """Stop a calculation that would have counted a missing value."""
        raise MissingValueError(
            f"Ett värde saknas ({self.text or self.reason.value}) och kan inte räknas med. "
            "Fyll i det eller räkna utan raden."
        )

    def __add__(self, other: Value) -> NoReturn:
        self.refuse()

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __add__

    def __neg__(self) -> NoReturn:
        self.refuse()

    def __float__(self) -> NoReturn:
        self.refuse()


Value = Quantity | Missing
