"""Codes that Excel keeps as numbers get their leading zeros back where something says so, and it is told."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter

from uppsikt.core.economy import Known
from uppsikt.exchange.ledger_table import (
    Zeros,
    as_text_file,
    lengths_of,
    look_at,
    look_from_json,
    look_to_json,
)

HEADS = ("Konto", "Ansvar", "Verksamhet", "Period", "Belopp")


def book(folder: Path, *rows: tuple[object, ...], formats: dict[int, str] | None = None) -> Path:
    """Write a workbook; ``formats`` gives columns a number format."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        looks = {column: made.add_format({"num_format": code}) for column, code in (formats or {}).items()}
        page = made.add_worksheet("Data")
        for number, row in enumerate((HEADS, *rows)):
            for column, cell in enumerate(row):
                page.write(number, column, cell, looks.get(column) if number else None)
    path = folder / "fil.xlsx"
    path.write_bytes(file.getvalue())
    return path


def read(
    path: Path, folder: Path, known: dict[str, set[str]] | None = None
) -> tuple[list[str], list[tuple[object, ...]]]:
    """Give the lines of the made file, and what is told of zeros."""
    look = look_at(path)
    lengths = lengths_of(Known({part: frozenset(codes) for part, codes in (known or {}).items()}))
    zeros = Zeros.of(look, lengths)
    lines = as_text_file(path, look, folder, zeros=zeros).read_text().splitlines()[1:]
    return lines, [(one.code, one.line, one.column, one.value, one.rows, one.sheet) for one in zeros.told]


ROWS = ((5011, 45, 100, 202401, 1.5), (5011, 7100, 100, 202401, 2), (5011, 46, 100, 202401, 3))


def test_the_cells_own_format_gives_the_zeros_back(tmp_path: Path) -> None:
    lines, told = read(book(tmp_path, *ROWS, formats={1: "0000"}), tmp_path)
    assert [line.split(";")[1] for line in lines] == ["0045", "7100", "0046"]
    assert told == [("zeros_restored", 2, "Ansvar", "45", 2, "Data")]


def test_a_format_that_groups_or_has_decimals_says_nothing(tmp_path: Path) -> None:
    for code in ("0", "0.00", "#,##0", "00.0", "@"):
        lines, told = read(book(tmp_path, *ROWS, formats={1: code}), tmp_path)
        assert ([line.split(";")[1] for line in lines], told) == (["45", "7100", "46"], []), code


def test_the_known_codes_give_them_back_and_it_is_told(tmp_path: Path) -> None:
    lines, told = read(book(tmp_path, *ROWS), tmp_path, {"unit": {"0045", "7100"}, "account": {"5011", "6011"}})
    assert [line.split(";")[:2] for line in lines] == [["5011", "0045"], ["5011", "7100"], ["5011", "0046"]]
    assert told == [("zeros_restored", 2, "Ansvar", "45", 2, "Data")]


@pytest.mark.parametrize(
    "codes", [{"0045"}, {"0045", "710"}, {"7100", "7200"}, {"0045", "A100"}, set()],
    ids=["one alone", "of two lengths", "none begins with zero", "letters", "none"],
)  # fmt: skip
def test_known_codes_that_do_not_tell_change_nothing(tmp_path: Path, codes: set[str]) -> None:
    lines, told = read(book(tmp_path, *ROWS), tmp_path, {"unit": codes})
    assert ([line.split(";")[1] for line in lines], told) == (["45", "7100", "46"], [])


def test_texts_fractions_and_amounts_are_left_alone(tmp_path: Path) -> None:
    rows = ((5011, "45", 100, 202401, 45), (5011, "7A", 100, 202401, 46), (5011, 4711, 100, 202401, -47))
    lines, told = read(book(tmp_path, *rows, formats={4: "0000"}), tmp_path, {"unit": {"0045", "7100"}})
    assert [line.split(";")[1] for line in lines] == ["45", "7A", "4711"]
    assert [line.split(";")[4] for line in lines] == ["45", "46", "-47"]
    assert told == []


def test_what_is_shown_of_the_first_rows_is_what_excel_shows(tmp_path: Path) -> None:
    assert look_at(book(tmp_path, *ROWS, formats={1: "0000"})).columns[1].sample == ("0045", "7100", "0046")


def test_an_amount_is_exact_to_the_ore_or_keeps_what_makes_it_a_fault(tmp_path: Path) -> None:
    amounts = (0.1 + 0.2, 1234567.89, 99999999999.99, 1e12 + 0.005, 12.345)
    lines, _ = read(book(tmp_path, *((5011, 45, 100, 202401, amount) for amount in amounts)), tmp_path)
    assert [line.split(";")[4] for line in lines] == [
        "0.30", "1234567.89", "99999999999.99", "1000000000000.005", "12.345",
    ]  # fmt: skip


def test_a_look_is_the_same_after_it_was_kept(tmp_path: Path) -> None:
    path = book(tmp_path, *ROWS, ("Summa", None, None, None, 6.5), formats={1: "0000"})
    look = look_at(path)
    assert (look.footer, look.stated_total is not None) == (1, True)
    assert look_from_json(look_to_json(look), path) == look
    assert look_to_json(look).isascii()
