"""Pages of the register of codes: a list that is searched, a code that is renamed, a responsibility code that moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uppsikt.core.errors import UseError
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.history.fields import WhyField
from uppsikt.web.ledger import services
from uppsikt.web.ledger.models import PARTS, LedgerCode
from uppsikt.web.ledger.selectors.moving import history_of, moving
from uppsikt.web.ledger.services import responsibility
from uppsikt.web.ledger.services.codes import Said, change
from uppsikt.web.ledger.views import page
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Unit

PER_PAGE = 100


class CodeForm(forms.Form):
    """What a code is called and whether a counterpart is the municipality itself, and why it is changed."""

    name = forms.CharField(label=gettext_lazy("Benämning"), max_length=200, required=False)
    is_internal = forms.BooleanField(label=gettext_lazy("Motparten är kommunen själv"), required=False)
    why = WhyField(
        label=gettext_lazy("Varför ändrar du?"),
        empty=gettext_lazy("Skriv varför koden ändras. Det sparas i historiken."),
    )

    def __init__(self, code: LedgerCode, data: QueryDict | None) -> None:
        super().__init__(data, initial={"name": code.name, "is_internal": code.is_internal})
        if code.part != "counterpart":
            del self.fields["is_internal"]


class _Day(forms.DateInput):
    """A day as browsers choose it."""

    def __init__(self) -> None:
        super().__init__({"type": "date"}, "%Y-%m-%d")


class MoveForm(forms.Form):
    """To which unit a responsibility code is given, and from which day: none when it always belonged there."""

    enhet: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        None, label=gettext_lazy("Till enheten"), to_field_name="slug", empty_label=gettext_lazy("Välj enhet"),
        error_messages={"required": gettext_lazy("Välj en enhet."), "invalid_choice": gettext_lazy("Välj en enhet.")},
    )  # fmt: skip
    fran = forms.DateField(
        label=gettext_lazy("Från och med"), required=False, widget=_Day,
        help_text=gettext_lazy("Lämna tomt för att rätta: då gäller enheten hela den tid som raden gäller."),
        error_messages={"invalid": gettext_lazy("Skriv en dag, till exempel 2025-01-01.")},
    )  # fmt: skip

    def __init__(self, here: Here, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["enhet"].queryset = reach(here.actor, Unit).order_by("order", "name")  # type: ignore[attr-defined]  # of a choice


class CloseForm(forms.Form):
    """From which day a code is closed; none when it is opened again."""

    pa = forms.DateField(
        label=gettext_lazy("Stängd från och med"), required=False, widget=_Day,
        help_text=gettext_lazy("Lämna tomt för att öppna koden igen."),
        error_messages={"invalid": gettext_lazy("Skriv en dag, till exempel 2025-01-01.")},
    )  # fmt: skip


@require_safe
@in_context
def codes(request: HttpRequest, here: Here) -> HttpResponse:
    """List the codes of a part, all or those that are searched for."""
    part = request.GET.get("del", "unit")
    part = part if part in PARTS else "unit"
    words = request.GET.get("q", "").strip()[:80]
    found = reach(here.actor, LedgerCode).filter(part=part).select_related("unit")
    if part == "unit" and "utan-enhet" in request.GET:
        found = found.filter(unit__isnull=True)
    if words:
        found = found.filter(Q(code__istartswith=words) | Q(name__icontains=words) | Q(unit__name__icontains=words))
    return page(
        request, here, "codes", part=part, parts=PARTS.items(), words=words, may_load=services.may_load(here.actor),
        homeless="utan-enhet" in request.GET, page=Paginator(found, PER_PAGE).get_page(request.GET.get("sida")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def code(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a code, whose it is and has been, and change what it is called."""
    found = _code(here, pk)
    form = CodeForm(found, request.POST or None)
    if request.method == "POST":
        services.require_ledger(here.actor)
        if form.is_valid():
            chosen = form.cleaned_data
            said = Said(chosen["name"], is_internal=bool(chosen.get("is_internal")))
            change(here.actor, found, chosen["why"], said)
            messages.success(request, _("Koden är ändrad."))
            return HttpResponseRedirect(here.url("ledger_code", pk))
    rows = responsibility.rows_of(here.actor, found.code) if found.part == "unit" else (found,)
    return page(
        request, here, "code", code=found, form=form, word=PARTS[found.part], rows=rows, move_form=MoveForm(here),
        close_form=CloseForm(), changes=history_of(here.actor, rows), may_load=services.may_load(here.actor),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def move(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show what giving a responsibility code to another unit does to the figures, and do it."""
    services.require_ledger(here.actor)
    found = _responsibility(here, pk)
    form = MoveForm(here, request.POST or request.GET)
    if not form.is_valid():
        return page(request, here, "code_move", code=found, form=form)
    unit, since = form.cleaned_data["enhet"], form.cleaned_data["fran"]
    try:
        if request.method == "POST":
            responsibility.move(here.actor, found, unit, since, request.POST.get("skal", ""))
            messages.success(request, _("{code} hör nu till {unit}.").format(code=found.code, unit=unit.name))
            return HttpResponseRedirect(here.url("ledger_code", pk))
        plan = responsibility.planned(here.actor, found, unit, since)
    except UseError as error:
        form.add_error(None, str(error))
        return page(request, here, "code_move", code=found, form=form)
    told = moving(here.actor, plan.row, unit, plan.since, plan.until)
    return page(request, here, "code_move", code=found, form=form, plan=plan, moving=told)


@require_POST
@in_context
def undo_move(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Take the last move of a responsibility code back."""
    return _done(
        request, here, pk, _("Flytten är ångrad."),
        lambda found: responsibility.undo_move(here.actor, found.code, request.POST.get("skal", "")),
    )  # fmt: skip


@require_POST
@in_context
def close_code(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Close a responsibility code from a day, or open it again."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors.get("pa", []))))
        return HttpResponseRedirect(here.url("ledger_code", pk))
    on: date | None = form.cleaned_data["pa"]
    done = _("Koden är stängd.") if on else _("Koden är öppen.")
    return _done(
        request, here, pk, done,
        lambda found: responsibility.close(here.actor, found.code, on, request.POST.get("skal", "")),
    )  # fmt: skip


def _done(request: HttpRequest, here: Here, pk: int, done: str, act: Callable[[LedgerCode], None]) -> HttpResponse:
    """Do something with a responsibility code, say how it went, and lead back to it."""
    found = _responsibility(here, pk)
    try:
        act(found)
    except UseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    left = responsibility.rows_of(here.actor, found.code)
    return HttpResponseRedirect(here.url("ledger_code", left[-1].pk))


def _code(here: Here, pk: int) -> LedgerCode:
    found = reach(here.actor, LedgerCode).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Koden finns inte i registret."))
    return found


def _responsibility(here: Here, pk: int) -> LedgerCode:
    found = _code(here, pk)
    if found.part != "unit":
        raise Http404(_("Bara ett ansvar hör till en enhet."))
    return found
