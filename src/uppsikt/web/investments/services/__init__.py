"""Everything that writes about investments. Each function is one thing that a person does, with a reason.

deciding     decisions about projects and frames, carry-over, use of the reserve, and taking a decision away
projects     a project's forecast, its facts, finishing it and opening it again
"""

from uppsikt.web.investments.services.deciding import Deciding, decision_remove, frame_decide, project_decide
from uppsikt.web.investments.services.projects import Forecasting, forecast_save, project_finish, project_reopen

__all__ = [
    "Deciding", "Forecasting", "decision_remove", "forecast_save", "frame_decide", "project_decide", "project_finish",
    "project_reopen",
]  # fmt: skip
