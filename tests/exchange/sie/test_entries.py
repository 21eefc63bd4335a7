"""SIE as entries: nothing is counted twice, nothing is lost, and codes come from the dimensions that were mapped."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from uppsikt.core.economy.ledger import EntryKind
from uppsikt.exchange.sie import TOLD_ONLY, SieFile, entries_of, read_sie, suggested_mapping

HEAD = (
    "#FLAGGA 0\n#FORMAT PC8\n#SIETYP {}\n#RAR 0 20240101 20241231\n#RAR -1 20230101 20231231\n"
    '#DIM 1 "Ansvar"\n#DIM 6 "Projekt"\n#DIM 20 "Verksamhet"\n#UNDERDIM 21 "Team" 1\n#DIM 22 "Fordon"\n'
    '#KONTO 3011 "Hyror"\n#KONTO 5011 "Löner"\n#OBJEKT 1 "100" "Kansli"\n'
)


def read(kind: str, text: str) -> SieFile:
    return read_sie((HEAD.format(kind) + text).encode())


def told(file: SieFile, **how: object) -> list[tuple[object, ...]]:
    made = entries_of(file, suggested_mapping(file), **how)  # type: ignore[arg-type]  # loosely typed
    return [(one.month, one.account, one.unit, one.amount) for one in made]


def test_dimensions_are_suggested_by_their_names() -> None:
    assert suggested_mapping(read("4", "")) == {"1": "unit", "6": "project", "20": "activity"}
    assert suggested_mapping(SieFile("x", dimensions={"1": "Resultatenhet", "7": "Ansvar"})) == {"1": "unit"}
    assert suggested_mapping(SieFile("x", objects={("1", "a"): "", ("6", "b"): ""})) == {"1": "unit", "6": "project"}


def test_vouchers_become_entries_with_codes_text_and_day() -> None:
    file = read("4", '#VER A 7 20240131 "Hyra"\n{\n#TRANS 3011 {1 "100" 20 "450" 22 "bil"} -5 20240201\n'
                '#TRANS 5011 {} 5 "" "egen"\n}\n')  # fmt: skip
    made = entries_of(file, suggested_mapping(file), otherwise={"unit": "999"})
    first, second = made
    assert (first.month, first.day, first.unit, first.activity) == (202402, date(2024, 2, 1), "100", "450")
    assert (first.voucher, first.text, first.kind) == ("A 7", "Hyra", EntryKind.OUTCOME)
    assert (second.month, second.unit, second.text) == (202401, "999", "egen")
    assert made.names == {"account": {"3011": "Hyror", "5011": "Löner"}, "unit": {"100": "Kansli"}}


def test_the_object_of_a_sub_dimension_counts_before_its_parents() -> None:
    file = read("4", '#VER A 1 20240131 ""\n{\n#TRANS 3011 {21 "t7" 1 "100"} 0\n}\n')
    assert [one.unit for one in entries_of(file, {"21": "unit", "1": "unit"})] == ["t7"]


def test_a_total_and_its_parts_are_never_both_counted_and_the_rest_is_kept() -> None:
    rows = '#PSALDO 0 202401 5011 {} 100\n#PSALDO 0 202401 5011 {1 "100"} 30\n#PSALDO 0 202401 5011 {1 "200"} 50\n'
    assert told(read("3", rows)) == [(202401, "5011", "100", 30), (202401, "5011", "200", 50), (202401, "5011", "", 20)]
    assert told(read("2", "#PSALDO 0 202402 5011 {} 7\n#PSALDO -1 202302 5011 {} 9\n")) == [(202402, "5011", "", 7)]


def test_cuts_by_different_dimensions_are_not_added_but_combinations_are() -> None:
    cuts = '#PSALDO 0 202401 5011 {} 100\n#PSALDO 0 202401 5011 {6 "p"} 100\n#PSALDO 0 202401 5011 {1 "100"} 100\n'
    assert told(read("3", cuts)) == [(202401, "5011", "100", 100)]
    both = '#PSALDO 0 202401 5011 {} 100\n#PSALDO 0 202401 5011 {1 "1"} 60\n#PSALDO 0 202401 5011 {1 "1" 6 "p"} 40\n'
    assert told(read("3", both)) == [(202401, "5011", "1", 60), (202401, "5011", "1", 40)]


def test_where_the_year_says_so_a_row_without_objects_is_what_no_object_has() -> None:
    rows = '#RES 0 5011 130\n#PSALDO 0 202401 5011 {} 100\n#PSALDO 0 202401 5011 {1 "1"} 30\n'
    assert told(read("3", rows)) == [(202401, "5011", "1", 30), (202401, "5011", "", 100)]
    assert told(read("3", rows.replace("RES 0 5011 130", "RES 0 5011 100")))[1] == (202401, "5011", "", 70)


def test_combinations_without_a_total_are_all_kept_when_the_year_says_so() -> None:
    rows = '#PSALDO 0 202401 5011 {1 "1"} 60\n#PSALDO 0 202401 5011 {1 "1" 6 "p"} 40\n'
    assert [one[3] for one in told(read("3", "#RES 0 5011 100\n" + rows))] == [60, 40]
    assert [one[3] for one in told(read("3", "#RES 0 5011 60\n" + rows))] == [40]


def test_months_of_another_year_under_the_number_of_the_own_are_told_once_and_left_out() -> None:
    rows = "#RES 0 5011 5\n#PSALDO 0 202401 5011 {} 5\n#PSALDO 0 202301 5011 {} 7\n#PSALDO 0 202302 5011 {} 0\n"
    file = read("2", rows)
    assert told(file) == [(202401, "5011", "", 5)]
    assert [(one.code, one.line) for one in file.faults] == [("period_outside_year", 16)]


def test_period_budgets_are_entries_of_the_budget() -> None:
    file = read("2", "#PSALDO 0 202401 5011 {} 5\n#PBUDGET 0 202401 5011 {} 7\n#PBUDGET -1 202301 5011 {} 8\n")
    assert [(one.kind, one.amount) for one in entries_of(file, {})] == [("outcome", 5), ("budget", 7)]


def test_the_closing_is_booked_in_december_beside_what_december_has() -> None:
    rows = "".join(
        f"#PSALDO 0 2024{period} 5011 {{}} {amount}\n" for period, amount in (("00", 1), ("12", 5), ("13", 7))
    )
    file = read("2", rows + "#PBUDGET 0 202413 5011 {} 9\n")
    assert told(file) == [
        (202401, "5011", "", 1),
        (202412, "5011", "", 5),
        (202412, "5011", "", 7),
        (202412, "5011", "", 9),
    ]
    assert {one.code for one in file.faults} == {"closing_period"}
    assert {one.code for one in file.faults} <= TOLD_ONLY


def test_another_currency_is_told_where_it_would_be_loaded() -> None:
    file = read("2", "#VALUTA eur\n#PSALDO 0 202401 5011 {} 5\n")
    assert (file.faults, [one.code for one in entries_of(file, {}).faults]) == ([], ["currency"])


def test_a_file_of_years_gives_an_entry_in_the_last_month_and_says_so() -> None:
    file = read("1", "#IB 0 1910 5\n#UB 0 1910 9\n#RES 0 5011 4\n#RES -1 5011 3\n")
    made = entries_of(file, {})
    assert [(one.month, one.account, one.amount) for one in made] == [(202412, "5011", 4)]
    assert [(one.code, one.line) for one in made.faults] == [("whole_year", 16)]


@pytest.mark.parametrize(
    ("kind", "text", "codes"),
    [
        ("4", '#VER A 1 ""\n{\n#TRANS 5011 {} 5\n#TRANS 3011 {} -5\n}\n', ["no_period", "no_period"]),
        ("4", "#VER A 1 20240101\n{\n#TRANS 5011 {} 5.005\n}\n", ["bad_amount"]),
        ("2", "#PSALDO 0 202416 5011 {} 5\n", ["bad_period"]),
        ("2", "#PSALDO 0 202412 5011 {} 5.001\n", ["bad_amount"]),
        ("2", "#PSALDO 0 2x2401 5011 {} 5\n#PSALDO 0 20240 5011 {} 5\n", ["bad_period", "bad_period"]),
    ],
)
def test_what_cannot_become_an_entry_is_a_fault_with_its_line(kind: str, text: str, codes: list[str]) -> None:
    faults = entries_of(read(kind, text), {}).faults
    assert [one.code for one in faults] == codes
    assert all(one.line > 13 for one in faults)


FILES = ["BL0001_typ2.SE", "BL0001_typ3.SE", "BL0001_typ4.SE", "MAMUT_SIE3_EXPORT.SE", "objektsaldo_ovnbolag.se",
         "periodsaldo_ovnbolag.se", "transaktioner_ovnbolag.se", "Sie2.se", "magenta_SIE4E.se"]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_entries_of_real_files_come_to_the_results_that_the_files_tell(reference: Path, name: str) -> None:
    file = read_sie((reference / "sie" / name).read_bytes())
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in entries_of(file, suggested_mapping(file)):
        if one.kind is EntryKind.OUTCOME:
            sums[one.account] += one.amount
    results = {one.account: one.amount for one in file.balances if one.kind == "RES" and one.year == 0}
    assert results
    assert {account: sums[account] for account in results} == results
