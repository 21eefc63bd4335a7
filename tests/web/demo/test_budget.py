"""The printed committee budget of 2020: adopted for everybody, with what the document leaves unexplained."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from uppsikt.core.economy import EntryKind
from uppsikt.core.quantities import Missing, Quantity
from uppsikt.facts import Where
from uppsikt.web.budget import selectors
from uppsikt.web.budget.models import BudgetVersion
from uppsikt.web.budget.selectors.changes import change_page
from uppsikt.web.cycle.here import here_at
from uppsikt.web.demo.services import load_demo
from uppsikt.web.followup.selectors.books import LedgerAt
from uppsikt.web.ledger.selectors import ledger_of, statements
from uppsikt.web.organisation.asking import programs, reader


def _kronor(value: object) -> int | None:
    return int(value.number) if isinstance(value, Quantity) else None


def test_the_frame_is_spread_as_the_document_prints_it(loaded: object, db: None) -> None:
    (actor,) = programs("Prov")
    version = BudgetVersion._default_manager.select_related("unit").get(year=2020)
    page = selectors.version_page(here_at(actor, "kommunstyrelsen", "internbudget-2020"), version)
    assert version.is_example
    assert [_kronor(year.frame) for year in page.years] == [460_375_000, 452_855_000, 440_541_000, 437_395_000]
    assert str(page.frame.now.decision) == "KS 2019-10-22 § 315"
    # The divisions were given 2 200 tkr more than the frame; their lines lack 102 tkr of it. Both are as printed.
    now = page.now
    told = [_kronor(one) for one in (now.given, now.left_to_give, now.spread, now.left)]
    assert told == [462_575_000, -2_200_000, 460_273_000, 102_000]
    assert {one.unit.slug: _kronor(one.left) for one in page.units if one.left and one.left.number} == {
        "kommunledning": -1_000, "ekonomistaben": 2_202_000, "kommunikationsstaben": 100_000,
        "administrativa-staben": 1_000,
    }  # fmt: skip


def test_each_divisions_change_is_explained_but_for_one(loaded: object, db: None) -> None:
    (actor,) = programs("Prov")
    version = BudgetVersion._default_manager.select_related("unit").get(year=2020)
    units = change_page(here_at(actor, "kommunstyrelsen", "internbudget-2020"), version).units
    assert len(units) == 8
    assert {one.unit.slug: _kronor(one.rest) for one in units if not one.is_explained} == {"ekonomistaben": 2_200_000}


WHOLE_YEAR = Where(frozenset({EntryKind.BUDGET}), 202001, 202012)
ROOM = "/kommunstyrelsen/internbudget-2020/budget/"


@pytest.mark.usefixtures("loaded_with_ledger", "db")
def test_the_budget_is_adopted_and_its_lines_are_the_ledgers_only_budget_of_the_year() -> None:
    version = BudgetVersion._default_manager.get(year=2020, kind="adopted")
    assert str(version.decision) == "KS 2019-10-22 § 315"
    lines = version.lines.filter(year=2020)
    (booked,) = ledger_of(reader()).sums((), WHOLE_YEAR)
    assert booked.amount == sum(Decimal(one.amount) for one in lines) == 460_273_000
    assert booked.rows == sum(sum(map(bool, one.months)) for one in lines)


@pytest.mark.usefixtures("loaded_with_ledger", "db")
def test_a_second_time_the_budget_is_neither_adopted_nor_counted_again() -> None:
    before = BudgetVersion._default_manager.count(), ledger_of(reader()).sums((), WHOLE_YEAR)
    load_demo()
    assert (BudgetVersion._default_manager.count(), ledger_of(reader()).sums((), WHOLE_YEAR)) == before


@pytest.mark.usefixtures("loaded_with_ledger", "db")
def test_who_has_not_signed_in_reads_the_adopted_budget_and_not_the_scenario() -> None:
    page = Client().get(ROOM).content.decode()
    assert "Internbudget 2020" in page
    assert "Planåren 2021–2023, scenario" not in page
    scenario = BudgetVersion._default_manager.get(year=2020, kind="scenario")
    assert scenario.is_draft
    years = {one.year for one in scenario.lines.all()}
    assert years == {2020, 2021, 2022, 2023}
    assert sum(one.amount for one in scenario.lines.filter(year=2021)) == 452_855_000


@pytest.mark.usefixtures("loaded_with_ledger", "db")
def test_what_nobody_has_budgeted_is_missing_beside_what_is_adopted() -> None:
    place = here_at(reader(), "kommunstyrelsen", "internbudget-2020")
    by_slug = {one.slug: one for one in place.units}
    told = statements(reader(), by_slug["kommunstyrelsen"], 2020, 12)
    assert _kronor(told.table.value("summa", "budget-2020")) == 460_273
    for key in ("vss", "leanlink", "summa-intaktsfinansierat"):
        assert isinstance(told.beside.value(key, "budget-2020"), Missing)
    books = LedgerAt.of(reader(), place.reporting_date).books_of([by_slug["klf"], by_slug["bildningsnamnden"]])
    budgets = {unit.slug: books[unit.pk].budget.costs for unit in (by_slug["klf"], by_slug["bildningsnamnden"])}
    assert isinstance(budgets["klf"], Quantity)
    assert budgets["bildningsnamnden"].text == "ingen budget är inläst för enheten"
