"""``{% load statement %}``: the figures of a line in one go, because a large statement has a thousand of them."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from uppsikt.web.economy.selectors.sheets import Figure

register = template.Library()


@register.simple_tag
def plain_figures(figures: Iterable[Figure]) -> SafeString:
    """Render the cells of figures about which there is nothing more to tell than the figure."""
    return format_html_join("", '<td class="{}">{}</td>', ((figure.look, figure.text) for figure in figures))
