"""The grids, and the lines in them."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from uppsikt.core.economy.spreading import Profile
from uppsikt.core.errors import UppsiktError
from uppsikt.core.quantities import Quantity
from uppsikt.web.budget import forms, selectors
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.posted import grid_posted
from uppsikt.web.budget.selectors import Grid, Kind
from uppsikt.web.budget.selectors.patterns import LastYear
from uppsikt.web.budget.services import lines, saving
from uppsikt.web.budget.views.pages import page, unit_at, version_at, year_of
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.history.selectors import last_change
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.gate import Act, may, require
from uppsikt.web.organisation.models import Unit

_WHY = "budget_why"  # the last reason of the session: one who saves often gives it once
_SAVE = {Kind.MONTHS: saving.months_save, Kind.YEARS: saving.years_save, Kind.GIVEN: saving.given_save}


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_grid(request: HttpRequest, here: Here, pk: int, kind: str, of: str) -> HttpResponse:
    """Show a grid and save what was typed in it: all of it or nothing."""
    version = version_at(here, pk)
    if kind not in list(Kind):
        raise Http404(_("Det finns inget sådant rutnät."))
    which, unit, year = Kind(kind), unit_at(here, version, of), year_of(request, version)
    if request.method == "POST":
        return _saved(request, here, _Asked(version, which, unit, year))
    grid = _grid(here, _Asked(version, which, unit, year))
    return _shown(request, here, grid, request.session.get(_WHY, ""))


class _Asked:
    """Which grid an address names."""

    def __init__(self, version: BudgetVersion, kind: Kind, unit: Unit, year: int) -> None:
        self.version, self.kind, self.unit, self.year = version, kind, unit, year


def _grid(here: Here, asked: _Asked, typed: selectors.Typed | None = None) -> Grid:
    if asked.kind is Kind.MONTHS:
        return selectors.months_of(here, asked.version, asked.unit, asked.year, typed=typed)
    return selectors.grid_of(here, asked.version, asked.kind, asked.unit, typed=typed)


def _saved(request: HttpRequest, here: Here, asked: _Asked) -> HttpResponse:
    grid = _grid(here, asked)
    posted = grid_posted(request.POST, asked.kind, len(grid.columns))
    why = request.POST.get("why", "")
    if posted.faults:
        told = ngettext("%(n)s cell går inte att läsa.", "%(n)s celler går inte att läsa.", len(posted.faults))
        error = f"{told % {'n': len(posted.faults)}} {_('Ingenting är sparat; det du har skrivit står kvar.')}"
        return _shown(request, here, _grid(here, asked, posted.typed(grid)), why, error)
    try:
        saved = _SAVE[asked.kind](here.actor, asked.version, posted.edits, why)
    except UppsiktError as refused:
        again = _grid(here, asked, posted.typed(_grid(here, asked)))
        return _shown(request, here, again, why, str(refused))
    request.session[_WHY] = why
    _tell(request, saved)
    return HttpResponseRedirect(request.get_full_path())


def _tell(request: HttpRequest, saved: saving.Saved) -> None:
    told = ngettext("%(n)s cell är sparad.", "%(n)s celler är sparade.", saved.cells) % {"n": saved.cells}
    if saved.others:
        kept = ngettext(
            "Under tiden ändrade någon annan %(n)s cell; den är kvar.",
            "Under tiden ändrade någon annan %(n)s celler; de är kvar.",
            saved.others,
        )
        told = f"{told} {kept % {'n': saved.others}}"
    messages.success(request, told)


def _shown(request: HttpRequest, here: Here, grid: Grid, why: str, error: str = "") -> HttpResponse:
    faults = [cell for row in grid.rows for cell in row.cells if cell.fault or cell.theirs]
    may_add = grid.version.is_draft and may(here.actor, Act.BUDGET, grid.unit)
    context = {"grid": grid, "budget": grid.version, "why": why, "error": error, "faults": faults, "may_add": may_add}
    return page(request, here, "grid", 400 if error else 200, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_line_new(request: HttpRequest, here: Here, pk: int, of: str) -> HttpResponse:
    """Add a line to a unit."""
    version = version_at(here, pk)
    unit, year = unit_at(here, version, of), year_of(request, version)
    require(here.actor, Act.BUDGET, unit)
    start = {"why": request.session.get(_WHY, ""), "profile": "twelfths"}
    form = forms.LineForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            wanted = _wanted(here, form, version, unit)
            lines.line_add(here.actor, version, lines.Place(unit, year), wanted, form.cleaned_data["why"])
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Raden är tillagd."))
            return HttpResponseRedirect(_back(here, version, unit, year))
    heading = _("Ny rad hos %(unit)s %(year)s") % {"unit": unit.name, "year": year}
    return page(request, here, "form", form=form, heading=heading, button=_("Lägg till"), budget=version)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_line(request: HttpRequest, here: Here, pk: int, line: int) -> HttpResponse:
    """Change a line's name, codes, amount and profile, or take it away."""
    version = version_at(here, pk)
    stored = selectors.lines_of(here.actor, version).select_related("unit", "version__unit").filter(pk=line).first()
    if stored is None:
        raise Http404(_("Raden finns inte längre i budgeten."))
    require(here.actor, Act.BUDGET, stored.unit)
    change = last_change(here.actor, stored)
    start = _initial(request, stored, change.pk if change else 0)
    is_own = stored.profile == Profile.OWN.value
    form = forms.LineForm(request.POST or None, initial=start, needs_weights=not is_own)
    if "delete" in request.POST or form.is_valid():
        try:
            _line_written(request, here, stored, form)
        except EditConflictError as conflict:
            form.data = {**request.POST.dict(), "seen": str(conflict.change.pk)}
            form.add_error(None, f"{conflict} {_('Raden är nu: %(line)s.') % {'line': _told(stored)}}")
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(_back(here, version, stored.unit, stored.year))
    heading = f"{stored.label}, {stored.unit.name} {stored.year}"
    return page(request, here, "line", form=form, heading=heading, budget=version, line=stored)


def _line_written(request: HttpRequest, here: Here, line: BudgetLine, form: forms.LineForm) -> None:
    if "delete" in request.POST:
        form.full_clean()
        lines.line_delete(here.actor, line, request.POST.get("why", ""))
        messages.success(request, _("Raden är borttagen. Den finns kvar i historiken."))
        return
    told = form.cleaned_data
    wanted = _wanted(here, form, line.version, line.unit)
    lines.line_change(here.actor, line, wanted, seen=told["seen"] or 0, why=told["why"])
    messages.success(request, _("Raden är sparad."))


def _initial(request: HttpRequest, line: BudgetLine, seen: int) -> dict[str, object]:
    own = {name: getattr(line, name) for name in ("label", "account", "activity", "project", "amount", "profile")}
    weights = {f"weight_{number}": Decimal(one) for number, one in enumerate(line.weights, start=1)}
    return {**own, **weights, "seen": seen, "why": request.session.get(_WHY, "")}


def _told(line: BudgetLine) -> str:
    stored: Quantity | None = selectors.kr(line.amount)
    return f"{line.label} ({line.account}), {selectors.shown(int(stored.number)) if stored else ''} kr"


def _wanted(here: Here, form: forms.LineForm, version: BudgetVersion, unit: Unit) -> lines.LineWanted:
    told = {key: value for key, value in form.cleaned_data.items() if key not in ("why", "seen")}
    if told["profile"] is Profile.LAST_YEAR:
        told["pattern"] = LastYear(here.actor, version).pattern(unit, told["account"])
    return lines.LineWanted(**{**told, "amount": told["amount"] or 0})


def _back(here: Here, version: BudgetVersion, unit: Unit, year: int) -> str:
    address = here.url("budget_grid", version.pk, Kind.MONTHS.value, unit.slug)
    return address if year == version.year else f"{address}?ar={year}"
