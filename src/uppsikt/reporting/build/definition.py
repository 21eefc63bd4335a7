"""Report definitions: which headings, tables, charts and sentences, in which order. Data, not code.

A definition is a TOML file. ``[[part]]`` after ``[[part]]`` stands in reading order, and each has
one of these keys:

    heading   a heading, with ``level`` (1-3)
    text      a sentence or paragraph whose numbers are references (reporting.prose)
    passage   the texts that units have written on a topic; ``style = "note"`` makes them a remark
    table     the tables of a group; ``headings = true`` puts each table's title over it
    chart     "deviation", "states" or "series" over the tables of the group ``of``
    goals     the goals one by one with state and reasons

A part with ``needs`` is left out where the material lacks one of the named groups or topics, and
with it everything up to the next heading of the same or a higher level when it is a heading.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from uppsikt.core.errors import UseError

CHARTS = ("deviation", "states", "series")
KINDS = ("heading", "text", "passage", "table", "chart", "goals")
_KNOWN = {"level", "needs", "headings", "of", "caption", "style", *KINDS}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a definition."""

    kind: str
    value: str
    level: int = 2
    needs: tuple[str, ...] = ()
    headings: bool = False
    of: str = ""
    caption: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A kind of report: its key, its title (with {year}), for which reporting dates, its parts."""

    key: str
    title: str
    dates: tuple[str, ...]
    parts: tuple[Part, ...]


def read_definition(text: str, name: str) -> Definition:
    """Read a definition; every fault in it is told in one UseError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UseError(f"Rapportdefinitionen {name} är inte giltig TOML: {error}.") from error
    faults: list[str] = []
    parts = [_part(entry, f"{name}, del {n}", faults) for n, entry in enumerate(data.get("part", ()), start=1)]
    faults += [f"{name}: ”{key}” saknas." for key in ("key", "title", "dates") if key not in data]
    if faults:
        raise UseError("\n".join(faults))
    return Definition(data["key"], data["title"], tuple(data["dates"]), tuple(part for part in parts if part))


def _part(entry: dict[str, Any], where: str, faults: list[str]) -> Part | None:
    kinds = [kind for kind in KINDS if kind in entry]
    unknown = sorted(set(entry) - _KNOWN)
    if len(kinds) != 1 or unknown:
        faults.append(
            f"{where}: ska ha precis en av {', '.join(KINDS)}"
            + (f" och inte {', '.join(unknown)}." if unknown else f" (har {', '.join(kinds) or 'ingen'}).")
        )
        return None
    if "chart" in entry and entry["chart"] not in CHARTS:
        faults.append(f"{where}: diagrammet ”{entry['chart']}” finns inte; välj {', '.join(CHARTS)}.")
        return None
    kind = kinds[0]
    rest: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items() if key != kind}
    return Part(kind, str(entry[kind]), **rest)


@cache
def definitions() -> tuple[Definition, ...]:
    """Give the definitions that come with the product, in order of their keys."""
    folder = files(__package__) / "definitions"
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".toml"))
    made = (read_definition(entry.read_text(encoding="utf-8"), entry.name) for entry in found)
    return tuple(sorted(made, key=lambda definition: definition.key))
