"""Which entries a figure is the sum of, and whether they agree with what is printed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from uppsikt.core.economy import EntryKind, Side
from uppsikt.core.economy.unfolding import SINCE_START, agreement, behind, deviation_terms
from uppsikt.core.periods import Period
from uppsikt.core.quantities import COUNT, KR, MNKR, TKR, Quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table

AT = date(2024, 12, 31)
YEAR, BEFORE = Period.year(2024), Period.year(2023)
OUTCOME = Column("outcome", "Utfall", ColumnRole.OUTCOME, YEAR)
BUDGET = Column("budget", "Budget", ColumnRole.BUDGET, YEAR)
LAST = Column("last", "Föregående", ColumnRole.LAST_YEAR, BEFORE)
TO_DATE = Column("to-date", "Augusti", ColumnRole.OUTCOME, Period.to_date(date(2024, 8, 31)))
FORECAST = Column("forecast", "Prognos", ColumnRole.FORECAST, YEAR)
ALL_BUDGET = Column("all-budget", "Beslutad budget", ColumnRole.BUDGET, None, "Sedan start")
ALL_OUTCOME = Column("all-outcome", "Utfall", ColumnRole.OUTCOME, None, "Sedan start")
NET = frozenset({Side.COSTS, Side.INCOME})


def table(*rows: Row, sign: Sign = Sign.NET_COST, unit=MNKR, **cells: str) -> Table:
    made = {tuple(place.split("__")): Cell(Quantity(Decimal(number), unit)) for place, number in cells.items()}
    columns = (OUTCOME, BUDGET, LAST, TO_DATE, FORECAST, ALL_BUDGET, ALL_OUTCOME)
    named = {(row, column.replace("_", "-")): cell for (row, column), cell in made.items()}
    return Table("t", "T", columns, rows, named, unit, sign)


def asked(row: Row, column: Column, **more):
    return behind(table(row, **more), row, column, "kommunstyrelsen", AT)


UNIT = Row("a", "A", measure=Measure.NET, subject="unit:ekonomistaben")
COSTS = Row("c", "varav kostnader", RowRole.OF_WHICH, None, Measure.COSTS, "unit:ekonomistaben")
INCOME = Row("i", "varav intäkter", RowRole.OF_WHICH, None, Measure.INCOME, "unit:ekonomistaben")


@pytest.mark.parametrize(
    ("column", "kind", "first", "last"),
    [
        (OUTCOME, EntryKind.OUTCOME, 202401, 202412),
        (BUDGET, EntryKind.BUDGET, 202401, 202412),
        (LAST, EntryKind.OUTCOME, 202301, 202312),
        (TO_DATE, EntryKind.OUTCOME, 202401, 202408),
    ],
)
def test_the_column_says_when_and_what_kind(column, kind, first, last):
    found = asked(UNIT, column)
    assert (found.kind, found.first, found.last, found.unit, found.sides) == (kind, first, last, "ekonomistaben", NET)


def test_the_row_says_which_side_and_its_sign():
    assert asked(COSTS, OUTCOME).sides == {Side.COSTS}
    assert asked(INCOME, OUTCOME).sides == {Side.INCOME}
    assert asked(INCOME, OUTCOME).told(Decimal("-250.10")) == Quantity(Decimal("250.10"), KR)
    assert asked(COSTS, OUTCOME).told(Decimal("250.10")) == Quantity(Decimal("250.10"), KR)
    assert asked(UNIT, OUTCOME).told(Decimal("-9.8")) == Quantity(Decimal("-9.8"), KR)


def test_a_result_is_the_net_cost_turned():
    assert asked(UNIT, OUTCOME, sign=Sign.RESULT).told(Decimal("9.8")) == Quantity(Decimal("-9.8"), KR)
    assert asked(COSTS, OUTCOME, sign=Sign.RESULT).told(Decimal("9.8")) == Quantity(Decimal("9.8"), KR)
    assert str(asked(UNIT, OUTCOME, sign=Sign.RESULT).told(Decimal("0")).number) == "0"


def test_an_activity_is_the_statement_s_own_unit():
    found = asked(Row("v", "220", measure=Measure.NET, subject="activity:220"), OUTCOME)
    assert (found.unit, found.activities, found.whole) == ("kommunstyrelsen", ("220",), False)


SPENT = Column("spent", "Kostnader", ColumnRole.EXPENDITURE, YEAR)
PAID = Column("paid", "Statlig ersättning", ColumnRole.RECEIPTS, YEAR)
REST = Column("rest", "Avvikelse", ColumnRole.DEVIATION, YEAR)


def test_the_reception_is_told_of_the_whole_municipality_cost_and_compensation_each_for_itself():
    parts = [Row(code, code, subject=f"activity:{code}") for code in ("6001", "6002")]
    total = Row("summa", "Summa", RowRole.SUM)
    made = Table("r", "R", (SPENT, PAID, REST), (*parts, total), {}, TKR, Sign.PLAIN)
    found = {one.key: told for one in made.columns if (told := behind(made, total, one, "", AT))}
    assert [(found[key].unit, found[key].activities) for key in ("spent", "paid")] == [("", ("6001", "6002"))] * 2
    assert (found["spent"].sides, found["paid"].sides) == ({Side.COSTS}, {Side.INCOME})
    assert found["paid"].told(Decimal(-4)) == Quantity(Decimal(4), KR)
    assert deviation_terms(made, REST, found) == ("paid", "spent")
    assert behind(made, parts[0], SPENT, "", AT).activities == ("6001",)


@pytest.mark.parametrize(
    ("sign", "terms"), [(Sign.NET_COST, ("budget", "outcome")), (Sign.RESULT, ("outcome", "budget"))]
)
def test_a_deviation_takes_the_outcome_from_the_budget_but_the_budget_from_a_result(sign, terms):
    made = table(UNIT, sign=sign)
    found = {one.key: told for one in made.columns if (told := behind(made, UNIT, one, "kommunstyrelsen", AT))}
    assert deviation_terms(made, Column("d", "Avvikelse", ColumnRole.DEVIATION, YEAR), found) == terms
    assert deviation_terms(made, Column("d", "Avvikelse", ColumnRole.DEVIATION, Period.year(2022)), found) is None


@pytest.mark.parametrize(
    ("row", "column", "unit"),
    [
        (UNIT, FORECAST, MNKR),
        (UNIT, ALL_OUTCOME, MNKR),
        (UNIT, OUTCOME, COUNT),
        (Row("n", "Not", RowRole.NOTE, subject="unit:ekonomistaben"), OUTCOME, MNKR),
        (Row("h", "Rubrik", RowRole.HEADING, subject="unit:ekonomistaben"), OUTCOME, MNKR),
        (Row("t", "Konsulter"), OUTCOME, MNKR),
    ],
)
def test_what_is_not_the_sum_of_entries_has_none(row, column, unit):
    assert asked(row, column, unit=unit) is None


HALL = Row("hall", "Simhall", parent="inom", subject="project:simhall")
DESKS = Row("desks", "Inventarier", parent="inom", subject="project:inventarier")
TOTAL = Row("summa", "Summa", RowRole.SUM, "inom")
PROJECTS = table(
    Row("inom", "Inom ram", RowRole.HEADING), HALL, DESKS, TOTAL,
    hall__budget="10", hall__all_budget="90", desks__budget="5", desks__all_budget="5",
)  # fmt: skip


def test_a_project_is_told_since_its_start_and_a_yearly_frame_for_its_year():
    hall, desks = (behind(PROJECTS, row, ALL_OUTCOME, "ks", AT) for row in (HALL, DESKS))
    assert (hall.first, hall.last, hall.projects, hall.sides) == (
        SINCE_START, 202412, ("simhall",), {Side.INVESTMENT},
    )  # fmt: skip
    assert (desks.first, desks.last) == (202401, 202412)


def test_what_is_decided_for_a_project_is_no_entry():
    assert behind(PROJECTS, HALL, ALL_BUDGET, "ks", AT) is None
    assert behind(PROJECTS, DESKS, ALL_BUDGET, "ks", AT).kind is EntryKind.BUDGET


def test_a_sum_of_projects_is_their_entries_where_they_are_of_the_same_time():
    assert behind(PROJECTS, TOTAL, OUTCOME, "ks", AT).projects == ("simhall", "inventarier")
    assert behind(PROJECTS, TOTAL, ALL_OUTCOME, "ks", AT) is None


def test_investments_in_an_overview_are_all_of_the_unit_that_the_row_names():
    named = asked(Row("investeringar", "Investeringar", subject="unit:kommunstyrelsen"), OUTCOME)
    unnamed = asked(Row("investeringar", "Investeringar"), OUTCOME)
    assert (named.unit, named.whole, named.sides) == ("kommunstyrelsen", True, {Side.INVESTMENT})
    assert (unnamed.unit, unnamed.whole) == ("kommunstyrelsen", False)


@pytest.mark.parametrize(
    ("booked", "holds"),
    [
        ("168116500.00", True),
        ("168117499.99", True),
        ("168117500.00", True),
        ("168117500.01", False),
        ("168116499.99", False),
    ],
)
def test_a_printed_figure_agrees_within_half_of_its_last_digit(booked, holds):
    found = agreement(Quantity(Decimal(168117), TKR, 0), Quantity(Decimal(booked), KR))
    assert found.holds is holds


def test_the_difference_is_told_in_the_printed_unit_with_a_digit_more():
    found = agreement(Quantity(Decimal("12.3"), MNKR, 1), Quantity(Decimal(12_412_345), KR))
    assert found.difference == Quantity(Decimal("0.112345"), MNKR, 2)
