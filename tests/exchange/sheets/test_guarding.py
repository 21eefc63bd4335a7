"""Workbooks that would fill the memory, or that are none, are refused with a sentence before they are opened."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uppsikt.core.errors import UseError
from uppsikt.exchange.sheets import Sheet, open_workbook, read_xlsx, write_xlsx
from uppsikt.exchange.sheets.guarding import column_letters, column_number

WHOLE = write_xlsx(Sheet(("Konto", "Jan"), [("3011", 5), ("4011", 7)]))
PART = "xl/worksheets/sheet1.xml"


def changed(part: str, content: bytes) -> bytes:
    """Give the whole workbook with another content of a part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), part}:
            new.writestr(name, content if name == part else old.read(name))
    return file.getvalue()


def sheet_of(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576" a="/>"><v>1</v></c></row>',
        "<row r='1'><c r = 'xfd1048576' ><v>1</v></c></row>",
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c r="A99999999999"><v>1</v></c></row>',
    ],
)
def test_far_cells_are_refused(rows: str) -> None:
    with pytest.raises(UseError, match="celler är ifyllda ända till rad"):
        open_workbook(changed(PART, sheet_of(rows)))


def test_far_cells_without_content_are_nothing_to_fear() -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>Konto</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read_xlsx(changed(PART, sheet_of(rows))).headings == ("Konto",)


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    with pytest.raises(UseError, match="för stor när den packas upp"):
        open_workbook(changed("xl/media/one.bin", b"\0" * 20_000_000))


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    data = bytearray(changed("xl/media/one.bin", b"\0" * 4_000_000))
    at = 0
    while (at := data.find(b"PK\x01\x02", at + 1)) > 0:
        if data[at + 46 :].startswith(b"xl/media/one.bin"):
            data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(UseError, match="skadad"):
        open_workbook(bytes(data))


def test_entities_are_refused() -> None:
    with pytest.raises(UseError, match="inte uppbyggd"):
        open_workbook(changed(PART, b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_of("")))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"äldre Excelfil \(.xls\) eller har ett lösenord"),
        (b"Konto;Belopp\n", "ingen Excelfil"),
        (b"", "ingen Excelfil"),
        (WHOLE[:400], "skadad"),
        (write_xlsx(Sheet((), [])), "tomt"),
    ],
)
def test_what_is_no_workbook_is_said_to_be_none(data: bytes, said: str) -> None:
    with pytest.raises(UseError, match=said):
        read_xlsx(data, name="fil.xlsx")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8))
def test_broken_bytes_give_a_sheet_or_a_sentence(changes: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    with suppress(UseError):
        assert read_xlsx(bytes(data)).headings


@given(st.integers(1, 16384))
def test_column_letters_and_numbers_agree(number: int) -> None:
    assert column_number(column_letters(number)) == number
