"""What all pages of budgets have in common: the frame of a page, and finding what an address names."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from uppsikt.web.budget import selectors
from uppsikt.web.budget.models import BudgetVersion
from uppsikt.web.cycle.here import Here
from uppsikt.web.organisation.models import Unit
from uppsikt.web.organisation.reading import whole_number


def page(request: HttpRequest, here: Here, name: str, status: int = 200, /, **context: object) -> HttpResponse:
    """Render a page of this room."""
    return render(request, f"budget/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)


def version_at(here: Here, pk: int) -> BudgetVersion:
    """Give the version of an address, or a Swedish 404."""
    return selectors.version_of(here.actor, pk)


def unit_at(here: Here, version: BudgetVersion, slug: str) -> Unit:
    """Give the unit of an address, one of the version's committee that year, or a Swedish 404."""
    units = selectors.tree_of(here.actor, version.unit, selectors.first_day(version)).units
    found = next((one for one in units if one.slug == slug), None)
    if found is None:
        raise Http404(f"{version.unit.name} har ingen enhet som heter ”{slug}” den 1 januari {version.year}.")
    return found


def year_of(request: HttpRequest, version: BudgetVersion) -> int:
    """Give the year that the reader chose among the version's; the budget year where none was."""
    asked = whole_number(request.GET.get("ar", ""))
    return asked if asked is not None and asked in version.years else version.year
