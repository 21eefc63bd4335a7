"""In which unit figures are printed: said by the heading, the title, the text above, a column or a row's label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from uppsikt.core.quantities import COUNT, KR, MONEY, PERCENT, PLAIN, Unit
from uppsikt.documents.inference.words import PER_SOMETHING, UNITS

_ROW_KR = re.compile(r"\(kr\)|, ?kr\.?$|\bi kr\b|\(kronor\)")
# "(20 mnkr)" in a label tells an amount and no unit.
_AMOUNT = re.compile(r"\d[\d ,.]*\s*((mnkr|mkr|tkr|kkr|kr|kronor|mdkr|procent)\b|%)")
_PER_HEAD = re.compile(
    r"\bper (invånare|elev|barn|brukare|plats|capita|kvm|m²|timme|dygn|dag|vårddygn|hushåll|person)\b|kr ?/"
)
_NO_MONEY = re.compile(
    r"(, |\()(antal|timmar|dagar|dygn|personer|platser|kvm|m²|ha|hektar|ton|mwh|år|poäng|st)\b|"
    r"\bårsarbetare\b|kr ?/|\bkr per\b|kronor per\b|index$"
)


def money_unit(text: str) -> Unit | None:
    """Give the unit of money that a text names."""
    words = text.casefold()
    return next((unit for pattern, unit in UNITS if unit.base and re.search(pattern, words)), None)


def first_money_unit(texts: Iterable[str]) -> Unit | None:
    """Give the unit of the first text that names one."""
    return next((unit for text in texts if (unit := money_unit(text)) is not None), None)


def column_unit(heading: str) -> Unit | None:
    """Give the unit that a column's own heading names: money, shares or a count."""
    words = heading.casefold().strip()
    money = money_unit(words)
    if money is not None:
        return money
    if re.search(r"%|\bprocent\b|\bandel\b", words):
        return PERCENT
    return COUNT if re.search(r"^antal\b|\bantal$|\bst\.?$", words) else None


def row_unit(label: str, table_unit: Unit) -> Unit:
    """Give the unit of a row's figures: as its label says, else the table's.

    A count that is told per something ("per 1 000 invånare") is a plain number.

    >>> row_unit("Andel heltid (%)", PLAIN).symbol, row_unit("Antal ärenden", PLAIN).symbol
    ('%', 'antal')
    """
    words = _AMOUNT.sub(" ", label.casefold()).strip()
    per = any(re.search(pattern, words) for pattern in PER_SOMETHING)
    if re.search(r"%|\bprocent\b|^andelen?\b", words) and not re.search(r"per 1 ?000|%-ig", words):
        return PERCENT
    if per and (table_unit not in MONEY or _PER_HEAD.search(words)):
        return PLAIN
    if re.match(r"^antal(et)?\b", words):
        return COUNT if "genomsnitt" not in words and "årsarbet" not in words else PLAIN
    money = money_unit(words)
    if money is not None and money is not KR:
        return money
    if _ROW_KR.search(words):
        return KR
    return PLAIN if table_unit in MONEY and _NO_MONEY.search(words) and "kostnad" not in words else table_unit


def commonest(units: Sequence[Unit]) -> Unit | None:
    """Give the unit when all agree on it."""
    return units[0] if units and all(unit == units[0] for unit in units) else None
