"""Workbooks of entries: sheets, real numbers, dates, errors and merged cells, each told where it stands."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from uppsikt.core.errors import UseError
from uppsikt.exchange.ledger_table import Look, as_text_file, look_at, told_of
from uppsikt.exchange.sheets import Sheet, write_xlsx

HEADS = ("Konto", "Ansvar", "Period", "Belopp", "Text")


def book_of(folder: Path, **sheets: Callable[[object, object], None] | list[tuple[object, ...]]) -> Path:
    """Write a workbook: for each sheet its rows, or what writes it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            if callable(rows):
                rows(book, page)
                continue
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(number, column, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
                    elif cell is not None:
                        page.write(number, column, cell)
    path = folder / "huvudbok.xlsx"
    path.write_bytes(file.getvalue())
    return path


def text_of(look: Look, folder: Path) -> list[str]:
    return as_text_file(look.path, look, folder).read_text().splitlines()[1:]


def test_the_sheet_with_entries_is_suggested_and_its_rows_keep_their_numbers(tmp_path: Path) -> None:
    first, second = ("0100", 100, 202401, -12.5, "a"), (3011, "0200", 202402, 0.1 + 0.2, "b;\n=c")
    rows = [("Huvudbok", None), (), HEADS, first, (), second, ("Summa", None, None, -12.2)]
    look = look_at(book_of(tmp_path, Info=[("Om filen", "x")], Data=rows))
    assert (look.sheets, look.layout.sheet, look.type) == (("Info", "Data"), "Data", "xlsx")
    assert (look.heading_line, look.first_line, look.footer, str(look.stated_total)) == (3, 4, 1, "-12.20")
    assert text_of(look, tmp_path) == ["0100;100;202401;-12.50;a", "", '3011;0200;202402;0.30;"b; =c"']
    assert (look.layout.first_row, look.layout.decimal) == (4, ".")


def test_a_sheet_without_headings_is_read_by_what_stands_in_it(tmp_path: Path) -> None:
    look = look_at(book_of(tmp_path, Data=[(3011, 100, 202401, -1234.5), (5011, 100, 202401, 2000)]))
    assert [one.field for one in look.columns] == ["account", "unit", "period", "amount"]
    assert text_of(look, tmp_path) == ["3011;100;202401;-1234.50", "5011;100;202401;2000"]


def test_a_sheet_can_be_chosen_and_one_that_is_not_there_is_said(tmp_path: Path) -> None:
    path = book_of(tmp_path, A=[HEADS, (3011, 1, 202401, 5, "a")], B=[HEADS, (3011, 1, 202401, 7, "b")])
    assert look_at(path, sheet="B").lines[0].cells[3] == "7"
    with pytest.raises(UseError, match="inget blad som heter C"):
        look_at(path, sheet="C")


def test_dates_and_amounts_typed_as_text_are_read_as_what_they_are(tmp_path: Path) -> None:
    rows = [
        ("Konto", "Ansvar", "Datum", "Belopp"),
        (3011, 1, date(2024, 1, 31), "1 234,50"),
        (3011, 1, "2024-02-01", "x"),
    ]
    look = look_at(book_of(tmp_path, Data=rows))
    told = told_of(as_text_file(look.path, look, tmp_path), look.layout)
    assert {account: f"{amount}" for account, amount in told.balances.items()} == {"3011": "1234.50"}
    assert [(one.line, one.column, one.code, one.sheet) for one in told.faults] == [(3, "Belopp", "bad_amount", "Data")]


def test_months_as_dates_over_columns_become_rows(tmp_path: Path) -> None:
    rows = [("Konto", "Ansvar", date(2025, 1, 1), date(2025, 2, 1)), (3011, 1, 5, None), (4011, 1, 6, 7.25)]
    look = look_at(book_of(tmp_path, Budget=rows))
    assert text_of(look, tmp_path) == ["3011;1;202501;5", "", "4011;1;202501;6", "4011;1;202502;7.25"]
    assert (look.layout.kind, look.layout.first_row, look.layout.lines_of_row) == ("budget", 2, 2)


def test_errors_and_merged_cells_are_faults_with_sheet_row_and_column(tmp_path: Path) -> None:
    def write(book, page) -> None:  # type: ignore[no-untyped-def]  # a fixture
        page.write_row(0, 0, HEADS)
        page.write_row(1, 0, [3011, 100, 202401])
        page.write_formula(1, 3, "=#REF!", None, "#REF!")
        page.merge_range(2, 1, 3, 1, "100")
        page.write_row(2, 2, [202401, 5])

    look = look_at(book_of(tmp_path, Data=write))
    told = [(one.code, one.line, one.column, one.value, one.sheet) for one in look.faults]
    assert told == [("formula_error", 2, "D", "#REF!", "Data"), ("merged_cells", 3, "B", "", "Data")]


def test_our_own_workbooks_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "egen.xlsx"
    path.write_bytes(write_xlsx(Sheet(HEADS, [("3011", "0100", "202401", 5, "=1+1")], facts={"Vad": "test"})))
    look = look_at(path)
    assert text_of(look, tmp_path) == ["3011;0100;202401;5;=1+1"]


@pytest.mark.parametrize(("name", "said"), [("a.xls", "äldre Excelfil"), ("a.ods", "OpenDocument")])
def test_other_kinds_of_sheets_are_told_apart(tmp_path: Path, name: str, said: str) -> None:
    path = tmp_path / name
    if name.endswith("xls"):
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    else:
        import zipfile

        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            packed.writestr("content.xml", "<x/>")
    with pytest.raises(UseError, match=said):
        look_at(path)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_that_libreoffice_wrote_is_read_and_ours_opens_there(tmp_path: Path) -> None:
    source = tmp_path / "src.csv"
    source.write_text("Konto;Ansvar;Period;Belopp;Text\n3011;0100;202401;-1234,50;Hyra å\n5011;200;202402;0,10;=1+1\n")
    convert(tmp_path, "xlsx", source, "--infilter=CSV:59,34,76,1,1/1/2/2,1053,false,true,false,false")
    look = look_at(tmp_path / "src.xlsx")
    assert text_of(look, tmp_path) == [
        "3011;0100;202401;-1234.50;Hyra å",
        "5011;200;202402;0.10;2",
    ]  # what Excel kept of the formula
    ours = tmp_path / "ours.xlsx"
    ours.write_bytes(
        write_xlsx(Sheet(HEADS, [("0100", "1", "202401", -5, "=HYPERLINK(1)")], locked=frozenset(HEADS[:2])))
    )
    convert(tmp_path, "csv:Text - txt - csv (StarCalc):59,34,76,1", ours)
    assert (tmp_path / "ours.csv").read_text().splitlines()[1].replace('"', "") == "0100;1;202401;-5;=HYPERLINK(1)"


def convert(folder: Path, to: str, file: Path, *options: str) -> None:
    """Let LibreOffice write a file as another kind."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, *options, "--convert-to", to, "--outdir", str(folder), str(file)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
