"""Linköping's frame of 2020 and its plan years, rebuilt from dated decisions, with its mirrors in four budgets."""

from __future__ import annotations

from datetime import date

import pytest

from uppsikt.core.quantities import Missing
from uppsikt.web.cycle.here import here_at
from uppsikt.web.cycle.models import Decision
from uppsikt.web.demo.services import LoadResult
from uppsikt.web.economy.selectors import broken_transfers, frame_as_of, frame_page, frame_words, transfers_page
from uppsikt.web.organisation.asking import reader
from uppsikt.web.organisation.models import Unit

KS = "kommunstyrelsen"
pytestmark = pytest.mark.usefixtures("loaded")


def unit(slug: str) -> Unit:
    return Unit._default_manager.get(slug=slug)


def test_the_frame_of_2020_is_the_sum_of_its_decisions(loaded: LoadResult) -> None:
    page = frame_page(here_at(reader(), KS, "internbudget-2020"))
    first = [line.amounts[0].number for line in page.lines if line.amounts[0]]
    assert first == [463_475, 1_000, 200, -3_000, -2_200, 900]
    assert [line.after.number for line in page.lines][-1] == 460_375
    assert [(one.year, one.amount.number) for one in page.states] == [
        (2020, 460_375), (2021, 452_855), (2022, 440_541), (2023, 437_395),
    ]  # fmt: skip
    assert frame_words(page.states[0]) == "enligt beslut till och med KS 2019-10-22 § 315"
    assert all(line.is_mirrored for line in page.lines if line.counterpart)


def test_before_the_board_met_the_frame_was_what_the_council_had_decided(loaded: LoadResult) -> None:
    before = frame_as_of(reader(), unit(KS), 2020, date(2019, 10, 21))
    assert (before.amount.number, before.later) == (463_475, 5)
    assert "28 maj 2019, paragraf saknas i källan" in before.words
    after = frame_as_of(reader(), unit(KS), 2020, Decision._default_manager.get(body="KS", paragraph=315))
    assert after.amount.number == 460_375
    assert isinstance(frame_as_of(reader(), unit(KS), 2020, date(2019, 5, 27)).amount, Missing)


@pytest.mark.parametrize("year", ["2020", "2021", "2022", "2023"])
def test_the_five_adjustments_stand_in_four_other_budgets_and_sum_to_zero(loaded: LoadResult, year: str) -> None:
    page = transfers_page(reader(), 2020, 2023)
    told = {row.label: page.table.value(row.key, year).number for row in page.table.rows}
    assert told == {
        "Kommunfullmäktige": -900, "Kommunstyrelsen": -3_100, "Barn- och ungdomsnämnden": -1_000,
        "Bildningsnämnden": -200, "Kultur- och fritidsnämnden": 5_200, "Kommunen": 0,
    }  # fmt: skip
    assert page.moves == 20  # five in each of four years
    assert broken_transfers(reader()) == ()


def test_a_budget_of_which_only_the_changes_are_known_is_not_told_as_a_frame(loaded: LoadResult) -> None:
    told = frame_as_of(reader(), unit("kultur-och-fritidsnamnden"), 2020)
    assert isinstance(told.amount, Missing)
    assert "bara ändringar är inlagda" in told.amount.text


def test_the_examples_of_2024_say_so_and_come_to_the_printed_budget(loaded: LoadResult) -> None:
    page = frame_page(here_at(reader(), KS, "bokslut-2024"))
    assert page.states[0].amount.number == 654_000
    assert all(line.purpose.startswith("Exempel") for line in page.lines)
    assert page.spread.is_rounding
