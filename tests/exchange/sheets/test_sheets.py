"""Sheets: what is written comes back as it was, real numbers are exact, and nothing in a cell is ever run."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.core.errors import ReadingError, UseError
from uppsikt.exchange.sheets import (
    Sheet,
    amount_of,
    defused,
    open_workbook,
    read_xlsx,
    text_of,
    without_defusing,
    write_csv,
    write_xlsx,
)

dangerous = st.tuples(st.sampled_from(["=", "+", "-", "@", "\t", "\r", "'", "''="]), st.text(max_size=8)).map("".join)
texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\ufffe\uffff"), max_size=12)
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
cells = st.one_of(st.none(), texts, dangerous, amounts, st.dates(date(1990, 1, 1), date(2090, 1, 1)))


def workbook(**cells_by_place: object) -> bytes:
    """Give a workbook with a sheet that holds these cells."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("Data")
        for place, value in cells_by_place.items():
            if isinstance(value, tuple):
                page.write_formula(place, *value)
            else:
                page.write(place, value)
    return file.getvalue()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_a_workbook_gives_back_what_was_written(rows: list[tuple[object, object]]) -> None:
    read = read_xlsx(write_xlsx(Sheet(("Konto", "Jan"), rows)))  # type: ignore[arg-type]  # loosely typed
    expected = [row for row in rows if any(cell not in (None, "") for cell in row)]
    assert [tuple(map(text_of, row.cells)) for row in read.rows] == [
        tuple(_as_read(cell) for cell in row) for row in expected
    ]


def _as_read(cell: object) -> str:
    """Give the text that a cell comes back as: a whole amount has lost its decimals."""
    if isinstance(cell, Decimal):
        return str(int(cell)) if cell == int(cell) else f"{cell:f}"
    return text_of(cell)  # type: ignore[arg-type]  # loosely typed


@given(st.lists(st.tuples(texts | dangerous, amounts), max_size=5))
def test_a_csv_file_gives_back_what_was_written_and_holds_no_formula(rows: list[tuple[str, Decimal]]) -> None:
    data = write_csv(Sheet(("Text", "Belopp"), rows))
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))[1:]
    assert [(without_defusing(text), amount_of(amount)) for text, amount in read] == rows
    assert not any(text[:1] in ("=", "+", "-", "@", "\t", "\r") for text, _ in read if text)


@given(texts | dangerous)
def test_defusing_can_always_be_undone(text: str) -> None:
    assert without_defusing(defused(text)) == text


def test_facts_and_locks_come_along() -> None:
    sheet = Sheet(("Konto", "Jan"), [("3011", Decimal(5))], locked=frozenset({"Konto"}), facts={"Budget": "2025"})
    read = read_xlsx(write_xlsx(sheet))
    assert (read.name, read.facts, read.column("jan"), read.rows[0].number) == ("Blad1", {"Budget": "2025"}, 1, 2)


def test_binary_noise_is_taken_away_and_nothing_else() -> None:
    read = read_xlsx(workbook(A1="Belopp", A2=("=0.1+0.2", None, 0.1 + 0.2), A3=0.125, A4=1234567.89))
    assert [row.cells[0] for row in read.rows] == [Decimal("0.30"), Decimal("0.125"), Decimal("1234567.89")]


def test_rows_keep_their_numbers_when_the_table_begins_further_down_and_to_the_right() -> None:
    read = read_xlsx(workbook(C5="Konto", D5="Belopp", C6="3011", D6=5, C9="4011", D9=7))
    assert read.headings == ("", "", "Konto", "Belopp")
    assert [(row.number, row.cells[2:]) for row in read.rows] == [(6, ("3011", Decimal(5))), (9, ("4011", Decimal(7)))]


def test_formula_errors_are_named_with_their_cells() -> None:
    data = workbook(A1="Konto", B1="Belopp", A2="3011", B2=("=#REF!", None, "#REF!"), B3=("=1/0", None, "#DIV/0!"))
    with pytest.raises(UseError, match=r"B2 \(#REF!\), B3 \(#DIV/0!\)"):
        read_xlsx(data, name="budget.xlsx")
    assert [(one.row, one.column) for one in open_workbook(data).errors("Data")] == [(2, 2), (3, 2)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 234,50", "1234.50"),
        ("−5", "-5"),
        ("1.234.567,8", "1234567.8"),
        ("12.5", "12.5"),
        ("+3 kr", "3"),
        (",5", ".5"),
    ],
)
def test_amounts_that_people_type(text: str, amount: str) -> None:
    assert amount_of(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["tolv", "1,2,3", "-", "5%", "1.23.4"])
def test_what_is_no_amount_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ReadingError, match="inget belopp"):
        amount_of(text)
