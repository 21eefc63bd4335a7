"""All committees together: who is over, who owes a plan, and sums that do not hide what is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from uppsikt.core.economy.municipality import Committee, Standing, committees_table
from uppsikt.core.quantities import TKR, Missing, MissingReason, Quantity


def tkr(number: object) -> Quantity:
    return Quantity(Decimal(str(number)), TKR)


KS = Committee("ks", "Kommunstyrelsen", tkr(654_000), tkr(430_000), tkr(436_000), tkr(650_000))


@pytest.mark.parametrize(
    ("forecast", "standing"),
    [("653999.999", Standing.WITHIN), ("654000", Standing.WITHIN), ("654000.001", Standing.OVER)],
)
def test_exactly_on_the_frame_is_within_it(forecast, standing) -> None:
    assert replace(KS, forecast=tkr(forecast)).standing is standing


def test_without_forecast_nothing_is_said_until_the_year_is_closed() -> None:
    missing = Missing(MissingReason.NO_DATA)
    open_year = replace(KS, forecast=missing, outcome=tkr(660_000))
    assert (open_year.standing, open_year.owes_plan()) == (Standing.UNKNOWN, None)
    closed = replace(open_year, is_closed=True)
    assert (closed.standing, closed.deviation, closed.owes_plan()) == (Standing.OVER, tkr(-6_000), False)
    assert replace(closed, outcome=tkr(660_541)).owes_plan() is True
    assert replace(KS, frame=missing).owes_plan() is None


def test_the_sum_of_a_column_with_a_gap_is_missing() -> None:
    other = Committee("bin", "Bildningsnämnden", tkr(1_000_000), tkr(1), tkr(1), Missing(MissingReason.NO_DATA))
    table = committees_table(2024, 8, [KS, other])
    assert [one.label for one in table.columns][1:3] == ["Budget januari–augusti 2024", "Utfall januari–augusti 2024"]
    assert table.value("sum", "frame") == Quantity(Decimal("1654"), table.unit)
    assert isinstance(table.value("sum", "forecast"), Missing)
    assert table.value("ks", "to-date").number == 6
    assert table.value("ks", "deviation").number == 4


def test_when_the_year_is_closed_nobody_is_asked_for_a_forecast() -> None:
    closed = replace(KS, forecast=Missing(MissingReason.NO_DATA), is_closed=True)
    assert "forecast" not in {one.key for one in committees_table(2024, 12, [closed]).columns}
    assert committees_table(2024, 12, [closed]).value("sum", "deviation").number == 224
    assert "forecast" in {one.key for one in committees_table(2024, 12, [closed, replace(KS, key="bin")]).columns}
    assert "forecast" in {one.key for one in committees_table(2024, 12, []).columns}
