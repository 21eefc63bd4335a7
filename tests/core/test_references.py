"""References are read as they are printed, and written so that they can be read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import days, years
from uppsikt.core.errors import ReadingError
from uppsikt.core.references import CaseNumber, DecisionReference, Paragraph, find_references, parse_reference

bodies = st.sampled_from(["KS", "KF", "SU", "BIN", "KSAU", "ÄN"])
paragraphs = st.integers(1, 999)
decisions = st.builds(DecisionReference, bodies, days, paragraphs)
cases = st.builds(CaseNumber, bodies, years, st.integers(1, 1500), st.none() | paragraphs)
references = st.one_of(decisions, cases, paragraphs.map(Paragraph))


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("KS 2019-06-11 § 225", DecisionReference("KS", date(2019, 6, 11), 225)),
        ("(KF 2019-12-10, § 397)", DecisionReference("KF", date(2019, 12, 10), 397)),
        ("KS 2019-06-11 §225", DecisionReference("KS", date(2019, 6, 11), 225)),
        ("KF 2019-\n12-10\u00a0§ 396", DecisionReference("KF", date(2019, 12, 10), 396)),
        ("Dnr KS 2019-519", CaseNumber("KS", 2019, 519)),
        ("dnr: KS 2019-519", CaseNumber("KS", 2019, 519)),
        ("KS 2019-519", CaseNumber("KS", 2019, 519)),
        ("KS 2019-389, § 187", CaseNumber("KS", 2019, 389, 187)),
        ("§ 7", Paragraph(7)),
        ("§3", Paragraph(3)),
    ],
)
def test_printed_forms(text: str, reference: object) -> None:
    assert parse_reference(text) == reference


@pytest.mark.parametrize(
    "text",
    ["", "KS", "KS 2019", "KS 2019-13-40 § 1", "KS 2019-6-11 § 1", "KS 2019-06-11", "ks 2019-519",
     "KOMMUNEN 2019-519", "§", "§ x",
     "KS 2019-519 och", "2019-06-11 § 225", "(KS 2019-519", "KS2019-519"],
)  # fmt: skip
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(ReadingError, match="ingen hänvisning"):
        parse_reference(text)


@given(references)
def test_what_is_written_can_be_read(reference: DecisionReference | CaseNumber | Paragraph) -> None:
    assert parse_reference(str(reference)) == reference
    assert [found.reference for found in find_references(f"Se {reference}.")] == [reference]


@given(decisions, cases)
def test_the_other_ways_of_writing_can_be_read(decision: DecisionReference, case: CaseNumber) -> None:
    assert parse_reference(decision.in_brackets()) == decision
    assert parse_reference(case.with_word()) == case


@given(st.lists(references, max_size=5))
def test_all_are_found_in_running_text_and_stand_where_they_say(some: list[object]) -> None:
    text = "Ärendet. " + "".join(f"Beslutet ({reference}) följs. " for reference in some)
    found = find_references(text)
    assert [one.reference for one in found] == some
    assert [text[one.start : one.end] for one in found] == [str(reference) for reference in some]


@given(st.text("KSF 2019-06§,()\nDnr"))
def test_what_is_found_can_be_read_alone(text: str) -> None:
    for found in find_references(text):
        assert parse_reference(text[found.start : found.end]) == found.reference


def test_a_plan_period_is_no_case_unless_it_says_so() -> None:
    assert find_references("Internbudget för KS 2020-2023 är antagen.") == ()
    (found,) = find_references("Antagen, Dnr KS 2020-2023.")
    assert found.reference == CaseNumber("KS", 2020, 2023)


def test_letters_inside_a_word_are_no_body() -> None:
    assert find_references("XKSKSKS 2019-519") == ()
    assert find_references("aKS 2019-519") == ()
