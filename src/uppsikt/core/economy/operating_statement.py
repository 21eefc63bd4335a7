"""The operating statement (driftsammandrag) made of entries: outcome, phased budget, deviation, budget, last year.

Sums are made of unrounded kronor. What is not loaded is missing and says why; a sum that lacks a part is missing.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from uppsikt.core.economy.sides import Sides, sum_sides
from uppsikt.core.economy.signs import deviation, net
from uppsikt.core.periods import MONTHS, Period
from uppsikt.core.quantities import TKR, Missing, Unit, Value
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table

OUTCOME, PHASED, BUDGET, LAST_YEAR = "outcome", "phased_budget", "budget", "last_year"
AMOUNTS = (OUTCOME, PHASED, BUDGET, LAST_YEAR)
Amounts = Mapping[str, Sides | Missing]  # by the four words above; one that is absent is zero


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a statement: what it is about, and its sides for each kind of amount.

    ``link`` is where its entries are; ``costs_link`` and ``income_link`` are those of a sum's two sides.
    """

    key: str
    label: str
    amounts: Amounts = field(default_factory=dict)
    subject: str = ""
    link: str = ""
    costs_link: str = ""
    income_link: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement is of: ``through`` is the last month (1-12) of the outcome."""

    key: str
    title: str
    year: int
    through: int
    sign: Sign = Sign.NET_COST
    unit: Unit = TKR


def operating_statement(of: Statement, lines: Sequence[Line], total: Line, absent: Mapping[str, Missing]) -> Table:
    """Make the statement: the lines, their sum, and of which costs and income.

    ``total`` names the sum's row (its amounts are made here, of the lines). ``absent`` says of which kinds of
    amounts nothing is known, and why: those cells are missing in every row.
    """
    filled = [_with(line, absent) for line in lines]
    summed = {kind: absent.get(kind) or sum_sides(_of(line, kind) for line in lines) for kind in AMOUNTS}
    rows = [(_item(line), line.amounts) for line in filled]
    rows += [(row, summed) for row in _sum_rows(total)]
    columns = _columns(of)
    cells = {
        (row.key, column.key): Cell(_value(of, column.role, row.measure, amounts))
        for row, amounts in rows
        for column in columns
    }
    return Table(
        of.key, of.title, columns, tuple(row for row, _ in rows), cells, of.unit, of.sign, total.link
    )  # fmt: skip


def to_date(year: int, through: int) -> Period:
    """Give the year up to and including a month; the whole year when that is December."""
    if through == len(MONTHS):
        return Period.year(year)
    return Period.to_date(date(year, through, monthrange(year, through)[1]))


def months_in_words(year: int, through: int) -> str:
    """Say which months: "2024", "januari 2024", "januari–augusti 2024"."""
    if through == len(MONTHS):
        return str(year)
    return f"{MONTHS[0]} {year}" if through == 1 else f"{MONTHS[0]}–{MONTHS[through - 1]} {year}"


def _columns(of: Statement) -> tuple[Column, ...]:
    now, before = to_date(of.year, of.through), to_date(of.year - 1, of.through)
    words = months_in_words(of.year, of.through)
    return (
        Column(f"{OUTCOME}-{of.year}", f"Utfall {words}", ColumnRole.OUTCOME, now),
        Column(f"{PHASED}-{of.year}", f"Budget {words}", ColumnRole.PHASED_BUDGET, now),
        Column(f"deviation-{of.year}", "Avvikelse", ColumnRole.DEVIATION, now),
        Column(f"{BUDGET}-{of.year}", f"Budget helår {of.year}", ColumnRole.BUDGET, Period.year(of.year)),
        Column(
            f"{LAST_YEAR}-{of.year - 1}",
            f"Utfall {months_in_words(of.year - 1, of.through)}",
            ColumnRole.LAST_YEAR,
            before,
        ),
    )


def _item(line: Line) -> Row:
    return Row(line.key, line.label, RowRole.ITEM, None, Measure.NET, line.subject, line.link)


def _sum_rows(total: Line) -> tuple[Row, ...]:
    of_which = (
        Row(f"{total.key}-{key}", f"varav {side}", RowRole.OF_WHICH, total.key, measure, total.subject, link)
        for key, side, measure, link in (
            ("kostnader", "kostnader", Measure.COSTS, total.costs_link),
            ("intakter", "intäkter", Measure.INCOME, total.income_link),
        )
    )
    return (Row(total.key, total.label, RowRole.SUM, None, Measure.NET, total.subject, total.link), *of_which)


def _with(line: Line, absent: Mapping[str, Missing]) -> Line:
    amounts = {kind: absent.get(kind) or line.amounts.get(kind) or Sides() for kind in AMOUNTS}
    return replace(line, amounts=amounts)


def _of(line: Line, kind: str) -> Sides:
    found = line.amounts.get(kind)
    return found if isinstance(found, Sides) else Sides()


def _value(of: Statement, role: ColumnRole, measure: Measure, amounts: Amounts) -> Value:
    if role is ColumnRole.DEVIATION:
        outcome, phased = (_told(of, amounts[kind], measure) for kind in (OUTCOME, PHASED))
        unknown = next((one for one in (outcome, phased) if isinstance(one, Missing)), None)
        return unknown or deviation(outcome, phased, measure, of.sign)
    return _told(of, amounts[_KIND_OF[role]], measure)


_KIND_OF = {
    ColumnRole.OUTCOME: OUTCOME,
    ColumnRole.PHASED_BUDGET: PHASED,
    ColumnRole.BUDGET: BUDGET,
    ColumnRole.LAST_YEAR: LAST_YEAR,
}


def _told(of: Statement, sides: Sides | Missing, measure: Measure) -> Value:
    if isinstance(sides, Missing):
        return sides
    if measure is Measure.COSTS:
        return sides.costs.to(of.unit)
    if measure is Measure.INCOME:
        return sides.income.to(of.unit)
    told = net(sides.costs, sides.income, of.sign)
    return told if isinstance(told, Missing) else told.to(of.unit)
