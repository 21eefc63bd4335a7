"""Reads a SIE file. Everything that can be read is read; what cannot is a fault with its line.

Labels that are not known are passed over, as the format demands. A row that was added to a voucher afterwards
(#RTRANS) is followed by the same row once more (#TRANS) for programs that do not know the label: it counts once.
A removed row (#BTRANS) does not count.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from sys import intern

from uppsikt.exchange.sie.checking import check
from uppsikt.exchange.sie.file import Balance, Entry, SieFile, Voucher, Year
from uppsikt.exchange.sie.letters import LOST, encoding_of, name_of
from uppsikt.exchange.sie.lines import Line, common_entry, common_objects, cut
from uppsikt.exchange.sie.values import amount_of, day_of

_RECORD = re.compile(r"#[A-Za-zÅÄÖåäö]+(?=[\s{]|$)")
_BRACED = re.compile(r"([{}])\s*(#.*)")
_XML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?Sie", re.DOTALL)
_BALANCES = {"IB", "UB", "RES"}
_WITH_OBJECTS = {"OIB", "OUB"}
_BY_PERIOD = {"PSALDO", "PBUDGET"}
_ALL_BALANCES = _BALANCES | _WITH_OBJECTS | _BY_PERIOD
_ENTRIES = {"TRANS", "RTRANS", "BTRANS"}
_ACCOUNT_TYPES = {"T", "S", "K", "I"}


def read_sie(data: bytes, *, import_file: bool = False) -> SieFile:
    """Read a file; never raises. ``import_file`` says that its name is that of an import file (.si).

    A file that is no SIE file at all has no type and the fault ``not_sie``.
    """
    encoding = encoding_of(data)
    reader = _Reader(SieFile(name_of(encoding)))
    start = data[:40_000].decode(encoding, errors="replace")
    if not _looks_like_sie(start):
        said = "Filen är SIE 5 (XML), som inte läses. Exportera den som SIE 4." if _XML.match(start) else _NOT_SIE
        reader.file.fault(1, "not_sie", said)
        return reader.file
    for number, line in enumerate(io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline=None), 1):
        reader.read(line.strip(" \t\n\x1a\x00\ufeff"), number)
    reader.end(import_file=import_file)
    check(reader.file, data)
    reader.file.faults.sort(key=lambda fault: fault.line)
    return reader.file


_NOT_SIE = "Filen är ingen SIE-fil: den saknar #FLAGGA och #SIETYP."


def is_sie(start: bytes) -> bool:
    """Say whether the beginning of a file is that of a SIE file."""
    return _looks_like_sie(start.decode(encoding_of(start), errors="replace"))


def _looks_like_sie(start: str) -> bool:
    return any(label in start.upper() for label in ("#FLAGGA", "#SIETYP", "#VER"))


class _Reader:
    """Walks the lines; keeps the voucher that is open."""

    def __init__(self, file: SieFile) -> None:
        self.file = file
        self.voucher: Voucher | None = None
        self.open = False
        self.added: Entry | None = None  # the row of #RTRANS, until the same row has come as #TRANS
        self.number = 0
        self.lost_at = 0
        self._objects: dict[str, tuple[tuple[str, str], ...]] = {}
        self.records: dict[str, Callable[[Line], None]] = {
            "SIETYP": self._type, "RAR": self._year, "KONTO": self._account,
            "KTYP": self._account_type, "DIM": self._dimension,
            "UNDERDIM": self._dimension, "OBJEKT": self._object, "VER": self._voucher,
            "FNAMN": lambda line: setattr(file, "company", line.field(0)),
            "ORGNR": lambda line: setattr(file, "organisation_number", line.field(0)),
            "PROGRAM": lambda line: setattr(file, "program", " ".join(line.fields[:2])),
            **dict.fromkeys(_ENTRIES, self._entry),
        }  # fmt: skip

    def read(self, text: str, number: int) -> None:
        """Read a line."""
        self.number = number
        if not text:
            return
        if LOST in text and not self.lost_at:
            self.lost_at = number
        if self.open and self.added is None and self._read_common(text):
            return
        if text in "{}":
            self._brace(text)
        elif _RECORD.match(text):
            self._record(cut(text, number))
        elif (braced := _BRACED.fullmatch(text)) is not None:  # "{ #TRANS ..." on one line
            self._brace(braced[1])
            self._record(cut(braced[2], number))
        else:
            self.file.fault(number, "not_a_record", f"Raden börjar inte med en etikett: ”{text[:40]}”.")

    def _read_common(self, text: str) -> bool:
        """Read a row of a voucher that is written as nearly all are; False for any other line."""
        row = common_entry(text)
        if row is None or self.voucher is None:
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
        entry = Entry(self.number, intern(account), known, Decimal(amount), read or self.voucher.day, said)
        self.voucher.entries.append(entry)
        return True

    def end(self, *, import_file: bool) -> None:
        """Say what is missing when the last line is read."""
        file = self.file
        self._leave_open_voucher()
        if self.lost_at:
            said = "Bokstäver har gått förlorade innan filen kom hit. Exportera den på nytt."
            file.fault(self.lost_at, "lost_letters", said)
        if file.type is None:
            file.fault(0, "no_type", "Filen säger inte vilken SIE-typ den är (#SIETYP).")
        if file.type == "4" and not file.balances and (import_file or not file.years):
            file.type = "4i"

    def _leave_open_voucher(self) -> None:
        """Say that a voucher was never closed, when something else begins."""
        if self.voucher is not None:
            said = f"Verifikationen på rad {self.voucher.line} avslutas inte."
            self.file.fault(self.voucher.line, "open_voucher", said)
            self.voucher, self.open = None, False

    def _brace(self, text: str) -> None:
        if text == "{" and self.voucher is not None and not self.open:
            self.open = True
        elif text == "}" and self.open:
            self.voucher, self.open, self.added = None, False, None
        else:
            self.file.fault(self.number, "stray_brace", f"Tecknet {text} hör inte till någon verifikation.")

    def _record(self, line: Line) -> None:
        if not line.clean:
            self.file.fault(
                line.number, "malformed", f"#{line.label} har citattecken, klamrar eller tecken som inte går ihop."
            )
        if line.label not in _ENTRIES:
            self._leave_open_voucher()
        if line.label in _ALL_BALANCES:
            self._balance(line)
        elif line.label in self.records:
            self.records[line.label](line)
        if line.braces:  # "#VER ... {" and "#TRANS ... }" on one line
            self._brace(line.braces)

    def _type(self, line: Line) -> None:
        if line.field(0) in ("1", "2", "3", "4"):
            self.file.type = line.field(0)
        else:
            self.file.fault(
                line.number, "unknown_type", f"SIE-typen ”{line.field(0)}” finns inte. Den ska vara 1, 2, 3 eller 4."
            )

    def _year(self, line: Line) -> None:
        if not line.field(1) and not line.field(2):
            return  # import files may leave the year out
        start, end = self._day(line.field(1), line), self._day(line.field(2), line)
        if not re.fullmatch(r"-?\d{1,2}", line.field(0)) or start is None or end is None or start > end:
            self.file.fault(
                line.number, "bad_year", "Räkenskapsåret (#RAR) ska ha nummer, startdatum och ett slutdatum efter det."
            )
            return
        self.file.years[int(line.field(0))] = Year(int(line.field(0)), start, end)

    def _account(self, line: Line) -> None:
        if line.field(0) in self.file.accounts:
            self.file.fault(line.number, "account_twice", f"Kontot {line.field(0)} finns två gånger i kontoplanen.")
        self.file.accounts[line.field(0)] = line.field(1)

    def _account_type(self, line: Line) -> None:
        if line.field(1).upper() not in _ACCOUNT_TYPES:
            said = f"Kontot {line.field(0)} har typen ”{line.field(1)[:20]}”. Den ska vara T, S, K eller I."
            self.file.fault(line.number, "bad_account_type", said)

    def _dimension(self, line: Line) -> None:
        self.file.dimensions[line.field(0)] = line.field(1)
        if line.label == "UNDERDIM":
            self.file.parents[line.field(0)] = line.field(2)

    def _object(self, line: Line) -> None:
        self.file.objects[line.field(0), line.field(1)] = line.field(2)

    def _balance(self, line: Line) -> None:
        by_period = line.label in _BY_PERIOD
        at = 1 if by_period else 0  # the period stands between year and account
        amount = self._amount(line.field(2 + at), line)
        if not re.fullmatch(r"-?\d{1,2}", line.field(0)) or not line.field(1 + at):
            self.file.fault(line.number, "bad_balance", f"#{line.label} ska ha årsnummer, konto och belopp.")
        elif amount is not None:
            period = line.field(1) if by_period else ""
            if by_period and not re.fullmatch(r"\d{4}(?:0[1-9]|1[0-2])", period):
                self.file.fault(line.number, "bad_period", f"Perioden ”{period}” ska skrivas ÅÅÅÅMM.")
            account = line.field(1 + at)
            self.file.balances.append(
                Balance(line.number, line.label, int(line.field(0)), account, amount, period, line.objects)
            )

    def _voucher(self, line: Line) -> None:
        day = self._day(line.field(2), line)
        self.voucher = Voucher(line.number, line.field(0), line.field(1), day, line.field(3))
        self.file.vouchers.append(self.voucher)

    def _entry(self, line: Line) -> None:
        if self.voucher is None or not self.open:
            self.file.fault(line.number, "stray_entry", f"#{line.label} står utanför en verifikation.")
            return
        amount = self._amount(line.field(1), line)
        if not line.field(0):
            self.file.fault(line.number, "no_account", f"#{line.label} saknar konto.")
        if amount is None or not line.field(0) or line.label == "BTRANS":
            return
        day = self._day(line.field(2), line) or self.voucher.day
        entry = Entry(line.number, line.field(0), line.objects, amount, day, line.field(3))
        added, self.added = self.added, None
        if line.label == "TRANS" and added is not None and _same(added, entry):
            return
        self.voucher.entries.append(entry)
        self.added = entry if line.label == "RTRANS" else None

    def _amount(self, text: str, line: Line) -> Decimal | None:
        amount, wrong = amount_of(text)
        if wrong:
            self.file.fault(line.number, "bad_amount", wrong)
        return amount

    def _day(self, text: str, line: Line) -> date | None:
        day, wrong = day_of(text)
        if wrong:
            self.file.fault(line.number, "bad_date", wrong)
        return day


def _same(one: Entry, other: Entry) -> bool:
    return (one.account, one.objects, one.amount) == (other.account, other.objects, other.amount)
