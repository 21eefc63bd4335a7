"""How projects stand at a reporting date: what is decided, used and expected; one project through the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _

from uppsikt.core.economy.investments import (
    Giving,
    Grant,
    Outcomes,
    Outlay,
    Scope,
    Standing,
    budget_of,
    less,
    net_or_missing,
    proposed_total,
    standing_of,
    total_of,
    unused,
)
from uppsikt.core.periods import Period
from uppsikt.core.quantities import TKR, Missing, MissingReason, Quantity, Value
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Table
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import InvestmentProject, StatementRow
from uppsikt.web.history.selectors import last_change
from uppsikt.web.investments.models import Decided, ProjectDecision, ProjectFacts, ProjectForecast
from uppsikt.web.investments.selectors.outcomes import Booked, booked_on
from uppsikt.web.ledger.selectors import entries_link
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.selectors import units_under

UNTOLD = Missing(MissingReason.NO_DATA, "ingen prognos är lämnad")


def through(reporting_date: ReportingDate) -> int:
    """Give the last month (YYYYMM) of the year that a reporting date tells; a budget's year has not begun."""
    on = min(reporting_date.on, date(reporting_date.year, 12, 31))
    return on.year * 100 + on.month


def grant_of(one: Decided, amount: Outlay, scope: str = "within") -> Grant:
    """Make the core's word for a stored decision."""
    on = one.decision.on if one.decision else one.decided_on
    return Grant(one.year, amount, Giving(one.kind), Scope(scope), one.from_year, on)


@dataclass(frozen=True)
class Told:
    """A project at a reporting date. Links lead to the entries behind a figure; empty when there are none to show."""

    project: InvestmentProject
    facts: ProjectFacts
    grants: tuple[Grant, ...]
    outcomes: Outcomes
    standing: Standing
    forecast: ProjectForecast | None
    accumulated_link: str = ""
    outcome_link: str = ""

    @property
    def cells(self) -> tuple[tuple[Value, str, bool], ...]:
        """The figures in the order of the columns: value, where it unfolds, whether it is a deviation."""
        at = self.standing
        return (
            (at.decided, "", False),
            (at.accumulated, self.accumulated_link, False),
            (at.left, "", True),
            (at.calculated, "", False),
            (at.deviation, "", True),
            (at.budget, "", False),
            (at.outcome, self.outcome_link, False),
            (at.deviation_of_year, "", True),
        )


@dataclass(frozen=True)
class Listing:
    """Projects of one kind with their table: the same figures as a core Table, and with links for the page."""

    key: str
    title: str
    told: tuple[Told, ...]
    total: Standing
    table: Table


@dataclass(frozen=True)
class ProjectsPage:
    """The projects of a unit and of those under it.

    ``resting`` have money left but neither budget nor outcome; of ``undecided`` nothing is decided yet.
    """

    listings: tuple[Listing, ...]
    resting: tuple[Told, ...]
    undecided: tuple[Told, ...]
    may_register: bool
    is_loaded: bool

    @property
    def everything(self) -> Standing:
        """All finished and ongoing projects together."""
        return total_of(one.standing for listing in self.listings for one in listing.told)


def projects_page(here: Here) -> ProjectsPage:
    """Gather the projects of a unit at a reporting date: nine queries and one question to the ledger."""
    told = _told_at(here)
    moving = [one for one in told if _has_money_in(one, here.reporting_date)]
    resting = [one for one in told if one not in moving and not one.outcomes.is_finished and not one.facts.is_yearly]
    parted = (
        ("fardiga", _("Färdigställda projekt"), [one for one in moving if one.outcomes.is_finished]),
        ("pagar", _("Pågående projekt"), [one for one in moving if not one.outcomes.is_finished]),
    )
    return ProjectsPage(
        listings=tuple(_listing(here, *part) for part in parted if part[2]),
        resting=tuple(one for one in resting if isinstance(one.standing.decided, Quantity)),
        undecided=tuple(one for one in told if one not in moving and _awaits_decision(one, here.reporting_date)),
        may_register=may(here.actor, Act.FRAME, here.unit),
        is_loaded=any(isinstance(one.outcomes.of_year, Quantity) for one in told),
    )


def _has_money_in(one: Told, at: ReportingDate) -> bool:
    """Say whether a project has a budget or has used anything in the year, or is to have a budget later."""
    outcome = one.standing.outcome
    used = isinstance(outcome, Quantity) and outcome.number != 0
    later = any(grant.year > at.year and grant.had_been_decided(at.on) for grant in one.grants)
    return used or isinstance(one.standing.budget, Quantity) or (later and not one.facts.is_yearly)


def _awaits_decision(one: Told, at: ReportingDate) -> bool:
    """Say whether a project is registered but nothing is decided of it, at most proposed for this year or later."""
    if one.facts.pk is None or one.outcomes.is_finished:
        return False
    return not any(grant.decided_on or grant.year < at.year for grant in one.grants)


def _told_at(here: Here, projects: Sequence[InvestmentProject] | None = None) -> tuple[Told, ...]:
    """Tell projects; those of the unit and of the units under it when none are named."""
    actor, at = here.actor, here.reporting_date
    facts_of = _facts(actor)
    if projects is None:
        under = units_under(actor, here.unit, at.on)
        every = reach(actor, InvestmentProject).select_related("unit").order_by("name")
        projects = [one for one in every if _belongs(one, facts_of.get(one.pk), under)]
    keys = [one.pk for one in projects]
    forecasts = reach(actor, ProjectForecast).filter(project__in=keys, reporting_date__on__lte=at.on)
    known = _Known(
        facts_of,
        _grants(actor, keys),
        booked_on(actor, keys, through(at)),
        {one.project_id: one for one in forecasts.select_related("reporting_date").order_by("reporting_date__on")},
    )
    return tuple(_told(here, one, known) for one in projects)


@dataclass(frozen=True)
class _Known:
    """What is stored of some projects, by the project's key; of the forecasts the newest."""

    facts: Mapping[int, ProjectFacts]
    grants: Mapping[int, tuple[Grant, ...]]
    booked: Booked
    forecasts: Mapping[int, ProjectForecast]


def _belongs(project: InvestmentProject, facts: ProjectFacts | None, under: frozenset[int]) -> bool:
    return project.unit_id in under or (facts is not None and facts.responsible_id in under)


def _facts(actor: Actor) -> dict[int, ProjectFacts]:
    return {one.project_id: one for one in reach(actor, ProjectFacts).select_related("responsible", "project")}


def _grants(actor: Actor, projects: Iterable[int]) -> Mapping[int, tuple[Grant, ...]]:
    found: dict[int, list[Grant]] = defaultdict(list)
    for one in reach(actor, ProjectDecision).filter(project__in=projects).select_related("decision"):
        found[one.project_id].append(grant_of(one, one.outlay))
    return defaultdict(tuple, {key: tuple(of) for key, of in found.items()})


def _told(here: Here, project: InvestmentProject, known: _Known) -> Told:
    at, booked = here.reporting_date, known.booked
    facts = known.facts.get(project.pk) or ProjectFacts(project=project)
    grants, forecast = known.grants[project.pk], known.forecasts.get(project.pk)
    outcomes = booked.outcomes_of(project.pk, facts, at.year, at.on)
    if forecast is not None and facts.is_yearly and forecast.reporting_date.year != at.year:
        forecast = None
    expected = UNTOLD if forecast is None else forecast.outlay.net
    standing = standing_of(grants, at.year, at.on, outcomes, expected)
    codes = booked.codes.get(project.pk, ())
    code = codes[0] if len(codes) == 1 else ""
    first = at.year * 100 + 1
    return Told(
        project, facts, grants, outcomes, standing, forecast,
        accumulated_link=_link(here, code, outcomes.accumulated, first if facts.is_yearly else None, booked.last),
        outcome_link=_link(here, code, outcomes.of_year, first, booked.last),
    )  # fmt: skip


def _link(here: Here, code: str, value: Value, first: int | None, last: int) -> str:
    known = isinstance(value, Quantity) and value.number != 0
    return entries_link(here, project=code, first=first, last=last, side="investering") if code and known else ""


def _listing(here: Here, key: str, title: str, told: Sequence[Told]) -> Listing:
    total = total_of(one.standing for one in told)
    return Listing(key, title, tuple(told), total, _table(here, key, title, told, total))


def columns_of(year: int) -> tuple[Column, ...]:
    """Give the columns of R14: since the start, and of which this year."""
    since, this = _("Sedan projektets start"), _("Varav årets investeringar")
    period = Period.year(year)
    return (
        Column("decided", _("Beslutad totalutgift"), ColumnRole.BUDGET, group=since),
        Column("accumulated", _("Ack. utfall"), ColumnRole.OUTCOME, group=since),
        Column("left", _("Kvar av beslutet"), ColumnRole.DEVIATION, group=since),
        Column("calculated", _("Kalkylerad totalutgift"), ColumnRole.FORECAST, group=since),
        Column("deviation", _("Avvikelse när projektet är färdigt"), ColumnRole.DEVIATION, group=since),
        Column(f"budget-{year}", _("Budget {year}").format(year=year), ColumnRole.BUDGET, period, this),
        Column(f"outcome-{year}", _("Utfall {year}").format(year=year), ColumnRole.OUTCOME, period, this),
        Column(f"deviation-{year}", _("Avvikelse"), ColumnRole.DEVIATION, period, this),
    )


def _table(here: Here, key: str, title: str, told: Sequence[Told], total: Standing) -> Table:
    columns = columns_of(here.reporting_date.year)
    rows = [Row(one.project.slug, one.project.name, subject=f"project:{one.project.slug}",
                link=here.url("investment_project", one.project.slug)) for one in told]  # fmt: skip
    rows.append(Row("summa", _("Summa"), RowRole.SUM))
    summed = Told(InvestmentProject(), ProjectFacts(), (), Outcomes(UNTOLD, UNTOLD), total, None)
    cells = {
        (row.key, column.key): Cell(value)
        for row, one in zip(rows, (*told, summed), strict=True)
        for column, (value, _link, _deviates) in zip(columns, one.cells, strict=True)
    }
    return Table(f"projekt-{key}", title, columns, tuple(rows), cells, TKR, link=here.url("investment_projects"))


@dataclass(frozen=True)
class YearOf:
    """One year of a project: what it had, what it used, and where the entries are."""

    year: int
    budget: Value
    outlay: Outlay | None
    why: str
    expenditure_link: str
    receipts_link: str

    @property
    def outcome(self) -> Value:
        """What was used net, or why nobody knows."""
        return net_or_missing(self.outlay, self.why)

    @property
    def deviation(self) -> Value:
        """Budget − outcome, positive when it is good."""
        return less(self.budget, self.outcome)


@dataclass(frozen=True)
class Given:
    """A forecast at a date, net, and how much it changed from the one before; positive is better."""

    forecast: ProjectForecast
    total: Quantity
    change: Value


@dataclass(frozen=True)
class ProjectPage:
    """A project with its years, decisions and forecasts, and what the reader may do."""

    told: Told
    years: tuple[YearOf, ...]
    decisions: tuple[ProjectDecision, ...]
    forecasts: tuple[Given, ...]
    proposal: Value
    codes: tuple[str, ...]
    may_decide: bool
    may_report: bool
    may_drop: bool  # nothing hangs on it yet
    is_printed: bool  # a report has told of it
    seen: int  # the last change of the facts

    @property
    def own_forecast(self) -> ProjectForecast | None:
        """The newest forecast up to the reporting date."""
        return self.told.forecast


def project_called(here: Here, slug: str) -> InvestmentProject:
    """Give a project; an unknown one is a Swedish 404."""
    found = reach(here.actor, InvestmentProject).filter(slug=slug).select_related("unit").first()
    if found is None:
        raise Http404(_("Det finns inget investeringsprojekt som heter ”{slug}”.").format(slug=slug))
    return found


def project_page(here: Here, slug: str) -> ProjectPage:
    """Gather one project through the years, as of the reporting date."""
    project = project_called(here, slug)
    told = _told_at(here, [project])[0]
    at = here.reporting_date
    booked = booked_on(here.actor, [project.pk], through(at))
    decisions = reach(here.actor, ProjectDecision).filter(project=project).select_related("decision", "project")
    facts = told.facts if told.facts.pk else None
    change = last_change(here.actor, facts) if facts else None
    forecasts = tuple(_given(here, project))
    may_decide = may(here.actor, Act.FRAME, project.unit)
    is_printed = reach(here.actor, StatementRow).filter(project=project).exists()
    return ProjectPage(
        told=told,
        years=tuple(_years(here, told, booked)),
        decisions=tuple(decisions),
        forecasts=forecasts,
        proposal=proposed_total(told.grants, at.year, at.on, told.outcomes),
        codes=booked.codes.get(project.pk, ()),
        may_decide=may_decide,
        may_report=_may_report(here, told),
        may_drop=may_decide and not (decisions or forecasts or is_printed),
        is_printed=is_printed,
        seen=change.pk if change else 0,
    )


def _may_report(here: Here, told: Told) -> bool:
    own = may(here.actor, Act.REPORT, told.project.unit)
    return own or (told.facts.responsible is not None and may(here.actor, Act.REPORT, told.facts.responsible))


def _years(here: Here, told: Told, booked: Booked) -> Iterable[YearOf]:
    at, used = here.reporting_date, booked.years_of(told.project.pk)
    touched = {year for grant in told.grants if grant.had_been_decided(at.on) for year in (grant.year, grant.from_year)}
    codes = booked.codes.get(told.project.pk, ())
    code = codes[0] if len(codes) == 1 else ""
    for year in sorted({one for one in touched if one} | set(used)):
        last = min(year * 100 + 12, booked.last)
        is_known = booked.loaded.of("outcome", year) and codes and year <= at.year
        span = {"project": code, "first": year * 100 + 1, "last": last}
        outlay = used.get(year, Outlay()) if is_known else None
        yield YearOf(
            year,
            net_or_missing(budget_of(told.grants, year, at.on), _("ingen budget")),
            outlay,
            _("året har inte börjat") if year > at.year else _("utfall är inte inläst"),
            entries_link(here, **span, side="investering") if code and outlay and outlay.expenditure.number else "",
            entries_link(here, **span, side="intakter") if code and outlay and outlay.receipts.number else "",
        )


def _given(here: Here, project: InvestmentProject) -> Iterable[Given]:
    found = (
        reach(here.actor, ProjectForecast)
        .filter(project=project, reporting_date__on__lte=here.reporting_date.on)
        .select_related("reporting_date")
        .order_by("reporting_date__on")
    )
    before: Value = Missing(MissingReason.NOT_APPLICABLE)
    told = []
    for one in found:
        total = one.outlay.net
        told.append(Given(one, total, less(before, total)))
        before = total
    return reversed(told)


def left_of_year(here: Here, project: InvestmentProject, year: int) -> Value:
    """Give what a project has left of a year's budget as everything is known now: what may be carried over from it.

    The year's outcome counts to its end, so that nothing is carried that is used in December. Missing when the year's
    budget or outcome is not known.
    """
    grants = _grants(here.actor, [project.pk])[project.pk]
    booked = booked_on(here.actor, [project.pk], year * 100 + 12)
    facts = _facts(here.actor).get(project.pk) or ProjectFacts(project=project)
    outcomes = booked.outcomes_of(project.pk, facts, year, date(year, 12, 31))
    budget = net_or_missing(budget_of([one for one in grants if one.decided_on], year), _("ingen budget för året"))
    return unused(budget, outcomes.of_year)
