"""The few figures that tell how a unit stands, whether two statements agree, and from a total to its rows."""

from __future__ import annotations

from operator import attrgetter

from uppsikt.checks.relations import Verdict
from uppsikt.core.quantities import Missing
from uppsikt.web.economy.selectors import agreements, key_figures, sum_checks, tables_at, unit_over_time

number = attrgetter("number")


def figures(tiny, unit, at="bokslut-2024"):
    return key_figures(tiny.reader, tiny.units[unit], tiny.dates[at])


def test_a_committee_is_told_by_its_total(tiny):
    found = figures(tiny, "kommunstyrelsen")
    assert [number(v) for v in (found.outcome, found.budget, found.deviation, found.last_year)] == [
        76900, 84900, 8000, 76400,
    ]  # fmt: skip
    assert (found.unit.symbol, found.is_forecast, found.is_budget, found.is_counted) == ("tkr", False, False, False)


def test_a_division_is_told_by_its_row(tiny):
    found = figures(tiny, "hr-staben")
    assert (number(found.outcome), number(found.deviation)) == (51200, -1100)


def test_an_administration_without_a_printed_total_is_the_sum_of_its_units(tiny):
    found = figures(tiny, "klf")
    assert (number(found.outcome), number(found.deviation), found.is_counted) == (76900, 8000, True)


def test_a_unit_without_statement_has_no_figures(tiny):
    assert figures(tiny, "bildningsnamnden") is None


def test_at_an_interim_date_the_forecast_is_told(tiny, write):
    write("forecast", "forecast-2024 budget-2024 deviation-2024 last_year-2023",
          [("summa", "sum", "kommunstyrelsen", "", ["80 000", "84 900", "4 900", "76 400"])],
          at="delar-augusti-2024")  # fmt: skip
    found = figures(tiny, "kommunstyrelsen", "delar-augusti-2024")
    assert (number(found.outcome), found.is_forecast) == (80000, True)


def test_in_a_budget_the_outcome_is_missing_and_last_year_is_last_years_budget(tiny, write):
    write("budget", "budget-2023 budget-2024 plan-2025",
          [("summa", "sum", "kommunstyrelsen", "", ["10", "20", "30"])], at="delar-augusti-2024")  # fmt: skip
    found = figures(tiny, "kommunstyrelsen", "delar-augusti-2024")
    assert (found.outcome, number(found.budget), number(found.last_year)) == (Missing(), 20, 10)
    assert found.is_budget


def test_key_figures_take_six_queries(tiny, django_assert_num_queries):
    with django_assert_num_queries(6):
        figures(tiny, "kommunstyrelsen")


def test_an_investment_beside_the_net_cost_is_not_taken_for_it(tiny, write):
    write("overview", "outcome-2023", [("investeringar", "item", "ekonomistaben", "", ["7"])], at="bokslut-2023")
    write("by_unit", "outcome-2023", [("ekonomistaben", "item", "ekonomistaben", "", ["27 100"])], at="bokslut-2023")
    assert number(figures(tiny, "ekonomistaben", "bokslut-2023").outcome) == 27100


def both(tiny, write, total):
    write("by_activity", "outcome-2024", [("a100", "item", "", "", ["70 000"]), ("summa", "sum", "", "", [total])])
    by = {
        kind: tables_at(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"], [kind])[0]
        for kind in ("by_unit", "by_activity")
    }
    return agreements(by["by_unit"], by["by_activity"])


def test_two_cuts_of_the_same_entries_agree(tiny, write):
    (one,) = both(tiny, write, "76 900")
    assert one.agrees


def test_two_cuts_that_differ_say_by_how_much(tiny, write):
    (one,) = both(tiny, write, "76 800")
    assert (one.agrees, one.difference.number) == (False, -100)


def checks(tiny, write, *cells):
    *items, total = cells
    rows = [(f"r{n}", "item", "", "", [cell]) for n, cell in enumerate(items)]
    write("budget", "budget-2024", [*rows, ("summa", "sum", "", "", [total])])
    (table,) = tables_at(tiny.reader, tiny.units["kommunstyrelsen"], tiny.dates["bokslut-2024"], ["budget"])
    return sum_checks(table)


def test_a_sum_that_holds(tiny, write):
    (one,) = checks(tiny, write, "10", "20", "30")
    assert (one.verdict, [row.key for row in one.parts]) == (Verdict.HOLDS, ["r0", "r1"])


def test_a_sum_that_rounding_explains(tiny, write):
    (one,) = checks(tiny, write, "10", "20", "31")
    assert (one.is_rounded, one.holds, one.difference.number) == (True, True, 1)


def test_a_sum_that_does_not_hold(tiny, write):
    (one,) = checks(tiny, write, "10", "20", "32,5")
    assert (one.is_broken, one.counted.number, one.printed.number) == (True, 30, 32.5)


def test_a_sum_with_a_missing_row_is_not_judged(tiny, write):
    (one,) = checks(tiny, write, "10", "I.U.", "30")
    assert (one.verdict, one.missing, one.counted.number) == (None, 1, 10)


def test_a_unit_through_the_years_takes_one_query_and_notes_what_was_told_differently(
    tiny, write, django_assert_num_queries
):
    write("by_unit", "outcome-2023 budget-2023", [("staben", "item", "ekonomistaben", "", ["27 500", "28 000"])],
          at="bokslut-2023")  # fmt: skip
    with django_assert_num_queries(1):
        table = unit_over_time(tiny.reader, tiny.units["ekonomistaben"], "bokslut-2024")
    assert [row.key for row in table.rows] == ["2023", "2024"]
    restated = table.cell("2023", "outcome")
    assert number(restated.value) == 27100  # what the report of 2024 says of 2023
    assert "27\u00a0500" in restated.note
    assert "Bokslut 2023" in restated.note
    assert number(table.value("2023", "budget")) == 28000


def test_a_unit_of_one_year_has_no_series(tiny, write):
    write("by_unit", "outcome-2024", [("namnden", "item", "bildningsnamnden", "", ["5"])], unit="bildningsnamnden")
    assert unit_over_time(tiny.reader, tiny.units["bildningsnamnden"], "bokslut-2024") is None
