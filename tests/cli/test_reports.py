"""Reports and their checks from the command line, on the demonstration."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROGRAM, environment

BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "html": b"<!doctype html>"}


def _run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments], env=environment(home), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_report_is_written_in_the_format_that_the_file_name_says(demo_home: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"rapport.{kind}"
    told = _run(demo_home, "report", "verksamhetsberattelse", "--date", "bokslut-2024", "--out", str(file))
    assert told.returncode == 0, told.stderr
    assert file.read_bytes().startswith(BEGINNINGS[kind])


def test_a_report_whose_figures_do_not_add_up_ends_with_one(demo_home: Path) -> None:
    told = _run(demo_home, "check", "verksamhetsberattelse", "--date", "bokslut-2024")
    assert told.returncode == 1
    assert "8 900" in told.stdout.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["report", "roman", "--out", "x.pdf"], "Det finns ingen rapport som heter roman."),
        (["report", "internbudget", "--out", "x.odt"], "Välj ett med --format"),
        (["report", "internbudget", "--date", "bokslut-2024", "--out", "x.pdf"], "Det finns ingen rapport"),
        (["check", "internbudget", "--unit", "ingenstans"], "Det finns ingen enhet som heter ”ingenstans”."),
        (["report", "internbudget", "--out", "/finns/inte/x.pdf"], "Mappen /finns/inte finns inte"),
        (["load", "/finns/inte"], "Mappen /finns/inte finns inte."),
    ],
)
def test_what_cannot_be_made_is_told(demo_home: Path, arguments: list[str], told: str) -> None:
    ended = _run(demo_home, *arguments)
    assert ended.returncode == 2
    assert ended.stderr.startswith("uppsikt: ")
    assert told in ended.stderr


def test_files_that_are_already_loaded_change_nothing(demo_home: Path) -> None:
    again = _run(demo_home, "demo", "--only-load")
    assert again.returncode == 0
    assert "är redan inläst" in again.stdout
