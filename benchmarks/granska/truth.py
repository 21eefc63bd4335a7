"""The reference truth of a document (read by hand, see truth/README.md) in the form that scores are made from."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import ColumnRole, Table

DOCUMENTS = ("ks2017", "ks2020budget")
_COLUMN_ROLES = (
    ("plan", ColumnRole.PLAN),
    ("budget", ColumnRole.BUDGET),
    ("målvärde", ColumnRole.TARGET),
    ("måltal", ColumnRole.TARGET),
    ("prognos", ColumnRole.FORECAST),
    ("utfall", ColumnRole.OUTCOME),
    ("20", ColumnRole.OUTCOME),
)


@dataclass(frozen=True)
class Line:
    """A row: its label, what it is, and its numbers in printed order."""

    key: str
    label: str
    role: str
    parent: str | None
    numbers: tuple[Decimal, ...]


@dataclass(frozen=True)
class Head:
    """A column; ``role`` is None where its words leave it open."""

    label: str
    role: str | None
    year: int | None


@dataclass(frozen=True)
class Sheet:
    """A table, of the truth or as it was read. ``form`` is "table", or "list" where the print has no grid."""

    key: str
    title: str
    unit: str
    form: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]

    @property
    def cells(self) -> int:
        """Count the numeric cells."""
        return sum(len(line.numbers) for line in self.lines)


@dataclass(frozen=True)
class Truth:
    """What is known of a document."""

    name: str
    text: Path
    sheets: tuple[Sheet, ...]
    findings: tuple[dict[str, Any], ...]
    claims: tuple[dict[str, Any], ...]
    rows: dict[tuple[str, int], str] = field(default_factory=dict)  # labels by table and number of row


def reference() -> Path:
    """Give the folder that UPPSIKT_REFERENCE names."""
    folder = Path(os.environ.get("UPPSIKT_REFERENCE", ""))
    if not (folder / "truth").is_dir():
        raise SystemExit("UPPSIKT_REFERENCE pekar inte på någon mapp med facit.")
    return folder


def load(name: str) -> Truth:
    """Read the truth of one document."""
    folder = reference() / "truth" / name
    stored = {part: json.loads((folder / f"{part}.json").read_text()) for part in ("tables", "findings", "claims")}
    rows = {(one["id"], no): row["label"] for one in stored["tables"] for no, row in enumerate(one["rows"], 1)}
    return Truth(
        name,
        reference() / "seeds" / f"{name}.txt",
        tuple(_sheet(one) for one in stored["tables"]),
        tuple(stored["findings"]),
        tuple(stored["claims"]),
        rows,
    )


def _sheet(stored: dict[str, Any]) -> Sheet:
    labels = stored["columns"]
    lines = []
    for number, row in enumerate(stored["rows"], 1):
        cells = [row["cells"].get(label, {}) for label in labels]
        figures = tuple(Decimal(str(cell["num"])) for cell in cells if cell.get("num") is not None)
        role = "heading" if row["role"] == "group" else row["role"]
        lines.append(Line(str(number), row["label"], role, row["parent"], figures))
    heads = tuple(_head(label) for label in labels)
    return Sheet(stored["id"], stored["title"], stored["unit"] or "", stored.get("form", "list"), heads, tuple(lines))


def _head(label: str) -> Head:
    year = re.search(r"20\d\d", label)
    role = next((role.value for word, role in _COLUMN_ROLES if label.casefold().startswith(word)), None)
    return Head(label, role, int(year[0]) if year else None)


def sheet_of(table: Table) -> Sheet:
    """Give a Table as it was read in the same form."""
    labels = {row.key: row.label for row in table.rows}
    lines = []
    for row in table.rows:
        values = [table.value(row.key, column.key) for column in table.columns]
        figures = tuple(value.number for value in values if isinstance(value, Quantity))
        parent = None if row.parent is None else labels[row.parent]
        lines.append(Line(row.key, row.label, row.role.value, parent, figures))
    heads = [Head(one.label, one.role.value, one.period.year_number if one.period else None) for one in table.columns]
    return Sheet(table.key, table.title, table.unit.symbol, "table", tuple(heads), tuple(lines))
