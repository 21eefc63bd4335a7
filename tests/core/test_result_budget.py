"""The result budget: sums that take along what stands above, and what is missing."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.core.economy.result_budget import (
    LABELS,
    ResultColumn,
    ResultLine,
    ResultSum,
    income_and_costs,
    result_lines,
    result_of,
    result_table,
    tax_base,
)
from uppsikt.core.quantities import TKR, Missing, Quantity
from uppsikt.core.tables import ColumnRole


def tkr(number: int) -> Quantity:
    return Quantity(Decimal(number), TKR)


TOLD = dict(
    zip(ResultLine, map(tkr, (2_400, 13_500, 600, 9_600, 2_300, 250, 120, -10)), strict=True)
)  # income, costs, depreciation, taxes, grants, financial income and costs, extraordinary


def test_every_sum_takes_the_one_before_along() -> None:
    lines = result_lines(TOLD)
    sums = [lines[one].number for one in ResultSum]
    assert sums == [-11_700, 200, 330, 320]
    assert lines[ResultLine.OPERATING_COSTS] == tkr(-13_500)
    assert result_of(TOLD) == tkr(320)


def test_income_and_costs_differ_by_the_result() -> None:
    income, costs = income_and_costs(TOLD)
    assert (income, costs) == (tkr(14_550), tkr(14_230))
    assert income - costs == result_of(TOLD)


def test_a_missing_line_makes_the_sums_after_it_missing() -> None:
    lines = result_lines({**TOLD, ResultLine.TAX_INCOME: Missing()})
    assert lines[ResultSum.NET_COST] == tkr(-11_700)
    assert isinstance(lines[ResultSum.OPERATIONS], Missing)
    assert isinstance(lines[ResultSum.RESULT], Missing)
    assert isinstance(tax_base({**TOLD, ResultLine.TAX_INCOME: Missing()}), Missing)
    assert tax_base(TOLD) == tkr(11_900)


def test_a_forecast_beside_its_budget_gives_a_deviation_that_is_positive_when_good() -> None:
    forecast = {**TOLD, ResultLine.OPERATING_COSTS: tkr(13_600), ResultLine.TAX_INCOME: tkr(9_650)}
    table = result_table(
        "resultatbudget",
        "Resultatbudget",
        [
            ResultColumn("budget-2024", "Budget 2024", ColumnRole.BUDGET, 2024, TOLD),
            ResultColumn("prognos-2024", "Prognos 2024", ColumnRole.FORECAST, 2024, forecast),
            ResultColumn("plan-2025", "Plan 2025", ColumnRole.PLAN, 2025, {}),
        ],
    )
    deviations = [
        table.value(one, "deviation-prognos-2024").number for one in ("operating_costs", "tax_income", "result")
    ]
    assert deviations == [-100, 50, -50]
    assert [column.key for column in table.columns] == [
        "budget-2024", "prognos-2024", "deviation-prognos-2024", "plan-2025",
    ]  # fmt: skip
    assert isinstance(table.value("result", "plan-2025"), Missing)
    assert len(table.rows) == len(LABELS)
