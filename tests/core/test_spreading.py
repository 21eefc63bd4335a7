from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.economy.kronor import kronor_of_cell, merged, read_kronor
from uppsikt.core.economy.spreading import WEIGHTS, Profile, pattern_of, scaled_to, spread, spread_rest, spread_year
from uppsikt.core.errors import ReadingError, UseError

kronor = st.integers(-(10**13), 10**13)
weights = st.lists(
    st.one_of(st.integers(0, 10**6), st.decimals(0, 1000, places=2)), min_size=1, max_size=40
).filter(any)  # fmt: skip
years = st.lists(kronor, min_size=12, max_size=12)


@given(kronor, weights)
def test_the_shares_always_make_the_whole(amount: int, by: list[Decimal | int]) -> None:
    shares = spread(amount, by)
    assert sum(shares) == amount
    assert all(isinstance(one, int) for one in shares)


@given(kronor, weights)
def test_no_share_misses_its_exact_part_by_a_krona(amount: int, by: list[Decimal | int]) -> None:
    whole = sum(map(Decimal, by))
    for share, weight in zip(spread(amount, by), by, strict=True):
        assert abs(share * whole - amount * Decimal(weight)) < whole


@given(kronor, weights)
def test_what_weighs_nothing_gets_nothing_and_more_weight_never_gets_less(amount: int, by: list[Decimal | int]) -> None:
    shares = sorted(zip(map(Decimal, by), map(abs, spread(amount, by)), strict=True))
    assert all(share == 0 for weight, share in shares if weight == 0)
    sizes = [share for _, share in shares]
    heavier = [(a, b) for a, b in pairwise(shares) if a[0] < b[0]]
    assert all(b[1] >= a[1] for a, b in heavier), sizes


@given(kronor, weights)
def test_a_negative_amount_is_the_positive_one_turned(amount: int, by: list[Decimal | int]) -> None:
    assert spread(-amount, by) == tuple(-one for one in spread(amount, by))


def test_the_earliest_gets_the_last_krona_where_all_weigh_the_same() -> None:
    assert spread(14, [1] * 12) == (2, 2, *[1] * 10)
    assert spread(-14, [1] * 12) == (-2, -2, *[-1] * 10)


@pytest.mark.parametrize("by", [[], [0, 0], [1, -1], [2, -1]])
def test_weights_that_make_nothing_are_refused(by: list[int]) -> None:
    with pytest.raises(UseError, match="vikter"):
        spread(10, by)


def test_school_runs_ten_months() -> None:
    terms = WEIGHTS[Profile.SCHOOL_TERMS]
    assert sum(terms) == 10
    assert spread_year(10_000, Profile.SCHOOL_TERMS) == (1000,) * 5 + (500, 0, 500) + (1000,) * 4


@given(kronor, years)
def test_a_year_is_laid_out_whole_by_every_profile(amount: int, pattern: list[int]) -> None:
    for profile in Profile:
        months = spread_year(amount, profile, pattern)
        assert len(months) == 12
        assert sum(months) == amount


def test_last_years_months_are_followed_and_a_refund_among_costs_weighs_nothing() -> None:
    last = [Decimal(one) for one in (100, -50, 300, *[0] * 9)]
    assert spread_year(800, Profile.LAST_YEAR, last) == (200, 0, 600, *[0] * 9)
    income = [-one for one in last]
    assert spread_year(-800, Profile.LAST_YEAR, income) == (-200, 0, -600, *[0] * 9)
    assert pattern_of([0, 0]) == (1, 1)


cents = st.decimals(-(10**11), 10**11, places=2)
booked = st.lists(cents, min_size=12, max_size=12)


@given(booked)
def test_last_years_weights_are_its_months_and_none_is_below_zero(last: list[Decimal]) -> None:
    whole, weights = sum(last), pattern_of(last)
    assert len(weights) == 12
    assert min(weights) >= 0
    if not whole:
        assert weights == (1,) * 12  # a year that comes to nothing says nothing of its months
        return
    way = 1 if whole > 0 else -1
    assert weights == tuple(max(way * one, 0) for one in last)
    assert sum(weights) >= abs(whole)


@given(kronor, booked)
def test_a_year_laid_out_as_the_last_one_is_whole_to_the_krona_and_follows_it(amount: int, last: list[Decimal]) -> None:
    months = spread_year(amount, Profile.LAST_YEAR, last)
    assert sum(months) == amount
    weights = pattern_of(last)
    whole = sum(weights)
    for month, weight in zip(months, weights, strict=True):
        assert abs(month * whole - amount * weight) < whole  # less than a krona from its exact share
        assert month * amount >= 0
    left = abs(amount) - sum(int(abs(amount) * Fraction(one) / Fraction(whole)) for one in weights)
    assert 0 <= left < 12  # the rest is so small that no month gets two kronor of it


@given(kronor, booked)
def test_a_year_of_income_is_followed_as_one_of_costs_turned(amount: int, last: list[Decimal]) -> None:
    turned = spread_year(-amount, Profile.LAST_YEAR, [-one for one in last])
    assert turned == tuple(-one for one in spread_year(amount, Profile.LAST_YEAR, last))


@given(kronor, st.lists(st.integers(0, 11), max_size=11, unique=True), booked)
def test_a_month_without_entries_gets_nothing_and_the_others_all_of_it(
    amount: int, empty: list[int], last: list[Decimal]
) -> None:
    costs = [Decimal(0) if month in empty else abs(one) + 1 for month, one in enumerate(last)]
    months = spread_year(amount, Profile.LAST_YEAR, costs)
    assert not any(months[month] for month in empty)
    assert sum(months) == amount


def test_the_last_kronor_of_a_year_that_follows_the_last_one_go_where_most_is_lost() -> None:
    last = [100, 100, 100, *[0] * 9]
    assert spread_year(100, Profile.LAST_YEAR, last) == (34, 33, 33, *[0] * 9)
    assert spread_year(101, Profile.LAST_YEAR, last) == (34, 34, 33, *[0] * 9)
    uneven = [60, 25, 15, *[0] * 9]  # 10 kr: 6, 2.5 and 1.5; the two halves lose as much, the earlier gets it
    assert spread_year(10, Profile.LAST_YEAR, uneven) == (6, 3, 1, *[0] * 9)


@given(kronor)
def test_school_terms_leave_july_empty_and_give_half_a_month_where_the_terms_meet(amount: int) -> None:
    months = spread_year(amount, Profile.SCHOOL_TERMS)
    assert (sum(months), months[6]) == (amount, 0)
    whole = [months[at] for at in (0, 1, 2, 3, 4, 8, 9, 10, 11)]
    assert max(whole) - min(whole) <= 1
    for half in (months[5], months[7]):
        assert all(abs(2 * half - one) <= 2 for one in whole)


@given(kronor, st.lists(st.decimals(0, 999, places=3), min_size=12, max_size=12).filter(any))
def test_weights_that_a_person_typed_are_followed_to_the_krona(amount: int, typed: list[Decimal]) -> None:
    months = spread_year(amount, Profile.OWN, typed)
    assert sum(months) == amount
    assert months == spread(amount, typed)
    assert all(not month for month, weight in zip(months, typed, strict=True) if not weight)


@given(kronor, st.lists(kronor, min_size=1, max_size=20))
def test_a_rest_is_spread_whole(rest: int, amounts: list[int]) -> None:
    assert sum(spread_rest(rest, amounts)) == sum(amounts) + rest


@given(kronor, st.lists(kronor, min_size=1, max_size=20))
def test_a_plan_year_comes_to_its_frame_and_keeps_the_income(whole: int, amounts: list[int]) -> None:
    scaled = scaled_to(whole, amounts)
    assert sum(scaled) == whole
    if any(one > 0 for one in amounts):
        assert all(new == old for new, old in zip(scaled, amounts, strict=True) if old < 0)


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("1 234", 1234), ("1\N{NO-BREAK SPACE}234,00", 1234), ("1\N{NARROW NO-BREAK SPACE}234 kr", 1234), ("-5", -5),
        ("\N{MINUS SIGN}5", -5), ("\N{EN DASH} 5", -5), ("5-", -5), ("(1 234)", -1234), ("2,5 tkr", 2500),
        ("1,2 mnkr", 1_200_000), ("", 0), ("  ", 0),
    ],
)  # fmt: skip
def test_kronor_are_read_as_people_write_them(text: str, kronor: int) -> None:
    assert read_kronor(text) == kronor


@pytest.mark.parametrize("text", ["1 234,50", "abc", "1e5", "=1+1", "12 timmar", "1,2345 tkr", "9" * 15, "1 2 3;4"])
def test_what_is_not_whole_kronor_is_refused_in_words(text: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_kronor(text)
    assert str(refused.value)


@pytest.mark.parametrize(("cell", "kronor"), [(12.0, 12), (1234567.0000000001, 1234567), (None, 0), ("7", 7), (3, 3)])
def test_a_cell_of_a_workbook_is_read(cell: object, kronor: int) -> None:
    assert kronor_of_cell(cell) == kronor


@pytest.mark.parametrize("cell", [12.5, float("nan"), float("inf"), 1e18, object(), "text"])
def test_a_cell_that_is_no_amount_is_refused(cell: object) -> None:
    with pytest.raises(ReadingError):
        kronor_of_cell(cell)


@given(st.lists(st.tuples(kronor, kronor, kronor), max_size=15))
def test_nothing_that_two_people_wrote_is_lost(cells: list[tuple[int, int, int]]) -> None:
    base, typed, stored = (tuple(column) for column in zip(*cells, strict=True)) if cells else ((), (), ())
    result, clashes = merged(base, typed, stored)
    told = {one.place for one in clashes}
    for place, (was, mine, theirs) in enumerate(cells):
        assert result[place] == (theirs if mine == was else mine)
        assert (place in told) == (mine != was and theirs not in (was, mine))
