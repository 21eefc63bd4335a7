"""What a table file holds, row by row, for the one who wants to know without loading it: sums by account, and faults.

Loading is the store's, which reads the same files by the same Layout many times faster.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from uppsikt.core.economy.ledger import EntryFault, EntryKind, Layout, Side, month_booked, side_of
from uppsikt.exchange.ledger_table.contents import number_of
from uppsikt.exchange.ledger_table.csv_file import dialect, holds_rows
from uppsikt.exchange.ledger_table.headings import KIND_CELLS, month_named
from uppsikt.exchange.ledger_table.look import SWEDISH

_MOST_FAULTS = 10_000  # that are told one by one
_YEAR_FIRST = re.compile(r"((?:19|20|21)\d\d) ?[-/.mM]? ?(\d{1,2})(?:[-/.]?(\d\d))?(?:[ T]\d\d:\d\d.*)?")
_YEAR_LAST = re.compile(r"(?:(\d{1,2})[-/.])??(\d{1,2})[-/. ]{1,2}((?:19|20|21)\d\d)")
_WORDED = re.compile(r"(?:\d{1,2} )?([^\W\d_]{3,9})\.?[ -](\d{4})")
_EXTRA = re.compile(r"\d{4} ?[-/.mM]? ?(?:00|1[345])|(?:00|1[345])[-/.]\d{4}")  # periods that are no months
_AMOUNTS = ("amount", "debit", "credit")


@dataclass
class Told:
    """What the rows of a file come to. ``balances`` are sums by account as booked, ``total`` the sum of all."""

    entries: int = 0
    total: Decimal = Decimal(0)
    balances: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    vouchers: set[str] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    kinds: set[EntryKind] = field(default_factory=set)
    faults: list[EntryFault] = field(default_factory=list)


def told_of(text: Path, layout: Layout) -> Told:
    """Read every row of a text file of entries by its layout. Rows with a fault are not counted."""
    told = Told()
    at = {name: place for place, name in enumerate(layout.columns) if name}
    reading = _Reading(layout, at, told)
    for line, cells in _rows(text, layout):
        if cells is None or holds_rows(cells, layout.delimiter, len(layout.columns)):
            reading.refuse(line)
        elif any(cell.strip() for cell in cells):
            reading.read(line, cells)
    return told


def _rows(text: Path, layout: Layout) -> Iterator[tuple[int, list[str] | None]]:
    """Give the rows after what is skipped, each with its line (or its row in the original); None for what is no row."""
    with text.open(encoding=layout.encoding, errors="replace", newline="") as file:
        reader = csv.reader((line.replace("\0", "") for line in file), **dialect(layout.delimiter, layout.quote))  # type: ignore[arg-type]  # its arguments
        number, record = 1, -layout.skip
        while True:
            cells: list[str] | None = None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                pass
            if record >= 0:
                yield (layout.first_row + record // layout.lines_of_row if layout.first_row else number), cells
            number, record = reader.line_num + 1, record + 1


class _Reading:
    """Reads rows one at a time and adds them up."""

    def __init__(self, layout: Layout, at: dict[str, int], told: Told) -> None:
        self.layout, self.at, self.told = layout, at, told
        self.wrong: list[tuple[str, str, str, str]] = []

    def read(self, line: int, cells: Sequence[str]) -> None:
        """Read a row: an entry, or its faults."""
        self.wrong = []
        account = self._cell(cells, "account")
        if not account:
            self._fault("no_account", "account", "", "Kontot saknas.")
        if "unit" in self.at and not self._cell(cells, "unit"):
            self._fault("no_unit", "unit", "", "Ansvaret saknas.")
        month, kind, amount = self._month(cells), self._kind(cells), self._amount(cells)
        if self.wrong or month is None or kind is None or amount is None:
            self._keep(line)
            return
        if self.layout.income_positive and side_of(account) is Side.INCOME:
            amount = -amount
        told = self.told
        told.entries += 1
        told.total += amount
        told.balances[account] += amount
        told.months.add(month)
        told.kinds.add(kind)
        voucher = self._cell(cells, "voucher")
        if voucher:
            told.vouchers.add(voucher)

    def refuse(self, line: int) -> None:
        """Tell of a row that cannot be cut into cells: nothing of it is known."""
        self.wrong = []
        said = (
            "Raden går inte att läsa: ett citattecken avslutas inte eller långt längre ned, eller en cell är för lång."
        )
        self._fault("bad_row", "", "", said)
        self._keep(line)

    def _keep(self, line: int) -> None:
        if len(self.told.faults) < _MOST_FAULTS:
            for code, name, value, message in self.wrong:
                place = self.at.get(name, -1)
                heading = (
                    self.layout.headings[place] if self.layout.headings and place >= 0 else SWEDISH.get(name, name)
                )
                self.told.faults.append(EntryFault(code, line, heading, value[:60], message, sheet=self.layout.sheet))

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self.at.get(name, -1)
        return cells[place].strip() if 0 <= place < len(cells) else ""

    def _fault(self, code: str, name: str, value: str, message: str) -> None:
        self.wrong.append((code, name, value, message))

    def _month(self, cells: Sequence[str]) -> int | None:
        name = "period" if self._cell(cells, "period") or "date" not in self.at else "date"
        text = self._cell(cells, name)
        if not text:
            self._fault("no_period", name, "", "Perioden saknas.")
            return None
        month = month_of(text)
        if month is None:
            self._fault("bad_period", name, text, f"”{text[:40]}” är ingen period (år och månad).")
        return month

    def _kind(self, cells: Sequence[str]) -> EntryKind | None:
        text = self._cell(cells, "kind")
        kind = KIND_CELLS.get(text.casefold()) if text else self.layout.kind
        if kind is None:
            self._fault("bad_kind", "kind", text, "Raden är varken utfall, budget eller prognos.")
        return kind

    def _amount(self, cells: Sequence[str]) -> Decimal | None:
        given = {name: text for name in _AMOUNTS if (text := self._cell(cells, name))}
        if not given:
            self._fault("no_amount", "amount", "", "Beloppet saknas.")
            return None
        total = Decimal(0)
        for name, text in given.items():
            number = number_of(text, self.layout.decimal)
            if number is None or number * 100 != (number * 100).to_integral_value():
                why = "är inget belopp" if number is None else "har fler än två decimaler"
                self._fault(
                    "bad_amount", name, text, f"”{text[:40]}” {why} (decimaltecknet är ”{self.layout.decimal}”)."
                )
                return None
            total += -number if name == "credit" else number
        return total


@lru_cache(maxsize=10_000)
def month_of(text: str) -> int | None:
    """Read a period or a day as YYYYMM; None for what is neither.

    >>> month_of("202401"), month_of("2024-01-31"), month_of("jan 2024"), month_of("31/1 2024"), month_of("1/2024")
    (202401, 202401, 202401, 202401, 202401)
    >>> month_of("202413"), month_of("202400"), month_of("202416"), month_of("januari"), month_of("20240230x")
    (202412, 202401, None, None, None)
    """
    text = text.strip()
    if (found := _YEAR_FIRST.fullmatch(text)) is not None:
        year, month, day = int(found[1]), int(found[2]), int(found[3] or 1)
    elif (found := _YEAR_LAST.fullmatch(text)) is not None:
        year, month, day = int(found[3]), int(found[2]), int(found[1] or 1)
    elif (found := _WORDED.fullmatch(text.casefold())) is not None:
        year, month, day = int(found[2]), month_named(found[1]) or 0, 1
    else:
        return None
    return _booked(text, year, month) if 1 <= day <= 31 else None


def _booked(text: str, year: int, month: int) -> int | None:
    """Give the month; periods of an opening and a closing are written with two digits and without a day."""
    if 1 <= month <= 12:
        return year * 100 + month
    return month_booked(year, month) if _EXTRA.fullmatch(text) else None
