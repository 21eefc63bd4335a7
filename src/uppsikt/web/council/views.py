"""Pages of the municipality: all committees, the result budget, the balance requirement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.economy.balance_requirement import rules_for
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Quantity, Value
from uppsikt.web.council import selectors, services
from uppsikt.web.council.forms import BalanceForm, ResultForm
from uppsikt.web.council.models import BalanceInvestigation, ResultBudget
from uppsikt.web.council.selectors.balance import GIVEN, computed, left_before
from uppsikt.web.council.selectors.results import result_stored, tax_base_of
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.cycle.models import Decision
from uppsikt.web.cycle.selectors import DecisionFilter, decisions_of
from uppsikt.web.history.services import EditConflictError

SHOWN_DECISIONS = 200


@require_safe
@in_context
def council(request: HttpRequest, here: Here) -> HttpResponse:
    """Show all committees together."""
    page = selectors.council_page(here)
    return _page(request, here, "council", page=page, results=selectors.result_page(here), at_part="committees")


@require_safe
@in_context
def result_budget(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the result budget in its versions."""
    may_edit = services.may_change_municipality(here.actor)
    page = selectors.result_page(here)
    versions = ResultBudget.Version.choices
    return _page(request, here, "result", page=page, may_edit=may_edit, versions=versions, at_part="result")


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def result_edit(request: HttpRequest, here: Here, version: str) -> HttpResponse:
    """Edit a version of the year's result; when another came first, nothing is lost."""
    if version not in ResultBudget.Version.values:
        raise Http404(_("Det finns ingen sådan version. Välj budget, prognos eller utfall."))
    services.require_municipality(here.actor)
    year = here.reporting_date.year
    stored, seen = selectors.budget_stored(here.actor, year, version)
    form = ResultForm(
        request.POST or None, year=year, version=version, decisions=_decisions(here), initial=_result(stored, seen)
    )
    context: dict[str, Any] = {"form": form, "stored": stored, "told_as": ResultBudget.Version(version).label}
    context["at_part"] = "result"
    if not form.is_valid():
        return _page(request, here, "result_edit", 422 if request.POST else 200, **context)
    try:
        services.result_budget_save(here.actor, form.written())
    except EditConflictError as conflict:
        # Sending it once more is a decision made knowingly: the form now says that the other's change was seen.
        form.data = {**request.POST.dict(), "seen": str(seen)}
        return _page(request, here, "result_edit", 409, conflict=conflict, **context)
    except UseError as error:
        return _page(request, here, "result_edit", 422, problem=error, **context)
    messages.success(request, _("Resultatbudgeten är sparad."))
    return HttpResponseRedirect(here.url("result_budget"))


def _result(stored: ResultBudget | None, seen: int) -> dict[str, Any]:
    if stored is None:
        return {"seen": seen}
    told: dict[str, Any] = {f"{one.line}_{one.year}": one.amount for one in stored.lines.all()}
    reserve = stored.from_reserve or None
    return told | {"seen": seen, "from_reserve": reserve, "reason": stored.reason, "decision": stored.decision_id or ""}


@require_safe
@in_context
def balance(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the year's balance investigation, the room in the result reserve and the three-year clock."""
    page = selectors.balance_page(here)
    may_edit = services.may_change_municipality(here.actor)
    return _page(request, here, "balance", page=page, may_edit=may_edit, at_part="balance")


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def balance_edit(request: HttpRequest, here: Here) -> HttpResponse:
    """Compute a balance investigation as often as one likes, for anybody; save it for those who may."""
    year = here.reporting_date.year
    stored, seen = selectors.investigation_of(here.actor, year)
    is_computed, refusal = _rules(year)
    form = BalanceForm(
        request.POST or None, year=year, is_computed=is_computed, decisions=_decisions(here),
        initial=_balance(here, stored, seen),
    )  # fmt: skip
    may_edit = services.may_change_municipality(here.actor)
    if not may_edit or "spara" not in request.POST:
        form.fields["why"].required = False
    context: dict[str, Any] = {"form": form, "may_edit": may_edit, "refusal": refusal, "at_part": "balance"}
    if not form.is_valid():
        return _page(request, here, "balance_edit", 422 if request.POST else 200, **context)
    if "spara" not in request.POST:
        told, room, remarks, problem = computed(form.probe())
        shown = {"told": told, "room": room, "remarks": remarks, "problem": problem}
        return _page(request, here, "balance_edit", **context, **shown)
    try:
        services.balance_save(here.actor, form.written())
    except EditConflictError as conflict:
        form.data = {**request.POST.dict(), "seen": str(seen)}
        return _page(request, here, "balance_edit", 409, conflict=conflict, **context)
    except UseError as error:
        return _page(request, here, "balance_edit", 422, problem=error, **context)
    messages.success(request, _("Balanskravsutredningen är sparad."))
    return HttpResponseRedirect(here.url("balance"))


def _rules(year: int) -> tuple[bool, str]:
    try:
        rules_for(year)
    except UseError as refused:
        return False, str(refused)
    return True, ""


def _balance(here: Here, stored: BalanceInvestigation | None, seen: int) -> dict[str, Any]:
    """Give what the form begins with: what is stored, or what the result budget and earlier years tell."""
    if stored is not None:
        names = (*GIVEN, "stated", "tax_base", "equity", "reserve")
        told = {name: getattr(stored, name) for name in names}
        shown = {name: amount for name, amount in told.items() if amount or name in ("result", "stated", "reserve")}
        return shown | {"seen": seen, "decision": stored.decision_id or ""}
    year = here.reporting_date.year
    found: dict[str, Value | None] = {
        "result": result_stored(here.actor, year), "tax_base": tax_base_of(here.actor, year),
        "earlier_deficits": left_before(here.actor, year),
    }  # fmt: skip
    known: dict[str, Decimal] = {name: one.number for name, one in found.items() if isinstance(one, Quantity)}
    return known | {"seen": seen}


def _decisions(here: Here) -> list[Decision]:
    return list(decisions_of(here, DecisionFilter())[:SHOWN_DECISIONS])


def _page(request: HttpRequest, here: Here, name: str, status: int = 200, /, **context: object) -> HttpResponse:
    return render(request, f"council/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)
