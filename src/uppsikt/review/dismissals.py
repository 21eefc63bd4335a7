"""Which findings a person has set aside, why, and when they come back.

A dismissal names a finding by code, place and figures. While they stand, the finding stays aside with
everything that follows from it. When the figures change it comes back, and the reason that was once given is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from uppsikt.core.errors import UseError, reason_of
from uppsikt.review.record import FindingRecord, Record
from uppsikt.review.writing import write_whole

FORMAT = 1
CHANGED = "Avfärdades tidigare, men uppgifterna har ändrats sedan dess. Skälet var då: {reason}"
_SHORTEST = 4  # letters of a name that are enough to point it out, when no other begins with them


class Dismissal(TypedDict):
    """One finding that is set aside; everything after ``reason`` is for the one who reads the file."""

    id: str
    place: str
    reason: str
    document: str
    code: str
    what: str
    date: str  # ISO


def apply_dismissals(record: Record, dismissals: Iterable[Dismissal]) -> Record:
    """Give the record with its findings set aside, or with a word about those that have come back.

    A finding of the same place whose figures are others is shown again and carries the fact "dismissed".
    """
    known = list(dismissals)
    by_id = {one["id"]: one["reason"] for one in known}
    by_place = {one["place"]: one["reason"] for one in known}
    findings: list[FindingRecord] = []
    for finding in record["findings"]:
        reason = by_id.get(finding["id"], by_id.get(finding["cause"] or ""))
        facts = {key: value for key, value in finding["facts"].items() if key != "dismissed"}
        if reason is None and finding["place"] in by_place:
            facts["dismissed"] = by_place[finding["place"]]
        findings.append({**finding, "dismissed": reason, "facts": facts})
    return {**record, "findings": findings}


def comes_back(finding: FindingRecord) -> str:
    """Say that a finding was once dismissed for other figures; empty when it was not."""
    reason = finding["facts"].get("dismissed")
    return CHANGED.format(reason=reason) if reason else ""


def dismissal_of(finding: FindingRecord, document: str, reason: str, date: str) -> Dismissal:
    """Make the dismissal of a finding."""
    return {
        "id": finding["id"],
        "place": finding["place"],
        "reason": reason,
        "document": document,
        "code": finding["code"],
        "what": finding["message"],
        "date": date,
    }


def find(records: Iterable[Record], begun: str) -> tuple[Record, FindingRecord]:
    """Find the finding whose name begins so; UseError when there is none, or more than one."""
    found = [(record, one) for record in records for one in record["findings"] if one["id"].startswith(begun)]
    if not found or len(begun) < _SHORTEST:
        raise UseError(f"Ingen anmärkning heter {begun}. Namnen står vid anmärkningarna när du anger --dismissals.")
    if len(found) > 1:
        raise UseError(f"{len(found)} anmärkningar har namn som börjar med {begun}. Skriv hela namnet.")
    return found[0]


def with_dismissal(dismissals: Iterable[Dismissal], new: Dismissal) -> list[Dismissal]:
    """Add a dismissal; one of the same finding or of the same place before it gives way."""
    return [one for one in dismissals if one["place"] != new["place"]] + [new]


def read_dismissals(path: Path) -> list[Dismissal]:
    """Read the file; one that does not exist yet holds none. UseError when it is something else."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UseError(f"{path} går inte att läsa: {reason_of(error)}.") from error
    except (ValueError, RecursionError) as error:
        raise UseError(f"{path} är inte en fil med avfärdade anmärkningar (den ska vara JSON).") from error
    known = told.get("dismissed") if isinstance(told, dict) and told.get("format") == FORMAT else None
    names = Dismissal.__annotations__
    if not isinstance(known, list) or not all(
        isinstance(one, dict) and all(isinstance(one.get(name), str) for name in names) for one in known
    ):
        raise UseError(f"{path} är inte en fil med avfärdade anmärkningar i format {FORMAT}.")
    return [{name: one[name] for name in names} for one in known]  # type: ignore[misc]  # all its keys, and no others


def write_dismissals(path: Path, dismissals: Iterable[Dismissal]) -> None:
    """Write the file whole or not at all."""
    told = {"format": FORMAT, "dismissed": list(dismissals)}
    write_whole(path, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode(errors="replace"))
