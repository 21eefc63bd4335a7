"""Which side of the account a row tells, by its own words and those of the heading above it."""

from __future__ import annotations

import re

from uppsikt.core.tables import Measure, Row, RowRole
from uppsikt.documents.inference.words import COSTS, INCOME, NOT_COSTS, OF_WHICH

_HEADS = {
    "kostnader": Measure.COSTS,
    "intäkter": Measure.INCOME,
    "utgifter": Measure.COSTS,
    "inkomster": Measure.INCOME,
}


def _bare(label: str) -> str:
    return re.sub(r"^(varav|därav|summa|totala?|[-–•\s])+", "", label.casefold()).strip(" :.*")


def side_of(label: str) -> Measure:
    """Give the side that a label names: "varav intäkter", "Personalkostnader", "Skatteintäkter"; else none.

    >>> side_of("varav kostnader").value, side_of("Verksamhetens nettokostnad").value
    ('costs', '')
    """
    words = re.sub(r"\([^)]*\)", "", _bare(label)).strip()
    if re.search(NOT_COSTS, words):
        return Measure.NONE
    if re.search(INCOME, words):
        return Measure.INCOME
    return Measure.COSTS if re.search(COSTS, words) else Measure.NONE


def is_side(label: str) -> bool:
    """Say whether a label is nothing but the name of a side: "Intäkter", "- kostnader"."""
    return _bare(label) in _HEADS


def says_part(label: str) -> bool:
    """Say whether a label calls its row a part of another."""
    return any(re.match(pattern, label.casefold()) for pattern in OF_WHICH)


def measure_of(row: Row, heading: str) -> Measure:
    """Give the measure of a row of money; a row that names no side tells a net, unless its heading names one."""
    if row.role in (RowRole.HEADING, RowRole.NOTE, RowRole.BREAKDOWN):
        return Measure.NONE
    side = side_of(row.label)
    if row.role is RowRole.OF_WHICH:
        return side if is_side(row.label) else Measure.NONE
    above = _HEADS.get(_bare(heading), Measure.NONE)
    own = side if side is not Measure.COSTS or is_side(row.label) else Measure.NONE
    return own or above or Measure.NET
