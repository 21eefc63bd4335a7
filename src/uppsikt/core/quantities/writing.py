"""Writes figures as Swedish readers expect them: 1 234 567,8 with no-break spaces, comma and a real minus.

This is the only place where a figure is rounded (half away from zero, as on paper).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypedDict, Unpack

from uppsikt.core.quantities.missing import missing_text
from uppsikt.core.quantities.quantity import Missing, MissingReason, Quantity, Value
from uppsikt.core.quantities.unit import COUNT, Unit

NO_BREAK_SPACE = "\u00a0"
NARROW_NO_BREAK_SPACE = "\u202f"
MINUS = "\u2212"


class Style(TypedDict, total=False):
    """How a figure is shown.

    ``decimals`` defaults to the written precision; an exact number gets as many as it needs.
    ``unit`` tells the figure in another unit and ``with_unit`` writes the unit after it. ``plus``
    shows the sign also of what is above zero. ``spaces`` parts the thousands.
    """

    decimals: int | None
    unit: Unit | None
    with_unit: bool
    plus: bool
    spaces: str


def round_to(quantity: Quantity, decimals: int) -> Quantity:
    """Round half away from zero; negative ``decimals`` round to tens, hundreds and so on.

    >>> round_to(Quantity(Decimal("20463.5")), -3).number == 20000
    True
    """
    number = quantity.number
    digits = max(1, number.adjusted() + decimals + 3)  # room for every digit that stays
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=digits))
    return Quantity(rounded, quantity.unit, decimals)


def format_quantity(quantity: Quantity, **style: Unpack[Style]) -> str:
    """Write a figure in a style; what rounds to zero is shown as zero, without sign.

    >>> format_quantity(Quantity(Decimal("-20463.25"), decimals=2), decimals=0, spaces=" ")
    '−20 463'
    >>> format_quantity(Quantity(Decimal("-0.04")), decimals=1)
    '0,0'
    """
    unit, spaces = style.get("unit"), style.get("spaces", NO_BREAK_SPACE)
    told = quantity if unit is None else quantity.to(unit)
    places = told.decimals if style.get("decimals") is None else style.get("decimals")
    number = told.number if places is None else round_to(told, places).number
    whole, _, fraction = f"{number.copy_abs():f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    sign = MINUS if number < 0 else "+" if style.get("plus") and number > 0 else ""
    text = sign + _grouped(whole, spaces) + (f",{fraction}" if fraction else "")
    symbol = "" if told.unit == COUNT else told.unit.symbol
    return f"{text}{spaces}{symbol}" if style.get("with_unit") and symbol else text


def _grouped(digits: str, spaces: str) -> str:
    return f"{Decimal(digits):,}".replace(",", spaces)


def format_value(value: Value, **style: Unpack[Style]) -> str:
    """Write a value: a figure, or the text that stood in its place, or the words for why it is missing.

    A blank one shows as nothing.

    >>> format_value(Missing(MissingReason.NO_DATA, "I.U.")), format_value(Missing(MissingReason.PENDING))
    ('I.U.', 'inte publicerad ännu')
    """
    if isinstance(value, Missing):
        if value.text or value.reason is MissingReason.BLANK:
            return value.text
        return missing_text(value.reason)
    return format_quantity(value, **style)
