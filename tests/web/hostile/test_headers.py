"""What every answer carries, whatever it is: pages, refusals, errors, files, pictures; and what no answer tells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client

from tests.web.hostile.conftest import Town, doors
from tests.web.hostile.test_forms import told_by
from uppsikt.web.pages import signing_in, views

FILES = ("ledger_entries_file", "staff_people_file", "budget_export", "review_file", "report_file", "ledger_faults")


def answers(town: Town, who: str) -> Iterator[tuple[str, HttpResponse]]:
    client = town.client(who)
    for name in doors():
        yield name, client.get(town.url(name))
    yield "404", client.get("/finns/inte/alls/")
    yield "403", client.post(town.url("ledger_close"), {"manad": "202302"})
    yield "405", client.patch(town.url("overview"))
    yield "400", client.get("/", headers={"host": "evil.example"})


@pytest.mark.parametrize("who", ["", "kim"])
def test_every_answer_is_kept_in_its_place(town: Town, who: str) -> None:
    faults = []
    for name, answer in answers(town, who):
        kind, headers = answer.headers.get("Content-Type", ""), answer.headers
        if headers.get("X-Content-Type-Options") != "nosniff" or headers.get("X-Frame-Options") != "DENY":
            faults.append((name, answer.status_code, "nosniff, frame"))
        policy = headers.get("Content-Security-Policy", "")
        if kind.startswith(("text/html", "image/svg")) and answer.content and "default-src 'none'" not in policy:
            faults.append((name, answer.status_code, "policy"))
        if "unsafe" in policy or "*" in policy:
            faults.append((name, policy))
        is_file = answer.status_code == 200 and not kind.startswith(("text/html", "image/png"))
        if is_file and not headers.get("Content-Disposition", "").startswith("attachment"):
            faults.append((name, kind, "is no attachment"))
        if who and "no-store" not in headers.get("Cache-Control", "") and not kind.startswith("image/png"):
            faults.append((name, "is kept by others"))
    assert not faults, "\n".join(map(str, faults))


def test_cookies_are_for_the_server_alone(town: Town, settings: LazySettings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True  # what UPPSIKT_HTTPS=1 sets
    user = town.tiny.people["kim"]
    user.set_password("ett långt lösenord")
    user.save()
    client = Client()
    client.post("/sprak/", {"language": "en"}, secure=True)
    client.get("/logga-in/", secure=True)
    client.post("/logga-in/", {"username": "kim", "password": "ett långt lösenord"}, secure=True)
    assert {"sessionid", "csrftoken", "django_language"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        assert cookie["secure"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["httponly"] or name == "csrftoken", name


def test_signing_in_makes_a_session_of_its_own(town: Town) -> None:
    user = town.tiny.people["kim"]
    user.set_password("ett långt lösenord")
    user.save()
    client = Client()
    client.cookies["sessionid"] = "somebodyelsesidea"
    client.post("/logga-in/", {"username": "kim", "password": "ett långt lösenord"})
    assert client.cookies["sessionid"].value != "somebodyelsesidea"


def test_a_failure_tells_nothing_of_the_machine(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_actor: object) -> None:
        raise RuntimeError("hemlig väg /etc/uppsikt, lösenord hunter2")

    monkeypatch.setattr(views.selectors, "first_place", broken)
    answer = town.client("kim").get("/")
    told = told_by(answer)
    assert answer.status_code == 500
    assert "Felet är vårt" in told
    for secret in ("hunter2", "RuntimeError", "Traceback", "site-packages", "SECRET_KEY"):
        assert secret not in told
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_who_guesses_passwords_has_to_wait_and_is_told_nothing_of_who_there_is(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(views, "TRIES", signing_in.Tries(lambda: now[0]))
    user = town.tiny.people["kim"]
    user.set_password("ett långt lösenord")
    user.save()
    right = {"username": "kim", "password": "ett långt lösenord"}
    for name in ("kim", "finnsinte"):
        answers = [
            Client().post("/logga-in/", {"username": name, "password": f"gissning {number}"}) for number in range(12)
        ]
        assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
        assert "Vänta tio minuter" in told_by(answers[-1])
    assert Client().post("/logga-in/", {**right, "username": " KIM "}).status_code == 429
    assert Client().post("/logga-in/", right).status_code == 429
    now[0] += signing_in.WAITS
    assert Client().post("/logga-in/", right).status_code == 302
    assert Client().post("/logga-in/", {**right, "password": "fel"}).status_code == 200


def test_the_tries_of_names_that_nobody_has_take_no_more_than_their_room() -> None:
    tries = signing_in.Tries(lambda: 0.0)
    for number in range(20_000):
        tries.failed(f"namn {number}")
    assert len(tries._wrong) == 10_000


def test_nobody_is_anybody(town: Town) -> None:
    """A session whose person is gone is a reader, and no failure."""
    client = town.client("hanna")
    town.tiny.people["hanna"].is_active = False
    town.tiny.people["hanna"].save()
    answer = client.get(town.url("overview"))
    assert answer.status_code == 200
    assert isinstance(answer.wsgi_request.user, AnonymousUser)
