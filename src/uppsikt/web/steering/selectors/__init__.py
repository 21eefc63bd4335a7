"""Reading what a committee steers by. Everything is told who asks, and as of which reporting date."""

from uppsikt.web.steering.selectors.goals import (
    AreaNode,
    Chain,
    CouncilNode,
    GoalCard,
    Named,
    chain_at,
    goals_at,
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
    WorkFilter,
    activities_at,
    assignments_at,
    counted,
    counted_work,
    states_count,
)

__all__ = [
    "ActivityLine", "AreaNode", "AssignmentLine", "Chain", "CouncilNode", "GoalCard", "IndicatorCard",
    "IndicatorFilter", "IndicatorLine", "Named", "ReceiverLine", "Told", "WorkFilter",
    "activities_as_table", "activities_at", "activity_table", "assignment_table", "assignments_as_table",
    "assignments_at", "chain_at", "counted", "counted_work", "goal_state_table", "goals_at", "indicator_cards",
    "indicator_lines", "indicator_tables_at", "model_at", "period_at", "series_of", "states_count",
]  # fmt: skip
