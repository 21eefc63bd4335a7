from __future__ import annotations

from decimal import Decimal
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
