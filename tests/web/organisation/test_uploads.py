"""File names are cleaned, whatever they try."""

from __future__ import annotations

import doctest

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.review.showing import grouping
from uppsikt.web.organisation import uploads
from uppsikt.web.organisation.uploads import MOST_NAME, clean_name


@given(st.text(max_size=400))
def test_a_name_is_never_a_path_never_a_control_and_never_too_long(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= MOST_NAME
    assert not set(clean) & set('/\\<>:"|?*\x00\r\n\u202e')
    assert clean not in {".", ".."}
    assert clean_name(clean) == clean


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("å" * 300 + ".pdf").endswith("….pdf")


def test_the_examples_in_the_code_hold() -> None:
    for module in (uploads, grouping):
        assert doctest.testmod(module).failed == 0
