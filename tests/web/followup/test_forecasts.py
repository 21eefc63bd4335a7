"""Forecasts: proposals from the ledger, drafts within the unit, what must be explained, a tree, and hindsight."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.web.followup.conftest import APRIL, AUGUST, LIMIT
from uppsikt.core.economy.forecasting import Method
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import KR, Missing, Quantity
from uppsikt.core.tables import Sign
from uppsikt.web.followup.models import Forecast, ForecastDraft
from uppsikt.web.followup.selectors.accuracy import accuracy_page
from uppsikt.web.followup.selectors.forecasts import forecast_page
from uppsikt.web.followup.selectors.giving import forecast_form, seen_of
from uppsikt.web.followup.selectors.statement import statement_page, view_of
from uppsikt.web.followup.services import Written, draft_discard, draft_save, forecast_submit
from uppsikt.web.followup.services.forecasts import NotReadyError
from uppsikt.web.history.selectors import changes_of
from uppsikt.web.history.services import EditConflictError, recording
from uppsikt.web.organisation.gate import NotAllowedError, reach


def kr(amount: int) -> Quantity:
    return Quantity(Decimal(amount), KR)


def number(value) -> Decimal:
    assert isinstance(value, Quantity), value
    return value.number


def give(books, who="charlie", unit="ekonomistaben", at=AUGUST, *, costs=1_200_000, income=0, seen=None, **more):
    actor, place = books.actor(who), (books.units[unit], books.dates[at])
    seen = seen_of(actor, *place) if seen is None else seen
    written = Written(Decimal(costs), Decimal(income), more.pop("comment", ""), seen, **more)
    return forecast_submit(actor, *place, written)


def draft(books, who="charlie", costs=1_200_000, seen=0):
    place = books.units["ekonomistaben"], books.dates[AUGUST]
    return draft_save(books.actor(who), *place, Written(Decimal(costs), Decimal(0), "", seen))


def line(books, unit="ekonomistaben", at=AUGUST, of="klf"):
    return next(one for one in forecast_page(books.here(of, at)).lines if one.unit.slug == unit)


def test_both_sides_are_proposed_from_the_ledger(books):
    page = forecast_form(books.here("klf", AUGUST), "hr-staben")
    costs, income = page.sides
    proposed = {one.method: one.value for one in costs.proposals}
    assert number(proposed[Method.REST_OF_BUDGET]) == 680_000  # 480 000 and the last four months of 50 000
    assert number(proposed[Method.LAST_YEARS_PATTERN]) == 720_000
    assert number({one.method: one.value for one in income.proposals}[Method.LAST_YEARS_PATTERN]) == 120_000
    assert all(one.reason for side in page.sides for one in side.proposals)


def test_the_tree_tells_every_unit_and_a_sum_only_when_all_have_told(books):
    give(books)
    page = forecast_page(books.here("klf", AUGUST))
    assert [(one.unit.slug, one.depth) for one in page.lines] == [("klf", 0), ("ekonomistaben", 1), ("hr-staben", 1)]
    assert isinstance(page.own.net, Missing)
    assert [one.unit.slug for one in page.waiting] == ["hr-staben"]
    give(books, unit="hr-staben", costs=720_000, income=120_000)
    ks = forecast_page(books.here("kommunstyrelsen", AUGUST))
    assert [one.unit.slug for one in ks.waiting] == ["klf"]  # it has money of its own that nobody has told of
    assert line(books, "klf").forecast.costs.text == "det gemensamma saknar prognos"
    give(books, unit="klf", costs=1_960_000, income=120_000, comment="Hyror.")
    ks = forecast_page(books.here("kommunstyrelsen", AUGUST))
    assert (ks.own.net, ks.own.is_sum, ks.waiting) == (kr(1_840_000), True, ())


def test_what_the_units_tell_together_is_proposed_with_what_is_common(books):
    def proposed():
        costs, income = forecast_form(books.here("klf", AUGUST), "klf").sides
        return [side.proposals[0].value for side in (costs, income)]

    give(books)
    assert all(isinstance(one, Missing) for one in proposed())
    give(books, unit="hr-staben", costs=720_000, income=120_000)
    assert proposed() == [kr(1_960_000), kr(120_000)]  # klf itself: 40 000 until August and no budget for the rest


def test_a_units_own_forecast_is_held_against_those_under_it(books):
    give(books)
    give(books, unit="hr-staben", costs=720_000, income=120_000)
    give(books, unit="klf", costs=1_790_000)
    page = forecast_form(books.here("klf", AUGUST), "klf")
    assert (page.together, page.apart) == (kr(1_800_000), kr(10_000))


def test_everything_under_what_lives_on_its_income_is_told_by_result(books):
    with recording(books.actor("kim"), "Nu intäktsfinansierad") as pen:
        pen.update(books.units["klf"], financing="revenue")
    give(books, comment="Mer än väntat.")
    assert (line(books).sign, number(line(books).net)) == (Sign.RESULT, -1_200_000)
    here = books.here("ekonomistaben", AUGUST)
    assert statement_page(here, view_of(here, "", "", "")).part.table.sign is Sign.RESULT


def test_only_the_lowest_units_are_awaited_and_nobody_under_one_that_has_told(books):
    assert [one.unit.slug for one in forecast_page(books.here("kommunstyrelsen", AUGUST)).waiting] == [
        "ekonomistaben",
        "hr-staben",
    ]
    give(books, unit="klf", costs=1_800_000)
    assert forecast_page(books.here("kommunstyrelsen", AUGUST)).waiting == ()


def test_an_own_forecast_stands_before_the_sum_of_those_under_it(books):
    give(books)
    give(books, unit="hr-staben", costs=600_000)
    give(books, unit="klf", costs=1_790_000)
    assert line(books, "klf").net == kr(1_790_000)


def test_a_deviation_is_good_above_zero_and_a_change_too(books):
    give(books, at=APRIL, costs=1_210_000)
    give(books, costs=1_190_000)
    now = line(books)
    assert (number(now.deviation), number(now.change)) == (10_000, 20_000)
    assert forecast_page(books.here("klf", AUGUST)).previous == books.dates[APRIL]


@pytest.mark.parametrize(
    ("costs", "refused"), [(1_224_000, False), (1_224_001, True), (1_176_000, False), (1_175_999, True)]
)
def test_more_than_the_limit_must_be_explained_either_way(books, costs, refused):
    if refused:
        with pytest.raises(NotReadyError, match=LIMIT):
            give(books, costs=costs)
        assert not reach(books.reader, Forecast).exists()
        assert give(books, costs=costs, comment="Vakanser.").comment == "Vakanser."
    else:
        assert give(books, costs=costs).pk


def test_a_draft_needs_no_explanation_and_is_seen_only_within(books):
    stored = draft(books, costs=9_000_000)
    assert list(reach(books.actor("kim"), ForecastDraft)) == [stored]
    assert not reach(books.reader, ForecastDraft).exists()
    assert isinstance(line(books).net, Missing)


def test_submitting_takes_the_draft_away_and_keeps_its_history(books):
    draft(books)
    given = give(books)
    assert not reach(books.actor("charlie"), ForecastDraft).exists()
    (change,) = changes_of(books.reader, given)
    assert (change.who_name, "Delår augusti 2024" in change.why) == ("Charlie Chef", True)


def test_a_submitted_forecast_is_changed_with_a_reason(books):
    given = give(books)
    with pytest.raises(UseError, match="varför"):
        give(books, costs=1_201_000)
    give(books, costs=1_201_000, why="Ny hyra")
    given.refresh_from_db()
    assert (given.costs, changes_of(books.reader, given)[0].why) == (1_201_000, "Ny hyra")


def test_two_who_write_are_kept_apart(books):
    draft(books)
    with pytest.raises(EditConflictError, match="Charlie Chef"):
        draft(books, "kim", costs=1_000_000)
    with pytest.raises(EditConflictError):
        give(books, "kim", seen=0)
    assert (
        draft(
            books, "kim", 1_000_000, seen=seen_of(books.actor("kim"), books.units["ekonomistaben"], books.dates[AUGUST])
        ).costs
        == 1_000_000
    )


def test_a_thrown_away_draft_leaves_what_was_submitted(books):
    give(books)
    place = books.units["ekonomistaben"], books.dates[AUGUST]
    seen = seen_of(books.actor("charlie"), *place)
    draft(books, costs=5, seen=seen)
    draft_discard(books.actor("charlie"), *place, seen_of(books.actor("charlie"), *place))
    assert line(books).net == kr(1_200_000)


def test_a_reader_and_another_unit_may_not(books):
    for who, unit in (("charlie", "kommunstyrelsen"), ("siri", "ekonomistaben")):
        with pytest.raises(NotAllowedError):
            give(books, who, unit)


def test_hindsight_says_size_and_lean(whole):
    give(whole, at=APRIL, costs=1_320_000, comment="Högt.")
    give(whole, costs=1_260_000, comment="Lägre.")
    (judged,) = accuracy_page(whole.here("klf", "bokslut-2024"))
    assert [(name, hit.error) for name, hit in judged.rows] == [
        ("Delår april 2024", kr(120_000)),
        ("Delår augusti 2024", kr(60_000)),
    ]
    assert (number(judged.accuracy.mean_absolute), judged.leans) == (Decimal("7.5"), "high")


def test_nothing_is_judged_before_the_year_is_whole(books):
    give(books)
    (judged,) = accuracy_page(books.here("klf", AUGUST))
    assert judged.rows == ()
