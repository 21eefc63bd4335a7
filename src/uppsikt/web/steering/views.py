"""Pages of steering: the chain, a goal, indicators, work, and the two things that are edited here."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.errors import UseError
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.gate import Act, require
from uppsikt.web.steering import selectors, services
from uppsikt.web.steering.forms import AssessmentForm, IndicatorFilterForm, ValueForm, WorkFilterForm
from uppsikt.web.steering.models import IndicatorValue

PER_PAGE = 100  # activities: a year's plan of one committee stands on one page


def _page(request: HttpRequest, here: Here, name: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    """Render a page of this room in its section of the menu."""
    section = _SECTIONS.get(name, "indikatorer")
    return render(request, f"steering/{name}.html", {"here": here, "section": section, **context}, status=status)


_SECTIONS = {"chain": "malkedja", "goal": "malkedja", "assessment_edit": "malkedja", "work": "uppdrag"}


@require_safe
@in_context
def chain(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the goal chain of a unit."""
    return _page(request, here, "chain", {"chain": selectors.chain_at(here), "open": request.GET.get("visa") == "allt"})


@require_safe
@in_context
def goal(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a goal."""
    return _page(request, here, "goal", {"page": selectors.goal_page(here, pk)})


@require_safe
@in_context
def indicators(request: HttpRequest, here: Here) -> HttpResponse:
    """List the indicators of the year's goal model, filtered."""
    lines = selectors.indicator_lines(here)
    form = IndicatorFilterForm(request.GET, areas=list(dict.fromkeys(line.area for line in lines if line.area)))
    wanted = form.wanted()
    kept = [line for line in lines if line.wanted(wanted)]
    return _page(request, here, "indicators", {"lines": kept, "total": len(lines), "form": form})


@require_safe
@in_context
def indicator(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Show an indicator."""
    return _page(request, here, "indicator", {"page": selectors.indicator_page(here, slug)})


@require_safe
@in_context
def work(request: HttpRequest, here: Here) -> HttpResponse:
    """Show assignments and activities, filtered and counted by state."""
    everything = selectors.work_at(here)
    form = WorkFilterForm(request.GET, units=everything.units, goals=everything.goals)
    kept = everything.kept(form.wanted())
    assignments, activities = selectors.counted(kept.assignments), selectors.counted(kept.activities)
    context = {
        "form": form,
        "everything": everything,
        "kept": kept,
        "page": Paginator(kept.activities, PER_PAGE).get_page(request.GET.get("sida")),
        "assignment_counts": assignments,
        "assignment_words": selectors.counted_work(assignments, "uppdrag", "uppdrag"),
        "activity_counts": activities,
        "activity_words": selectors.counted_work(activities, "aktivitet", "aktiviteter"),
    }
    return _page(request, here, "work", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def value_edit(request: HttpRequest, here: Here, slug: str, pk: int) -> HttpResponse:
    """Edit a value that has been told."""
    return _value(request, here, selectors.value_by_pk(here.actor, slug, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def value_new(request: HttpRequest, here: Here, slug: str, part: str) -> HttpResponse:
    """Tell a value for the reporting date's own period; when another has told it meanwhile, edit that."""
    return _value(request, here, selectors.value_to_report(here, slug, part))


def _value(request: HttpRequest, here: Here, value: IndicatorValue) -> HttpResponse:
    """Say how a value is understood while it is written, save it, and show what another did meanwhile."""
    if "HX-Request" in request.headers and request.method != "POST":
        return HttpResponse(selectors.understood(value.indicator, request.GET.get("raw", "")))
    require(here.actor, Act.REPORT, selectors.responsible_unit(here.actor, value.indicator, value.reporting_date))
    history = selectors.history_of(here.actor, value) if value.pk else ()
    seen = history[0].number if history else 0
    initial = {"raw": value.raw, "note": value.note, "seen": seen}
    form = ValueForm(request.POST or None, initial=initial, hint=request.path)
    status = _saved(form, seen, lambda: services.value_edit(here.actor, value, form.entry()))
    if status == SAVED:
        how = selectors.understood(value.indicator, form.entry().raw)
        messages.success(request, _("Värdet är sparat. %(how)s") % {"how": how})
        return HttpResponseRedirect(here.url("indicator", value.indicator.slug))
    understood = selectors.understood(value.indicator, str(form["raw"].value() or ""))
    told = {"history": history, "understood": understood, "conflict": status == CONFLICT}
    return _page(request, here, "value_edit", {"value": value, "form": form, **told}, status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def assessment_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Assess a goal: the system's suggestion stands beside, a person decides."""
    page = selectors.goal_page(here, pk)
    at, found = here.reporting_date, page.assessment
    services.refuse_assessment(here.actor, page.goal, at)
    history = selectors.history_of(here.actor, found) if found else ()
    seen = history[0].number if history else 0
    initial = {"state": page.card.state, "reasons": page.card.reasons, "seen": seen}
    form = AssessmentForm(request.POST or None, initial=initial, forecast=at.is_forecast)
    status = _saved(form, seen, lambda: services.assessment_edit(here.actor, page.goal, at, form.judgement()))
    if status == SAVED:
        messages.success(request, _("Bedömningen är sparad."))
        return HttpResponseRedirect(here.url("goal", pk))
    context = {"page": page, "form": form, "history": history, "conflict": status == CONFLICT}
    return _page(request, here, "assessment_edit", context, status)


SAVED, ASKS, CONFLICT = 302, 200, 409


def _saved(form: Form, newest: int, save: Callable[[], object]) -> int:
    """Save a form that is sent and valid; give the status of the answer.

    When another came first the form keeps what was written and is told the newest change: the page
    shows both versions, and sending it again is a decision made knowingly.
    """
    if not form.is_bound or not form.is_valid():
        return ASKS
    try:
        save()
    except EditConflictError:
        form.data = {**{name: form.data[name] for name in form.data}, "seen": str(newest)}
        return CONFLICT
    except (UseError, ValidationError) as error:
        for message in error.messages if isinstance(error, ValidationError) else [str(error)]:
            form.add_error(None, message)
        return ASKS
    return SAVED
