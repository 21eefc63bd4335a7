"""Payroll files: what is read from CSV and Excel, and that every fault is told at once with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

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


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04nonsense"])
def test_what_is_no_table_is_refused_with_a_sentence(content):
    with pytest.raises(UseError):
        read_payroll(content, "personal.xlsx")
