"""Whole kronor as people type and paste them: the one reading that grid, form and spreadsheet share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from uppsikt.core.errors import ReadingError
from uppsikt.core.quantities import KR, parse_quantity

_LARGEST = 10**13  # kronor: ten thousand billions is more than all municipalities together spend in ten years
_BRACKETED = re.compile(r"^\((.+)\)$")
_TRAILING_MINUS = re.compile(r"^([^-−–]+)[-−–]$")


def read_kronor(text: str) -> int:
    """Read an amount in whole kronor; an empty cell is zero.

    Spaces of every kind part the thousands, minus is any of -, − and –, before or after, or brackets. A unit may
    follow ("12 tkr"). Öre are refused and never rounded away. Raises ReadingError with a sentence.

    >>> read_kronor("1 234,00"), read_kronor("−5"), read_kronor("(7)"), read_kronor("1,5 tkr"), read_kronor("")
    (1234, -5, -7, 1500, 0)
    """
    clean = " ".join(text.split())
    if not clean:
        return 0
    for form in (_BRACKETED, _TRAILING_MINUS):
        clean = form.sub(r"-\1", clean)
    amount = parse_quantity(clean, KR)
    if not amount.unit.converts_to(KR):
        raise ReadingError(f"”{clean}” är {amount.unit} och inget belopp. Skriv hela kronor.", text=text)
    return whole_kronor(amount.to(KR).number, text)


def kronor_of_cell(value: object) -> int:
    """Read what a cell of a spreadsheet holds: a number as it is, a text as people write it.

    Numbers in a workbook are binary; one that is a whole krona within a millionth is that krona. Raises
    ReadingError.
    """
    if value is None:
        return 0
    if isinstance(value, str):
        return read_kronor(value)
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise ReadingError(f"”{value}” är inget belopp. Skriv ett tal i hela kronor.") from error
    near = number.to_integral_value() if number.is_finite() else number
    return whole_kronor(near if number.is_finite() and abs(number - near) < Decimal("0.000001") else number, str(value))


def whole_kronor(number: Decimal, text: str) -> int:
    """Give the number as whole kronor, or refuse with a sentence that repeats the text."""
    if not number.is_finite() or abs(number) > _LARGEST:
        raise ReadingError(f"”{text}” är för stort för ett belopp i kronor.", text=text)
    if number != number.to_integral_value():
        raise ReadingError(f"”{text}” har ören. Budgeten är i hela kronor.", text=text)
    return int(number)


@dataclass(frozen=True, slots=True)
class Clash:
    """One place that two people have changed: what stood when both began, what each wrote."""

    place: int
    base: int | None
    stored: int | None
    typed: int | None


def merged(
    base: Sequence[int | None], typed: Sequence[int | None], stored: Sequence[int | None]
) -> tuple[tuple[int | None, ...], tuple[Clash, ...]]:
    """Put what a person typed into what is stored now, place by place, and give where both have written.

    What the person left as it was follows the store. Where both changed a place to different amounts the typed one
    stands in the result and the place is told: nothing may be written before somebody has seen it. None is an empty
    place.

    >>> merged((1, 2, 3), (1, 9, 3), (5, 2, 3))
    ((5, 9, 3), ())
    """
    result, clashes = [], []
    for place, (was, mine, theirs) in enumerate(zip(base, typed, stored, strict=True)):
        result.append(theirs if mine == was else mine)
        if mine not in (was, theirs) and theirs != was:
            clashes.append(Clash(place, was, theirs, mine))
    return tuple(result), tuple(clashes)
