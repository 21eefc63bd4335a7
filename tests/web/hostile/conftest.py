"""Exempelköping with something of everything in every room, and the municipality next door with the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.web.budget.conftest import made  # noqa: F401  # a fixture
from tests.web.conftest import Tiny
from tests.web.doors.conftest import PLACE, World, world  # noqa: F401  # a fixture
from tests.web.ledger.conftest import entry
from tests.web.review.records import finding, record
from uppsikt.web.budget.models import BudgetUnit
from uppsikt.web.budget.services import explaining, making, moving
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.models import FrameEntry, InvestmentProject
from uppsikt.web.followup.models import CellComment, ForecastLimit
from uppsikt.web.history.services import recording
from uppsikt.web.investments.models import InvestmentFrame
from uppsikt.web.ledger import running as ledger_work
from uppsikt.web.ledger.models import LedgerCode, Load
from uppsikt.web.ledger.services import load_entries, periods, receiving, responsibility, staging
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Unit, User
from uppsikt.web.pages import signing_in
from uppsikt.web.pages import views as pages_views
from uppsikt.web.review import running as review_work
from uppsikt.web.review import services as reviews

NEIGHBOUR = "GRANNDOLT"  # in the name of everything that the municipality next door has
COLUMNS = {"Konto": "account", "Ansvar": "unit", "Verksamhet": "activity", "Period": "period", "Belopp": "amount"}
HEAD = ";".join(COLUMNS) + "\n"


@dataclass
class Town:
    """The municipality, what an address calls its things, and what the one next door has under the same words."""

    world: World
    keys: dict[str, dict[str, object]]
    abroad: dict[str, object] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    bodies: dict[int, dict[str, Any]] | None = None  # of each form, once a test has read its page; None: read anew
    _sessions: dict[str, str] = field(default_factory=dict)
    _handlers: dict[bool, ClientHandler] = field(default_factory=dict)

    @property
    def tiny(self) -> Tiny:
        return self.world.tiny

    def url(self, name: str, **told: object) -> str:
        """Give the address of a door; one whose arguments nobody has told is a KeyError."""
        known = {**dict(zip(("unit_slug", "date_slug"), PLACE, strict=True)), **self.keys["*"]}
        known |= {**self.keys.get(name, {}), **told}
        return reverse(name, kwargs={one: known[one] for one in doors()[name]})

    def client(self, who: str, *, enforce_csrf_checks: bool = False) -> Client:
        """Give a browser of a person's own, who has signed in; nothing of an earlier visit is in it."""
        client = Client(raise_request_exception=False, enforce_csrf_checks=enforce_csrf_checks)
        client.handler = self._handlers.setdefault(enforce_csrf_checks, client.handler)  # a new one looks for files
        if not who:
            return client
        if who not in self._sessions:
            client.force_login(self.tiny.people[who])
            self._sessions[who] = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[who]
        return client


def doors() -> dict[str, tuple[str, ...]]:
    """Give every address of the program by name, with the names of what it tells."""
    found: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[URLPattern | URLResolver, tuple[str, ...]]] = [(get_resolver(), ())]
    while waiting:
        one, above = waiting.pop()
        names = (*above, *one.pattern.converters)
        if isinstance(one, URLResolver):
            waiting.extend((below, names) for below in one.url_patterns)
        else:
            found[str(one.name)] = names
    return found


@dataclass
class Standing:
    """What every test of a file begins with: the town as it was made, and the files that its ledger had then."""

    home: Path
    town: Town | None = None
    bodies: dict[int, dict[str, Any]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing]:
    """Open the transaction in which a file's town is made once: to make it takes longer than most of the tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Standing(tmp_path_factory.mktemp("standing"))
        transaction.set_rollback(True)


@pytest.fixture
def db(request: pytest.FixtureRequest) -> None:
    """The database as every test meets it: in the transaction of its file, except where a test commits."""
    if "transactional_db" not in request.fixturenames:
        request.getfixturevalue("standing")


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def tries(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has guessed any password yet (the program counts in its process), and to guess takes no time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(pages_views, "TRIES", signing_in.Tries())


@pytest.fixture
def town(db: None, home: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    for worker in (ledger_work.WORKER, review_work.WORKER):  # a thread would not see what is not committed
        monkeypatch.setattr(worker, "wake", lambda: None)
    if "transactional_db" in request.fixturenames:
        yield _furnished(request.getfixturevalue("world"))
        return
    kept: Standing = request.getfixturevalue("standing")
    if kept.town is None:
        kept.town = _furnished(request.getfixturevalue("world"))
        shutil.copytree(home, kept.home, dirs_exist_ok=True)
    else:
        shutil.copytree(kept.home, home, dirs_exist_ok=True)
    with transaction.atomic():
        found = deepcopy(kept.town)
        found.bodies = kept.bodies
        yield found
        connection.check_constraints()
        transaction.set_rollback(True)


def _furnished(world: World) -> Town:  # noqa: F811  # not the fixture
    found = Town(world, {name: dict(told) for name, told in world.keys.items()})
    for furnish in (_steering, _budget, _ledger, _codes, _reviews, _frames, _neighbour):
        furnish(found)
    for who in found.tiny.people:
        found.client(who)  # signed in before anything is taken back
    found._handlers.clear()
    return found


def _steering(town: Town) -> None:
    tiny = town.tiny
    goal = tiny.goals["arbetsplatser"].pk
    value = tiny.indicators["sjukfranvaro"].values.get(period="2024", breakdown__slug="totalt").pk
    told: dict[str, dict[str, object]] = {
        "goal": {"pk": goal}, "assessment_edit": {"pk": goal}, "decision": {"pk": tiny.decisions["budget"].pk},
        "indicator": {"slug": "sjukfranvaro"}, "value_edit": {"slug": "sjukfranvaro", "pk": value},
        "value_new": {"slug": "utan-varden", "part": "totalt"}, "history": {"model": "steering.goal", "pk": goal},
    }  # fmt: skip
    for name in ("report", "report_check", "report_decide", "report_version", "report_file", "version_file"):
        told[name] = {"definition": "verksamhetsberattelse", "number": 1, "kind": "xlsx"}
    told["review_own"] = {"definition": "verksamhetsberattelse"}
    town.keys |= told


def _budget(town: Town) -> None:
    """Make a move that can be undone, a reason that can be taken away, and a budget of the other committee."""
    tiny, kim = town.tiny, town.tiny.actor("kim")
    version = town.things["version"] = next(iter(tiny.units["kommunstyrelsen"].budgets.all()))
    lines = list(version.lines.filter(unit=tiny.units["ekonomistaben"]))
    wanted = {"giver": lines[0], "receiver": lines[1], "amount": 1_000, "first_month": 1, "why": "Prov"}
    move = moving.move_make(kim, version, moving.MoveWanted(**wanted))
    own = BudgetUnit._default_manager.get(version=version, unit=tiny.units["ekonomistaben"], year=version.year)
    town.things["reason"] = explaining.reason_add(kim, own, "technical", "Nya priser", 5_000)
    town.keys["budget_move_undo"] = {**town.keys.get("budget_move_undo", {}), "move": move.pk}
    town.keys["budget_grid"] = {**town.keys.get("budget_grid", {}), "kind": "manader"}
    other = making.version_create(
        _actor(tiny, "berit", "bildningsnamnden"), tiny.units["bildningsnamnden"],
        making.Wanted("Skolbudget 2024", 2024, "Prov"),
    )  # fmt: skip
    town.things |= {"lines": lines, "others_version": other}


def _actor(tiny: Tiny, username: str, unit: str) -> Actor:
    from uppsikt.web.organisation.gate import Role

    user = tiny.people[username]
    return Actor(
        tiny.municipality.pk, user.get_full_name(), user.pk, (Role("reporter", frozenset({tiny.units[unit].pk})),)
    )


def _ledger(town: Town) -> None:
    """Give a load in every state that a button asks for, and a month that is closed."""
    kim = town.tiny.actor("kim")
    older = Load._default_manager.filter(source__name="Ekonomisystemet").latest("pk")
    newer = load_entries(kim, "Ekonomisystemet", [entry(202401, "110", 2_000)], "Januari på nytt")
    known, unknown = (_read(kim, source, rows) for source, rows in (
        ("Hyror", "5011;110;100;202406;5,00\n"), ("Konsulter", "5011;999;100;202406;7,00\n")))  # fmt: skip
    periods.close(kim, [202301], "Bokslutet är klart", timezone.now())
    received = town.keys["ledger_load"]["pk"]
    _work(kim)
    town.keys |= {
        "ledger_read": {"pk": received}, "ledger_discard": {"pk": received}, "ledger_register": {"pk": unknown.pk},
        "ledger_keep": {"pk": known.pk}, "ledger_restore": {"pk": older.pk}, "ledger_withdraw": {"pk": newer.pk},
        "ledger_reopen": {"month": 202301}, "ledger_open": {"pk": received},
    }  # fmt: skip


def _codes(town: Town) -> None:
    """Give a responsibility code that has been moved, and one that has not."""
    with recording(town.tiny.actor("kim"), "Prov") as pen:
        moved = pen.create(
            LedgerCode, municipality=town.tiny.municipality, part="unit", code="190", name="Stöd",
            unit=town.tiny.units["hr-staben"],
        )  # fmt: skip
    still = LedgerCode._default_manager.get(part="unit", code="110")
    responsibility.move(town.tiny.actor("kim"), moved, town.tiny.units["klf"], date(2024, 1, 1), "Omorganisation")
    newest = LedgerCode._default_manager.filter(part="unit", code="190").latest("pk")
    told = {"ledger_code_move": still, "ledger_code_undo": newest, "ledger_code_close": still}
    town.keys |= {name: {"pk": one.pk} for name, one in told.items()}


def _read(actor: Actor, source: str, rows: str) -> Load:
    load = receiving.receive(actor, source, f"{source}.csv", [(HEAD + rows).encode()])
    _work(actor)
    load.refresh_from_db()
    staging.ask_read(actor, load, staging.Choice(COLUMNS))
    _work(actor)
    return load


def _work(actor: Actor) -> None:
    """Do what waits: a file that has been received is opened, one whose columns are told is read."""
    while ledger_work.work_once(actor):
        pass


def _reviews(town: Town) -> None:
    """Give a document that has been reviewed, with one finding that is set aside and one that is not."""
    kim = town.tiny.actor("kim")
    document = reviews.document_take(kim, town.tiny.units["kommunstyrelsen"], "rapport.pdf", [b"%PDF-1.7 ett"]).document
    run = reviews.run_claim(kim, timezone.now())
    assert run is not None
    reviews.run_finish(kim, run, timezone.now(), record(finding("f1"), finding("f2", place="annan")))
    reviews.finding_dismiss(kim, document, reviews.Judged("f2", "annan", "Raderna blir inte summan"), "Avrundning")
    for name in doors():
        if name.startswith("review") and name not in ("reviewed", "review_own", "review_example", "review_across"):
            town.keys[name] = {"pk": document.pk, "page": 1, "width": 1000, "kind": "json"}


def _frames(town: Town) -> None:
    """Give a registered frame entry that is no transfer, a plan measure by its own key, a limit, an empty project."""
    tiny = town.tiny
    with recording(tiny.actor("kim"), "Prov") as pen:
        limit = pen.create(
            ForecastLimit, municipality=tiny.municipality, kind="comment", valid_from=date(2023, 1, 1),
            percent=Decimal(90), source="Reglemente",
        )  # fmt: skip
        pen.create(InvestmentProject, unit=tiny.units["kommunstyrelsen"], slug="tomten", name="Tomten")
        [comment] = CellComment._default_manager.all()
        pen.update(comment, author=tiny.people["kim"])
    # The budget's own fixture has taken away what mirrors it.
    FrameEntry._default_manager.filter(unit=tiny.units["bildningsnamnden"], kind="transfer").delete()
    town.keys["investment_project_drop"] = {"slug": "tomten"}
    town.keys |= {f"municipality_rule{end}": {"rule": "kommentar", "pk": limit.pk} for end in ("", "_new", "_remove")}
    entry_ = FrameEntry._default_manager.filter(unit=tiny.units["kommunstyrelsen"], kind="decided").earliest("pk")
    town.keys["frame_change"] = {"pk": entry_.pk}
    plan = town.keys["action_plan"]["pk"]
    measure = tiny.units["klf"].action_plans.get(pk=plan).measures.get().pk
    for name in ("plan_measure_edit", "plan_measure_delete"):
        town.keys[name] = {"pk": plan, "number": measure}
    town.keys["action_plan_new"] = {"of": "ekonomistaben"}
    town.keys["budget_line_new"] = {**town.keys.get("budget_line_new", {}), "of": "ekonomistaben"}


def _neighbour(town: Town) -> None:
    """Give the municipality next door things of every kind that a form can name."""
    olle: User = town.tiny.people["olle"]
    board = Unit._default_manager.get(municipality=olle.municipality, slug=PLACE[0])
    actor = Actor(board.municipality_id, "Olle")
    with recording(actor, why="Grannens saker") as pen:
        unit = pen.create(
            Unit, municipality=board.municipality, slug="skolan", name=f"{NEIGHBOUR} skolan", kind="committee",
            valid_from=date(2015, 1, 1), order=1,
        )  # fmt: skip
        decision = pen.create(
            Decision, municipality=board.municipality, body="KF", on=date(2023, 11, 28), paragraph=9,
            title=f"{NEIGHBOUR} beslut",
        )  # fmt: skip
        frame = pen.create(InvestmentFrame, unit=unit, year=2024, amount=Decimal(5), decided_on=date(2023, 1, 1))
    town.abroad = {"unit": unit.pk, "slug": unit.slug, "decision": decision.pk, "frame": frame.pk}
    town.things["neighbour"] = board.municipality_id
