"""A real budget as text, read and inferred without help, against what a person read from it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from uppsikt.checks import check_tables, holds
from uppsikt.core.findings import Confidence, Finding
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Row, Table
from uppsikt.documents.inference import infer
from uppsikt.documents.model import Document, Limits
from uppsikt.documents.opening import quiet
from uppsikt.documents.text import read_text

FIGURES = {"economy", "investment", "indicator", "volume", "staff"}
OURS = {"sum", "difference", "of_which", "across_tables", "breakdown_range"}
ROLES = {"group": "heading"}
Printed = dict[str, Any]


@pytest.fixture(scope="module")
def truth(reference: Path) -> list[Printed]:
    stored: list[Printed] = json.loads((reference / "truth/ks2020budget/tables.json").read_text())
    return [one for one in stored if one["kind"] in FIGURES]


@pytest.fixture(scope="module")
def document(reference: Path) -> Document:
    data = (reference / "seeds/ks2020budget.txt").read_bytes()
    return infer(read_text(data, "ks2020budget.txt", Limits(), quiet), holds)


@pytest.fixture(scope="module")
def pairs(truth: list[Printed], document: Document) -> list[tuple[Printed, Table]]:
    tables = [one.table for one in document.tables]
    return [(one, max(tables, key=lambda table: len(_known(one) & _read(table)))) for one in truth]


@pytest.fixture(scope="module")
def ruled(pairs: list[tuple[Printed, Table]]) -> list[tuple[Printed, Table]]:
    """Give the pairs that are tables in print, without the lists of the running text."""
    return [pair for pair in pairs if pair[0]["form"] == "table"]


def _bare(label: str) -> str:
    return re.sub(r"[\W_]|[¹²³⁴-⁹]", "", label.casefold())


def _known(one: Printed) -> set[tuple[str, Decimal]]:
    return {(_bare(row["label"]), number) for row in one["rows"] for number in _numbers(row)}


def _numbers(row: Printed) -> list[Decimal]:
    return [Decimal(str(cell["num"])) for cell in row["cells"].values() if cell["num"] is not None]


def _figures(table: Table, row: Row) -> list[Decimal]:
    values = [table.value(row.key, column.key) for column in table.columns]
    return [value.number for value in values if isinstance(value, Quantity)]


def _read(table: Table) -> set[tuple[str, Decimal]]:
    return {(_bare(row.label), number) for row in table.rows for number in _figures(table, row)}


def _matched(one: Printed, table: Table) -> list[tuple[Printed, Row | None]]:
    """Pair the rows by label, in order; of several with one label the one with the same figures."""
    free, found = list(table.rows), []
    for row in one["rows"]:
        named = [other for other in free if _bare(other.label) == _bare(row["label"])]
        same = [other for other in named if _figures(table, other) == _numbers(row)]
        picked = (same or named or [None])[0]
        if picked is not None:
            free.remove(picked)
        found.append((row, picked))
    return found


def test_figures_stand_in_the_right_row_and_order(ruled: list[tuple[Printed, Table]]) -> None:
    told = right = 0
    for one, table in ruled:
        for row, read in _matched(one, table):
            wanted, got = _numbers(row), _figures(table, read) if read else []
            told += len(wanted)
            right += len(wanted) if wanted == got else 0
    assert told > 700
    assert right >= told * 0.98


def test_roles_are_right(ruled: list[tuple[Printed, Table]]) -> None:
    rows = [pair for one, table in ruled for pair in _matched(one, table) if pair[0]["role"] != "note"]
    right = [pair for pair in rows if pair[1] and pair[1].role == ROLES.get(pair[0]["role"], pair[0]["role"])]
    assert len(right) >= len(rows) * 0.97


def test_columns_say_their_year(ruled: list[tuple[Printed, Table]]) -> None:
    for one, table in ruled:
        years = [re.findall(r"20\d\d", label)[:1] for label in one["columns"]]
        told = [column.period for column in table.columns if column.role != "text"]
        assert len(told) == len(years)
        assert all(
            not year or period is None or int(year[0]) == period.year_number
            for year, period in zip(years, told, strict=True)
        )


def test_units_are_right(ruled: list[tuple[Printed, Table]]) -> None:
    assert {table.unit.symbol for one, table in ruled if one["unit"] == "tkr"} == {"tkr"}


def _flat(findings: tuple[Finding, ...]) -> list[Finding]:
    return [each for one in findings for each in (one, *_flat(one.consequences))]


Place = tuple[str, str]


def _places(stored: list[Printed], truth: list[Printed]) -> dict[str, set[Place]]:
    labels = {(one["id"], at): _bare(row["label"]) for one in truth for at, row in enumerate(one["rows"], 1)}
    return {
        one["id"]: {(table, labels.get((table, row), "")) for table, row, _ in one.get("cells", [])} for one in stored
    }


def test_errors_are_found_and_nothing_else_is_told(
    reference: Path, truth: list[Printed], pairs: list[tuple[Printed, Table]], document: Document
) -> None:
    stored = json.loads((reference / "truth/ks2020budget/findings.json").read_text())
    known = _places(stored, truth)
    names = {table.key: one["id"] for one, table in pairs}
    found = check_tables([one.table for one in document.tables])
    places = [(names.get(f.place.table, ""), _bare(f.place.row_label)) for f in _flat(found)]
    sure = [
        one["id"]
        for one in stored
        if one["kind"] in OURS and one["sure"] == "certain" and not one["rounding_can_explain"]
    ]
    assert {name for name in sure if not known[name] & set(places)} == set()
    everything = set().union(*known.values())
    firm = [f for f in found if f.confidence is not Confidence.POSSIBLE and f.place.row and f.stated is not None]
    false = [f.message for f in firm if (names.get(f.place.table, ""), _bare(f.place.row_label)) not in everything]
    assert false == []
