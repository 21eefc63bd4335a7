"""What a dry run found, as it is kept with the load and shown: faults, new codes, and what would change."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from uppsikt.core.economy import EntryFault, EntryKind
from uppsikt.facts import Comparison, Staged

_UNKNOWN = "unknown_"


@dataclass(frozen=True)
class DryRun:
    """The dry run of a load. Amounts are texts of kronor as booked; months are YYYYMM.

    ``faults`` are what keeps rows from being read. ``codes`` are, by part and code, the codes that were not known:
    their name in the file, in how many rows, where first, and codes that look like them. ``months`` are what the file
    holds and ``differences`` the units and months in which something would be new, changed or removed; ``same`` is
    how many would stay as they are.
    """

    rows: int = 0
    total: str = "0"
    unreadable: int = 0
    faults: list[dict[str, Any]] = field(default_factory=list)
    codes: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    months: list[dict[str, Any]] = field(default_factory=list)
    differences: list[dict[str, Any]] = field(default_factory=list)
    same: int = 0

    @classmethod
    def of(cls, text: str) -> DryRun:
        """Read what ``to_json`` wrote; an empty text is an empty dry run."""
        return cls(**json.loads(text)) if text else cls()

    def to_json(self) -> str:
        """Write it as ASCII: a database's text cannot hold every character of a file."""
        return json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"))

    def count(self, state: str) -> int:
        """Count the units and months that would be "new", "changed" or "removed"."""
        return sum(one["state"] == state for one in self.differences)

    def unknown(self, registered: Mapping[str, frozenset[str]]) -> dict[str, dict[str, dict[str, Any]]]:
        """Give the codes that are not in the register yet."""
        left = {
            part: {code: told for code, told in codes.items() if code not in registered.get(part, ())}
            for part, codes in self.codes.items()
        }
        return {part: codes for part, codes in left.items() if codes}


def told(staged: Staged, comparison: Comparison) -> DryRun:
    """Tell what was found."""
    return DryRun(
        rows=staged.rows,
        total=str(staged.total),
        unreadable=staged.unreadable,
        faults=[asdict(one) for one in staged.faults if not one.code.startswith(_UNKNOWN)],
        codes=_codes(staged),
        months=[
            {"kind": str(one.kind), "month": one.month, "rows": one.rows, "total": str(one.total)}
            for one in staged.parts
        ],
        differences=[
            {
                "kind": str(one.kind), "month": one.month, "unit": one.unit, "state": one.state,
                "rows_before": one.rows_before, "rows": one.rows,
                "total_before": str(one.total_before), "total": str(one.total),
            }
            for one in comparison.differences
            if one.state != "same"
        ],
        same=len(comparison.of("same")),
    )  # fmt: skip


def on_closed_codes(comparison: Comparison, closed: Mapping[str, date]) -> list[dict[str, Any]]:
    """Tell which closed responsibility codes have outcome in a month that begins when they are closed, or later.

    It keeps no row out: whoever loads the file sees it, and mends the entry or opens the code.
    """
    rows: dict[str, int] = defaultdict(int)
    for one in comparison.differences:
        end = closed.get(one.unit)
        if end is not None and one.kind is EntryKind.OUTCOME and date(*divmod(one.month, 100), 1) >= end:
            rows[one.unit] += one.rows
    told = "Ansvaret är stängt från och med den {day} men har poster efter den dagen. Rätta dem, eller öppna koden."
    return [
        asdict(EntryFault("closed_code", 0, "Ansvar", code, told.format(day=closed[code]), count))
        for code, count in rows.items()
        if count
    ]


def _codes(staged: Staged) -> dict[str, dict[str, dict[str, Any]]]:
    about: dict[tuple[str, str], EntryFault] = {
        (one.code.removeprefix(_UNKNOWN), one.value): one for one in staged.faults if one.code.startswith(_UNKNOWN)
    }
    return {
        part: {code: {"name": name, **_about(about.get((part, code)))} for code, name in codes.items()}
        for part, codes in staged.codes.items()
    }


def _about(fault: EntryFault | None) -> dict[str, Any]:
    """Tell where a new code stands first, in how many rows, and which known codes look like it."""
    if fault is None:
        return {"rows": 0, "like": [], "line": 0, "sheet": "", "column": ""}
    return {
        "rows": fault.rows, "like": list(fault.like), "line": fault.line, "sheet": fault.sheet,
        "column": fault.column,
    }  # fmt: skip
