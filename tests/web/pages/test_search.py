"""Search: everything is found, whatever the case, on both databases; what people type cannot break it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import Tiny
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.models import Unit
from uppsikt.web.pages import searching, searchwords

HERE = "/kommunstyrelsen/bokslut-2024/"


def titles(tiny: Tiny, question: str) -> dict[str, list[str]]:
    return {group.key: [hit.title for hit in group.hits] for group in searching.find(tiny.here(), question).groups}


@pytest.mark.parametrize(
    ("question", "kind", "title"),
    [
        ("HR-STABEN", "enheter", "HR-staben"),
        ("förvaltningen", "enheter", "Kommunledningsförvaltningen"),
        ("FÖRVALTNINGEN", "enheter", "Kommunledningsförvaltningen"),
        ("goda arbetsplatser", "mal", "Goda arbetsplatser"),
        ("sjukfrånvaro", "indikatorer", "Total sjukfrånvaro"),
        ("SJUKFRÅNVARO", "indikatorer", "Total sjukfrånvaro"),
        ("hälsosamtal", "aktiviteter", "Införa hälsosamtal"),
        ("täcks nya systemet", "aktiviteter", "Ny mall för prognoser"),
        ("tillgänglighet plan", "uppdrag", "Ta fram en plan för tillgänglighet"),
        ("§ 397", "beslut", "Budget för 2024 med plan för 2025–2027"),
        ("ks 2024-101", "beslut", "Återrapportering av tillgänglighetsplanen"),
        ("återrapp", "beslut", "Återrapportering av tillgänglighetsplanen"),
        ("nettokostnader", "rader", "Summa nettokostnader"),
        ("vakanser", "kommentarer", "Kommunstyrelsen: driftsammandrag"),
        ("sjunkit", "bedomningar", "Goda arbetsplatser"),
        ("delår", "tillfallen", "Delår augusti 2024"),
        ("verksamhetsberättelse", "rapporter", "Verksamhetsberättelse 2024"),
    ],
)
def test_everything_is_found_whatever_the_case(tiny: Tiny, question: str, kind: str, title: str) -> None:
    assert title in titles(tiny, question).get(kind, [])


def test_every_word_must_stand_in_the_thing(tiny: Tiny) -> None:
    assert titles(tiny, "goda simhallar") == {}


def test_a_hit_leads_to_where_the_thing_lives(tiny: Tiny, client: Client) -> None:
    for question in (
        "arbetsplatser",
        "Total sjukfrånvaro",
        "hälsosamtal",
        "plan",
        "budget",
        "ekonomistaben",
        "vakanser",
    ):
        for group in searching.find(tiny.here(at="bokslut-2023"), question).groups:
            for hit in group.hits:
                assert client.get(hit.url).status_code == 200, hit
    old = searching.find(tiny.here(), "Bra arbetsplatser").groups[0].hits[0]
    assert old.url.startswith(HERE)  # its model's years have no date of their own
    row = searching.find(tiny.here(at="bokslut-2023"), "nettokostnader").groups[-1].hits[0]
    assert row.url == f"{HERE}ekonomi/#by-unit-1.summa"


def test_a_thing_of_another_municipality_is_never_found(tiny: Tiny) -> None:
    other = type(tiny.municipality)._default_manager.create(name="Grannköping", code="0002", slug="grannkoping")
    with recording(tiny.reader, why="grannen") as pen:
        start = tiny.units["klf"].valid_from
        pen.create(Unit, municipality=other, slug="hemliga", name="Hemliga staben", kind="division", valid_from=start)
    assert titles(tiny, "hemliga") == {}


def test_only_one_kind_when_the_reader_asks_for_it(tiny: Tiny) -> None:
    found = searching.find(tiny.here(), "ekonomi", only="mal")
    assert [group.key for group in found.groups] == ["mal"]


@pytest.mark.parametrize("question", ["", "a", "%", "?!", '"', "  "])
def test_too_little_to_search_for_says_so(tiny: Tiny, client: Client, question: str) -> None:
    answer = client.get(HERE + "sok/", {"q": question})
    assert answer.status_code == 200
    assert "Inget innehåller" not in answer.content.decode()


@pytest.mark.parametrize(
    "question", ["[a-z", "100%", "(kvinnor", "a\\", "*+?", "_%_", "'; drop table", "\x01\x02ab", "ßß", "İİ"]
)
def test_what_people_type_cannot_break_the_search(tiny: Tiny, client: Client, question: str) -> None:
    assert client.get(HERE + "sok/", {"q": question}).status_code == 200


def test_a_null_sign_is_no_word(tiny: Tiny, client: Client) -> None:
    assert client.get(HERE + "sok/?q=ab%00cd").status_code == 200


def test_nothing_found_says_what_to_try(tiny: Tiny, client: Client) -> None:
    html = client.get(HERE + "sok/", {"q": "simhall<b>"}).content.decode()
    assert "Inget innehåller ”simhall&lt;b&gt;”" in html


def test_live_search_gets_the_hits_alone(tiny: Tiny, client: Client) -> None:
    html = client.get(HERE + "sok/", {"q": "mål"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert "<mark>" in html


def test_search_asks_a_bounded_number_of_questions(
    tiny: Tiny, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(22):
        client.get(HERE + "sok/", {"q": "en"})


@given(st.text(max_size=40), st.lists(st.text(min_size=2, max_size=5), min_size=1, max_size=3))
def test_marking_changes_nothing_but_marks(text: str, words: list[str]) -> None:
    from django.utils.html import escape

    marked = searchwords.marked(text, words)
    assert marked.replace("<mark>", "").replace("</mark>", "") == escape(text)


def test_a_long_text_is_cut_around_the_word() -> None:
    text = "inledning " * 40 + "kärnan här " + "avslutning " * 40
    piece = searchwords.around(text, ["kärnan"])
    assert "kärnan" in piece
    assert piece.startswith("… ")
    assert piece.endswith(" …")
    assert len(piece) < 200
    assert searchwords.around("kort", ["x"]) == "kort"
