"""Kept pages are exact, headers are strict, errors are clear."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests.web.conftest import Tiny
from uppsikt.core.errors import MissingValueError, TableError, UseError
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import NotAllowedError
from uppsikt.web.pages import errors
from uppsikt.web.pages.middleware import kept_pages as keeping
from uppsikt.web.pages.middleware.error_door import ErrorDoor

HERE = "/kommunstyrelsen/bokslut-2024/"


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> keeping.Shelf:
    """An empty shelf, and a database that is not inside a transaction of the test (see the fixture ``committed``)."""
    empty = keeping.Shelf()
    monkeypatch.setattr(keeping, "SHELF", empty)
    return empty


@pytest.fixture
def committed(transactional_db: None, shelf: keeping.Shelf, request: pytest.FixtureRequest) -> Tiny:
    """The little municipality, committed, so that pages may be kept."""
    return request.getfixturevalue("tiny")


def test_a_page_is_kept_and_asks_the_database_for_the_state_of_the_data_alone(
    committed: Tiny, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    first = client.get(HERE)
    with django_assert_max_num_queries(2):
        second = client.get(HERE)
    assert first.content == second.content
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Cache-Control"] == "no-cache"


def test_a_change_is_seen_at_once(committed: Tiny, client: Client) -> None:
    before = client.get(HERE)
    goal = committed.goals["ledarskap"]
    with recording(committed.actor("kim"), why="bytt namn") as pen:
        pen.update(goal, name="Ett ledarskap som håller")
    after = client.get(HERE, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Ett ledarskap som håller" in after.content.decode()


def test_a_browser_that_has_the_page_is_told_so(committed: Tiny, client: Client) -> None:
    tag = client.get(HERE).headers["ETag"]
    again = client.get(HERE, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""


def test_languages_and_live_parts_are_kept_apart(committed: Tiny, client: Client) -> None:
    tags = {client.get(HERE + "sok/?q=mål").headers["ETag"]}
    tags.add(client.get(HERE + "sok/?q=mål", headers={"HX-Request": "true"}).headers["ETag"])
    client.post("/sprak/", {"language": "en"})
    tags.add(client.get(HERE + "sok/?q=mål").headers["ETag"])
    assert len(tags) == 3


def test_nothing_is_kept_of_who_has_signed_in(committed: Tiny, client: Client, shelf: keeping.Shelf) -> None:
    client.force_login(committed.people["kim"])
    answer = client.get(HERE)
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert shelf.size == 0


@pytest.mark.parametrize(("address", "method"), [("/logga-in/", "get"), ("/sprak/", "post"), ("/finns-inte/", "get")])
def test_forms_answers_to_post_and_errors_are_never_kept(
    committed: Tiny, client: Client, shelf: keeping.Shelf, address: str, method: str
) -> None:
    assert "ETag" not in getattr(client, method)(address).headers
    assert shelf.size == 0


def test_inside_an_open_transaction_nothing_is_kept(tiny: Tiny, client: Client, shelf: keeping.Shelf) -> None:
    assert "ETag" not in client.get(HERE).headers
    assert shelf.size == 0


def test_kept_pages_are_compressed_for_who_can_read_it(committed: Tiny, client: Client) -> None:
    plain = client.get(HERE)
    packed = client.get(HERE, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in client.get(HERE, headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_the_shelf_never_holds_more_than_its_room(shelf: keeping.Shelf) -> None:
    for number in range(50):
        shelf.put(str(number), keeping.Kept(b"x" * 1500, (), packed=False), room=20_000)
        assert shelf.size <= 20_000
    assert shelf.get("0") is None
    assert shelf.get("49") is not None
    shelf.put("vast", keeping.Kept(b"x" * 19_000, (), packed=False), room=20_000)
    assert shelf.get("vast") is None


def test_a_page_runs_our_own_scripts_only_and_stands_in_no_frame(tiny: Tiny, client: Client) -> None:
    headers = client.get(HERE).headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotAllowedError("Logga in för att ändra."), 403),
        (UseError("Rapporten är redan beslutad."), 409),
        (MissingValueError("Ett värde saknas."), 500),
        (TableError("Tabellen har två rader med samma nyckel."), 500),
    ],
)
def test_our_own_errors_become_pages_that_say_what_happened(rf: RequestFactory, error: Exception, status: int) -> None:
    answer = ErrorDoor(lambda _request: HttpResponse()).process_exception(rf.get("/x/"), error)
    assert answer is not None
    assert answer.status_code == status
    assert str(error) in answer.content.decode()
    assert '<html lang="' in answer.content.decode()


def test_other_errors_are_left_to_the_outermost_door(rf: RequestFactory) -> None:
    assert ErrorDoor(lambda _request: HttpResponse()).process_exception(rf.get("/x/"), ValueError("x")) is None


def test_an_unknown_unit_or_date_is_named(tiny: Tiny, client: Client) -> None:
    for address, named in (("/kommunstyrelsen/bokslut-2031/", "bokslut-2031"), ("/okand/bokslut-2024/", "okand")):
        answer = client.get(address)
        assert answer.status_code == 404
        assert f"”{named}”" in answer.content.decode()


def test_an_unknown_address_is_a_swedish_page(tiny: Tiny, client: Client) -> None:
    answer = client.get("/<b>/")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.content.decode()
    assert "<b>" not in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        (lambda request: errors.bad_request(request, exception=BadRequest()), 400, "Frågan blev fel"),
        (lambda request: errors.forbidden(request, exception=PermissionDenied()), 403, "Det får du inte göra"),
        (errors.server_error, 500, "sparat helt eller inte alls"),
    ],
)
def test_errors_ask_the_database_nothing(
    rf: RequestFactory, page: Callable[[HttpRequest], HttpResponse], status: int, words: str
) -> None:
    answer = page(rf.get("/x/"))  # without the fixture db a question would fail the test
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_what_cannot_be_understood_is_no_fault_of_ours(tiny: Tiny, client: Client) -> None:
    client.raise_request_exception = False
    for answer in (
        client.get(HERE, headers={"Host": "example.org"}),
        client.get(HERE + "sok/?" + "a=1&" * 5_001),
    ):
        assert answer.status_code == 400
        assert "Frågan blev fel" in answer.content.decode()


@pytest.mark.parametrize("path", ["/sprak/", "/logga-ut/"])
def test_a_form_opened_as_a_page_is_a_swedish_page(tiny: Tiny, client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 405
    assert "Det går inte så här" in answer.content.decode()
    assert "POST" in answer.headers["Allow"]
    assert answer.headers["Content-Security-Policy"]


def test_a_fault_of_ours_is_a_swedish_page(
    tiny: Tiny, client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def fail(_here: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("uppsikt.web.pages.views.overview_at", fail)
    settings.LOGGING_CONFIG = None
    client.raise_request_exception = False
    answer = client.get(HERE)
    assert answer.status_code == 500
    assert "Felet är vårt" in answer.content.decode()
    assert "planted" not in answer.content.decode()


def test_an_old_form_says_how_to_keep_what_was_written(tiny: Tiny) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/logga-in/", {"username": "kim", "password": "x"})
    assert answer.status_code == 403
    assert "Formuläret gäller inte längre" in answer.content.decode()


def test_a_drawn_chart_outlives_the_process(tiny: Tiny, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    client.get("/kommunstyrelsen/bokslut-2024/rapporter/verksamhetsberattelse/")
    assert list((tmp_path / "charts").glob("*.svg"))
