"""Pages of moves, and of why units' budgets changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.errors import UppsiktError
from uppsikt.web.budget import forms, selectors
from uppsikt.web.budget.models import BudgetUnit
from uppsikt.web.budget.selectors.changes import Explanation, change_page, explanation_of, reason_of
from uppsikt.web.budget.selectors.moves import MovePage, move_of, move_page
from uppsikt.web.budget.services import explaining, moving
from uppsikt.web.budget.views.pages import page, unit_at, version_at
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.organisation.gate import Act, may
from uppsikt.web.organisation.reading import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_moves(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show the log of moves and make a new one."""
    version = version_at(here, pk)
    shown = move_page(here, version)
    start = {"first_month": shown.first_open, "seen": shown.newest}
    form = forms.MoveForm(request.POST or None, lines=shown.lines, closed=shown.closed, initial=start)
    if form.is_valid():
        try:
            moving.move_make(here.actor, version, _wanted(shown, form))
        except moving.MovedMeanwhileError as refused:
            # Sending it once more is a decision made knowingly: the form now says that the other move was seen.
            shown = move_page(here, version)
            form.data = {**request.POST.dict(), "seen": str(refused.newest.pk)}
            form.add_error(None, str(refused))
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Flytten är gjord och loggad."))
            return HttpResponseRedirect(here.url("budget_moves", version.pk))
    return page(request, here, "moves", budget=version, page=shown, form=form)


def _wanted(shown: MovePage, form: forms.MoveForm) -> moving.MoveWanted:
    told = form.cleaned_data
    by_key = {line.pk: line for line in shown.lines}
    giver, receiver = by_key[told["giver"]], by_key[told["receiver"]]
    return moving.MoveWanted(giver, receiver, told["amount"] or 0, told["first_month"], told["why"], told["seen"] or 0)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_move_undo(request: HttpRequest, here: Here, pk: int, move: int) -> HttpResponse:
    """Turn a move back, with a reason."""
    version = version_at(here, pk)
    stored = move_of(here.actor, version, move)
    if stored is None:
        raise Http404(_("Flytten finns inte."))
    form = forms.WhyForm(request.POST or None)
    if form.is_valid():
        try:
            moving.move_undo(here.actor, stored, form.cleaned_data["why"])
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Flytten är ångrad genom en flytt tillbaka. Båda står kvar i loggen."))
            return HttpResponseRedirect(here.url("budget_moves", version.pk))
    told = {"amount": selectors.shown(stored.amount), "giver": stored.giver.label, "receiver": stored.receiver.label}
    lead = _("%(amount)s kr flyttas tillbaka från %(receiver)s till %(giver)s, i samma månader.") % told
    return page(
        request, here, "form", form=form, heading=_("Ångra flytten"), button=_("Ångra"), budget=version, lead=lead
    )


@require_safe
@in_context
def budget_change(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show how every unit's budget changed from last year, by kind."""
    version = version_at(here, pk)
    return page(request, here, "changes", budget=version, page=change_page(here, version))


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_change_unit(request: HttpRequest, here: Here, pk: int, of: str) -> HttpResponse:
    """Show one unit's reasons; add one, take one away, or say what the budget was last year."""
    version = version_at(here, pk)
    unit = unit_at(here, version, of)
    found = explanation_of(here, version, unit)
    if found is None:
        raise Http404(_("Enheten är inte med i budgeten."))
    own, told = found
    action = request.POST.get("gor", "")
    form = forms.ReasonForm(request.POST if action == "forklara" else None)
    before = forms.BeforeForm(request.POST if action == "fore" else None, initial={"before": told.raw_before})
    try:
        if _written(request, here, own, form, before):
            return HttpResponseRedirect(request.get_full_path())
    except UppsiktError as error:
        asked = before if action == "fore" else form
        if asked.is_bound:
            asked.add_error(None, str(error))
        else:  # one that is taken away is no field of a form
            messages.error(request, str(error))
    context = {"budget": version, "unit": unit, "told": told, "form": form, "before": before}
    return page(request, here, "change", may_before=_may_before(here, told, own), **context)


def _may_before(here: Here, told: Explanation, own: BudgetUnit) -> bool:
    return told.may_change and may(here.actor, Act.BUDGET, own.version.unit)


def _written(
    request: HttpRequest, here: Here, own: BudgetUnit, form: forms.ReasonForm, before: forms.BeforeForm
) -> bool:
    """Do what the form asks, and say whether anything was done."""
    if form.is_valid():
        told = form.cleaned_data
        explaining.reason_add(here.actor, own, told["kind"], told["text"], told["amount"])
        messages.success(request, _("Förklaringen är tillagd."))
        return True
    if before.is_valid():
        explaining.before_set(here.actor, own, before.cleaned_data["before"], before.cleaned_data["why"])
        messages.success(request, _("Förra årets budget är sparad."))
        return True
    asked = whole_number(request.POST.get("ta-bort", ""))
    reason = None if asked is None else reason_of(here, own, asked)
    if reason is None:
        return False
    explaining.reason_remove(here.actor, reason)
    messages.success(request, _("Förklaringen är borttagen."))
    return True
