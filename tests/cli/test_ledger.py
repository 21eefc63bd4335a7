"""``uppsikt ledger inspect``: exit codes, and one shape of JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from uppsikt.cli.main import main

GOOD = """#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#FNAMN "Exempelkommunen"
#RAR 0 20240101 20241231
#KONTO 1910 Kassa
#KONTO 3010 Hyra
#UB 0 1910 100.50
#VER A 1 20240131 "Hyra"
{
#TRANS 1910 {} 100.50
#TRANS 3010 {} -100.50
}
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "fil.se"
    path.write_text(GOOD)
    return path


def test_a_file_is_told_as_json(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", "inspect", str(good), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "file": "fil.se",
        "encoding": "PC8 (CP437)",
        "type": "4",
        "company": "Exempelkommunen",
        "years": [{"number": 0, "start": "2024-01-01", "end": "2024-12-31"}],
        "accounts": 2,
        "vouchers": 1,
        "entries": 2,
        "balances": {"1910": "100.50", "3010": "-100.50"},
        "faults": [],
    }


def test_faults_are_told_with_their_lines(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good.write_text(GOOD.replace("-100.50", "-99"))
    assert main(["ledger", "inspect", str(good)]) == 1
    shown = capsys.readouterr().out
    assert "Rad 9: Verifikation A 1 balanserar inte: raderna blir 1,50." in shown
    assert "Exempelkommunen" in shown


def test_what_is_no_sie_file_ends_with_two(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good.write_text("<html>")
    assert main(["ledger", "inspect", str(good), "--format", "json"]) == 2
    assert [fault["code"] for fault in json.loads(capsys.readouterr().out)["faults"]] == ["not_sie"]
    assert main(["ledger", "inspect", str(good.parent / "saknas.se")]) == 2
    assert "saknas.se finns inte." in capsys.readouterr().err


TABLE = """Konto;Ansvar;Period;Belopp;Vernr
3011;100;202401;-1 234,50;A1
5011;100;202401;1 000,00;A1
5011;200;202312;5;A2
"""


def test_a_table_file_is_told_in_the_same_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "huvudbok.csv"
    path.write_text(TABLE)
    assert main(["ledger", "inspect", str(path), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["type"], told["encoding"], told["accounts"], told["vouchers"], told["entries"]) == (
        "csv", "UTF-8", 2, 2, 3,
    )  # fmt: skip
    assert told["balances"] == {"3011": "-1234.50", "5011": "1005.00"}
    assert [(year["number"], year["start"]) for year in told["years"]] == [(0, "2024-01-01"), (-1, "2023-01-01")]
    assert (told["total"], told["faults"], told["columns"][3]["field"]) == ("-229.50", [], "amount")


def test_faults_of_a_table_have_row_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "huvudbok.txt"
    path.write_text(TABLE.replace("1 000,00", "tusen").replace("202312", "2023-16"))
    assert main(["ledger", "inspect", str(path)]) == 1
    shown = capsys.readouterr().out
    assert "Rad 3, Belopp: ”tusen” är inget belopp" in shown
    assert "Rad 4, Period: ”2023-16” är ingen period" in shown
    assert "Fel i filen: 2." in shown


def test_what_no_column_tells_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "huvudbok.csv"
    path.write_text("Konto;Period;Belopp\n3011;202401;5\n3011;202402;6\n")
    assert main(["ledger", "inspect", str(path), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert ([one["code"] for one in told["faults"]], told["entries"]) == (["no_unit"], 2)
