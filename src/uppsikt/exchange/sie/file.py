"""What a SIE file holds. Amounts are exact, debit positive and credit negative, as the format has them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from uppsikt.core.economy.ledger import LAST_PERIOD, month_booked

MOST_FAULTS = 20_000  # that are kept, of a file that may have millions
# What a file can have wrong without an entry being lost by it: told, and left to the person who loads it.
TOLD_ONLY = frozenset({
    "account_twice", "added_alone", "amount_form", "bad_account", "bad_account_type", "balance_twice", "check_sum",
    "closing_balance", "closing_period", "currency", "date_form", "line_form", "lost_letters", "mixed_letters",
    "no_brace", "no_date", "no_type", "no_year", "opening_balance", "outside_year", "period_outside_year", "result",
    "unbalanced", "unknown_account", "unknown_type", "whole_year",
})  # fmt: skip
_PERIOD = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the file: its line (from 1; 0 is the whole file), a stable code and a Swedish sentence."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Year:
    """A financial year: 0 is the file's own, -1 the one before."""

    number: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a voucher; ``objects`` are pairs of dimension and object."""

    line: int
    account: str
    objects: tuple[tuple[str, str], ...]
    amount: Decimal
    day: date | None = None
    text: str = ""


@dataclass
class Voucher:
    """A voucher with its rows: what was removed is left out, what was added later stands once."""

    line: int
    series: str
    number: str
    day: date | None
    text: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance or budget: ``kind`` is IB, UB, OIB, OUB, RES, PSALDO or PBUDGET.

    PSALDO is the change in the period. A balance with objects is a part of the account's own: never add both.
    """

    line: int
    kind: str
    year: int
    account: str
    amount: Decimal
    period: str = ""
    objects: tuple[tuple[str, str], ...] = ()


@dataclass
class SieFile:
    """A file as it was read, with every fault that was found on the way."""

    encoding: str
    type: str | None = None  # "1", "2", "3", "4", "4i"
    company: str = ""
    organisation_number: str = ""
    program: str = ""
    currency: str = ""  # "" is kronor
    years: dict[int, Year] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)  # number: name
    dimensions: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)  # of a sub-dimension: the dimension that it is part of
    objects: dict[tuple[str, str], str] = field(default_factory=dict)
    balances: list[Balance] = field(default_factory=list)
    vouchers: list[Voucher] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0  # that were found but not kept

    def fault(self, line: int, code: str, message: str) -> None:
        """Note a fault."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(line, code, message))
        else:
            self.more_faults += 1

    def settle_faults(self) -> None:
        """Put the faults in the order of their lines, and say how many there are beside those that are kept."""
        self.faults.sort(key=lambda fault: fault.line)
        if self.more_faults:
            self.faults.append(Fault(0, "more_faults", f"Filen har {self.more_faults} fel till som inte visas."))

    def objects_by_dimension(self) -> dict[str, list[str]]:
        """Give the objects of each dimension, code and name, by its number in order; also of those without a name."""
        numbers = sorted({*self.dimensions, *(number for number, _ in self.objects)}, key=lambda one: (len(one), one))
        found: dict[str, list[str]] = {number: [] for number in numbers}
        for (number, code), name in self.objects.items():
            found[number].append(f"{code} {name}".strip())
        return found

    def entries(self) -> list[Entry]:
        """Give the rows of all vouchers in order."""
        return [entry for voucher in self.vouchers for entry in voucher.entries]

    def month_of(self, period: str) -> int | None:
        """Give the month (YYYYMM) in which a period is booked; None where there is no such period.

        The format knows calendar months only. Programs that close the year in periods 13 to 15, or open it in period
        0, mean the last and the first month of the year.
        """
        if not _PERIOD.fullmatch(period):
            return None
        year, number = divmod(int(period), 100)
        own = self.years.get(0)
        if own is not None and year in (own.start.year, own.end.year) and not 1 <= number <= 12:
            edge = own.start if number == 0 else own.end
            return edge.year * 100 + edge.month if number <= LAST_PERIOD else None
        return month_booked(year, number)

    def in_year(self, one: Balance) -> bool:
        """Say whether a period balance is of the file's own year; some programs give last year's months its number."""
        year, month = self.years.get(0), self.month_of(one.period)
        if one.year != 0 or year is None or month is None:
            return one.year == 0
        return year.start.year * 100 + year.start.month <= month <= year.end.year * 100 + year.end.month

    def sums(self) -> dict[str, Decimal]:
        """Give by account the sum of its entries."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for entry in self.entries():
            sums[entry.account] += entry.amount
        return dict(sums)

    def balance_by_account(self) -> dict[str, Decimal]:
        """Give by account the sum of its entries; where it has none, its result or closing balance of year 0."""
        stated: dict[str, Decimal] = {}
        for one in self.balances:
            if one.kind in ("UB", "RES") and one.year == 0:
                stated.setdefault(one.account, one.amount)
        return dict(sorted((stated | self.sums()).items()))
