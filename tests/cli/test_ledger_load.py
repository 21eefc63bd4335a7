"""``uppsikt ledger load`` and the backup of what it loads, run as an operator runs them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import PROGRAM
from tests.web.ledger.test_killing import Home

HEAD = "Konto;Ansvar;Period;Belopp"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)  # how PostgreSQL is backed up is its own matter
        made = Home(tmp_path_factory.mktemp("inlasning"))
    made.environment.pop("DATABASE_URL", None)
    assert made.run(PROGRAM, "upgrade").returncode == 0
    assert made.child("make").returncode == 0
    return made


def file_of(home: Home, name: str, *rows: str) -> Path:
    path = home.folder / name
    path.write_text("\n".join((HEAD, *rows, "")))
    return path


def test_a_file_is_loaded_and_told(home: Home) -> None:
    file = file_of(home, "ett.csv", "5011;10;202401;1 000,50")
    tried = home.run(PROGRAM, "ledger", "load", file, "--source", "Agresso", "--dry-run")
    assert (tried.returncode, tried.stdout.splitlines()[-1]) == (0, "Ingenting är inläst.")
    assert home.told()["sums"] == {}
    done = home.run(PROGRAM, "ledger", "load", file, "--source", "Agresso", "--why", "Januari", "--format", "json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["loaded"], told["rows"], told["total"]) == (0, True, 1, "1000.50")
    assert home.told()["sums"] == {"202401": "1000.50"}


def test_a_file_with_faults_is_not_loaded(home: Home) -> None:
    before = home.told()
    file = file_of(home, "fel.csv", "5011;10;202402;tolv", "5011;77;202402;5,00")
    done = home.run(PROGRAM, "ledger", "load", file, "--source", "Agresso")
    assert done.returncode == 1
    assert "fel: rad 2, Belopp: ”tolv” är inget belopp" in done.stdout
    assert "okänt i registret (unit): 77" in done.stdout
    assert home.told() == before


def test_new_codes_can_be_registered_on_the_way(home: Home) -> None:
    file = file_of(home, "nya.csv", "5012;10;202301;5,00")
    assert home.run(PROGRAM, "ledger", "load", file, "--source", "Agresso").returncode == 1
    assert home.run(PROGRAM, "ledger", "load", file, "--source", "Agresso", "--register").returncode == 0
    assert home.told()["sums"]["202301"] == "5.00"


@pytest.mark.parametrize(("name", "words"), [("saknas.csv", "finns inte"), ("tom.csv", "är tom")])
def test_what_cannot_be_read_is_told_in_a_line(home: Home, name: str, words: str) -> None:
    (home.folder / "tom.csv").write_text("")
    done = home.run(PROGRAM, "ledger", "load", home.folder / name, "--source", "Agresso")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert words in done.stderr


def test_a_backup_holds_the_ledger_and_is_restored_by_putting_it_back(home: Home, tmp_path: Path) -> None:
    copy = tmp_path / "fredag.sqlite3"
    done = home.run(PROGRAM, "backup", copy)
    assert done.returncode == 0, done.stderr
    assert "fredag.sqlite3.ledger" in done.stdout
    other = Home(tmp_path / "annan")
    other.environment.pop("DATABASE_URL", None)
    other.folder.mkdir()
    shutil.copy(copy, other.folder / "uppsikt.sqlite3")
    shutil.copytree(tmp_path / "fredag.sqlite3.ledger", other.folder / "ledger")
    assert other.told() == home.told()


def test_a_backup_tells_when_a_file_of_the_ledger_is_spoilt(home: Home, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home.folder / "uppsikt.sqlite3")) as database:
        (file,) = database.execute("SELECT file FROM ledger_loadedpart LIMIT 1").fetchone()
    spoilt = home.folder / "ledger" / "exempelkoping" / (file + ".entries.parquet")
    kept = spoilt.read_bytes()
    spoilt.write_bytes(kept[:-1] + b"?")
    done = home.run(PROGRAM, "backup", tmp_path / "lordag.sqlite3")
    spoilt.write_bytes(kept)
    assert done.returncode == 2
    assert "inte som de var när de lästes in" in done.stderr
