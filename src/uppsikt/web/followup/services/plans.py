"""Action plans: make one, change what it says, and keep its measures with their effects year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from uppsikt.core.errors import UseError
from uppsikt.web.cycle.models import Decision, ReportingDate
from uppsikt.web.followup.models import ActionPlan, MeasureEffect, PlanMeasure, PlanYear
from uppsikt.web.followup.selectors.plans import last_change_of
from uppsikt.web.history.services import EditConflictError, Pen, recording
from uppsikt.web.organisation.gate import Act, Actor, reach, require
from uppsikt.web.organisation.models import Unit

PLAN_YEARS = 4  # the year of the deficit and three plan years, as a committee's budget has


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a plan says: why, how far it has come, its decision, and the deficit of each year without measures (kr)."""

    analysis: str
    deficits: Mapping[int, Decimal]
    state: str = ActionPlan.State.DRAFT
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class MeasureText:
    """What a measure says, and by year what it gives: planned and realised (None: not known), in kronor."""

    text: str
    responsible: str
    due: str
    state: str
    effects: Mapping[int, tuple[Decimal, Decimal | None]]


def plan_create(actor: Actor, unit: Unit, date: ReportingDate, text: PlanText) -> ActionPlan:
    """Make a plan for a unit's deficit at a reporting date. Raises NotAllowedError, and UseError when there is one."""
    require(actor, Act.REPORT, unit)
    if reach(actor, ActionPlan).filter(unit=unit, reporting_date=date).exists():
        raise UseError(f"{unit.name} har redan en åtgärdsplan för {date.name}. Ändra den i stället.")
    with recording(actor, f"Åtgärdsplan påbörjad, {date.name}") as pen:
        plan = pen.create(
            ActionPlan, unit=unit, reporting_date=date, analysis=text.analysis.strip(), state=text.state,
            decision=text.decision,
        )  # fmt: skip
        _keep_years(actor, pen, plan, text.deficits)
        return plan


def plan_save(actor: Actor, plan: ActionPlan, text: PlanText, *, seen: int, why: str) -> None:
    """Change what a plan says. Raises NotAllowedError, EditConflictError, and UseError without a reason."""
    require(actor, Act.REPORT, plan.unit)
    if not why.strip():
        raise UseError("Skriv varför du ändrar planen. Det sparas i historiken.")
    with recording(actor, why.strip()) as pen:
        _refuse_if_changed(actor, plan, seen)
        pen.update(plan, analysis=text.analysis.strip(), state=text.state, decision=text.decision, is_example=False)
        _keep_years(actor, pen, plan, text.deficits)


def _refuse_if_changed(actor: Actor, thing: ActionPlan | PlanMeasure, seen: int) -> None:
    """Stop when somebody has changed a plan or a measure since it was read; its row is held until the commit."""
    reach(actor, type(thing)).select_for_update().get(pk=thing.pk)
    change = last_change_of(actor, thing)
    if change is not None and change.pk != seen:
        raise EditConflictError(change)


def _keep_years(actor: Actor, pen: Pen, plan: ActionPlan, deficits: Mapping[int, Decimal]) -> None:
    stored = {one.year: one for one in reach(actor, PlanYear).filter(plan=plan)}
    for year, deficit in deficits.items():
        if year in stored:
            pen.update(stored[year], deficit=deficit)
        else:
            pen.create(PlanYear, plan=plan, year=year, deficit=deficit)


def measure_save(
    actor: Actor, plan: ActionPlan, measure: PlanMeasure | None, text: MeasureText, *, seen: int = 0
) -> PlanMeasure:
    """Keep a measure with its effects; None makes a new one. Raises NotAllowedError and EditConflictError."""
    require(actor, Act.REPORT, plan.unit)
    fields: dict[str, Any] = {"text": text.text, "responsible": text.responsible, "due": text.due, "state": text.state}
    with recording(actor, f"Åtgärd {'ändrad' if measure else 'tillagd'}: {text.text}"[:500]) as pen:
        if measure is None:
            order = reach(actor, PlanMeasure).filter(plan=plan).count()
            measure = pen.create(PlanMeasure, plan=plan, order=order, **fields)
        else:
            _refuse_if_changed(actor, measure, seen)
            pen.update(measure, **fields)
        _keep_effects(actor, pen, measure, text.effects)
        return measure


def _keep_effects(
    actor: Actor, pen: Pen, measure: PlanMeasure, effects: Mapping[int, tuple[Decimal, Decimal | None]]
) -> None:
    stored = {one.year: one for one in reach(actor, MeasureEffect).filter(measure=measure)}
    for year, (planned, realised) in effects.items():
        if year in stored:
            pen.update(stored[year], planned=planned, realised=realised)
        else:
            pen.create(MeasureEffect, measure=measure, year=year, planned=planned, realised=realised)


def measure_delete(actor: Actor, measure: PlanMeasure, why: str) -> None:
    """Take a measure away with its effects; the journal keeps them."""
    require(actor, Act.REPORT, measure.plan.unit)
    if not why.strip():
        raise UseError("Skriv varför åtgärden tas bort. Det sparas i historiken.")
    with recording(actor, why.strip()) as pen:
        for effect in reach(actor, MeasureEffect).filter(measure=measure):
            pen.delete(effect)
        pen.delete(measure)
