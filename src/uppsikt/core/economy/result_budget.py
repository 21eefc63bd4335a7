"""The result budget of the municipality: what the law calls the statement of income, in budget, forecast and outcome.

The lines and their order are those of the law on municipal bookkeeping (LKBR 2018:597, chapter 5). Income and costs
are told as positive amounts; the Table shows costs with a minus, so that every column simply adds up, and a
deviation is forecast or outcome minus budget: positive is good on every line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from uppsikt.core.periods import Period
from uppsikt.core.quantities import TKR, Missing, MissingReason, Quantity, Value
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Sign, Table


class ResultLine(StrEnum):
    """What is told; sums are computed."""

    OPERATING_INCOME = "operating_income"
    OPERATING_COSTS = "operating_costs"
    DEPRECIATION = "depreciation"
    TAX_INCOME = "tax_income"
    GENERAL_GRANTS = "general_grants"
    FINANCIAL_INCOME = "financial_income"
    FINANCIAL_COSTS = "financial_costs"
    EXTRAORDINARY = "extraordinary"


class ResultSum(StrEnum):
    """What the lines come to; each sum takes the one before it along."""

    NET_COST = "net_cost"
    OPERATIONS = "operations"
    BEFORE_EXTRAORDINARY = "before_extraordinary"
    RESULT = "result"


COSTS = frozenset({ResultLine.OPERATING_COSTS, ResultLine.DEPRECIATION, ResultLine.FINANCIAL_COSTS})
# Equalisation can be a charge, and extraordinary items can go either way.
SIGNED = frozenset({ResultLine.GENERAL_GRANTS, ResultLine.EXTRAORDINARY})
LABELS: Mapping[ResultLine | ResultSum, str] = {
    ResultLine.OPERATING_INCOME: "Verksamhetens intäkter",
    ResultLine.OPERATING_COSTS: "Verksamhetens kostnader",
    ResultLine.DEPRECIATION: "Avskrivningar",
    ResultSum.NET_COST: "Verksamhetens nettokostnader",
    ResultLine.TAX_INCOME: "Skatteintäkter",
    ResultLine.GENERAL_GRANTS: "Generella statsbidrag och utjämning",
    ResultSum.OPERATIONS: "Verksamhetens resultat",
    ResultLine.FINANCIAL_INCOME: "Finansiella intäkter",
    ResultLine.FINANCIAL_COSTS: "Finansiella kostnader",
    ResultSum.BEFORE_EXTRAORDINARY: "Resultat före extraordinära poster",
    ResultLine.EXTRAORDINARY: "Extraordinära poster",
    ResultSum.RESULT: "Årets resultat",
}
PLAN_YEARS = 2  # the plan covers three years of which the budget year is the first (Kommunallagen 11:6)

Amounts = Mapping[ResultLine, Value]


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One year in one version: positive amounts by line; a line that is absent is missing, not zero."""

    key: str
    label: str
    role: ColumnRole
    year: int
    amounts: Amounts


def result_lines(amounts: Amounts) -> dict[ResultLine | ResultSum, Value]:
    """Give every line and sum of a year as it is shown: income positive, costs negative.

    A sum over a line that is missing is missing, and so is every sum after it.

    >>> tkr = lambda number: Quantity(Decimal(number), TKR)
    >>> told = {ResultLine.OPERATING_INCOME: tkr(200), ResultLine.OPERATING_COSTS: tkr(1100)}
    >>> result_lines(told | {ResultLine.DEPRECIATION: tkr(50)})[ResultSum.NET_COST].number
    Decimal('-950')
    """
    found: dict[ResultLine | ResultSum, Value] = {}
    running: Value = Quantity(Decimal(0), TKR)
    unknown = 0
    for one in LABELS:
        if isinstance(one, ResultSum):
            found[one] = Missing(MissingReason.NO_DATA, f"{unknown} rader saknar belopp") if unknown else running
            continue
        shown = _signed(one, amounts.get(one, Missing()))
        found[one] = shown
        if isinstance(shown, Missing):
            unknown += 1
        elif isinstance(running, Quantity):
            running = running + shown
    return found


def _signed(line: ResultLine, amount: Value) -> Value:
    return -amount if line in COSTS and isinstance(amount, Quantity) and amount.number else amount


def result_of(amounts: Amounts) -> Value:
    """Give the result for the year; positive is a surplus."""
    return result_lines(amounts)[ResultSum.RESULT]


def tax_base(amounts: Amounts) -> Value:
    """Give taxes, general grants and equalisation together: what the limits of the result reserve are a share of."""
    parts = [amounts.get(one, Missing()) for one in (ResultLine.TAX_INCOME, ResultLine.GENERAL_GRANTS)]
    taxes, grants = parts
    if isinstance(taxes, Missing) or isinstance(grants, Missing):
        return Missing(MissingReason.NO_DATA, "skatter eller statsbidrag saknas")
    return taxes + grants


def income_and_costs(amounts: Amounts) -> tuple[Value, Value]:
    """Give all income and all costs of a year as positive amounts; what is extraordinary counts on its side."""
    income = costs = Quantity(Decimal(0), TKR)
    for line in ResultLine:
        amount = amounts.get(line, Missing())
        if isinstance(amount, Missing):
            missing = Missing(MissingReason.NO_DATA, f"{LABELS[line]} saknar belopp")
            return missing, missing
        is_cost = line in COSTS or (line in SIGNED and amount.number < 0)
        if is_cost:
            costs = costs + (amount if line in COSTS else -amount)
        else:
            income = income + amount
    return income, costs


def result_table(key: str, title: str, columns: Sequence[ResultColumn], link: str = "") -> Table:
    """Lay the versions and years beside each other, and what a forecast or an outcome deviates from its budget."""
    heads: list[Column] = []
    cells: dict[tuple[str, str], Cell] = {}
    for told in _with_deviations(columns):
        column, values = told
        heads.append(column)
        cells |= {(line.value, column.key): Cell(value) for line, value in values.items()}
    rows = tuple(
        Row(one.value, label, RowRole.SUM if isinstance(one, ResultSum) else RowRole.ITEM, subject=f"result:{one}")
        for one, label in LABELS.items()
    )
    return Table(key, title, tuple(heads), rows, cells, TKR, Sign.RESULT, link)


def _with_deviations(columns: Sequence[ResultColumn]) -> Iterator[tuple[Column, dict[ResultLine | ResultSum, Value]]]:
    budgets = {one.year: result_lines(one.amounts) for one in columns if one.role is ColumnRole.BUDGET}
    for one in columns:
        values = result_lines(one.amounts)
        yield Column(one.key, one.label, one.role, Period.year(one.year)), values
        budget = budgets.get(one.year)
        if budget is not None and one.role in (ColumnRole.FORECAST, ColumnRole.OUTCOME):
            head = Column(f"deviation-{one.key}", f"Avvikelse {one.label.lower()}", ColumnRole.DEVIATION)
            yield head, {line: _difference(values[line], budget[line]) for line in LABELS}


def _difference(first: Value, second: Value) -> Value:
    if isinstance(first, Missing) or isinstance(second, Missing):
        return Missing(MissingReason.NO_DATA, "ett av beloppen saknas")
    return first - second
