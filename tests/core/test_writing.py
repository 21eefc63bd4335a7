"""Figures are written as Swedish readers expect them, and rounded only then."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import exact_quantities, quantities
from uppsikt.core.errors import MissingValueError, UnitMismatchError
from uppsikt.core.quantities import (
    COUNT,
    KR,
    MNKR,
    PERCENT,
    TKR,
    Missing,
    MissingReason,
    Quantity,
    Style,
    Unit,
    could_be_sum,
    format_quantity,
    format_value,
    missing_text,
    round_to,
    sum_interval,
    unit_of,
)


def quantity(text: str, decimals: int | None = None, unit: Unit = TKR) -> Quantity:
    return Quantity(Decimal(text), unit, decimals)


@pytest.mark.parametrize(
    ("figure", "style", "text"),
    [
        (quantity("463475", 0), {}, "463\u00a0475"),
        (quantity("463475", 0), {"spaces": "\u202f"}, "463\u202f475"),
        (quantity("463475", 0), {"unit": MNKR}, "463,475"),
        (quantity("463475", 0), {"unit": MNKR, "decimals": 1, "with_unit": True}, "463,5\u00a0mnkr"),
        (quantity("632.1", 1, MNKR), {"unit": TKR}, "632\u00a0100"),
        (quantity("-9.8", 1), {}, "−9,8"),
        (quantity("0.80", 2), {}, "0,80"),
        (quantity("0.80"), {}, "0,8"),
        (quantity("1E+3"), {}, "1\u00a0000"),
        (quantity("2.5"), {"decimals": 0}, "3"),
        (quantity("-2.5"), {"decimals": 0}, "−3"),
        (quantity("-0.04"), {"decimals": 1}, "0,0"),
        (quantity("-0.04"), {"decimals": 1, "plus": True}, "0,0"),
        (quantity("1200", 0), {"plus": True}, "+1\u00a0200"),
        (quantity("20463"), {"decimals": -3}, "20\u00a0000"),
        (quantity("83", 0, PERCENT), {"with_unit": True}, "83\u00a0%"),
        (quantity("4", 0, COUNT), {"with_unit": True}, "4"),
    ],
)
def test_figures(figure: Quantity, style: Style, text: str) -> None:
    assert format_quantity(figure, **style) == text


def test_a_figure_of_any_length_is_written() -> None:
    long = "9" * 6000
    assert format_quantity(Quantity(Decimal(long)), spaces="") == long


def test_missing_is_written_as_it_was_or_by_its_reason() -> None:
    assert format_value(Missing(MissingReason.NO_DATA, "I.U.")) == "I.U."
    assert format_value(Missing(MissingReason.IN_PROGRESS)) == "tas fram"
    assert format_value(Missing()) == ""
    assert len({missing_text(reason) for reason in MissingReason}) == len(MissingReason)


def test_money_cannot_be_told_in_percent() -> None:
    with pytest.raises(UnitMismatchError, match="kan inte räknas om"):
        format_quantity(quantity("1"), unit=PERCENT)


@given(exact_quantities, st.integers(-3, 6))
def test_rounding_misses_by_half_a_unit_at_most(figure: Quantity, decimals: int) -> None:
    rounded = round_to(figure, decimals)
    assert abs(rounded.number - figure.number) <= Decimal(1).scaleb(-decimals) / 2
    assert figure.number in rounded.interval()


@given(quantities())
def test_no_figure_shows_a_signed_zero(figure: Quantity) -> None:
    for decimals in (0, 1):
        text = format_quantity(figure, decimals=decimals, plus=True)
        if not text.strip("+−,0"):
            assert text[0] == "0"


@given(st.lists(exact_quantities.map(lambda q: Quantity(q.number, KR)), min_size=1), st.integers(-3, 2))
def test_a_rounded_true_sum_could_be_the_sum_of_its_rounded_items(items: list[Quantity], decimals: int) -> None:
    total = sum((item.number for item in items), Decimal(0))
    shown = [round_to(item, decimals) for item in items]
    assert could_be_sum(round_to(Quantity(total, KR), decimals), shown)


@given(st.lists(quantities(st.just(TKR)), min_size=1), st.data())
def test_a_sum_that_misses_by_more_could_not_be(items: list[Quantity], data: st.DataObject) -> None:
    interval = sum_interval(items, TKR)
    beyond = data.draw(st.sampled_from([interval.high + Decimal("0.001"), interval.low - Decimal("0.001")]))
    assert not could_be_sum(Quantity(beyond, TKR), items)


@given(st.permutations([Decimal("1.4"), Decimal("2.25"), Decimal(-3), Decimal("0.007")]))
def test_the_order_of_items_does_not_matter(numbers: list[Decimal]) -> None:
    items = [Quantity(number, MNKR, 1) for number in numbers]
    assert sum_interval(items, TKR) == sum_interval(sorted(items, key=lambda q: q.number), TKR)


def test_intervals_are_told_in_the_unit_that_is_asked_for() -> None:
    parts = [Quantity(Decimal("15.6"), MNKR, 1), Quantity(Decimal(400), TKR, 0)]
    assert could_be_sum(Quantity(Decimal(16_050), TKR, 0), parts)
    assert not could_be_sum(Quantity(Decimal(16_052), TKR, 0), parts)


def test_a_missing_item_is_never_counted() -> None:
    with pytest.raises(MissingValueError):
        sum_interval([quantity("1"), Missing()], TKR)
    with pytest.raises(UnitMismatchError):
        sum_interval([Quantity(Decimal(1), unit_of("ha"))], TKR)
