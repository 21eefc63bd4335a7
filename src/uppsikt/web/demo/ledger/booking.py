"""From amounts to entries: accounts, months and vouchers that look like a municipality's, always exact.

Every amount is split by whole weights, so that the entries add up to it to the last öre. A voucher of outcome
sums to zero: its cost or income is met by an entry on a balance account. Everything follows from the numbers
themselves, so that the same entries are made every time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from uppsikt.core.economy import Entry, EntryKind, Side
from uppsikt.web.demo.ledger.amounts import Spot
from uppsikt.web.demo.ledger.fitting import split
from uppsikt.web.demo.ledger.plan import BALANCE_UNIT, Pattern, profiles

# How a year runs, January first; the weights are compared only with each other.
_SEASONS: dict[str, tuple[int, ...]] = {
    "lön": (100, 100, 100, 101, 101, 92, 84, 96, 101, 102, 102, 103),
    "semester": (2, 3, 4, 4, 5, 30, 100, 60, 4, 3, 4, 20),
    "termin": (104, 105, 105, 105, 106, 88, 40, 88, 108, 109, 109, 97),
    "jämn": (1,) * 12,
    "kvartal": (1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0),
    "årsstart": (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "vinter": (160, 150, 130, 100, 70, 50, 40, 45, 65, 100, 130, 155),
    "säsong": (70, 80, 95, 95, 105, 90, 30, 70, 105, 115, 125, 170),
    "byggår": (60, 70, 90, 100, 110, 110, 60, 90, 110, 120, 120, 130),
}
_DECEMBER = (0,) * 11 + (1,)
_WHOLE_YEARS = frozenset({2018, 2020, 2021, 2022})  # of which only the year is known: booked in December
_MOST = 6  # invoices of one account in a month
_SUPPLIERS = ("Exempelkonsult", "Exempelservice", "Norrexempel", "Exempelbyrån", "Mönsterbolaget", "Provhuset")
_INTERNAL = ("101", "104", "105", "106", "107")  # who buys services within the municipality
# The balance account that meets each series of vouchers: wages, suppliers, customers, bank, internal.
_COUNTERS = {"L": "2710", "F": "2510", "K": "1510", "B": "1940", "I": "2890"}
_MASK = (1 << 64) - 1


class Dice:
    """Numbers that look like chance and are the same every time."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def below(self, limit: int) -> int:
        """Give a number from 0 to ``limit`` − 1."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & _MASK
        return (self._state >> 33) % limit


@dataclass(frozen=True, slots=True)
class _Line:
    """What is booked of a spot on one account in one month."""

    spot: Spot
    pattern: Pattern
    month: int
    voucher: str = ""


@dataclass
class Book:
    """Makes entries of amounts, and numbers their vouchers."""

    dice: Dice = field(default_factory=lambda: Dice(20240101))
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)

    def entries(self, spot: Spot, amount: int) -> Iterator[Entry]:
        """Give the entries of a spot; ``amount`` is in öre and never negative."""
        patterns = _patterns(spot)
        amounts = split(amount, [one.weight for one in patterns], 100 if spot.kind is EntryKind.BUDGET else 1)
        for pattern, part in zip(patterns, amounts, strict=True):
            if part and spot.kind is EntryKind.BUDGET:
                yield from self._phased(spot, pattern, part)
            elif part:
                yield from self._booked(spot, pattern, part)

    def _phased(self, spot: Spot, pattern: Pattern, amount: int) -> Iterator[Entry]:
        """Give the budget of an account month by month, in whole kronor but for the rest."""
        for month, part in enumerate(split(amount, _SEASONS[pattern.season], 100), start=1):
            if part:
                yield self._entry(_Line(spot, pattern, month), part, f"Budget: {pattern.text}")

    def _booked(self, spot: Spot, pattern: Pattern, amount: int) -> Iterator[Entry]:
        dice = self.dice
        year = _DECEMBER if spot.year in _WHOLE_YEARS else _SEASONS[pattern.season]
        swing = 2 if pattern.account.startswith("5") else 15  # percent up or down: wages are even, purchases are not
        season = [weight * (100 - swing + dice.below(2 * swing + 1)) for weight in year]
        for month, part in enumerate(split(amount, season), start=1):
            if not part:
                continue
            line = _Line(spot, pattern, month, self._voucher(spot, pattern))
            for one in self._invoices(pattern, part):
                yield self._entry(line, one, self._text(pattern))
            yield _counter(line, part)

    def _invoices(self, pattern: Pattern, amount: int) -> list[int]:
        """Split what is booked in a month into invoices of about the usual size."""
        number = min(amount // pattern.size, _MOST) if pattern.size else 1
        if number < 2:
            return [amount]
        return [one for one in split(amount, [60 + self.dice.below(80) for _ in range(number)]) if one]

    def _entry(self, line: _Line, amount: int, text: str) -> Entry:
        spot, pattern = line.spot, line.pattern
        outcome = spot.kind is EntryKind.OUTCOME
        counterpart = pattern.counterpart
        if counterpart == "*":
            counterpart = _INTERNAL[self.dice.below(len(_INTERNAL))]
        return Entry(
            kind=spot.kind,
            month=spot.year * 100 + line.month,
            account=pattern.account,
            unit=spot.unit,
            amount=_kronor(-amount if _is_credit(spot) else amount),
            day=self._day(spot.year, line.month, pattern) if outcome else None,
            activity=spot.activity,
            project=spot.project,
            counterpart=counterpart,
            voucher=line.voucher,
            text=text,
        )

    def _voucher(self, spot: Spot, pattern: Pattern) -> str:
        series = _series(spot, pattern)
        number = self.numbers[series, spot.year] = self.numbers.get((series, spot.year), 10_000) + 1
        return f"{series}{spot.year % 100:02d}{number}"

    def _day(self, year: int, month: int, pattern: Pattern) -> date:
        if pattern.account.startswith("5"):
            return date(year, month, 27 if month != 12 else 20)
        return date(year, month, 1 if pattern.season == "kvartal" else 1 + self.dice.below(28))

    def _text(self, pattern: Pattern) -> str:
        if pattern.counterpart != "810":
            return pattern.text
        return f"{pattern.text}, {_SUPPLIERS[self.dice.below(len(_SUPPLIERS))]} (påhittad)"


def _counter(line: _Line, amount: int) -> Entry:
    """Give the entry on a balance account that meets a voucher's other entries."""
    spot = line.spot
    return Entry(
        kind=spot.kind,
        month=spot.year * 100 + line.month,
        account=_COUNTERS[line.voucher[0]],
        unit=BALANCE_UNIT,
        amount=_kronor(amount if _is_credit(spot) else -amount),
        day=date(spot.year, line.month, 28),
        voucher=line.voucher,
        text="Motbokning",
    )


def _is_credit(spot: Spot) -> bool:
    """Say whether a spot is booked as credit: income, and of the financing all but interest and the like (group 85)."""
    return spot.side is Side.INCOME or (spot.side is Side.FINANCIAL and not spot.look.startswith("85"))


def _series(spot: Spot, pattern: Pattern) -> str:
    """Give the series of a voucher: wages, bank, internal, customers' or suppliers' invoices."""
    if pattern.account.startswith("5"):
        return "L"
    if spot.side is Side.FINANCIAL:
        return "B"
    if pattern.counterpart.startswith("1") or pattern.counterpart == "*":
        return "I"
    return "K" if spot.side is Side.INCOME else "F"


def _patterns(spot: Spot) -> Sequence[Pattern]:
    if spot.look in profiles():
        return profiles()[spot.look]
    text = "Investering" if spot.side is Side.INVESTMENT else "Skatter, bidrag och finansnetto"
    season, size = ("byggår", 250_000_00) if spot.side is Side.INVESTMENT else ("jämn", 0)
    return (Pattern(spot.look, 1, season, size, "810" if spot.side is Side.INVESTMENT else "850", text),)


def _kronor(amount: int) -> Decimal:
    """Tell an amount in öre in kronor."""
    return Decimal(amount).scaleb(-2)
