"""Reads the amounts and dates of a SIE file as the format has them, and as programs write them against it.

What can be understood in one way only is read and told as a fault; what cannot is a fault and nothing.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

_AMOUNT = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_SPACES = re.compile("[ \u00a0\u2007\u2009\u202f]")
_COMMA = re.compile(r"[+-]?\d+,\d{1,2}", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d{1,2}|[+-]?\d{1,3}(?:\.\d{3})+,\d{1,2}", re.ASCII)
_DAY = re.compile(r"[0-9]{8}")
_DASHED = re.compile(r"([0-9]{4})[-/.]([0-9]{2})[-/.]([0-9]{2})(?:[T ].*)?")
_LONGEST = 30  # characters of an amount


def amount_of(text: str) -> tuple[Decimal | None, str]:
    """Give the amount that a field holds, and what is wrong with how it is written ("" when nothing is).

    >>> amount_of("-1250.50"), amount_of("1250,50")[0], amount_of("x")[0], amount_of("1.255")[0]
    ((Decimal('-1250.50'), ''), Decimal('1250.50'), None, Decimal('1.255'))
    """
    if len(text) <= _LONGEST and _AMOUNT.fullmatch(text):
        amount = Decimal(text)
        if "." in text and len(text.rpartition(".")[2].rstrip("0")) > 2:
            return amount, f"Beloppet ”{text}” har fler än två decimaler."
        return amount, ""
    if not text:
        return None, "Beloppet saknas. Det ska skrivas med punkt, till exempel -1250.50."
    plain = _SPACES.sub("", text).replace("\u2212", "-")
    if _GROUPED.fullmatch(plain):
        sign = max(".", ",", key=plain.rfind)
        plain = plain.replace("," if sign == "." else ".", "")
    plain = plain.replace(",", ".") if _COMMA.fullmatch(plain) else plain
    if len(plain) <= _LONGEST and _AMOUNT.fullmatch(plain):
        return Decimal(plain), f"Beloppet ”{text[:_LONGEST]}” ska skrivas {plain}; det läses så."
    return None, f"Beloppet ”{text[:_LONGEST]}” är inget tal. Det ska skrivas med punkt, till exempel -1250.50."


@lru_cache(maxsize=4096)
def day_of(text: str) -> tuple[date | None, str]:
    """Give the day that a field holds, and what is wrong with it ("" when nothing is, or when it is empty).

    >>> day_of("20240131")[0], day_of("2024-01-31")[0], day_of("20240230")[0], day_of("")
    (datetime.date(2024, 1, 31), datetime.date(2024, 1, 31), None, (None, ''))
    """
    if not text:
        return None, ""
    dashed = _DASHED.fullmatch(text)
    digits = "".join(dashed.groups()) if dashed else text
    wrong = f"Datumet ”{text[:20]}” finns inte. Det ska skrivas ÅÅÅÅMMDD."
    if not _DAY.fullmatch(digits):
        return None, wrong
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None, wrong
    return day, (f"Datumet ”{text[:20]}” ska skrivas {digits}; det läses så." if dashed else "")
