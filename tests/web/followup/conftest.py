"""Exempelköping with a ledger of two years and a budget, and a limit from which forecasts must be explained.

Kronor of 2024 to August: ekonomistaben 800 000 (budget 1 200 000 for the year), hr-staben 480 000 of costs and
80 000 of income (budget 600 000), klf itself 40 000; the year before the same each month.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.web.conftest import Tiny
from tests.web.ledger.conftest import budget_of, codes, home, put, year_of  # noqa: F401  # fixtures
from uppsikt.core.economy import Entry
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.models import ForecastLimit
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor

AUGUST = "delar-augusti-2024"
APRIL = "delar-april-2024"
LIMIT = "Budgetreglerna § 3"


def thousandfold(entries: list[Entry]) -> list[Entry]:
    return [replace(one, amount=one.amount * 1000) for one in entries]


@pytest.fixture
def books(put, codes: Tiny) -> Tiny:  # noqa: F811  # fixtures
    """The ledger to August, the budget of the year, a reporting date in April and the municipality's limit."""
    put(thousandfold([*year_of(2023), *year_of(2024, 8)]))
    put(thousandfold(budget_of(2024)), source="Budget")
    with recording(Actor(codes.municipality.pk, "Inläsning"), why="Tillfälle och gräns") as pen:
        codes.dates[APRIL] = pen.create(
            ReportingDate, municipality=codes.municipality, slug=APRIL, name="Delår april 2024", kind="interim",
            on=date(2024, 4, 30), year=2024,
        )  # fmt: skip
        pen.create(
            ForecastLimit, municipality=codes.municipality, kind="comment", valid_from=date(2020, 1, 1),
            percent=Decimal(2), amount=Decimal(1_000_000), source=LIMIT,
        )  # fmt: skip
    return codes


@pytest.fixture
def whole(books: Tiny, put) -> Tiny:  # noqa: F811  # fixtures
    """The ledger of the whole year."""
    put(thousandfold(year_of(2024)))
    return books
