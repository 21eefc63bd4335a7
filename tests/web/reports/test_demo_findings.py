"""Golden list: what is found in the demonstration's printed figures, at every reporting date.

``demo_findings.csv`` was gone through by hand: every line is a real error in the printed documents
(or follows from one), so one too many fails like one too few. ``följd`` lies under the finding above it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.web.demo.conftest import loaded  # noqa: F401 - a fixture is found by its name
from uppsikt.checks import check_tables
from uppsikt.core.findings import Finding
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Table
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.selectors import tables_at
from uppsikt.web.organisation.asking import reader
from uppsikt.web.organisation.models import Unit
from uppsikt.web.steering.selectors.tables import indicator_tables_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

GOLDEN = Path(__file__).with_name("demo_findings.csv")
HEAD = ["tillfälle", "nivå", "kod", "säkerhet", "tabell", "rad", "kolumn", "står", "ska vara"]
DATES = [
    "bokslut-2017", "delar-augusti-2018", "bokslut-2019", "internbudget-2020", "delar-april-2024",
    "delar-augusti-2024", "bokslut-2024",
]  # fmt: skip


def tables_of(at: str) -> list[Table]:
    """Give every table of figures that the board's report of a date is made of."""
    actor, date = reader(), ReportingDate._default_manager.get(slug=at)
    board = Unit._default_manager.get(slug="kommunstyrelsen")
    return [*tables_at(actor, board, date), *indicator_tables_at(actor, board, date)]


def lines(at: str, findings: Iterable[Finding], level: str = "fel") -> Iterator[list[str]]:
    for one in findings:
        yield [at, level, one.code, one.confidence.value, *place(one), number(one.stated), number(one.expected)]
        yield from lines(at, one.consequences, "följd")


def place(finding: Finding) -> tuple[str, str, str]:
    """Give the place; indicator tables and rows are named by their words, because their keys are numbers."""
    where = finding.place
    if where.table.startswith("indikatorer-"):
        return where.title, where.row_label, where.column
    return where.table, where.row, where.column


def number(quantity: Quantity | None) -> str:
    return "" if quantity is None else f"{quantity.number.normalize():f}"


def golden(at: str) -> list[list[str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    assert head == HEAD
    return [row for row in rows if row[0] == at]


@pytest.mark.parametrize("at", DATES)
def test_what_is_found_in_the_printed_figures_is_what_is_wrong_in_them(at: str) -> None:
    assert list(lines(at, check_tables(tables_of(at)))) == golden(at)


def test_the_list_tells_of_every_reporting_date() -> None:
    assert sorted(ReportingDate._default_manager.values_list("slug", flat=True)) == sorted(DATES)


@pytest.mark.parametrize("at", DATES)
def test_what_rounding_explains_is_kept_apart(at: str) -> None:
    tables = tables_of(at)
    rounded = [one for one in check_tables(tables, with_rounding=True) if one.explained_by_rounding]
    assert not any(one.explained_by_rounding for one in check_tables(tables))
    assert all(one.consequences == () for one in rounded)
    if at == "internbudget-2020":
        sums = {(one.place.table, number(one.stated), number(one.expected)) for one in rounded if one.code == "SUM"}
        assert {("division-ekonomistaben", "47229", "47227"), ("division-kommunledning", "160964", "160965")} <= sums
