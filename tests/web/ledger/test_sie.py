"""A SIE file becomes entries by what its dimensions are said to be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.web.conftest import Tiny
from tests.web.ledger.test_loading import figures
from uppsikt.core.errors import UseError
from uppsikt.web.ledger import running
from uppsikt.web.ledger.models import Load
from uppsikt.web.ledger.services import loading, looking, receiving, sie_files, staging
from uppsikt.web.ledger.services.telling import DryRun

FILE = """#FLAGGA 0
#FORMAT PC8
#SIETYP 4
#FNAMN "Exempelköping"
#RAR 0 20240101 20241231
#KONTO 5011 "Löner"
#KONTO 3011 "Försäljning"
#DIM 1 "Ansvar"
#DIM 20 "Verksamhet"
#OBJEKT 1 "10" "Ekonomi"
#VER A 1 20240115 "Lön"
{
#TRANS 5011 {1 "10" 20 "100"} 1000.50
#TRANS 3011 {1 "10" 20 "100"} -400.25
#TRANS 1930 {} -600.25
}
"""


def received(tiny: Tiny, text: str = FILE) -> Load:
    load = receiving.receive(tiny.actor("kim"), "Visma", "huvudbok.se", [text.encode("cp437")])
    looking.look_at_once(tiny.actor("kim"), load)
    assert load.state == Load.State.LOOKING
    assert running.work_once(tiny.actor("kim"))
    load.refresh_from_db()
    return load


def dry_run(tiny: Tiny, load: Load, **dimensions: str) -> DryRun:
    told = {"1": "unit", "20": "activity", **dimensions}
    staging.ask_read_sie(tiny.actor("kim"), load, told)
    running.work_once(tiny.actor("kim"))
    load.refresh_from_db()
    return DryRun.of(load.summary)


def test_dimensions_are_suggested_and_remembered(codes: Tiny) -> None:
    load = received(codes)
    look = sie_files.sie_look(load)
    assert [(one.number, one.part, one.sample) for one in look.dimensions] == [
        ("1", "unit", ("10 Ekonomi",)), ("20", "activity", ()),
    ]  # fmt: skip
    dry_run(codes, load, **{"20": "object", "*": "90"})
    following = sie_files.sie_look(received(codes))
    assert (following.dimensions[1].part, following.otherwise) == ("object", "90")


def test_a_sie_file_is_loaded(codes: Tiny) -> None:
    load = received(codes)
    found = dry_run(codes, load, **{"*": "90"})
    assert (found.unreadable, found.total) == (0, "0.00")
    assert {part: set(told) for part, told in found.codes.items()} == {"account": {"1930"}}
    from uppsikt.web.ledger.services import codes as registering

    registering.register(codes.actor("kim"), load, {})
    loading.ask_keep(codes.actor("kim"), load, "Bokföringen")
    running.work_once(codes.actor("kim"))
    assert figures(codes) == {202401: Decimal(0)}


def test_entries_without_a_unit_stop_the_file(codes: Tiny) -> None:
    found = dry_run(codes, received(codes))
    assert [(one["code"], one["rows"]) for one in found.faults if one["code"] == "no_unit"] == [("no_unit", 1)]
    assert found.unreadable == 1


def test_what_loses_an_entry_stops_and_what_does_not_is_told(codes: Tiny) -> None:
    unbalanced = dry_run(codes, received(codes, FILE.replace("-600.25", "-600.00")), **{"*": "90"})
    assert (unbalanced.unreadable, [one["code"] for one in unbalanced.faults]) == (0, ["unbalanced"])
    broken = dry_run(codes, received(codes, FILE.replace("1000.50", "tusen")), **{"*": "90"})
    assert broken.unreadable >= 1


def test_a_source_gives_one_kind_of_file(codes: Tiny) -> None:
    received(codes)
    with pytest.raises(UseError, match="Källan Visma lämnar SIE-fil"):
        receiving.receive(codes.actor("kim"), "Visma", "lista.csv", [b"Konto;Belopp"])


PERIODS = """#FLAGGA 0
#FORMAT PC8
#SIETYP 3
#FNAMN "Exempelköping"
#RAR 0 20240101 20241231
#KONTO 5011 "Löner"
#DIM 1 "Ansvar"
#RES 0 5011 1250,50
#PSALDO 0 202412 5011 {} 1000.50
#PSALDO 0 202412 5011 {1 "10"} 1000.50
#PSALDO 0 202413 5011 {} 250.00
#PSALDO 0 202413 5011 {1 "10"} 250.00
#PBUDGET 0 202413 5011 {1 "10"} 300.00
"""


def test_periods_of_the_closing_are_booked_in_december_and_said_in_the_dry_run(codes: Tiny) -> None:
    load = received(codes, PERIODS)
    found = dry_run(codes, load)
    told = {one["code"]: one["message"] for one in found.faults}
    assert told["closing_period"] == "3 rader i period 13 (202413) räknas till december 2024."
    assert told["amount_form"].startswith("Beloppet ”1250,50” ska skrivas 1250.50")
    assert found.unreadable == 0
    loading.ask_keep(codes.actor("kim"), load, "Bokslutet")
    running.work_once(codes.actor("kim"))
    assert figures(codes) == {202412: Decimal("1250.50")}


def test_a_file_that_was_cut_off_is_not_loaded(codes: Tiny) -> None:
    found = dry_run(codes, received(codes, FILE.replace("#FORMAT", "#KSUMMA\n#FORMAT")), **{"*": "90"})
    assert found.unreadable == 1
    assert "avkortad" in next(one["message"] for one in found.faults if one["code"] == "truncated")
