"""Writes the decimal strings of a record as Swedish figures."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from uppsikt.core.quantities import Quantity, format_quantity, unit_of


def written(text: str, unit: str | None, *, plus: bool = False) -> str:
    """Write a decimal string with its unit; something else is given back as it is.

    >>> written("-2200.0", "tkr", plus=True)
    '\u22122\u00a0200,0\u00a0tkr'
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    decimals = max(0, -int(number.as_tuple().exponent)) if number.is_finite() else None
    return format_quantity(Quantity(number, unit_of(unit or ""), decimals), with_unit=True, plus=plus)
