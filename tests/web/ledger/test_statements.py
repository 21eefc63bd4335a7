"""The statement from entries: its columns, its two cuts, its signs, and what it says when something is not loaded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import Tiny
from tests.web.ledger.conftest import AUGUST, OUTCOME, LoadEntries, budget_of, entry, year_of
from uppsikt.core.economy import Entry
from uppsikt.core.quantities import KR, Missing, Quantity, Value
from uppsikt.core.tables import Sign, Table
from uppsikt.web.cycle.here import Here
from uppsikt.web.history.services import recording
from uppsikt.web.ledger import selectors
from uppsikt.web.ledger.selectors import code_tree, last_day
from uppsikt.web.ledger.selectors.entries import Behind, entries_behind
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit


def number(value: Value) -> Decimal:
    assert isinstance(value, Quantity), value
    return value.number


def row(table: Table, key: str) -> list[str]:
    told = [table.value(key, column.key) for column in table.columns]
    return [f"{one.number:f}" if isinstance(one, Quantity) else one.text for one in told]


def test_statement_of_an_administration(codes: Tiny, put: LoadEntries) -> None:
    put([*year_of(2023), *year_of(2024, 8)])
    put(budget_of(2024), source="Budget")
    made = selectors.statement(codes.reader, codes.units["klf"], 2024, 8, unit_of_money=KR)
    assert [one.key for one in made.columns] == [
        "outcome-2024", "phased_budget-2024", "deviation-2024", "budget-2024", "last_year-2023",
    ]  # fmt: skip
    assert [one.key for one in made.rows] == [
        "ekonomistaben", "hr-staben", "gemensamt", "summa", "summa-kostnader", "summa-intakter",
    ]  # fmt: skip
    assert row(made, "ekonomistaben") == ["800.00", "800.00", "0.00", "1200.00", "800.00"]
    assert row(made, "hr-staben") == ["400.00", "400.00", "0.00", "600.00", "400.00"]
    assert row(made, "gemensamt") == ["40.00", "0", "-40.00", "0", "40.00"]
    assert row(made, "summa") == ["1240.00", "1200.00", "-40.00", "1800.00", "1240.00"]
    assert row(made, "summa-kostnader") == ["1320.00", "1200.00", "-120.00", "1800.00", "1320.00"]
    assert row(made, "summa-intakter") == ["80.00", "0", "80.00", "0", "80.00"]


def test_what_a_closed_unit_booked_is_compared_with_the_unit_that_took_over(codes: Tiny, put: LoadEntries) -> None:
    put([*year_of(2022), *year_of(2023)])
    made = selectors.statement(codes.reader, codes.units["klf"], 2023, 12, unit_of_money=KR)
    assert row(made, "hr-staben")[0] == row(made, "hr-staben")[-1] == "600.00"
    before = selectors.statement(codes.reader, codes.units["klf"], 2022, 12, unit_of_money=KR)
    assert row(before, "personalstaben")[0] == "600.00"
    assert "hr-staben" not in [one.key for one in before.rows]


def test_a_responsibility_code_follows_its_unit_to_another_committee(codes: Tiny, put: LoadEntries) -> None:
    put([*year_of(2023), *year_of(2024)])
    hr = codes.units["hr-staben"]
    with recording(Actor(codes.municipality.pk), "HR flyttar") as pen:
        placed = hr.placements.get()
        pen.update(placed, valid_to=date(2024, 7, 1))
        pen.create(type(placed), unit=hr, parent=codes.units["bildningsnamnden"], valid_from=date(2024, 7, 1))
    first = selectors.outcome_by_unit(codes.reader, [codes.units["klf"]], 202401, 202406)
    whole = selectors.outcome_by_unit(
        codes.reader, [codes.units["klf"], codes.units["bildningsnamnden"]], 202401, 202412
    )
    assert first[codes.units["klf"].pk].net.number == Decimal(6 * 155)
    assert whole[codes.units["klf"].pk].net.number == Decimal(12 * 105)
    assert whole[codes.units["bildningsnamnden"].pk].net.number == Decimal(12 * 450)


def test_a_revenue_financed_unit_is_told_by_result(codes: Tiny, put: LoadEntries) -> None:
    put(year_of(2024))
    with recording(Actor(codes.municipality.pk), "Nu intäktsfinansierad") as pen:
        pen.update(codes.units["hr-staben"], financing="revenue")
    made = selectors.statement(codes.reader, codes.units["hr-staben"], 2024, 12, unit_of_money=KR)
    assert made.sign is Sign.RESULT
    assert row(made, "summa")[0] == "-600.00"
    assert row(made, "a-20")[0] == "-600.00"


@pytest.fixture
def paid_by_income(codes: Tiny) -> Tiny:
    """hr-staben lives on its income; klf and kommunstyrelsen are paid by the frame."""
    with recording(Actor(codes.municipality.pk), "Nu intäktsfinansierad") as pen:
        pen.update(codes.units["hr-staben"], financing="revenue")
    return codes


@pytest.mark.parametrize("cut", ["enhet", "verksamhet"])
@pytest.mark.parametrize("slug", ["klf", "kommunstyrelsen"])
def test_what_lives_on_its_income_stands_beside_what_the_frame_pays(
    paid_by_income: Tiny, put: LoadEntries, cut: str, slug: str
) -> None:
    put(year_of(2024))
    here = paid_by_income.here(slug, "bokslut-2024")
    told = selectors.statements(here.actor, here.unit, 2024, 12, cut=cut, unit_of_money=KR, here=here)
    assert row(told.table, "summa")[0] == "1260.00"
    assert number(told.other_total) == Decimal(1260)
    assert "hr-staben" not in [one.key for one in told.table.rows]
    assert told.beside is not None
    assert told.beside.sign is Sign.RESULT
    assert [one.key for one in told.beside.rows] == ["hr-staben"]
    assert row(told.beside, "hr-staben")[0] == "-600.00"


def test_several_that_live_on_their_income_have_a_sum_of_their_own(paid_by_income: Tiny, put: LoadEntries) -> None:
    put(year_of(2024))
    with recording(Actor(paid_by_income.municipality.pk), "Nu intäktsfinansierad") as pen:
        pen.update(paid_by_income.units["ekonomistaben"], financing="revenue")
    here = paid_by_income.here("klf", "bokslut-2024")
    told = selectors.statements(here.actor, here.unit, 2024, 12, unit_of_money=KR, here=here)
    assert row(told.table, "summa")[0] == "60.00"
    assert told.beside is not None
    assert row(told.beside, selectors.TOTAL_BESIDE)[0] == "-1800.00"
    beside = entries_of(here, told.beside.row(selectors.TOTAL_BESIDE).link)
    assert beside.total.number == Decimal(1800)
    assert "intäktsfinansierade enheter under" in beside.words[0]


@pytest.mark.parametrize("cut", ["enhet", "verksamhet"])
@pytest.mark.parametrize("slug", ["klf", "kommunstyrelsen"])
def test_every_link_leads_to_entries_that_sum_to_the_figure(
    paid_by_income: Tiny, put: LoadEntries, cut: str, slug: str
) -> None:
    put(year_of(2024))
    here = paid_by_income.here(slug, "bokslut-2024")
    told = selectors.statements(here.actor, here.unit, 2024, 12, cut=cut, unit_of_money=KR, here=here)
    for table, turned in ((told.table, 1), (told.beside, -1)):
        assert table is not None
        for one in (one for one in table.rows if one.link):
            assert entries_of(here, one.link).total.number * turned == number(table.value(one.key, "outcome-2024"))


def entries_of(here: Here, link: str) -> Behind:
    return entries_behind(here, selectors.Asked.of(dict(parse_qsl(link.partition("?")[2]))))


def test_internal_counterparts_are_left_out_on_request(codes: Tiny, put: LoadEntries) -> None:
    put(year_of(2024))
    klf = codes.units["klf"]
    net = selectors.statement(codes.reader, klf, 2024, 12, unit_of_money=KR, without_internal=True)
    assert row(net, "summa-intakter")[0] == "0"
    assert row(net, "summa")[0] == "1980.00"


def test_what_is_not_loaded_is_missing_and_says_so(codes: Tiny, put: LoadEntries) -> None:
    klf = codes.units["klf"]
    nothing = selectors.statement(codes.reader, klf, 2024, 8)
    assert row(nothing, "summa")[0] == "redovisningen för 2024 är inte inläst"
    assert isinstance(nothing.value("summa", "deviation-2024"), Missing)
    put(year_of(2024, 6))
    partly = selectors.statement(codes.reader, klf, 2024, 8)
    assert row(partly, "summa")[0] == "redovisningen är inläst till och med juni 2024"
    assert row(partly, "summa")[1] == "budgeten för 2024 är inte inläst"
    assert row(selectors.statement(codes.reader, klf, 2024, 6, unit_of_money=KR), "summa")[0] == "930.00"


def test_a_unit_without_codes_has_no_figures(codes: Tiny, put: LoadEntries) -> None:
    put(year_of(2024))
    made = selectors.statement(codes.reader, codes.units["personalstaben"], 2024, 12)
    assert row(made, "summa")[0] == "enheten har inget ansvar i redovisningen"


def test_rows_lead_to_their_entries(codes: Tiny, put: LoadEntries) -> None:
    put(year_of(2024, 8))
    here = codes.here("klf", "delar-augusti-2024")
    made = selectors.statement(codes.reader, codes.units["klf"], 2024, 8, here=here)
    assert made.row("ekonomistaben").link == (
        "/klf/delar-augusti-2024/redovisning/poster/?slag=utfall&enhet=ekonomistaben&fran=202401&till=202408&kontosida=netto"
    )


CODE = st.sampled_from(["10", "20", "21", "90", "50"])
SOME_ENTRIES = st.lists(
    st.builds(
        lambda month, unit, ore, account, activity: Entry(
            OUTCOME, month, account, unit, Decimal(ore).scaleb(-2), activity=activity
        ),
        st.sampled_from([202301, 202302, 202401, 202402]), CODE, st.integers(-(10**12), 10**12),
        st.sampled_from(["3011", "5011", "6011", "4011", "8411", "1510"]), st.sampled_from(["100", "440", ""]),
    ),
    min_size=1, max_size=40,
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SOME_ENTRIES, st.sampled_from(["", "hr-staben", "klf", "ekonomistaben"]))
def test_both_cuts_tell_the_same_total(codes: Tiny, put: LoadEntries, entries: list[Entry], revenue: str) -> None:
    reach(codes.reader, Unit).update(financing="frame")
    reach(codes.reader, Unit).filter(slug=revenue).update(financing="revenue")
    for unit in codes.units.values():
        unit.refresh_from_db()
    put([*entries, *(entry(month, "10", 1) for month in (202301, 202302, 202401, 202402))])
    for slug in ("kommunstyrelsen", "klf", "ekonomistaben", "bildningsnamnden"):
        unit = codes.units[slug]
        told = [selectors.statements(codes.reader, unit, 2024, 2, cut=cut) for cut in ("enhet", "verksamhet")]
        by_unit, by_activity = (one.table for one in told)
        tree = code_tree(codes.reader, last_day(202402))
        beside = {slug for slug, known in codes.units.items() if known.pk in tree.beside(unit.pk)}
        for one in told:
            total = one.table.value("summa", "outcome-2024")
            assert one.other_total == total
            assert {row.key for row in one.beside.rows if row.role == "item"} == beside if one.beside else not beside
            if not tree.counted(unit.pk):  # everything under it lives on its income
                assert isinstance(total, Missing)
                continue
            items = [row.key for row in one.table.rows if row.role == "item"]
            assert sum(number(one.table.value(key, "outcome-2024")) for key in items) == number(total)
        for key in ("summa", "summa-kostnader", "summa-intakter"):
            for column in ("outcome-2024", "last_year-2023"):
                assert by_unit.value(key, column) == by_activity.value(key, column)


def test_questions_do_not_grow_with_the_number_of_units(
    codes: Tiny,
    put: LoadEntries,
    django_assert_max_num_queries: pytest.fixture,  # type: ignore[valid-type]  # pytest-django's own
) -> None:
    put(year_of(2024, 8))
    with django_assert_max_num_queries(10):
        selectors.statement(codes.reader, codes.units["klf"], 2024, 8)


def test_months_and_projects(codes: Tiny, put: LoadEntries) -> None:
    put(
        [
            *year_of(2024, 2),
            entry(202402, "10", 5000, account="4011", project="7001"),
            entry(202312, "10", 700, account="4011", project="7001"),
        ]
    )
    months = selectors.monthly(codes.reader, codes.units["klf"], 2024)
    assert [(month, sides.net.number) for month, sides in months.items()] == [(1, Decimal(155)), (2, Decimal(155))]
    since, year = (
        selectors.outcome_by_project(codes.reader, ["7001", "7002"], first, 202412) for first in (None, 202401)
    )
    assert since["7001"].investment.number == Decimal(5700)
    assert year["7001"].investment.number == Decimal(5000)
    assert since["7002"].rows == 0
    assert selectors.outcome_by_project(codes.reader, ["7001"], 202501, 202512) == {}


def test_codes_of_a_unit(codes: Tiny) -> None:
    assert selectors.unit_codes(codes.reader, codes.units["klf"], AUGUST) == {"10", "20", "21", "90"}
    assert selectors.unit_codes(codes.reader, codes.units["hr-staben"], AUGUST) == {"20", "21"}
    assert selectors.unit_codes(codes.reader, codes.units["hr-staben"], date(2022, 6, 1)) == {"20"}
