"""A unit through the years, told by reports that follow different conventions."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.core.quantities import Missing, Quantity
from uppsikt.core.tables import Sign, Table
from uppsikt.web.economy.selectors import series
from uppsikt.web.organisation.models import Unit


def told(number: str, role: str, year: str, sign: Sign, report: str) -> series._Told:
    return series._Told(
        number,
        Decimal(number),
        1,
        "Enheten",
        role,
        role,
        year,
        "Driftsammandrag",
        "mnkr",
        sign.value,
        report,
        "",
        report,
    )


def through_the_years(*figures: series._Told) -> Table:
    made = series._table(Unit(slug="vss", name="VSS"), list(figures), "")
    assert made is not None
    return made


def number(table: Table, year: str, role: str) -> Decimal | None:
    value = table.value(year, role)
    assert isinstance(value, Quantity | Missing)
    return value.number if isinstance(value, Quantity) else None


def test_a_surplus_told_as_negative_cost_is_a_positive_result_beside_later_years() -> None:
    table = through_the_years(
        told("-17.3", "outcome", "2019", Sign.NET_COST, "Bokslut 2019"),
        told("16.8", "deviation", "2019", Sign.NET_COST, "Bokslut 2019"),
        told("-9.8", "outcome", "2024", Sign.RESULT, "Bokslut 2024"),
    )
    assert table.sign is Sign.RESULT
    assert number(table, "2019", "outcome") == Decimal("17.3")
    assert number(table, "2019", "deviation") == Decimal("16.8")
    assert number(table, "2024", "outcome") == Decimal("-9.8")


def test_a_deviation_stands_only_beside_the_outcome_that_it_was_told_with() -> None:
    table = through_the_years(
        told("400.1", "forecast", "2018", Sign.NET_COST, "Delår 2018"),
        told("13.6", "deviation", "2018", Sign.NET_COST, "Delår 2018"),
        told("472.8", "last_year", "2018", Sign.NET_COST, "Bokslut 2019"),
        told("462.1", "outcome", "2019", Sign.NET_COST, "Bokslut 2019"),
        told("20.5", "deviation", "2019", Sign.NET_COST, "Bokslut 2019"),
    )
    assert number(table, "2018", "outcome") == Decimal("472.8")
    assert number(table, "2018", "deviation") is None
    assert number(table, "2019", "deviation") == Decimal("20.5")
