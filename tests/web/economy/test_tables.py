"""Stored statements as Tables: nothing is lost, nothing is invented, and a figure knows where it came from."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import Tiny
from uppsikt.core.periods import Period
from uppsikt.core.quantities import TKR, Missing, MissingReason, Quantity
from uppsikt.core.tables import ColumnRole, Measure, RowRole, Sign
from uppsikt.web.economy.models import Figure, Statement, StatementColumn, StatementRow, Volume
from uppsikt.web.economy.selectors import statement_table, statements_at, tables_at
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Municipality


def only(tiny, unit="kommunstyrelsen", at="bokslut-2024"):
    (table,) = tables_at(tiny.reader, tiny.units[unit], tiny.dates[at])
    return table


def test_a_statement_becomes_a_table(tiny):
    table = only(tiny)
    assert (table.key, table.unit, table.sign, table.source) == (
        "by-unit-1", TKR, Sign.NET_COST, "Verksamhetsberättelse 2024",
    )  # fmt: skip
    assert [c.role for c in table.columns] == [
        ColumnRole.OUTCOME, ColumnRole.BUDGET, ColumnRole.DEVIATION, ColumnRole.LAST_YEAR,
    ]  # fmt: skip
    assert [c.period for c in table.columns] == [Period.year(2024)] * 3 + [Period.year(2023)]
    assert table.value("hr-staben", "deviation-2024") == Quantity(Decimal(-1100), TKR, 0)
    costs = table.row("summa-kostnader")
    assert (costs.role, costs.measure, costs.parent) == (RowRole.OF_WHICH, Measure.COSTS, "summa")
    assert costs.subject == "unit:kommunstyrelsen"


def test_a_printed_figure_tells_document_table_row_and_column(tiny):
    origin = only(tiny).cell("ekonomistaben", "outcome-2024").origin
    assert (origin.document, origin.table) == ("Verksamhetsberättelse 2024", "t03 Driftsammandrag")
    assert (origin.row, origin.column) == ("Ekonomistaben", "Bokslut 2024")
    assert not origin.entered_by


def test_the_labels_of_the_source_win_over_ours(tiny):
    figure = Figure._default_manager.get(row__key="hr-staben", column__key="outcome-2024")
    figure.printed_row, figure.printed_column = "HR staben", "Redovisat 2024"
    figure.save()
    origin = only(tiny).cell("hr-staben", "outcome-2024").origin
    assert (origin.row, origin.column) == ("HR staben", "Redovisat 2024")


def test_a_figure_that_a_person_changed_tells_who_and_when(tiny):
    figure = Figure._default_manager.get(row__key="hr-staben", column__key="outcome-2024")
    with recording(tiny.actor("kim"), why="Rättat efter avstämning") as pen:
        pen.update(figure, raw="51 300", number=Decimal(51300))
    cell = only(tiny).cell("hr-staben", "outcome-2024")
    assert cell.value.number == 51300
    assert (cell.origin.entered_by, cell.origin.document) == ("Kim Controller", "")
    assert cell.origin.entered_at is not None


def test_a_figure_of_a_statement_without_document_tells_who_entered_it(tiny, write):
    write("budget", "budget-2025", [("ekonomistaben", "item", "ekonomistaben", "", ["12"])], source=False)
    cell = tables_at(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"], ["budget"])[0]
    assert cell.cell("ekonomistaben", "budget-2025").origin.entered_by == "Inläsning"


def test_what_is_not_a_number_is_missing_with_its_reason(tiny, write):
    write("volume", "count-2024", [("a", "item", "", "", ["I.U."]), ("b", "item", "", "", ["N/A"]),
                                   ("c", "item", "", "", [None]), ("d", "item", "", "", ["0"])])  # fmt: skip
    table = tables_at(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"], ["volume"])[0]
    assert table.value("a", "count-2024") == Missing(MissingReason.NO_DATA, "I.U.")
    assert table.value("b", "count-2024") == Missing(MissingReason.NOT_MEASURED, "N/A")
    assert table.value("c", "count-2024") == Missing()
    assert table.value("d", "count-2024") == Quantity(Decimal(0), TKR, 0)


def test_a_unit_under_another_is_told_by_its_part_of_the_statement_above(tiny):
    table = only(tiny, "ekonomistaben")
    assert [row.key for row in table.rows] == ["ekonomistaben"]
    assert [row.key for row in only(tiny, "klf").rows] == ["ekonomistaben", "hr-staben"]


def test_a_statement_above_that_speaks_of_nothing_else_comes_whole(tiny, write):
    write("budget", "budget-2024", [("forra", "item", "", "", ["10"]), ("mer", "item", "", "", ["2"]),
                                    ("summa", "sum", "ekonomistaben", "", ["12"])])  # fmt: skip
    (table,) = tables_at(tiny.reader, tiny.units["ekonomistaben"], tiny.dates["bokslut-2024"], ["budget"])
    assert [row.key for row in table.rows] == ["forra", "mer", "summa"]


def test_headings_over_a_unit_and_rows_under_it_are_part_of_it(tiny, write):
    write("budget", "budget-2024", [("grupp", "heading", "", "", [None]),
                                    ("staben", "item", "ekonomistaben", "grupp", ["9"]),
                                    ("varav", "item", "", "staben", ["4"]),
                                    ("annan", "item", "hr-staben", "grupp", ["1"])])  # fmt: skip
    (table,) = tables_at(tiny.reader, tiny.units["ekonomistaben"], tiny.dates["bokslut-2024"], ["budget"])
    assert [row.key for row in table.rows] == ["grupp", "staben", "varav"]


def test_a_unit_that_no_statement_speaks_of_has_none(tiny):
    assert tables_at(tiny.reader, tiny.units["bildningsnamnden"], tiny.dates["bokslut-2024"]) == ()
    assert statements_at(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2023"]) == ()


def test_statements_of_units_below_are_told_too(tiny, write):
    write("division", "budget-2024", [("lon", "item", "", "", ["5"])], unit="ekonomistaben")
    keys = [one.key for one in statements_at(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"])]
    assert keys == ["by-unit-1", "division-x"]


def test_another_municipality_reaches_nothing(tiny):
    other = Municipality._default_manager.create(name="Annanstad", code="9998", slug="annanstad")
    assert tables_at(Actor(other.pk), tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"]) == ()


@pytest.mark.parametrize("more", [0, 12])
def test_tables_take_six_queries_however_many_they_are(tiny, write, more, django_assert_num_queries):
    for n in range(more):
        write("budget", "budget-2024", [("lon", "item", "ekonomistaben", "", ["5"])], key=f"budget-{n}")
    with django_assert_num_queries(6):
        tables = tables_at(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"])
    assert len(tables) == 1 + more


def test_one_statement_is_told_whole(tiny):
    assert statement_table(tiny.reader, tiny.statements["by-unit-1"]) == only(tiny)


def test_rows_lead_to_the_unit_or_to_where_the_figure_came_from(tiny):
    table = only(tiny)
    assert table.row("ekonomistaben").link == "/kommunstyrelsen/bokslut-2024/ekonomi/enhet/ekonomistaben/"
    assert table.row("summa").link == "/kommunstyrelsen/bokslut-2024/ekonomi/rad/by-unit-1/summa/"


@pytest.mark.parametrize(
    ("kind", "about", "unit", "link"),
    [
        ("by_unit", "", "kommunstyrelsen", "/ekonomi/#x"),
        ("by_activity", "", "kommunstyrelsen", "/ekonomi/?snitt=verksamhet#x"),
        ("budget", "ekonomistaben", "kommunstyrelsen", "/ekonomi/enhet/ekonomistaben/#x"),
        ("division", "", "hr-staben", "/ekonomi/enhet/hr-staben/#x"),
        ("investment", "", "kommunstyrelsen", "/investeringar/#x"),
        ("frame", "", "kommunstyrelsen", "/ramar/#x"),
        ("reception", "", "kommunstyrelsen", "/personal/#x"),
    ],
)
def test_a_table_leads_to_the_page_that_shows_it(tiny, client, write, kind, about, unit, link):
    write(kind, "budget-2024", [("summa", "sum", about, "", ["5"])], unit=unit, key="x")
    found = tables_at(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"])
    table = next(table for table in found if table.key == "x")
    assert table.link == "/kommunstyrelsen/bokslut-2024" + link
    assert 'id="x.summa"' in client.get(table.link).content.decode()


# SQLite keeps a decimal as a float: fifteen digits are exact, and no municipality's statement has more.
numbers = st.decimals(Decimal("-999999999.999999"), Decimal("999999999.999999"), places=6)
figures = st.tuples(numbers, st.integers(0, 6)).map(lambda one: (round(one[0], one[1]), one[1]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.lists(st.none() | figures, min_size=2, max_size=2), min_size=1, max_size=8))
def test_every_figure_of_any_statement_is_kept_exactly(tiny, cells):
    with recording(tiny.reader, why="Prov") as pen:
        statement = pen.create(
            Statement, unit=tiny.units["klf"], reporting_date=tiny.dates["bokslut-2023"], kind="budget", title="Prov",
            key=f"prov-{Statement._default_manager.count()}", money_unit="mnkr",
        )  # fmt: skip
        columns = [
            pen.create(StatementColumn, statement=statement, key=f"k{n}", label=str(n), role="budget", order=n)
            for n in range(2)
        ]
        for order, line in enumerate(cells):
            row = pen.create(StatementRow, statement=statement, key=f"r{order}", label="x", role="item", order=order)
            made = (
                Figure(row=row, column=column, raw=str(one[0]), number=one[0], decimals=one[1])
                for column, one in zip(columns, line, strict=True)
                if one is not None
            )
            pen.create_many(Figure, made)
    table = statement_table(tiny.reader, statement)
    for order, line in enumerate(cells):
        for n, one in enumerate(line):
            value = table.value(f"r{order}", f"k{n}")
            if one is None:
                assert value == Missing()
            else:
                assert (value.number, value.decimals, value.unit.symbol) == (one[0], one[1], "mnkr")


def test_what_an_indicator_measures_too_has_the_indicators_subject(tiny: Tiny) -> None:
    """Then the checks compare the two, whichever table a figure stands in."""
    statement = tiny.statements["by-unit-1"]
    sick_leave = tiny.indicators["sjukfranvaro"]
    with recording(tiny.actor("kim"), why="Personal") as pen:
        women = pen.create(
            Volume, municipality=tiny.municipality, slug="sjuka-kvinnor", name="Sjuka kvinnor", kind="staff",
            indicator=sick_leave, breakdown=tiny.breakdowns["kvinnor"],
        )  # fmt: skip
        pen.create(StatementRow, statement=statement, key="sjuka", label="Kvinnor", role="item", order=99, volume=women)
    assert statement_table(tiny.reader, statement).row("sjuka").subject == "indicator:sjukfranvaro/kvinnor"
