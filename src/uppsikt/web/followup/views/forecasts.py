"""Pages of forecasts: the whole tree, one unit's, and how earlier ones turned out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.economy.forecasting import Method
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup import services
from uppsikt.web.followup.forms import ForecastForm, typed
from uppsikt.web.followup.models import Forecast
from uppsikt.web.followup.selectors import giving as selectors
from uppsikt.web.followup.selectors.accuracy import accuracy_page
from uppsikt.web.followup.selectors.forecasts import forecast_page
from uppsikt.web.followup.services.forecasts import NotReadyError
from uppsikt.web.history.selectors import changes_of
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.gate import Act, require
from uppsikt.web.organisation.reading import whole_number


@require_safe
@in_context
def forecasts(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the forecasts of the unit and everything under it."""
    page = forecast_page(here)
    kind, kinds = here.reporting_date.kind, ReportingDate.Kind
    told = {"at_year_end": kind == kinds.ANNUAL and not page.given, "at_budget": kind == kinds.BUDGET}
    return _page(request, here, "forecasts", page=page, **told)


@require_safe
@in_context
def forecast_accuracy(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how earlier forecasts turned out."""
    return _page(request, here, "accuracy", judged=accuracy_page(here))


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def forecast_edit(request: HttpRequest, here: Here, of: str) -> HttpResponse:
    """Give a unit's forecast: use a proposal, save a draft, submit. Whoever may not write sees it."""
    page = selectors.forecast_form(here, of)
    if request.method == "POST":
        require(here.actor, Act.REPORT, page.line.unit)
        return _given(request, here, page)
    form = _form(None, page)
    return _form_page(request, here, page, form)


def _given(request: HttpRequest, here: Here, page: selectors.ForecastForm) -> HttpResponse:
    if request.POST.get("use"):
        return _form_page(request, here, page, _with_proposal(request, page))
    if "discard" in request.POST:
        return _discarded(request, here, page)
    form, conflict = _form(request, page), None
    if form.is_valid():
        try:
            return _kept(request, here, page, form)
        except EditConflictError as error:
            # Sending it once more is a decision made knowingly: the form now says that the other's change was seen.
            form.data = {**request.POST.dict(), "seen": str(page.seen)}
            conflict = error
        except NotReadyError as error:
            for field, told in error.faults.items():
                form.add_error(field if field in form.fields else None, told)
    return _form_page(request, here, page, form, conflict)


def _kept(request: HttpRequest, here: Here, page: selectors.ForecastForm, form: ForecastForm) -> HttpResponse:
    unit, date = page.line.unit, here.reporting_date
    if "submit" in request.POST:
        services.forecast_submit(here.actor, unit, date, form.written())
        messages.success(request, _("Prognosen är lämnad."))
        return HttpResponseRedirect(here.url("forecasts"))
    services.draft_save(here.actor, unit, date, form.written())
    messages.success(request, _("Utkastet är sparat. Det syns bara inom enheten tills du lämnar prognosen."))
    return HttpResponseRedirect(here.url("forecast_edit", unit.slug))


def _discarded(request: HttpRequest, here: Here, page: selectors.ForecastForm) -> HttpResponse:
    seen = whole_number(request.POST.get("seen", "")) or 0
    try:
        services.draft_discard(here.actor, page.line.unit, here.reporting_date, seen)
    except EditConflictError as conflict:
        return _form_page(request, here, page, _form(request, page), conflict)
    messages.success(request, _("Utkastet är kastat. Det finns kvar i historiken."))
    return HttpResponseRedirect(here.url("forecast_edit", page.line.unit.slug))


def _form(request: HttpRequest | None, page: selectors.ForecastForm) -> ForecastForm:
    stored = page.stored
    initial = {
        "costs": typed(stored.costs) if stored else "",
        "income": typed(stored.income) if stored else "",
        "comment": stored.comment if stored else "",
        "seen": page.seen,
    }
    return ForecastForm(request.POST if request else None, initial=initial, is_given=page.line.given is not None)


def _with_proposal(request: HttpRequest, page: selectors.ForecastForm) -> ForecastForm:
    """Fill the amounts from a proposal and keep what else was typed; nothing is saved yet."""
    name, _sep, only = request.POST["use"].partition(":")
    filled = request.POST.dict()
    for side in page.sides:
        for proposal in side.proposals:
            if proposal.method == name and only in ("", side.measure):
                filled[str(side.measure)] = typed(proposal.value, whole=True) or filled.get(str(side.measure), "")
    form = ForecastForm(initial=filled | {"seen": filled.get("seen", page.seen)}, is_given=page.line.given is not None)
    form.fields["costs"].widget.attrs["autofocus"] = True
    return form


def _form_page(
    request: HttpRequest,
    here: Here,
    page: selectors.ForecastForm,
    form: ForecastForm,
    conflict: EditConflictError | None = None,
) -> HttpResponse:
    given: Forecast | None = page.line.given
    context = {
        "page": page,
        "form": form,
        "methods": _methods(page),
        "conflict": conflict,
        "history": tuple(changes_of(here.actor, given)[:5]) if given else (),
    }
    return _page(request, here, "forecast_edit", 409 if conflict else 200, **context)


def _methods(page: selectors.ForecastForm) -> list[tuple[str, str]]:
    """Give the methods that propose something for some side, with their names."""
    names = {
        Method.SUM_OF_UNITS: _("Enheternas prognoser tillsammans"),
        Method.REST_OF_BUDGET: _("Utfall hittills och resten av budgeten"),
        Method.LAST_YEARS_PATTERN: _("Som förra årets mönster"),
    }
    there = {one.method for side in page.sides for one in side.proposals if typed(one.value)}
    return [(method.value, name) for method, name in names.items() if method in there]


def _page(request: HttpRequest, here: Here, name: str, status: int = 200, /, **context: object) -> HttpResponse:
    return render(request, f"followup/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)
