"""Whoever is killed while loading leaves the old ledger, to the öre; after the transaction it is the new one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import PROGRAM
from tests.web.ledger.child import MOMENTS

CHILD = Path(__file__).with_name("child.py")
OLD, NEW = {"202401": "100.00", "202402": "200.00"}, {"202401": "100.00", "202402": "250.00", "202403": "300.00"}


class Home:
    """A program of its own, with its own folder and database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {**os.environ, "UPPSIKT_HOME": str(folder)}
        if "DATABASE_URL" in os.environ:
            import psycopg

            name = f"killed_{uuid.uuid4().hex[:12]}"
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as administrator:
                administrator.execute(f"CREATE DATABASE {name}")
            self.environment["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run something in it."""
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)

    def child(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the child."""
        return self.run(sys.executable, CHILD, *command)

    def told(self) -> dict[str, Any]:
        """Give the visible manifest and what it comes to."""
        answer = self.child("tell")
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)  # type: ignore[no-any-return]  # what the child wrote


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A municipality whose January and February are loaded."""
    made = Home(tmp_path_factory.mktemp("killed"))
    for name, rows in (("old.csv", OLD), ("new.csv", NEW)):
        lines = [f"5011;10;{month};{amount.replace('.', ',')}" for month, amount in rows.items()]
        (made.folder / name).write_text("\n".join(("Konto;Ansvar;Period;Belopp", *lines, "")))
    for command in ((PROGRAM, "upgrade"), (sys.executable, CHILD, "make")):
        answer = made.run(*command)
        assert answer.returncode == 0, answer.stderr
    answer = made.child("load", made.folder / "old.csv", "")
    assert answer.returncode == 0, answer.stderr
    assert made.told()["sums"] == OLD
    return made


@pytest.mark.django_db  # so that it is run on both databases; its own is another
@pytest.mark.parametrize("moment", list(MOMENTS))
def test_a_killed_load_leaves_one_of_the_two(home: Home, moment: str) -> None:
    before = home.told()
    killed = home.child("load", home.folder / "new.csv", moment)
    assert killed.returncode == -signal.SIGKILL, killed.stdout + killed.stderr
    after = home.told()
    if moment == "after the transaction":
        assert after["sums"] == NEW
        answer = home.child("load", home.folder / "old.csv", "")
        assert answer.returncode == 0, answer.stderr
    else:
        assert after == before
        assert after["sums"] == OLD
