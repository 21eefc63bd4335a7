"""What a staged file would change: by kind, month and unit, before beside after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from uppsikt.core.economy.ledger import EntryKind
from uppsikt.facts.engine import parquet
from uppsikt.facts.writing import COLUMNS, kronor


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind, month and unit: rows and totals (kr, as booked) before and after.

    ``same_content`` says that the entries are the same ones, whatever order they came in.
    """

    kind: EntryKind
    month: int
    unit: str
    rows_before: int
    rows: int
    total_before: Decimal
    total: Decimal
    same_content: bool

    @property
    def state(self) -> str:
        """Say "new", "removed", "same" or "changed"."""
        if not self.rows_before:
            return "new"
        if not self.rows:
            return "removed"
        return "same" if self.same_content else "changed"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every unit of the months that the file holds; months that it does not hold stay as they are and are not told."""

    differences: tuple[Difference, ...]

    def of(self, state: str) -> tuple[Difference, ...]:
        """Give the differences in one state."""
        return tuple(one for one in self.differences if one.state == state)

    @property
    def is_same(self) -> bool:
        """Say whether keeping the file would change nothing."""
        return all(one.state == "same" for one in self.differences)


def compared(engine: duckdb.DuckDBPyConnection, before: Iterable[Path], after: Iterable[Path]) -> Comparison:
    """Compare two sets of files of entries."""
    old, new = (_units(engine, tuple(files)) for files in (before, after))
    nothing = (0, 0, 0)
    found = []
    for place in sorted(old.keys() | new.keys()):
        kind, month, unit = place
        (rows_before, total_before, _), (rows, total, _) = old.get(place, nothing), new.get(place, nothing)
        same = old.get(place) == new.get(place)
        found.append(
            Difference(EntryKind(kind), month, unit, rows_before, rows, kronor(total_before), kronor(total), same)
        )
    return Comparison(tuple(found))


def _units(
    engine: duckdb.DuckDBPyConnection, files: tuple[Path, ...]
) -> dict[tuple[str, int, str], tuple[int, int, int]]:
    """Give rows, öre and a fingerprint of the entries that does not depend on their order."""
    if not files:
        return {}
    rows = engine.execute(
        f"SELECT kind, month, unit, count(*), sum(amount), sum(hash({', '.join(COLUMNS)})::HUGEINT)"
        f" FROM {parquet(files)} GROUP BY 1, 2, 3"
    ).fetchall()
    return {(kind, month, unit): (count, total, mark) for kind, month, unit, count, total, mark in rows}
