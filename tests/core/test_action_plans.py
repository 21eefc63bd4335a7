"""The 1 % and 1 mnkr rule on both sides of each limit, and the year in which a plan reaches balance."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.economy.action_plans import REGULATIONS, Effect, balanced_in, owes_plan, plan_years
from uppsikt.core.economy.forecasting import Limit
from uppsikt.core.quantities import KR, MNKR, TKR, Missing, MissingReason, Quantity

PENDING = Missing(MissingReason.PENDING)
amounts = st.integers(0, 10**12).map(lambda n: Quantity(Decimal(n).scaleb(-2), KR))
effects = st.lists(
    st.builds(Effect, st.integers(2024, 2028), amounts, st.one_of(amounts, st.just(PENDING))), max_size=8
)


def mnkr(amount: str | int) -> Quantity:
    return Quantity(Decimal(amount), MNKR)


@pytest.mark.parametrize(
    ("deviation", "budget", "expected"),
    [
        ("-1.01", "100", True),  # more than 1 % and more than 1 mnkr
        ("-1", "100", False),  # exactly on both
        ("-1.01", "101", False),  # more than 1 mnkr, exactly 1 %
        ("-1", "99", False),  # more than 1 %, exactly 1 mnkr
        ("-1.01", "200", False),  # more than 1 mnkr, less than 1 %
        ("-0.99", "10", False),  # far more than 1 %, less than 1 mnkr
        ("-2.0001", "200", True),
        ("-2", "200", False),
        ("1.01", "100", False),  # a surplus, however large
        ("0", "0", False),
        ("-9.8", "0", True),  # the administration of 2024 that is financed by revenue
        ("-1", "0", False),
        ("-5", "-100", True),  # a budgeted surplus has a size too
    ],
)
def test_a_plan_is_owed_above_both_limits(deviation, budget, expected):
    assert owes_plan(mnkr(deviation), mnkr(budget)) is expected


def test_without_a_forecast_nobody_knows():
    assert owes_plan(PENDING, mnkr(100)) is None


def test_the_rule_is_a_parameter_with_a_source():
    assert "reglementet" in REGULATIONS.source
    strict = Limit(percent=Decimal("0.5"), amount=Quantity(Decimal(100), TKR), both=True)
    assert owes_plan(mnkr("-0.6"), mnkr(100), strict) is True
    assert owes_plan(mnkr("-0.6"), mnkr(100)) is False


@given(amounts, amounts)
def test_a_surplus_never_owes_and_a_larger_deficit_never_owes_less(deficit, budget):
    assert owes_plan(deficit, budget) is False
    if owes_plan(-deficit, budget):
        assert owes_plan(-(deficit + deficit), budget)


def test_effects_are_set_against_the_deficit_year_by_year():
    deficits = {2024: mnkr("9.8"), 2025: mnkr("9.8"), 2026: mnkr("9.8")}
    given_effects = [
        Effect(2024, mnkr(2), mnkr("1.5")), Effect(2024, mnkr(1)), Effect(2025, mnkr(6)), Effect(2026, mnkr(10)),
        Effect(2030, mnkr(50)),
    ]  # fmt: skip
    first, second, third = plan_years(deficits, given_effects)
    assert (first.planned, first.realised, first.left) == (mnkr(3), mnkr("1.5"), mnkr("7.3"))
    assert (second.planned, second.realised, second.left) == (mnkr(6), PENDING, mnkr("3.8"))
    assert [year.in_balance for year in (first, second, third)] == [False, False, True]
    assert balanced_in((first, second, third)) == 2026


def test_exactly_enough_is_in_balance():
    assert balanced_in(plan_years({2025: mnkr(5)}, [Effect(2025, mnkr(5))])) == 2025
    assert isinstance(balanced_in(plan_years({2025: mnkr(5)}, [Effect(2025, mnkr("4.999999"))])), Missing)


def test_a_plan_that_is_never_enough_says_so():
    assert isinstance(balanced_in(()), Missing)


@given(st.dictionaries(st.integers(2024, 2028), amounts, min_size=1), effects)
def test_what_is_left_and_what_is_expected_make_the_deficit(deficits, told):
    for year in plan_years(deficits, told):
        expected = sum((one.expected.number for one in told if one.year == year.year), Decimal(0))
        assert year.left.number + expected == deficits[year.year].number


@given(st.dictionaries(st.integers(2024, 2028), amounts, min_size=1), effects, amounts)
def test_one_more_measure_never_delays_balance(deficits, told, more):
    before = balanced_in(plan_years(deficits, told))
    after = balanced_in(plan_years(deficits, [*told, Effect(min(deficits), more)]))
    if isinstance(before, int):
        assert isinstance(after, int)
        assert after <= before
