"""A swimming hall of Exempelköping: 1 000 tkr decided for 2023 and 2024, 700 tkr used, booked on project 7001."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.web.conftest import Tiny
from uppsikt.core.economy import Entry, EntryKind
from uppsikt.web.economy.models import InvestmentProject
from uppsikt.web.history.services import recording
from uppsikt.web.investments.models import InvestmentFrame, ProjectCode, ProjectDecision, ProjectFacts
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.ledger.services import load_entries
from uppsikt.web.organisation.gate import Actor

TKR = 1000
BOOKED = ((202303, "4011", 300), (202403, "4011", 450), (202406, "3570", -50), (202407, "5011", 7))


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@dataclass
class Built:
    """Exempelköping with its swimming hall."""

    tiny: Tiny
    hall: InvestmentProject

    def book(self, rows: Iterable[tuple[int, str, int]] = BOOKED) -> None:
        """Load two whole years of outcome, with these rows (month, account, tkr) on the project."""
        running = [_entry(year * 100 + month, "5011", 1, "") for year in (2023, 2024) for month in range(1, 13)]
        entries = [*running, *(_entry(month, account, amount, "7001") for month, account, amount in rows)]
        load_entries(self.tiny.actor("kim"), "Ekonomisystemet", entries, "Årens inläsning")


def _entry(month: int, account: str, tkr: int, project: str) -> Entry:
    return Entry(EntryKind.OUTCOME, month, account, "90", Decimal(tkr * TKR), activity="100", project=project)


@pytest.fixture
def built(tiny: Tiny) -> Built:
    ks = tiny.units["kommunstyrelsen"]
    with recording(Actor(tiny.municipality.pk, "Inläsning"), why="Simhallen läggs in") as pen:
        codes = [("unit", "90", "klf"), *((part, code, None) for part, code in (
            ("account", "4011"), ("account", "3570"), ("account", "5011"), ("activity", "100"), ("project", "7001")
        ))]  # fmt: skip
        for part, code, unit in codes:
            pen.create(
                LedgerCode, municipality=tiny.municipality, part=part, code=code, unit=tiny.units.get(unit or "")
            )
        hall = pen.create(InvestmentProject, unit=ks, slug="simhallen", name="Simhallen")
        pen.create(ProjectCode, project=hall, code="7001")
        pen.create(ProjectFacts, project=hall, scope="within", responsible=tiny.units["klf"], started=date(2023, 1, 1))
        for year, amount in ((2023, 400), (2024, 600)):
            pen.create(
                ProjectDecision, project=hall, year=year, expenditure=amount * TKR, decided_on=date(2022, 12, 13)
            )
            pen.create(InvestmentFrame, unit=ks, year=year, amount=amount * TKR, decided_on=date(2022, 12, 13))
        pen.create(InvestmentFrame, unit=ks, year=2024, kind="reserve", amount=100 * TKR, decided_on=date(2023, 12, 12))
    return Built(tiny, hall)
