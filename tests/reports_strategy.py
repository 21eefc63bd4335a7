"""What Hypothesis draws from: whole reports that add up, and the same reports with one error."""

from __future__ import annotations

from random import Random

from hypothesis import assume
from hypothesis import strategies as st

from benchmarks.granska.made import Report
from benchmarks.granska.making import make
from benchmarks.granska.planting import PLANTERS, Planted

# The generator takes its choices from a Random that Hypothesis can shrink.
randoms = st.randoms(use_true_random=False)
reports = randoms.map(make)


@st.composite
def planted(draw: st.DrawFn, what: str) -> Planted:
    """A report with one error of a kind."""
    report: Report = draw(reports)
    random: Random = draw(randoms)
    found = PLANTERS[what](random, report)
    assume(found is not None)
    assert found is not None
    return found
