"""Two processes that load the same months at once: one file stands, or one after the other, and never some of each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROGRAM
from tests.web.ledger.test_killing import CHILD, Home

MONTHS = ("202401", "202402", "202403")
FILES = {"one.csv": "111,00", "other.csv": "222,00"}
ROWS = 5_000  # so many that neither is done before the other has begun


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An empty municipality, and two files of the same months."""
    made = Home(tmp_path_factory.mktemp("racing"))
    for name, amount in FILES.items():
        lines = [f"5011;10;{month};{amount}" for month in MONTHS for _ in range(ROWS)]
        (made.folder / name).write_text("\n".join(("Konto;Ansvar;Period;Belopp", *lines, "")))
    for command in ((PROGRAM, "upgrade"), (sys.executable, CHILD, "make")):
        answer = made.run(*command)
        assert answer.returncode == 0, answer.stderr
    return made


def started(home: Home, file: str) -> subprocess.Popen[str]:
    """Start a load and leave it to itself."""
    command = (PROGRAM, "ledger", "load", Path(home.folder / file), "--source", "Agresso", "--why", f"Läser in {file}")
    return subprocess.Popen(
        command, env=home.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


@pytest.mark.django_db  # so that it is run on both databases; its own is another
def test_two_processes_that_load_the_same_months_leave_one_of_the_files(home: Home) -> None:
    loads = {file: started(home, file) for file in FILES}
    told = {file: load.communicate(timeout=120) for file, load in loads.items()}
    codes = {file: load.returncode for file, load in loads.items()}
    assert 0 in codes.values(), told
    for file, (out, err) in told.items():
        assert "Traceback" not in err, err
        if codes[file]:
            assert "Något annat lästes in" in out + err or "Någon annan" in out + err, out + err
    whole = [dict.fromkeys(MONTHS, f"{int(amount[:3]) * ROWS}.00") for amount in FILES.values()]
    sums = home.told()["sums"]
    assert sums in whole
    losers = [file for file, code in codes.items() if code]
    for file, one in zip(FILES, whole, strict=True):
        assert not (file in losers and sums == one), "what was refused stands"
