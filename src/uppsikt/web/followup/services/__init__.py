"""Everything that writes about follow-up. Each function is one thing that a person does.

forecasts     save a draft, submit, throw a draft away
comments      hang a comment on a cell, answer, change, take away
plans         action plans, their years, measures and effects
"""

from uppsikt.web.followup.services.comments import comment_answer, comment_change, comment_delete, comment_write
from uppsikt.web.followup.services.forecasts import Written, draft_discard, draft_save, forecast_submit
from uppsikt.web.followup.services.plans import (
    MeasureText,
    PlanText,
    measure_delete,
    measure_save,
    plan_create,
    plan_save,
)

__all__ = [
    "MeasureText", "PlanText", "Written", "comment_answer", "comment_change", "comment_delete", "comment_write",
    "draft_discard", "draft_save", "forecast_submit", "measure_delete", "measure_save", "plan_create", "plan_save",
]  # fmt: skip
