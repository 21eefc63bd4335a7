"""The command line: Swedish, quick, and one line when something is wrong."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from uppsikt.cli import main as door
from uppsikt.core.errors import UseError


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from uppsikt.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'django', 'typst', 'vl_convert', 'docx', 'xlsxwriter', 'granian', 'lxml', 'pypdfium2'}\n"
        "heavy |= {'uppsikt.web', 'uppsikt.review'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments", [["--help"], *([name, "--help"] for name in ("demo", "serve", "granska", "report", "load"))]
)
def test_help_is_swedish_throughout(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        door.main(arguments)
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert told.startswith("Användning: uppsikt")
    assert not {"usage", "options", "positional", "arguments", "show", "exit", "default"} & set(told.lower().split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "uppsikt: det här saknas: KOMMANDO. Se uppsikt --help"),
        (["demo", "--port", "x"], "uppsikt demo: --port ska vara ett heltal, inte 'x'. Se uppsikt demo --help"),
        (
            ["serve", "--port", "99999"],
            "uppsikt serve: --port ska vara mellan 1 och 65535, inte 99999. Se uppsikt serve --help",
        ),
        (
            ["serve", "--processes", "0"],
            "uppsikt serve: --processes ska vara mellan 1 och 64, inte 0. Se uppsikt serve --help",
        ),
        (["demo", "--port"], "uppsikt demo: --port behöver ett värde. Se uppsikt demo --help"),
        (["serve", "--host", "0.0.0.0"], "uppsikt: okänt på kommandoraden: --host 0.0.0.0. Se uppsikt --help"),
        (["backup"], "uppsikt backup: det här saknas: FIL. Se uppsikt backup --help"),
    ],
)
def test_a_fault_in_use_is_one_swedish_line(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        door.main(arguments)
    assert ended.value.code == door.COULD_NOT
    assert capsys.readouterr().err == told + "\n"


def _door_to(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    def raises(_chosen: argparse.Namespace) -> int:
        raise error

    monkeypatch.setattr(door, "_entered", lambda _name: raises)
    return door.main(["upgrade"])


def test_what_cannot_be_done_is_told_and_ends_with_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _door_to(monkeypatch, UseError("Databasen är tom.")) == door.COULD_NOT
    assert capsys.readouterr().err == "uppsikt: Databasen är tom.\n"


def test_a_fault_of_ours_is_kept_in_a_file_and_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("UPPSIKT_HOME", str(tmp_path))
    assert _door_to(monkeypatch, ZeroDivisionError("division by zero")) == door.COULD_NOT
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "Traceback" not in told
    assert "Traceback" in (tmp_path / "fel.txt").read_text()
