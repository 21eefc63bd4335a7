"""Pages of what the municipality decides about its own follow-up: the limits, and the forms that change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Quantity, format_quantity
from uppsikt.web.council.rule_forms import GroupForm, RemoveForm, SizeForm
from uppsikt.web.council.selectors.rules import kind_of, limit_called, plain, rules_page, words_of
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.economy.fields import as_typed
from uppsikt.web.followup.models import ForecastLimit
from uppsikt.web.followup.services.limits import limit_remove, limit_save
from uppsikt.web.history.selectors import last_change
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.ledger.services import require_ledger
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.staff.selectors import limit_of, rule_of
from uppsikt.web.staff.services import smallest_group_save

_changes = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@in_context
def rules(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the limits: what counts, since when, why, and what counts without them."""
    return _page(request, here, "rules", {"page": rules_page(here)})


@_changes
@in_context
def rule_new(request: HttpRequest, here: Here, rule: str) -> HttpResponse:
    """Register a limit from a day on."""
    require_ledger(here.actor)
    kind = kind_of(rule)
    initial = {"seen": 0, "valid_from": date(here.reporting_date.year, 1, 1)}
    return _sized(request, here, SizeForm(request.POST or None, initial=initial), kind, None)


@_changes
@in_context
def rule_change(request: HttpRequest, here: Here, rule: str, pk: int) -> HttpResponse:
    """Change a limit that is registered."""
    require_ledger(here.actor)
    stored = limit_called(here.actor, rule, pk)
    initial = {
        "seen": _seen(here.actor, stored), "valid_from": stored.valid_from, "source": stored.source,
        "amount": as_typed(stored.amount), "both": "1" if stored.both else "",
        "percent": "" if stored.percent is None else format_quantity(Quantity(plain(stored.percent)), spaces=" "),
    }  # fmt: skip
    return _sized(request, here, SizeForm(request.POST or None, initial=initial), kind_of(rule), stored)


def _sized(
    request: HttpRequest, here: Here, form: SizeForm, kind: ForecastLimit.Kind, stored: ForecastLimit | None
) -> HttpResponse:
    def save() -> None:
        limit_save(here.actor, kind, form.told(), stored)
        messages.success(request, _("Gränsen är sparad."))

    title = _("Gräns för {what}").format(what=kind.label)
    return _edited(request, here, form, save, {"title": title, "seen": _seen(here.actor, stored)})


@_changes
@in_context
def rule_remove(request: HttpRequest, here: Here, rule: str, pk: int) -> HttpResponse:
    """Take a limit away."""
    require_ledger(here.actor)
    stored = limit_called(here.actor, rule, pk)
    form = RemoveForm(request.POST or None)

    def save() -> None:
        limit_remove(here.actor, stored, form.cleaned_data["why"])
        messages.success(request, _("Gränsen är borttagen. Historiken har den kvar."))

    told = {"title": _("Ta bort gränsen"), "stored": stored, "words": words_of(stored), "is_removal": True}
    return _edited(request, here, form, save, told)


@_changes
@in_context
def group_rule(request: HttpRequest, here: Here) -> HttpResponse:
    """Decide how few people a group may have to be shown."""
    require_ledger(here.actor)
    seen = _seen(here.actor, rule_of(here.actor))
    form = GroupForm(request.POST or None, initial={"number": limit_of(here.actor), "seen": seen})

    def save() -> None:
        told = form.cleaned_data
        smallest_group_save(here.actor, told["number"], told["why"], seen=told["seen"])
        messages.success(request, _("Gränsen är sparad."))

    return _edited(request, here, form, save, {"title": _("Minsta grupp som visas"), "seen": seen})


def _seen(actor: Actor, stored: Model | None) -> int:
    change = last_change(actor, stored) if stored else None
    return change.pk if change else 0


def _edited(
    request: HttpRequest, here: Here, form: forms.Form, save: Callable[[], None], told: Mapping[str, object]
) -> HttpResponse:
    """Show a form, or save what it says; what cannot be saved stays typed, with the reason."""
    status, conflict, problem = 200, None, None
    if form.is_valid():
        try:
            save()
        except EditConflictError as error:
            # Sending it once more is a decision made knowingly: the form now says that the other's change was seen.
            form.data = {**request.POST.dict(), "seen": str(told["seen"])}
            status, conflict = 409, error
        except UseError as error:
            status, problem = 422, error
        else:
            return HttpResponseRedirect(here.url("municipality_rules"))
    elif form.is_bound:
        status = 422
    return _page(request, here, "rule_edit", {"form": form, "conflict": conflict, "problem": problem, **told}, status)


def _page(request: HttpRequest, here: Here, name: str, told: Mapping[str, object], status: int = 200) -> HttpResponse:
    context = {"here": here, "section": "ekonomi", "at_part": "rules", **told}
    return render(request, f"council/{name}.html", context, status=status)
