"""One of everything in the rooms of the economy, some of it drafts, and the people who knock on the doors.

berit is head of another committee, hanna of one division, olle controller and secretary of another municipality
that uses the same words in its addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import get_converters

from tests.web.budget.conftest import Made, made  # noqa: F401  # a fixture
from tests.web.conftest import Tiny
from tests.web.ledger.conftest import entry, home  # noqa: F401  # a fixture
from uppsikt.core.economy.staffing import AgeGroup, PayrollRow, Sex
from uppsikt.web.council.models import ResultBudget
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import FrameEntry, InvestmentProject, Volume
from uppsikt.web.followup.models import (
    ActionPlan,
    CellComment,
    Forecast,
    ForecastDraft,
    ForecastLimit,
    MeasureEffect,
    PlanMeasure,
    PlanYear,
)
from uppsikt.web.history.services import recording
from uppsikt.web.investments.models import InvestmentFrame, ProjectDecision, ProjectFacts
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.ledger.services import load_entries, looking, receiving
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Membership, Municipality, Unit, User
from uppsikt.web.staff import services as staff
from uppsikt.web.staff.models import Reception
from uppsikt.web.staff.services import PayrollFile

SECRET = "HEMLIGT"  # stands in every draft, and in the text of an entry
ROOMS = ("ledger", "budget", "followup", "investments", "staff", "council", "economy")
PLACE = ("kommunstyrelsen", "bokslut-2024")
PEOPLE = ("", "berit", "hanna", "charlie", "kim", "siri", "olle")


@dataclass(frozen=True)
class Door:
    """An address of a room."""

    name: str
    url: str


@dataclass
class World:
    """The municipality, the objects by what an address calls them, and the drafts."""

    tiny: Tiny
    keys: dict[str, dict[str, object]]
    drafts: list[object]

    def doors(self) -> Iterator[Door]:
        """Give an address for every pattern; an argument that nobody has told a value for is a KeyError."""
        for pattern in patterns():
            told = dict(zip(("unit_slug", "date_slug"), PLACE, strict=True))
            own = self.keys.get(pattern.name, {})
            names = [name for name in pattern.pattern.converters if name not in told]
            more = {name: own.get(name, self.keys["*"].get(name)) for name in names}
            assert None not in more.values(), f"Tell conftest.py what {names} of {pattern.name} may be."
            yield Door(str(pattern.name), reverse(str(pattern.name), kwargs={**told, **more}))


def patterns() -> list[URLPattern]:
    """Give every address of the rooms of the economy."""
    found: list[URLPattern] = []
    waiting: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    while waiting:
        one = waiting.pop()
        if isinstance(one, URLResolver):
            waiting.extend(one.url_patterns)
        elif one.callback.__module__.split(".")[2] in ROOMS:
            found.append(one)
    assert "slug" in get_converters()
    return sorted(found, key=lambda pattern: str(pattern.name))


@pytest.fixture
def world(made: Made) -> World:  # noqa: F811  # a fixture
    tiny = made.tiny
    _others(tiny)
    kim, ks, klf = tiny.actor("kim"), tiny.units["kommunstyrelsen"], tiny.units["klf"]
    at = tiny.dates["bokslut-2024"]
    secrets = made.version, *made.lines.values()
    with recording(kim, "Prov") as pen:
        pen.update(made.version, name=f"{SECRET} arbetsversion")
        for line in made.lines.values():
            pen.update(line, label=f"{SECRET} {line.label}")
        for code in ("5011", "6011", "7411", "3511"):
            pen.create(LedgerCode, municipality=tiny.municipality, part="account", code=code, name=f"Konto {code}")
        pen.create(LedgerCode, municipality=tiny.municipality, part="activity", code="100", name="Styrelse")
        for model, comment in ((ForecastDraft, f"{SECRET} utkast"), (Forecast, "Lämnad prognos")):
            draft = pen.create(
                model, unit=klf, reporting_date=at, costs=Decimal(7_000), income=Decimal(10), comment=comment
            )
            secrets += (draft,) if model is ForecastDraft else ()
        plan = pen.create(ActionPlan, unit=klf, reporting_date=at, analysis=f"{SECRET} analys")
        year = pen.create(PlanYear, plan=plan, year=2024, deficit=Decimal(1_000_000))
        measure = pen.create(
            PlanMeasure, plan=plan, text=f"{SECRET} åtgärd", responsible="Chefen", due="Tertial 2", order=1
        )
        effect = pen.create(MeasureEffect, measure=measure, year=2024, planned=Decimal(1_000))
        comment = pen.create(
            CellComment, unit=ks, reporting_date=at, table="uppfoljning-enhet", row="klf", row_label="Förvaltningen",
            column_label="Utfall", subject="Kommunstyrelsen", role="outcome", period="2024-12", text="Hyrorna steg.",
            author_name="Charlie Chef", author=tiny.people["charlie"],
        )  # fmt: skip
        project = pen.create(InvestmentProject, unit=ks, slug="simhallen", name="Simhallen")
        pen.create(ProjectFacts, project=project, scope="within", responsible=klf, started=date(2023, 1, 1))
        decided = pen.create(
            ProjectDecision, project=project, year=2024, expenditure=Decimal(1_000), decided_on=date(2023, 12, 13)
        )
        frame = pen.create(InvestmentFrame, unit=ks, year=2024, amount=Decimal(9_000), decided_on=date(2023, 12, 13))
        volume = pen.create(
            Volume, municipality=tiny.municipality, slug="besok", name="Besök", kind="volume", unit_text="besök"
        )
        reception = pen.create(Reception, unit=ks, reporting_date=at, part="HVB", cost=Decimal(100))
        limit = pen.create(
            ForecastLimit, municipality=tiny.municipality, kind="comment", valid_from=date(2020, 1, 1),
            percent=Decimal(2), source="Reglementet",
        )  # fmt: skip
        pen.create(ResultBudget, municipality=tiny.municipality, year=2024, version="budget")
        council = pen.create(
            Unit, municipality=tiny.municipality, slug="kommunfullmaktige", name="Kommunfullmäktige", kind="council",
            valid_from=date(2015, 1, 1), order=0,
        )  # fmt: skip
        pen.create(Membership, user=tiny.people["siri"], unit=council, role="secretary")
    load_entries(
        kim, "Ekonomisystemet",
        [entry(month, "110", 1_000, text=f"{SECRET} Anna Andersson") for month in range(202401, 202413)],
        "Årets utfall",
    )  # fmt: skip
    staged = receiving.receive(kim, "Agresso", f"{SECRET} augusti.csv", [b"Konto;Ansvar;Period;Belopp\n"])
    looking.look_at_once(kim, staged)
    women = PayrollRow("hr-staben", 202412, Sex.WOMEN, 30, AgeGroup.MIDDLE, Decimal(30), Decimal(3_000), Decimal(90),
                       Decimal(30), 0, 1, line=2)  # fmt: skip
    payroll = staff.payroll_keep(kim, PayrollFile(f"{SECRET} personal.csv", "x" * 64, (women,)), "Årets personal")
    first = next(iter(made.lines.values()))
    keys: dict[str, dict[str, object]] = {
        "*": {"ending": "csv", "form": "csv", "of": "ekonomistaben", "slug": project.slug, "division": "klf",
              "below": "klf", "kind": "months", "month": 202401, "version": "budget", "number": 1,
              "line": first.pk, "move": 1, "other": made.version.pk, "act": "kopiera", "topic": "driftsammandrag",
              "statement": "by-unit-1", "row": "hr-staben", "project": project.slug, "rule": "kommentar"},
        "municipality_rule": {"pk": limit.pk}, "municipality_rule_remove": {"pk": limit.pk},
        "comment_edit": {"of": "kommunstyrelsen"},
        "forecast_edit": {"of": "klf"}, "action_plan_new": {"of": "klf"},
        "volume_edit": {"slug": volume.slug}, "reception_edit": {"pk": reception.pk},
        "payroll_load": {"pk": payroll.pk}, "investment_frame_remove": {"pk": frame.pk},
        "investment_project_remove": {"pk": decided.pk},
        "frame_change": {"pk": FrameEntry._default_manager.earliest("pk").pk},
        "ledger_code": {"pk": LedgerCode._default_manager.earliest("pk").pk},
    }  # fmt: skip
    for pattern in patterns():
        name = str(pattern.name)
        for prefix, thing in (("budget", made.version), ("cell_comment", comment), ("action_plan", plan),
                              ("plan_measure", plan), ("ledger", staged)):  # fmt: skip
            if name.startswith(prefix):
                keys.setdefault(name, {}).setdefault("pk", thing.pk)
    drafts = [*secrets, plan, year, measure, effect, payroll, staged]
    return World(tiny, keys, drafts)


def _others(tiny: Tiny) -> None:
    """Another municipality with the same words in its addresses, and heads elsewhere in ours."""
    other = Municipality._default_manager.create(name="Grannköping", code="9998", slug="grannkoping")
    with recording(Actor(other.pk, "Inläsning"), why="Grannen läggs in") as pen:
        board = pen.create(
            Unit, municipality=other, slug=PLACE[0], name="Kommunstyrelsen", short="KS", kind="committee",
            valid_from=date(2015, 1, 1), order=0,
        )  # fmt: skip
        pen.create(
            ReportingDate, municipality=other, slug=PLACE[1], name="Bokslut 2024", kind="annual",
            on=date(2024, 12, 31), year=2024,
        )  # fmt: skip
        for municipality, username, unit, roles in (
            (other, "olle", board, ("controller", "secretary")),
            (tiny.municipality, "berit", tiny.units["bildningsnamnden"], ("reporter",)),
            (tiny.municipality, "hanna", tiny.units["hr-staben"], ("reporter",)),
        ):
            user = User(username=username, first_name=username.title(), last_name="Prov", municipality=municipality)
            user.set_unusable_password()
            user.save()
            tiny.people[username] = user
            for role in roles:
                pen.create(Membership, user=user, unit=unit, role=role)
