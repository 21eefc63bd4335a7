"""The printed figures contain real errors: the checks find them in the loaded tables, and nothing else."""

from __future__ import annotations

import pytest

from uppsikt.checks import check_tables
from uppsikt.core.findings import Finding
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.selectors import tables_at
from uppsikt.web.organisation.asking import reader
from uppsikt.web.organisation.models import Unit
from uppsikt.web.steering.selectors.tables import indicator_tables_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

WRONG = {
    # reporting date: the tables that hold a printed error, and what it is
    "bokslut-2017": {},
    "delar-augusti-2018": {"forecast-1": "413 683 is not costs less income; the income's deviation has the wrong sign"},
    "bokslut-2019": {
        "overview-1": "costs and income differ from the statement's",
        "investment-1": "737 outside the frame is missing in the sums",
    },
    "internbudget-2020": {
        "overview-1": "costs 544 363 against 546 563; the frame of 2022 with two digits swapped",
        "by-unit-1": "ekonomistaben 49 429 against 47 229",
        "by-unit-2": "VSS 2019 differs from its own statement",
        "by-unit-3": "Leanlink 2019 differs from its own statement",
        "by-unit-4": "the units do not come to 277 147, and 500 is a surplus",
        "forandring-ekonomistaben": "the changes come to 47 229",
        "measures-3": "a measure without its minus sign",
        "division-kommunledning": "costs with two digits swapped",
        "division-hr-staben": "costs with a minus sign",
        "division-kommunikationsstaben": "the rows come to 39 951",
    },
    "bokslut-2024": {
        "by-unit-1": "the divisions of 2023 come to 503,2",
        "reception-2": "the compensation's sum is 0",
        "Medarbetare": "external departures of 2022 and 2023 outside women and men",
    },
}


def test_the_demonstration_has_every_reporting_date() -> None:
    assert set(ReportingDate._default_manager.values_list("slug", flat=True)) == set(WRONG)


@pytest.mark.parametrize("at", WRONG)
def test_the_checks_find_the_printed_errors_and_nothing_else(at: str) -> None:
    actor, date = reader(), ReportingDate._default_manager.get(slug=at)
    board = Unit._default_manager.get(slug="kommunstyrelsen")
    tables = [*tables_at(actor, board, date), *indicator_tables_at(actor, board, date)]
    found = [one for one in check_tables(tables) if not one.explained_by_rounding]
    assert {named(one) for one in found} == set(WRONG[at])


def named(finding: Finding) -> str:
    """Name the table: an indicator table by its goal area, since its key is a number."""
    indicators = finding.place.table.startswith("indikatorer-")
    return finding.place.title.split(":")[0] if indicators else finding.place.table
