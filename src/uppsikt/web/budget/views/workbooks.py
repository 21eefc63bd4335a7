"""A budget out as a workbook and in again: what it would change is shown before anything is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.errors import UppsiktError, UseError
from uppsikt.web.budget import forms, selectors
from uppsikt.web.budget.models import BudgetVersion
from uppsikt.web.budget.selectors.workbooks import LARGEST, Proposal, proposal_of, workbook_of
from uppsikt.web.budget.services import saving
from uppsikt.web.budget.views.pages import page, version_at, year_of
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.organisation.gate import Act, require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT = "budget.workbook"
_LIVES = 24 * 3600  # seconds that a proposal may lie before it is applied


@require_safe
@in_context
def budget_export(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Give a year of a version as a workbook."""
    version = version_at(here, pk)
    year = year_of(request, version)
    name = f"budget-{version.unit.slug}-{year}-{version.pk}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(workbook_of(here.actor, version, year), content_type=XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_import(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take a workbook back: first what it would change, then, with a reason, all of it or nothing."""
    version = version_at(here, pk)
    units = selectors.tree_of(here.actor, version.unit, selectors.first_day(version)).units
    if not selectors.holders(here.actor, units):
        require(here.actor, Act.BUDGET, version.unit)
    saving.require_draft(version)
    if "proposal" in request.POST:
        return _applied(request, here, version)
    form = forms.WorkbookForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return page(request, here, "import", budget=version, form=form)
    try:
        proposal = _proposal(here, version, form.cleaned_data["file"])
    except UppsiktError as error:
        form.add_error("file", str(error))
        return page(request, here, "import", 400, budget=version, form=form)
    if proposal.faults:
        return page(request, here, "import", 400, budget=version, form=form, proposal=proposal)
    return _looked_at(request, here, version, proposal)


def _proposal(here: Here, version: BudgetVersion, file: Any) -> Proposal:
    if file.size > LARGEST:
        raise UseError(f"{file.name} är större än {LARGEST // 1_000_000} MB och läses inte. Hämta budgeten igen.")
    return proposal_of(here.actor, version, file.read(), file.name)


def _looked_at(request: HttpRequest, here: Here, version: BudgetVersion, proposal: Proposal) -> HttpResponse:
    packed = signing.dumps(
        {"v": version.pk, "e": [[key, *edit] for key, edit in proposal.edits.items()]}, salt=_SALT, compress=True
    )
    apply = forms.ApplyForm(initial={"proposal": packed})
    return page(request, here, "import", budget=version, form=forms.WorkbookForm(), proposal=proposal, apply=apply)


def _applied(request: HttpRequest, here: Here, version: BudgetVersion) -> HttpResponse:
    form = forms.ApplyForm(request.POST)
    edits = _edits(version, request.POST["proposal"], replace="replace" in request.POST)
    if form.is_valid():
        try:
            saved = saving.months_save(here.actor, version, edits, form.cleaned_data["why"])
        except saving.GridConflictError:
            form.add_error(
                "replace", _("Någon har ändrat samma celler här sedan filen hämtades. Läs in filen igen för att se "
                "vilka, och kryssa för rutan om filens belopp ska ersätta dem."),
            )  # fmt: skip
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            told = ngettext("%(n)s cell är sparad.", "%(n)s celler är sparade.", saved.cells) % {"n": saved.cells}
            messages.success(request, told)
            return HttpResponseRedirect(here.url("budget", version.pk))
    return page(request, here, "import", 400, budget=version, form=forms.WorkbookForm(), apply=form)


def _edits(version: BudgetVersion, packed: str, *, replace: bool) -> list[saving.Edit]:
    """Unpack a proposal; to ``replace`` is to have seen what stood here when it was shown, and no more than that."""
    try:
        told = signing.loads(packed, salt=_SALT, max_age=_LIVES)
    except signing.BadSignature as error:
        raise UseError("Förslaget är för gammalt eller inte vårt. Läs in filen igen.") from error
    if told["v"] != version.pk:
        raise UseError("Förslaget gäller en annan budget. Läs in filen igen.")
    return [
        saving.Edit(key, tuple(_seen(base, typed, seen) if replace else base), tuple(typed))
        for key, base, typed, seen in told["e"]
    ]


def _seen(base: list[int], typed: list[int], seen: list[int]) -> list[int]:
    return [was if new == was else now for was, new, now in zip(base, typed, seen, strict=True)]
