"""Two processes at the same budget at once: what was acknowledged is there, what was not is told, nothing is mixed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROGRAM
from tests.web.ledger.test_killing import Home

CHILD = Path(__file__).with_name("child.py")
pytestmark = pytest.mark.django_db  # so that it is run on both databases; its own is another


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A committee with two drafts of each year; every test takes a year of its own."""
    made = Home(tmp_path_factory.mktemp("budget"))
    for command in ((PROGRAM, "upgrade"), (sys.executable, CHILD, "make")):
        answer = made.run(*command)
        assert answer.returncode == 0, answer.stderr
    return made


def _at_once(home: Home, year: int, *commands: tuple[str, ...]) -> list[tuple[int, Any, str]]:
    """Start every command in a process of its own, let go when all are ready; give code, answer and refusal."""
    begun = [
        subprocess.Popen(
            [sys.executable, CHILD, str(year), *command],
            env=home.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )
        for command in commands
    ]  # fmt: skip
    for one in begun:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in begun:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    told = [one.communicate(timeout=120) for one in begun]
    for _out, err in told:
        assert "Traceback" not in err, err
    return [
        (one.returncode, json.loads(out) if out else None, err) for one, (out, err) in zip(begun, told, strict=True)
    ]


def _state(home: Home, year: int) -> dict[str, Any]:
    answer = home.run(sys.executable, CHILD, str(year), "tell")
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)  # type: ignore[no-any-return]  # what the child wrote


def test_every_move_that_two_people_were_told_is_made_is_in_the_lines_and_the_log(home: Home) -> None:
    told = _at_once(home, 2024, ("move", "kim", "15"), ("move", "charlie", "15"))
    assert [code for code, _, _ in told] == [0, 0]
    state = _state(home, 2024)
    assert sorted(pk for _, made, _ in told for pk in made) == state["moves"]
    _kind, lines = state["versions"]["Arbetsbudget"]
    assert {label: amount for label, (amount, _) in lines.items()} == {"Konsulter": 90_000, "Personal": 150_000}
    assert all(sum(months) == amount for amount, months in lines.values())


def test_of_two_adoptions_one_is_in_force_and_the_ledger_holds_it(home: Home) -> None:
    told = _at_once(home, 2025, ("adopt", "Arbetsbudget"), ("adopt", "Scenario"))
    assert [code for code, _, _ in told] == [0, 0], told
    versions = _state(home, 2025)["versions"]
    assert sorted(kind for kind, _ in versions.values()) == ["adopted", "frozen", "frozen", "frozen"]
    assert _state(home, 2025)["ledger"] == "240000.00"


def test_the_same_draft_is_adopted_once(home: Home) -> None:
    told = _at_once(home, 2026, ("adopt", "Arbetsbudget"), ("adopt", "Arbetsbudget"))
    assert sorted(code for code, _, _ in told) == [0, 3]
    assert "fastställd" in next(err for code, _, err in told if code)
    kinds = [kind for kind, _ in _state(home, 2026)["versions"].values()]
    assert sorted(kinds) == ["adopted", "frozen", "working"]


def test_a_move_beside_an_adoption_is_before_it_or_after_it_and_in_the_ledger_either_way(home: Home) -> None:
    told = _at_once(home, 2027, ("adopt", "Arbetsbudget"), ("move", "kim", "5"))
    assert [code for code, _, _ in told] == [0, 0], told
    state = _state(home, 2027)
    assert state["versions"]["Arbetsbudget"][1]["Personal"][0] == 125_000
    assert (len(state["moves"]), state["ledger"]) == (5, "240000.00")


@pytest.mark.parametrize(("month", "year"), [("1", 2029), ("2", 2030)])
def test_no_krona_that_was_saved_is_lost_in_the_same_cell_or_beside_it(home: Home, month: str, year: int) -> None:
    told = _at_once(home, year, ("save", "Konsulter", "1"), ("save", "Konsulter", month))
    assert [made for _, made, _ in told] == [[10], [10]]
    amount, months = _state(home, year)["versions"]["Arbetsbudget"][1]["Konsulter"]
    assert (amount, sum(months)) == (120_020, 120_020)


def test_of_two_copies_with_one_name_the_second_is_told(home: Home) -> None:
    told = _at_once(home, 2028, ("copy", "Kopia"), ("copy", "Kopia"))
    assert sorted(code for code, _, _ in told) == [0, 3], told
    assert "välj ett namn" in next(err for code, _, err in told if code)
    assert list(_state(home, 2028)["versions"]) == ["Arbetsbudget", "Scenario", "Kopia"]
