"""Amounts in kronor as the tables of follow-up show them: thousands, with sign and tone where they are good or bad."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from uppsikt.core.quantities import KR, TKR, Missing, MissingReason, Quantity, Value, format_quantity, missing_text

register = template.Library()


@register.filter
def in_tkr(value: Value) -> str:
    """Write an amount in whole thousands, without unit; a missing one as its reason."""
    if isinstance(value, Missing):
        return _why(value)
    return format_quantity(value, unit=TKR, decimals=0) if value.unit.converts_to(KR) else format_quantity(value)


@register.filter
def in_tkr_signed(value: Value) -> str:
    """Write a deviation or a change with its sign."""
    return format_quantity(value, unit=TKR, decimals=0, plus=True) if isinstance(value, Quantity) else in_tkr(value)


@register.filter
def per_cent(value: Value) -> str:
    """Write a per cent with one decimal and its sign."""
    if isinstance(value, Missing):
        return _why(value)
    return format_quantity(value, decimals=1, with_unit=True, plus=True)


@register.filter
def per_cent_size(value: Value) -> str:
    """Write how large a per cent is, with one decimal."""
    if isinstance(value, Missing):
        return _why(value)
    return format_quantity(abs(value), decimals=1, with_unit=True)


@register.filter
def tone(value: Value) -> str:
    """Give the look of a deviation: good above zero, bad below."""
    if isinstance(value, Missing) or not value.number:
        return ""
    return "good" if value.number > 0 else "bad"


@register.filter
def is_known(value: Value) -> bool:
    """Say whether there is a figure."""
    return isinstance(value, Quantity)


def _why(value: Missing) -> str:
    blank = value.reason is MissingReason.BLANK and not value.text
    return "" if blank else value.text or _(missing_text(value.reason))
