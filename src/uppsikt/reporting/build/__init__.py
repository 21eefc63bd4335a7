"""From material and a definition to a report. Pure: no database, no files but the definitions."""

from uppsikt.reporting.build.builder import build_report
from uppsikt.reporting.build.definition import Definition, definitions
from uppsikt.reporting.build.material import GoalText, Material, Passage

__all__ = ["Definition", "GoalText", "Material", "Passage", "build_report", "definitions"]
