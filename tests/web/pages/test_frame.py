"""The frame: the way in, menu, context bar, sign-in, language, accessibility statement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import Tiny
from uppsikt.web.history.services import recording
from uppsikt.web.pages.choosing import same_page_at

HERE = "/kommunstyrelsen/bokslut-2024/"


def test_the_way_in_leads_to_the_top_committee_at_the_newest_year_end(tiny: Tiny, client: Client) -> None:
    with recording(tiny.reader, why="ett senare tillfälle som inte är ett bokslut") as pen:
        later = {"slug": "budget-2025", "name": "Internbudget 2025", "kind": "budget", "on": date(2025, 1, 1)}
        pen.create(type(tiny.dates["bokslut-2024"]), municipality=tiny.municipality, year=2025, **later)
    assert client.get("/").headers["Location"] == HERE


def test_before_anything_is_stored_the_first_page_says_what_to_do(db: None, client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert "uppsikt demo" in answer.content.decode()


def test_a_municipality_without_dates_says_what_to_do(tiny: Tiny, client: Client) -> None:
    with recording(tiny.reader, why="en tom kommun") as pen:
        pen.create(type(tiny.municipality), name="Tomköping", code="0001", slug="tomkoping")
    tiny.people["kim"].municipality = type(tiny.municipality)._default_manager.get(code="0001")
    tiny.people["kim"].save()
    client.force_login(tiny.people["kim"])
    answer = client.get("/")
    assert answer.status_code == 409
    assert "rapporttillfällen" in answer.content.decode()


def test_the_menu_marks_where_the_reader_is_and_keeps_the_place(tiny: Tiny, client: Client) -> None:
    html = client.get(HERE).content.decode()
    assert f'<a href="{HERE}" aria-current="page">Översikt</a>' in html
    for address in ("malkedja", "indikatorer", "ekonomi", "uppdrag", "beslut", "rapporter"):
        assert f'href="{HERE}{address}/"' in html
    assert html.count("aria-current") == 1


def test_the_context_bar_offers_the_units_of_the_date_by_level(tiny: Tiny, client: Client) -> None:
    html = client.get(HERE).content.decode()
    assert '<option value="kommunstyrelsen" selected>' in html
    assert '<optgroup label="Stab eller affärsområde">' in html
    assert "personalstaben" not in html
    assert "personalstaben" not in client.get("/kommunstyrelsen/bokslut-2023/").content.decode()


def test_a_unit_that_did_not_exist_says_so_and_points_at_its_kin(tiny: Tiny, client: Client) -> None:
    html = client.get("/personalstaben/bokslut-2024/").content.decode()
    assert "Personalstaben fanns inte den 31 december 2024." in html
    assert '<a href="/hr-staben/bokslut-2024/">HR-staben</a>' in html


@pytest.mark.parametrize(
    ("come_from", "leads_to"),
    [
        (HERE, "/klf/bokslut-2023/"),
        (HERE + "ekonomi/?snitt=verksamhet", "/klf/bokslut-2023/ekonomi/?snitt=verksamhet"),
        (HERE + "indikatorer/sjukfranvaro/", "/klf/bokslut-2023/indikatorer/sjukfranvaro/"),
        (HERE + "mal/17/", "/klf/bokslut-2023/malkedja/"),
        (HERE + "mal/17/bedomning/", "/klf/bokslut-2023/malkedja/"),
        (HERE + "indikatorer/sjukfranvaro/varde/3/", "/klf/bokslut-2023/indikatorer/sjukfranvaro/"),
        (HERE + "budget/4/rutnat/manader/klf/?ar=2025", "/klf/bokslut-2023/budget/"),
        (HERE + "investeringar/projekt/simhallen/prognos/", "/klf/bokslut-2023/investeringar/projekt/"),
        (HERE + "redovisning/poster/?enhet=kommunstyrelsen&sida=3", "/klf/bokslut-2023/redovisning/poster/?enhet=klf"),
        (HERE + "redovisning/poster/?enhet=vss", "/klf/bokslut-2023/redovisning/poster/?enhet=vss"),
        (HERE + "uppfoljning/?till=8&snitt=verksamhet", "/klf/bokslut-2023/uppfoljning/?snitt=verksamhet"),
        (HERE + "rapporter/verksamhetsberattelse/beslut/", "/klf/bokslut-2023/rapporter/verksamhetsberattelse/"),
        (HERE + "beslut/3/", "/klf/bokslut-2023/beslut/"),
        (HERE + "finns/inte/", "/klf/bokslut-2023/"),
        ("https://example.org/logga-in/", "/klf/bokslut-2023/"),
        ("//example.org", "/klf/bokslut-2023/"),
        ("http://[", "/klf/bokslut-2023/"),
        ("", "/klf/bokslut-2023/"),
    ],
)
def test_changing_place_keeps_the_kind_of_page_and_never_leaves_us(come_from: str, leads_to: str) -> None:
    assert same_page_at(come_from, "klf", "bokslut-2023") == leads_to


def test_every_page_that_takes_a_thing_has_a_list_to_go_to(tiny: Tiny, client: Client) -> None:
    asked = {"enhet": "klf", "tillfalle": "bokslut-2023", "fran": HERE + "uppdrag/"}
    assert client.get("/valj/", asked).headers["Location"] == "/klf/bokslut-2023/uppdrag/"
    asked |= {"enhet": "finns-inte"}
    assert client.get("/valj/", asked).headers["Location"] == "/kommunstyrelsen/bokslut-2023/uppdrag/"


def test_the_footer_says_as_of_when(tiny: Tiny, client: Client) -> None:
    html = client.get(HERE).content.decode()
    assert "Uppgifterna avser Bokslut 2024, per den 31 december 2024." in html
    assert "Senast ändrade" in html


def test_swedish_until_the_reader_chooses(tiny: Tiny, client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert client.get(HERE).headers["Content-Language"] == "sv"
    answer = client.post("/sprak/", {"language": "en", "next": HERE})
    assert answer.headers["Location"] == HERE
    english = client.get(HERE)
    assert english.headers["Content-Language"] == "en"
    assert '<html lang="en">' in english.content.decode()
    client.post("/sprak/", {"language": "sv"})
    assert '<html lang="sv">' in client.get(HERE).content.decode()


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_the_language_choice_leads_nowhere_else(db: None, client: Client, back: str) -> None:
    answer = client.post("/sprak/", {"language": "xx", "next": back})
    assert answer.headers["Location"] == "/"
    assert not answer.cookies


def test_language_is_chosen_by_post_only(db: None, client: Client) -> None:
    assert client.get("/sprak/").status_code == 405


def test_sign_in_and_out(tiny: Tiny, client: Client) -> None:
    kim = tiny.people["kim"]
    kim.set_password("hemligt-ord")
    kim.save()
    wrong = client.post("/logga-in/", {"username": "kim", "password": "fel"})
    assert "hör inte ihop" in wrong.content.decode()
    right = client.post("/logga-in/", {"username": "kim", "password": "hemligt-ord", "next": HERE + "beslut/"})
    assert right.headers["Location"] == HERE + "beslut/"
    assert "Kim Controller" in client.get(HERE).content.decode()
    assert client.post("/logga-ut/").headers["Location"] == "/"
    assert "Kim Controller" not in client.get(HERE).content.decode()


def test_whoever_comes_in_at_the_front_is_led_to_their_own_unit(tiny: Tiny, client: Client) -> None:
    charlie = tiny.people["charlie"]
    charlie.set_password("hemligt-ord")
    charlie.save()
    typed = {"username": "charlie", "password": "hemligt-ord"}
    front = client.get("/").headers["Location"]
    assert front == HERE
    assert client.post("/logga-in/", {**typed, "next": front}).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/klf/bokslut-2024/"


def test_the_demonstration_tells_its_users_and_nobody_else_does(tiny: Tiny, client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert "charlie" not in client.get("/logga-in/").content.decode()
    settings.DEMO = True
    html = client.get("/logga-in/").content.decode()
    assert "charlie" in html
    assert settings.DEMO_PASSWORD in html


def test_the_accessibility_statement_is_honest_about_the_demonstration(db: None, client: Client, settings: Any) -> None:
    settings.DEMO = True
    html = client.get("/tillganglighet/").content.decode()
    assert "demonstration" in html
    assert "13 §" in html


def test_a_page_uses_no_inline_script_or_style(tiny: Tiny, signed_in: Callable[[str], Client]) -> None:
    for address in (HERE, HERE + "sok/?q=mål", "/tillganglighet/", "/logga-in/"):
        html = signed_in("kim").get(address).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert all("src=" in part[:60] or "application/json" in part[:60] for part in html.split("<script")[1:])
