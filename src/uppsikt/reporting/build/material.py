"""What a report is made of: named tables, goals and passages. Doors fill it, the builder reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from uppsikt.core.tables import Table
from uppsikt.reporting.model import Stamp


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that a unit wrote on a topic; it may hold references to cells (see reporting.prose)."""

    heading: str
    text: str
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal as a report tells it: where it belongs, how it stands, and why."""

    area: str
    council_goal: str
    name: str
    description: str
    state: str  # a name in core.states.GoalState
    state_text: str
    reasons: str


@dataclass(frozen=True)
class Material:
    """Everything that a report of one unit at one date can show.

    ``groups`` are tables by what they are ("by_unit", "investment", "indicators"), in order. In a
    sentence the first table of a group goes by the group's name, and every table by its own key.
    """

    organisation: str
    year: int
    as_of: str
    stamp: Stamp
    groups: Mapping[str, tuple[Table, ...]]
    goals: tuple[GoalText, ...] = ()
    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)

    def tables(self) -> dict[str, Table]:
        """Give the tables by the names that sentences use."""
        named = {table.key: table for group in self.groups.values() for table in group}
        return named | {name: group[0] for name, group in self.groups.items() if group}
