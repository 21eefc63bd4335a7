"""Pages of the economy: statement, a unit unfolded, a row, investments, staff, and a comment that is edited."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.economy import selectors, services
from uppsikt.web.economy.forms import CommentForm
from uppsikt.web.economy.models import Comment
from uppsikt.web.history.models import Change
from uppsikt.web.history.selectors import changes_of
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.gate import Act, require


@require_safe
@in_context
def economy(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the operating statement, by unit or by activity code."""
    page = selectors.economy_page(here, request.GET.get("snitt", ""))
    return _page(request, here, "economy", page=page)


@require_safe
@in_context
def economy_unit(request: HttpRequest, here: Here, division: str) -> HttpResponse:
    """Unfold a unit: as a page of its own, or as a piece of the statement for htmx."""
    page = selectors.unfolded(here, division)
    name = "_unfolded" if "HX-Request" in request.headers else "unit"
    return _page(request, here, name, page=page)


@require_safe
@in_context
def economy_row(request: HttpRequest, here: Here, statement: str, row: str) -> HttpResponse:
    """Show one row: where its figures came from and which rows make it; a piece of the statement for htmx."""
    page = selectors.row_page(here, statement, row)
    name = "_row" if "HX-Request" in request.headers else "row"
    return _page(request, here, name, page=page)


@require_safe
@in_context
def investments(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the investments of a date."""
    return _page(request, here, "investments", page=selectors.investment_page(here))


@require_safe
@in_context
def investment(request: HttpRequest, here: Here, project: str) -> HttpResponse:
    """Show a project through the years."""
    return _page(request, here, "investment", page=selectors.project_page(here, project))


@require_safe
@in_context
def staff(request: HttpRequest, here: Here) -> HttpResponse:
    """Show staff, volumes and the reception of refugees."""
    return _page(request, here, "staff", page=selectors.staff_page(here))


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def comment_edit(request: HttpRequest, here: Here, of: str, topic: str) -> HttpResponse:
    """Edit what a unit says; when another came first, show both and lose nothing."""
    unit = next((one for one in here.units if one.slug == of), None)
    if unit is None:
        raise Http404(f"Det finns ingen enhet som heter ”{of}” vid {here.reporting_date.name}.")
    require(here.actor, Act.REPORT, unit)
    comment = selectors.comment_on(here.actor, unit, here.reporting_date, topic)
    if comment is None and topic not in selectors.topics():
        raise Http404(f"Det finns inget ämne som heter ”{topic}” att kommentera.")
    seen = selectors.seen_of(here.actor, comment)
    form = CommentForm(request.POST or None, initial={"text": comment.text if comment else "", "seen": seen})
    context = {"unit": unit, "topic": topic, "comment": comment, "form": form}
    if not form.is_valid():
        return _page(request, here, "comment_edit", history=_newest(here, comment), **context)
    try:
        services.comment_save(here.actor, unit, here.reporting_date, topic, form.written())
    except EditConflictError as conflict:
        # Sending it once more is a decision made knowingly: the form now says that the other's change was seen.
        form.data = {**request.POST.dict(), "seen": str(seen)}
        return _page(request, here, "comment_edit", 409, conflict=conflict, history=_newest(here, comment), **context)
    messages.success(request, _("Kommentaren är sparad."))
    return HttpResponseRedirect(_back(here, of, topic))


def _newest(here: Here, comment: Comment | None) -> tuple[Change, ...]:
    """Give the last changes of a comment, the newest first."""
    return tuple(changes_of(here.actor, comment)[:5]) if comment else ()


def _back(here: Here, of: str, topic: str) -> str:
    if topic == selectors.INVESTMENT_TOPIC:
        return here.url("investments")
    return here.url("economy") if of == here.unit.slug else here.url("economy_unit", of)


def _page(request: HttpRequest, here: Here, name: str, status: int = 200, /, **context: object) -> HttpResponse:
    return render(request, f"economy/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)
