"""Writing what a committee steers by: indicator values and assessments."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.errors import UseError
from uppsikt.core.examples import without_mark
from uppsikt.core.quantities import Quantity, Reading
from uppsikt.core.states import GoalState
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Act, Actor, reach, require
from uppsikt.web.steering.models import Assessment, Goal, IndicatorValue
from uppsikt.web.steering.selectors import read_entry, responsible_unit

# What is taken off a thing that a person has changed: it is no longer what its document printed.
UNPRINTED: dict[str, object] = {"source": None, "source_table": "", "source_row": "", "source_column": ""}


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """A value as a person writes it; ``seen`` is the number of the last change they had seen (0: none)."""

    raw: str
    note: str
    why: str
    seen: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A goal's state with reasons as a person decides them; ``seen`` as in ValueEntry."""

    state: GoalState
    reasons: str
    why: str
    seen: int


def value_edit(actor: Actor, value: IndicatorValue, entry: ValueEntry) -> Reading:
    """Tell a value, new or known, as a person has written it; give back how it was understood.

    A value whose text changes is no longer what its document printed: the source is taken off it,
    and the history keeps it. Raises NotAllowedError, UseError and EditConflictError.
    """
    require(actor, Act.REPORT, responsible_unit(actor, value.indicator, value.reporting_date))
    _demand(entry.why, "Skriv varför värdet ändras: det står sedan i historiken.")
    _demand(entry.raw, "Skriv ett värde, eller I.U. när uppgift saknas.")
    reading = read_entry(value.indicator, entry.raw)
    number = reading.value if isinstance(reading.value, Quantity) else None
    fields: dict[str, object] = {
        "raw": entry.raw.strip(),
        "number": number.number if number else None,
        "decimals": number.decimals if number else None,
        "note": entry.note.strip(),
    }
    with recording(actor, why=entry.why.strip()) as pen:
        if not value.pk:
            keys = ("indicator", "breakdown", "period", "reporting_date")
            pen.create(IndicatorValue, **{key: getattr(value, key) for key in keys}, **fields)
        else:
            printed = {} if fields["raw"] == value.raw else UNPRINTED
            pen.update(value, seen=entry.seen, **fields, **printed)
    return reading


def assessment_edit(actor: Actor, goal: Goal, at: ReportingDate, judgement: Judgement) -> Assessment:
    """Decide a goal's state at a reporting date, with reasons; the first time or again.

    Raises NotAllowedError, EditConflictError, and UseError when the goal belongs to another term,
    is owned by nobody, or the reasons are missing for a state that says something.
    """
    refuse_assessment(actor, goal, at)
    _demand(judgement.why, "Skriv varför bedömningen görs eller ändras: det står sedan i historiken.")
    if judgement.state is not GoalState.NONE:
        _demand(judgement.reasons, "Skriv skälen till bedömningen.")
    found = reach(actor, Assessment).filter(goal=goal, reporting_date=at).first()
    reasons = judgement.reasons.strip()
    if found is None or reasons != found.reasons:
        reasons, _ = without_mark(reasons)  # what a person has written is no example
    fields: dict[str, object] = {"state": judgement.state.value, "reasons": reasons}
    with recording(actor, why=judgement.why.strip()) as pen:
        if found is None:
            return pen.create(Assessment, goal=goal, reporting_date=at, **fields)
        if fields["reasons"] != found.reasons or fields["state"] != found.state:
            fields |= UNPRINTED
        pen.update(found, seen=judgement.seen, **fields)
        return found


def refuse_assessment(actor: Actor, goal: Goal, at: ReportingDate) -> None:
    """Stop who may not assess a goal, and an assessment of what cannot be assessed at the date."""
    if goal.unit is None or goal.level not in (Goal.Level.COMMITTEE, Goal.Level.ADMINISTRATION):
        raise UseError("Bara nämndmål och förvaltningsmål bedöms. Öppna ett av målen under det här.")
    require(actor, Act.ASSESS, goal.unit)
    if not goal.model.first_year <= at.year <= goal.model.last_year:
        raise UseError(f"Målet hör till {goal.model.name} och kan inte bedömas i {at.name}.")


def _demand(text: str, message: str) -> None:
    if not text.strip():
        raise UseError(message)
