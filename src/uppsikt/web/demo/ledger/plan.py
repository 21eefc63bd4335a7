"""The invented code plan and how each place of it looks: what lies in the folder ``kodplan``, read as it is.

Codes, names, weights and texts are made up for the demonstration. Nothing here is a printed figure.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "kodplan"
DATA = Path(__file__).parent.parent / "data"
BALANCE_UNIT = "9900"
FINANCE_UNIT = "9000"


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a file of ours: semicolons, headings first."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A responsibility code and the unit that it belongs to between two days."""

    code: str
    name: str
    unit: str
    valid_from: date | None
    valid_to: date | None

    def is_valid(self, on: date) -> bool:
        """Say whether the code belongs to the unit on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One account of a profile: its share, how the year runs, the usual size of an entry in öre, against whom."""

    account: str
    weight: int
    season: str
    size: int
    counterpart: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is booked: a responsibility code and an activity, and how its costs and income look.

    The amounts are a guess in tkr, to begin from.
    """

    unit: str
    activity: str
    costs: int
    income: int
    costs_before: int
    income_before: int
    cost_profile: str
    income_profile: str


@cache
def responsibilities() -> tuple[Responsibility, ...]:
    """Give the responsibility codes, one for each unit that a code has belonged to."""
    return tuple(
        Responsibility(row["ansvar"], row["namn"], row["enhet"], _day(row["från"]), _day(row["till"]))
        for row in rows_of(FOLDER / "ansvar.csv")
    )


@cache
def profiles() -> Mapping[str, tuple[Pattern, ...]]:
    """Give the accounts of each profile."""
    found: dict[str, list[Pattern]] = defaultdict(list)
    for row in rows_of(FOLDER / "profiler.csv"):
        size = int(row["post"] or 0) * 100
        found[row["profil"]].append(
            Pattern(row["konto"], int(row["vikt"]), row["mönster"], size, row["motpart"], row["text"])
        )
    return {name: tuple(patterns) for name, patterns in found.items()}


@cache
def places(year: int) -> tuple[Place, ...]:
    """Give the places of the statement of a year."""
    return tuple(_place(row) for row in rows_of(FOLDER / "platser.csv") if row["år"] == str(year))


def _place(row: dict[str, str]) -> Place:
    costs, income = int(row["kostnader"]), int(row["intäkter"])
    return Place(
        row["ansvar"], row["verksamhet"], costs, income,
        int(row["kostnader året före"] or costs), int(row["intäkter året före"] or income),
        row["kostnadsprofil"], row["intäktsprofil"],
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def project_codes() -> Mapping[str, str]:
    """Give the ledger's code of each investment project; what is kept in reserve has a code too."""
    return {row["projekt"]: row["kod"] for row in rows_of(DATA / "projektkoder.csv")}
