"""A responsibility code moves from a day: one unit at a time, seen before it is done, told with who and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from tests.web.conftest import Tiny
from tests.web.ledger.conftest import AUGUST, LoadEntries, year_of
from tests.web.ledger.test_loading import JANUARY, read, received
from tests.web.ledger.test_pages import HERE, page_of
from uppsikt.core.errors import UseError
from uppsikt.web.history.selectors import changes_of
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.ledger.selectors import code_tree, outcome_by_unit
from uppsikt.web.ledger.selectors.moving import moving
from uppsikt.web.ledger.services import responsibility
from uppsikt.web.organisation.gate import NotAllowedError

SignIn = Callable[[str], Client]
MAY, JULY = date(2024, 5, 1), date(2024, 7, 1)


def code(text: str = "10") -> LedgerCode:
    return LedgerCode._default_manager.filter(part="unit", code=text).order_by("pk").first()  # type: ignore[return-value]  # it is there


def moved(tiny: Tiny, unit: str = "hr-staben", since: date | None = MAY, text: str = "10") -> None:
    responsibility.move(tiny.actor("kim"), code(text), tiny.units[unit], since, "Ny organisation")


def rows(tiny: Tiny, text: str = "10") -> list[tuple[str, date | None, date | None]]:
    found = responsibility.rows_of(tiny.reader, text)
    return [(one.unit.slug if one.unit else "", one.valid_from, one.valid_to) for one in found]


def net(tiny: Tiny, unit: str, last: int) -> Decimal:
    found = outcome_by_unit(tiny.reader, [tiny.units[unit]], 202401, last)
    return found[tiny.units[unit].pk].net.number


def test_a_move_is_seen_in_statements_of_its_day_and_later(codes: Tiny, put: LoadEntries) -> None:
    put(year_of(2024, 8))
    before = net(codes, "ekonomistaben", 202404), net(codes, "hr-staben", 202404)
    moved(codes)
    assert rows(codes) == [("ekonomistaben", None, MAY), ("hr-staben", MAY, None)]
    assert (net(codes, "ekonomistaben", 202404), net(codes, "hr-staben", 202404)) == before == (400, 200)
    assert (net(codes, "ekonomistaben", 202408), net(codes, "hr-staben", 202408)) == (0, 1200)
    assert net(codes, "klf", 202408) == 1240  # what is moved within it changes no sum of the whole


def test_what_moves_is_told_before_and_is_what_happens(codes: Tiny, put: LoadEntries) -> None:
    put([*year_of(2023), *year_of(2024, 8)])
    told = moving(codes.reader, code(), codes.units["bildningsnamnden"], MAY, None)
    assert [(one.unit.slug, one.before.number, one.after.number) for one in told.units] == [
        ("kommunstyrelsen", 1240, 440), ("klf", 1240, 440), ("ekonomistaben", 800, 0), ("bildningsnamnden", 3200, 4000),
    ]  # fmt: skip
    assert [(one.words, one.sides.net.number) for one in told.years] == [("Utfall 2024", 800), ("Utfall 2023", 1200)]
    assert [one.slug for one in told.dates] == ["delar-augusti-2024", "bokslut-2024"]
    moved(codes, "bildningsnamnden")
    assert {one.unit.slug: net(codes, one.unit.slug, 202408) for one in told.units} == {
        one.unit.slug: one.after.number for one in told.units
    }


def test_a_move_of_a_day_to_come_touches_no_figure(codes: Tiny, put: LoadEntries) -> None:
    put(year_of(2024, 8))
    told = moving(codes.reader, code(), codes.units["hr-staben"], date(2025, 1, 1), None)
    assert (told.units, told.period, len(told.years)) == ((), "", 1)


def test_a_code_without_a_unit_is_given_its_first(codes: Tiny) -> None:
    LedgerCode._default_manager.filter(code="50").update(unit=None)
    assert "50" in code_tree(codes.reader, AUGUST).homeless
    moved(codes, "bildningsnamnden", None, "50")
    assert rows(codes, "50") == [("bildningsnamnden", None, None)]
    assert "50" not in code_tree(codes.reader, AUGUST).homeless


@pytest.mark.parametrize(
    ("unit", "since", "words"),
    [
        ("bildningsnamnden", MAY, "hör till HR-staben från och med den 1 juli 2024"),
        ("bildningsnamnden", date(2024, 6, 30), "En kod hör till en enhet i taget"),
        ("hr-staben", date(2024, 9, 1), "hör redan till HR-staben"),
        ("personalstaben", date(2024, 9, 1), "Personalstaben upphörde den 1 januari 2023"),
    ],
)
def test_a_code_never_belongs_to_two_units(codes: Tiny, unit: str, since: date, words: str) -> None:
    moved(codes, since=JULY)
    before = rows(codes)
    with pytest.raises(UseError, match=words):
        moved(codes, unit, since)
    assert rows(codes) == before


def test_a_unit_is_not_given_a_code_before_it_was_there(codes: Tiny) -> None:
    with pytest.raises(UseError, match="finns från och med den 1 januari 2023"):
        moved(codes, "hr-staben", date(2022, 1, 1))


def test_a_row_is_corrected_and_a_move_undone(codes: Tiny) -> None:
    moved(codes)
    later = responsibility.rows_of(codes.reader, "10")[1]
    responsibility.move(codes.actor("kim"), later, codes.units["bildningsnamnden"], None, "Skrev fel")
    assert rows(codes) == [("ekonomistaben", None, MAY), ("bildningsnamnden", MAY, None)]
    responsibility.undo_move(codes.actor("kim"), "10", "Blev inte av")
    assert rows(codes) == [("ekonomistaben", None, None)]
    with pytest.raises(UseError, match="har inte flyttats"):
        responsibility.undo_move(codes.actor("kim"), "10", "Igen")
    told = [(one.why, one.who_name) for one in changes_of(codes.reader, code())]
    assert ("Blev inte av", "Kim Controller") in told
    assert ("Ny organisation", "Kim Controller") in told


def test_a_closed_code_keeps_its_entries_and_new_ones_are_told_of(codes: Tiny, put: LoadEntries) -> None:
    put(year_of(2024, 1), source="Annan")
    responsibility.close(codes.actor("kim"), "10", date(2024, 2, 1), "Läggs ner")
    assert net(codes, "ekonomistaben", 202401) == 100
    load = received(codes, JANUARY, "5011;10;100;202402;7,00;", "5011;10;100;202403;8,00;", "5011;20;100;202403;8,00;")
    found = read(codes, load)
    told = [(one["code"], one["value"], one["rows"]) for one in found.faults]
    assert (told, found.unreadable) == ([("closed_code", "10", 2)], 0)
    moved(codes, since=JULY)
    with pytest.raises(UseError, match="kan inte stängas"):
        responsibility.close(codes.actor("kim"), "10", MAY, "För tidigt")


def test_a_closed_code_that_moves_earlier_stays_closed(codes: Tiny) -> None:
    responsibility.close(codes.actor("kim"), "10", date(2025, 1, 1), "Läggs ner")
    moved(codes)
    assert rows(codes) == [("ekonomistaben", None, MAY), ("hr-staben", MAY, date(2025, 1, 1))]
    responsibility.close(codes.actor("kim"), "10", None, "Blev kvar")
    assert rows(codes)[-1] == ("hr-staben", MAY, None)


def test_only_a_controller_at_the_top_moves_and_gives_a_reason(codes: Tiny) -> None:
    unit = codes.units["hr-staben"]
    for who in ("charlie", "siri"):
        with pytest.raises(NotAllowedError):
            responsibility.move(codes.actor(who), code(), unit, MAY, "x")
        with pytest.raises(NotAllowedError):
            responsibility.close(codes.actor(who), "10", MAY, "x")
    with pytest.raises(UseError, match="Skriv varför"):
        responsibility.move(codes.actor("kim"), code(), unit, MAY, " ")
    assert rows(codes) == [("ekonomistaben", None, None)]


def test_a_move_is_looked_at_and_done_on_its_page(codes: Tiny, signed_in: SignIn, put: LoadEntries) -> None:
    put(year_of(2024, 8))
    address = f"{HERE}koder/{code().pk}/"
    page_of(Client(), f"{address}flytta/?enhet=hr-staben&fran=2024-05-01", 403)
    kim = signed_in("kim")
    told = page_of(kim, f"{address}flytta/?enhet=hr-staben&fran=2024-05-01")
    for words in ("Delår augusti 2024, Bokslut 2024", "januari–augusti 2024", "−800,00", "1 200,00"):
        assert words in told, words
    assert rows(codes) == [("ekonomistaben", None, None)]  # looking changes nothing
    refused = kim.post(f"{address}flytta/", {"enhet": "hr-staben", "fran": "2024-05-01", "skal": ""}).content.decode()
    assert "Skriv varför" in refused
    kim.post(f"{address}flytta/", {"enhet": "hr-staben", "fran": "2024-05-01", "skal": "KS § 12"})
    told = page_of(kim, address)
    assert "hör till: HR-staben" in told
    assert "till: – → 2024-05-01" in told
    assert "KS § 12" in told
    assert "Välj en enhet" in page_of(kim, f"{address}flytta/?enhet=finns-inte")
    kim.post(f"{address}angra-flytt/", {"skal": "Fel"})
    kim.post(f"{address}stang/", {"pa": "2025-01-01", "skal": "Läggs ner"})
    assert rows(codes) == [("ekonomistaben", None, date(2025, 1, 1))]
    assert page_of(kim, f"{HERE}koder/{LedgerCode._default_manager.get(code='5011').pk}/flytta/", 404)
