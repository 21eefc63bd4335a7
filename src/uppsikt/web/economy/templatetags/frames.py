"""``{% load frames %}{% frame_words frame %}``: as of which decision a frame is, with a link to the decision.

``frame`` is a FrameAsOf of ``economy.selectors.frame_as_of``; the tag stands after the amount.
"""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from uppsikt.core.quantities import format_quantity
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy import selectors
from uppsikt.web.economy.selectors import FrameAsOf
from uppsikt.web.economy.selectors.frame_state import in_tkr

register = template.Library()


@register.simple_tag(takes_context=True)
def frame_words(context: Context, frame: FrameAsOf) -> SafeString:
    """Say as of which decision the frame is; the decision leads to its page."""
    here: Here = context["here"]
    words = conditional_escape(selectors.frame_words(frame))
    if frame.decision is None:
        return words
    name = str(conditional_escape(str(frame.decision)))
    link = format_html('<a class="reference" href="{}">{}</a>', here.url("decision", frame.decision.pk), frame.decision)
    before, found, after = str(words).rpartition(name)
    return mark_safe(f"{before}{link}{after}") if found else words  # noqa: S308  # every part is escaped above


@register.simple_tag
def tkr(amount: Decimal) -> str:
    """Write a stored amount in tkr as it is read."""
    return format_quantity(in_tkr(amount))
