"""Net, deviation, of-which, sums along a tree and frames, with the figures of the published reports."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import missing_values, quantities
from uppsikt.core.economy import (
    FrameEntry,
    FrameKind,
    Total,
    deviation,
    frame_of,
    imbalance_sentence,
    indexation,
    net,
    of_which_agrees,
    of_which_difference,
    roll_up,
    transfers_balance,
    transfers_by_year,
)
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import KR, MNKR, TKR, Missing, Quantity, Value, round_to
from uppsikt.core.tables import Measure, Sign

money = quantities(st.just(TKR))
conventions = st.sampled_from([Sign.NET_COST, Sign.RESULT])
measures = st.sampled_from([Measure.NET, Measure.COSTS, Measure.INCOME])


def tkr(amount: int | str) -> Quantity:
    return Quantity(Decimal(amount), TKR, 0)


def mnkr(amount: str) -> Quantity:
    return Quantity(Decimal(amount), MNKR, 1)


@pytest.mark.parametrize(
    ("outcome", "budget", "measure", "sign", "expected"),
    [
        (tkr(168_117), tkr(170_738), Measure.NET, Sign.NET_COST, tkr(2_621)),
        (tkr(462_113), tkr(482_576), Measure.NET, Sign.NET_COST, tkr(20_463)),
        (mnkr("-9.8"), mnkr("0"), Measure.NET, Sign.RESULT, mnkr("-9.8")),
        (tkr(110), tkr(100), Measure.COSTS, Sign.RESULT, tkr(-10)),
        (tkr(110), tkr(100), Measure.COSTS, Sign.NET_COST, tkr(-10)),
        (tkr(110), tkr(100), Measure.INCOME, Sign.NET_COST, tkr(10)),
        (tkr(110), tkr(100), Measure.INCOME, Sign.RESULT, tkr(10)),
    ],
)
def test_a_deviation_is_positive_when_it_is_good(
    outcome: Quantity, budget: Quantity, measure: Measure, sign: Sign, expected: Quantity
) -> None:
    assert deviation(outcome, budget, measure, sign) == expected


@given(money, money)
def test_the_two_conventions_mirror_each_other(costs: Quantity, income: Quantity) -> None:
    as_cost, as_result = net(costs, income, Sign.NET_COST), net(costs, income, Sign.RESULT)
    assert isinstance(as_cost, Quantity)
    assert -as_cost == as_result


@given(money, money, money, money, conventions)
def test_the_deviation_of_the_net_is_that_of_its_parts(
    costs: Quantity, income: Quantity, cost_budget: Quantity, income_budget: Quantity, sign: Sign
) -> None:
    whole = deviation(net(costs, income, sign), net(cost_budget, income_budget, sign), Measure.NET, sign)
    parts = [
        deviation(costs, cost_budget, Measure.COSTS, sign),
        deviation(income, income_budget, Measure.INCOME, sign),
    ]
    assert isinstance(whole, Quantity)
    assert whole.number == sum(part.number for part in parts if isinstance(part, Quantity))


@given(money, missing_values, measures, conventions)
def test_missing_stays_missing(amount: Quantity, missing: Missing, measure: Measure, sign: Sign) -> None:
    for answer in (
        net(amount, missing, sign),
        net(missing, amount, sign),
        deviation(missing, amount, measure, sign),
        of_which_difference(amount, amount, missing, sign),
    ):
        assert isinstance(answer, Missing)
    assert of_which_agrees(amount, missing, amount, sign) is None
    assert of_which_agrees(missing, amount, amount, sign) is None


def test_nothing_is_inferred_without_a_convention() -> None:
    with pytest.raises(UseError, match="teckenregel"):
        net(tkr(1), tkr(1), Sign.PLAIN)
    with pytest.raises(UseError, match="teckenregel"):
        deviation(tkr(1), tkr(1), Measure.NET, Sign.PLAIN)


def test_of_which_that_misses_more_than_rounding_can() -> None:
    assert of_which_agrees(mnkr("632.1"), mnkr("803.2"), mnkr("171.0"), Sign.NET_COST) is True
    assert of_which_agrees(mnkr("632.1"), mnkr("803.4"), mnkr("171.0"), Sign.NET_COST) is False
    assert of_which_difference(mnkr("632.1"), mnkr("803.4"), mnkr("171.0"), Sign.NET_COST) == mnkr("-0.3")
    assert of_which_agrees(mnkr("-632.1"), tkr(803_150), tkr(171_000), Sign.RESULT) is True


@given(st.integers(0, 10**10), st.integers(0, 10**10), conventions, st.integers(-5, 0))
def test_rounded_parts_of_a_true_net_agree(costs: int, income: int, sign: Sign, decimals: int) -> None:
    exact = [Quantity(Decimal(amount), KR) for amount in (costs, income)]
    whole = net(exact[0], exact[1], sign)
    assert isinstance(whole, Quantity)
    shown = [round_to(quantity, decimals) for quantity in (whole, *exact)]
    assert of_which_agrees(shown[0], shown[1], shown[2], sign) is True


TREE = {"nämnd": None, "förvaltning": "nämnd", "stab": "förvaltning", "enhet": "stab", "annan stab": "förvaltning"}


def test_sums_along_a_tree() -> None:
    totals = roll_up(TREE, {"enhet": tkr(5), "annan stab": tkr(7), "förvaltning": tkr(1)})
    assert {unit: total.value for unit, total in totals.items()} == {
        "enhet": tkr(5),
        "stab": tkr(5),
        "annan stab": tkr(7),
        "förvaltning": tkr(13),
        "nämnd": tkr(13),
    }


def test_a_unit_that_told_nothing_makes_every_sum_over_it_missing() -> None:
    totals = roll_up(TREE, {"annan stab": tkr(7), "förvaltning": Missing()})
    assert totals["nämnd"] == Total(tkr(7), ("enhet", "förvaltning"))
    assert isinstance(totals["nämnd"].value, Missing)
    assert totals["stab"] == Total(None, ("enhet",))
    assert totals["annan stab"].value == tkr(7)


@pytest.mark.parametrize(
    ("tree", "amounts", "words"),
    [
        ({"a": "b", "b": "a"}, {}, "under sig själv"),
        ({"a": "a"}, {}, "under sig själv"),
        ({"a": "b", "b": "c", "c": "b"}, {}, "under sig själv"),
        ({"a": "x"}, {}, "inte finns"),
        ({"a": None}, {"y": tkr(1), "x": tkr(1)}, "x, y"),
    ],
)
def test_an_impossible_tree_is_refused(tree: dict[str, str | None], amounts: dict[str, Value], words: str) -> None:
    with pytest.raises(UseError, match=words):
        roll_up(tree, amounts)


@st.composite
def forests(draw: st.DrawFn) -> dict[str, str | None]:
    tree: dict[str, str | None] = {}
    for number in range(draw(st.integers(1, 8))):
        tree[f"u{number}"] = draw(st.none() | st.sampled_from(sorted(tree))) if tree else None
    return tree


@given(forests(), st.data())
def test_the_top_sums_to_all_amounts_in_whatever_order(tree: dict[str, str | None], data: st.DataObject) -> None:
    amounts: dict[str, Value] = {unit: data.draw(money) for unit in tree}
    mixed = dict(data.draw(st.permutations(sorted(tree.items()))))
    totals = roll_up(mixed, amounts)
    assert totals == roll_up(tree, amounts)
    tops = [totals[unit].known for unit, parent in tree.items() if parent is None]
    every = [amount for amount in amounts.values() if isinstance(amount, Quantity)]
    assert sum(top.number for top in tops if top) == sum(amount.number for amount in every)


FRAME_2020 = [
    FrameEntry("KS", 2020, tkr(463_475), decided_on=date(2019, 6, 18)),
    FrameEntry("KS", 2020, tkr(1_000), FrameKind.TRANSFER, "KF", date(2019, 12, 10)),
    FrameEntry("KF", 2020, tkr(-1_000), FrameKind.TRANSFER, "KS", date(2019, 12, 10)),
    FrameEntry("KS", 2020, tkr(-3_000), FrameKind.TRANSFER, "KFN", date(2019, 12, 10)),
    FrameEntry("KFN", 2020, tkr(3_000), FrameKind.TRANSFER, "KS", date(2019, 12, 10)),
    FrameEntry("KS", 2020, tkr(-500), FrameKind.COST_REDUCING),
    FrameEntry("KS", 2021, tkr(470_000)),
]


def test_a_frame_is_the_sum_of_its_decisions() -> None:
    assert frame_of(FRAME_2020, 2020, unit="KS") == tkr(460_975)
    assert frame_of(FRAME_2020, 2020, date(2019, 10, 1), unit="KS") == tkr(463_475)
    assert frame_of(FRAME_2020, 2020, date(2020, 1, 1), unit="KS") == tkr(461_475)
    assert frame_of(FRAME_2020, 2020) == tkr(462_975)


def test_a_year_without_decisions_has_no_frame() -> None:
    assert isinstance(frame_of(FRAME_2020, 2022), Missing)
    assert isinstance(frame_of(FRAME_2020, 2020, date(2018, 1, 1)), Missing)


def test_the_published_frame_of_2020() -> None:
    changes = [463_475, 1_000, 200, 900, -3_000, -2_200]
    assert frame_of([FrameEntry("KS", 2020, tkr(change)) for change in changes], 2020) == tkr(460_375)


def test_transfers_sum_to_zero_over_the_municipality() -> None:
    assert transfers_balance(FRAME_2020) == ()
    (fault,) = transfers_balance(FRAME_2020[:-3])
    assert (fault.year, fault.units, fault.difference) == (2020, ("KFN", "KS"), tkr(-3_000))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("def"), st.integers(2018, 2020), money), max_size=8))
def test_mirrored_transfers_balance_and_move_no_money(moves: list[tuple[str, str, int, Quantity]]) -> None:
    entries = [FrameEntry(giver, year, -amount, FrameKind.TRANSFER, taker) for giver, taker, year, amount in moves]
    entries += [FrameEntry(taker, year, amount, FrameKind.TRANSFER, giver) for giver, taker, year, amount in moves]
    assert transfers_balance(entries) == ()
    for year in {move[2] for move in moves}:
        total = frame_of(entries, year)
        assert isinstance(total, Quantity)
        assert total.number == 0


def test_a_transfer_has_two_sides() -> None:
    with pytest.raises(UseError, match="motpart"):
        FrameEntry("KS", 2020, tkr(1), FrameKind.TRANSFER)
    with pytest.raises(UseError, match="motpart"):
        FrameEntry("KS", 2020, tkr(1), FrameKind.TRANSFER, "KS")


def test_a_newer_decided_budget_stands_in_the_place_of_the_plan() -> None:
    entries = [
        FrameEntry("KS", 2021, tkr(455_955), decided_on=date(2019, 5, 28)),
        FrameEntry("KS", 2021, tkr(-3_000), FrameKind.TRANSFER, "KFN", date(2019, 10, 22)),
        FrameEntry("KS", 2021, tkr(460_000), decided_on=date(2020, 11, 24)),
        FrameEntry("KS", 2021, tkr(1_500), FrameKind.ADDITION, decided_on=date(2021, 4, 20)),
        FrameEntry("KFN", 2021, tkr(3_000), FrameKind.TRANSFER, "KS", date(2019, 10, 22)),
    ]
    assert frame_of(entries, 2021, date(2019, 12, 31), unit="KS") == tkr(452_955)
    assert frame_of(entries, 2021, date(2020, 12, 31), unit="KS") == tkr(460_000)
    assert frame_of(entries, 2021, unit="KS") == tkr(461_500)
    assert frame_of(entries, 2021, unit="KFN") == tkr(3_000)


def test_an_imbalance_says_year_units_and_what_differs() -> None:
    moved = FrameEntry("KS", 2020, tkr(-3_000), FrameKind.TRANSFER, "KFN", matter="Elitstöd")
    names = {"KS": "Kommunstyrelsen", "KFN": "Kultur- och fritidsnämnden"}
    (alone,) = transfers_balance([moved])
    assert imbalance_sentence(alone, names).replace("\u00a0", " ") == (
        "2020, ”Elitstöd”: Kommunstyrelsen har −3 000 tkr, men spegelposten hos Kultur- och fritidsnämnden saknas."
    )
    other = FrameEntry("KFN", 2020, tkr(2_200), FrameKind.TRANSFER, "KS", matter="Elitstöd")
    (unlike,) = transfers_balance([moved, other])
    assert "skiljer 800 tkr" in imbalance_sentence(unlike, names).replace("\u00a0", " ")
    # The same amount in another matter is no mirror.
    elsewhere = FrameEntry("KFN", 2020, tkr(3_000), FrameKind.TRANSFER, "KS", matter="Saab Arena")
    assert [one.matter for one in transfers_balance([moved, elsewhere])] == ["Elitstöd", "Saab Arena"]


def test_transfers_are_summed_year_by_year() -> None:
    moves = [
        FrameEntry("KS", 2020, tkr(-3_000), FrameKind.TRANSFER, "KFN"),
        FrameEntry("KFN", 2020, tkr(3_000), FrameKind.TRANSFER, "KS"),
        FrameEntry("KFN", 2021, tkr(5), FrameKind.TRANSFER, "KS"),
    ]
    assert transfers_by_year(moves) == {2020: tkr(0), 2021: tkr(5)}


def test_indexation_rounds_each_committee_for_itself_half_away_from_zero() -> None:
    told = indexation({"a": tkr(1_050), "b": tkr(150), "c": tkr(-50)}, Decimal(1))
    assert {unit: one.number for unit, one in told.amounts.items()} == {"a": 11, "b": 2, "c": -1}
    assert (told.total.number, told.exact.number) == (12, Decimal("11.5"))
    assert indexation({"a": tkr(149)}, Decimal(1)).amounts["a"].number == 1
