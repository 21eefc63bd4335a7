"""English by choice: every text of the pages has its English, and the compiled catalogue is that of the source."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from django.test import Client
from django.utils import translation

from tests.web.conftest import Tiny
from tools import catalogue
from uppsikt.web.pages.vocabulary import words

HERE = "/kommunstyrelsen/bokslut-2024/"
ADVICE = "Kör: python tools/catalogue.py, och översätt det som saknas."


def test_every_text_of_the_pages_has_its_english() -> None:
    known = catalogue.updated()
    assert [message.id for message in catalogue.untranslated(known)] == [], ADVICE


def test_the_stored_catalogue_holds_no_text_that_nobody_shows() -> None:
    found = {message.id for message in catalogue.found_texts()}
    assert {message.id for message in catalogue.stored_texts()} - found == set(), ADVICE


def test_the_compiled_catalogue_is_fresh() -> None:
    with catalogue.PO.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert _as_pairs(compiled) == _as_pairs(catalogue.stored_texts()), ADVICE


def _as_pairs(texts: Catalog) -> set[tuple[str, str]]:
    return {(str(tuple(m.id)), str(tuple(m.string))) for m in texts if m.id}


@pytest.mark.parametrize(
    "code",
    [
        '_("Hej %(name)s")',
        "x = [gettext('Hej %(name)s')]",
    ],
)
def test_texts_in_code_are_found(code: str) -> None:
    assert list(catalogue._messages(code)) == ["Hej %(name)s"]


def test_a_translation_that_loses_a_name_is_no_translation() -> None:
    one = Catalog(locale="en")
    one.add("Hej %(name)s", "Hello")
    one.add("Då %(name)s", "Bye %(name)s")
    one.add(("En kod", "%(n)s koder"), ("One code", "%(n)s codes"))
    one.add(("En rad", "%(n)s rader"), ("The %(n)s line", "%(n)s lines"))
    assert [message.id for message in catalogue.untranslated(one)] == ["Hej %(name)s", ("En rad", "%(n)s rader")]


def test_the_words_of_the_core_are_known_in_english() -> None:
    with translation.override("en"):
        assert translation.gettext("Delvis uppnått") == "Partly met"
        same = {word for word in words() if translation.gettext(word) == word}
    assert same == set()


def test_pages_are_english_for_who_chooses_it_and_data_stay_swedish(tiny: Tiny, client: Client) -> None:
    client.post("/sprak/", {"language": "en"})
    html = client.get(HERE).content.decode()
    for english in ("Overview", "Goal chain", "1 of 3 met", "Partly met", "To mend before the decision", "Sign in"):
        assert english in html
    assert "God ekonomisk kontroll" in html
    assert "76\u00a0900 of 84\u00a0900\u00a0tkr" in html
