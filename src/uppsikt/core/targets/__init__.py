"""Targets: the little language that indicators' targets are written in, and how an outcome is weighed."""

from uppsikt.core.targets.evaluate import Verdict, evaluate
from uppsikt.core.targets.grammar import parse_direction, parse_target
from uppsikt.core.targets.model import (
    Balance,
    Both,
    Bound,
    Change,
    Count,
    DesiredDirection,
    NoTarget,
    Op,
    Reach,
    Target,
    TextTarget,
    Way,
    YesNo,
    direction_of,
    format_target,
)

__all__ = [
    "Balance", "Both", "Bound", "Change", "Count", "DesiredDirection", "NoTarget", "Op", "Reach", "Target",
    "TextTarget", "Verdict", "Way", "YesNo",
    "direction_of", "evaluate", "format_target", "parse_direction", "parse_target",
]  # fmt: skip
