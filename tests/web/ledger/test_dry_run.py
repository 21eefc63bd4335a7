"""The page of a dry run: short however much there is, searched, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.conftest import Tiny
from tests.web.ledger.test_loading import JANUARY, read, received
from tests.web.ledger.test_pages import HERE, page_of
from uppsikt.web.ledger import running
from uppsikt.web.ledger.models import LedgerCode, Load

SignIn = Callable[[str], Client]
NEW = 900
HEAD = "Konto;Ansvar;Ansvarsnamn;Verksamhet;Period;Belopp;Text"


@pytest.fixture(autouse=True)
def nobody_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.WORKER, "wake", lambda: None)


@pytest.fixture
def load(codes: Tiny) -> Load:
    """A dry run with 900 new responsibility codes, one of them called as a unit, and a new account."""
    rows = [f"5011;{7000 + at};Enhet nummer {at};100;202401;1,00;" for at in range(NEW - 1)]
    made = received(codes, *rows, "5077;9999;Ekonomistaben;100;202401;1,00;", head=HEAD)
    read(codes, made)
    return made


def address(load: Load, query: str = "") -> str:
    return f"{HERE}inlasningar/{load.pk}/{query}"


def test_nine_hundred_new_codes_are_pages_of_fifty(load: Load, signed_in: SignIn) -> None:
    kim = signed_in("kim")
    answer = kim.get(address(load))
    assert len(answer.content) < 60_000, len(answer.content)
    told = page_of(kim, address(load))
    assert "901 koder finns inte i registret" in told
    assert "Ansvar (900)" in told
    assert "Sida 1 av 18" in told
    assert told.count('name="enhet-') == 50
    assert told.count("<datalist") == 1
    assert 'name="namn-account-5077"' in page_of(kim, address(load, "?visa=koder&del=account"))
    found = page_of(kim, address(load, "?visa=koder&q=9999"))
    assert 'value="Ekonomistaben" list="enheter"' in found
    assert "heter som enheten" in found
    assert "rad 901" in found
    assert "Ingen ny kod passar" in page_of(kim, address(load, "?visa=koder&q=finnsinte"))


def test_the_codes_of_a_page_are_registered_and_the_dry_run_stands(codes: Tiny, load: Load, signed_in: SignIn) -> None:
    kim = signed_in("kim")
    told = {
        "del": "unit",
        "namn-unit-7000": "Ny",
        "enhet-7000": "HR-staben",
        "namn-unit-7001": "Utan",
        "enhet-7001": "",
    }
    answer = kim.post(address(load, "koder/"), told, follow=True).content.decode()
    assert "2 koder är registrerade" in answer
    assert LedgerCode._default_manager.get(part="unit", code="7000").unit == codes.units["hr-staben"]
    assert LedgerCode._default_manager.get(part="unit", code="7001").unit is None
    assert not LedgerCode._default_manager.filter(part="unit", code="7002").exists()
    load.refresh_from_db()
    assert load.state == Load.State.STAGED
    assert "899 koder finns inte" in page_of(kim, address(load))


def test_all_are_registered_at_once_with_what_is_suggested_only_when_asked(
    codes: Tiny, load: Load, signed_in: SignIn
) -> None:
    kim = signed_in("kim")
    kim.post(address(load, "koder/"), {"del": "unit", "namn-unit-7000": "Min", "alla": "1", "foreslagna": "on"})
    assert LedgerCode._default_manager.get(part="unit", code="7000").name == "Min"
    assert LedgerCode._default_manager.get(part="unit", code="9999").unit == codes.units["ekonomistaben"]
    assert LedgerCode._default_manager.get(part="unit", code="7500").unit is None
    assert LedgerCode._default_manager.filter(part="account", code="5077").exists()
    assert "Läs in 900 poster" in page_of(kim, address(load))


def test_a_unit_that_does_not_exist_is_told_at_its_row_and_nothing_is_lost(load: Load, signed_in: SignIn) -> None:
    kim = signed_in("kim")
    sent = {"del": "unit", "namn-unit-7000": "Skrivet namn", "enhet-7000": "Ekonomistabn", "namn-unit-7001": "B",
            "enhet-7001": "Andra & fel", "alla": "1"}  # fmt: skip
    answer = kim.post(address(load, "koder/"), sent)
    told = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Det finns ingen enhet som heter ”Ekonomistabn”", "”Andra &amp; fel”", 'value="Skrivet namn"',
                  'value="Ekonomistabn"', 'aria-describedby="fel-7000"'):  # fmt: skip
        assert words in told, words
    assert not LedgerCode._default_manager.filter(part="unit", code__startswith="70").exists()


def test_faults_are_searched_and_paged(codes: Tiny, signed_in: SignIn) -> None:
    good = [JANUARY] * 200  # so that the column is known to be amounts
    made = received(codes, *(f"5011;10;100;202401;fel{at};" for at in range(70)), *good)
    read(codes, made)
    kim = signed_in("kim")
    told = page_of(kim, address(made))
    assert "70 rader går inte att läsa" in told
    assert "Sida 1 av 2" in told
    assert "rad 2, Belopp" in told
    assert "rad 71, Belopp" not in told
    assert "rad 71, Belopp" in page_of(kim, address(made, "?visa=fel&sida=2"))
    assert page_of(kim, address(made, "?visa=fel&q=fel33")).count("Belopp</th>") == 1


def test_changes_are_searched_and_paged(codes: Tiny, signed_in: SignIn) -> None:
    units, months = (10, 20, 50, 90, 21), range(202401, 202413)
    made = received(codes, *(f"5011;{unit};100;{month};1,00;" for unit in units for month in months))
    read(codes, made)
    kim = signed_in("kim")
    assert "Sida 1 av 2" in page_of(kim, address(made, "?visa=andringar"))
    told = page_of(kim, address(made, "?visa=andringar&q=skolor"))
    assert told.count("50 Skolor</th>") == 12
    assert "10 Ekonomi</th>" not in told
    assert "Utfall januari 2024" in page_of(kim, address(made, "?visa=manader"))


def test_a_counterpart_is_said_to_be_the_municipality_itself(codes: Tiny, signed_in: SignIn) -> None:
    head = "Konto;Ansvar;Motpart;Period;Belopp"
    made = received(codes, "5011;10;77;202401;1,00", "5011;10;78;202401;1,00", head=head)
    read(codes, made)
    kim = signed_in("kim")
    kim.post(
        address(made, "koder/"),
        {"del": "counterpart", "namn-counterpart-77": "Vi", "egen-77": "on", "namn-counterpart-78": "De"},
    )
    own = dict(LedgerCode._default_manager.filter(part="counterpart").values_list("code", "is_internal"))
    assert (own["77"], own["78"]) == (True, False)
