"""A ledger of Exempelköping: four responsibility codes, two years of outcome and a budget, small enough to add by hand.

klf                    90   (the administration's own)
├── ekonomistaben      10
└── hr-staben          20   from 2023; until then personalstaben's 21
bildningsnamnden       50
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.web.conftest import Tiny
from uppsikt.core.economy import Entry, EntryKind
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import LedgerCode, Load
from uppsikt.web.ledger.services import load_entries
from uppsikt.web.organisation.gate import Actor

OUTCOME, BUDGET = EntryKind.OUTCOME, EntryKind.BUDGET
LoadEntries = Callable[..., Load]
CODES = [
    # part, code, name, unit, internal
    ("unit", "90", "Förvaltningsledning", "klf", False),
    ("unit", "10", "Ekonomi", "ekonomistaben", False),
    ("unit", "20", "HR", "hr-staben", False),
    ("unit", "21", "Personal", "personalstaben", False),
    ("unit", "50", "Skolor", "bildningsnamnden", False),
    ("account", "3011", "Försäljning", None, False),
    ("account", "4011", "Investering", None, False),
    ("account", "5011", "Löner", None, False),
    ("account", "6011", "Lokaler", None, False),
    ("activity", "100", "Nämnd- och styrelseverksamhet", None, False),
    ("activity", "440", "Grundskola", None, False),
    ("project", "7001", "Simhallen", None, False),
    ("object", "900", "Stadshuset", None, False),
    ("counterpart", "1", "Kommunen själv", None, True),
    ("counterpart", "8", "Företag", None, False),
]


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def entry(month: int, unit: str, amount: int | str, kind: EntryKind = OUTCOME, **more: str) -> Entry:
    """Give an entry: labour costs of activity 100 unless told otherwise."""
    return Entry(kind, month, more.pop("account", "5011"), unit, Decimal(amount), **{"activity": "100", **more})  # type: ignore[arg-type]  # texts


@pytest.fixture
def codes(tiny: Tiny) -> Tiny:
    """Exempelköping with its code plan."""
    with recording(Actor(tiny.municipality.pk, "Inläsning"), why="Kodplanen läggs in") as pen:
        for part, code, name, unit, internal in CODES:
            pen.create(
                LedgerCode, municipality=tiny.municipality, part=part, code=code, name=name,
                unit=tiny.units[unit] if unit else None, is_internal=internal,
            )  # fmt: skip
    return tiny


@pytest.fixture
def put(codes: Tiny) -> LoadEntries:
    """``put(entries, source="Ekonomisystemet")`` loads entries as the controller."""

    def loaded(entries: Iterable[Entry], source: str = "Ekonomisystemet", why: str = "Månadens inläsning") -> Load:
        return load_entries(codes.actor("kim"), source, entries, why)

    return loaded


def year_of(year: int, through: int = 12) -> list[Entry]:
    """Give outcome of January to a month: each month 100 for ekonomistaben, 60 for HR with 10 of income, 5 own."""
    made = []
    for month in range(year * 100 + 1, year * 100 + through + 1):
        hr = "20" if year >= 2023 else "21"
        made += [
            entry(month, "10", 100),
            entry(month, hr, 60),
            entry(month, hr, -10, account="3011", counterpart="1"),
            entry(month, "90", 5, account="6011"),
            entry(month, "50", 400, activity="440"),
        ]
    return made


def budget_of(year: int) -> list[Entry]:
    """Give a budget of 1 200 for ekonomistaben and 600 for HR, a twelfth each month."""
    months = range(year * 100 + 1, year * 100 + 13)
    return [one for month in months for one in (entry(month, "10", 100, BUDGET), entry(month, "20", 50, BUDGET))]


AUGUST = date(2024, 8, 31)
