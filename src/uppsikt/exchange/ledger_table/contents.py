"""What the cells of a column look like: periods, days, amounts, codes or text; and how the amounts are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.economy.ledger import LAST_PERIOD
from uppsikt.exchange.ledger_table.headings import KIND_CELLS, SIDE_CELLS, month_named

_SPACES = " \u00a0\u2007\u2009\u202f"
_PERIOD = re.compile(r"(?:19|20|21)\d\d ?[-/.mM]? ?(?:0[0-9]|1[0-5])|(?:0?[1-9]|1[0-5])[-/.](?:19|20|21)\d\d")
_WORDED = re.compile(r"([^\W\d_]{3,9})\.?[ -]\d{4}")
_DAY = re.compile(
    r"(?:19|20|21)\d\d(?:[-/.]?)(?:0[1-9]|1[0-2])(?:[-/.]?)(?:0[1-9]|[12]\d|3[01])(?:[ T]\d\d:\d\d.*)?"
    r"|\d{1,2}(?:/\d{1,2} |\.\d{1,2}\.)\d{4}"
)
_NUMBER = re.compile(rf"[-+−–(]?[{_SPACES}]?(?:\d{{1,3}}(?:[{_SPACES}.,']\d{{3}})+|\d+)?(?:[.,]\d*)?[{_SPACES}]?[-)]?")
_SHORT = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-5])(?:(?<=0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))?")
_CODE = re.compile(r"[^\W_][\w./-]{0,19}")
_SURELY = 3  # amounts with three digits after a sign: fewer may be decimals
_GROUP = re.compile(rf"[1-9]\d{{0,2}}(?:[{_SPACES}']\d{{3}})*")
_LAST = re.compile(r"([.,])(\d+)[ )-]*$")


@dataclass(frozen=True, slots=True)
class Contents:
    """The shares (0 to 1) of a column's filled cells that could be of each sort."""

    filled: int = 0
    period: float = 0.0
    day: float = 0.0
    number: float = 0.0
    fraction: float = 0.0  # numbers with a sign, decimals or grouped thousands: surely amounts
    whole: float = 0.0  # digits only
    account: float = 0.0  # three to eight digits whose first is 1 to 9
    code: float = 0.0
    kind: float = 0.0
    month: float = 0.0  # 1 to 12, a closing's period 13 to 15, or a month's name
    year: float = 0.0
    side: float = 0.0  # debit or credit
    short: float = 0.0  # a period or a day whose year has two digits
    different: int = 0

    @property
    def amounts(self) -> float:
        """The share of numbers where some are surely amounts and others have neither decimals nor sign."""
        return self.number if self.fraction else 0.0


def contents_of(cells: Iterable[str]) -> Contents:
    """Say what a column's cells look like.

    >>> contents_of(["202401", "202402"]).period, contents_of(["1 234,50", "-7"]).fraction
    (1.0, 1.0)
    """
    filled = [text for cell in cells if (text := cell.strip(_SPACES + "\t"))]
    if not filled:
        return Contents()
    count = len(filled)

    shares = {sort: sum(map(test, filled)) / count for sort, test in _SORTS.items()}
    return Contents(filled=count, different=len(set(filled)), **shares)


def _is_period(text: str) -> bool:
    worded = _WORDED.fullmatch(text.casefold())
    return _PERIOD.fullmatch(text) is not None or (worded is not None and month_named(worded[1]) is not None)


def _is_month(text: str) -> bool:
    return (_is_digits(text) and len(text) <= 2 and 1 <= int(text) <= LAST_PERIOD) or month_named(
        text.casefold()
    ) is not None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def is_number(text: str) -> bool:
    """Say whether a text is a number as programs write amounts, whichever their signs."""
    return _NUMBER.fullmatch(text) is not None and any(letter.isdecimal() for letter in text)


_SORTS: dict[str, Callable[[str], bool]] = {
    "period": _is_period,
    "day": lambda text: _DAY.fullmatch(text) is not None,
    "number": is_number,
    "fraction": lambda text: not _is_digits(text) and is_number(text),
    "whole": _is_digits,
    "account": lambda text: _is_digits(text) and 3 <= len(text) <= 8 and text[0] != "0",
    "code": lambda text: _CODE.fullmatch(text) is not None,
    "kind": lambda text: text.casefold() in KIND_CELLS,
    "month": _is_month,
    "side": lambda text: text.casefold() in SIDE_CELLS,
    "short": lambda text: _SHORT.fullmatch(text) is not None,
    "year": lambda text: _is_digits(text) and len(text) == 4 and 1990 <= int(text) <= 2199,
}


def decimal_sign(cells: Iterable[str], otherwise: str) -> str:
    """Find the decimal sign of amounts; ``otherwise`` where none of them has decimals.

    A sign with three digits after it may group thousands: it does where that is so every time and often enough, so
    that it cannot be three decimals. Where it is unsure it is taken for a decimal sign, and the store refuses three
    decimals rather than making an amount a thousand times larger.

    >>> [decimal_sign(texts, ",") for texts in (["-5.2"], ["1,234", "12,345", "7,000"], ["-6,005"], ["1.234.567"])]
    ['.', '.', ',', ',']
    """
    texts = [cell.strip(_SPACES + "\t") for cell in cells]
    decimals: Counter[str] = Counter()
    grouped: Counter[str] = Counter()
    for text in texts:
        found = _LAST.search(text)
        if found:
            sign, other = found[1], "," if found[1] == "." else "."
            whole = text[: found.start()].lstrip("-+−–( ")
            if text.count(sign) > 1:
                grouped[sign] += _SURELY
            elif len(found[2]) != 3 or other in whole or not _GROUP.fullmatch(whole):
                decimals[sign] += 1
            else:
                grouped[sign] += 1
    if decimals:
        return decimals.most_common(1)[0][0]
    sure = [sign for sign, times in grouped.items() if times >= _SURELY]
    return {".": ",", ",": "."}[sure[0]] if len(sure) == 1 else otherwise


def thousands_sign(cells: Iterable[str], decimal: str) -> str:
    """Find the sign that groups thousands, "" where nothing does.

    >>> thousands_sign(["1 234,50"], ","), thousands_sign(["1.234.567"], ","), thousands_sign(["1234"], ",")
    (' ', '.', '')
    """
    grouping = re.compile(rf"\d([{_SPACES}.,'])\d{{3}}(?!\d)")
    found = Counter(sign for cell in cells for sign in grouping.findall(cell) if sign != decimal)
    return found.most_common(1)[0][0] if found else ""


def number_is_negative(text: str) -> bool:
    """Say whether an amount has a minus sign before or behind it, or stands in brackets."""
    return any(sign in text for sign in "-−–(")


def number_of(text: str, decimal: str) -> Decimal | None:
    """Read an amount by its decimal sign; None for what is no amount.

    >>> number_of("(1 234,50)", ","), number_of("1.234", ","), number_of("x", ",")
    (Decimal('-1234.50'), Decimal('1234'), None)
    """
    text = text.strip(_SPACES + "\t")
    if not is_number(text):
        return None
    negative = number_is_negative(text)
    whole, _, rest = text.partition(decimal)
    digits = ["".join(letter for letter in one if letter.isdecimal()) for one in (whole, rest)]
    number = Decimal(f"{digits[0] or '0'}.{digits[1] or '0'}") if rest else Decimal(digits[0] or 0)
    return -number if negative else number
