"""A process of its own for the tests of two at once: makes a small budget, does something with it, tells how it stands.

child.py make                    a municipality with a committee, two units, and each year two drafts with two lines
child.py YEAR move WHO COUNT     moves 1 000 kr COUNT times from the first line to the second, one action each
child.py YEAR adopt NAME         adopts the draft by the decision
child.py YEAR save LABEL MONTH   adds 1 kr to a month of a line, again and again until 10 are acknowledged
child.py YEAR copy NAME          copies the first draft
child.py YEAR tell               versions, lines, moves and what the ledger's budget comes to, as JSON

What was acknowledged is told as JSON; what was refused in words ends in 3.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from decimal import Decimal
from itertools import product

import django

YEARS = range(2024, 2031)
DRAFTS = ("Arbetsbudget", "Scenario")
UNITS = (("eko", "Ekonomi", "110"), ("hr", "HR", "120"))


def _actor(who: str = "kim"):  # type: ignore[no-untyped-def]  # the models are not there until Django is set up
    from django.contrib.auth import get_user_model

    from uppsikt.web.organisation.gate import Actor, Role
    from uppsikt.web.organisation.models import Municipality, Unit

    units = frozenset(Unit._default_manager.values_list("pk", flat=True))
    user = get_user_model()._default_manager.filter(username=who).first()
    return Actor(
        Municipality._default_manager.get().pk, who.capitalize(), user.pk if user else None,
        (Role("controller", units),),
    )  # fmt: skip


def make() -> None:
    from django.contrib.auth import get_user_model

    from uppsikt.web.budget.services import lines, making
    from uppsikt.web.cycle.models import Decision
    from uppsikt.web.history.services import recording
    from uppsikt.web.ledger.models import LedgerCode
    from uppsikt.web.organisation.gate import Actor
    from uppsikt.web.organisation.models import Municipality, Placement, Unit

    municipality = Municipality._default_manager.create(name="Exempelköping", code="9999", slug="exempelkoping")
    for who in ("kim", "charlie"):
        get_user_model()(username=who, municipality=municipality).save()
    with recording(Actor(municipality.pk, "Inläsning"), why="Exempel") as pen:
        fields = {"municipality": municipality, "valid_from": date(2015, 1, 1)}
        committee = pen.create(Unit, slug="ks", name="KS", kind="committee", **fields)
        for slug, name, code in UNITS:
            unit = pen.create(Unit, slug=slug, name=name, kind="division", **fields)
            pen.create(Placement, unit=unit, parent=committee, valid_from=date(2015, 1, 1))
            pen.create(LedgerCode, municipality=municipality, part="unit", code=code, unit=unit)
        pen.create(Decision, municipality=municipality, body="KF", on=date(2023, 11, 28), paragraph=1, title="Budget")
    for year, name in product(YEARS, DRAFTS):
        version = making.version_create(_actor(), committee, making.Wanted(name, year, "Exempel"))
        for slug, label in (("eko", "Konsulter"), ("hr", "Personal")):
            place = lines.Place(Unit._default_manager.get(slug=slug), year)
            lines.line_add(_actor(), version, place, lines.LineWanted(label, "5011", 120_000), "Exempel")


def _version(year: int, name: str):  # type: ignore[no-untyped-def]  # see above
    from uppsikt.web.budget.models import BudgetVersion
    from uppsikt.web.budget.selectors import version_of

    return version_of(_actor(), BudgetVersion._default_manager.get(name=name, year=year).pk)


def move(year: int, who: str, count: str) -> list[int]:
    from uppsikt.web.budget.services import moving

    version = _version(year, DRAFTS[0])
    giver, receiver = version.lines.order_by("pk")
    return [
        moving.move_make(_actor(who), version, moving.MoveWanted(giver, receiver, 1_000, 1, f"{who} {number}")).pk
        for number in range(int(count))
    ]


def adopt(year: int, name: str) -> list[int]:
    from uppsikt.web.budget.services.adopting import version_adopt
    from uppsikt.web.cycle.models import Decision

    return [version_adopt(_actor(), _version(year, name), Decision._default_manager.get()).pk]


def copy(year: int, name: str) -> list[int]:
    from uppsikt.web.budget.services.making import version_copy

    return [version_copy(_actor(), _version(year, DRAFTS[0]), name, "Kopia").pk]


def save(year: int, label: str, month: str) -> list[int]:
    from uppsikt.web.budget.services.saving import Edit, GridConflictError, months_save

    version, at, done = _version(year, DRAFTS[0]), int(month) - 1, 0
    while done < 10:
        line = version.lines.get(label=label)
        typed = [*line.months[:at], line.months[at] + 1, *line.months[at + 1 :]]
        try:
            edit = Edit(line.pk, tuple(line.months), tuple(typed))
            done += months_save(_actor(), version, [edit], "En krona").cells  # none when both typed the same
        except GridConflictError:
            continue  # the other was there first: look again, as a person would
    return [done]


def tell(year: int) -> None:
    from uppsikt.core.economy import EntryKind
    from uppsikt.facts import Where
    from uppsikt.web.budget.models import BudgetVersion, Move
    from uppsikt.web.ledger.selectors.manifest import ledger_of

    versions = {
        one.name: [one.kind, {line.label: [line.amount, line.months] for line in one.lines.all()}]
        for one in BudgetVersion._default_manager.filter(year=year).order_by("pk")
    }
    (whole,) = ledger_of(_actor()).sums((), Where(frozenset({EntryKind.BUDGET}), year * 100, year * 100 + 99))
    moves = list(Move._default_manager.filter(version__year=year).order_by("pk").values_list("pk", flat=True))
    told = {"versions": versions, "moves": moves, "ledger": str(Decimal(whole.amount))}
    sys.stdout.write(json.dumps(told))


def main(year: str, command: str = "", *words: str) -> int:
    from uppsikt.core.errors import UppsiktError

    if year == "make":
        make()
        return 0
    if command == "tell":
        tell(int(year))
        return 0
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()  # both begin at the same word
    try:
        told = DOING[command](int(year), *words)  # type: ignore[operator]  # each takes its own
    except UppsiktError as error:
        sys.stderr.write(str(error))
        return 3
    sys.stdout.write(json.dumps(told))
    return 0


DOING = {"move": move, "adopt": adopt, "save": save, "copy": copy}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.web.config.settings")
    django.setup()
    sys.exit(main(*sys.argv[1:]))
