"""Reads the amounts and dates of a SIE file as the format has them, and as programs write them against it.

What can be understood in one way only is read and told as a fault of form; what cannot is a fault and nothing.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from uppsikt.exchange.sie.file import SieFile

_AMOUNT = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_SPACES = re.compile("[ \u00a0\u2007\u2009\u202f]")
_COMMA = re.compile(r"[+-]?\d+,\d{1,2}", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d{1,2}|[+-]?\d{1,3}(?:\.\d{3})+,\d{1,2}", re.ASCII)
_BEHIND = re.compile(r"([\d.,]+)-", re.ASCII)
_DAY = re.compile(r"[0-9]{8}")
_DASHED = re.compile(r"([0-9]{4})[-/.]([0-9]{2})[-/.]([0-9]{2})(?:[T ].*)?")
_LONGEST = 60  # characters of an amount
_LARGEST = Decimal(10) ** 20  # kronor: sums of amounts below it stay exact
_NOISE = Decimal("0.000001")  # kronor: what a program's binary fractions leave behind
_NO_DAY = {"", "0", "00000000"}  # some programs write zeros for a day that is not there


def amount_of(text: str) -> tuple[Decimal | None, str]:
    """Give the amount that a field holds, and what is wrong with how it is written ("" when nothing is), § 5.9.

    >>> amount_of("-1250.50"), amount_of("1250,50")[0], amount_of("x")[0], amount_of("1.255")[0]
    ((Decimal('-1250.50'), ''), Decimal('1250.50'), None, Decimal('1.255'))
    >>> amount_of("+5")[0], amount_of("99.50-")[0], amount_of("-7.3E-12")[0], amount_of("1 250,00")[0]
    (Decimal('5.00'), Decimal('-99.50'), Decimal('0.00'), Decimal('1250.00'))
    """
    if not text:
        return None, "Beloppet saknas. Det ska skrivas med punkt, till exempel -1250.50."
    shown = text[:30]
    plain = text if _AMOUNT.fullmatch(text) else _plain(text)
    if len(plain) > _LONGEST or not _NUMBER.fullmatch(plain):
        return None, f"Beloppet ”{shown}” är inget tal. Det ska skrivas med punkt, till exempel -1250.50."
    amount = Decimal(plain)
    if abs(amount) >= _LARGEST:
        return None, f"Beloppet ”{shown}” är för stort."
    near = round(amount, 2)
    if amount != near and abs(amount - near) >= _NOISE:
        return amount, f"Beloppet ”{shown}” har fler än två decimaler."
    if plain == text and amount == near and "e" not in text.lower() and text[0] != "+":
        return amount, ""
    return near + 0, f"Beloppet ”{shown}” ska skrivas {near + 0:f}; det läses så."


def _plain(text: str) -> str:
    """Take away what groups thousands, and put sign and decimal point where the format has them."""
    plain = _SPACES.sub("", text[: _LONGEST + 1]).replace("\u2212", "-")
    plain = _BEHIND.sub(r"-\1", plain) if _BEHIND.fullmatch(plain) else plain
    if _GROUPED.fullmatch(plain):
        sign = max(".", ",", key=plain.rfind)
        plain = plain.replace("," if sign == "." else ".", "")
    return plain.replace(",", ".") if _COMMA.fullmatch(plain) else plain


@lru_cache(maxsize=4096)
def day_of(text: str) -> tuple[date | None, str]:
    """Give the day that a field holds, and what is wrong with it ("" when nothing is, or when it is empty), § 5.10.

    >>> day_of("20240131")[0], day_of("2024-01-31")[0], day_of("20240230")[0], day_of("")
    (datetime.date(2024, 1, 31), datetime.date(2024, 1, 31), None, (None, ''))
    """
    if text in _NO_DAY:
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


def told_amount(file: SieFile, text: str, line: int) -> Decimal | None:
    """Give the amount of a field, and tell the file what is wrong with it: ``amount_form`` where it is read all the
    same, ``bad_amount`` where it is none or has parts of an öre.
    """
    amount, wrong = amount_of(text)
    if wrong:
        whole = amount is not None and amount == round(amount, 2)
        file.fault(line, "amount_form" if whole else "bad_amount", wrong)
    return amount


def told_day(file: SieFile, text: str, line: int) -> date | None:
    """Give the day of a field, and tell the file what is wrong with it: ``date_form`` or ``bad_date``."""
    day, wrong = day_of(text)
    if wrong:
        file.fault(line, "bad_date" if day is None else "date_form", wrong)
    return day
