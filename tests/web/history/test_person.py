"""Who may sign in: given at the machine, since before the first person nobody can."""

from __future__ import annotations

import argparse
import io

import pytest
from django.contrib.auth import authenticate

from tests.web.conftest import Tiny
from uppsikt.cli import person, server
from uppsikt.cli.main import parser
from uppsikt.core.errors import UseError
from uppsikt.web.history.models import Change
from uppsikt.web.history.people import ROLES
from uppsikt.web.organisation.gate import reach

PASSWORD = "ett-riktigt-langt-ord"  # of a test


@pytest.fixture
def run(tiny: Tiny, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # a municipality
    """Run the command with a line on stdin, and give what it said."""

    def told(*words: str, typed: str = PASSWORD) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        chosen: argparse.Namespace = parser().parse_args(["person", *words])
        assert server.person(chosen) == 0
        return capsys.readouterr().out

    return told


def test_a_person_is_made_with_a_role_and_can_sign_in(run, tiny: Tiny) -> None:
    said = run("anna.ek", "--name", "Anna Ek", "--role", "controller", "--unit", "kommunstyrelsen")
    assert said.split() == ["anna.ek", "Anna", "Ek:", "controller", "i", "Kommunstyrelsen"]
    assert authenticate(username="anna.ek", password=PASSWORD) is not None
    assert any("Anna" in line for line in run().splitlines())
    change = reach(tiny.reader, Change).filter(model="organisation.membership").first()
    assert change is not None
    assert PASSWORD not in str(change.after)


def test_a_role_is_given_once_and_taken(run) -> None:
    give = ("kim", "--role", "sekreterare", "--unit", "klf")
    assert run(*give) == run(*give)
    assert "sekreterare" not in run(*give, "--remove")
    with pytest.raises(UseError, match="är inte sekreterare"):
        run(*give, "--remove")


def test_a_password_is_changed_and_a_person_closed_out_until_they_get_one(run) -> None:
    run("kim", "--password")
    assert authenticate(username="kim", password=PASSWORD) is not None
    assert "får inte logga in" in run("kim", "--close")
    assert authenticate(username="kim", password=PASSWORD) is None
    assert "får inte logga in" not in run("kim", "--password")


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("anna.ek",), PASSWORD, "--name NAMN"),
        (("anna.ek", "--name", "Anna"), "kort", "minst 12 tecken"),
        (("anna ek!", "--name", "Anna"), PASSWORD, "användarnamn"),
        (("kim", "--role", "controller"), PASSWORD, "både roll och enhet"),
        (("kim", "--role", "controller", "--unit", "finns-inte"), PASSWORD, "ingen enhet som heter finns-inte"),
        (("--password",), PASSWORD, "Säg vem det gäller"),
        (("kim", "--remove"), PASSWORD, "vilken roll"),
    ],
)
def test_what_will_not_do_is_told_in_a_sentence(run, words: tuple[str, ...], typed: str, told: str) -> None:
    with pytest.raises(UseError, match=told):
        run(*words, typed=typed)


def test_the_roles_of_the_command_are_those_of_the_system() -> None:
    assert sorted(person.ROLES) == sorted(ROLES)
