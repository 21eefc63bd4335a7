"""Where the reader stands: a unit at a reporting date. It is part of every address.

    /kommunstyrelsen/bokslut-2024/ekonomi/

A view is wrapped with ``in_context`` and is given a Here instead of two slugs.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.organisation.asking import actor_of
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit
from uppsikt.web.organisation.once import reading_once

_READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Here:
    """Who asks, and where they stand. ``units`` are those that existed at the date."""

    actor: Actor
    unit: Unit
    reporting_date: ReportingDate
    units: tuple[Unit, ...]
    reporting_dates: tuple[ReportingDate, ...]

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        """Give the address of a page in this context."""
        return reverse(name, args=[self.unit.slug, self.reporting_date.slug, *args], kwargs=kwargs or None)


def here_at(actor: Actor, unit_slug: str, date_slug: str) -> Here:
    """Find the unit and the reporting date; an unknown one is a Swedish 404."""
    dates = tuple(reach(actor, ReportingDate).order_by("-on", "-pk"))
    date = next((one for one in dates if one.slug == date_slug), None)
    if date is None:
        raise Http404(f"Det finns inget rapporttillfälle som heter ”{date_slug}”.")
    everything = tuple(reach(actor, Unit).order_by("order", "name"))
    unit = next((one for one in everything if one.slug == unit_slug), None)
    if unit is None:
        raise Http404(f"Det finns ingen enhet som heter ”{unit_slug}”.")
    living = tuple(u for u in everything if u.valid_from <= date.on and (u.valid_to is None or u.valid_to > date.on))
    return Here(actor, unit, date, living if unit in living else (*living, unit), dates)


def in_context(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a Here made from the two slugs of the address; a page that is read asks everything once."""

    @wraps(view)
    def wrapped(request: HttpRequest, unit_slug: str, date_slug: str, *args: object, **kwargs: object) -> HttpResponse:
        with reading_once() if request.method in _READING else nullcontext():
            return view(request, here_at(actor_of(request), unit_slug, date_slug), *args, **kwargs)

    return wrapped
