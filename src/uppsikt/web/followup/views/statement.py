"""The statement page, and a unit of it unfolded in place."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.followup.selectors.forecasts import unit_at
from uppsikt.web.followup.selectors.statement import statement_page, view_of


@require_safe
@in_context
def followup(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the statement of the unit to a month, in one of its two cuts."""
    return _statement(request, here, "followup/statement.html")


@require_safe
@in_context
def followup_below(request: HttpRequest, here: Here, below: str) -> HttpResponse:
    """Unfold a unit of the statement: a piece of the page for htmx, else its own page."""
    there = replace(here, unit=unit_at(here, below))
    name = "_unfolded" if "HX-Request" in request.headers else "statement"
    return _statement(request, there, f"followup/{name}.html")


def _statement(request: HttpRequest, here: Here, template: str) -> HttpResponse:
    asked = (request.GET.get(name, "") for name in ("snitt", "till", "utan_interna"))
    page = statement_page(here, view_of(here, *asked))
    return render(request, template, {"here": here, "section": "ekonomi", "page": page})
