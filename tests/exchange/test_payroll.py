"""Payroll files: what is read from CSV and Excel, and that every fault is told at once with its place."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.economy.staffing import AgeGroup, PayrollRow, Sex
from uppsikt.core.errors import UseError
from uppsikt.exchange.payroll import read_payroll
from uppsikt.exchange.sheets.sheet import Sheet
from uppsikt.exchange.sheets.writing import write_xlsx

HEAD = (
    "enhet;månad;kön;åldersgrupp;anställda;årsarbetare;ordinarie timmar;sjuktimmar;långa sjuktimmar;började;slutade\n"
)
ROW = "1510;2024-12;Kvinnor;30–49 år;12;11,25;1 980,5;21;7;1;0\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_row_of_a_csv_file_is_read(encoding):
    found = read_payroll((HEAD + ROW).encode(encoding), "personal.csv")
    assert found.faults == ()
    assert found.rows == (
        PayrollRow(
            "1510", 202412, Sex.WOMEN, 12, AgeGroup.MIDDLE, Decimal("11.25"), Decimal("1980.5"), Decimal(21),
            Decimal(7), 1, 0, line=2,
        ),
    )  # fmt: skip


def test_what_the_file_does_not_tell_is_none_and_not_zero():
    found = read_payroll(b"Ansvar,Period,K\xc3\xb6n,Antal\n1510,202401,M,3\n", "personal.csv").rows[0]
    assert (found.sex, found.age_group, found.sick_hours, found.left) == (Sex.MEN, None, None, None)


def test_a_workbook_is_read_as_a_text_file():
    sheet = Sheet(("Enhet", "Månad", "Kön", "Anställda", "Sjuktimmar"), [("1510", "2024-01", "män", 7, Decimal("1.5"))])
    found = read_payroll(write_xlsx(sheet), "personal.xlsx")
    assert found.faults == ()
    assert (found.rows[0].employees, found.rows[0].sick_hours, found.rows[0].line) == (7, Decimal("1.5"), 2)


PLAIN = "Enhet;Månad;Kön;Anställda;Sjuktimmar\n1510;2024-01;Kvinnor;12;1 234,5\n1510;2024-01;Män;3;0\n"


@pytest.mark.parametrize(
    "content",
    [
        *(PLAIN.encode(name) for name in ("utf-8", "cp1252", "cp437", "cp850", "utf-16", "utf-16-le")),
        PLAIN.replace(";", "|").encode(),
        PLAIN.replace(";", "\t").replace("\n", "\r").encode(),
        ("sep=;\n" + PLAIN + "\n\0\x1a").encode(),
        ("Personalstatistik 2024\n\n" + PLAIN + "Summa;;;15;1 234,5\n").encode(),
        PLAIN.replace("Anställda", "Antal anst.").replace("Sjuktimmar", "SJUKFRÅNVARO (TIM)").encode(),
        PLAIN.replace("2024-01", "jan 2024").replace("Kvinnor", "Kv").encode(),
        PLAIN.replace("Månad", "Månad;År").replace("2024-01", "1;2024").encode(),
        PLAIN.replace("2024-01", "2024M01").replace("1510", '"15\n10"').replace('"15\n10"', "1510").encode(),
    ],
)
def test_files_of_usual_shapes_say_the_same(content):
    found = read_payroll(content, "personal.csv")
    assert found.faults == ()
    assert [(row.unit, row.month, row.sex, row.employees, row.sick_hours) for row in found.rows] == [
        ("1510", 202401, Sex.WOMEN, 12, Decimal("1234.5")), ("1510", 202401, Sex.MEN, 3, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("group", "texts"),
    [
        (AgeGroup.YOUNG, ["-29", "<30", "≤29", "29 år eller yngre", "t.o.m. 29", "16-29"]),
        (AgeGroup.MIDDLE, ["30-49", "30–49 år", "30 till 49"]),
        (AgeGroup.OLD, ["50-", "50+", ">= 50", "50 år och äldre", "50-69", "över 49"]),
        (None, ["25-30", "29-", "30-", "-50", "49", "alla", "50-50"]),
    ],
)
def test_age_groups_are_known_by_their_numbers(group, texts):
    rows = "".join(f"1;2024-01;k;{text};1\n" for text in texts)
    found = read_payroll(("enhet;månad;kön;ålder;antal\n" + rows).encode(), "personal.csv")
    assert [row.age_group for row in found.rows] == [group for text in texts if group]
    assert len(found.faults) == (0 if group else len(texts))


def test_a_title_over_the_headings_of_a_sheet_is_passed_over_and_the_row_keeps_its_number():
    sheet = Sheet(("Personal 2024", "", "", ""), [("Enhet", "Månad", "Kön", "Antal"), ("1", "2024-13", "k", 3)])
    found = read_payroll(write_xlsx(sheet), "personal.xlsx")
    assert [(one.line, one.column) for one in found.faults] == [(3, "månad")]


@given(st.binary(max_size=300) | st.text(';,\t"\n enhet månad kön antal 2024-01 km\0', max_size=200).map(str.encode))
def test_broken_files_give_rows_or_a_sentence(content):
    with suppress(UseError):
        read_payroll(b"enhet;m\xe5nad;k\xf6n;antal\n" + content, "personal.csv")


def test_every_fault_is_told_at_once_with_row_and_column():
    rows = "1510;2024-13;Kvinnor;;12\n;2024-01;annat;;många\n1510;2024-01;män;25-30;2,5\n"
    faults = read_payroll((HEAD + rows).encode(), "personal.csv").faults
    assert [(one.line, one.column) for one in faults] == [
        (2, "månad"), (3, "enhet"), (3, "kön"), (3, "anställda"), (4, "åldersgrupp"), (4, "anställda"),
    ]  # fmt: skip
    assert "2024-03" in faults[0].message


def test_a_missing_column_is_one_fault_and_not_one_for_each_row():
    faults = read_payroll(b"enhet;antal\n1;2\n3;4\n", "personal.csv").faults
    assert [one.column for one in faults] == ["månad", "kön"]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"PK\x03\x04nonsense", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0" * 9, b"\x01" * 99]
)
def test_what_is_no_table_is_refused_with_a_sentence(content):
    with pytest.raises(UseError):
        read_payroll(content, "personal.xlsx")
