"""Pages of action plans: who owes one, a plan with its measures, and editing both."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.errors import UseError
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.cycle.models import Decision
from uppsikt.web.followup import services
from uppsikt.web.followup.forms import MeasureForm, PlanForm, ReasonForm, typed
from uppsikt.web.followup.models import ActionPlan, PlanMeasure
from uppsikt.web.followup.selectors import plans as selectors
from uppsikt.web.followup.selectors.forecasts import unit_at
from uppsikt.web.followup.services.plans import PLAN_YEARS
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.gate import Act, reach, require

WRITING = ["GET", "HEAD", "POST"]


@require_safe
@in_context
def action_plans(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who owes a plan, by which rule, and the plans."""
    return _page(request, here, "plans", page=selectors.plans_page(here))


@require_safe
@in_context
def action_plan(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a plan with its measures and what they give each year."""
    return _page(request, here, "plan", page=selectors.plan_page(here, pk))


@require_http_methods(WRITING)
@in_context
def action_plan_new(request: HttpRequest, here: Here, of: str) -> HttpResponse:
    """Begin a plan; the deficit of each year begins as what the forecast tells."""
    unit = unit_at(here, of)
    require(here.actor, Act.REPORT, unit)
    there = selectors.plan_of(here.actor, unit, here.reporting_date)
    if there is not None:
        return HttpResponseRedirect(here.url("action_plan", there.pk))
    years = range(here.reporting_date.year, here.reporting_date.year + PLAN_YEARS)
    deficit = typed(selectors.proposed_deficit(here, unit))
    initial = {f"deficit_{year}": deficit for year in years}
    form = PlanForm(request.POST or None, years=years, decisions=_decisions(here), is_new=True, initial=initial)
    if form.is_valid():
        try:
            plan = services.plan_create(here.actor, unit, here.reporting_date, form.told())
        except UseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Planen är påbörjad. Lägg till åtgärderna."))
            return HttpResponseRedirect(here.url("action_plan", plan.pk))
    return _page(request, here, "plan_edit", form=form, unit=unit, at=here.reporting_date)


@require_http_methods(WRITING)
@in_context
def action_plan_edit(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Change what a plan says."""
    page = selectors.plan_page(here, pk)
    plan = page.plan
    require(here.actor, Act.REPORT, plan.unit)
    form = _plan_form(request, here, page)
    context = {"form": form, "unit": plan.unit, "at": plan.reporting_date, "plan": plan}
    if not form.is_valid():
        return _page(request, here, "plan_edit", **context)
    try:
        data = form.cleaned_data
        services.plan_save(here.actor, plan, form.told(), seen=data["seen"] or 0, why=data["why"])
    except EditConflictError as conflict:
        form.data = {**request.POST.dict(), "seen": str(page.seen)}
        return _page(request, here, "plan_edit", 409, conflict=conflict, **context)
    messages.success(request, _("Planen är sparad."))
    return HttpResponseRedirect(here.url("action_plan", pk))


def _plan_form(request: HttpRequest, here: Here, page: selectors.PlanPage) -> PlanForm:
    plan = page.plan
    initial = {"analysis": plan.analysis, "state": plan.state, "decision": plan.decision, "seen": page.seen}
    initial |= {f"deficit_{one.year}": typed(one.deficit) for one in page.years}
    years = [one.year for one in page.years]
    return PlanForm(request.POST or None, years=years, decisions=_decisions(here), is_new=False, initial=initial)


@require_http_methods(WRITING)
@in_context
def measure_new(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Add a measure to a plan."""
    page = selectors.plan_page(here, pk)
    require(here.actor, Act.REPORT, page.plan.unit)
    form = MeasureForm(request.POST or None, years=[one.year for one in page.years])
    return _measure_kept(request, here, page, None, form)


@require_http_methods(WRITING)
@in_context
def measure_edit(request: HttpRequest, here: Here, pk: int, number: int) -> HttpResponse:
    """Change a measure: how it stands, what it gives."""
    page = selectors.plan_page(here, pk)
    require(here.actor, Act.REPORT, page.plan.unit)
    measure = selectors.measure_numbered(here.actor, page.plan, number)
    years = [one.year for one in page.years]
    form = MeasureForm(request.POST or None, years=years, initial=_initial(here, measure, years))
    return _measure_kept(request, here, page, measure, form)


def _initial(here: Here, measure: PlanMeasure, years: Sequence[int]) -> dict[str, object]:
    initial: dict[str, object] = {name: getattr(measure, name) for name in ("text", "responsible", "due", "state")}
    for one in measure.effects.all():
        if one.year in years:
            initial |= {f"planned_{one.year}": typed(one.planned), f"realised_{one.year}": typed(one.realised)}
    return initial | {"seen": selectors.seen_of(here.actor, measure)}


def _measure_kept(
    request: HttpRequest, here: Here, page: selectors.PlanPage, measure: PlanMeasure | None, form: MeasureForm
) -> HttpResponse:
    context = {"form": form, "plan": page.plan, "measure": measure}
    if not form.is_valid():
        return _page(request, here, "measure_edit", **context)
    try:
        seen = form.cleaned_data["seen"] or 0
        services.measure_save(here.actor, page.plan, measure, form.told(), seen=seen)
    except EditConflictError as conflict:
        seen = selectors.seen_of(here.actor, measure) if measure else 0
        form.data = {**request.POST.dict(), "seen": str(seen)}
        return _page(request, here, "measure_edit", 409, conflict=conflict, **context)
    messages.success(request, _("Åtgärden är sparad."))
    return HttpResponseRedirect(here.url("action_plan", page.plan.pk))


@require_http_methods(WRITING)
@in_context
def measure_remove(request: HttpRequest, here: Here, pk: int, number: int) -> HttpResponse:
    """Take a measure away, with a reason."""
    plan: ActionPlan = selectors.plan_numbered(here.actor, pk)
    require(here.actor, Act.REPORT, plan.unit)
    measure = selectors.measure_numbered(here.actor, plan, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        services.measure_delete(here.actor, measure, form.cleaned_data["why"])
        messages.success(request, _("Åtgärden är borttagen. Den finns kvar i historiken."))
        return HttpResponseRedirect(here.url("action_plan", pk))
    return _page(request, here, "measure_delete", form=form, plan=plan, measure=measure)


def _decisions(here: Here) -> QuerySet[Decision]:
    return reach(here.actor, Decision).order_by("-on", "-paragraph")


def _page(request: HttpRequest, here: Here, name: str, status: int = 200, /, **context: object) -> HttpResponse:
    return render(request, f"followup/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)
