"""Everything that writes about investments. Each function is one thing that a person does, with a reason.

deciding     decisions about projects and frames, carry-over, use of the reserve, and taking a decision away
registering  what a project is: name, owner, frame, years and codes
projects     a project's forecast, finishing it and opening it again
"""

from uppsikt.web.investments.services.deciding import Deciding, decision_remove, frame_decide, project_decide
from uppsikt.web.investments.services.projects import Forecasting, forecast_save, project_finish, project_reopen
from uppsikt.web.investments.services.registering import (
    ProjectFaultsError,
    ProjectTold,
    holds_anything,
    project_change,
    project_register,
    project_remove,
)

__all__ = [
    "Deciding", "Forecasting", "ProjectFaultsError", "ProjectTold", "decision_remove", "forecast_save", "frame_decide",
    "holds_anything", "project_change", "project_decide", "project_finish", "project_register", "project_remove",
    "project_reopen",
]  # fmt: skip
