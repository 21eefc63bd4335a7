"""Reading what a committee steers by. Everything is told who asks, and as of which reporting date."""

from uppsikt.web.steering.selectors.entry import (
    ChangeLine,
    history_of,
    read_entry,
    understood,
    value_by_pk,
    value_to_report,
)
from uppsikt.web.steering.selectors.goal_page import GoalPage, goal_by_pk, goal_page
from uppsikt.web.steering.selectors.goals import (
    AreaNode,
    Chain,
    CouncilNode,
    GoalCard,
    Named,
    chain_at,
    goals_at,
)
from uppsikt.web.steering.selectors.indicator_page import (
    IndicatorPage,
    indicator_by_slug,
    indicator_page,
    responsible_unit,
)
from uppsikt.web.steering.selectors.indicators import (
    IndicatorCard,
    IndicatorFilter,
    IndicatorLine,
    indicator_cards,
    indicator_lines,
)
from uppsikt.web.steering.selectors.series import Told, series_of
from uppsikt.web.steering.selectors.tables import (
    activities_as_table,
    activity_table,
    assignment_table,
    assignments_as_table,
    goal_state_table,
    indicator_tables_at,
)
from uppsikt.web.steering.selectors.term import model_at, period_at
from uppsikt.web.steering.selectors.work import (
    ActivityLine,
    AssignmentLine,
    ReceiverLine,
    Work,
    WorkFilter,
    activities_at,
    assignments_at,
    counted,
    counted_work,
    states_count,
    work_at,
)

__all__ = [
    "ActivityLine", "AreaNode", "AssignmentLine", "Chain", "ChangeLine", "CouncilNode", "GoalCard", "GoalPage",
    "IndicatorCard", "IndicatorFilter", "IndicatorLine", "IndicatorPage", "Named", "ReceiverLine", "Told",
    "Work", "WorkFilter", "activities_as_table", "activities_at", "activity_table", "assignment_table",
    "assignments_as_table", "assignments_at", "chain_at", "counted", "counted_work", "goal_by_pk", "goal_page",
    "goal_state_table", "goals_at", "history_of", "indicator_by_slug", "indicator_cards", "indicator_lines",
    "indicator_page", "indicator_tables_at", "model_at", "period_at", "read_entry", "responsible_unit", "series_of",
    "states_count", "understood", "value_by_pk", "value_to_report", "work_at",
]  # fmt: skip
