"""The invented code plan: every code that an entry can have, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from uppsikt.web.demo.ledger.plan import DATA, FOLDER, project_codes, responsibilities, rows_of

_FILES = (("account", "konton.csv", "konto"), ("activity", "verksamheter.csv", "verksamhet"))


@dataclass(frozen=True, slots=True)
class PlannedCode:
    """A code of the part (one of core CODE_PARTS); ``unit`` is the slug of whom a responsibility code belongs to."""

    part: str
    code: str
    name: str
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    is_internal: bool = False


def make_codes() -> Iterator[PlannedCode]:
    """Give every code of the plan, part by part."""
    for part, file, heading in _FILES:
        for row in rows_of(FOLDER / file):
            yield PlannedCode(part, row[heading], row["namn"])
    for one in responsibilities():
        yield PlannedCode("unit", one.code, one.name, one.unit, one.valid_from, one.valid_to)
    names = {row["projekt"]: row["namn"] for row in rows_of(DATA / "projekt.csv")}
    for project, code in project_codes().items():
        yield PlannedCode("project", code, names[project])
    for row in rows_of(FOLDER / "motparter.csv"):
        yield PlannedCode("counterpart", row["motpart"], row["namn"], is_internal=row["kommunen själv"] == "ja")
