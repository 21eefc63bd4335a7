"""Amounts in kronor as tables show them: whole thousands; a deviation with its sign and tone."""

from __future__ import annotations

from django import template

from uppsikt.core.quantities import TKR, Missing, Quantity, Value, format_quantity, round_to

register = template.Library()


@register.filter
def in_tkr(value: Value) -> Value:
    """Tell an amount in whole thousands, to be written by ``shown``; a missing one stays what it is."""
    return round_to(value.to(TKR), 0) if isinstance(value, Quantity) else value


@register.filter
def in_tkr_signed(value: Quantity) -> str:
    """Write a deviation or a change in whole thousands with its sign."""
    return format_quantity(value, unit=TKR, decimals=0, plus=True)


@register.filter
def tone(value: Value) -> str:
    """Give the look of a deviation as it is shown: good above zero, bad below; nothing for zero and what is missing."""
    shown = in_tkr(value)
    if isinstance(shown, Missing) or not shown.number:
        return ""
    return "good" if shown.number > 0 else "bad"
