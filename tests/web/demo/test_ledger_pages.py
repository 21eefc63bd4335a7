"""Every total of the demonstration's pages unfolds to entries that add up to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils.http import urlencode

from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import ColumnRole, RowRole
from uppsikt.web.cycle.here import Here, here_at
from uppsikt.web.demo.ledger.printed import CONTRADICTIONS
from uppsikt.web.demo.placing.ledger import SOURCE, place_ledger
from uppsikt.web.demo.services import LoadResult, load_demo
from uppsikt.web.economy.models import Statement
from uppsikt.web.economy.selectors import key_figures, row_page, tables_at
from uppsikt.web.economy.selectors.rows import RowPage
from uppsikt.web.history.models import Change
from uppsikt.web.ledger.models import LedgerCode, Load, LoadedPart, Source
from uppsikt.web.ledger.selectors import Asked
from uppsikt.web.ledger.selectors.entries import entries_behind
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Municipality
from uppsikt.web.staff.selectors import reception_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_with_ledger")]

DATES = ("bokslut-2019", "bokslut-2024")
MONEY = {
    Statement.Kind.OVERVIEW, Statement.Kind.BY_UNIT, Statement.Kind.BY_ACTIVITY, Statement.Kind.INVESTMENT,
    Statement.Kind.RECEPTION,
}  # fmt: skip


def here(at: str, unit: str = "kommunstyrelsen") -> Here:
    return here_at(Actor(Municipality._default_manager.get().pk), unit, at)


def rows_of(at: str) -> Iterator[RowPage]:
    place = here(at)
    for table in tables_at(place.actor, place.unit, place.reporting_date, MONEY):
        for row in table.rows:
            if row.role is not RowRole.HEADING:
                yield row_page(place, table.key, row.key)


def listed(place: Here, link: str) -> Quantity:
    """Give what the page of entries says that its entries come to, as booked."""
    asked = Asked.of({word: values[0] for word, values in parse_qs(urlsplit(link).query).items()})
    return entries_behind(place, asked).total


@pytest.mark.parametrize("at", DATES)
def test_every_figure_agrees_with_its_entries_but_for_those_that_the_reports_contradict(at):
    missed, known = set(), 0
    for page in rows_of(at):
        told = page.unfolding
        for one in (*told.known, *told.deviations) if told else ():
            known += 1
            if one.agreement is not None and not one.agreement.holds:
                missed.add(f"{at}/{page.table.key}/{page.row.key}/{one.column.key}")
    assert known > 110
    assert missed == {name for name in CONTRADICTIONS if name.startswith(at)}


@pytest.mark.parametrize("at", DATES)
def test_every_total_unfolds_to_listed_entries_that_add_up_to_it(at):
    place, sums = here(at), 0
    for page in rows_of(at):
        if page.row.role not in (RowRole.SUM, RowRole.OF_WHICH) or page.unfolding is None:
            continue
        for one in page.unfolding.known:
            assert one.rows > 0 or not one.amount.number, (page.table.key, page.row.key, one.column.key)
            total = sum((listed(place, way.link).number for way in one.ways), Decimal(0))
            assert abs(total) == abs(one.amount.number), (page.table.key, page.row.key, one.column.key)
            sums += 1
    assert sums >= 20


@pytest.mark.parametrize("at", DATES)
def test_every_total_of_money_has_entries_or_says_why_not(at):
    """A total in a column of outcome, budget or last year is followed to entries: none is passed over unseen."""
    asked = {ColumnRole.OUTCOME, ColumnRole.EXPENDITURE, ColumnRole.BUDGET, ColumnRole.LAST_YEAR}
    passed = set()
    for page in rows_of(at):
        found = {one.column.key for one in page.unfolding.figures} if page.unfolding else set()
        for column, cell in page.figures:
            if isinstance(cell.value, Quantity) and column.role in asked and column.key not in found:
                passed.add(f"{page.table.key}/{page.row.key}/{column.key}")
    assert passed == {
        "bokslut-2019": {"by-unit-1/budgetram/budget-2019"},
        # What is decided for a project is no entry, and parts that began at different times are no one set of them.
        "bokslut-2024": {
            "investment-1/simhallen/budget-sedan-start", "investment-1/summa/budget-sedan-start",
            "investment-1/summa/outcome-sedan-start", "investment-2/summa-alla/budget-2024",
            "investment-2/summa-alla/budget-sedan-start", "investment-2/summa-alla/outcome-2024",
            "investment-2/summa-alla/outcome-sedan-start",
        },
    }[at]  # fmt: skip


@pytest.mark.parametrize("unit", ["kommunstyrelsen", "vss", "ekonomistaben"])
@pytest.mark.parametrize("at", DATES)
def test_the_key_figures_of_the_overview_unfold(unit, at):
    place = here(at, unit)
    figures = key_figures(place.actor, place.unit, place.reporting_date)
    assert figures is not None
    page = row_page(place, figures.table.key, figures.rows[0].key)
    assert page.unfolding is not None
    told = {one.column.role: one for one in page.unfolding.known}
    assert told[ColumnRole.OUTCOME].agreement.printed == figures.outcome
    assert told[ColumnRole.OUTCOME].agreement.holds
    assert told[ColumnRole.BUDGET].agreement.holds


def test_accounts_are_the_same_total():
    told = row_page(here("bokslut-2024"), "by-unit-1", "summa").unfolding
    for number, one in enumerate(told.known):
        amounts = [line.amounts[number] for line in told.accounts]
        assert sum(each.number for each in amounts if isinstance(each, Quantity)) == one.amount.number
    assert [unit.slug for unit in told.without] == ["vss"]
    assert told.is_synthetic


def test_a_sum_among_the_rows_is_judged_by_its_own_rows():
    """The sum of what is outside the frame is printed as 0 and its one row is 737: nothing else is wrong with it."""
    parts = row_page(here("bokslut-2019"), "investment-1", "summa").parts
    broken = {line.row.key: line.broken for line in parts.lines if line.broken}
    ((columns, check),) = broken["summa-investeringar-utom-ram"]
    assert (columns, check.counted.number, check.printed.number) == ("Bokslut 2019 Utgifter", 737, 0)
    assert "summa-investeringar-inom-ram" not in broken


def test_a_page_tells_it_in_words():
    text = Client().get("/kommunstyrelsen/bokslut-2019/ekonomi/rad/overview-1/summa-kostnader/").content.decode()
    assert "Posterna är påhittade för demonstrationen" in text
    assert "Tryckt är 582\u00a0162\u00a0tkr: redovisningen skiljer 2\u00a0845,4\u00a0tkr, mer än avrundning." in text
    assert "Det visas som 562\u00a0220\u00a0tkr och stämmer." in text
    assert f"Källa: {SOURCE}" in text


def test_a_year_without_ledger_says_so():
    page = row_page(here("delar-augusti-2018"), "to-date-1", "summa")
    assert all("inte inläst" in one.lacking for one in page.unfolding.figures)


def test_the_adopted_budget_of_2020_unfolds_and_its_source_is_named():
    page = row_page(here("internbudget-2020"), "by-unit-1", "kommunledning")
    told = next(one for one in page.unfolding.known if one.column.key == "budget-2020")
    assert told.amount.number == 160_965_000  # the lines that the document prints come to one tkr more than its sum
    assert page.unfolding.sources == ("Budget Kommunstyrelsen 2020", SOURCE)  # 2020 from one, 2019 from the other
    (way,) = told.ways
    assert listed(here("internbudget-2020"), way.link) == told.amount


@pytest.mark.parametrize(
    ("statement", "row"), [("by-unit-2", "intakter"), ("by-unit-3", "kostnader"), ("investment-1", "simhallen")]
)
def test_a_budget_that_nobody_has_loaded_is_missing_beside_one_that_is_adopted(statement, row):
    told = row_page(here("internbudget-2020"), statement, row).unfolding
    lacking = {one.column.key: one.lacking for one in told.lacking}
    assert "ingen budget för 2020 är inläst" in lacking["budget-2020"]


def test_a_figure_names_only_the_sources_of_its_own_months():
    assert row_page(here("bokslut-2024"), "by-unit-1", "summa").unfolding.sources == (SOURCE,)


def test_the_reception_of_refugees_unfolds_part_by_part():
    place = here("bokslut-2024")
    told = row_page(place, "reception-1", "summa").unfolding
    assert [one.agreement.holds for one in told.known] == [True, True]
    cost = next(one for one in told.known if one.column.key == "expenditure-2024")
    assert [way.label for way in cost.ways] == ["6001", "6002"]
    assert sum(listed(place, way.link).number for way in cost.ways) == cost.amount.number
    (deviation,) = told.deviations
    assert deviation.agreement.holds
    page = reception_page(place)
    assert [one.name for one in page.entered] == [
        "HVB inkl stödboende",
        "Familjehem",
        "Funktionshindrade",
        "Kvotflyktingar",
        "Tomhyror",
    ]
    assert not any(one.costs.differs or one.received.differs for one in page.entered)
    linked = [one.costs.link for one in page.entered if one.costs.link]
    assert sum(listed(place, link).number for link in linked).to_integral_value() // 1000 in (24_436, 24_437)


def test_the_page_of_entries_shows_texts_of_an_open_source():
    query = urlencode({"slag": "utfall", "enhet": "ekonomistaben", "fran": "202407", "till": "202407"})
    page = Client().get(f"/kommunstyrelsen/bokslut-2024/redovisning/poster/?{query}")
    assert page.status_code == 200
    assert "Månadslöner" in page.content.decode()


def test_a_second_time_nothing_is_written(loaded_with_ledger: LoadResult):
    before = [model._default_manager.count() for model in (Change, Load, LoadedPart, LedgerCode)]
    assert loaded_with_ledger.entries > 60_000
    assert f"{loaded_with_ledger.entries} påhittade poster" in loaded_with_ledger.text
    assert load_demo().entries == 0
    assert [model._default_manager.count() for model in (Change, Load, LoadedPart, LedgerCode)] == before
    assert place_ledger(Actor(Municipality._default_manager.get().pk, "Någon")) == 0
    assert not Source._default_manager.exclude(texts_open=True).exists()


def test_the_control_total_is_what_is_stored(loaded_with_ledger: LoadResult):
    load = Load._default_manager.get(source__name=SOURCE)
    parts = LoadedPart._default_manager.filter(is_current=True, source__name=SOURCE)
    assert load.rows == sum(one.rows for one in parts) == loaded_with_ledger.entries
    assert load.total == sum(one.total for one in parts)
    assert not sum(one.total for one in parts if one.kind == "outcome")  # every voucher balances
