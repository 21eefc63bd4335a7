"""Chosen lines of a unit are laid out over the months again, by one profile: first shown, then saved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from uppsikt.core.economy.spreading import Profile
from uppsikt.core.errors import UppsiktError, UseError
from uppsikt.core.tables import Table
from uppsikt.web.budget import forms, selectors
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors.layouts import layout_table, lines_under
from uppsikt.web.budget.selectors.patterns import LastYear
from uppsikt.web.budget.services.saving import require_draft
from uppsikt.web.budget.services.spreading import Pattern, SpreadWanted, months_spread
from uppsikt.web.budget.views.pages import page, unit_at, version_at, year_of
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.organisation.gate import Act, Actor, require


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def budget_spread(request: HttpRequest, here: Here, pk: int, of: str) -> HttpResponse:
    """Lay lines of a unit and those under it out over the months; their amounts stay."""
    version = version_at(here, pk)
    unit, year = unit_at(here, version, of), year_of(request, version)
    require(here.actor, Act.BUDGET, unit)
    require_draft(version)
    tree = selectors.tree_of(here.actor, version.unit, selectors.first_day(version))
    lines = lines_under(here.actor, version, tree, unit, year)
    form = forms.SpreadForm(request.POST or None, initial={"profile": Profile.TWELFTHS.value}, lines=lines)
    if "spara" not in request.POST:
        form.fields["why"].required = False
    shown: Table | None = None
    if form.is_valid():
        try:
            chosen = [line for line in lines if line.pk in form.cleaned_data["lines"]]
            wanted = _wanted(here.actor, version, chosen, form)
            shown = layout_table(_("Så blir det"), chosen, lambda line: wanted.months_of(line.pk, line.amount))
            if "spara" in request.POST:
                changed = months_spread(here.actor, version, wanted, form.cleaned_data["why"])
                _tell(request, changed)
                address = here.url("budget_grid", version.pk, selectors.Kind.MONTHS.value, unit.slug)
                return HttpResponseRedirect(f"{address}?ar={year}")
        except UppsiktError as error:
            form.add_error(None, str(error))
    context = {
        "budget": version, "unit": unit, "year": year, "form": form, "shown": shown,
        "held": [(line.pk, selectors.held(line.months)) for line in lines],
    }  # fmt: skip
    return page(request, here, "spread", 400 if form.errors else 200, **context)


def _wanted(actor: Actor, version: BudgetVersion, chosen: list[BudgetLine], form: forms.SpreadForm) -> SpreadWanted:
    told = form.cleaned_data
    profile: Profile = told["profile"]
    patterns = _last_years(actor, version, chosen) if profile is Profile.LAST_YEAR else None
    bases = {line.pk: form.base_of(line) for line in chosen}
    return SpreadWanted(profile, bases, told["pattern"], patterns)


def _last_years(actor: Actor, version: BudgetVersion, chosen: list[BudgetLine]) -> dict[int, Pattern]:
    """Give what each line follows; raises UseError with every line that has nothing to follow."""
    last_year = LastYear(actor, version)
    found: dict[int, Pattern] = {}
    lacking: list[str] = []
    for line in chosen:
        try:
            found[line.pk] = last_year.pattern(line.unit, line.account)
        except UseError:
            lacking.append(f"{line.unit.name}: {line.label} ({line.account})")
    if lacking:
        raise UseError(
            f"Det finns varken ett helt års utfall eller en fastställd budget {last_year.year} att följa för "
            f"{', '.join(lacking)}. Välj bort de raderna, eller en annan fördelning."
        )
    return found


def _tell(request: HttpRequest, changed: int) -> None:
    if not changed:
        messages.success(request, _("Raderna låg redan så. Inga månader är ändrade."))
        return
    told = ngettext("%(n)s rad är omlagd över månaderna.", "%(n)s rader är omlagda över månaderna.", changed)
    messages.success(request, told % {"n": changed})
