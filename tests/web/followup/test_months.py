"""The year month by month: the months of a statement come to the statement's own sums."""

from __future__ import annotations

import pytest

from tests.web.followup.conftest import AUGUST
from tests.web.followup.test_forecasts import number
from uppsikt.core.quantities import Missing
from uppsikt.core.tables import Sign
from uppsikt.web.followup.selectors.months import monthly_of
from uppsikt.web.followup.selectors.statement import View, statement_page
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor


@pytest.mark.parametrize("slug", ["kommunstyrelsen", "klf", "hr-staben"])
@pytest.mark.parametrize("without", [False, True])
@pytest.mark.parametrize("through", [2, 8])
def test_the_months_come_to_the_statement(books, slug, without, through):
    here = books.here(slug, AUGUST)
    page = statement_page(here, View(through=through, without_internal=without))
    months = page.monthly.table
    assert [row.key for row in months.rows] == [*(f"{month:02}" for month in range(1, through + 1)), "summa"]
    for ours, theirs in (("outcome", "outcome"), ("budget", "phased_budget"), ("deviation", "deviation")):
        whole = page.part.table.value("summa", f"{theirs}-2024")
        assert number(months.value("summa", ours)) == number(whole)
        assert sum(number(months.value(row.key, ours)) for row in months.rows[:-1]) == number(whole)
    assert months.value(f"{through:02}", "so_far") == months.value("summa", "deviation")


def test_what_lives_on_its_income_is_told_with_all_of_it(books):
    with recording(Actor(books.municipality.pk), "Nu intäktsfinansierad") as pen:
        pen.update(books.units["klf"], financing="revenue")
    page = statement_page(books.here("kommunstyrelsen", AUGUST), View(through=8))
    assert number(page.monthly.table.value("summa", "outcome")) == -1240


def test_a_month_that_is_not_loaded_is_missing_and_so_is_every_sum_with_it(books):
    table = monthly_of(books.here("klf", AUGUST), 9, Sign.NET_COST, without_internal=False).table
    assert isinstance(table.value("09", "outcome"), Missing)
    assert isinstance(table.value("09", "so_far"), Missing)
    assert isinstance(table.value("summa", "deviation"), Missing)
    assert number(table.value("09", "budget")) == 150


def test_one_month_is_no_series(books):
    assert monthly_of(books.here("klf", AUGUST), 1, Sign.NET_COST, without_internal=False) is None
    assert monthly_of(books.here("bildningsnamnden", "bokslut-2024"), 12, Sign.NET_COST, without_internal=True)


def test_the_drawing_says_in_words_what_it_shows(books):
    made = monthly_of(books.here("klf", AUGUST), 8, Sign.NET_COST, without_internal=False)
    assert "Utfall" in made.drawing.alt
    assert "Periodiserad budget" in made.drawing.alt
