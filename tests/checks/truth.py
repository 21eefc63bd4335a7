"""Turns the reference's tables (read by hand from a printed document) into Tables, as a reader would.

Roles come from the reference; measures and what a row is about from its words. Nothing here knows
what is wrong in the document.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from uppsikt.core.periods import Period
from uppsikt.core.quantities import Missing, Quantity, read_cell, unit_of
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table

_ROLES = {"group": RowRole.HEADING, "item": RowRole.ITEM, "sum": RowRole.SUM, "of_which": RowRole.OF_WHICH,
          "breakdown": RowRole.BREAKDOWN, "note": RowRole.NOTE}  # fmt: skip
_COLUMNS = (
    ("plan", ColumnRole.PLAN),
    ("budget", ColumnRole.BUDGET),
    ("nettoutgift", ColumnRole.BUDGET),
    ("målvärde", ColumnRole.TARGET),
    ("måltal", ColumnRole.TARGET),
    ("prognos", ColumnRole.FORECAST),
    ("utfall", ColumnRole.OUTCOME),
    ("20", ColumnRole.OUTCOME),
)
_CHECKED = {"economy", "investment", "indicator", "volume", "staff"}


def tables_of(folder: Path) -> tuple[Table, ...]:
    """Give the document's tables of figures; a row's key is its number in the reference."""
    stored = json.loads((folder / "tables.json").read_text())
    return tuple(_table(one) for one in stored if one["kind"] in _CHECKED)


def findings_of(folder: Path) -> list[dict[str, Any]]:
    """Give everything that was found in the document by hand."""
    found: list[dict[str, Any]] = json.loads((folder / "findings.json").read_text())
    return found


def _table(stored: dict[str, Any]) -> Table:
    columns = tuple(_column(label) for label in stored["columns"])
    money = stored["kind"] in ("economy", "investment")
    unit = unit_of(stored["unit"] or "")
    rows, cells = [], {}
    for number, line in enumerate(stored["rows"], 1):
        row = _row(line, str(number), rows, stored, money=money)
        rows.append(row)
        for column, cell in line["cells"].items():
            value = read_cell(cell["raw"], unit).value
            if cell["num"] is not None and isinstance(value, Missing):
                value = Quantity(Decimal(str(cell["num"])), unit, 0)
            cells[row.key, column] = Cell(value, cell["raw"])
    sign = Sign.NET_COST if money else Sign.PLAIN
    return Table(stored["id"], stored["title"], columns, tuple(rows), cells, unit, sign)


def _column(label: str) -> Column:
    year = re.search(r"20\d\d", label)
    words = label.casefold()
    role = next((role for word, role in _COLUMNS if words.startswith(word)), ColumnRole.TEXT)
    to_date = "aug" in words or "juli" in words
    return Column(label, label, role, Period.year(int(year[0])) if year and not to_date else None)


def _row(line: dict[str, Any], key: str, above: list[Row], stored: dict[str, Any], *, money: bool) -> Row:
    label, role = line["label"], _ROLES[line["role"]]
    named = [row for row in reversed(above) if row.label == line["parent"]]
    parent = next((row for row in named if row.role is RowRole.HEADING), named[0] if named else None)
    words = label.casefold()
    measure = Measure.NONE
    if money and role is RowRole.OF_WHICH:
        costs, income = words.endswith(("kostnader", "utgifter")), words.endswith(("intäkter", "inkomster"))
        measure = Measure.COSTS if costs else Measure.INCOME if income else Measure.NONE
    elif money and role is not RowRole.HEADING and not words.startswith("intäktsökning"):
        measure = Measure.NET
    # A frame printed beside a net stands for comparison: it is no item (domain: Money, Frames).
    if role is RowRole.ITEM and words.startswith(("budgetram", "investeringsram")) and stored["id"] != "t12":
        role = RowRole.NOTE
    subject = _subject(line, parent, above, stored) if money else ""
    return Row(key, label, role, parent.key if parent else None, measure, subject)


def _subject(line: dict[str, Any], parent: Row | None, above: list[Row], stored: dict[str, Any]) -> str:
    """Say which unit a row of money is about, and whether it is its net, its investments or its frame."""
    words = line["label"].casefold()
    kind = "invest" if stored["kind"] == "investment" or words.startswith("invest") else "net"
    own = (
        _unit(stored["title"]) if stored["section"].startswith("Ekonomi / Budget per stab") else _administration(stored)
    )
    if words.startswith(("verksamhetens", "summa", "varav", "budgetram", "investeringar, netto")):
        heading = _heading(parent, above)
        a_frame = words.startswith("budgetram") and line["role"] != "sum" and stored["id"] != "t04"
        if a_frame or (stored["kind"] == "investment" and (words.startswith("varav") or stored["id"] == "t24")):
            return ""
        if stored["id"] in ("t04", "t12") and heading is not None:
            own = _unit(heading.label)
        if stored["id"] == "t43" and parent is not None and parent.role is RowRole.ITEM:
            own = _unit(parent.label)
        return f"{kind}:{own}"
    if stored["id"] == "t12" and parent is not None and parent.role is RowRole.HEADING and line["role"] == "item":
        return f"{kind}:{_unit(line['label'])}" if not words.startswith("intäktsökning") else ""
    return f"{kind}:{_unit(line['label'])}" if stored["id"] in ("t43", "t54") else ""


def _heading(row: Row | None, above: list[Row]) -> Row | None:
    by_key = {one.key: one for one in above}
    while row is not None and row.role is not RowRole.HEADING:
        row = by_key.get(row.parent or "")
    return row


def _administration(stored: dict[str, Any]) -> str:
    return _unit(stored["administration"])


def _unit(name: str) -> str:
    """Give one name to a unit that is printed under several."""
    clean = name.casefold().replace("tillväxstaben", "tillväxtstaben").replace("kommunledningen", "kommunledning")
    if "kommunledningsförvaltningen" in clean or clean.startswith("kommunstyrelsen"):
        return "kommunledningsförvaltningen"
    return clean
