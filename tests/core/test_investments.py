"""Investments: frames, carry-over, the totals of R14, and the limits of what may be carried or taken from a reserve."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.economy.investments import (
    Giving,
    Grant,
    Outcomes,
    Outlay,
    Scope,
    budget_of,
    decided,
    frame_in,
    less,
    proposed_total,
    refuse_beyond,
    standing_of,
    total_of,
    unused,
)
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import KR, MNKR, Missing, Quantity

DAY = date(2024, 2, 6)
NONE = Missing(text="ingen redovisning är inläst")


def kr(amount: str | int | Decimal) -> Quantity:
    return Quantity(Decimal(amount), KR)


def mnkr(amount: str) -> Quantity:
    return kr(Decimal(amount) * 1_000_000)


def grant(year: int, amount: str | int | Decimal, kind: Giving = Giving.DECIDED, **more) -> Grant:
    return Grant(year, Outlay(kr(amount)), kind, decided_on=more.pop("on", DAY), **more)


def carried(start: int, end: int, amount: str | int | Decimal, on: date = DAY) -> Grant:
    return grant(end, amount, Giving.CARRY_OVER, from_year=start, on=on)


years = st.integers(2019, 2030)
amounts = st.decimals(0, 10**9, places=2)
outlays = st.builds(lambda out, receipts: Outlay(kr(out), kr(receipts)), amounts, amounts)
grants = st.lists(
    st.one_of(
        st.builds(Grant, years, outlays, st.sampled_from([Giving.DECIDED, Giving.ADDITION])),
        st.builds(
            lambda year, later, amount: Grant(year + later, amount, Giving.CARRY_OVER, from_year=year),
            years, st.integers(1, 4), outlays,
        ),
    ),
    max_size=8,
)  # fmt: skip

SWIMMING_HALL = [
    grant(year, Decimal(amount) * 1_000_000, on=date(2019, 6, 18))
    for year, amount in ((2019, "134"), (2020, "252"), (2021, "297"), (2022, "307.5"))
] + [carried(2022, 2024, Decimal("112.9") * 1_000_000)]


def test_the_swimming_hall_of_2024_is_what_the_report_says():
    used = Outcomes(mnkr("938.4"), mnkr("60.8"), is_finished=True)
    told = standing_of(SWIMMING_HALL, 2024, date(2024, 12, 31), used, NONE)
    assert [told.decided, told.accumulated, told.left] == [mnkr("990.5"), mnkr("938.4"), mnkr("52.1")]
    assert [told.budget, told.outcome, told.deviation_of_year] == [mnkr("112.9"), mnkr("60.8"), mnkr("52.1")]
    assert [told.calculated, told.deviation] == [mnkr("938.4"), mnkr("52.1")]


def test_a_carry_over_is_unknown_before_it_is_decided():
    assert budget_of(SWIMMING_HALL, 2022, date(2024, 2, 5)) == Outlay(mnkr("307.5"))
    assert budget_of(SWIMMING_HALL, 2022, date(2024, 2, 6)) == Outlay(mnkr("194.6"))
    assert budget_of(SWIMMING_HALL, 2024, date(2024, 2, 5)) is None


@given(grants)
def test_carrying_over_never_changes_what_is_decided_in_all(given_grants):
    others = [one for one in given_grants if one.kind is not Giving.CARRY_OVER]
    assert (decided(given_grants) or Outlay()) == (decided(others) or Outlay())


@given(grants)
def test_the_budgets_of_the_years_make_the_decided_total(given_grants):
    touched = {one.year for one in given_grants} | {one.from_year for one in given_grants if one.from_year}
    by_year = [budget_of(given_grants, year) or Outlay() for year in touched]
    assert sum(by_year, Outlay()) == (decided(given_grants) or Outlay())


@given(outlays, outlays)
def test_the_net_of_a_sum_is_the_sum_of_the_nets(one, other):
    assert (one + other).net == one.net + other.net
    assert (one + other - other) == one


def test_a_proposal_is_not_decided():
    proposal = Grant(2024, Outlay(kr(5)))
    assert decided([proposal], DAY) is None
    assert decided([proposal]) == Outlay(kr(5))


@pytest.mark.parametrize(("kind", "from_year"), [(Giving.CARRY_OVER, None), (Giving.DECIDED, 2023)])
def test_a_carry_over_and_only_that_says_where_it_comes_from(kind, from_year):
    with pytest.raises(UseError, match="från vilket år"):
        Grant(2024, Outlay(kr(1)), kind, from_year=from_year)


@pytest.mark.parametrize("from_year", [2024, 2025])
def test_a_carry_over_goes_forward(from_year):
    with pytest.raises(UseError, match="senare år"):
        carried(from_year, 2024, 1)


FRAME = [
    grant(2019, 94450), grant(2019, 100, Giving.ADDITION), grant(2019, 15000, Giving.RESERVE),
    grant(2019, 13100, Giving.RESERVE_USE), grant(2019, 1600, scope=Scope.OUTSIDE), carried(2018, 2019, 900),
    carried(2019, 2020, 400),
]  # fmt: skip


def test_a_frame_is_its_decisions_with_reserve_and_what_was_carried():
    frame = frame_in(FRAME, 2019, Scope.WITHIN)
    assert frame is not None
    assert frame.total == kr(94450 + 100 + 15000 + 900 - 400)
    assert frame.reserve_left == kr(1900)
    outside = frame_in(FRAME, 2019, Scope.OUTSIDE)
    assert outside is not None
    assert outside.total == kr(1600)


def test_using_the_reserve_leaves_the_frame_as_large_as_it_was():
    unspent = [one for one in FRAME if one.kind is not Giving.RESERVE_USE]
    before, after = frame_in(unspent, 2019, Scope.WITHIN), frame_in(FRAME, 2019, Scope.WITHIN)
    assert before is not None
    assert after is not None
    assert before.total == after.total


def test_a_year_without_decisions_has_no_frame_and_one_decided_to_zero_has():
    assert frame_in(FRAME, 2021, Scope.WITHIN) is None
    assert frame_in(FRAME, 2019, Scope.WITHIN, date(2018, 1, 1)) is None
    zero = frame_in([grant(2021, 0)], 2021, Scope.WITHIN)
    assert zero is not None
    assert zero.total == kr(0)


@given(amounts, amounts)
def test_what_is_unused_is_never_negative_and_never_more_than_the_budget(budget, outcome):
    left = unused(kr(budget), kr(outcome))
    assert left == kr(max(budget - outcome, Decimal(0)))


def test_nobody_knows_what_is_unused_without_an_outcome():
    assert unused(kr(5), NONE) is NONE
    assert less(NONE, kr(5)) is NONE


@pytest.mark.parametrize("asked", ["0.01", "51.99", "52.00"])
def test_up_to_the_last_krona_of_what_is_left_may_be_taken(asked):
    refuse_beyond(kr(asked), kr("52.00"), "ramen 2024")


@pytest.mark.parametrize(
    ("asked", "left", "words"),
    [
        (kr("52.01"), kr("52.00"), "0,01 kr för mycket"),
        (kr(1), kr(0), "Kvar av ramen 2024 är 0 kr"),
        (kr(0), kr(5), "större än noll"),
        (kr(-1), kr(5), "större än noll"),
        (Quantity(Decimal("0.1"), MNKR), kr(5), "för mycket"),
        (kr(1), NONE, "ingen redovisning är inläst"),
    ],
)
def test_more_than_what_is_left_is_refused_with_the_reason(asked, left, words):
    with pytest.raises(UseError) as caught:
        refuse_beyond(asked, left, "ramen 2024")
    assert words in str(caught.value).replace("\u00a0", " ")


def test_the_proposed_total_is_the_outcome_and_what_the_budgets_leave():
    plan = [grant(2024, 100), grant(2025, 40), grant(2026, 10)]
    assert proposed_total(plan, 2024, DAY, Outcomes(kr(75), kr(60))) == kr(75 + 40 + 50)


def test_a_year_that_used_more_than_its_budget_leaves_nothing_of_it():
    assert proposed_total([grant(2024, 100)], 2024, DAY, Outcomes(kr(130), kr(130))) == kr(130)


def test_what_is_proposed_and_not_decided_is_no_part_of_the_proposed_total():
    plan = [grant(2024, 100), Grant(2025, Outlay(kr(9)))]
    assert proposed_total(plan, 2024, DAY, Outcomes(kr(1), kr(1))) == kr(100)


def test_nothing_is_proposed_without_an_outcome_and_nothing_added_without_a_budget():
    assert proposed_total([grant(2024, 1)], 2024, DAY, Outcomes(NONE, NONE)) is NONE
    assert proposed_total([], 2024, DAY, Outcomes(kr(7), kr(7))) == kr(7)


@given(grants, amounts, amounts, years)
def test_the_proposed_total_is_never_less_than_the_outcome_and_all_later_budgets(plan, before, in_year, year):
    used = Outcomes(kr(before + in_year), kr(in_year))
    later = [budget_of(plan, at) or Outlay() for at in range(year + 1, 2040)]
    floor = used.accumulated + sum(later, Outlay()).net
    assert proposed_total(plan, year, None, used).number >= floor.number


def test_a_yearly_project_counts_one_year_at_a_time():
    yearly = [grant(2023, 10), grant(2024, 12), grant(2025, 12)]
    told = standing_of(yearly, 2024, DAY, Outcomes(kr(11), kr(11), is_yearly=True), NONE)
    assert (told.decided, told.budget, told.left) == (kr(12), kr(12), kr(1))
    assert proposed_total(yearly, 2024, DAY, Outcomes(kr(11), kr(11), is_yearly=True)) == kr(12)


def test_a_project_that_goes_on_has_the_forecast_as_calculated_total():
    told = standing_of([grant(2024, 100)], 2024, DAY, Outcomes(kr(40), kr(40)), kr(130))
    assert (told.calculated, told.deviation) == (kr(130), kr(-30))


def test_what_nobody_has_told_is_missing_and_not_zero():
    told = standing_of([], 2024, DAY, Outcomes(kr(40), kr(40)), NONE)
    assert told.decided == Missing(told.decided.reason, "inget beslut är inlagt")
    assert told.left == told.decided
    assert told.deviation_of_year.text == "ingen budget för året"


def test_a_total_of_projects_says_how_many_lack_a_figure():
    one = standing_of([grant(2024, 100)], 2024, DAY, Outcomes(kr(40), kr(30)), kr(90))
    other = standing_of([grant(2024, 50)], 2024, DAY, Outcomes(kr(10), kr(10)), NONE)
    both = total_of([one, other])
    assert (both.decided, both.outcome, both.left) == (kr(150), kr(40), kr(100))
    assert both.calculated.text == "1 av 2 saknas"
    assert total_of([]).decided == kr(0)
