"""Full-year forecasts: proposals with reasons, limits on both sides, and how earlier forecasts are judged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.economy.forecasting import (
    Accuracy,
    Limit,
    Method,
    accuracy,
    last_years_pattern,
    needs_comment,
    rest_of_budget,
    sum_of_units,
)
from uppsikt.core.quantities import KR, MNKR, PERCENT, TKR, Missing, MissingReason, Quantity, Value

MISSING = Missing(MissingReason.NO_DATA)
LIMIT = Limit(percent=Decimal(2), amount=Quantity(Decimal(500), TKR))

ore = st.integers(-(10**13), 10**13).map(lambda n: Quantity(Decimal(n).scaleb(-2), KR))
positive = st.integers(1, 10**13).map(lambda n: Quantity(Decimal(n).scaleb(-2), KR))
days = st.dates(date(2015, 1, 1), date(2030, 1, 1))
told = st.lists(st.tuples(days, ore, ore.filter(lambda q: q.number)), min_size=1, max_size=8)


def kr(amount: int | str) -> Quantity:
    return Quantity(Decimal(amount), KR)


def number(value: Value) -> Decimal:
    assert isinstance(value, Quantity)
    return value.number


def test_the_rest_of_the_budget_is_added_to_the_outcome():
    proposal = rest_of_budget(kr(500), kr(400), kr(1200))
    assert (proposal.method, proposal.value) == (Method.REST_OF_BUDGET, kr(1300))
    assert "500" in proposal.reason
    assert "800" in proposal.reason


@pytest.mark.parametrize("lacking", [0, 1, 2])
def test_nothing_is_proposed_without_outcome_or_budget(lacking):
    terms: list[Value] = [kr(1), kr(2), kr(3)]
    terms[lacking] = MISSING
    proposal = rest_of_budget(*terms)
    assert isinstance(proposal.value, Missing)
    assert proposal.reason.startswith("Inget förslag")
    assert isinstance(last_years_pattern(*terms).value, Missing)


def test_the_units_together_are_proposed_with_what_is_common():
    proposal = sum_of_units([kr(500), kr(700)], kr(40))
    assert (proposal.method, proposal.value) == (Method.SUM_OF_UNITS, kr(1240))
    assert "1 200 kr, och det gemensamma" in proposal.reason.replace("\N{NO-BREAK SPACE}", " ")
    assert "gemensamma" not in sum_of_units([kr(500)], kr(0)).reason


@pytest.mark.parametrize(
    ("parts", "common", "why"),
    [
        ([kr(1), MISSING], kr(0), "1 av 2 prognoser saknas"),
        ([MISSING], kr(0), "ingen av"),
        ([kr(1)], MISSING, "gemens"),
    ],
)
def test_the_units_together_are_not_proposed_when_one_has_told_nothing(parts, common, why):
    proposal = sum_of_units(parts, common)
    assert isinstance(proposal.value, Missing)
    assert why in proposal.reason


@given(ore, ore, ore)
def test_an_outcome_as_budgeted_proposes_the_budget(outcome, budget, other):
    assert rest_of_budget(outcome, outcome, budget).value == budget
    early, late = rest_of_budget(outcome, other, budget).value, rest_of_budget(other, outcome, budget).value
    assert number(early) + number(late) == 2 * budget.number


def test_last_years_pattern_divides_by_the_share_that_had_come():
    proposal = last_years_pattern(kr(600), kr(500), kr(1000))  # half had come
    assert proposal.value == Quantity(Decimal(1200), KR, 0)
    assert "50,0" in proposal.reason
    assert "600" in proposal.reason


@pytest.mark.parametrize(
    ("outcome", "then", "whole"),
    [(10, 0, 100), (10, 5, 0), (10, -5, 100), (-10, 5, 100), (10, -5, -100)],
    ids=["nothing had come", "last year came to nothing", "share below zero", "now negative", "then negative"],
)
def test_a_pattern_that_says_nothing_proposes_nothing(outcome, then, whole):
    proposal = last_years_pattern(kr(outcome), kr(then), kr(whole))
    assert isinstance(proposal.value, Missing)
    assert proposal.reason.startswith("Inget förslag")


def test_nothing_yet_this_year_follows_the_pattern_to_nothing():
    assert number(last_years_pattern(kr(0), kr(50), kr(100)).value) == 0


@given(positive, positive)
def test_the_same_pace_as_last_year_ends_as_last_year(then, whole):
    assert abs(number(last_years_pattern(then, then, whole).value) - whole.number) <= Decimal("0.5")


@given(positive, positive, positive)
def test_a_pattern_never_changes_the_sign(outcome, then, whole):
    assert number(last_years_pattern(outcome, then, whole).value) >= 0
    assert number(last_years_pattern(-outcome, -then, -whole).value) <= 0


@pytest.mark.parametrize(
    ("deviation", "expected"),
    [("500", False), ("500.01", True), ("-500", False), ("-500.01", True), ("400", False), ("400.01", False)],
)
def test_an_amount_is_exceeded_on_either_side_but_not_on_the_limit(deviation, expected):
    assert needs_comment(Quantity(Decimal(deviation), TKR), kr(100_000_000), LIMIT) is expected


@pytest.mark.parametrize(("deviation", "expected"), [("200", False), ("200.01", True), ("-200.01", True)])
def test_one_of_two_limits_is_enough_unless_both_are_asked(deviation, expected):
    size = Quantity(Decimal(deviation), TKR)
    assert needs_comment(size, Quantity(Decimal(10_000), TKR), LIMIT) is expected  # 2 % is 200
    both = Limit(LIMIT.percent, LIMIT.amount, both=True)
    assert not needs_comment(size, Quantity(Decimal(10_000), TKR), both)


def test_a_limit_may_speak_another_unit_of_money():
    assert Limit(amount=Quantity(Decimal(1), MNKR)).exceeded_by(kr("1000000.01"), MISSING)
    assert not Limit(amount=Quantity(Decimal(1), MNKR)).exceeded_by(kr(1_000_000), MISSING)


def test_any_difference_is_more_than_a_per_cent_of_nothing():
    assert Limit(percent=Decimal(1)).exceeded_by(kr("0.01"), kr(0))
    assert not Limit(percent=Decimal(1)).exceeded_by(kr(0), kr(0))


def test_what_is_missing_demands_nothing():
    assert not needs_comment(MISSING, kr(1), LIMIT)
    assert not needs_comment(kr(10**9), kr(1), None)
    assert not Limit(percent=Decimal(1)).exceeded_by(kr(10**9), MISSING)
    assert not Limit().exceeded_by(kr(10**9), kr(1))


def test_errors_have_sign_and_the_means_say_size_and_lean():
    one, two = date(2024, 4, 30), date(2024, 8, 31)
    judged = accuracy([(two, kr(95), kr(100)), (one, kr(115), kr(100)), (two, MISSING, kr(100)), (two, kr(1), MISSING)])
    assert [(hit.on, hit.error, hit.percent) for hit in judged.hits] == [
        (one, kr(15), Quantity(Decimal(15), PERCENT)),
        (two, kr(-5), Quantity(Decimal(-5), PERCENT)),
    ]
    assert (number(judged.mean_absolute), number(judged.bias)) == (10, 5)


def test_an_outcome_of_zero_has_an_error_but_no_per_cent():
    judged = accuracy([(date(2024, 4, 30), kr(10), kr(0))])
    assert judged.hits[0].error == kr(10)
    assert isinstance(judged.hits[0].percent, Missing)
    assert isinstance(judged.mean_absolute, Missing)


def test_nothing_to_judge_is_missing_and_not_perfect():
    assert accuracy([]) == Accuracy((), MISSING, MISSING)


@given(told)
def test_the_lean_is_never_larger_than_the_size(pairs):
    judged = accuracy(pairs)
    assert abs(number(judged.bias)) <= number(judged.mean_absolute) + Decimal("1e-18")
    assert judged == accuracy(reversed(pairs)) or len({on for on, _, _ in pairs}) < len(pairs)


@given(told)
def test_a_perfect_forecaster_has_no_error(pairs):
    judged = accuracy([(on, outcome, outcome) for on, _, outcome in pairs])
    assert (number(judged.mean_absolute), number(judged.bias)) == (0, 0)


@given(told)
def test_per_cents_do_not_depend_on_the_unit_of_money(pairs):
    in_tkr = accuracy([(on, forecast.to(TKR), outcome) for on, forecast, outcome in pairs])
    for ours, theirs in zip(accuracy(pairs).hits, in_tkr.hits, strict=True):
        assert abs(number(ours.percent) - number(theirs.percent)) <= abs(number(ours.percent)) * Decimal("1e-20")
