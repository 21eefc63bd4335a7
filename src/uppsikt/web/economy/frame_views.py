"""Pages of frames: how a frame came about and as of when; decisions that are registered, changed and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.economy import INDEXATION_ROUNDING
from uppsikt.core.errors import UseError
from uppsikt.core.tables import Table
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.cycle.models import Decision
from uppsikt.web.cycle.selectors import DecisionFilter, decisions_of
from uppsikt.web.economy import selectors, services
from uppsikt.web.economy.frame_forms import AsOfForm, FrameChangeForm, FrameForm, IndexationForm, TransferForm
from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.economy.selectors import Proposed
from uppsikt.web.economy.services.frames import indexation_of, may_change_frames, require_frames
from uppsikt.web.history.services import EditConflictError

SHOWN_YEARS = 4  # the budget year and the plan years that a decision usually tells
SHOWN_DECISIONS = 200


@require_safe
@in_context
def frames(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how the frame came about, as of all decisions, of one, or of a day."""
    choices = selectors.frame_page(here).choices if request.GET.get("efter") or request.GET.get("den") else ()
    asked = AsOfForm(request.GET, choices).asked() if choices else None
    page = selectors.frame_page(here, asked)
    form = AsOfForm(request.GET, page.choices)
    form.is_valid()
    may_edit = may_change_frames(here.actor, here.unit)
    return _page(request, here, "frames", page=page, form=form, may_edit=may_edit)


@require_safe
@in_context
def transfers(request: HttpRequest, here: Here) -> HttpResponse:
    """Show every committee's transfers, and that they sum to zero over the municipality in every year."""
    first = here.reporting_date.year
    page = selectors.transfers_page(here.actor, first, first + SHOWN_YEARS - 1)
    return _page(request, here, "transfers", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def frame_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Register a decision about the unit's frame: first shown, then saved."""
    require_frames(here.actor, here.unit)
    form = FrameForm(request.POST or None, years=_years(here), decisions=_decisions(here))
    context = {"form": form, "title": _("Registrera ett beslut om ramen")}
    if not form.is_valid():
        return _page(request, here, "frame_new", 422 if request.POST else 200, **context)
    written = form.written(here.unit)
    proposed = Proposed(here.unit, written.kind, written.amounts, form.day)
    if "spara" not in request.POST:
        shown = (selectors.preview(here.actor, proposed),)
        return _page(request, here, "frame_new", previews=shown, **context)
    try:
        services.frame_entry_add(here.actor, written, form.cleaned_data["why"])
    except UseError as error:
        return _page(request, here, "frame_new", 422, problem=error, **context)
    messages.success(request, _("Beslutet är registrerat och ramen är ändrad."))
    return HttpResponseRedirect(here.url("frames"))


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def frame_transfer(request: HttpRequest, here: Here) -> HttpResponse:
    """Register a transfer: both sides are shown before it is saved."""
    require_frames(here.actor, here.unit)
    units = selectors.committees(here.actor, date(here.reporting_date.year, 1, 1))
    form = TransferForm(request.POST or None, years=_years(here), decisions=_decisions(here), units=units)
    context = {"form": form, "title": _("Registrera en omfördelning")}
    if not form.is_valid():
        return _page(request, here, "frame_transfer", 422 if request.POST else 200, **context)
    written = form.written()
    if "spara" not in request.POST:
        taken = {year: -amount for year, amount in written.amounts.items()}
        sides = ((written.giver, taken), (written.receiver, written.amounts))
        told = [Proposed(unit, FrameEntry.Kind.TRANSFER, amounts, form.day) for unit, amounts in sides]
        shown = tuple(selectors.preview(here.actor, one) for one in told)
        return _page(request, here, "frame_transfer", previews=shown, **context)
    try:
        services.frame_transfer(here.actor, written, form.cleaned_data["why"])
    except UseError as error:
        return _page(request, here, "frame_transfer", 422, problem=error, **context)
    messages.success(request, _("Omfördelningen är registrerad hos båda nämnderna."))
    return HttpResponseRedirect(here.url("frames"))


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def frame_index(request: HttpRequest, here: Here) -> HttpResponse:
    """Index several frames: every committee's amount is shown before it is saved."""
    require_frames(here.actor, here.unit)
    units = selectors.committees(here.actor, date(here.reporting_date.year, 1, 1))
    form = IndexationForm(request.POST or None, years=_years(here), decisions=_decisions(here), units=units)
    context = {"form": form, "title": _("Räkna upp ramarna"), "rounding": INDEXATION_ROUNDING}
    if not form.is_valid():
        return _page(request, here, "frame_index", 422 if request.POST else 200, **context)
    written = form.written()
    try:
        indexed = indexation_of(here.actor, written)
        if "spara" not in request.POST:
            return _page(request, here, "frame_index", previews=_indexed(here, form), indexed=indexed, **context)
        services.frame_index(here.actor, written, form.cleaned_data["why"])
    except UseError as error:
        return _page(request, here, "frame_index", 422, problem=error, **context)
    messages.success(request, _("Uppräkningen är registrerad."))
    return HttpResponseRedirect(here.url("frames"))


def _indexed(here: Here, form: IndexationForm) -> tuple[Table, ...]:
    written = form.written()
    amounts = indexation_of(here.actor, written).amounts
    kind = FrameEntry.Kind.INDEXATION
    told = [
        Proposed(unit, kind, dict.fromkeys(written.years, amounts[unit.slug].number), form.day)
        for unit in written.units
    ]
    return tuple(selectors.preview(here.actor, one) for one in told)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def frame_change(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Change, withdraw or restore a registered decision; a transfer's mirror follows."""
    entry = selectors.frame_entry(here.actor, pk)
    sides = [one for one in (entry.unit, entry.counterpart) if one]
    line, mirror = selectors.line_of(here.actor, entry), selectors.mirror_of(here.actor, entry)
    newest = selectors.newest_change(here.actor, [*line, *mirror])
    amounts: dict[int, Decimal | None] = dict.fromkeys(_years_around(line))
    amounts |= {one.year: one.amount for one in line if not one.withdrawn}
    seen = newest.pk if newest else 0
    initial = {"seen": seen, "financing": entry.financing}
    form = FrameChangeForm(request.POST or None, amounts=amounts, kind=entry.kind, initial=initial)
    context = {
        "entry": entry, "line": line, "mirror": mirror, "form": form, "may_edit": may_change_frames(here.actor, *sides),
        "is_withdrawn": all(one.withdrawn for one in line),
        "changes": selectors.changes_of_lines(here.actor, [*line, *mirror]),
    }  # fmt: skip
    if not request.POST:
        return _page(request, here, "frame_change", **context)
    require_frames(here.actor, *sides)
    if not form.is_valid():
        return _page(request, here, "frame_change", 422, **context)
    try:
        said = _changed(request, here, entry, form)
    except EditConflictError as conflict:
        # Sending it once more is a decision made knowingly: the form now says that the other's change was seen.
        form.data = {**request.POST.dict(), "seen": str(seen)}
        return _page(request, here, "frame_change", 409, conflict=conflict, **context)
    except UseError as error:
        return _page(request, here, "frame_change", 422, problem=error, **context)
    messages.success(request, said)
    return HttpResponseRedirect(here.url("frames"))


def _changed(request: HttpRequest, here: Here, entry: FrameEntry, form: FrameChangeForm) -> str:
    written = form.written()
    if "aterkalla" in request.POST:
        services.frame_entry_withdraw(here.actor, entry, written.why, written.seen)
        return _("Posten är återkallad. Den finns kvar i historiken och kan läggas tillbaka.")
    if "aterstall" in request.POST:
        services.frame_entry_restore(here.actor, entry, written.why, written.seen)
        return _("Posten räknas igen.")
    services.frame_entry_change(here.actor, entry, written)
    return _("Ändringen är sparad, också hos motparten.") if entry.counterpart else _("Ändringen är sparad.")


def _years_around(line: Sequence[FrameEntry]) -> tuple[int, ...]:
    years = [one.year for one in line]
    return tuple(range(min(years), max(*years, min(years) + SHOWN_YEARS - 1) + 1))


def _years(here: Here) -> tuple[int, ...]:
    first = here.reporting_date.year
    return tuple(range(first, first + SHOWN_YEARS))


def _decisions(here: Here) -> list[Decision]:
    return list(decisions_of(here, DecisionFilter())[:SHOWN_DECISIONS])


def _page(request: HttpRequest, here: Here, name: str, status: int = 200, /, **context: object) -> HttpResponse:
    return render(request, f"economy/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)
