"""Reads a SIE file. Everything that can be read is read; what cannot is a fault with its line.

Labels and fields that are not known are passed over, as the format demands (§ 7.1, 7.3).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal

from uppsikt.exchange.sie.checking import check
from uppsikt.exchange.sie.file import Balance, SieFile, Year
from uppsikt.exchange.sie.kinds import START, is_sie, what_else
from uppsikt.exchange.sie.letters import LOST, encoding_of, evened, name_of
from uppsikt.exchange.sie.lines import LABELS, LONGEST, Line, cut
from uppsikt.exchange.sie.values import told_amount, told_day
from uppsikt.exchange.sie.vouchers import ROWS, Vouchers

_BRACED = re.compile(r"([{}])[ \t]*(#.*)")
_YEAR = re.compile(r"-?\d{1,2}", re.ASCII)
_BALANCES = {"IB", "UB", "RES"}
_WITH_OBJECTS = {"OIB", "OUB"}
_BY_PERIOD = {"PSALDO", "PBUDGET"}
_ALL_BALANCES = _BALANCES | _WITH_OBJECTS | _BY_PERIOD
_ACCOUNT_TYPES = {"T", "S", "K", "I"}
_TYPES = {"1": "1", "2": "2", "3": "3", "4": "4", "4E": "4", "4I": "4i"}
_BLANK = " \t\r\n\x1a\x00\ufeff"


def read_sie(data: bytes, *, import_file: bool = False) -> SieFile:
    """Read a file; never raises. ``import_file`` says that its name is that of an import file (.si).

    A file that is no SIE file at all has no type and the fault ``not_sie``.
    """
    encoding = encoding_of(data)
    reader = _Reader(SieFile(name_of(encoding)))
    if not is_sie(data[:START]):
        reader.file.fault(1, "not_sie", what_else(data))
        return reader.file
    text, read_as, other = evened(data, encoding)
    if other:
        said = f"Filen blandar teckenkoder: den är mest {name_of(encoding)}, men inte på den här raden."
        reader.file.fault(other, "mixed_letters", said)
    for number, line in enumerate(io.TextIOWrapper(io.BytesIO(text), read_as, errors="replace", newline=None), 1):
        reader.read(line.strip(_BLANK), number)
    reader.end(import_file=import_file)
    check(reader.file, data, encoding)
    reader.file.settle_faults()
    return reader.file


class _Reader:
    """Walks the lines."""

    def __init__(self, file: SieFile) -> None:
        self.file = file
        self.vouchers = Vouchers(file)
        self.goes_on = False  # the text at the end of the line before was not closed
        self.lost_at = 0
        self.records: dict[str, Callable[[Line], None]] = {
            "SIETYP": self._type, "RAR": self._year, "KONTO": self._account,
            "KTYP": self._account_type, "DIM": self._dimension,
            "UNDERDIM": self._dimension, "OBJEKT": self._object, "VER": self.vouchers.begin,
            "FNAMN": lambda line: setattr(file, "company", line.name(0)),
            "ORGNR": lambda line: setattr(file, "organisation_number", line.field(0)),
            "VALUTA": lambda line: setattr(file, "currency", line.field(0).upper()),
            "PROGRAM": lambda line: setattr(file, "program", " ".join(line.fields[:2])),
            **dict.fromkeys(ROWS, self.vouchers.read_row),
            **dict.fromkeys(_ALL_BALANCES, self._balance),
        }  # fmt: skip

    def read(self, text: str, number: int) -> None:
        """Read a line."""
        if not text:
            return
        if LOST in text and not self.lost_at:
            self.lost_at = number
        if self.vouchers.read_common(text, number):
            return
        continued, self.goes_on = self.goes_on, False
        if len(text) > LONGEST:
            self.file.fault(number, "too_long", f"Raden har {len(text)} tecken. Bara de första {LONGEST} läses.")
            text = text[:LONGEST]
        if text in ("{", "}"):
            self.vouchers.brace(text, number)
        elif text.replace(" ", "") == "{}":  # a voucher without rows
            self.vouchers.brace("{", number)
            self.vouchers.brace("}", number)
        elif text[0] == "#" and text[1:2].strip():
            self._record(cut(text, number))
        elif (braced := _BRACED.fullmatch(text)) is not None:  # "{ #TRANS ..." on one line
            self.vouchers.brace(braced[1], number)
            self._record(cut(braced[2], number))
        elif not continued:  # a text that goes on was told of where it began
            self.file.fault(number, "not_a_record", f"Raden börjar inte med en etikett: ”{text[:40]}”.")

    def end(self, *, import_file: bool) -> None:
        """Say what is missing when the last line is read."""
        file = self.file
        self.vouchers.leave()
        if self.lost_at:
            said = "Bokstäver har gått förlorade innan filen kom hit. Exportera den på nytt."
            file.fault(self.lost_at, "lost_letters", said)
        if file.type is None:
            self._untold_type()
        if file.type == "4" and not file.balances and (import_file or not file.years):
            file.type = "4i"
        if file.balances and 0 not in file.years:
            file.fault(0, "no_year", "Filen säger inte vilket räkenskapsår den gäller (#RAR 0).")

    def _untold_type(self) -> None:
        """Find the type by what the file holds. Only type 1 may leave it out (§ 6)."""
        file, kinds = self.file, {one.kind for one in self.file.balances}
        objects = any(one.objects for one in file.balances)
        by_content = "3" if kinds & _WITH_OBJECTS or objects else "2" if kinds & _BY_PERIOD else "1" if kinds else None
        file.type = "4" if file.vouchers else by_content
        told = any(one.code == "unknown_type" for one in file.faults)
        if file.type != "1" and not told:
            read = f" Innehållet är av typ {file.type}." if file.type else ""
            file.fault(0, "no_type", f"Filen säger inte vilken SIE-typ den är (#SIETYP).{read}")

    def _record(self, line: Line) -> None:
        self.goes_on = line.goes_on
        known = line.label in LABELS
        if known and not line.whole:
            said = f"#{line.label} har citattecken, klamrar eller tecken som inte går ihop."
            self.file.fault(line.number, "malformed", said)
        elif known and not line.clean:
            said = (
                f"#{line.label} är inte skriven som formatet säger (citattecken, mellanslag eller tecken); den läses."
            )
            self.file.fault(line.number, "line_form", said)
        if known and line.label not in ROWS:
            self.vouchers.leave()
        if line.label in self.records:
            self.records[line.label](line)
        if line.braces:  # "#VER ... {" and "#TRANS ... }" on one line
            self.vouchers.brace(line.braces, line.number)

    def _type(self, line: Line) -> None:
        told = _TYPES.get(line.field(0).upper())
        if told is not None:
            self.file.type = told
            return
        said = f"SIE-typen ”{line.field(0)[:20]}” finns inte. Den ska vara 1, 2, 3 eller 4."
        self.file.fault(line.number, "unknown_type", said)

    def _year(self, line: Line) -> None:
        if not line.field(1) and not line.field(2):
            return  # import files may leave the year out
        start, end = (told_day(self.file, line.field(at), line.number) for at in (1, 2))
        if not _YEAR.fullmatch(line.field(0)) or start is None or end is None or start > end:
            said = "Räkenskapsåret (#RAR) ska ha nummer, startdatum och ett slutdatum efter det."
            self.file.fault(line.number, "bad_year", said)
            return
        self.file.years[int(line.field(0))] = Year(int(line.field(0)), start, end)

    def _account(self, line: Line) -> None:
        number = line.field(0)
        if number in self.file.accounts:
            self.file.fault(line.number, "account_twice", f"Kontot {number[:20]} finns två gånger i kontoplanen.")
        elif not (number.isascii() and number.isdigit()):
            self.file.fault(line.number, "bad_account", f"Kontot ”{number[:20]}” är inget nummer.")
        self.file.accounts[number] = line.name(1)

    def _account_type(self, line: Line) -> None:
        if line.field(1).upper() not in _ACCOUNT_TYPES:
            said = f"Kontot {line.field(0)[:20]} har typen ”{line.field(1)[:20]}”. Den ska vara T, S, K eller I."
            self.file.fault(line.number, "bad_account_type", said)

    def _dimension(self, line: Line) -> None:
        self.file.dimensions[line.field(0)] = line.field(1) if line.label == "UNDERDIM" else line.name(1)
        if line.label == "UNDERDIM":
            self.file.parents[line.field(0)] = line.field(2)

    def _object(self, line: Line) -> None:
        self.file.objects[line.field(0), line.field(1)] = line.name(2)

    def _balance(self, line: Line) -> None:
        by_period = line.label in _BY_PERIOD
        at = 1 if by_period else 0  # the period stands between year and account
        amount: Decimal | None = told_amount(self.file, line.field(2 + at), line.number)
        if not _YEAR.fullmatch(line.field(0)) or not line.field(1 + at):
            self.file.fault(line.number, "bad_balance", f"#{line.label} ska ha årsnummer, konto och belopp.")
        elif amount is not None:
            period = line.field(1) if by_period else ""
            # The part of an account that an object has is no balance of the account.
            kind = f"O{line.label}" if line.objects and line.label in _BALANCES else line.label
            one = Balance(line.number, kind, int(line.field(0)), line.field(1 + at), amount, period, line.objects)
            self.file.balances.append(one)
