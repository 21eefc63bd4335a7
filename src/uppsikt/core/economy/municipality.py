"""All committees together: each frame beside outcome, budget to date and forecast; who is over, who owes a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from uppsikt.core.economy.action_plans import REGULATIONS, owes_plan
from uppsikt.core.economy.forecasting import Limit
from uppsikt.core.economy.operating_statement import months_in_words, to_date
from uppsikt.core.economy.signs import deviation
from uppsikt.core.periods import Period
from uppsikt.core.quantities import MNKR, Missing, Quantity, Value
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table, sum_cells


class Standing(StrEnum):
    """How a committee stands to its frame."""

    WITHIN = "within"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee's net costs, in any unit of money: frame of the year, outcome and budget to date, forecast.

    ``judged`` is what is held against the frame: the forecast, or the outcome when the year is closed.
    """

    key: str
    name: str
    frame: Value
    outcome: Value
    phased_budget: Value
    forecast: Value
    is_closed: bool = False
    link: str = ""

    @property
    def judged(self) -> Value:
        """The outcome when the year is closed and nobody forecast, else the forecast."""
        return self.outcome if self.is_closed and isinstance(self.forecast, Missing) else self.forecast

    @property
    def deviation(self) -> Value:
        """Frame minus what is judged, positive when it is good."""
        return deviation(self.judged, self.frame, Measure.NET, Sign.NET_COST)

    @property
    def standing(self) -> Standing:
        """Over the frame, within it (exactly on it too), or not to be said."""
        off = self.deviation
        if isinstance(off, Missing):
            return Standing.UNKNOWN
        return Standing.OVER if off.number < 0 else Standing.WITHIN

    def owes_plan(self, rule: Limit = REGULATIONS) -> bool | None:
        """Say whether the committee owes an action plan; None when there is nothing to judge."""
        if isinstance(self.frame, Missing):
            return None
        return owes_plan(self.deviation, self.frame, rule)


def committees_table(year: int, through: int, told: Sequence[Committee]) -> Table:
    """Lay the committees under each other with their sum, January to a month (1-12); a column in which one is missing
    has no sum.
    """
    period, now, words = Period.year(year), to_date(year, through), months_in_words(year, through)
    columns: tuple[Column, ...] = (
        Column("frame", f"Ram {year}", ColumnRole.BUDGET, period),
        Column("phased", f"Budget {words}", ColumnRole.PHASED_BUDGET, now),
        Column("outcome", f"Utfall {words}", ColumnRole.OUTCOME, now),
        Column("to-date", f"Avvikelse {words}", ColumnRole.DEVIATION, now),
        Column("forecast", "Helårsprognos", ColumnRole.FORECAST, period),
        Column("deviation", "Avvikelse mot ramen", ColumnRole.DEVIATION, period),
    )
    if told and all(one.is_closed and isinstance(one.forecast, Missing) for one in told):
        columns = tuple(one for one in columns if one.role is not ColumnRole.FORECAST)  # the year is what it became
    rows = [Row(one.key, one.name, measure=Measure.NET, subject=f"unit:{one.key}", link=one.link) for one in told]
    cells: dict[tuple[str, str], Cell] = {}
    for one in told:
        values = {
            "frame": one.frame, "phased": one.phased_budget, "outcome": one.outcome,
            "to-date": deviation(one.outcome, one.phased_budget, Measure.NET, Sign.NET_COST),
            "forecast": one.forecast, "deviation": one.deviation,
        }  # fmt: skip
        cells |= {(one.key, column.key): Cell(_mnkr(values[column.key])) for column in columns}
    total = Row("sum", "Kommunens nämnder", RowRole.SUM, measure=Measure.NET)
    table = Table("namnder", f"Nämnderna {year}", columns, (*rows, total), cells, MNKR, Sign.NET_COST)
    for column in columns:
        table = table.with_cell("sum", column.key, Cell(sum_cells(table, [row.key for row in rows], column.key)))
    return table


def _mnkr(value: Value) -> Value:
    return value.to(MNKR) if isinstance(value, Quantity) else value
