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
from uppsikt.web.budget.selectors.new_lines import NewLine
from uppsikt.web.budget.selectors.workbooks import LARGEST, Proposal, proposal_of, workbook_of
from uppsikt.web.budget.services import saving
from uppsikt.web.budget.services.workbooks import workbook_save
from uppsikt.web.budget.views.pages import page, version_at, year_of
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.organisation.gate import Act, require
from uppsikt.web.organisation.uploads import refuse_too_large

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
    refuse_too_large(request, LARGEST)
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
    told = {
        "v": version.pk, "y": proposal.year, "e": [[key, *edit] for key, edit in proposal.edits.items()],
        "n": [[one.unit.pk, *one.identity[1:], one.months] for one in proposal.new],
    }  # fmt: skip
    packed = signing.dumps(told, salt=_SALT, compress=True)
    apply = forms.ApplyForm(initial={"proposal": packed})
    return page(request, here, "import", budget=version, form=forms.WorkbookForm(), proposal=proposal, apply=apply)


def _applied(request: HttpRequest, here: Here, version: BudgetVersion) -> HttpResponse:
    form = forms.ApplyForm(request.POST)
    told = _told(version, request.POST["proposal"])
    edits = _edits(told, replace="replace" in request.POST)
    if form.is_valid():
        try:
            new = _new(here, version, told)
            saved = workbook_save(here.actor, version, edits, new, form.cleaned_data["why"])
        except saving.GridConflictError:
            form.add_error(
                "replace", _("Någon har ändrat samma celler här sedan filen hämtades. Läs in filen igen för att se "
                "vilka, och kryssa för rutan om filens belopp ska ersätta dem."),
            )  # fmt: skip
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            _tell(request, saved.cells, len(new))
            return HttpResponseRedirect(here.url("budget", version.pk))
    return page(request, here, "import", 400, budget=version, form=forms.WorkbookForm(), apply=form)


def _tell(request: HttpRequest, cells: int, new: int) -> None:
    told = ngettext("%(n)s cell är sparad.", "%(n)s celler är sparade.", cells) % {"n": cells} if cells else ""
    if new:
        told = f"{told} {ngettext('%(n)s ny rad är tillagd.', '%(n)s nya rader är tillagda.', new) % {'n': new}}"
    messages.success(request, told.strip() or _("Budgeten hade redan filens belopp."))


def _told(version: BudgetVersion, packed: str) -> dict[str, Any]:
    """Unpack a proposal; raises UseError when it is too old, not ours, or of another budget."""
    try:
        told: dict[str, Any] = signing.loads(packed, salt=_SALT, max_age=_LIVES)
    except signing.BadSignature as error:
        raise UseError("Förslaget är för gammalt eller inte vårt. Läs in filen igen.") from error
    if told["v"] != version.pk:
        raise UseError("Förslaget gäller en annan budget. Läs in filen igen.")
    return told


def _edits(told: dict[str, Any], *, replace: bool) -> list[saving.Edit]:
    """Give the edits; to ``replace`` is to have seen what stood here when it was shown, and no more than that."""
    return [
        saving.Edit(key, tuple(_seen(base, typed, seen) if replace else base), tuple(typed))
        for key, base, typed, seen in told["e"]
    ]


def _new(here: Here, version: BudgetVersion, told: dict[str, Any]) -> list[NewLine]:
    """Give the new lines; their units are those that the committee has in the year."""
    units = selectors.tree_of(here.actor, version.unit, selectors.first_day(version)).units
    by_key = {unit.pk: unit for unit in units}
    if any(key not in by_key for key, *_rest in told["n"]):
        raise UseError("En enhet i filen hör inte längre till nämnden det året. Läs in filen igen.")
    return [
        NewLine(by_key[key], told["y"], account, activity, project, label, tuple(months))
        for key, account, activity, project, label, months in told["n"]
    ]


def _seen(base: list[int], typed: list[int], seen: list[int]) -> list[int]:
    return [was if new == was else now for was, new, now in zip(base, typed, seen, strict=True)]
