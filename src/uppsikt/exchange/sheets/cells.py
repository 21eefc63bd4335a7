"""What a cell of a workbook holds, exactly.

A workbook stores numbers as binary fractions, so 0.1 + 0.2 is 0.30000000000000004 there. Such noise is taken away
where two decimals are surely meant; a number that has more decimals than noise explains keeps them all, so that
whoever reads amounts can refuse it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite

from uppsikt.core.errors import ReadingError

Cell = str | Decimal | date | bool | None
_NOISE = 1e-9  # kronor: what adding and subtracting binary fractions leaves behind
_RELATIVE = 1e-14  # of the number itself: its last binary digits
_MOST_NOISE = 1e-3  # beyond it a third decimal would be taken for noise
_WHOLE = 1e15  # up to here every whole number is exact
_ORE = 2.0**53 / 100  # up to here every öre has a binary fraction of its own
_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u202f]")
_AMOUNT = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+(?=,|$)|\d+)?(?:[.,]\d+)?")
_MINUS = str.maketrans(dict.fromkeys("−–‑‒", "-"))


def cell_of(value: object) -> Cell:
    """Give what the workbook holds as one of our kinds; an empty text is None.

    >>> cell_of(0.1 + 0.2), cell_of(3011.0), cell_of(0.125), cell_of("")
    (Decimal('0.30'), Decimal('3011'), Decimal('0.125'), None)
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, float | int):
        return exact(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value) or None


def exact(number: float) -> Decimal | str:
    """Give the number that a person meant: whole, with two decimals, or with all that it has.

    >>> exact(1234567.8900000001), exact(-2.9e-11), exact(1e22)
    (Decimal('1234567.89'), Decimal('0'), Decimal('10000000000000000000000'))
    >>> exact(4e12 + 0.125), exact(2.0**47 + 0.03125)
    (Decimal('4000000000000.125'), Decimal('140737488355328.03125'))
    """
    if isinstance(number, int):
        return Decimal(number)
    if not isfinite(number):
        return str(number)
    if number.is_integer() and abs(number) < _WHOLE:
        return Decimal(int(number))
    if abs(number) > _ORE:
        return Decimal(number)  # which öre was meant cannot be known: all its digits, so that it is refused
    rounded = round(number, 2)
    if abs(number - rounded) <= min(max(_NOISE, abs(number) * _RELATIVE), _MOST_NOISE):
        shown = Decimal(repr(rounded))
        return Decimal(int(shown)) if shown == int(shown) else shown.quantize(Decimal("0.01"))
    return Decimal(f"{Decimal(repr(number)):f}")


def text_of(cell: Cell) -> str:
    """Give a cell as text: numbers with a point and without grouping, days as YYYY-MM-DD, nothing as "".

    >>> text_of(Decimal("-12.50")), text_of(date(2024, 1, 31)), text_of(None), text_of(True)
    ('-12.50', '2024-01-31', '', 'SANT')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "SANT" if cell else "FALSKT"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else cell


def amount_of(cell: Cell) -> Decimal | None:
    """Give the amount that a cell holds, also when it was typed as text ("1 234,50", "−5"); None where it is empty.

    Raises ReadingError with a Swedish sentence for what is no amount.

    >>> amount_of("1 234,50"), amount_of(" "), amount_of("1.234.567"), amount_of("-12.5")
    (Decimal('1234.50'), None, Decimal('1234567'), Decimal('-12.5'))
    """
    if isinstance(cell, Decimal):
        return cell
    text = _SPACES.sub("", text_of(cell)).translate(_MINUS)
    text = text.removesuffix("kr")
    if not text:
        return None
    if _AMOUNT.fullmatch(text) and not isinstance(cell, bool | date):
        grouped = "," in text or text.count(".") > 1
        plain = text.replace(".", "").replace(",", ".") if grouped else text
        try:
            return Decimal(plain)
        except InvalidOperation:
            pass  # a lone sign
    raise ReadingError(f"”{text_of(cell)[:40]}” är inget belopp. Skriv till exempel 1 234,50.", text=text_of(cell))
