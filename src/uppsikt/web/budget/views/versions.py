"""Pages of versions: the list, a new one, one with its frame and units, copies, comparing, adopting, throwing away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.errors import UppsiktError
from uppsikt.web.budget import forms, selectors
from uppsikt.web.budget.models import BudgetVersion
from uppsikt.web.budget.selectors.comparing import comparison
from uppsikt.web.budget.services import adopting, lines, making
from uppsikt.web.budget.views.pages import page, unit_at, version_at, year_of
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.cycle.models import Decision
from uppsikt.web.organisation.gate import Act, may, reach, require


@require_safe
@in_context
def budgets(request: HttpRequest, here: Here) -> HttpResponse:
    """List the committee's budgets, or say how the first one is made."""
    committee = selectors.committee_of(here)
    listed = selectors.versions_of(here.actor, committee)
    return page(
        request, here, "budgets", committee=committee,
        listed=[one for one in listed if not one.version.is_discarded],
        discarded=[one for one in listed if one.version.is_discarded],
        may_change=may(here.actor, Act.BUDGET, committee),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_new(request: HttpRequest, here: Here) -> HttpResponse:
    """Begin a working budget."""
    committee = selectors.committee_of(here)
    require(here.actor, Act.BUDGET, committee)
    year = here.reporting_date.year
    start = {"year": year, "name": _("Internbudget %(year)s") % {"year": year}, "why": _("Budgetarbetet börjar")}
    form = forms.VersionForm(request.POST or None, initial=start, decisions=reach(here.actor, Decision).all())
    if form.is_valid():
        try:
            made = making.version_create(here.actor, committee, making.Wanted(**form.cleaned_data))
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Budgeten är skapad. Börja med att dela ut ramen till enheterna."))
            return HttpResponseRedirect(here.url("budget", made.pk))
    return page(request, here, "form", form=form, heading=_("Ny arbetsbudget"), button=_("Skapa"), budget=None)


@require_safe
@in_context
def budget(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Show a version: frame, what is spread, what is left, by unit and year."""
    version = version_at(here, pk)
    shown = selectors.version_page(here, version)
    others = [
        one.version
        for one in selectors.versions_of(here.actor, version.unit)
        if one.version.year == version.year and one.version != version and not one.version.is_discarded
    ]
    return page(request, here, "budget", budget=version, page=shown, others=others)


_ACTS = {
    "kasta": (
        gettext_lazy("Kasta budgeten"),
        gettext_lazy("Kasta"),
        gettext_lazy("Budgeten är kastad. Den finns kvar längst ned i listan."),
    ),
    "hamta-tillbaka": (
        gettext_lazy("Hämta tillbaka budgeten"),
        gettext_lazy("Hämta tillbaka"),
        gettext_lazy("Budgeten är tillbaka."),
    ),
    "planar": (
        gettext_lazy("Skapa planårens rader ur budgetåret"),
        gettext_lazy("Skapa planåren"),
        gettext_lazy("Planårens rader är skapade."),
    ),
    "kopiera": (
        gettext_lazy("Kopiera till ett scenario"),
        gettext_lazy("Kopiera"),
        gettext_lazy("Scenariot är skapat. Ändra i det och jämför."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_act(request: HttpRequest, here: Here, pk: int, act: str) -> HttpResponse:
    """Do one thing with a whole version, with a reason: copy it, throw it away, bring it back, make its plan years."""
    version = version_at(here, pk)
    if act not in _ACTS:
        raise Http404(_("Det går inte att göra så med en budget."))
    require(here.actor, Act.BUDGET, version.unit)
    heading, button, done = _ACTS[act]
    is_copy = act == "kopiera"
    start = {"name": _("%(name)s, scenario") % {"name": version.name}} if is_copy else {}
    form = (forms.NameForm if is_copy else forms.WhyForm)(request.POST or None, initial=start)
    if form.is_valid():
        try:
            target = _acted(here, version, act, form.cleaned_data)
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(here.url("budget", target.pk))
    return page(request, here, "form", form=form, heading=heading, button=button, budget=version)


def _acted(here: Here, version: BudgetVersion, act: str, told: dict[str, str]) -> BudgetVersion:
    if act == "kopiera":
        return making.version_copy(here.actor, version, told["name"], told["why"])
    if act == "planar":
        lines.plan_make(here.actor, version, told["why"])
    elif act == "kasta":
        making.version_discard(here.actor, version, told["why"])
    else:
        making.version_restore(here.actor, version, told["why"])
    return version


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_rest(request: HttpRequest, here: Here, pk: int, of: str) -> HttpResponse:
    """Spread what a unit has left over its lines."""
    version = version_at(here, pk)
    unit = unit_at(here, version, of)
    require(here.actor, Act.BUDGET, unit)
    form = forms.WhyForm(request.POST or None)
    if form.is_valid():
        try:
            spread = lines.rest_spread(here.actor, version, unit, form.cleaned_data["why"])
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            told = {"amount": selectors.shown(spread), "unit": unit.name}
            messages.success(request, _("%(amount)s kr är fördelade på raderna hos %(unit)s.") % told)
            return HttpResponseRedirect(here.url("budget_grid", version.pk, selectors.Kind.MONTHS.value, unit.slug))
    heading = _("Fördela det som är kvar hos %(unit)s") % {"unit": unit.name}
    lead = _("Varje rad får så stor del av det som är kvar som den har av budgeten, till sista kronan.")
    return page(request, here, "form", form=form, heading=heading, button=_("Fördela"), budget=version, lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_adopt(request: HttpRequest, here: Here, pk: int) -> HttpResponse:
    """Adopt a version by a decision."""
    version = version_at(here, pk)
    require(here.actor, Act.FRAME, version.unit)
    form = forms.AdoptForm(request.POST or None, decisions=reach(here.actor, Decision).all())
    if form.is_valid():
        try:
            adopting.version_adopt(here.actor, version, form.cleaned_data["decision"])
        except UppsiktError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Budgeten är fastställd och syns i uppföljningen som periodiserad budget."))
            return HttpResponseRedirect(here.url("budget", version.pk))
    lead = _(
        "Beslutet fryser en kopia av budgeten så som den är nu. Budgeten skrivs till redovisningen månad för månad, "
        "och ändras därefter bara genom flyttar."
    )
    heading = _("Fastställ budgeten")
    return page(request, here, "form", form=form, heading=heading, button=_("Fastställ"), budget=version, lead=lead)


@require_safe
@in_context
def budget_compare(request: HttpRequest, here: Here, pk: int, other: int) -> HttpResponse:
    """Compare two versions of a year."""
    first, second = version_at(here, pk), version_at(here, other)
    if first.unit_id != second.unit_id:
        raise Http404(_("Budgetarna hör till olika nämnder och jämförs inte här."))
    year = year_of(request, first)
    return page(request, here, "compare", budget=first, page=comparison(here, first, second, year))
