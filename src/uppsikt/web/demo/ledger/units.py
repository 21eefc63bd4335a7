"""The units of the demonstration as they stood on a day, read from its data files."""

from __future__ import annotations

from datetime import date
from functools import cache

from uppsikt.web.demo.ledger.plan import DATA, responsibilities, rows_of


@cache
def codes_of(unit: str, on: date, *, whole: bool = False) -> frozenset[str]:
    """Give the responsibility codes of a unit and of those under it on a day.

    Units under it that finance themselves are left out but for ``whole``: they are told beside the committee.
    """
    under = _under(unit, on)
    if not whole:
        for one in under & (_self_financed() - {unit}):
            under = under - _under(one, on)
    return frozenset(one.code for one in responsibilities() if one.unit in under and one.is_valid(on))


@cache
def _under(unit: str, on: date) -> frozenset[str]:
    found, waiting = {unit}, [unit]
    while waiting:
        parent = waiting.pop()
        children = {row["enhet"] for row in _placements() if row["under"] == parent and _stands(row, on)} - found
        found |= children
        waiting += sorted(children)
    return frozenset(found)


def _stands(row: dict[str, str], on: date) -> bool:
    return row["från"] <= on.isoformat() and (not row["till"] or on.isoformat() < row["till"])


@cache
def _placements() -> tuple[dict[str, str], ...]:
    return tuple(rows_of(DATA / "placeringar.csv"))


@cache
def _self_financed() -> frozenset[str]:
    return frozenset(row["enhet"] for row in rows_of(DATA / "enheter.csv") if row["finansiering"] == "intäkter")
