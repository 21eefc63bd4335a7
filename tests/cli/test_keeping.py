"""The database of another version, and its backup: told in a line, and nothing lost."""

from __future__ import annotations

import argparse
import os
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from django.db import OperationalError

from tests.conftest import PROGRAM
from uppsikt.cli import server
from uppsikt.core.errors import UseError


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an empty database of this version."""
    home = tmp_path_factory.mktemp("home")
    assert _run(home, "upgrade").returncode == 0
    return home


@pytest.fixture
def home(upgraded: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    (tmp_path / "uppsikt.sqlite3").write_bytes((upgraded / "uppsikt.sqlite3").read_bytes())
    return tmp_path


def _run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program on SQLite: how a database of ours is kept is PostgreSQL's own matter there."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [PROGRAM, *arguments], env={**kept, "UPPSIKT_HOME": str(home)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def _change(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "uppsikt.sqlite3")) as database:
        database.execute(statement)
        database.commit()


def _migrations(database: Path) -> int:
    with closing(sqlite3.connect(database)) as opened:
        return int(opened.execute("SELECT count(*) FROM django_migrations").fetchone()[0])


def test_an_empty_database_is_not_served(tmp_path: Path) -> None:
    told = _run(tmp_path, "serve", "--port", "1")
    assert told.returncode == 2
    assert told.stderr.startswith("uppsikt: Databasen är tom. Kör 'uppsikt demo'")


def test_a_newer_database_is_neither_served_nor_upgraded(home: Path) -> None:
    _change(home, "INSERT INTO django_migrations (app, name, applied) VALUES ('steering', '0099_later', '2099-01-01')")
    for command in (("serve",), ("upgrade",), ("demo", "--only-load")):
        told = _run(home, *command)
        assert told.returncode == 2
        assert told.stderr.startswith("uppsikt: Databasen är nyare än programmet")


def test_an_older_database_is_kept_before_it_is_upgraded(home: Path) -> None:
    now = _migrations(home / "uppsikt.sqlite3")
    _change(home, "DELETE FROM django_migrations WHERE app = 'reports'")
    _change(home, "DROP TABLE reports_decidedreport")
    assert _run(home, "serve").stderr.startswith("uppsikt: Databasen är äldre än programmet. Kör 'uppsikt upgrade'")
    assert _run(home, "upgrade").returncode == 0
    (kept,) = (home / "backup").iterdir()
    assert _migrations(kept) < now
    assert _migrations(home / "uppsikt.sqlite3") == now


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "uppsikt.sqlite3").write_text("detta är ingen databas " * 100)
    told = _run(tmp_path, "serve")
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert told.stderr.startswith("uppsikt: Databasen går inte att läsa")


def test_an_upgrade_that_fails_tells_where_the_database_is_kept(home: Path) -> None:
    _change(home, "DELETE FROM django_migrations WHERE app = 'reports'")  # but its table is there
    told = _run(home, "upgrade")
    (kept,) = (home / "backup").iterdir()
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert told.stderr.startswith("uppsikt: Databasen kunde inte uppgraderas")
    assert str(kept) in told.stderr


def test_a_database_that_gives_way_in_the_middle_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_chosen: argparse.Namespace) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(server, "load", held)
    with pytest.raises(UseError, match=r"database is locked.*inte sparat.*försök igen"):
        server.run("load", argparse.Namespace())


@pytest.mark.parametrize("home", ["fil", "fil/mapp", "mapp"])
def test_a_home_that_cannot_be_used_is_told(tmp_path: Path, home: str) -> None:
    (tmp_path / "fil").write_text("")
    (tmp_path / "mapp" / "secret-key").mkdir(parents=True)
    told = _run(tmp_path / home, "serve")
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert told.stderr.startswith(f"uppsikt: Mappen {tmp_path / home} går inte att använda: ")


def test_a_key_that_was_never_written_is_made(home: Path) -> None:
    (home / "secret-key").touch()
    assert _run(home, "check", "verksamhetsberattelse").stderr.startswith("uppsikt: Här finns ingen kommun")
    assert (home / "secret-key").stat().st_size > 50
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("address", ["mysql://a:hemligt@x/y", "postgresql://a:hemligt@x:port/y", "postgresql://[", "x"])
def test_an_address_of_no_database_is_told_without_its_password(tmp_path: Path, address: str) -> None:
    asked = {**os.environ, "UPPSIKT_HOME": str(tmp_path), "DATABASE_URL": address}
    told = subprocess.run([PROGRAM, "serve"], env=asked, capture_output=True, text=True, timeout=120, check=False)
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert told.stderr.startswith("uppsikt: DATABASE_URL är ingen adress till en databas.")
    assert "hemligt" not in told.stderr


@pytest.mark.parametrize("to", ["", "fil/kopia", "mapp"])
def test_a_backup_that_cannot_be_written_is_told(home: Path, to: str) -> None:
    (home / "fil").write_text("")
    (home / "mapp.ofardig").mkdir()
    told = _run(home, "backup", str(home / to) if to else "")
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert "Errno" not in told.stderr


def test_a_backup_is_whole_private_and_never_written_over(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopior" / "fredag.sqlite3"
    assert _run(home, "backup", str(copy)).returncode == 0
    assert _migrations(copy) == _migrations(home / "uppsikt.sqlite3")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    again = _run(home, "backup", str(copy))
    assert again.returncode == 2
    assert "finns redan" in again.stderr
