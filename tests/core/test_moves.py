from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.economy.moves import Refusal, explain, judge_move, line_of, months_of_move, short_of
from uppsikt.core.errors import UseError

# kommunstyrelsen > klf > ekonomistaben > team, hr; bildning > skola
TREE = {"klf": "ks", "eko": "klf", "hr": "klf", "budget": "eko", "upphandling": "eko", "skola": "bildning"}
COMMITTEES = {"ks", "bildning"}


@pytest.mark.parametrize(
    ("holds", "giver", "receiver", "under"),
    [
        ({"eko", "budget", "upphandling"}, "budget", "upphandling", "eko"),  # a head within the division
        ({"eko", "budget", "upphandling"}, "budget", "budget", "budget"),
        ({"klf", "eko", "hr", "budget"}, "budget", "hr", "klf"),  # the deputy director between divisions
        ({"ks", "klf", "eko", "hr"}, "ks", "hr", "ks"),  # the board within its frame
    ],
)
def test_whoever_holds_a_unit_over_both_may_move(holds: set[str], giver: str, receiver: str, under: str) -> None:
    assert judge_move(TREE, COMMITTEES, holds, giver, receiver).under == under


def test_a_head_may_not_move_out_of_the_division() -> None:
    verdict = judge_move(TREE, COMMITTEES, {"eko", "budget"}, "budget", "hr")
    assert (verdict.under, verdict.nearest, verdict.refusal) == (None, "klf", Refusal.ABOVE_POWERS)


def test_two_divisions_held_apart_are_not_held_together() -> None:
    assert judge_move(TREE, COMMITTEES, {"eko", "hr"}, "eko", "hr").refusal is Refusal.ABOVE_POWERS


def test_only_the_council_moves_between_committees_whoever_asks() -> None:
    everything = set(TREE) | COMMITTEES
    assert judge_move(TREE, COMMITTEES, everything, "eko", "skola").refusal is Refusal.CROSSES_COMMITTEES
    under_one = TREE | {"ks": "kommun", "bildning": "kommun"}
    assert judge_move(under_one, COMMITTEES, everything | {"kommun"}, "eko", "skola").under is None


def test_a_tree_that_goes_round_is_told() -> None:
    with pytest.raises(UseError, match="ring"):
        line_of({"a": "b", "b": "a"}, "a")


@given(st.integers(1, 10**12), st.lists(st.integers(-(10**9), 10**9), min_size=12, max_size=12), st.integers(1, 12))
def test_a_move_is_laid_out_whole_and_not_before_its_first_month(amount: int, giver: list[int], first: int) -> None:
    months = months_of_move(amount, giver, first)
    assert sum(months) == amount
    assert not any(months[: first - 1])
    assert min(months) >= 0


def test_a_closed_month_stops_a_move_and_is_named() -> None:
    assert months_of_move(90, [10] * 12, 4, closed={1, 2, 3}) == (0, 0, 0, *[10] * 9)
    with pytest.raises(UseError, match="Månad 3 är stängd"):
        months_of_move(90, [10] * 12, 3, closed={1, 2, 3})
    with pytest.raises(UseError, match="större än noll"):
        months_of_move(0, [10] * 12, 1)
    with pytest.raises(UseError, match="Månad 13"):
        months_of_move(5, [10] * 12, 13)


def test_the_change_from_last_year_is_explained_or_the_rest_is_told() -> None:
    told = explain(70_752, 75_885, [-1400, 300, 6233])
    assert told is not None
    assert (told.change, told.rest) == (5133, 0)
    half = explain(100, 150, [20])
    assert half is not None
    assert half.rest == 30
    assert explain(None, 5, [5]) is None


months = st.lists(st.integers(0, 10**9), min_size=12, max_size=12)


@given(months, st.integers(1, 12), st.integers(1, 10**10))
def test_a_line_gives_what_lies_on_it_and_not_a_krona_more(there: list[int], first: int, amount: int) -> None:
    taken = months_of_move(amount, there, first)
    left = sum(there[first - 1 :])
    at = next(month for month, one in enumerate(taken) if one)
    assert (short_of(there, taken) is None) == (amount <= sum(there[at:]))
    if amount > left:
        assert short_of(there, taken) == sum(there[at:])


@pytest.mark.parametrize(("amount", "short"), [(119, None), (120, None), (121, 120)])
def test_the_limit_of_what_can_be_taken_is_within_it(amount: int, short: int | None) -> None:
    assert short_of([10] * 12, months_of_move(amount, [10] * 12, 1)) == short
    lowered = [-one for one in months_of_move(amount, [10] * 12, 1)]
    assert short_of([-10] * 12, lowered, is_income=True) == short


def test_what_lies_before_the_first_month_cannot_be_taken() -> None:
    assert short_of([100, *[0] * 11], [0, 5, *[0] * 10]) == 0
    assert short_of([100, -40, *[0] * 10], [61, *[0] * 11]) == 60
