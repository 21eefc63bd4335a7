"""A comment is edited with reason and history; a conflict is shown and nothing is lost."""

from __future__ import annotations

import pytest

from uppsikt.core.errors import UseError
from uppsikt.web.economy.models import Comment
from uppsikt.web.economy.selectors import comment_on, seen_of
from uppsikt.web.economy.services import Written, comment_save
from uppsikt.web.history.selectors import changes_of
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.gate import NotAllowedError

ADDRESS = "/kommunstyrelsen/bokslut-2024/ekonomi/kommentar/ekonomistaben/driftsammandrag/"
OWN = "/kommunstyrelsen/bokslut-2024/ekonomi/kommentar/kommunstyrelsen/driftsammandrag/"


def save(tiny, who, text="Vakanser.", *, unit="ekonomistaben", why="Bokslut", seen=0):
    at = tiny.dates["bokslut-2024"]
    return comment_save(tiny.actor(who), tiny.units[unit], at, "driftsammandrag", Written(text, why, seen))


def test_a_unit_head_writes_a_comment_and_the_journal_knows(tiny):
    comment = save(tiny, "charlie")
    (change,) = changes_of(tiny.reader, comment)
    assert (comment.text, change.who_name, change.why) == ("Vakanser.", "Charlie Chef", "Bokslut")


def test_what_a_person_has_changed_is_no_longer_an_example(tiny):
    at = tiny.dates["bokslut-2024"]
    stored = comment_on(tiny.reader, tiny.units["kommunstyrelsen"], at, "driftsammandrag")
    assert stored.is_example
    changed = save(tiny, "kim", unit="kommunstyrelsen", seen=seen_of(tiny.reader, stored))
    assert (changed.text, changed.is_example) == ("Vakanser.", False)


def test_a_reader_may_not(tiny):
    at = tiny.dates["bokslut-2024"]
    with pytest.raises(NotAllowedError):
        comment_save(tiny.reader, tiny.units["ekonomistaben"], at, "driftsammandrag", Written("x", "y", 0))


def test_a_head_may_not_write_for_the_unit_above(tiny):
    with pytest.raises(NotAllowedError):
        save(tiny, "charlie", unit="kommunstyrelsen")


def test_a_reason_is_needed(tiny):
    with pytest.raises(UseError, match="varför"):
        save(tiny, "charlie", why="  ")
    assert not Comment._default_manager.filter(unit=tiny.units["ekonomistaben"]).exists()


def test_the_second_of_two_is_stopped(tiny):
    save(tiny, "charlie", "Charlies text")
    with pytest.raises(EditConflictError):
        save(tiny, "kim", "Kims text")
    assert (
        comment_on(tiny.reader, tiny.units["ekonomistaben"], tiny.dates["bokslut-2024"], "driftsammandrag").text
        == "Charlies text"
    )


def test_the_page_saves_and_leads_back(tiny, signed_in):
    client = signed_in("charlie")
    answer = client.post(
        ADDRESS, {"text": "Två vakanser.\n\nÄven lägre hyra.", "why": "Bokslut", "seen": 0}, follow=True
    )
    html = answer.content.decode()
    assert "Kommentaren är sparad." in html
    assert "<p>Två vakanser.</p>" in html
    assert "/historik/economy.comment/" in html


def test_the_page_shows_both_texts_in_a_conflict(tiny, signed_in):
    save(tiny, "kim", "Kims text")
    answer = signed_in("charlie").post(ADDRESS, {"text": "Charlies text", "why": "Bokslut", "seen": 0})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Kims text" in html
    assert "Charlies text" in html
    comment = Comment._default_manager.get(unit=tiny.units["ekonomistaben"])
    assert comment.text == "Kims text"
    assert f'value="{seen_of(tiny.reader, comment)}"' in html  # to send it once more is to have seen it


def test_a_page_without_reason_keeps_what_was_written(tiny, signed_in):
    html = signed_in("charlie").post(ADDRESS, {"text": "Min text", "why": "", "seen": 0}).content.decode()
    assert "Skriv varför du ändrar kommentaren." in html
    assert "Min text" in html


def test_who_may_not_is_told_who_may(tiny, signed_in, client):
    assert "Logga in för att ändra" in client.get(ADDRESS, follow=True).content.decode()
    answer = signed_in("charlie").get(OWN)
    assert answer.status_code == 403
    assert "controller" in answer.content.decode()


def test_a_topic_that_nothing_shows_cannot_be_begun(tiny, signed_in):
    address = ADDRESS.replace("driftsammandrag", "hittepa")
    answer = signed_in("charlie").post(address, {"text": "Ingen läser det här.", "why": "Prov", "seen": 0})
    assert answer.status_code == 404
    assert "hittepa" in answer.content.decode()
    assert signed_in("charlie").get(ADDRESS.replace("driftsammandrag", "personal")).status_code == 200


def test_only_who_may_is_offered_to_write(tiny, client, signed_in):
    page = "/kommunstyrelsen/bokslut-2024/ekonomi/"
    assert "Skriv en kommentar" not in client.get(page).content.decode()
    assert ADDRESS in signed_in("charlie").get(page).content.decode()
    assert OWN not in signed_in("charlie").get(page).content.decode()


def test_markup_in_a_comment_is_shown_and_not_obeyed(tiny, client):
    save(tiny, "charlie", "<b>fet</b>")
    assert "&lt;b&gt;fet&lt;/b&gt;" in client.get("/kommunstyrelsen/bokslut-2024/ekonomi/").content.decode()
