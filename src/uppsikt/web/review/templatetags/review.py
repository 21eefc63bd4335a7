"""``{% load review %}``

{% choose listing.choice identity %}   the address that asks for a finding among the same ones, as "?…"
{% choose_whole listing.choice id %}   the same finding with the whole page, or back again
{{ "21.90"|figure }}                   a decimal string as a Swedish figure
"""

from __future__ import annotations

from django import template

from uppsikt.review.showing import grouping
from uppsikt.web.review.listing import Choice

register = template.Library()


@register.simple_tag
def choose(choice: Choice, identity: str) -> str:
    """Give the address of a finding among those asked for."""
    return choice.query(finding=identity)


@register.simple_tag
def choose_whole(choice: Choice, identity: str) -> str:
    """Give the address of the same finding with the whole page, or with what stands around it."""
    return choice.query(finding=identity, whole=not choice.whole)


@register.filter
def figure(text: str) -> str:
    """Write a decimal string as a Swedish figure, without unit."""
    return grouping.figure(text)
