"""Everything that reads investments. Selectors are told who asks and where.

outcomes      what the ledger says that projects have used
projects      how projects stand at a reporting date, with the totals of RKR R14; one project through the years
registered    what the forms of projects ask
frames        the investment frames of a committee, with reserve and carry-over
"""

from uppsikt.web.investments.selectors.frames import FramesPage, frame_left, frames_page, reserve_left
from uppsikt.web.investments.selectors.projects import (
    ProjectPage,
    ProjectsPage,
    Told,
    left_of_year,
    project_called,
    project_page,
    projects_page,
)
from uppsikt.web.investments.selectors.registered import last_change_of, living, owners

__all__ = [
    "FramesPage", "ProjectPage", "ProjectsPage", "Told", "frame_left", "frames_page", "last_change_of", "left_of_year",
    "living", "owners", "project_called", "project_page", "projects_page", "reserve_left",
]  # fmt: skip
