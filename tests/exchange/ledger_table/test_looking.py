"""Table files: what Swedish systems write is found out, and the text file that the store reads holds the same."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from uppsikt.core.economy.ledger import EntryKind
from uppsikt.core.errors import UseError
from uppsikt.exchange.ledger_table import Look, as_text_file, look_at

PLAIN = "Konto;Ansvar;Verksamhet;Period;Belopp;Text\n3011;100;450;202401;-1 234,50;Hyra\n5011;100;450;202402;7,00;Lön\n"


@pytest.fixture
def look(tmp_path: Path):  # type: ignore[no-untyped-def]  # a fixture
    def made(text: str, encoding: str = "utf-8", name: str = "fil.csv", **how: object) -> Look:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return look_at(path, **how)  # type: ignore[arg-type]  # loosely typed

    return made


def fields(look: Look) -> list[str]:
    return [column.field for column in look.columns]


def made(look: Look, folder: Path) -> list[list[str]]:
    """Give the rows of the text file after its heading, without the empty ones."""
    text = as_text_file(look.path, look, folder).read_text(look.layout.encoding)
    rows = list(csv.reader(text.splitlines(), delimiter=look.layout.delimiter))[look.layout.skip :]
    return [row for row in rows if row]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 med BOM"),
        ("cp1252", "Windows-1252 (Latin-1)"),
        ("cp437", "CP850 (CP437)"),
        ("cp850", "CP850 (CP437)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
    ],
)
def test_a_plain_file_is_read_as_it_stands_in_any_encoding(look, encoding: str, told: str) -> None:  # type: ignore[no-untyped-def]  # a fixture
    found = look(PLAIN, encoding)
    assert (found.encoding, found.as_it_stands, found.layout.skip, found.thousands) == (told, True, 1, " ")
    assert (found.layout.delimiter, found.layout.decimal, found.layout.kind) == (";", ",", EntryKind.OUTCOME)
    assert fields(found) == ["account", "unit", "activity", "period", "amount", "text"]
    assert found.path.read_bytes().decode(found.layout.encoding).lstrip("\ufeff") == PLAIN


def test_a_file_whose_lines_end_in_several_ways_is_made_even(look, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a fixture
    found = look("Huvudbok\n" + PLAIN.replace("\n", "\r\n"))
    assert (found.as_it_stands, len(made(found, tmp_path))) == (False, 2)


def test_letters_far_down_in_a_big_file_tell_its_encoding(look) -> None:  # type: ignore[no-untyped-def]  # a fixture
    rows = "3011;100;450;202401;-1,50;Hyra\n" * 30_000
    found = look("Konto;Ansvar;Verksamhet;Period;Belopp;Text\n" + rows + "5011;100;450;202402;7,00;Lön\n", "cp1252")
    assert (found.encoding, found.as_it_stands) == ("Windows-1252 (Latin-1)", True)


def test_titles_before_the_headings_and_sums_after_the_rows_are_left_out(look, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a fixture
    text = (
        "Huvudbok\n\nUtskriven 2024-02-01\nKto\tKto(T)\tAnsv\tVht\tBokf.datum\tBelopp\tVernr\n"
        "3011\tHyra\t0100\t450\t2024-01-15\t-1234.50\tA1\n5011\tLön\t0100\t450\t2024-01-15\t1000.00\tA2\n"
        "Summa\t\t\t\t\t-234.50\t\nAntal rader: 2\n\n"
    )
    found = look(text, "cp1252")
    assert (found.heading_line, found.footer, str(found.stated_total)) == (4, 3, "-234.50")
    assert found.preamble == ("Huvudbok", "Utskriven 2024-02-01")
    assert fields(found) == ["account", "account_name", "unit", "activity", "date", "amount", "voucher"]
    assert [row[0] for row in made(found, tmp_path)] == ["3011", "5011"]
    assert found.layout.first_row == 5


def test_a_column_for_each_month_becomes_a_row_for_each_amount(look, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a fixture
    found = look("Konto,Ansvar,jan,feb,mar\n3011,100,-1,2.5,3\n4011,100,,5,6\n", name="Budget 2025.csv")
    assert (found.layout.kind, found.layout.lines_of_row, found.layout.first_row) == (EntryKind.BUDGET, 3, 2)
    assert made(found, tmp_path) == [
        ["3011", "100", "202501", "-1"], ["3011", "100", "202502", "2.5"],
        ["3011", "100", "202503", "3"], ["4011", "100", "202502", "5"], ["4011", "100", "202503", "6"],
    ]  # fmt: skip
    lines = (tmp_path / "entries.csv").read_text().splitlines()
    assert lines[4] == ""  # the empty cell keeps its place, so that the row of a fault can be told


def test_months_without_a_year_are_asked_about(look) -> None:  # type: ignore[no-untyped-def]  # a fixture
    text = "Konto;Ansvar;Januari;Februari\n3011;100;1;2\n"
    assert [fault.code for fault in look(text).faults] == ["no_period"]
    assert fields(look(text, year=2024))[2:] == ["value::202401", "value::202402"]


def test_outcome_and_budget_side_by_side_become_rows_of_each_kind(look, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a fixture
    found = look("Konto;Ansvar;Period;Utfall;Budget;Avvikelse\n3011;100;202401;-100;-90,5;10\n")
    assert made(found, tmp_path) == [
        ["3011", "100", "202401", "-100", "outcome"],
        ["3011", "100", "202401", "-90,5", "budget"],
    ]


@pytest.mark.parametrize(
    "heads",
    [
        "Konto;Ansvar;Utfall 2024;;Budget 2024;\n;;jan;feb;jan;feb\n",
        ";;Utfall 2024;;Budget 2024;\nKonto;Ansvar;jan;feb;jan;feb\n",
        "Konto;Ansvar;Utfall 202401;Utfall 202402;Budget 202401;Budget 202402\n",
    ],
)
def test_months_of_several_kinds_are_told_apart(look, heads: str) -> None:  # type: ignore[no-untyped-def]  # a fixture
    found = look(heads + "3011;100;1;2;3;4\n")
    assert fields(found)[2:] == [
        "value:outcome:202401", "value:outcome:202402", "value:budget:202401", "value:budget:202402",
    ]  # fmt: skip
    assert len(found.mapping) == 6


def test_year_and_month_in_columns_of_their_own_are_joined_and_names_parted_from_codes(look, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a fixture
    text = "År;Månad;Konto;Ansvar;Debet;Kredit\n2024;1;3011 Hyror;100 Kansli;;5,5\n2024;12;4011 Varor;100 Kansli;7;\n"
    found = look(text)
    assert found.layout.columns == ("account", "account_name", "unit", "unit_name", "debit", "credit", "period")
    assert made(found, tmp_path)[1] == ["4011", "Varor", "100", "Kansli", "7", "", "202412"]


def test_sum_lines_between_the_entries_become_empty_lines(look, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # a fixture
    text = "Konto;Ansvar;Period;Belopp\n3011;100;202401;-5\nSumma 100;;;-5\n3011;200;202401;-6\n"
    found = look(text)
    assert [row[1] for row in made(found, tmp_path)] == ["100", "200"]
    assert (tmp_path / "entries.csv").read_text().splitlines()[2] == ""


def test_a_text_that_speaks_of_sums_is_an_entry(look) -> None:  # type: ignore[no-untyped-def]  # a fixture
    found = look("Text;Konto;Ansvar;Period;Belopp\nSumma hyror;3011;100;202401;-5\nTotalt;3011;100;202401;-5\n")
    assert (found.footer, found.as_it_stands, len(found.lines)) == (0, True, 2)


def test_the_columns_that_were_chosen_before_are_chosen_again_in_any_order(look) -> None:  # type: ignore[no-untyped-def]  # a fixture
    before = {"Konto": "account", "Fält A": "unit", "Period": "period", "Kronor": "amount", "Borta": "text"}
    found = look("Kronor;Period;FÄLT A;Konto;Ny\n5;202401;100;3011;x\n", remembered=before)
    assert fields(found) == ["amount", "period", "unit", "account", ""]
    assert (found.new, found.gone, found.surety) == (("Ny",), ("Borta",), 1.0)
    assert look_at(found.path, remembered=found.mapping).columns[:4] == found.columns[:4]


def test_positive_income_is_noticed(look) -> None:  # type: ignore[no-untyped-def]  # a fixture
    rows = "".join(f"{account};100;202401;{amount}\n" for account in ("3011", "5011") for amount in (5, 6, 7))
    assert look("Konto;Ansvar;Period;Belopp\n" + rows).layout.income_positive
    assert not look("Konto;Ansvar;Period;Belopp\n" + rows.replace("202401;", "202401;-")).layout.income_positive


def test_a_file_without_headings_is_read_by_what_stands_in_it(look) -> None:  # type: ignore[no-untyped-def]  # a fixture
    found = look("3011;100;202401;5,50;Hyra\n4011;200;202401;7,00;Varor\n")
    assert (fields(found), found.layout.skip) == (["account", "unit", "period", "amount", ""], 0)
    assert found.surety < 0.5


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("Kto;Ansv;Verks;Proj;Mp;Per;Belopp", "account unit activity project counterpart period amount"),
        ("Konto;Konto(T);Ansvar;Ansvar(T);Vht;Period;Belopp",
         "account account_name unit unit_name activity period amount"),
        ("Konto;Benämning;Ansvar;Benämning;Verksamhet;Period;Belopp",
         "account account_name unit unit_name activity period amount"),
        ("Kontonr;Ansvarskod;Verksamhet;Aktivitet;Objekt;Period;Saldo",
         "account unit activity  object period amount"),
        ("Konto;Enhet;Aktivitet;Verksamhet;Transtext;Period;Summa", "account unit object activity text period amount"),
        ("Konto;Kontonamn;Ansvar;Verifikation;Typ;Period;Belopp", "account account_name unit voucher  period amount"),
    ],
)  # fmt: skip
def test_words_of_many_systems(look, headings: str, expected: str) -> None:  # type: ignore[no-untyped-def]  # a fixture
    cells = {"Period": "202401", "Per": "202401", "Belopp": "5,5", "Saldo": "5,5", "Summa": "5,5"}
    row = ";".join(
        cells.get(one, "text" if one[-3:] in ("(T)", "ing", "amn", "ext") else "311") for one in headings.split(";")
    )
    assert fields(look(f"{headings}\n{row}\n{row}\n")) == expected.split(" ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "är tom"),
        ("\n\n", "är tom"),
        ("%PDF-1.7\n", "ingen tabellfil"),
        ("\x01\x02\x03\x04" * 50, "ingen tabellfil"),
        ("5;" * 3_000 + "\n", "fler än någon tabellfil"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(look, text: str, said: str) -> None:  # type: ignore[no-untyped-def]  # a fixture
    with pytest.raises(UseError, match=said):
        look(text)


def test_what_is_missing_is_told_all_at_once(look) -> None:  # type: ignore[no-untyped-def]  # a fixture
    assert {fault.code for fault in look("Text;Vernr\nhej;A1\n").faults} == {
        "no_account", "no_unit", "no_period", "no_amount",
    }  # fmt: skip
