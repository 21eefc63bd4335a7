"""Pages of the ledger."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from uppsikt.web.cycle.here import Here, in_context


@require_safe
@in_context
def entries(request: HttpRequest, here: Here) -> HttpResponse:
    """List the entries behind a figure."""
    return HttpResponse(here.unit.name)
