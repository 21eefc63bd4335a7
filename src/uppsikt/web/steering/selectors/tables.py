"""Goals, indicators and work as core Tables: what reports print, checks test and pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from uppsikt.core.periods import Period, PeriodKind
from uppsikt.core.quantities import Missing, MissingReason, Quantity, read_cell
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import Cell, Column, ColumnRole, Origin, Row, RowRole, Table
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit, UnitKind
from uppsikt.web.steering.models import Breakdown, Goal, IndicatorUse
from uppsikt.web.steering.selectors.goals import OWNED, assessments_of
from uppsikt.web.steering.selectors.series import TOTAL, Aim, Aims, Tellings, Told, aims, tellings
from uppsikt.web.steering.selectors.term import columns_at, model_at
from uppsikt.web.steering.selectors.work import ActivityLine, AssignmentLine, activities_at, assignments_at

STATE = Column("state", "Läge", ColumnRole.STATE)


def words(text: str, note: str = "", origin: Origin | None = None) -> Cell:
    """Give a cell that says something in words."""
    return Cell(Missing(MissingReason.TEXT, text), raw=text, note=note, origin=origin)


def state_cell(state: GoalState | WorkState, *, forecast: bool = False, origin: Origin | None = None) -> Cell:
    """Give the cell of a state: its words to read, its name as ``raw`` to count by."""
    text = state.wording(forecast=forecast) if isinstance(state, GoalState) else state.wording()
    return Cell(Missing(MissingReason.TEXT, text), raw=state.value, origin=origin)


def unit_goals(actor: Actor, unit: Unit, at: ReportingDate) -> tuple[Goal, ...]:
    """Give the unit's own goals in the year's model with what they hang under; the council's are all.

    In a model where indicators hang under areas (2018), those areas are among them.
    """
    owned = reach(actor, Goal).filter(model=model_at(actor, at.year), unit__isnull=False)
    if unit.kind != UnitKind.COUNCIL:
        owned = owned.filter(unit=unit)
    goals = owned.select_related("unit", "parent__parent")
    return tuple(sorted(goals, key=_place))


def _place(goal: Goal) -> tuple[tuple[int, int], ...]:
    line: list[tuple[int, int]] = []
    at: Goal | None = goal
    while at is not None:
        line.insert(0, (at.order, at.pk))
        at = at.parent
    return tuple(line)


def goal_state_table(actor: Actor, unit: Unit, at: ReportingDate) -> Table:
    """Give the unit's goals with area, council goal and state; one item row a goal."""
    goals = [goal for goal in unit_goals(actor, unit, at) if goal.level in OWNED]
    judged = assessments_of(actor, [goal.pk for goal in goals], at)
    cells: dict[tuple[str, str], Cell] = {}
    for goal in goals:
        found, key = judged.get(goal.pk), f"mal-{goal.pk}"
        state = GoalState(found.state) if found else GoalState.NONE
        area, council = _above(goal, Goal.Level.AREA), _above(goal, Goal.Level.COUNCIL)
        cells[key, "area"], cells[key, "council"] = words(area), words(council)
        cells[key, "state"] = state_cell(state, forecast=at.is_forecast)
    columns = (
        Column("area", "Målområde", ColumnRole.TEXT),
        Column("council", "Kommunövergripande mål", ColumnRole.TEXT),
        Column("state", "Bedömning", ColumnRole.STATE),
    )
    rows = tuple(Row(f"mal-{goal.pk}", goal.name, subject=f"goal:{goal.slug}") for goal in goals)
    return Table("goal_states", "Måluppfyllelse", columns, rows, cells)


def _above(goal: Goal, level: str) -> str:
    at = goal.parent
    while at is not None and at.level != level:
        at = at.parent
    return at.name if at else ""


def indicator_tables_at(actor: Actor, unit: Unit, at: ReportingDate) -> tuple[Table, ...]:
    """Give the unit's indicators as reports print them: a table for each council goal.

    Rows: a heading for each goal, an item for each indicator and breakdown rows under it. Columns:
    the periods that a report prints (``columns_at``), then a target for every year that has one.
    Values are as known at the date. Five queries.
    """
    return _indicator_tables(actor, unit_goals(actor, unit, at), at)


def table_of_goals(actor: Actor, goals: Sequence[Goal], at: ReportingDate) -> Table | None:
    """Give the indicators of goals under one council goal as a table; None when they have none."""
    return next(iter(_indicator_tables(actor, goals, at)), None)


def _indicator_tables(actor: Actor, goals: Sequence[Goal], at: ReportingDate) -> tuple[Table, ...]:
    keys = [goal.pk for goal in goals]
    uses = list(reach(actor, IndicatorUse).filter(goal__in=keys).select_related("indicator").order_by("order", "pk"))
    measured = {use.indicator_id for use in uses}
    breakdowns = tuple(reach(actor, Breakdown).order_by("order", "pk"))
    known = _Known(tellings(actor, measured, at.on), aims(actor, measured, at.on), breakdowns)
    groups: dict[int, list[Goal]] = {}
    for goal in goals:
        groups.setdefault(goal.parent_id or 0, []).append(goal)
    tables = (_IndicatorTable(at, under, uses, known).table() for under in groups.values())
    return tuple(table for table in tables if table.rows)


@dataclass(frozen=True)
class _Known:
    """What is known of the indicators: values, targets, and the parts that they are broken down by."""

    told: Tellings
    targets: Aims
    breakdowns: Sequence[Breakdown]


class _IndicatorTable:
    """Builds the table of the goals under one council goal."""

    def __init__(self, at: ReportingDate, goals: Sequence[Goal], uses: Iterable[IndicatorUse], known: _Known) -> None:
        self.goals, self.told, self.targets, self.breakdowns = goals, known.told, known.targets, known.breakdowns
        self.uses = {goal.pk: [use for use in uses if use.goal_id == goal.pk] for goal in goals}
        self.first_year = at.year
        self.periods = columns_at(at)
        self.cells: dict[tuple[str, str], Cell] = {}
        self.target_periods = self._target_periods() or (Period.year(at.year),)

    def table(self) -> Table:
        """Give the table; one whose goals have no indicators has no rows."""
        rows = tuple(row for goal in self.goals if self.uses[goal.pk] for row in self._goal_rows(goal))
        council = _above(self.goals[0], Goal.Level.COUNCIL)
        area = _above(self.goals[0], Goal.Level.AREA)
        title = f"{area}: {council}" if area and council else council or area or "Indikatorer per område"
        return Table(
            f"indikatorer-{self.goals[0].parent_id or self.goals[0].pk}", title, self._columns(), rows, self.cells
        )

    def _columns(self) -> tuple[Column, ...]:
        outcomes = (Column(f"outcome-{p.key}", _heading(p), ColumnRole.OUTCOME, p) for p in self.periods)
        wanted = (
            Column(f"target-{p.key}", f"Målvärde eller riktning {_heading(p)}", ColumnRole.TARGET, p)
            for p in self.target_periods
        )
        return (*outcomes, *wanted)

    def _target_periods(self) -> tuple[Period, ...]:
        used = {use.indicator_id for found in self.uses.values() for use in found}
        found = {period for (key, _), series in self.targets.items() if key in used for period in series}
        return tuple(sorted(period for period in found if period.year_number >= self.first_year))

    def _goal_rows(self, goal: Goal) -> Iterator[Row]:
        heading = f"mal-{goal.pk}"
        yield Row(heading, goal.name, RowRole.HEADING, subject=f"goal:{goal.slug}")
        for use in self.uses[goal.pk]:
            yield from self._indicator_rows(use, heading)

    def _indicator_rows(self, use: IndicatorUse, heading: str) -> Iterator[Row]:
        indicator = use.indicator
        item = f"{indicator.slug}-{use.goal_id}"
        unit = indicator.unit_text
        label = use.label if not unit or unit.casefold() in use.label.casefold() else f"{use.label}, {unit}"
        yield Row(
            item, label, RowRole.ITEM, parent=heading, subject=subject_of(indicator.slug, is_ratio=indicator.is_ratio)
        )
        self._fill(item, indicator.pk, TOTAL)
        for part in self.breakdowns:
            key = (indicator.pk, part.slug)
            if part.slug != TOTAL and (key in self.told or key in self.targets):
                row, subject = f"{item}-{part.slug}", subject_of(indicator.slug, part.slug, is_ratio=indicator.is_ratio)
                if self._fill(row, indicator.pk, part.slug):
                    yield Row(row, part.name, RowRole.BREAKDOWN, parent=item, subject=subject)

    def _fill(self, row: str, indicator: int, part: str) -> bool:
        """Fill the cells of a row; say whether anything was told."""
        told, targets = self.told.get((indicator, part), {}), self.targets.get((indicator, part), {})
        filled = {f"outcome-{p.key}": value_cell(told[p][-1]) for p in self.periods if p in told}
        filled |= {f"target-{p.key}": target_cell(targets[p]) for p in self.target_periods if p in targets}
        self.cells |= {(row, column): cell for column, cell in filled.items()}
        return bool(filled)


def _heading(period: Period) -> str:
    return str(period.year_number) if period.kind is PeriodKind.YEAR else period.label


def subject_of(indicator: str, part: str = TOTAL, *, is_ratio: bool) -> str:
    """Give the subject of an indicator's row; ``count`` tells that its parts add up, ``indicator`` that they do not."""
    kind = "indicator" if is_ratio else "count"
    return f"{kind}:{indicator}" if part == TOTAL else f"{kind}:{indicator}/{part}"


def value_cell(told: Told) -> Cell:
    """Give the cell of a value, with what was written and where it came from."""
    return Cell(told.value, told.raw, told.note, told.origin)


def target_cell(aim: Aim) -> Cell:
    """Give the cell of a target: a figure where it is one, else the words of the target."""
    value = read_cell(aim.raw).value
    plain = isinstance(value, Quantity) or value.reason is not MissingReason.TEXT
    return Cell(value if plain else Missing(MissingReason.TEXT, aim.raw), aim.raw, origin=aim.origin)


def assignment_table(actor: Actor, unit: Unit, at: ReportingDate) -> Table:
    """Give the unit's assignments of the year; one item row each, ``state`` as it stands with the unit."""
    return assignments_as_table(assignments_at(actor, unit, at))


def assignments_as_table(lines: Sequence[AssignmentLine]) -> Table:
    """Give assignments as a table."""
    columns = (
        Column("kind", "Slag", ColumnRole.TEXT),
        STATE,
        Column("report_back", "Återrapport", ColumnRole.TEXT),
        Column("comment", "Kommentar", ColumnRole.TEXT),
    )
    cells: dict[tuple[str, str], Cell] = {}
    for line in lines:
        key = f"uppdrag-{line.pk}"
        backs = dict.fromkeys(one.report_back for one in line.receivers if one.report_back)
        said = dict.fromkeys(one.comment for one in line.receivers if one.comment)
        cells[key, "kind"] = words(line.kind_text)
        cells[key, "state"] = state_cell(line.state, origin=line.origin)
        cells[key, "report_back"] = words(", ".join(backs))
        cells[key, "comment"] = words("\n".join(said))
    rows = tuple(Row(f"uppdrag-{x.pk}", f"{x.number}. {x.text}", subject=f"assignment:{x.pk}") for x in lines)
    return Table("assignments", "Strategiska utvecklingsuppdrag", columns, rows, cells)


def activity_table(actor: Actor, unit: Unit, at: ReportingDate) -> Table:
    """Give the year's activities of the unit and what lies under it; one item row each."""
    return activities_as_table(activities_at(actor, unit, at))


def activities_as_table(lines: Sequence[ActivityLine]) -> Table:
    """Give activities as a table."""
    columns = (
        Column("unit", "Enhet", ColumnRole.TEXT),
        Column("goal", "Mål", ColumnRole.TEXT),
        Column("due", "Klart", ColumnRole.TEXT),
        STATE,
        Column("comment", "Kommentar", ColumnRole.TEXT),
    )
    cells: dict[tuple[str, str], Cell] = {}
    for line in lines:
        key = f"aktivitet-{line.pk}"
        told = {"unit": line.unit, "goal": line.goal, "due": line.due, "comment": line.comment}
        cells |= {(key, column): words(text) for column, text in told.items()}
        cells[key, "state"] = state_cell(line.state, origin=line.origin)
    rows = tuple(Row(f"aktivitet-{x.pk}", x.text, subject=f"activity-plan:{x.pk}") for x in lines)
    return Table("activities", "Aktiviteter", columns, rows, cells)
