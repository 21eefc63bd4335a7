"""Pages where a project is registered, changed and taken away again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.economy.fields import as_typed
from uppsikt.web.economy.models import InvestmentProject
from uppsikt.web.investments import selectors, services
from uppsikt.web.investments.forms import ProjectForm, RemoveForm
from uppsikt.web.investments.models import ProjectFacts
from uppsikt.web.investments.views import edited
from uppsikt.web.organisation.gate import Act, require

_changes = require_http_methods(["GET", "HEAD", "POST"])


@_changes
@in_context
def project_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin to follow a project."""
    owners = selectors.owners(here)
    if not owners:
        require(here.actor, Act.FRAME, here.unit)
    form = _form(request, here, {"unit": here.unit.pk, "seen": 0})

    def save() -> None:
        made = services.project_register(here, form.told())
        told["back"] = here.url("investment_project", made.slug)
        messages.success(request, _("Projektet är inlagt. Lägg nu in vad som är beslutat."))

    told: dict[str, object] = {"title": _("Lägg in ett projekt"), "back": here.url("investment_projects")}
    return edited(request, here, form, save, told)


@_changes
@in_context
def project_edit(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Change what is known of a project; when another came first, nothing is lost."""
    page = selectors.project_page(here, slug)
    found = page.told.project
    require(here.actor, Act.FRAME, found.unit)
    change = selectors.last_change_of(here.actor, found)
    seen = change.pk if change else 0
    form = _form(request, here, {"seen": seen, **_typed(found, page.told.facts, page.codes)})

    def save() -> None:
        services.project_change(here, found, form.told())
        messages.success(request, _("Projektets uppgifter är sparade."))

    title = _("Ändra uppgifter om {project}").format(project=found.name)
    back = here.url("investment_project", slug)
    return edited(request, here, form, save, {"title": title, "back": back, "project": found, "seen": seen})


@_changes
@in_context
def project_drop(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Take away a project that was registered by mistake."""
    found = selectors.project_called(here, slug)
    require(here.actor, Act.FRAME, found.unit)
    form = RemoveForm(request.POST or None)

    def save() -> None:
        services.project_remove(here, found, form.cleaned_data["why"])
        told["back"] = here.url("investment_projects")
        messages.success(request, _("Projektet är borttaget. Historiken har det kvar."))

    title = _("Ta bort {project}").format(project=found.name)
    told = {"title": title, "back": here.url("investment_project", slug), "project": found, "is_removal": True}
    return edited(request, here, form, save, told)


def _form(request: HttpRequest, here: Here, initial: dict[str, object]) -> ProjectForm:
    return ProjectForm(
        request.POST or None, owners=selectors.owners(here), living=selectors.living(here), initial=initial
    )


def _typed(project: InvestmentProject, facts: ProjectFacts, codes: tuple[str, ...]) -> dict[str, object]:
    """Give what the form begins with; amounts of nought are left empty."""
    return {
        "name": project.name, "unit": project.unit_id, "responsible": facts.responsible_id, "scope": facts.scope,
        "started": facts.started, "is_yearly": facts.is_yearly, "codes": ", ".join(codes),
        "earlier_until": facts.earlier_until,
        "earlier_expenditure": as_typed(facts.earlier_expenditure) if facts.earlier_expenditure else "",
        "earlier_receipts": as_typed(facts.earlier_receipts) if facts.earlier_receipts else "",
    }  # fmt: skip
