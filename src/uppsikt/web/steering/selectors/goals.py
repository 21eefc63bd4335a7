"""Goals of a unit at a reporting date, as cards: state, reasons, indicators, work."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from uppsikt.core.states import GoalState, WorkState
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import UnitKind
from uppsikt.web.organisation.selectors import units_under
from uppsikt.web.steering.models import Assessment, Goal, GoalModel
from uppsikt.web.steering.selectors.indicators import IndicatorCard, indicator_cards
from uppsikt.web.steering.selectors.term import model_at
from uppsikt.web.steering.selectors.work import counted_work, goals_with_work, states_by_goal

OWNED = (Goal.Level.COMMITTEE, Goal.Level.ADMINISTRATION)


@dataclass(frozen=True, slots=True)
class Named:
    """A goal by key and name, for a link; ``model`` when it belongs to another model."""

    pk: int
    name: str
    model: str = ""


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A committee or administration goal at a reporting date. ``state`` is a name in core.states.GoalState."""

    pk: int
    name: str
    description: str
    level: str
    area: str
    area_pk: int | None
    council_goal: str
    council_pk: int | None
    unit: str
    unit_slug: str
    state: str
    state_text: str
    reasons: str
    indicators: tuple[IndicatorCard, ...] = ()
    activities: tuple[tuple[WorkState, int], ...] = ()  # how many stand in each state
    predecessors: tuple[Named, ...] = ()

    @property
    def activities_text(self) -> str:
        """Say how many activities there are and how they stand: "5 aktiviteter: 3 genomförda"."""
        return counted_work(dict(self.activities), "aktivitet", "aktiviteter")

    @property
    def indicators_text(self) -> str:
        """Say how many indicators there are and how they stand: "2 indikatorer: 1 når målet, 1 når inte målet"."""
        lights = Counter(one.light.state for one in self.indicators)
        told = ", ".join(f"{lights[state]} {word}" for state, word in _LIGHTS.items() if lights[state])
        total = len(self.indicators)
        return f"{total} {'indikator' if total == 1 else 'indikatorer'}: {told}"


_LIGHTS = {
    GoalState.MET: "når målet",
    GoalState.PARTLY: "på väg",
    GoalState.MISSED: "når inte målet",
    GoalState.NONE: "går inte att bedöma",
}


@dataclass(frozen=True, slots=True)
class CouncilNode:
    """A council goal and the goals under it; ``pk`` is None for goals that hang under no council goal."""

    pk: int | None
    name: str
    cards: tuple[GoalCard, ...]


@dataclass(frozen=True, slots=True)
class AreaNode:
    """A goal area and its council goals; a model without areas has one without a name.

    In a model where indicators hang under the area itself (2018) they are ``indicators``.
    """

    pk: int | None
    name: str
    councils: tuple[CouncilNode, ...]
    indicators: tuple[IndicatorCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """The goal chain of a unit; ``own`` is False when the goals are those that its work contributes to."""

    model: GoalModel | None
    areas: tuple[AreaNode, ...]
    own: bool = True

    @property
    def cards(self) -> tuple[GoalCard, ...]:
        """Give all cards in order."""
        return tuple(card for area in self.areas for council in area.councils for card in council.cards)


def goals_at(here: Here) -> tuple[GoalCard, ...]:
    """Give the unit's own goals at the reporting date, in the order of the model's tree."""
    tree = _tree(here.actor, model_at(here.actor, here.reporting_date.year))
    return _cards(here, tree, [goal for goal in tree.in_order if goal.unit_id == here.unit.pk and goal.level in OWNED])


def chain_at(here: Here) -> Chain:
    """Give the chain as seen from the unit.

    A committee and an administration see their own goals and those of the units under them; the
    council sees every goal; a unit without goals sees those that its activities contribute to.
    """
    actor, at = here.actor, here.reporting_date
    tree = _tree(actor, model_at(actor, at.year))
    under = units_under(actor, here.unit, at.on)
    everything = here.unit.kind == UnitKind.COUNCIL
    owned = [goal for goal in tree.in_order if goal.level in OWNED]
    mine = [goal for goal in owned if everything or goal.unit_id in under]
    if not mine:
        touched = goals_with_work(actor, under, at)
        mine = [goal for goal in owned if goal.pk in touched]
        return Chain(tree.model, _by_area(_cards(here, tree, mine)), own=False)
    areas = [goal for goal in tree.in_order if goal.level == Goal.Level.AREA and (everything or goal.unit_id in under)]
    measured = indicator_cards(actor, [area.pk for area in areas], at)
    bare = (AreaNode(area.pk, area.name, (), measured[area.pk]) for area in areas if area.pk in measured)
    return Chain(tree.model, (*_by_area(_cards(here, tree, mine)), *bare))


@dataclass(frozen=True)
class _Tree:
    """The goals of a model in the order of its tree."""

    model: GoalModel | None
    in_order: tuple[Goal, ...]
    by_pk: Mapping[int, Goal]

    def above(self, goal: Goal, level: str) -> Goal | None:
        """Give the goal of a level that this one hangs under."""
        at: Goal | None = goal
        while at is not None and at.level != level:
            at = self.by_pk.get(at.parent_id or 0)
        return at


def _tree(actor: Actor, model: GoalModel | None) -> _Tree:
    goals = reach(actor, Goal).filter(model=model).select_related("unit").prefetch_related("predecessors__model")
    children: dict[int | None, list[Goal]] = defaultdict(list)
    for goal in goals.order_by("order", "pk"):
        children[goal.parent_id].append(goal)
    in_order: list[Goal] = []
    waiting = list(reversed(children[None]))
    while waiting:
        in_order.append(waiting.pop())
        waiting.extend(reversed(children[in_order[-1].pk]))
    return _Tree(model, tuple(in_order), {goal.pk: goal for goal in in_order})


def _cards(here: Here, tree: _Tree, goals: list[Goal]) -> tuple[GoalCard, ...]:
    keys = [goal.pk for goal in goals]
    judged = assessments_of(here.actor, keys, here.reporting_date)
    cards = indicator_cards(here.actor, keys, here.reporting_date)
    work = states_by_goal(here.actor, keys, here.reporting_date)
    bare = (_card(goal, tree, judged.get(goal.pk), forecast=here.reporting_date.is_forecast) for goal in goals)
    return tuple(
        replace(card, indicators=cards.get(card.pk, ()), activities=tuple(work.get(card.pk, {}).items()))
        for card in bare
    )


def _card(goal: Goal, tree: _Tree, judged: Assessment | None, *, forecast: bool) -> GoalCard:
    area, council = tree.above(goal, Goal.Level.AREA), tree.above(goal, Goal.Level.COUNCIL)
    state = GoalState(judged.state) if judged else GoalState.NONE
    return GoalCard(
        pk=goal.pk,
        name=goal.name,
        description=goal.description,
        level=goal.level,
        area=area.name if area else "",
        area_pk=area.pk if area else None,
        council_goal=council.name if council else "",
        council_pk=council.pk if council else None,
        unit=goal.unit.name if goal.unit else "",
        unit_slug=goal.unit.slug if goal.unit else "",
        state=state.value,
        state_text=state.wording(forecast=forecast),
        reasons=judged.reasons if judged else "",
        predecessors=tuple(Named(one.pk, one.name, one.model.name) for one in goal.predecessors.all()),
    )


def cards_of(here: Here, model: GoalModel, goals: Iterable[int]) -> tuple[GoalCard, ...]:
    """Give the cards of certain goals of a model, as they stand at the reporting date."""
    tree = _tree(here.actor, model)
    wanted = set(goals)
    return _cards(here, tree, [goal for goal in tree.in_order if goal.pk in wanted])


def assessments_of(actor: Actor, goals: Iterable[int], at: ReportingDate) -> dict[int, Assessment]:
    """Give the assessments made at a reporting date, by goal."""
    return {one.goal_id: one for one in reach(actor, Assessment).filter(goal__in=list(goals), reporting_date=at)}


def _by_area(cards: tuple[GoalCard, ...]) -> tuple[AreaNode, ...]:
    areas: dict[int | None, dict[int | None, list[GoalCard]]] = {}
    for card in cards:
        areas.setdefault(card.area_pk, {}).setdefault(card.council_pk, []).append(card)
    return tuple(
        AreaNode(
            area,
            next(iter(councils.values()))[0].area,
            tuple(CouncilNode(pk, found[0].council_goal, tuple(found)) for pk, found in councils.items()),
        )
        for area, councils in areas.items()
    )
