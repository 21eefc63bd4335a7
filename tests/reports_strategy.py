"""What Hypothesis draws from: whole reports that add up."""

from __future__ import annotations

from hypothesis import strategies as st

from benchmarks.granska.making import make

# The generator takes its choices from a Random that Hypothesis can shrink.
randoms = st.randoms(use_true_random=False)
reports = randoms.map(make)
