"""Pages of staff, payroll files, volumes and the reception of refugees. What was typed is never lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Quantity, format_quantity
from uppsikt.exchange.payroll import read_payroll
from uppsikt.exchange.sheets.writing import write_csv, write_xlsx
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.economy.fields import as_typed
from uppsikt.web.economy.models import Volume
from uppsikt.web.history.selectors import last_change
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.organisation.gate import Act, reach, require
from uppsikt.web.organisation.uploads import clean_name, refuse_too_large
from uppsikt.web.staff import exporting, selectors, services
from uppsikt.web.staff.forms import LARGEST_FILE, PayrollForm, ReceptionForm, VolumeForm, WhyForm
from uppsikt.web.staff.models import Reception
from uppsikt.web.staff.services import BrokenPayrollError, PayrollFile

_changes = require_http_methods(["GET", "HEAD", "POST"])
_WRITERS = {
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (write_csv, "text/csv; charset=utf-8"),
}


@require_safe
@in_context
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """Show employees, full-time equivalents, sick leave and turnover."""
    return _page(request, here, "people", page=selectors.people_page(here))


@require_safe
@in_context
def people_file(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """Give the same tables as a file; what is hidden on the page is hidden in it."""
    if form not in _WRITERS:
        raise Http404(_("Tabellerna finns som xlsx och csv."))
    write, kind = _WRITERS[form]
    answer = HttpResponse(write(exporting.sheet_of(selectors.people_page(here).all_tables)), content_type=kind)
    name = f"personal-{here.unit.slug}-{here.reporting_date.slug}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@in_context
def loads(request: HttpRequest, here: Here) -> HttpResponse:
    """List the payroll files."""
    return _page(request, here, "loads", page=selectors.loads_page(here))


@_changes
@in_context
def load_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Take a payroll file in and try it: nothing counts until it is let to."""
    require_ledger(here.actor)
    refuse_too_large(request, LARGEST_FILE)
    form = PayrollForm(request.POST or None, request.FILES or None)
    title, back = _("Pröva en fil från lönesystemet"), here.url("payroll_loads")
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return _page(request, here, "edit", status, form=form, title=title, back=back, is_upload=True)
    file = form.cleaned_data["file"]
    content, name = file.read(), clean_name(file.name or "", "fil")
    try:
        read = read_payroll(content, name)
        digest = hashlib.sha256(content).hexdigest()
        made = services.payroll_keep(
            here.actor, PayrollFile(name, digest, read.rows, read.faults), form.cleaned_data["why"]
        )
    except BrokenPayrollError as error:
        form.add_error(None, str(error))
        return _page(request, here, "edit", 400, form=form, title=title, back=back, is_upload=True, faults=error.faults)
    except UseError as error:
        form.add_error("file", str(error))
        return _page(request, here, "edit", 400, form=form, title=title, back=back, is_upload=True)
    return HttpResponseRedirect(here.url("payroll_load", made.pk))


@_changes
@in_context
def load(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show what a payroll file does or would do, month by month, and let it count."""
    require_ledger(here.actor)
    found = selectors.load_called(here, pk)
    form = WhyForm(request.POST or None)
    status = 200
    if form.is_valid():
        changed = services.payroll_apply(here.actor, found, form.cleaned_data["why"])
        messages.success(request, _("Filen gäller nu för {count} månader.").format(count=len(changed)))
        return HttpResponseRedirect(here.url("payroll_loads"))
    if form.is_bound:
        status = 400
    return _page(request, here, "load", status, run=selectors.dry_run_of(here.actor, found), form=form)


@require_safe
@in_context
def volumes(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the volume figures, and which volumes can be begun."""
    page = selectors.volumes_page(here)
    told = {line.volume.pk for line in page.lines if line.unit.pk == here.unit.pk}
    every = reach(here.actor, Volume).filter(kind=Volume.Kind.VOLUME).order_by("name")
    return _page(request, here, "volumes", page=page, others=[one for one in every if one.pk not in told])


@_changes
@in_context
def volume(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Tell the four figures of a volume for the unit."""
    require(here.actor, Act.REPORT, here.unit)
    found = reach(here.actor, Volume).filter(slug=slug).first()
    if found is None:
        raise Http404(_("Det finns inget volymtal som heter ”{name}”.").format(name=slug))
    line = selectors.volume_line(here, found)
    seen = selectors.seen_of(here.actor, line)
    typed = {
        role: format_quantity(Quantity(round(one.number, one.decimals), decimals=one.decimals), spaces=" ")
        for role, one in line.figures.items()
    }
    headings = selectors.volumes_page(here).headings
    form = VolumeForm(request.POST or None, headings=headings, initial={"seen": seen, **typed})

    def save() -> None:
        told = form.cleaned_data
        services.volume_save(here, found, form.numbers(), told["why"], told["seen"])
        messages.success(request, _("Volymtalen är sparade."))

    return _edited(request, here, form, save, seen=seen, title=found.name, back=here.url("volumes"))


@require_safe
@in_context
def reception(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the reception of refugees: cost, compensation, coverage."""
    return _page(request, here, "reception", page=selectors.reception_page(here))


@_changes
@in_context
def reception_edit(request: HttpRequest, here: Here, pk: int | None = None) -> HttpResponse:
    """Tell a part of the reception, a new one or one that is there."""
    require(here.actor, Act.REPORT, here.unit)
    own = reach(here.actor, Reception).filter(unit=here.unit, reporting_date=here.reporting_date)
    stored = own.filter(pk=pk).first() if pk is not None else None
    if pk is not None and stored is None:
        raise Http404(_("Raden finns inte hos {unit} vid {date}.").format(unit=here.unit, date=here.reporting_date))
    change = last_change(here.actor, stored) if stored else None
    seen = change.pk if change else 0
    initial: dict[str, object] = {"seen": seen}
    if stored:
        initial |= {
            "part": stored.part, "activity": stored.activity, "cost": as_typed(stored.cost),
            "compensation": as_typed(stored.compensation),
        }  # fmt: skip
    form = ReceptionForm(request.POST or None, initial=initial)

    def save() -> None:
        services.reception_save(here, form.told(), stored)
        messages.success(request, _("Raden är sparad."))

    return _edited(request, here, form, save, seen=seen, title=_("Flyktingmottagande"), back=here.url("reception"))


def _edited(
    request: HttpRequest, here: Here, form: forms.Form, save: Callable[[], None], /, *, seen: int = 0, **context: object
) -> HttpResponse:
    """Show a form, or save what it says; what cannot be saved stays typed, with the reason."""
    status, conflict = 200, None
    if form.is_valid():
        try:
            save()
        except EditConflictError as error:
            # Sending it once more is a decision made knowingly: the form now says that the other's change was seen.
            form.data = {**request.POST.dict(), "seen": str(seen)}
            status, conflict = 409, error
        except UseError as error:
            form.add_error(None, str(error))
            status = 400
        else:
            return HttpResponseRedirect(str(context["back"]))
    elif form.is_bound:
        status = 400
    return _page(request, here, "edit", status, form=form, conflict=conflict, **context)


def _page(request: HttpRequest, here: Here, name: str, status: int = 200, /, **context: object) -> HttpResponse:
    return render(request, f"staff/{name}.html", {"here": here, "section": "ekonomi", **context}, status=status)
