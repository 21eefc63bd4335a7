"""A real budget, read by hand: its errors are found, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.test_properties import flat
from tests.checks.truth import findings_of, tables_of
from uppsikt.checks import check_tables
from uppsikt.core.findings import Confidence, Finding

OURS = {"sum", "difference", "of_which", "across_tables", "breakdown_range"}
Place = tuple[str, str, str]


@pytest.fixture(scope="module")
def budget(reference: Path) -> Path:
    return reference / "truth" / "ks2020budget"


@pytest.fixture(scope="module")
def told(budget: Path) -> list[Finding]:
    return list(flat(check_tables(tables_of(budget))))


def places(finding: dict[str, list[tuple[str, int, str]]]) -> set[Place]:
    return {(table, str(row), column) for table, row, column in finding.get("cells", [])}


def test_every_certain_error_between_figures_is_found(budget: Path, told: list[Finding]) -> None:
    found = {(one.place.table, one.place.row, one.place.column) for one in told}
    wanted = [
        one
        for one in findings_of(budget)
        if one["kind"] in OURS and one["sure"] == "certain" and not one["rounding_can_explain"]
    ]
    assert len(wanted) > 20
    assert {one["id"] for one in wanted if not places(one) & found} == set()


def test_nothing_is_told_that_a_person_did_not_find(budget: Path) -> None:
    known = set().union(*(places(one) for one in findings_of(budget)))
    causes = [one for one in check_tables(tables_of(budget)) if one.confidence is not Confidence.POSSIBLE]
    assert [one.message for one in causes if (one.place.table, one.place.row, one.place.column) not in known] == []


@pytest.mark.parametrize(
    ("place", "stated", "expected"),
    [
        (("t04", "6", "Plan förslag 2022"), 440451, 440541),
        (("t16", "16", "Budget 2020"), 180854, 180584),
        (("t21", "19", "Budget 2020"), -58658, 58658),
        (("t22", "21", "Budget 2020"), 40051, 39951),
        (("t12", "51", "Budget 2019"), 3346, -3345),
        (("t12", "23", "Budget förslag 2020"), 49429, 47229),
        (("t43", "23", "Plan förslag 2021"), 277147, 268203),
        (("t12", "52", "Budget 2019"), 257616, 266923),
    ],
)
def test_the_right_figure_is_told(told: list[Finding], place: Place, stated: int, expected: int) -> None:
    here = [one for one in told if (one.place.table, one.place.row, one.place.column) == place]
    assert (stated, expected) in {
        (one.stated.number, one.expected.number) for one in here if one.stated and one.expected
    }


def test_one_cause_is_told_once(budget: Path, told: list[Finding]) -> None:
    top = check_tables(tables_of(budget))
    assert len(top) < len(told) * 2 / 3


def test_the_follow_up_of_2017_has_no_errors_between_figures(reference: Path) -> None:
    assert check_tables(tables_of(reference / "truth" / "ks2017")) == ()
