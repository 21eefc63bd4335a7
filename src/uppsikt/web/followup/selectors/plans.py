"""Action plans: who owes one at a date and by which rule, and each plan with its measures year by year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.http import Http404

from uppsikt.core.economy import deviation
from uppsikt.core.economy.action_plans import REGULATIONS, Effect, PlanYear, balanced_in, owes_plan, plan_years
from uppsikt.core.economy.forecasting import Limit
from uppsikt.core.quantities import KR, Missing, MissingReason, Quantity, Value
from uppsikt.core.tables import Measure
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.models import ActionPlan, MeasureEffect, PlanMeasure
from uppsikt.web.followup.selectors.forecasts import ForecastLine, forecasts_under
from uppsikt.web.followup.selectors.limits import plan_rule
from uppsikt.web.history.models import Change
from uppsikt.web.history.selectors import last_change
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit, UnitKind
from uppsikt.web.organisation.selectors import units_under

# The rule speaks of committees; an administration that is followed for itself is judged in the same way.
JUDGED = (UnitKind.COMMITTEE, UnitKind.ADMINISTRATION)
PENDING = Missing(MissingReason.PENDING)


@dataclass(frozen=True)
class Owing:
    """A committee or administration under the rule: whether it owes a plan (None: nothing to judge), and its plan.

    ``told`` is the net that is judged: the forecast, or at the year's end the outcome where nobody forecast.
    """

    line: ForecastLine
    told: Value
    deviation: Value
    owes: bool | None
    plan: ActionPlan | None
    may_write: bool


@dataclass(frozen=True)
class PlansPage:
    """Who owes a plan at the date, by which rule, and every plan of the unit and what is under it."""

    rule: Limit
    judged: tuple[Owing, ...]
    plans: tuple[PlanLine, ...]

    @property
    def lacking(self) -> tuple[Owing, ...]:
        """Those who owe a plan and have none."""
        return tuple(one for one in self.judged if one.owes and one.plan is None)


@dataclass(frozen=True)
class PlanLine:
    """A plan in the list: by which year its measures bring balance."""

    plan: ActionPlan
    balanced: int | Missing
    measures: int

    @property
    def balance_year(self) -> int | None:
        """The year, or None when the measures are never enough."""
        return None if isinstance(self.balanced, Missing) else self.balanced


def plans_page(here: Here) -> PlansPage:
    """Gather the page; a bounded number of queries."""
    actor, date = here.actor, here.reporting_date
    under = units_under(actor, here.unit, date.on)
    stored = reach(actor, ActionPlan).filter(unit__in=under, reporting_date__on__lte=date.on)
    plans = list(_with_parts(stored))
    newest = {one.unit_id: one for one in reversed(plans) if one.reporting_date.year == date.year}
    rule = plan_rule(actor, date.on)
    lines = forecasts_under(actor, here.unit, date).lines
    judged = tuple(
        _judged(date, line, rule, newest.get(line.unit.pk))
        for line in lines
        if line.unit.kind in JUDGED and line.is_due
    )
    return PlansPage(rule, judged, tuple(_line(plan) for plan in plans))


def _judged(date: ReportingDate, line: ForecastLine, rule: Limit, plan: ActionPlan | None) -> Owing:
    at_year_end = date.kind == ReportingDate.Kind.ANNUAL and isinstance(line.net, Missing)
    told = line.outcome if at_year_end else line.net
    off = deviation(told, line.budget, Measure.NET, line.sign)
    return Owing(line, told, off, owes_plan(off, line.budget, rule), plan, line.may_write)


def _with_parts(found: QuerySet[ActionPlan]) -> QuerySet[ActionPlan]:
    related = found.select_related("unit", "reporting_date", "decision")
    return related.prefetch_related("years", "measures__effects")


def _line(plan: ActionPlan) -> PlanLine:
    return PlanLine(plan, balanced_in(_years_of(plan)), len(plan.measures.all()))


def _years_of(plan: ActionPlan) -> tuple[PlanYear, ...]:
    """Give the plan year by year; its years and measures have been fetched."""
    deficits = {one.year: Quantity(one.deficit, KR) for one in plan.years.all()}
    return plan_years(deficits, (effect_of(one) for measure in plan.measures.all() for one in measure.effects.all()))


def effect_of(stored: MeasureEffect) -> Effect:
    """Give a stored effect as core counts it."""
    realised: Value = PENDING if stored.realised is None else Quantity(stored.realised, KR)
    return Effect(stored.year, Quantity(stored.planned, KR), realised)


@dataclass(frozen=True)
class MeasureLine:
    """A measure with what it gives each year of the plan, in order; None where it says nothing of a year."""

    measure: PlanMeasure
    effects: tuple[Effect | None, ...]


@dataclass(frozen=True)
class PlanPage:
    """A plan with its years, measures, and the year that it reaches balance. ``seen`` is the plan's last change."""

    plan: ActionPlan
    years: tuple[PlanYear, ...]
    measures: tuple[MeasureLine, ...]
    balanced: int | Missing
    may_write: bool
    seen: int

    @property
    def balance_year(self) -> int | None:
        """The year, or None when the measures are never enough."""
        return None if isinstance(self.balanced, Missing) else self.balanced


def plan_page(here: Here, pk: int) -> PlanPage:
    """Gather a plan's page, or a Swedish 404."""
    plan = plan_numbered(here.actor, pk)
    years = _years_of(plan)
    measures = tuple(_measure(one, years) for one in plan.measures.all())
    writes = may(here.actor, Act.REPORT, plan.unit)
    return PlanPage(plan, years, measures, balanced_in(years), writes, seen_of(here.actor, plan))


def plan_numbered(actor: Actor, pk: int) -> ActionPlan:
    """Give a plan that the actor may see, with its parts, or a Swedish 404."""
    plan = _with_parts(reach(actor, ActionPlan).filter(pk=pk)).first()
    if plan is None:
        raise Http404("Åtgärdsplanen finns inte, eller är ett utkast som bara syns för den som har en roll i enheten.")
    return plan


def measure_numbered(actor: Actor, plan: ActionPlan, pk: int) -> PlanMeasure:
    """Give a measure of a plan, or a Swedish 404."""
    found = reach(actor, PlanMeasure).filter(plan=plan, pk=pk).prefetch_related("effects").first()
    if found is None:
        raise Http404("Åtgärden finns inte i planen. Den kan ha tagits bort.")
    return found


def plan_of(actor: Actor, unit: Unit, date: ReportingDate) -> ActionPlan | None:
    """Give the unit's plan of a reporting date, if there is one."""
    return reach(actor, ActionPlan).filter(unit=unit, reporting_date=date).first()


def seen_of(actor: Actor, thing: ActionPlan | PlanMeasure) -> int:
    """Give the number of the last change of a plan or a measure and of what it is made of."""
    change = last_change_of(actor, thing)
    return change.pk if change else 0


def last_change_of(actor: Actor, thing: ActionPlan | PlanMeasure) -> Change | None:
    """Give the last change of a plan or its years, or of a measure or its effects."""
    parts = thing.years.all() if isinstance(thing, ActionPlan) else thing.effects.all()
    changes = [change for one in (thing, *parts) if (change := last_change(actor, one)) is not None]
    return max(changes, key=lambda change: change.pk, default=None)


def proposed_deficit(here: Here, unit: Unit) -> Decimal | None:
    """Give the deficit (positive, kronor) that the unit's forecast tells at the date; None without one."""
    off = _judged(here.reporting_date, forecasts_under(here.actor, unit, here.reporting_date).own, REGULATIONS, None)
    if isinstance(off.deviation, Missing) or off.deviation.number >= 0:
        return None
    return abs(off.deviation).number


def _measure(measure: PlanMeasure, years: tuple[PlanYear, ...]) -> MeasureLine:
    by_year = {one.year: effect_of(one) for one in measure.effects.all()}
    return MeasureLine(measure, tuple(by_year.get(year.year) for year in years))
