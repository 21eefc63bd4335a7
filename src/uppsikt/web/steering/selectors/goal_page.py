"""One goal: its state with reasons, its assessments over time, what it is weighed from."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from uppsikt.core.states import Suggestion, WorkState, weigh
from uppsikt.core.tables import Table
from uppsikt.web.cycle.here import Here
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.steering.models import Assessment, Goal
from uppsikt.web.steering.selectors.goals import OWNED, GoalCard, Named, cards_of
from uppsikt.web.steering.selectors.tables import table_of_goals
from uppsikt.web.steering.selectors.work import (
    ActivityLine,
    AssignmentLine,
    activities_of_goal,
    assignments_of_goal,
    counted,
)


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """An assessment of the goal or of a goal that it carries on."""

    pk: int
    goal: Named
    at_name: str
    at_slug: str
    forecast: bool
    state: str
    reasons: str


@dataclass(frozen=True)
class GoalPage:
    """Everything the page of a goal shows. ``children`` are the goals under an area or a council goal."""

    goal: Goal
    card: GoalCard
    trail: tuple[Goal, ...]
    children: tuple[GoalCard, ...]
    successors: tuple[Named, ...]
    assessments: tuple[AssessmentLine, ...]
    assessment: Assessment | None
    table: Table | None
    activities: tuple[ActivityLine, ...]
    assignments: tuple[AssignmentLine, ...]
    suggestion: Suggestion
    may_assess: bool
    in_term: bool

    @property
    def is_assessed(self) -> bool:
        """Say whether the goal is of a level that is assessed: a committee's or an administration's."""
        return self.goal.level in OWNED

    @property
    def counts(self) -> dict[WorkState, int]:
        """Count the activities by state."""
        return counted(self.activities)


def goal_by_pk(actor: Actor, pk: int) -> Goal:
    """Give a goal with what it hangs under, or a Swedish 404."""
    found = reach(actor, Goal).select_related("unit", "model", "parent__parent").filter(pk=pk).first()
    if found is None:
        raise Http404("Målet finns inte. Det kan ha tagits bort; målkedjan visar de mål som gäller.")
    return found


def goal_page(here: Here, pk: int) -> GoalPage:
    """Give the page of a goal at the reporting date."""
    actor, at = here.actor, here.reporting_date
    goal = goal_by_pk(actor, pk)
    below = _owned_below(actor, goal)
    cards = {card.pk: card for card in cards_of(here, goal.model, [goal.pk, *below])}
    activities = activities_of_goal(actor, goal.pk, at)
    card = cards[goal.pk]
    return GoalPage(
        goal=goal,
        card=card,
        trail=_trail(goal),
        children=tuple(cards[key] for key in below),
        successors=tuple(Named(one.pk, one.name, one.model.name) for one in goal.successors.select_related("model")),
        assessments=_assessments(actor, goal),
        assessment=reach(actor, Assessment).filter(goal=goal, reporting_date=at).select_related("source").first(),
        table=table_of_goals(actor, [goal], at),
        activities=activities,
        assignments=assignments_of_goal(actor, goal, here),
        suggestion=weigh([one.light.state for one in card.indicators], counted(activities)),
        may_assess=goal.level in OWNED and goal.unit is not None and may(actor, Act.ASSESS, goal.unit),
        in_term=goal.model.first_year <= at.year <= goal.model.last_year,
    )


def _trail(goal: Goal) -> tuple[Goal, ...]:
    found: list[Goal] = []
    at = goal.parent
    while at is not None:
        found.insert(0, at)
        at = at.parent
    return tuple(found)


def _owned_below(actor: Actor, goal: Goal) -> list[int]:
    """Give the committee and administration goals under a goal, at any depth of the model's three levels."""
    goals = (
        reach(actor, Goal).filter(model=goal.model).order_by("order", "pk").values_list("pk", "parent_id", "unit_id")
    )
    under, owned = {goal.pk}, []
    rows = list(goals)
    for _ in range(len(Goal.Level)):
        under |= {pk for pk, parent, _unit in rows if parent in under}
    for pk, _parent, unit in rows:
        if pk in under and unit is not None and pk != goal.pk:
            owned.append(pk)
    return owned


def _assessments(actor: Actor, goal: Goal) -> tuple[AssessmentLine, ...]:
    """Give the assessments of the goal and of the goals it carries on, the newest first."""
    line = _predecessors(actor, goal)
    found = reach(actor, Assessment).filter(goal__in=line).select_related("goal__model", "reporting_date")
    return tuple(
        AssessmentLine(
            one.pk,
            Named(one.goal_id, one.goal.name, "" if one.goal_id == goal.pk else one.goal.model.name),
            one.reporting_date.name,
            one.reporting_date.slug,
            one.reporting_date.is_forecast,
            one.state,
            one.reasons,
        )
        for one in found.order_by("-reporting_date__on", "goal__order")
    )


def _predecessors(actor: Actor, goal: Goal) -> set[int]:
    """Give the goal and every goal it carries on, however far back; one query for each model passed."""
    found, fresh = {goal.pk}, {goal.pk}
    while fresh:
        fresh = set(reach(actor, Goal).filter(successors__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return found
