"""The Excel file, read back by another reader: figures are numbers, texts are never formulas."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.reporting.sample import SPECIAL, empty, large_report, sample_report, statement
from tests.strategies import tables
from uppsikt.core.quantities import KR, Missing, MissingReason, Quantity
from uppsikt.core.tables import Cell, Row, Table
from uppsikt.reporting.model import Report, TableBlock
from uppsikt.reporting.render.grid import grid_of
from uppsikt.reporting.render.xlsx import number_format, render

DANGEROUS = ("=1+1", "+46 13 20 60 00", "-1+2", "@SUM(A1)", '=HYPERLINK("http://exempel.se";"x")', "\t=1+1")


def read(report: Report) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(render(report)))


def report_of(*found: Table) -> Report:
    blocks = tuple(TableBlock(n, one.title, one, f"tabell-{n}") for n, one in enumerate(found, start=1))
    return replace(sample_report(), blocks=blocks, notes=())


def rows_of(book: CalamineWorkbook, number: int, table: Table) -> list[list[object]]:
    """Give the rows of a table's sheet under its heads."""
    sheet = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
    start = 3 + len(grid_of(table).heads)
    return sheet[start : start + len(table.rows)]


@pytest.mark.parametrize("report", [sample_report(), large_report(10, 0)], ids=["sample", "large"])
def test_every_figure_is_a_number_and_the_same(report: Report) -> None:
    book = read(report)
    assert len(book.sheet_names) == len(report.tables()) + 1
    for number, block in enumerate(report.tables(), start=1):
        for row, read_row in zip(block.table.rows, rows_of(book, number, block.table), strict=True):
            assert read_row[0] == row.label
            for column, found in zip(block.table.columns, read_row[1:], strict=True):
                value = block.table.value(row.key, column.key)
                if isinstance(value, Quantity):
                    assert isinstance(found, float | int)
                    assert Decimal(repr(found)) == value.number
                else:
                    assert isinstance(found, str)


def test_a_missing_value_is_its_words_and_never_zero() -> None:
    table = statement().with_cell("ekonomi", "outcome-2024", Cell(Missing(MissingReason.NO_DATA, "I.U.")))
    table = table.with_cell("ledning", "outcome-2024", Cell(Missing()))
    rows = rows_of(read(report_of(table)), 1, table)
    assert rows[2][1] == "I.U."
    assert rows[1][1] == ""


def test_texts_never_become_formulas_or_links() -> None:
    table = replace(statement(), title=DANGEROUS[0], rows=tuple(
        Row(f"r{n}", text) for n, text in enumerate(DANGEROUS)), cells={})  # fmt: skip
    data = render(replace(report_of(table), title="=2+2", organisation="@x"))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any("<f>" in sheet for sheet in sheets)
        assert b"quotePrefix" in file.read("xl/styles.xml")
        assert b"exempel.se" not in b"".join(file.read(n) for n in file.namelist() if "rels" in n)
    rows = rows_of(CalamineWorkbook.from_filelike(io.BytesIO(data)), 1, table)
    assert [row[0] for row in rows] == list(DANGEROUS)


def test_sheet_names_are_legal_and_the_contents_lead_to_each() -> None:
    strange = [replace(empty(f"t{n}"), title=title) for n, title in enumerate(
        [SPECIAL, "[a]:*?/\\b", "x" * 80, "x" * 80, "'citat'", "History", "", "\x07"])]  # fmt: skip
    data = render(report_of(*strange))
    names = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    assert len({name.lower() for name in names}) == len(strange) + 1
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert all(name[0] != "'" != name[-1] for name in names)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        targets = re.findall(r'location="([^"]*)"', file.read("xl/worksheets/sheet1.xml").decode())
    assert len(targets) == len(strange)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
@example(["😀" * 40, "History", "'" * 40])
@example(["\ud83d\ufffe\x00", "a\nb", "A\nB"])
def test_any_title_gives_a_legal_sheet_name_and_whole_files(titles: list[str]) -> None:
    report = report_of(*(replace(empty(f"t{n}"), title=title, source=title) for n, title in enumerate(titles)))
    data = render(replace(report, title=titles[0], organisation=titles[0], notes=(titles[0],)))
    names = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    assert len({name.casefold() for name in names}) == len(titles) + 1
    for number, name in enumerate(names[1:], start=1):
        assert name.split()[0] == str(number)
        assert len(name.encode("utf-16-le")) <= 2 * 31  # Excel counts in UTF-16
        assert not set(name) & set("[]:*?/\\")
        assert not name.endswith("'")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            ET.fromstring(file.read(name))


def test_the_file_says_what_it_is() -> None:
    with zipfile.ZipFile(io.BytesIO(render(sample_report()))) as file:
        told = [element.text for element in ET.fromstring(file.read("docProps/core.xml"))]
        assert b"sv-SE" in file.read("docProps/custom.xml")
    assert "Verksamhetsberättelse 2024" in told
    assert "Kommunstyrelsen i Linköping" in told
    assert "Per den 31 december 2024. Beslutad KS 2025-02-11 § 41, version 2." in told


def test_a_text_longer_than_a_cell_is_cut_with_a_sign_of_it() -> None:
    table = statement().with_cell("ekonomi", "outcome-2024", Cell(Missing(MissingReason.TEXT, "å" * 40_000)))
    assert rows_of(read(report_of(table)), 1, table)[2][1] == "å" * 32_766 + "…"


def test_each_sheet_says_unit_and_source_and_keeps_its_heads_in_sight() -> None:
    data = render(report_of(statement()))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(1).to_python(skip_empty_area=False)
    assert sheet[0][0] == "Tabell 1. Driftsammandrag per verksamhet"
    assert sheet[1][0] == "Enhet: mnkr. Källa: ks2024"
    assert sheet[3][:3] == ["Benämning", "Bokslut 2024", "Budget 2024"]
    assert "1) Omräknat efter ny organisation." in [row[0] for row in sheet]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        xml = file.read("xl/worksheets/sheet2.xml").decode()
        book = file.read("xl/workbook.xml").decode()
    assert 'xSplit="1" ySplit="4"' in xml
    assert 'orientation="landscape"' in xml
    assert "_xlnm.Print_Titles" in book
    assert "sida &amp;P av &amp;N" in xml


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("632,1", '#,##0.0;"−"#,##0.0;#,##0.0'),
        ("462\u00a0113", '#,##0;"−"#,##0;#,##0'),
        ("+9,10", '+#,##0.00;"−"#,##0.00;#,##0.00'),
        ("2,2\u00a0%", '#,##0.0" %";"−"#,##0.0" %";#,##0.0" %"'),
    ],
)
def test_a_number_is_shown_with_the_precision_it_was_written_with(shown: str, expected: str) -> None:
    assert number_format(shown) == expected


def test_an_amount_is_told_in_the_unit_of_its_column_without_rounding() -> None:
    table = statement().with_cell("ekonomi", "outcome-2024", Cell(Quantity(Decimal("25749429.5"), KR)))
    assert rows_of(read(report_of(table)), 1, table)[2][1] == 25.7494295


def test_a_number_longer_than_excel_can_hold_is_text() -> None:
    table = statement().with_cell("ekonomi", "outcome-2024", Cell(Quantity(Decimal("12345678901234567.8"), decimals=1)))
    assert rows_of(read(report_of(table)), 1, table)[2][1] == "12\u00a0345\u00a0678\u00a0901\u00a0234\u00a0567,8"


@settings(max_examples=40, deadline=None)
@given(tables())
def test_any_table_can_be_written_and_read_back(table: Table) -> None:
    rows = rows_of(read(report_of(table)), 1, table)
    assert [row[0] for row in rows] == [row.label for row in table.rows]
