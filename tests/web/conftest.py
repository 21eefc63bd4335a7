"""A municipality so small that a test can be read beside it: Exempelköping, 2022-2024.

    kommunstyrelsen (nämnd)          controller: kim, sekreterare: siri
    └── klf (förvaltning)            chef: charlie
        ├── ekonomistaben
        └── hr-staben                from 2023; took over from personalstaben
    bildningsnamnden (nämnd)

Everything is written through the pen, so that it has a history like anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from uppsikt.web.cycle.here import Here, here_at
from uppsikt.web.cycle.models import Decision, DecisionPoint, ReportingDate, SourceDocument
from uppsikt.web.economy.models import Comment, Figure, FrameEntry, Statement, StatementColumn, StatementRow
from uppsikt.web.history.services import Pen, recording
from uppsikt.web.organisation.gate import Actor, Role
from uppsikt.web.organisation.models import Membership, Municipality, Placement, Succession, Unit, User
from uppsikt.web.steering.models import (
    Activity,
    ActivityStatus,
    Assessment,
    Assignment,
    AssignmentStatus,
    Breakdown,
    Goal,
    GoalModel,
    Indicator,
    IndicatorTarget,
    IndicatorUse,
    IndicatorValue,
    Receiver,
)

BEGINNING = date(2015, 1, 1)


@dataclass
class Tiny:
    """The municipality and its things, by slug; ``people`` by user name."""

    municipality: Municipality
    reader: Actor
    units: dict[str, Unit] = field(default_factory=dict)
    dates: dict[str, ReportingDate] = field(default_factory=dict)
    documents: dict[str, SourceDocument] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    breakdowns: dict[str, Breakdown] = field(default_factory=dict)
    models: dict[str, GoalModel] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    assignments: dict[int, Assignment] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        """Give the person as who asks, with the roles of the membership in the whole tree under it."""
        user = self.people[username]
        under = {"kommunstyrelsen": ("kommunstyrelsen", "klf", "ekonomistaben", "hr-staben", "personalstaben")}
        under["klf"] = under["kommunstyrelsen"][1:]
        roles = tuple(
            Role(one.role, frozenset(self.units[slug].pk for slug in under[one.unit.slug]))
            for one in user.memberships.select_related("unit")
        )
        return Actor(self.municipality.pk, user.get_full_name(), user.pk, roles)

    def here(self, unit: str = "kommunstyrelsen", at: str = "bokslut-2024", *, who: str = "") -> Here:
        """Give a place to stand."""
        return here_at(self.actor(who) if who else self.reader, unit, at)


@pytest.fixture
def tiny(db: None) -> Tiny:
    municipality = Municipality._default_manager.create(name="Exempelköping", code="9999", slug="exempelkoping")
    made = Tiny(municipality, Actor(municipality.pk))
    with recording(Actor(municipality.pk, "Inläsning"), why="Exempelkommunen läggs in") as pen:
        for build in (_organisation, _people, _cycle, _goals, _indicators, _values, _work, _decisions, _money):
            build(made, pen)
    return made


@pytest.fixture
def signed_in(tiny: Tiny, client: Client) -> Callable[[str], Client]:
    """Sign a person in: ``signed_in("charlie").get(...)``."""

    def sign_in(username: str) -> Client:
        client.force_login(tiny.people[username])
        return client

    return sign_in


def _organisation(tiny: Tiny, pen: Pen) -> None:
    units = [
        ("kommunstyrelsen", "Kommunstyrelsen", "KS", "committee", BEGINNING, None),
        ("klf", "Kommunledningsförvaltningen", "KLF", "administration", BEGINNING, None),
        ("ekonomistaben", "Ekonomistaben", "", "division", BEGINNING, None),
        ("personalstaben", "Personalstaben", "", "division", BEGINNING, date(2023, 1, 1)),
        ("hr-staben", "HR-staben", "", "division", date(2023, 1, 1), None),
        ("bildningsnamnden", "Bildningsnämnden", "", "committee", BEGINNING, None),
    ]
    for order, (slug, name, short, kind, start, end) in enumerate(units):
        tiny.units[slug] = pen.create(
            Unit, municipality=tiny.municipality, slug=slug, name=name, short=short, kind=kind,
            valid_from=start, valid_to=end, order=order,
        )  # fmt: skip
    placed = {"klf": "kommunstyrelsen", "ekonomistaben": "klf", "personalstaben": "klf", "hr-staben": "klf"}
    for slug, parent in placed.items():
        unit = tiny.units[slug]
        pen.create(Placement, unit=unit, parent=tiny.units[parent], valid_from=unit.valid_from, valid_to=unit.valid_to)
    pen.create(
        Succession, predecessor=tiny.units["personalstaben"], successor=tiny.units["hr-staben"],
        on=date(2023, 1, 1), kind="renamed",
    )  # fmt: skip


def _people(tiny: Tiny, pen: Pen) -> None:
    people = [
        ("charlie", "Charlie", "Chef", "klf", "reporter"),
        ("kim", "Kim", "Controller", "kommunstyrelsen", "controller"),
        ("siri", "Siri", "Sekreterare", "kommunstyrelsen", "secretary"),
    ]
    for username, first, last, unit, role in people:
        user = User(username=username, first_name=first, last_name=last, municipality=tiny.municipality)
        user.set_unusable_password()
        user.save()
        tiny.people[username] = user
        pen.create(Membership, user=user, unit=tiny.units[unit], role=role)


def _cycle(tiny: Tiny, pen: Pen) -> None:
    dates = [
        ("bokslut-2023", "Bokslut 2023", "annual", date(2023, 12, 31), "Verksamhetsberättelse 2023"),
        ("delar-augusti-2024", "Delår augusti 2024", "interim", date(2024, 8, 31), "Delårsrapport augusti 2024"),
        ("bokslut-2024", "Bokslut 2024", "annual", date(2024, 12, 31), "Verksamhetsberättelse 2024"),
    ]
    for slug, name, kind, on, document in dates:
        at = pen.create(
            ReportingDate, municipality=tiny.municipality, slug=slug, name=name, kind=kind, on=on, year=on.year
        )
        tiny.dates[slug] = at
        tiny.documents[slug] = pen.create(
            SourceDocument, municipality=tiny.municipality, key=f"dokument-{slug}", title=document, reporting_date=at
        )


def _goals(tiny: Tiny, pen: Pen) -> None:
    for first in (2019, 2023):
        tiny.models[str(first)] = pen.create(
            GoalModel, municipality=tiny.municipality, slug=str(first), name=f"Målmodell {first}–{first + 3}",
            first_year=first, last_year=first + 3,
        )  # fmt: skip
    goals = [
        ("2019", "gamla-arbetsplatser", "committee", None, "kommunstyrelsen", "Bra arbetsplatser"),
        ("2023", "ekonomi", "area", None, None, "Ekonomi"),
        ("2023", "hallbar-ekonomi", "council", "ekonomi", None, "En hållbar ekonomi"),
        ("2023", "ekonomisk-kontroll", "committee", "hallbar-ekonomi", "kommunstyrelsen", "God ekonomisk kontroll"),
        ("2023", "medarbetare", "area", None, None, "Medarbetare"),
        ("2023", "attraktiv", "council", "medarbetare", None, "En attraktiv arbetsgivare"),
        ("2023", "arbetsplatser", "committee", "attraktiv", "kommunstyrelsen", "Goda arbetsplatser"),
        ("2023", "ledarskap", "committee", "attraktiv", "kommunstyrelsen", "Hållbart ledarskap"),
        ("2023", "handlaggning", "administration", "hallbar-ekonomi", "klf", "Snabbare handläggning"),
    ]
    for order, (model, slug, level, parent, unit, name) in enumerate(goals):
        tiny.goals[slug] = pen.create(
            Goal, model=tiny.models[model], slug=slug, level=level, name=name, order=order,
            parent=tiny.goals.get(parent or ""), unit=tiny.units.get(unit or ""),
            description=f"Beskrivning av målet {name}." if unit else "",
        )  # fmt: skip
    tiny.goals["arbetsplatser"].predecessors.add(tiny.goals["gamla-arbetsplatser"])
    judged = [
        ("arbetsplatser", "bokslut-2023", "partly", "Sjukfrånvaron låg kvar."),
        ("arbetsplatser", "delar-augusti-2024", "met", "Sjukfrånvaron sjunker."),
        ("arbetsplatser", "bokslut-2024", "met", "Sjukfrånvaron har sjunkit två år i rad."),
        ("ekonomisk-kontroll", "bokslut-2024", "partly", "Avvikelsen var större än målet."),
    ]
    for goal, at, state, reasons in judged:
        pen.create(Assessment, goal=tiny.goals[goal], reporting_date=tiny.dates[at], state=state, reasons=reasons)


def _indicators(tiny: Tiny, pen: Pen) -> None:
    for order, (slug, name, kind) in enumerate(
        (("totalt", "Totalt", "total"), ("kvinnor", "Kvinnor", "sex"), ("man", "Män", "sex"))
    ):
        tiny.breakdowns[slug] = pen.create(
            Breakdown, municipality=tiny.municipality, slug=slug, name=name, kind=kind, order=order
        )
    indicators: list[tuple[str, str, str, str, str, bool, tuple[str, ...]]] = [
        ("sjukfranvaro", "Total sjukfrånvaro", "%", "down", "own", True, ("gamla-arbetsplatser", "arbetsplatser")),
        ("budgetavvikelse", "Avvikelse mot budget", "%", "down", "own", True, ("ekonomisk-kontroll",)),
        ("foretag", "Nystartade företag", "antal", "up", "municipality", False, ("ekonomisk-kontroll",)),
        ("utan-varden", "Svarstid i telefon", "sekunder", "none", "organisation", True, ("arbetsplatser",)),
    ]
    for slug, name, unit, direction, population, is_ratio, goals in indicators:
        indicator = pen.create(
            Indicator, municipality=tiny.municipality, slug=slug, name=name, unit_text=unit, direction=direction,
            population=population, is_ratio=is_ratio, origin="Eget system", frequency="Varje år",
        )  # fmt: skip
        tiny.indicators[slug] = indicator
        for order, goal in enumerate(goals):
            pen.create(IndicatorUse, indicator=indicator, goal=tiny.goals[goal], label=name, order=order)


def _values(tiny: Tiny, pen: Pen) -> None:
    values: list[tuple[str, str, str, str, str, str | None]] = [
        # indicator, breakdown, period, told at, raw, number
        ("sjukfranvaro", "totalt", "2022", "bokslut-2023", "2,2", "2.2"),
        ("sjukfranvaro", "totalt", "2023", "bokslut-2023", "2,1", "2.1"),
        ("sjukfranvaro", "totalt", "2023", "bokslut-2024", "2,0", "2.0"),  # restated
        ("sjukfranvaro", "totalt", "2024-08-31", "delar-augusti-2024", "1,8", "1.8"),
        ("sjukfranvaro", "totalt", "2024", "bokslut-2024", "1,5", "1.5"),
        ("sjukfranvaro", "kvinnor", "2024", "bokslut-2024", "2,1", "2.1"),
        ("sjukfranvaro", "man", "2024", "bokslut-2024", "0,4", "0.4"),
        ("budgetavvikelse", "totalt", "2023", "bokslut-2024", "3,3", "3.3"),
        ("budgetavvikelse", "totalt", "2024", "bokslut-2024", "3,3*", "3.3"),
        ("foretag", "totalt", "2023", "bokslut-2024", "807", "807"),
        ("foretag", "totalt", "2024", "bokslut-2024", "I.U.", None),
    ]
    for slug, breakdown, period, at, raw, number in values:
        exact = None if number is None else Decimal(number)
        pen.create(
            IndicatorValue, indicator=tiny.indicators[slug], breakdown=tiny.breakdowns[breakdown], period=period,
            reporting_date=tiny.dates[at], raw=raw, number=exact, source=tiny.documents[at],
            decimals=None if exact is None else -int(exact.as_tuple().exponent),
            source_table="t19 Attraktiv arbetsgivare", source_row=tiny.indicators[slug].name, source_column=period,
            note="Preliminärt värde" if raw.endswith("*") else "",
        )  # fmt: skip
    for slug, raw in (("sjukfranvaro", "3,0"), ("budgetavvikelse", "Mindre än 2"), ("foretag", "970")):
        pen.create(
            IndicatorTarget, indicator=tiny.indicators[slug], breakdown=tiny.breakdowns["totalt"], period="2024",
            reporting_date=tiny.dates["bokslut-2024"], raw=raw, source=tiny.documents["bokslut-2024"],
        )  # fmt: skip


def _work(tiny: Tiny, pen: Pen) -> None:
    activities = [
        ("arbetsplatser", "hr-staben", "Utbilda chefer i rehabilitering", "done", ""),
        ("arbetsplatser", "hr-staben", "Införa hälsosamtal", "ongoing", ""),
        ("ekonomisk-kontroll", "ekonomistaben", "Månadsuppföljning av konsultköp", "done", ""),
        ("ekonomisk-kontroll", "ekonomistaben", "Ny mall för prognoser", "cancelled", "Täcks av det nya systemet."),
        (None, "ekonomistaben", "Byta ekonomisystem", "remains", "Förs över till nästa års plan."),
    ]
    at = tiny.dates["bokslut-2024"]
    for number, (goal, unit, text, state, comment) in enumerate(activities, start=1):
        activity = pen.create(
            Activity, unit=tiny.units[unit], goal=tiny.goals.get(goal or ""), year=2024, number=number, text=text,
            due="Tertial 2", responsible="Enhetschef",
        )  # fmt: skip
        pen.create(ActivityStatus, activity=activity, reporting_date=at, state=state, comment=comment)


def _decisions(tiny: Tiny, pen: Pen) -> None:
    council = pen.create(
        Decision, municipality=tiny.municipality, body="KF", on=date(2023, 12, 12), paragraph=397,
        case_number="Dnr KS 2023-519", title="Budget för 2024 med plan för 2025–2027",
    )  # fmt: skip
    board = pen.create(
        Decision, municipality=tiny.municipality, body="KS", on=date(2024, 6, 11), paragraph=225,
        case_number="Dnr KS 2024-101", title="Återrapportering av tillgänglighetsplanen",
    )  # fmt: skip
    tiny.decisions = {"budget": council, "plan": board}
    ks, bildning = tiny.units["kommunstyrelsen"], tiny.units["bildningsnamnden"]
    pen.create(DecisionPoint, decision=council, number=1, kind="approve", text="Budgeten fastställs.")
    transfer = pen.create(
        DecisionPoint, decision=council, number=2, kind="transfer", amount=Decimal(900), from_year=2024,
        giver=bildning, receiver=ks, text="Medel flyttas för ett gemensamt kontaktcenter.",
    )  # fmt: skip
    noted = "Rapporten läggs till handlingarna (KF 2023-12-12, § 397)."
    pen.create(DecisionPoint, decision=board, number=1, kind="note", text=noted)
    for unit, other, amount in ((ks, bildning, 900), (bildning, ks, -900)):
        pen.create(
            FrameEntry, unit=unit, year=2024, kind="transfer", amount=Decimal(amount), purpose="Kontaktcenter",
            decision_point=transfer, counterpart=other,
        )  # fmt: skip
    orders = [
        (1, "common", "Ta fram en plan för tillgänglighet", None, ("kommunstyrelsen", "bildningsnamnden"), "done"),
        (2, "specific", "Utreda samordnad upphandling", 2023, ("kommunstyrelsen",), "ongoing"),
        (3, "own", "Se över reglementet", None, ("kommunstyrelsen",), "remains"),
    ]
    for number, kind, text, carried, receivers, state in orders:
        assignment = pen.create(
            Assignment, municipality=tiny.municipality, year=2024, kind=kind, number=number, text=text,
            ordered_in="Budget 2024", decision=council, carried_from_year=carried,
            goal=tiny.goals["arbetsplatser"] if kind == "common" else None,
        )  # fmt: skip
        tiny.assignments[number] = assignment
        for slug in receivers:
            receiver = pen.create(
                Receiver, assignment=assignment, unit=tiny.units[slug], is_coordinator=slug == "kommunstyrelsen"
            )
            own = slug == "kommunstyrelsen"
            pen.create(
                AssignmentStatus, receiver=receiver, reporting_date=tiny.dates["bokslut-2024"],
                state=state if own else "ongoing", report_back=board if own and state == "done" else None,
                carried_to_year=2025 if state == "remains" else None,
            )  # fmt: skip


STATEMENT: dict[str, tuple[Any, ...]] = {
    # row: label, role, measure, unit, outcome 2024, budget 2024, deviation 2024, outcome 2023 (tkr)
    "ekonomistaben": ("Ekonomistaben", "item", "net", "ekonomistaben", "25700", "34800", "9100", "27100"),
    "hr-staben": ("HR-staben", "item", "net", "hr-staben", "51200", "50100", "-1100", "49300"),
    "summa": ("Summa nettokostnader", "sum", "net", "kommunstyrelsen", "76900", "84900", "8000", "76400"),
    "summa-kostnader": ("varav kostnader", "of_which", "costs", "kommunstyrelsen", "90000", "92000", "2000", "88400"),
    "summa-intakter": ("varav intäkter", "of_which", "income", "kommunstyrelsen", "13100", "7100", "6000", "12000"),
}


def _money(tiny: Tiny, pen: Pen) -> None:
    at, ks = tiny.dates["bokslut-2024"], tiny.units["kommunstyrelsen"]
    statement = pen.create(
        Statement, unit=ks, reporting_date=at, kind="by_unit", key="by-unit-1", title="Driftsammandrag",
        money_unit="tkr", sign="net_cost", source=tiny.documents["bokslut-2024"], source_table="t03 Driftsammandrag",
    )  # fmt: skip
    tiny.statements["by-unit-1"] = statement
    columns = [
        ("outcome-2024", "Bokslut 2024", "outcome", "2024"),
        ("budget-2024", "Budget 2024", "budget", "2024"),
        ("deviation-2024", "Avvikelse", "deviation", "2024"),
        ("last_year-2023", "Bokslut 2023", "last_year", "2023"),
    ]
    made = [
        pen.create(StatementColumn, statement=statement, key=key, label=label, role=role, period=period, order=order)
        for order, (key, label, role, period) in enumerate(columns)
    ]
    total: StatementRow | None = None
    for order, (key, (label, role, measure, unit, *figures)) in enumerate(STATEMENT.items()):
        row = pen.create(
            StatementRow, statement=statement, key=key, label=label, role=role, measure=measure, order=order,
            unit=tiny.units[unit], parent=total if role == "of_which" else None,
        )  # fmt: skip
        total = row if role == "sum" else total
        for column, figure in zip(made, figures, strict=True):
            pen.create(Figure, row=row, column=column, raw=figure, number=Decimal(figure), decimals=0)
    pen.create(
        Comment, unit=ks, reporting_date=at, topic="driftsammandrag", is_example=True,
        text="Ekonomistaben hade vakanser under våren.",
    )  # fmt: skip
