"""The calculators of Kommunallagen 11:5 and 11:12-14, on both sides of each limit and exactly on it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.economy.balance_requirement import (
    STEPS,
    BudgetVerdict,
    Given,
    budget_answer,
    faults_of,
    investigate,
    rules_for,
)
from uppsikt.core.economy.deficits import ClockState, deficits
from uppsikt.core.economy.result_reserve import ReserveGiven, more_than_there_is, reserve_room, too_much
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import MNKR, TKR, Missing, Quantity


def tkr(number: object) -> Quantity:
    return Quantity(Decimal(str(number)), TKR)


@pytest.mark.parametrize(
    ("income", "costs", "reserve", "reason", "verdict"),
    [
        ("1000.001", "1000", "0", "", BudgetVerdict.MET),
        ("1000", "1000", "0", "", BudgetVerdict.BROKEN),  # exceed, not equal
        ("999.999", "1000", "0", "", BudgetVerdict.BROKEN),
        ("990", "1000", "9.999", "", BudgetVerdict.BROKEN),
        ("990", "1000", "10", "", BudgetVerdict.BY_RESERVE),
        ("990", "1000", "10.001", "", BudgetVerdict.BY_RESERVE),
        ("1000", "1000", "0.001", "", BudgetVerdict.BY_RESERVE),
        ("990", "1000", "0", "  ", BudgetVerdict.BROKEN),
        ("990", "1000", "0", "Stort eget kapital.", BudgetVerdict.BY_REASON),
    ],
)
def test_income_is_to_exceed_costs(income, costs, reserve, reason, verdict) -> None:
    answer = budget_answer(2024, tkr(income), tkr(costs), tkr(reserve), reason)
    assert (answer.verdict, answer.margin) == (verdict, tkr(income) - tkr(costs))
    assert "11 kap. 5 §" in answer.sentence


def test_a_budget_with_a_missing_line_is_not_judged() -> None:
    assert budget_answer(2024, tkr(1), Missing()).verdict is BudgetVerdict.UNKNOWN


MALMO = Given(
    year=2025, result=tkr(400), capital_gains=tkr(120), gains_by_exception=tkr(20), losses_by_exception=tkr(5),
    unrealised_losses=tkr(30), reversal=tkr(-10), to_reserve=tkr(100), from_reserve=tkr(0), earlier_deficits=tkr(50),
)  # fmt: skip


def test_the_investigation_goes_in_the_order_of_the_law() -> None:
    told = investigate(MALMO)
    assert [row.key for row in told.table.rows] == [step.key for step in STEPS]
    amounts = [told.table.value(step.key, "amount").number for step in STEPS]
    assert amounts == [400, -120, 20, 5, 30, -10, 325, -100, 0, 0, 225, -50, 175, 0]
    paragraphs = [told.table.value(step.key, "paragraph").text for step in STEPS]
    assert paragraphs[1:7] == ["LKBR 11 kap. 10 §"] * 6
    assert paragraphs[7:10] == ["KL 11 kap. 14 §", "KL 11 kap. 14 §", "KL 11 kap. 13 §"]
    assert paragraphs[11:] == ["KL 11 kap. 12 §"] * 3


@pytest.mark.parametrize(
    ("result", "restored_by", "words"),
    [
        ("0.001", None, "uppfyllt 2025"),
        ("0", None, "uppfyllt 2025"),
        ("-0.001", 2028, "senast 2028, med beslut senast i budgeten för 2028"),
    ],
)
def test_a_deficit_starts_a_clock_of_three_years(result, restored_by, words) -> None:
    told = investigate(Given(2025, tkr(result)))
    assert told.restored_by == restored_by
    assert words in told.sentence
    assert "11 kap. 12 §" in told.sentence


def test_a_surplus_that_does_not_reach_earlier_deficits_says_what_is_left() -> None:
    told = investigate(Given(2025, tkr(30), earlier_deficits=tkr(50)))
    assert (told.total, told.to_restore) == (tkr(-20), tkr(20))
    assert "20\u00a0tkr är kvar att återställa" in told.sentence
    assert investigate(Given(2025, tkr(50), earlier_deficits=tkr(50))).to_restore == tkr(0)


def test_extraordinary_reasons_take_away_at_most_the_deficit() -> None:
    deficit = Given(2025, tkr(-100), from_reserve=tkr(40))
    assert investigate(replace(deficit, extraordinary=tkr(60))).balance_result == tkr(0)
    assert investigate(replace(deficit, extraordinary=tkr(59))).balance_result == tkr(-1)
    assert "extraordinary" in faults_of(replace(deficit, extraordinary=tkr(61)))
    with pytest.raises(UseError, match="större än årets underskott"):
        investigate(replace(deficit, extraordinary=tkr(61)))


def test_all_faults_are_told_at_once() -> None:
    wrong = Given(2025, tkr(1), capital_gains=tkr(-1), losses_by_exception=tkr(-2), to_reserve=tkr(-3))
    assert set(faults_of(wrong)) == {"capital_gains", "losses_by_exception", "to_reserve"}
    assert set(faults_of(Given(2025, tkr(1), capital_gains=tkr(5), gains_by_exception=tkr(6)))) == {
        "gains_by_exception"
    }
    assert not faults_of(Given(2025, tkr(1), capital_gains=tkr(5), gains_by_exception=tkr(5)))


def test_years_before_the_rules_are_refused_and_not_guessed() -> None:
    assert rules_for(2024).ceiling == Decimal("0.05")
    with pytest.raises(UseError, match="2023 gällde andra regler"):
        investigate(Given(2023, tkr(1)))
    with pytest.raises(UseError, match="2023"):
        budget_answer(2023, tkr(2), tkr(1))


def test_amounts_in_other_units_of_money_are_told_exactly() -> None:
    told = investigate(Given(2025, Quantity(Decimal("1.5"), MNKR), capital_gains=tkr(200)))
    assert told.balance_result == tkr(1300)


amounts = st.decimals(min_value=0, max_value=10**7, places=3)


@given(st.decimals(min_value=-(10**7), max_value=10**7, places=3), amounts, amounts, amounts)
def test_the_steps_add_up_to_the_sum(result, gains, reserve, earlier) -> None:
    told = investigate(
        Given(2025, tkr(result), capital_gains=tkr(gains), from_reserve=tkr(reserve), earlier_deficits=tkr(earlier))
    )
    steps = [told.table.value(step.key, "amount").number for step in STEPS if step.way]
    assert sum(steps) == told.total.number == result - gains + reserve - earlier
    assert told.to_restore.number == max(-told.total.number, 0)


BASE = ReserveGiven(
    year=2024, result=tkr(300), after_adjustments=tkr(250), tax_base=tkr(10_000), equity=tkr(1), reserve=tkr(0)
)


@pytest.mark.parametrize(
    ("result", "adjusted", "equity", "allowed"),
    [
        ("300", "250", "1", "150"),  # the lower of the two, above 1 %
        ("220", "250", "1", "120"),
        ("100.001", "250", "1", "0.001"),
        ("100", "250", "1", "0"),  # exactly on the limit nothing is above it
        ("99.999", "250", "1", "0"),
        ("-50", "250", "1", "0"),
        ("300", "250", "0", "150"),  # zero equity is not negative
        ("300", "250", "-0.001", "50"),  # 2 %
        ("200.001", "250", "-1", "0.001"),
        ("200", "250", "-1", "0"),
        ("199.999", "250", "-1", "0"),
    ],
)
def test_what_is_above_the_share_may_be_reserved(result, adjusted, equity, allowed) -> None:
    room = reserve_room(replace(BASE, result=tkr(result), after_adjustments=tkr(adjusted), equity=tkr(equity)))
    assert room.allowed == tkr(allowed)
    assert "11 kap. 14 §" in room.sentence


@pytest.mark.parametrize(
    ("reserve", "allowed"),
    [("349.999", "150"), ("350", "150"), ("350.001", "149.999"), ("499.999", "0.001"), ("500", "0"), ("500.001", "0")],
)
def test_the_reserve_may_be_at_most_five_per_cent(reserve, allowed) -> None:
    room = reserve_room(replace(BASE, reserve=tkr(reserve)))
    assert room.allowed == tkr(allowed)
    assert ("5\u00a0procent" in room.sentence or "5 procent" in room.sentence) == (allowed != "150")


@pytest.mark.parametrize(("wanted", "refused"), [("149.999", False), ("150", False), ("150.001", True)])
def test_a_reservation_over_the_limit_is_told(wanted, refused) -> None:
    assert bool(too_much(tkr(wanted), reserve_room(BASE))) is refused


def test_a_reserve_without_taxes_or_of_an_old_year_is_refused() -> None:
    with pytest.raises(UseError, match="mer än noll"):
        reserve_room(replace(BASE, tax_base=tkr(0)))
    with pytest.raises(UseError, match="2023"):
        reserve_room(replace(BASE, year=2023))


@pytest.mark.parametrize(
    ("at", "state"),
    [(2024, "running"), (2026, "running"), (2027, "overdue"), (2028, "overdue")],
)
def test_the_clock_runs_out_when_the_third_year_is_closed(at, state) -> None:
    results = {2024: tkr(-100)} | {year: tkr(0) for year in range(2025, at + 1)}
    (one,) = deficits(results, at)
    assert (one.last_year, one.state(at).value) == (2027, state)
    assert "11 kap. 12 §" in one.sentence(at)


def test_a_surplus_restores_the_oldest_deficit_first() -> None:
    first, second = deficits({2024: tkr(-100), 2025: tkr(-50), 2026: tkr(120), 2027: tkr(10)}, 2027)
    assert (first.left, first.restored) == (tkr(0), {2026: tkr(100)})
    assert (second.left, second.restored) == (tkr(20), {2026: tkr(20), 2027: tkr(10)})
    assert (first.state(2027), second.state(2027)) == (ClockState.RESTORED, ClockState.RUNNING)


def test_a_year_that_nobody_knows_is_not_a_zero() -> None:
    (one,) = deficits({2024: tkr(-100), 2026: tkr(40)}, 2026)
    assert (one.unknown, one.state(2026)) == ((2025,), ClockState.UNKNOWN)
    assert "saknas för 2025" in one.sentence(2026)
    (restored,) = deficits({2024: tkr(-100), 2026: tkr(100)}, 2026)
    assert restored.state(2026) is ClockState.RESTORED


def test_the_sign_before_a_name_is_how_its_amount_counts() -> None:
    ways = {"−": -1, "+": 1}
    assert all(step.way == ways[step.label[0]] for step in STEPS if step.label[0] in ways)
    assert {step.key for step in STEPS if step.label[0] == "±"} == {"unrealised_losses", "reversal"}
    assert {step.key for step in STEPS if step.label[0] == "="} == {"after_adjustments", "balance_result", "total"}


@pytest.mark.parametrize(("taken", "refused"), [("99.999", False), ("100", False), ("100.001", True)])
def test_no_more_is_taken_out_of_the_reserve_than_it_holds(taken, refused) -> None:
    said = more_than_there_is(tkr(taken), tkr(100))
    assert bool(said) is refused
    assert not refused or "11 kap. 14 §" in said
