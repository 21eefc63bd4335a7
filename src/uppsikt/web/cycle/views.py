"""Pages of decisions."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from uppsikt.web.cycle import selectors
from uppsikt.web.cycle.forms import DecisionFilterForm
from uppsikt.web.cycle.here import Here, in_context

PER_PAGE = 50


@require_safe
@in_context
def decisions(request: HttpRequest, here: Here) -> HttpResponse:
    """List decisions, filtered."""
    bodies, years = selectors.bodies_and_years(here)
    form = DecisionFilterForm(request.GET, bodies=bodies, years=years)
    found = selectors.decisions_of(here, form.wanted())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    context = {"here": here, "section": "beslut", "form": form, "page": page, "any": bool(bodies)}
    return render(request, "cycle/decisions.html", context)


@require_safe
@in_context
def decision(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a decision with its points and what followed from it."""
    page = selectors.decision_page(here, pk)
    return render(request, "cycle/decision.html", {"here": here, "section": "beslut", "page": page})
