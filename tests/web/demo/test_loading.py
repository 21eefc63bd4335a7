"""Loading is one action: whole or nothing, again without a trace, and never over what a person has changed."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from uppsikt.exchange.municipality import BrokenFilesError
from uppsikt.web.demo import services
from uppsikt.web.demo.models import DataLoad
from uppsikt.web.demo.placing.economy import place_economy
from uppsikt.web.demo.services import DATA, DEMO_PASSWORD, DEMO_USERS, load_demo, load_municipality
from uppsikt.web.economy.models import Figure
from uppsikt.web.history.models import Change
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Membership, Municipality, Unit, User
from uppsikt.web.steering.models import Goal, Indicator, IndicatorValue

pytestmark = pytest.mark.django_db

LK_DATA = "sammanstallningar/bokslut-2019/investment-1.csv"


@pytest.fixture(autouse=True)
def files_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is loaded here are files; the ledger has tests of its own."""
    monkeypatch.setattr(services, "place_ledger", lambda _loader: 0)
    monkeypatch.setattr(services, "adopt_budgets", lambda _actor: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the files, for a test to change."""
    return Path(shutil.copytree(DATA, tmp_path / "kommun"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_second_time_nothing_is_written(folder: Path) -> None:
    first = load_demo()
    changes = Change._default_manager.count()
    assert first.created > 4000
    assert "är nya" in first.text
    assert load_demo().text == "Linköpings kommun är redan inläst. Ingenting är ändrat."
    assert load_municipality(folder).text == "Linköpings kommun är redan inläst. Ingenting är ändrat."
    assert Change._default_manager.count() == changes
    assert DataLoad._default_manager.count() == 1


def test_everything_has_a_history_from_the_first_day() -> None:
    load_demo()
    for model in (Unit, Goal, Indicator, IndicatorValue, Figure):
        made = Change._default_manager.filter(model=model._meta.label_lower, verb="created", why__contains="läses in")
        assert set(made.values_list("object_id", flat=True)) == set(model._default_manager.values_list("pk", flat=True))


def test_changed_files_change_what_nobody_has_touched(folder: Path) -> None:
    load_demo()
    change(folder, LK_DATA, ";48 000;", ";48 001;")
    change(folder, "enheter.csv", "lkdata;LKDATA", "lkdata;LK-data")
    with (folder / "projekt.csv").open("a", encoding="utf-8") as file:
        file.write("ny-bro;kommunstyrelsen;Ny bro\n")
    result = load_municipality(folder)
    assert (result.created, result.updated, result.kept) == (1, 2, ())
    figure = Figure._default_manager.get(row__statement__key="investment-1", row__key="lk-data", raw="48 001")
    assert figure.number == 48001
    last = Change._default_manager.filter(model="economy.figure", object_id=figure.pk).first()
    assert last is not None
    assert last.before is not None
    assert (last.before["raw"], last.why) == ("48 000", "Kommunens datafiler läses in")
    assert Unit._default_manager.get(slug="lkdata").name == "LK-data"


def test_what_a_person_has_changed_is_kept_and_told(folder: Path) -> None:
    load_demo()
    person = User._default_manager.get(username="controller")
    figure = Figure._default_manager.get(row__statement__key="investment-1", row__key="lk-data", raw="48 000")
    town = Municipality._default_manager.get()
    with recording(Actor(town.pk, "Kim Controller", person.pk), why="Rättat efter avstämning") as pen:
        pen.update(figure, raw="47 500", number=Decimal(47500))
    change(folder, "enheter.csv", "lkdata;LKDATA", "lkdata;LK-data")
    change(folder, LK_DATA, ";48 000;", ";48 001;")
    result = load_municipality(folder)
    figure.refresh_from_db()
    assert figure.number == 47500
    assert result.updated == 1
    assert len(result.kept) == 1
    assert "LK-data" in result.text
    assert "kvar som de var" in result.text


def test_every_bad_row_is_named_and_nothing_is_written(folder: Path) -> None:
    change(folder, "enheter.csv", "hr-staben;HR-staben;;stab;;2019-01-01", "hr-staben;HR-staben;;stab;;2019-13-01")
    change(folder, "projekt.csv", "simhallen;kommunstyrelsen", "simhallen;kommunstyrelse")
    change(folder, LK_DATA, ";48 000;", ";fyrtio;")
    change(folder, "malmodeller.csv", "2015;Målmodell 2015–2017;2015;2017", "2015;Målmodell 2015–2017;;2017")
    with pytest.raises(BrokenFilesError) as caught:
        load_municipality(folder)
    text = str(caught.value)
    line = (folder / "projekt.csv").read_text(encoding="utf-8").splitlines().index("simhallen;kommunstyrelse;Simhallen")
    assert f"projekt.csv, rad {line + 1}, kolumn enhet: 'kommunstyrelse' finns inte i enheter.csv." in text
    assert "kolumn från: '2019-13-01' går inte att läsa. Skriv datumet som 2019-01-31." in text
    assert f"{LK_DATA}, rad 4, kolumn budget-2019: 'fyrtio' är varken ett tal" in text
    assert "malmodeller.csv, rad 2, kolumn första år: Rutan är tom. Skriv första året." in text
    assert not Municipality._default_manager.exists()
    assert not Change._default_manager.exists()


def test_what_the_database_cannot_hold_is_named_too(folder: Path) -> None:
    change(folder, "enheter.csv", "lkdata;LKDATA", f"lkdata;{'LK' * 90}")
    with pytest.raises(BrokenFilesError, match=r"enheter\.csv, rad \d+, kolumn namn: .*160"):
        load_municipality(folder)
    assert not Municipality._default_manager.exists()


def test_a_loading_that_is_stopped_halfway_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_shelf: object) -> None:
        assert Indicator._default_manager.exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "place_economy", stopped)
    with pytest.raises(KeyboardInterrupt):
        load_demo()
    assert not Municipality._default_manager.exists()
    assert not Change._default_manager.exists()
    monkeypatch.setattr(services, "place_economy", place_economy)
    assert load_demo().created > 4000


def test_the_users_can_sign_in_and_have_their_roles() -> None:
    load_demo()
    load_demo()
    assert User._default_manager.count() == 3
    for one in DEMO_USERS:
        assert authenticate(username=one.username, password=DEMO_PASSWORD) is not None
        assert Membership._default_manager.filter(
            user__username=one.username, unit__slug=one.unit, role=one.role
        ).exists()
    assert not Change._default_manager.filter(model="organisation.user").exists()
