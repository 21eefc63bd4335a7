"""The texts of the demonstration are examples, say so once, and tell figures by references that hold."""

from __future__ import annotations

import pytest

from uppsikt.core.examples import MARK
from uppsikt.web.cycle.here import here_at
from uppsikt.web.economy.models import Comment
from uppsikt.web.organisation.asking import reader
from uppsikt.web.reports.selectors import draft_at, report_lines
from uppsikt.web.steering.models import Assessment, Goal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

DATES = ("bokslut-2017", "delar-augusti-2018", "bokslut-2019", "internbudget-2020", "bokslut-2024")
ABOUT = "om-texterna"  # tells the reader which texts are examples, so it is none itself
ON_PAGES = ("driftsammandrag", "investeringar")  # shown as plain text beside the figures


def test_a_comment_keeps_the_mark_as_a_field() -> None:
    comments = Comment._default_manager.all()
    assert not comments.filter(text__startswith=MARK).exists()
    assert set(comments.filter(is_example=False).values_list("topic", flat=True)) == {ABOUT}
    assert comments.filter(topic=ABOUT).count() == len(DATES)


def test_every_goal_and_assessment_has_a_text_of_its_own_that_says_it_is_an_example() -> None:
    described = Goal._default_manager.filter(level__in=(Goal.Level.COMMITTEE, Goal.Level.ADMINISTRATION))
    assert not described.exclude(description__startswith=MARK).exists()
    reasons = list(Assessment._default_manager.values_list("reasons", flat=True))
    assert all(text.startswith(MARK) for text in reasons)
    assert len(set(reasons)) == len(reasons)


@pytest.mark.parametrize("at", DATES)
def test_every_reference_in_a_report_holds_and_the_reader_is_told_what_is_an_example(at: str) -> None:
    here = here_at(reader(), "kommunstyrelsen", at)
    for line in report_lines(here):
        report = draft_at(here, line.definition)
        assert report.notes == ()
        assert report.blocks[0].kind == "note"


def test_what_pages_show_as_plain_text_has_no_references() -> None:
    assert not Comment._default_manager.filter(topic__in=ON_PAGES, text__contains="{").exists()
