"""Sentences whose numbers are references to cells."""

from dataclasses import replace
from decimal import Decimal

import pytest

from uppsikt.core.errors import ReadingError, TableError
from uppsikt.core.quantities import MNKR, Missing, MissingReason, Quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table
from uppsikt.reporting.model import NumberRef
from uppsikt.reporting.prose import references, write

NBSP = "\u00a0"


def cell(number: str) -> Cell:
    return Cell(Quantity(Decimal(number), MNKR, 1))


STATEMENT = Table(
    "drift",
    "Driftsammandrag",
    (
        Column("outcome-2024", "Bokslut 2024", ColumnRole.OUTCOME),
        Column("budget-2024", "Budget 2024", ColumnRole.BUDGET),
        Column("deviation-2024", "Avvikelse", ColumnRole.DEVIATION),
    ),
    (Row("stab", "Staben"), Row("summa", "Summa", RowRole.SUM, measure=Measure.NET)),
    {
        ("summa", "outcome-2024"): cell("632.1"),
        ("summa", "budget-2024"): cell("654.0"),
        ("summa", "deviation-2024"): cell("21.9"),
        ("stab", "deviation-2024"): cell("-1.8"),
        ("stab", "outcome-2024"): Cell(Missing(MissingReason.NO_DATA, "I.U.")),
    },
    MNKR,
    Sign.NET_COST,
)
GOALS = Table(
    "mal",
    "Mål",
    (Column("state", "Bedömning", ColumnRole.STATE),),
    (Row("omrade", "Samhälle", RowRole.HEADING), Row("a", "A"), Row("b", "B"), Row("c", "C")),
    {
        (key, "state"): Cell(Missing(MissingReason.TEXT, "Uppnått"), raw=state)
        for key, state in (("a", "met"), ("b", "partly"), ("c", "met"))
    },
)
TABLES = {"by_unit": STATEMENT, "drift": STATEMENT, "mal": GOALS}


def text_of(sentence: str, tables: dict[str, Table] = TABLES) -> str:
    return "".join(inline.text for inline in write(sentence, tables, {"year": "2024"}))


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Netto {by_unit[summa, outcome]}.", f"Netto 632,1{NBSP}mnkr."),
        ("{by_unit[summa, outcome-2024]|bare}", "632,1"),
        ("{by_unit[stab, deviation]}", f"−1,8{NBSP}mnkr"),
        ("{by_unit[stab, deviation]|abs}", f"1,8{NBSP}mnkr"),
        ("{by_unit[summa, deviation]|plus}", f"+21,9{NBSP}mnkr"),
        ("{by_unit[summa, deviation]|tkr|0}", f"21{NBSP}900{NBSP}tkr"),
        ("{by_unit[stab, deviation]|ord underskott/noll/överskott}", "underskott"),
        ("{by_unit[summa, deviation]|ord underskott/noll/överskott}", "överskott"),
        ("{by_unit[summa, budget] - by_unit[summa, outcome]}", f"21,9{NBSP}mnkr"),
        ("{by_unit[summa, deviation] / by_unit[summa, budget]}", f"3,3{NBSP}%"),
        ("{by_unit[stab, outcome]}", "I.U."),
        ("{mal[*, state=met]} av {mal[*]} mål", "2 av 3 mål"),
        ("År {year}", "År 2024"),
        ("Utan hänvisning", "Utan hänvisning"),
    ],
)
def test_a_sentence_tells_its_cells(sentence: str, shown: str) -> None:
    assert text_of(sentence) == shown


def test_a_changed_figure_changes_the_sentence() -> None:
    moved = STATEMENT.with_cell("summa", "deviation-2024", cell("-3.0"))
    sentence = "ett {drift[summa, deviation]|ord underskott/noll/överskott} med {drift[summa, deviation]|abs}"
    assert text_of(sentence, {"drift": moved}) == f"ett underskott med 3,0{NBSP}mnkr"


def test_a_number_remembers_its_cell() -> None:
    (number,) = write("{by_unit[summa, deviation]}", TABLES, {})
    assert isinstance(number, NumberRef)
    assert (number.table, number.row, number.column) == ("drift", "summa", "deviation-2024")


@pytest.mark.parametrize(
    "sentence",
    ["{by_unit[summa, outcome}", "{by_unit[summa]}", "{by_unit[summa, outcome]", "{by_unit[summa, outcome] ! 3}",
     "{by_unit[summa, outcome]|storlek}", "{by_unit[summa, outcome]|ord bra/dåligt}", "{}"],
)  # fmt: skip
def test_what_cannot_be_read_is_said(sentence: str) -> None:
    with pytest.raises(ReadingError):
        write(sentence, TABLES, {})


@pytest.mark.parametrize(
    "sentence", ["{okand[summa, outcome]}", "{by_unit[okand, outcome]}", "{by_unit[summa, forecast]}"]
)
def test_an_unknown_address_is_said(sentence: str) -> None:
    with pytest.raises(TableError):
        write(sentence, TABLES, {})


def test_a_missing_figure_is_never_counted() -> None:
    assert text_of("{by_unit[stab, outcome] + by_unit[summa, outcome]}") == "I.U."
    assert text_of("{by_unit[summa, outcome] + by_unit[stab, outcome]}") == "I.U."


def test_division_by_zero_is_said() -> None:
    empty = STATEMENT.with_cell("summa", "budget-2024", cell("0"))
    with pytest.raises(TableError, match="noll"):
        write("{drift[summa, outcome] / drift[summa, budget]}", {"drift": replace(empty)}, {})


def test_references_are_listed_as_written() -> None:
    assert references("{mal[*]} av {year}") == ("mal[*]", "year")


def test_a_sum_of_entries_is_rounded_as_its_table_shows_it() -> None:
    exact = STATEMENT.with_cell("stab", "budget-2024", Cell(Quantity(Decimal("417.38578164"), MNKR)))
    (inline,) = [one for one in write("{drift[stab, budget]}", {"drift": exact}, {}) if isinstance(one, NumberRef)]
    assert inline.text == f"417,4{NBSP}mnkr"
    assert [one.text for one in write("{drift[stab, budget]|3|bare}", {"drift": exact}, {})] == ["417,386"]
