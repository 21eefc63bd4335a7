"""A true report is read back cell for cell, whatever file it was written to, and nothing is found in it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from benchmarks.granska.made import Report
from benchmarks.granska.making import make, make_long
from benchmarks.granska.reading import Reviewed, as_written, check, departures, review
from benchmarks.granska_round_trip import WRITERS, suited
from tests.reports_strategy import reports

SHAPELESS = {
    "text: kolumner": "a table of words only is not told from text by its columns",
    "text: en cell per rad": "heads of several words, or in two lines, are parted in the wrong places",
    "text: en rad per rad": "heads of several words, or in two lines, are parted in the wrong places",
}
FORMATS = [
    pytest.param(one, marks=pytest.mark.xfail(strict=True, reason=SHAPELESS[one])) if one in SHAPELESS else one
    for one in WRITERS
    if one != "pdf"
]
PDFS = range(100, 106)  # seeds: a page takes longer than a text
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # a whole report shrinks for minutes and says no more
unhurried = settings(max_examples=15, phases=QUICK, derandomize=True, suppress_health_check=list(HealthCheck))


def read(report: Report, kind: str) -> Reviewed:
    name, writer = WRITERS[kind]
    return review(writer(report), name)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_report_is_read_back_cell_for_cell_and_nothing_is_found(kind: str) -> None:
    @unhurried
    @given(reports)
    def holds(made: Report) -> None:
        report = suited(made, kind)
        reviewed = read(report, kind)
        assert list(departures(report, reviewed.document)) == []
        assert [one.message for one in reviewed.told()] == []

    holds()


@pytest.mark.parametrize("seed", PDFS)
def test_so_is_our_own_pdf(seed: int) -> None:
    report = make(Random(seed))
    reviewed = read(report, "pdf")
    assert list(departures(report, reviewed.document)) == []
    assert [one.message for one in reviewed.told()] == []


@unhurried
@given(reports)
def test_the_checks_find_nothing_in_what_adds_up(report: Report) -> None:
    assert [one.message for one in check(as_written(report)).told()] == []


def test_a_long_report_of_many_committees_holds_nothing_either() -> None:
    """Every chapter has its own statement and its own projects, some of them with the same names."""
    report = make_long(7, tables=40, filling=2)
    assert [one.message for one in check(as_written(report)).told()] == []
