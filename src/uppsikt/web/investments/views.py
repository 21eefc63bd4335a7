"""Pages of investments: frames, projects, a project, and the forms that change them. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Quantity
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.economy.fields import as_typed
from uppsikt.web.history.selectors import last_change
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.investments import selectors, services
from uppsikt.web.investments.forms import DecidingForm, FinishForm, ForecastForm, RemoveForm
from uppsikt.web.investments.models import InvestmentFrame, ProjectDecision, ProjectForecast
from uppsikt.web.investments.services import ProjectFaultsError
from uppsikt.web.organisation.gate import Act, reach, require

_changes = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@in_context
def frames(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the investment frames with reserve and carry-over."""
    return shown(request, here, "frames", page=selectors.frames_page(here))


@require_safe
@in_context
def projects(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the projects, finished and ongoing, with the columns of R14."""
    return shown(request, here, "projects", page=selectors.projects_page(here))


@require_safe
@in_context
def project(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Show a project with its years, decisions and forecasts."""
    return shown(request, here, "project", page=selectors.project_page(here, slug))


@_changes
@in_context
def project_decide(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Register a decision about a project."""
    page = selectors.project_page(here, slug)
    found = page.told.project
    require(here.actor, Act.FRAME, found.unit)
    form = DecidingForm(
        request.POST or None, actor=here.actor, of_frame=False, initial={"year": here.reporting_date.year}
    )
    back = here.url("investment_project", slug)

    def save() -> None:
        services.project_decide(here, found, form.asked())
        messages.success(request, _("Beslutet är inlagt."))

    title = _("Lägg in beslut om {project}").format(project=found.name)
    return edited(request, here, form, save, {"title": title, "back": back, "project": found, "years": page.years})


@_changes
@in_context
def frame_decide(request: HttpRequest, here: Here) -> HttpResponse:
    """Register a decision about the unit's investment frame."""
    require(here.actor, Act.FRAME, here.unit)
    form = DecidingForm(
        request.POST or None, actor=here.actor, of_frame=True, initial={"year": here.reporting_date.year}
    )

    def save() -> None:
        services.frame_decide(here, here.unit, form.asked())
        messages.success(request, _("Beslutet är inlagt."))

    title = _("Lägg in beslut om investeringsramen")
    return edited(request, here, form, save, {"title": title, "back": here.url("investment_frames")})


@_changes
@in_context
def project_remove(request: HttpRequest, here: Here, slug: str, pk: int) -> HttpResponse:
    """Take a project's decision away."""
    found = reach(here.actor, ProjectDecision).select_related("project__unit").filter(pk=pk, project__slug=slug)
    stored = found.first() or _gone()
    return _removed(request, here, stored, stored.project.unit.pk, here.url("investment_project", slug))


@_changes
@in_context
def frame_remove(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take a decision about the frame away."""
    stored = reach(here.actor, InvestmentFrame).select_related("unit").filter(pk=pk, unit=here.unit).first() or _gone()
    return _removed(request, here, stored, stored.unit.pk, here.url("investment_frames"))


@_changes
@in_context
def forecast(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Give a project's forecast at completion; the proposal stands beside, and one press takes it."""
    page = selectors.project_page(here, slug)
    found = page.told.project
    if not page.may_report:
        require(here.actor, Act.REPORT, found.unit)
    stored = reach(here.actor, ProjectForecast).filter(project=found, reporting_date=here.reporting_date).first()
    change = last_change(here.actor, stored) if stored else None
    seen = change.pk if change else 0
    form = ForecastForm(request.POST or None, initial={"seen": seen, **_typed(stored, page)})

    def save() -> None:
        services.forecast_save(here, found, form.given())
        messages.success(request, _("Prognosen är sparad."))

    title = _("Prognos för {project}").format(project=found.name)
    back = here.url("investment_project", slug)
    return edited(
        request, here, form, save, {"title": title, "back": back, "page": page, "project": found, "seen": seen}
    )


def _typed(stored: ProjectForecast | None, page: selectors.ProjectPage) -> dict[str, object]:
    """Give what the form begins with: what was told at this date, or else the proposal."""
    if stored is None:
        proposal = page.proposal
        return {"expenditure": as_typed(proposal.number) if isinstance(proposal, Quantity) else ""}
    return {
        "expenditure": as_typed(stored.expenditure),
        "receipts": as_typed(stored.receipts) if stored.receipts else "",
        "finishes_on": stored.finishes_on,
        "comment": stored.comment,
    }


@_changes
@in_context
def finish(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Say that a project is finished, or that it goes on after all."""
    page = selectors.project_page(here, slug)
    found, finished = page.told.project, page.told.facts.finished_on is not None
    if not page.may_report:
        require(here.actor, Act.REPORT, found.unit)
    initial = {"seen": page.seen, "on": here.reporting_date.on}
    form = FinishForm(request.POST or None, is_finished=finished, initial=initial)

    def save() -> None:
        told = form.cleaned_data
        if finished:
            services.project_reopen(here, found, told["why"], told["seen"])
        else:
            services.project_finish(here, found, told["on"], told["why"], told["seen"])
        messages.success(request, _("Projektet pågår igen.") if finished else _("Projektet är färdigt."))

    title = (_("Öppna {project} igen") if finished else _("{project} är färdigt")).format(project=found.name)
    back = here.url("investment_project", slug)
    return edited(request, here, form, save, {"title": title, "back": back, "project": found, "seen": page.seen})


def _gone() -> NoReturn:
    raise Http404(_("Beslutet finns inte här. Det kan ha tagits bort; historiken har det kvar."))


def _removed(
    request: HttpRequest, here: Here, stored: ProjectDecision | InvestmentFrame, unit: int, back: str
) -> HttpResponse:
    require(here.actor, Act.FRAME, next((one for one in here.units if one.pk == unit), here.unit))
    form = RemoveForm(request.POST or None)

    def save() -> None:
        services.decision_remove(here, stored, form.cleaned_data["why"])
        messages.success(request, _("Beslutet är borttaget. Historiken har det kvar."))

    context = {"title": _("Ta bort beslutet"), "back": back, "stored": stored, "is_removal": True}
    return edited(request, here, form, save, context)


def edited(
    request: HttpRequest, here: Here, form: forms.Form, save: Callable[[], None], told: Mapping[str, object]
) -> HttpResponse:
    """Show a form, or save what it says and go ``back``; what cannot be saved stays typed, with the reason.

    ``told`` is what the page tells: its title, where it goes back to, and the last change that the reader has seen.
    """
    status, conflict = 200, None
    if form.is_valid():
        try:
            save()
        except EditConflictError as error:
            # Sending it once more is a decision made knowingly: the form now says that the other's change was seen.
            form.data = {**request.POST.dict(), "seen": str(told["seen"])}
            status, conflict = 409, error
        except ProjectFaultsError as error:
            for name, text in error.faults.items():
                form.add_error(name, text)
            status = 400
        except UseError as error:
            form.add_error(None, str(error))
            status = 400
        else:
            return HttpResponseRedirect(str(told["back"]))
    elif form.is_bound:
        status = 400
    return shown(request, here, "edit", status, form=form, conflict=conflict, **told)


def shown(request: HttpRequest, here: Here, name: str, status: int = 200, /, **context: object) -> HttpResponse:
    """Render a page of this room."""
    return render(request, f"investments/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)
