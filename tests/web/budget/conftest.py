"""Exempelköping's budget for 2024: a frame of 10 000 tkr, two divisions, four lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.web.conftest import Tiny
from uppsikt.core.economy.spreading import Profile
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.services import lines, making, saving
from uppsikt.web.cycle.models import Decision, DecisionPoint
from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.organisation.gate import Actor

WHY = "Budgetarbete"


@dataclass
class Made:
    """A working budget with its lines by label, and who works on it."""

    tiny: Tiny
    version: BudgetVersion
    lines: dict[str, BudgetLine]
    decision: Decision

    @property
    def kim(self) -> Actor:
        return self.tiny.actor("kim")

    @property
    def charlie(self) -> Actor:
        return self.tiny.actor("charlie")

    def again(self, label: str) -> BudgetLine:
        """Give a line as it stands now."""
        return BudgetLine._default_manager.get(pk=self.lines[label].pk)

    def url(self, rest: str = "") -> str:
        return f"/kommunstyrelsen/bokslut-2024/budget/{self.version.pk}/{rest}"


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path) -> Path:
    """The ledger's files of a test lie in a folder of its own."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def made(tiny: Tiny) -> Made:
    actor = tiny.actor("kim")
    committee = tiny.units["kommunstyrelsen"]
    FrameEntry._default_manager.filter(unit=committee, year__gte=2024).delete()
    with recording(actor, "Ram") as pen:
        decision = pen.create(
            Decision,
            municipality=tiny.municipality,
            body="KF",
            on=date(2023, 11, 28),
            paragraph=77,
            title="Budget 2024",
        )
        point = pen.create(DecisionPoint, decision=decision, number=1, kind="frame", text="Ram 2024")
        for year, amount in ((2024, 10_000), (2025, 9_900)):
            pen.create(
                FrameEntry, unit=committee, year=year, kind="decided", amount=Decimal(amount), purpose="Ram",
                decision_point=point,
            )  # fmt: skip
        for code, slug in (("100", "kommunstyrelsen"), ("110", "ekonomistaben"), ("120", "hr-staben")):
            pen.create(
                LedgerCode, municipality=tiny.municipality, part="unit", code=code, name=slug, unit=tiny.units[slug]
            )
    version = making.version_create(actor, committee, making.Wanted("Internbudget 2024", 2024, WHY))
    given = [("ekonomistaben", 6_000_000), ("hr-staben", 3_500_000)]
    edits = [saving.Edit(tiny.units[slug].pk, (None,) * 4, (amount, None, None, None)) for slug, amount in given]
    saving.given_save(actor, version, edits, WHY)
    wanted = [
        ("ekonomistaben", "Personal", "5011", 5_000_000),
        ("ekonomistaben", "Konsulter", "7411", 1_200_000),
        ("ekonomistaben", "Ersättningar", "3511", -300_000),
        ("hr-staben", "Personal HR", "5011", 3_000_001),
    ]
    found = {
        label: lines.line_add(
            actor, version, lines.Place(tiny.units[slug], 2024),
            lines.LineWanted(label, account, amount, Profile.TWELFTHS), WHY,
        )
        for slug, label, account, amount in wanted
    }  # fmt: skip
    return Made(tiny, version, found, decision)
