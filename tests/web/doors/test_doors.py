"""Every address of the rooms of the economy, knocked on by those it is for and by those it is not for.

The addresses come from the router: a new page is knocked on without anybody remembering it.
"""

from __future__ import annotations

import hashlib

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.web.doors.conftest import PEOPLE, PLACE, SECRET, World

OUTSIDE = ("", "berit", "olle")  # no role where the things of this test are
_QUERY = "?del=unit&q={0}&sida={0}&kolumner=1&rad={0}&kolumn={0}&ar={0}&till={0}&snitt={0}&efter={0}&den={0}&from={0}"
ASKED = tuple(_QUERY.format(word) for word in ("hemligt", "9" * 5_000, "a%00b"))
HOSTILE = ("1e400", "NaN", "1" + "0" * 30, "9" * 5_000, "−0", "١٢", "²", "a\x00b")
FIELDS = (
    "why", "skal", "seen", "spara", "name", "year", "unit", "amount", "manad", "namn", "label", "account", "profile",
    "text", "kind", "gor", "before", "giver", "receiver", "first_month", "costs", "income", "comment", "submit",
    "analysis", "state", "responsible", "due", "decision", "proposal", "replace", "smallest_group", "part", "cost",
    "compensation", "svar-text",
    "last_year", "to_date", "expenditure", "receipts", "scope", "finished_on", "purpose", "decided_on", "from_year",
    "ny-kalla", "slag", "blad", "delete", "discard", "use", "answer", "ta-bort", "aterkalla", "percent", "column",
)  # fmt: skip


def knock(tiny, username: str) -> Client:
    client = Client(raise_request_exception=False)
    if username:
        client.force_login(tiny.people[username])
    return client


def reachable(model, municipality: int):
    return model._default_manager.filter(**{model.SCOPE: municipality})


def stored(municipality: int) -> dict[str, str]:
    """Give the state of every table of ours, as far as it is the municipality's, so that any write at all is seen."""
    models = [model for model in apps.get_models() if model.__module__.startswith("uppsikt.")]
    return {
        model._meta.label: hashlib.sha256(
            repr(list(reachable(model, municipality).order_by("pk").values_list())).encode()
        ).hexdigest()
        for model in models
        if hasattr(model, "SCOPE")
    }


def body(value: str = "7") -> dict[str, object]:
    return {**dict.fromkeys(FIELDS, value), "file": SimpleUploadedFile("a.csv", b"a;b\n1;2\n")}


@pytest.mark.parametrize("username", PEOPLE)
def test_no_address_fails_when_it_is_opened(world: World, username: str) -> None:
    client, faults, before = knock(world.tiny, username), [], stored(world.tiny.municipality.pk)
    hidden = (SECRET,) if username in OUTSIDE else ()
    hidden += ("Simhallen", "Hyrorna steg") if username == "olle" else ()
    for door in world.doors():
        for query in ("", *ASKED):
            answer = client.get(door.url + query)
            told = _told(answer)
            faults += [(door, query[:40], answer.status_code)] if answer.status_code >= 500 else []
            faults += [(door, query[:40], word) for word in hidden if word in told]
    assert not faults, "\n".join(map(str, faults))
    assert stored(world.tiny.municipality.pk) == before


@pytest.mark.parametrize("username", OUTSIDE)
def test_a_stranger_changes_nothing_and_is_told_so_in_swedish(world: World, username: str) -> None:
    client, faults, before = knock(world.tiny, username), [], stored(world.tiny.municipality.pk)
    for door in world.doors():
        answer = client.post(door.url, {**body(), "fil": SimpleUploadedFile("b.csv", b"a;b\n1;2\n")})
        now = stored(world.tiny.municipality.pk)
        faults += [(door, name) for name, state in now.items() if state != before[name]]
        before = now
        told = (403, 404, 405) if username != "olle" else range(500)  # olle writes at home, in words of his own
        allowed = answer.status_code in told or door.name == "balance_edit"  # that counts, and saves nothing
        faults += [] if allowed else [(door, answer.status_code)]
        faults += [(door, SECRET)] if SECRET in _told(answer) else []
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("username", ["hanna", "kim", "siri"])
def test_whatever_is_typed_is_no_failure_of_the_program(world: World, username: str) -> None:
    client, faults = knock(world.tiny, username), []
    for door in world.doors():
        answers = [(value, client.post(door.url, body(value))) for value in ("7", *HOSTILE)]
        answers += [
            ("json", client.post(door.url, '{"why": [1]}', content_type="application/json")),
            ("nothing", client.post(door.url)),
        ]
        faults += [(door, value[:40], answer.status_code) for value, answer in answers if answer.status_code >= 500]
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("username", OUTSIDE)
def test_a_draft_is_nowhere_else_either(world: World, username: str) -> None:
    client = knock(world.tiny, username)
    pages = [reverse("overview", args=PLACE), reverse("search", args=PLACE) + f"?q={SECRET.lower()}"]
    pages += [
        reverse("history", args=[*PLACE, draft._meta.label_lower, draft.pk])  # type: ignore[attr-defined]  # models
        for draft in world.drafts
    ]
    for url in pages:
        if username == "berit" and url.rstrip("/").split("/")[-2] in ("ledger.load", "staff.payrollload"):
            continue  # who has a role in the municipality may follow what is done with its files
        answer = client.get(url)
        assert answer.status_code < 500, url
        assert SECRET not in _told(answer), url


def _told(answer) -> str:
    parts = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return parts.decode("utf-8", "replace")
