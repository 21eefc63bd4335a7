"""Activities and assignments at a reporting date: how each stands, filtered and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from uppsikt.core.states import WorkState
from uppsikt.core.tables import Origin
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit, UnitKind
from uppsikt.web.organisation.selectors import units_under
from uppsikt.web.steering.models import Activity, ActivityStatus, Assignment, AssignmentStatus, Goal, Receiver
from uppsikt.web.steering.selectors.series import printed_in

# One and many of each state, in the order in which counts are told.
_PLURAL = {
    WorkState.DONE: ("genomförd", "genomförda"),
    WorkState.ONGOING: ("pågår", "pågår"),
    WorkState.CONTINUOUS: ("löpande", "löpande"),
    WorkState.DELAYED: ("försenad", "försenade"),
    WorkState.NOT_BEGUN: ("ej påbörjad", "ej påbörjade"),
    WorkState.REMAINS: ("kvarstår", "kvarstår"),
    WorkState.CANCELLED: ("utgår", "utgår"),
    WorkState.NOT_APPLICABLE: ("inte aktuell", "inte aktuella"),
    WorkState.UNKNOWN: ("utan uppgift", "utan uppgift"),
}


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity and how it stood. ``state`` is UNKNOWN when no report has told."""

    pk: int
    number: int
    area: str
    text: str
    due: str
    responsible: str
    unit: str
    unit_slug: str
    goal_pk: int | None
    goal: str
    state: WorkState
    comment: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class ReceiverLine:
    """How an assignment stood with one receiver, and where it was reported back."""

    unit: str
    unit_slug: str
    unit_pk: int
    coordinates: bool
    state: WorkState
    comment: str = ""
    report_back_pk: int | None = None
    report_back: str = ""
    carried_to_year: int | None = None


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """An assignment; ``state`` is how it stands with the unit that is asked about."""

    pk: int
    number: int
    kind: str
    kind_text: str
    text: str
    due: str
    ordered_in: str
    decision_pk: int | None
    decision: str
    carried_from_year: int | None
    receivers: tuple[ReceiverLine, ...]
    state: WorkState
    origin: Origin


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What the reader wants to see; empty fields leave nothing out."""

    text: str = ""
    state: str = ""
    kind: str = ""
    unit: str = ""
    goal: int | None = None

    def keeps(self, line: ActivityLine | AssignmentLine) -> bool:
        """Say whether a line is wanted."""
        if self.state and line.state != self.state:
            return False
        if self.text and self.text.casefold() not in f"{line.text} {line.number}".casefold():
            return False
        if isinstance(line, AssignmentLine):
            return (not self.kind or line.kind == self.kind) and (
                not self.unit or any(one.unit_slug == self.unit for one in line.receivers)
            )
        return (not self.unit or line.unit_slug == self.unit) and (self.goal is None or line.goal_pk == self.goal)


def counted(lines: Iterable[ActivityLine | AssignmentLine]) -> dict[WorkState, int]:
    """Count lines by state, in the order in which states are told; states without lines are left out."""
    counts = Counter(line.state for line in lines)
    return {state: counts[state] for state in _PLURAL if counts[state]}


def counted_work(counts: Mapping[WorkState, int], one: str, many: str) -> str:
    """Say counts in words: "97 aktiviteter: 60 genomförda, 21 pågår, 5 kvarstår, 11 utgår"."""
    total = sum(counts.values())
    if not total:
        return f"Inga {many}"
    told = ", ".join(f"{counts[s]} {_PLURAL[s][counts[s] != 1]}" for s in _PLURAL if counts.get(s))
    return f"{total} {one if total == 1 else many}: {told}"


def activities_at(actor: Actor, unit: Unit, at: ReportingDate) -> tuple[ActivityLine, ...]:
    """Give the year's activities of a unit and of everything under it; three queries."""
    rows = reach(actor, Activity).filter(year=at.year)
    if unit.kind != UnitKind.COUNCIL:
        rows = rows.filter(unit__in=units_under(actor, unit, at.on))
    return _activity_lines(actor, rows, at)


def activities_of_goal(actor: Actor, goal: int, at: ReportingDate) -> tuple[ActivityLine, ...]:
    """Give the year's activities for a goal, whoever does them."""
    return _activity_lines(actor, reach(actor, Activity).filter(year=at.year, goal=goal), at)


def _activity_lines(actor: Actor, rows: QuerySet[Activity], at: ReportingDate) -> tuple[ActivityLine, ...]:
    found = list(rows.select_related("unit", "goal", "source").order_by("unit__order", "area", "number"))
    told = activity_states(actor, [one.pk for one in found], at)
    return tuple(_activity_line(one, *told.get(one.pk, (WorkState.UNKNOWN, ""))) for one in found)


def _activity_line(one: Activity, state: WorkState, comment: str) -> ActivityLine:
    return ActivityLine(
        pk=one.pk,
        number=one.number,
        area=one.area,
        text=one.text,
        due=one.due,
        responsible=one.responsible,
        unit=one.unit.name,
        unit_slug=one.unit.slug,
        goal_pk=one.goal_id,
        goal=one.goal.name if one.goal else "",
        state=state,
        comment=comment,
        origin=printed_in(
            one.source.title if one.source else None, one.source_table, one.source_row, one.source_column
        ),
    )


def activity_states(actor: Actor, activities: Iterable[int], at: ReportingDate) -> dict[int, tuple[WorkState, str]]:
    """Give how activities stood, with comment: what was told last up to the date; one query."""
    told = reach(actor, ActivityStatus).filter(activity__in=list(activities), reporting_date__on__lte=at.on)
    rows = told.order_by("reporting_date__on", "pk").values_list("activity_id", "state", "comment")
    return {activity: (WorkState(state), comment) for activity, state, comment in rows}


def states_by_goal(actor: Actor, goals: Iterable[int], at: ReportingDate) -> dict[int, dict[WorkState, int]]:
    """Count the year's activities for each goal by state; two queries."""
    rows = dict(reach(actor, Activity).filter(goal__in=list(goals), year=at.year).values_list("pk", "goal_id"))
    told = activity_states(actor, rows, at)
    counts: dict[int, Counter[WorkState]] = defaultdict(Counter)
    for activity, goal in rows.items():
        if goal is not None:
            counts[goal][told.get(activity, (WorkState.UNKNOWN, ""))[0]] += 1
    return {goal: {state: found[state] for state in _PLURAL if found[state]} for goal, found in counts.items()}


def goals_with_work(actor: Actor, units: Iterable[int], at: ReportingDate) -> set[int]:
    """Give the goals that the units have activities for this year."""
    rows = reach(actor, Activity).filter(year=at.year, unit__in=list(units), goal__isnull=False)
    return {goal for goal in rows.values_list("goal_id", flat=True) if goal is not None}


def assignments_at(actor: Actor, unit: Unit, at: ReportingDate) -> tuple[AssignmentLine, ...]:
    """Give the year's assignments that the unit or something under it received; four queries.

    The council sees all. An assignment without receivers is shown to everybody: nobody may lose it.
    """
    under = units_under(actor, unit, at.on)
    lines = _assignment_lines(actor, reach(actor, Assignment).filter(year=at.year), unit, at)
    if unit.kind == UnitKind.COUNCIL:
        return lines
    return tuple(line for line in lines if not line.receivers or any(one.unit_pk in under for one in line.receivers))


def assignments_of_goal(actor: Actor, goal: Goal, here: Here) -> tuple[AssignmentLine, ...]:
    """Give the year's assignments that name the goal, whoever has them."""
    rows = reach(actor, Assignment).filter(year=here.reporting_date.year, goal=goal)
    return _assignment_lines(actor, rows, here.unit, here.reporting_date)


def _assignment_lines(
    actor: Actor, rows: QuerySet[Assignment], unit: Unit, at: ReportingDate
) -> tuple[AssignmentLine, ...]:
    found = list(rows.select_related("decision", "source"))
    told = _receivers(actor, [one.pk for one in found], at)
    under = units_under(actor, unit, at.on)
    lines = (_assignment_line(one, told.get(one.pk, ()), unit, under) for one in found)
    order = {kind: place for place, kind in enumerate(Assignment.Kind.values)}
    return tuple(sorted(lines, key=lambda line: (order[line.kind], line.number, line.pk)))


def _receivers(actor: Actor, assignments: list[int], at: ReportingDate) -> dict[int, tuple[ReceiverLine, ...]]:
    statuses = reach(actor, AssignmentStatus).filter(
        receiver__assignment__in=assignments, reporting_date__on__lte=at.on
    )
    told = {one.receiver_id: one for one in statuses.select_related("report_back").order_by("reporting_date__on", "pk")}
    lines: dict[int, tuple[ReceiverLine, ...]] = defaultdict(tuple)
    receivers = reach(actor, Receiver).filter(assignment__in=assignments).select_related("unit")
    for receiver in receivers.order_by("-is_coordinator", "unit__order", "pk"):
        lines[receiver.assignment_id] += (_receiver_line(receiver, told.get(receiver.pk)),)
    return lines


def _receiver_line(receiver: Receiver, status: AssignmentStatus | None) -> ReceiverLine:
    unit, coordinates = receiver.unit, receiver.is_coordinator
    if status is None:
        return ReceiverLine(unit.name, unit.slug, unit.pk, coordinates, WorkState.UNKNOWN)
    back = status.report_back
    return ReceiverLine(
        unit.name, unit.slug, unit.pk, coordinates, WorkState(status.state), status.comment,
        back.pk if back else None, str(back) if back else "", status.carried_to_year,
    )  # fmt: skip


def _assignment_line(
    one: Assignment, receivers: Sequence[ReceiverLine], unit: Unit, under: frozenset[int]
) -> AssignmentLine:
    return AssignmentLine(
        pk=one.pk,
        number=one.number,
        kind=one.kind,
        kind_text=one.get_kind_display(),
        text=one.text,
        due=one.due,
        ordered_in=one.ordered_in,
        decision_pk=one.decision_id,
        decision=str(one.decision) if one.decision else "",
        carried_from_year=one.carried_from_year,
        receivers=tuple(receivers),
        state=_state_for(receivers, unit, under),
        origin=printed_in(
            one.source.title if one.source else None, one.source_table, one.source_row, one.source_column
        ),
    )


def _state_for(receivers: Sequence[ReceiverLine], unit: Unit, under: frozenset[int]) -> WorkState:
    """Give the state with the unit itself, else with the first receiver under it, else with the coordinator."""
    own = [one for one in receivers if one.unit_pk == unit.pk]
    below = [one for one in receivers if one.unit_pk in under]
    first = (own or below or list(receivers))[:1]
    return first[0].state if first else WorkState.UNKNOWN


def states_count(actor: Actor, unit: Unit, at: ReportingDate) -> tuple[dict[WorkState, int], dict[WorkState, int]]:
    """Count the unit's assignments and its activities by state."""
    return counted(assignments_at(actor, unit, at)), counted(activities_at(actor, unit, at))


@dataclass(frozen=True)
class Work:
    """Assignments and activities of a unit at a reporting date."""

    assignments: tuple[AssignmentLine, ...]
    activities: tuple[ActivityLine, ...]

    @property
    def units(self) -> dict[str, str]:
        """Give every unit that has something, by slug, in order of name."""
        found = {one.unit_slug: one.unit for line in self.assignments for one in line.receivers}
        found |= {line.unit_slug: line.unit for line in self.activities}
        return dict(sorted(found.items(), key=lambda item: item[1]))

    @property
    def goals(self) -> dict[int, str]:
        """Give every goal that has an activity, by key, in order of name."""
        found = {line.goal_pk: line.goal for line in self.activities if line.goal_pk is not None}
        return dict(sorted(found.items(), key=lambda item: item[1]))

    def kept(self, by: WorkFilter) -> Work:
        """Give what a filter leaves."""
        return Work(tuple(filter(by.keeps, self.assignments)), tuple(filter(by.keeps, self.activities)))


def work_at(here: Here) -> Work:
    """Give the work of the unit and of what lies under it."""
    return Work(
        assignments_at(here.actor, here.unit, here.reporting_date),
        activities_at(here.actor, here.unit, here.reporting_date),
    )
