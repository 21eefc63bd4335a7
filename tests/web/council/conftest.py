"""The tiny municipality with a council, and Siri as its secretary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor, Role
from uppsikt.web.organisation.models import Membership, Unit


@pytest.fixture
def town(tiny):
    with recording(tiny.reader, why="Prov") as pen:
        council = pen.create(
            Unit, municipality=tiny.municipality, slug="kommunfullmaktige", name="Kommunfullmäktige", kind="council",
            valid_from=date(2015, 1, 1), order=0,
        )  # fmt: skip
        pen.create(Membership, user=tiny.people["siri"], unit=council, role="secretary")
        for slug, amount in (("kommunstyrelsen", 84_000), ("bildningsnamnden", 120_000)):
            pen.create(
                FrameEntry, unit=tiny.units[slug], year=2024, kind="decided", amount=Decimal(amount), purpose="Ram",
                decided_on=date(2023, 11, 28),
            )  # fmt: skip
    tiny.units["kommunfullmaktige"] = council
    tiny.siri = Actor(
        tiny.municipality.pk, "Siri", tiny.people["siri"].pk, (Role("secretary", frozenset({council.pk})),)
    )
    return tiny
