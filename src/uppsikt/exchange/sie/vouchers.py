"""Reads the vouchers of a SIE file: their rows, and the braces around them wherever a program wrote these.

A row that was added to a voucher afterwards (#RTRANS) is followed by the same row once more (#TRANS) for programs
that do not know the label: it counts once. A removed row (#BTRANS) does not count.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from sys import intern

from uppsikt.exchange.sie.file import Entry, SieFile, Voucher
from uppsikt.exchange.sie.lines import Line, Objects, common_entry, common_objects
from uppsikt.exchange.sie.values import day_of, told_amount, told_day

ROWS = frozenset({"TRANS", "RTRANS", "BTRANS"})
_Same = tuple[str, Objects, Decimal]


class Vouchers:
    """Walks through the vouchers of a file; keeps the one that is open."""

    def __init__(self, file: SieFile) -> None:
        self.file = file
        self.voucher: Voucher | None = None
        self.open = False
        self.added: dict[_Same, list[Entry]] = defaultdict(list)  # rows of #RTRANS that wait for the same #TRANS
        self._objects: dict[str, Objects] = {}

    def begin(self, line: Line) -> None:
        """Begin a voucher with its #VER."""
        day = told_day(self.file, line.field(2), line.number)
        self.voucher = Voucher(line.number, line.field(0), line.field(1), day, line.field(3))
        self.file.vouchers.append(self.voucher)

    def read_common(self, text: str, number: int) -> bool:
        """Read a row of a voucher that is written as nearly all are; False for any other line."""
        if not self.open or self.added or self.voucher is None:
            return False
        row = common_entry(text)
        if row is None:
            return False
        account, objects, amount, day, said = row
        known = self._objects.get(objects)
        if known is None:
            known = common_objects(objects)
            if known is None:
                return False
            self._objects[objects] = known
        read, wrong = day_of(day)
        if wrong:
            return False
        entry = Entry(number, intern(account), known, Decimal(amount), read or self.voucher.day, said)
        self.voucher.entries.append(entry)
        return True

    def read_row(self, line: Line) -> None:
        """Read any row of a voucher."""
        if self.voucher is None:
            self.file.fault(line.number, "stray_entry", f"#{line.label} står utanför en verifikation.")
            return
        if not self.open:
            self.open = True
            self.file.fault(line.number, "no_brace", f"Raderna efter #VER på rad {self.voucher.line} saknar klammer.")
        amount = told_amount(self.file, line.field(1), line.number)
        if not line.field(0):
            self.file.fault(line.number, "no_account", f"#{line.label} saknar konto.")
        if amount is None or not line.field(0) or line.label == "BTRANS":
            return
        day = told_day(self.file, line.field(2), line.number) or self.voucher.day
        entry = Entry(line.number, line.field(0), line.objects, amount, day, line.field(3))
        same = (entry.account, entry.objects, entry.amount)
        if line.label == "TRANS" and self.added.get(same):
            self.added[same].pop()
            if not self.added[same]:
                del self.added[same]
            return
        self.voucher.entries.append(entry)
        if line.label == "RTRANS":
            self.added[same].append(entry)

    def brace(self, text: str, number: int) -> None:
        """Open or close a voucher."""
        if text == "{" and self.voucher is not None and not self.open:
            self.open = True
        elif text == "}" and self.open:
            self._close()
        else:
            self.file.fault(number, "stray_brace", f"Tecknet {text} hör inte till någon verifikation.")

    def leave(self) -> None:
        """Say that a voucher was never closed, when something else begins or the file ends."""
        if self.voucher is not None:
            said = f"Verifikationen på rad {self.voucher.line} avslutas inte."
            self.file.fault(self.voucher.line, "open_voucher", said)
            self._close()

    def _close(self) -> None:
        voucher = self.voucher
        if voucher is not None:
            if self.added:
                self._settle(voucher, [one for several in self.added.values() for one in several])
            if voucher.day is None and any(one.day is None for one in voucher.entries):
                self.file.fault(voucher.line, "no_date", "Verifikationen har inget datum.")
        self.voucher, self.open = None, False
        self.added.clear()

    def _settle(self, voucher: Voucher, alone: list[Entry]) -> None:
        """Say which added rows have no twin. They count, unless the voucher balances without them and not with them:
        then a program wrote the twin in other words.
        """
        total = sum((one.amount for one in voucher.entries), Decimal(0))
        counted = not total or total != sum((one.amount for one in alone), Decimal(0))
        said = "Den räknas." if counted else "Den räknas inte, för utan den balanserar verifikationen."
        for one in alone:
            self.file.fault(one.line, "added_alone", f"#RTRANS följs inte av en likadan #TRANS. {said}")
        if not counted:
            lines = {one.line for one in alone}
            voucher.entries = [one for one in voucher.entries if one.line not in lines]
