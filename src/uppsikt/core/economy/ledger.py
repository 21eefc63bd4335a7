"""The ledger's words: what an entry is, which side of the accounts it stands on, and how a file of entries is laid out.

A reader finds out the Layout of a file, the store reads the file by it; neither knows the other, they meet here.

Amounts are as booked: debit positive, credit negative. Costs are the sum of the entries on cost accounts, income is
the sum on income accounts with the sign turned, so that both are positive amounts; net cost = costs − income
(domain: Money, Signs). Everything is exact: whole öre.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType


class EntryKind(StrEnum):
    """What an entry tells: what was booked, what was budgeted, or what is expected."""

    OUTCOME = "outcome"
    BUDGET = "budget"
    FORECAST = "forecast"


class Side(StrEnum):
    """Which side of the accounts an account stands on."""

    INCOME = "income"
    COSTS = "costs"
    FINANCIAL = "financial"  # taxes, grants, interest: outside a committee's net cost
    INVESTMENT = "investment"  # group 40: belongs to the investment account
    BALANCE = "balance"  # assets, liabilities and what is not the ledger's own


# The parts of the code string of an entry, in the order of the municipality's code plan.
CODE_PARTS = ("account", "unit", "activity", "project", "object", "counterpart")

# What a column of a file of entries can hold. Names beside codes fill the register; debit and credit are two amounts.
FIELDS = (
    *CODE_PARTS, "account_name", "unit_name", "activity_name", "project_name", "counterpart_name",
    "period", "date", "amount", "debit", "credit", "text", "voucher", "kind",
)  # fmt: skip

LAST_PERIOD = 15  # the last of the periods that a year's closing is booked in

_BY_CLASS = {"3": Side.INCOME, "4": Side.COSTS, "5": Side.COSTS, "6": Side.COSTS, "7": Side.COSTS, "8": Side.FINANCIAL}


def side_of(account: str) -> Side:
    """Say which side an account of Kommun-BAS stands on, by its class; group 40 is investment, not cost.

    >>> [side_of(account).value for account in ("3011", "5011", "4011", "4611", "8411", "1510")]
    ['income', 'costs', 'investment', 'costs', 'financial', 'balance']
    """
    if account.startswith("40"):
        return Side.INVESTMENT
    return _BY_CLASS.get(account[:1], Side.BALANCE)


def month_booked(year: int, period: int) -> int | None:
    """Give the month (YYYYMM) in which a period's entries are booked, or None where there is no such period.

    Programs number what is booked after December as periods 13 to 15 of the year, and what is brought in before
    January as period 0. Months are what is planned and followed up, so both belong to the month beside them.

    >>> month_booked(2024, 3), month_booked(2024, 13), month_booked(2024, 0), month_booked(2024, 16)
    (202403, 202412, 202401, None)
    """
    return year * 100 + min(max(period, 1), 12) if 0 <= period <= LAST_PERIOD else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is stored; ``month`` is YYYYMM, ``day`` None where the file tells only the period."""

    kind: EntryKind
    month: int
    account: str
    unit: str
    amount: Decimal
    day: date | None = None
    activity: str = ""
    project: str = ""
    object: str = ""
    counterpart: str = ""
    voucher: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text file of entries is to be read.

    ``columns`` names, for each column of the file in order, the field of FIELDS that it holds, or "" when it is
    passed over. ``skip`` is how many lines stand before the first entry, the heading's too. ``kind`` is what every
    entry is, where no column says it. ``income_positive`` says that income is written as positive amounts, so that
    its sign is turned when it is stored. ``sheet`` and ``first_row`` tell where a text file that was made from a
    sheet of a workbook came from: its line ``skip + 1`` was the sheet's row ``first_row``, and each row of the sheet
    became ``lines_of_row`` lines (several where it has several columns of amounts).
    """

    columns: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ";"
    quote: str = '"'
    decimal: str = ","
    skip: int = 1
    kind: EntryKind | None = EntryKind.OUTCOME
    income_positive: bool = False
    headings: tuple[str, ...] = ()
    sheet: str = ""
    first_row: int = 0
    lines_of_row: int = 1


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that exist, by part; a part that is absent is not checked. An empty code is always allowed but for
    account and unit.
    """

    codes: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class EntryFault:
    """What is wrong in a file of entries: where, what, and how many rows have the same fault.

    ``code`` is one of: bad_amount, no_amount, bad_period, no_period, no_account, no_unit, unknown_<part>, bad_kind,
    too_few_columns, too_many_columns, broken_quotes, too_long_line, too_much (a month's amounts together), bad_letters,
    no_rows (text, but no row of it). closing_period is worth knowing and keeps no row out: entries of a period that is
    no month, and which month they are booked in.
    ``value`` is what stands there; ``like`` are existing codes that look like it.
    """

    code: str
    line: int
    column: str
    value: str
    message: str
    rows: int = 1
    like: tuple[str, ...] = ()
    sheet: str = ""
