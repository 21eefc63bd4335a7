"""Pages of the ledger that read: how it stands, the entries behind a figure, and the months that are closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from uppsikt.core.errors import UseError
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.ledger import exports, selectors, services
from uppsikt.web.ledger.models import KINDS, month_words
from uppsikt.web.ledger.selectors.entries import entries_behind
from uppsikt.web.ledger.selectors.state import sources_of, state_of
from uppsikt.web.ledger.services import periods
from uppsikt.web.organisation.reading import whole_number

SIDES = {
    "netto": "Kostnader och intäkter", "kostnader": "Kostnader", "intakter": "Intäkter",
    "investering": "Investeringar", "finansiellt": "Finansiella poster", "balans": "Balansposter", "": "Alla sidor",
}  # fmt: skip


@require_safe
@in_context
def ledger(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how the ledger stands."""
    may = services.may_load(here.actor)
    sources = sources_of(here.actor) if may else ()
    return page(request, here, "ledger", state=state_of(here.actor), may_load=may, sources=sources)


@require_safe
@in_context
def entries(request: HttpRequest, here: Here) -> HttpResponse:
    """List the entries behind a figure."""
    asked = selectors.Asked.of(request.GET)
    behind = entries_behind(here, asked)
    order = "belopp" if request.GET.get("ordning") == "belopp" else "manad"
    pages = behind.pages.get_page(request.GET.get("sida"))
    return page(
        request, here, "entries", behind=behind, asked=asked, lines=behind.lines(pages.number, order), page=pages,
        order=order, query=asked.query(), sides=SIDES.items(),
        kinds=[(word, word.capitalize()) for word in KINDS.values()],
    )  # fmt: skip


@require_safe
@in_context
def entries_file(request: HttpRequest, here: Here, ending: str) -> HttpResponse:
    """Give the entries behind a figure as a file."""
    return exports.entries_file(entries_behind(here, selectors.Asked.of(request.GET)), ending)


@require_POST
@in_context
def close(request: HttpRequest, here: Here) -> HttpResponse:
    """Close months."""
    told = (whole_number(month) for month in request.POST.getlist("manad"))
    months = [month for month in told if month is not None]
    try:
        if not months:
            raise UseError(_("Välj minst en månad att stänga."))
        closed = periods.close(here.actor, months, request.POST.get("skal", ""), timezone.now())
    except UseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("{n} månader är stängda.").format(n=len(closed)))
    return HttpResponseRedirect(here.url("ledger"))


@require_POST
@in_context
def reopen(request: HttpRequest, here: Here, month: int) -> HttpResponse:
    """Open a closed month again."""
    try:
        periods.reopen(here.actor, month, request.POST.get("skal", ""), timezone.now())
    except UseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("{month} är öppen igen.").format(month=month_words(month).capitalize()))
    return HttpResponseRedirect(here.url("ledger"))


def page(request: HttpRequest, here: Here, name: str, /, *, status: int = 200, **context: object) -> HttpResponse:
    """Render a page of the ledger. What is shown can depend on work that is going on, so nothing is kept."""
    made = render(request, f"ledger/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)
    if here.actor.user_id:
        made["Cache-Control"] = "private, no-store"
    return made
