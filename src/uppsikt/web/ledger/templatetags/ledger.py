"""Numbers of entries as they are read: ``{{ load.rows|counted }}``."""

from __future__ import annotations

from decimal import Decimal

from django import template

from uppsikt.core.quantities import COUNT, Quantity, format_quantity

register = template.Library()


@register.filter
def counted(number: int) -> str:
    """Write a number of things with its thousands parted."""
    return format_quantity(Quantity(Decimal(number or 0), COUNT, 0))
