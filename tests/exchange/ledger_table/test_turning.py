"""Columns that say what another one means: D and K, minus under Kredit, a saldo beside them, years of two digits."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from uppsikt.exchange.ledger_table import Look, Told, as_text_file, look_at, told_of

HEAD, ROWS = "Konto;Ansvar;Period;", "3011;100;202401;{}\n5011;100;202401;{}\n"
BOOKED = {"3011": Decimal("-1234.50"), "5011": Decimal(2000)}


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]  # a fixture
    def made(text: str, name: str = "fil.csv") -> tuple[Look, Told]:
        path = tmp_path / name
        path.write_text(text)
        look = look_at(path)
        return look, told_of(as_text_file(path, look, tmp_path), look.layout)

    return made


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "Belopp;D/K\n" + ROWS.format("1234,50;K", "2000;D"),
        HEAD + "Belopp;Debet/Kredit\n" + ROWS.format("1234,50;kredit", "2000;debet"),
        HEAD + "DK;Belopp\n" + ROWS.format("D;-1234,50", "K;-2000,00"),
        HEAD + "Debet;Kredit\n" + ROWS.format(";1 234,50", "2000;0,00"),
        HEAD + "Debet;Kredit\n" + ROWS.format(";-1 234,50", "2000;0,00"),
        HEAD + "Debet;Kredit;Saldo\n" + ROWS.format("0,00;1234,50;-1234,50", "2000,00;0,00;765,50"),
        HEAD + "Debet;Kredit;Belopp\n" + ROWS.format(";1234,50;-1234,50", "2000;;2000"),
        "Konto;Ansvar;Datum;Belopp\n3011;100;240131;-1234,50\n5011;100;240115;2000\n",
        "Konto;Ansvar;Bokf.period;Belopp\n3011;100;2401;-1234,50\n5011;100;2401;2000\n",
        "Konto;;Ansvar;;Period;Belopp\nnr;namn;nr;namn;;kr\n3011;Hyra;1;E;202401;-1234,50\n5011;Lön;1;E;202401;2000\n",
        "Konto (kod);Konto (namn);Ansvar (kod);Månad;Utfall (kr)\n3011;H;1;2024-01;-1234,50\n5011;L;1;2024-01;2000\n",
        "Koddel 1 Konto;Koddel 2 Ansvar;Period;Belopp i kr\n3011;1;202401;-1234,50\n5011;1;202401;2000\n",
        "Account;Cost centre;Trans.date;TransNo;Amount\n3011;1;2024-01-31;7;-1234.50\n5011;1;2024-01-31;7;2000.00\n",
    ],
)
def test_the_books_are_the_same_however_their_signs_and_days_are_written(read, text: str) -> None:  # type: ignore[no-untyped-def]  # a fixture
    look, told = read(text)
    assert (told.balances, told.months, look.faults, told.faults) == (BOOKED, {202401}, (), [])


def test_an_amount_whose_side_is_not_told_is_a_fault_and_never_a_guess(read) -> None:  # type: ignore[no-untyped-def]  # a fixture
    rows = "".join(f"5011;100;202401;{one};D\n" for one in range(1, 20))
    _, told = read(HEAD + "Belopp;D/K\n" + rows + "5011;100;202401;5;X\n5011;100;202401;5;\n")
    assert [(one.line, one.code) for one in told.faults] == [(21, "bad_amount"), (22, "bad_amount")]
    assert told.entries == 19


def test_what_may_be_a_year_is_not_read_as_a_month_with_two_digits(read) -> None:  # type: ignore[no-untyped-def]  # a fixture
    _, told = read(HEAD + "Belopp\n3011;100;2012;5\n3011;100;2011;5\n")
    assert {one.code for one in told.faults} == {"bad_period"}


def test_months_without_a_year_take_it_from_the_name_of_the_file(read) -> None:  # type: ignore[no-untyped-def]  # a fixture
    text = HEAD + "Belopp\n3011;100;1;-5\n3011;100;12;-6\n"
    assert read(text, "Utfall 2024.csv")[1].months == {202401, 202412}
    assert {one.code for one in read(text, "utfall.csv")[0].faults} == {"no_period"}


@pytest.mark.parametrize(
    ("heading", "months"), [("jan-24;feb-24", {202401, 202402}), ("P1 2024;P2 2024", {202401, 202402})]
)
def test_months_over_columns_with_years_of_two_digits(read, heading: str, months: set[int]) -> None:  # type: ignore[no-untyped-def]  # a fixture
    assert read(f"Konto;Ansvar;{heading}\n3011;100;-1;-2\n")[1].months == months


def test_books_that_come_to_nothing_keep_their_signs(read) -> None:  # type: ignore[no-untyped-def]  # a fixture
    rows = "".join(f"3011;100;202401;{amount}\n1510;100;202401;-{amount}\n" for amount in (5, 6, 7))
    look, told = read(HEAD + "Belopp\n" + rows)
    assert (look.layout.income_positive, told.balances["3011"]) == (False, 18)


@pytest.mark.parametrize("extra", ["", "Summa;;;1,00\n"])
def test_a_row_that_cannot_be_cut_into_cells_is_a_fault_and_never_silence(read, extra: str) -> None:  # type: ignore[no-untyped-def]  # a fixture
    rows = "5011;100;202401;5,00\n" * 20_000  # what is cut off is not among the rows that are looked at
    _, told = read(HEAD + "Belopp\n" + rows + '3011;100;202401;"-7' + "7" * 3_000_000 + "\n" + extra)
    assert told.entries == 20_000
    assert {one.line for one in told.faults} == {20_002}


@pytest.mark.parametrize("heads", ["Belopp;Text", "Belopp;D/K;Text"])
@pytest.mark.parametrize("closed", [True, False])
def test_a_quote_that_swallows_rows_is_a_fault_and_never_silence(read, heads: str, closed: bool) -> None:  # type: ignore[no-untyped-def]  # a fixture
    row = "5011;100;202401;5,00;" + ("D;" if "D/K" in heads else "")
    rows = [f"{row}Rad {number}" for number in range(400)]
    rows[350] = f'{row}"Tum 3'
    rows[380] = f'{row}Tum" 4' if closed else rows[380]
    _, told = read(HEAD + "\n".join([heads, *rows, ""]))
    assert {one.line for one in told.faults} == {352}


def test_a_line_break_in_a_text_is_no_fault(read) -> None:  # type: ignore[no-untyped-def]  # a fixture
    _, told = read(HEAD + 'Belopp;Text\n5011;100;202401;5;"rad ett;\nrad två; tre"\n')
    assert (told.entries, told.faults) == (1, [])
