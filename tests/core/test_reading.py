"""Every cell that the five documents print is read as what it says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import exact_quantities, quantities
from uppsikt.core.errors import ReadingError
from uppsikt.core.quantities import (
    GROUP_SPACES,
    KR,
    MDKR,
    MNKR,
    PERCENT,
    PLAIN,
    TKR,
    Missing,
    MissingReason,
    Quantity,
    Reading,
    format_quantity,
    lex,
    parse_quantity,
    read_cell,
    unit_of,
)


def number_of(reading: Reading) -> Decimal:
    assert isinstance(reading.value, Quantity), reading
    return reading.value.number


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [
        ("2,3", "2.3", 1),
        ("40 000", "40000", 0),
        ("40\u00a0000", "40000", 0),
        ("40\u2009000", "40000", 0),
        ("40\u202f000", "40000", 0),
        ("0,80", "0.80", 2),
        ("6.8", "6.8", 1),
        ("52.9", "52.9", 1),
        ("-113", "-113", 0),
        ("−113", "-113", 0),
        ("–113", "-113", 0),
        ("- 3 000", "-3000", 0),
        ("+ 1 000", "1000", 0),
        ("+1 200", "1200", 0),
        ("2 322,7", "2322.7", 1),
        ("1 234 567,89", "1234567.89", 2),
        ("1000", "1000", 0),
        ("  7,3 ", "7.3", 1),
        ("-0,0", "0.0", 1),
    ],
)
def test_numbers(text: str, number: str, decimals: int) -> None:
    assert parse_quantity(text, TKR) == Quantity(Decimal(number), TKR, decimals)
    assert read_cell(text, TKR) == Reading(Quantity(Decimal(number), TKR, decimals), text)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("83%", "83", PERCENT),
        ("70 %", "70", PERCENT),
        ("0,8 procentenheter", "0.8", unit_of("procentenheter")),
        ("320 mnkr", "320", MNKR),
        ("1 000 tkr", "1000", TKR),
        ("1 723 tkr.", "1723", TKR),
        ("-15 740 tkr", "-15740", TKR),
        ("18,5 Mdkr", "18.5", MDKR),
        ("0 kr.", "0", KR),
        ("800 ha.", "800", unit_of("ha")),
        ("30 m²", "30", unit_of("m²")),
    ],
)
def test_a_printed_unit_is_the_unit(text: str, number: str, unit: object) -> None:
    quantity = parse_quantity(text, PLAIN)
    assert (quantity.number, quantity.unit) == (Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "number", "note", "preliminary"),
    [
        ("19*", "19", "fotnot *", True),
        ("100 ⁷", "100", "fotnot 7", False),
        ("95¹", "95", "fotnot 1", False),
        ("95¹²", "95", "fotnot 12", False),
        ("74 (prognos)", "74", "prognos", True),
        ("72,9 % (jan-apr)", "72.9", "jan-apr", False),
        ("85,0 (exkl Kost & Restaurang)", "85.0", "exkl Kost & Restaurang", False),
        ("över 41 000 timmar", "41000", "över", False),
        ("ca. 40", "40", "ca", False),
        ("85 % har formell kompetens", "85", "har formell kompetens", False),
        ("12 förslag fått bifall", "12", "förslag fått bifall", False),
        ("219 personer", "219", "", False),
    ],
)
def test_words_and_marks_become_notes(text: str, number: str, note: str, preliminary: bool) -> None:
    reading = read_cell(text)
    assert (number_of(reading), reading.note, reading.preliminary) == (Decimal(number), note, preliminary)


@pytest.mark.parametrize("text", ["38 41 (2021)", "38 och 41 (2021)", "38\n41 (2021)"])
def test_the_value_before_keeps_its_year(text: str) -> None:
    reading = read_cell(text)
    (before,) = reading.others
    assert number_of(reading) == 38
    assert before.quantity.number == 41
    assert before.period is not None
    assert before.period.key == "2021"


def test_a_cell_can_tell_another_year_than_its_column() -> None:
    for text in ("2016: 15,2%", "15,2% (2016)"):
        reading = read_cell(text)
        assert reading.value == Quantity(Decimal("15.2"), PERCENT, 1)
        assert reading.period is not None
        assert reading.period.key == "2016"


def test_two_parts_in_one_cell() -> None:
    reading = read_cell("8/7")
    assert number_of(reading) == 8
    assert [other.quantity.number for other in reading.others] == [Decimal(7)]


def test_a_second_quantity_stands_in_brackets() -> None:
    reading = read_cell("3,8 (19,2 Mdkr, prognos)", PERCENT)
    (second,) = reading.others
    assert reading.value == Quantity(Decimal("3.8"), PERCENT, 1)
    assert second.quantity == Quantity(Decimal("19.2"), MDKR, 1)
    assert (second.note, reading.preliminary) == ("prognos", True)
    assert not read_cell("4,5 (18,5 Mdkr)").preliminary


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "blank"),
        (" ", "blank"),
        ("I.U.", "no_data"),
        ("i.u.", "no_data"),
        ("I.U", "no_data"),
        ("I. U.", "no_data"),
        ("I.U.2", "no_data"),
        ("I.U.³", "no_data"),
        ("ufm", "in_progress"),
        ("-", "not_applicable"),
        ("–", "not_applicable"),
        ("−", "not_applicable"),
        ("Ej tillämpligt för KS", "not_applicable"),
        ("N/A", "not_measured"),
        ("Mäts ej", "not_measured"),
        ("Mäts på kommunnivå", "measured_elsewhere"),
        ("Se ÅR.", "given_elsewhere"),
        ("Ingår i ersättningen ovan", "given_elsewhere"),
        ("Statistik ej publicerad", "pending"),
        ("Publiceras i mars 2025", "pending"),
        ("Mindre än 70", "text"),
        ("38 41", "text"),
        ("0 123", "text"),
        ("1 000 000 000 00", "text"),
        ("3 av 5", "text"),
        ("90% inom 120 sekunder", "text"),
        ("31 augusti", "text"),
        ("2018-08-31", "text"),
        ("2019 Jan-juli", "text"),
        ("8:30", "text"),
        ("10.", "text"),
        ("5. Ett mål", "text"),
        ("(", "text"),
        ("***", "text"),
        ("8/", "text"),
        ("försämrats med två procentenheter", "text"),
    ],
)
def test_what_is_no_number_is_missing_with_its_reason(text: str, reason: str) -> None:
    value = read_cell(text).value
    assert value == Missing(MissingReason(reason), " ".join(text.split()))


def test_a_footnote_on_missing_data_is_kept() -> None:
    assert read_cell("I.U.2").note == "fotnot 2"
    assert read_cell("I.U.³").note == "fotnot 3"


def test_two_kinds_of_space_are_two_numbers() -> None:
    with pytest.raises(ReadingError):
        parse_quantity("1 234\u00a0567")


@pytest.mark.parametrize(("text", "position"), [("", 0), ("tre", 0), ("12 3", 3), ("7 tkr x", 6), ("1,2,3", 3)])
def test_a_text_that_is_no_number_says_where_it_stops(text: str, position: int) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_quantity(text)
    assert caught.value.position == position
    assert "är inte ett tal" in str(caught.value)


@given(quantities(), st.sampled_from(GROUP_SPACES), st.booleans())
def test_what_is_written_can_be_read(quantity: Quantity, spaces: str, plus: bool) -> None:
    text = format_quantity(quantity, spaces=spaces, plus=plus)
    assert parse_quantity(text, quantity.unit) == quantity
    assert read_cell(text, quantity.unit).value == quantity


@given(quantities())
def test_a_written_unit_is_read(quantity: Quantity) -> None:
    read = parse_quantity(format_quantity(quantity, with_unit=True), quantity.unit)
    assert read == quantity


@given(exact_quantities)
def test_an_exact_number_is_written_in_full(quantity: Quantity) -> None:
    assert parse_quantity(format_quantity(quantity), quantity.unit).number == quantity.number


@given(st.text())
def test_reading_never_raises_and_keeps_the_text(text: str) -> None:
    reading = read_cell(text)
    assert reading.raw == text
    if isinstance(reading.value, Missing) and text.split():
        assert reading.value.text


@given(st.text("0123456789 ,.-−–+()/:*²³%tkr\u00a0I.U"))
def test_no_character_passes_unseen(text: str) -> None:
    tokens = lex(text)
    ends, starts = [0, *(t.end for t in tokens)], [*(t.start for t in tokens), len(text)]
    assert all(not text[end:start].strip() for end, start in zip(ends, starts, strict=True))
    read_cell(text)
