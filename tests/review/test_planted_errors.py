"""One error of each kind in a true report gives exactly its finding: its place, the right figure, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

import pytest

from benchmarks.granska.making import make
from benchmarks.granska.planting import PLANTERS, Planted
from benchmarks.granska.reading import as_written, check, review, wrong_findings
from benchmarks.granska.writing import to_html, to_text

UNIT = pytest.mark.xfail(
    strict=True, reason="a wrong unit is missed where no other table tells a figure of the statement"
)
KINDS = [pytest.param(one, marks=UNIT) if one == "fel enhet" else one for one in PLANTERS]
REPORTS, FILES = 24, 12  # of each kind of error: those that are checked as written, and as files


def planted(what: str, many: int) -> Iterator[Planted]:
    """Give made-up reports with one error of a kind; the same ones every time."""
    made = (PLANTERS[what](Random(seed), make(Random(seed))) for seed in range(300, 400))
    return islice((one for one in made if one is not None), many)


@pytest.mark.parametrize("what", KINDS)
def test_the_checks_tell_it_once(what: str) -> None:
    reports = list(planted(what, REPORTS))
    assert reports
    assert [words for one in reports if (words := wrong_findings(one, check(as_written(one.report))))] == []


@pytest.mark.parametrize("what", KINDS)
def test_it_is_found_in_a_file(what: str) -> None:
    reports = list(planted(what, FILES))
    for at, one in enumerate(reports):
        told = review(to_text(one.report), "rapport.txt") if at % 2 else review(to_html(one.report), "rapport.html")
        assert wrong_findings(one, told) == ""
    assert reports
