"""Reports: built from the figures, checked, taken home, decided, and then fixed for ever."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from tests.web.conftest import Tiny
from uppsikt.core.errors import UseError
from uppsikt.reporting.build import Definition
from uppsikt.reporting.freezing import digest
from uppsikt.reporting.model import Report
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import Figure
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import NotAllowedError
from uppsikt.web.reports import selectors, services
from uppsikt.web.reports.models import DecidedReport

MOVED = "77\u00a0777"  # as it is shown
ADDRESS = "/kommunstyrelsen/bokslut-2024/rapporter/"
MEETING = services.DecisionReference("KS", date(2025, 2, 25), 41, "KS 2025-12")


def sentences(tiny: Tiny) -> str:
    here = tiny.here()
    draft = selectors.draft_at(here, selectors.definition_at(here, "verksamhetsberattelse"))
    return " ".join(i.text for block in draft.blocks for i in getattr(block, "inlines", ()))


def move_total(tiny: Tiny, number: str) -> None:
    figure = Figure._default_manager.get(
        row__statement__reporting_date=tiny.dates["bokslut-2024"],
        row__statement__kind="by_unit",
        row__key="summa",
        column__role="outcome",
    )
    with recording(tiny.actor("kim"), why="Rättat") as pen:
        pen.update(figure, raw=number, number=Decimal(number))


def decide(tiny: Tiny, *, at: str = "bokslut-2024", seen: str = "", what_changed: str = "") -> DecidedReport:
    here = tiny.here(at=at, who="siri")
    definition = selectors.definition_at(here, "verksamhetsberattelse")
    seen = seen or selectors.fingerprint(selectors.draft_at(here, definition))
    return services.report_decide(here, definition, MEETING, seen=seen, what_changed=what_changed)


def test_a_changed_figure_changes_the_sentence(tiny: Tiny) -> None:
    before = sentences(tiny)
    move_total(tiny, "77777")
    after = sentences(tiny)
    assert MOVED in after
    assert MOVED not in before


def test_a_decided_report_is_not_touched_by_a_later_change(tiny: Tiny) -> None:
    decided = decide(tiny)
    stored = selectors.decided_version(tiny.here(), "verksamhetsberattelse", 1)
    before = digest(selectors.frozen_report(stored))
    move_total(tiny, "77777")
    stored.refresh_from_db()
    assert digest(selectors.frozen_report(stored)) == before == stored.digest
    assert stored == decided


def test_a_decided_report_can_neither_be_changed_nor_deleted(tiny: Tiny) -> None:
    decide(tiny)
    stored = selectors.decided_version(tiny.here(), "verksamhetsberattelse", 1)
    with pytest.raises(UseError, match="ny version"):
        stored.save()
    with pytest.raises(UseError, match="inte tas bort"):
        stored.delete()


def test_its_history_is_told_without_its_content(tiny: Tiny, client: Client) -> None:
    decided = decide(tiny)
    page = client.get(f"/kommunstyrelsen/bokslut-2024/historik/reports.decidedreport/{decided.pk}/").content.decode()
    assert "Beslut KS 2025-02-25 § 41" in page
    assert "blocks" not in page


def test_a_second_version_must_say_what_changed(tiny: Tiny) -> None:
    decide(tiny)
    with pytest.raises(UseError, match="Skriv vad som har ändrats"):
        decide(tiny)
    assert decide(tiny, what_changed="Summan är rättad.").version == 2


def test_only_a_secretary_decides(tiny: Tiny) -> None:
    here = tiny.here(who="charlie")
    definition = selectors.definition_at(here, "verksamhetsberattelse")
    with pytest.raises(NotAllowedError, match="sekreterare"):
        services.report_decide(here, definition, MEETING, seen="")


def test_nothing_is_decided_that_the_decider_has_not_seen(tiny: Tiny) -> None:
    here = tiny.here()
    definition = selectors.definition_at(here, "verksamhetsberattelse")
    shown = selectors.fingerprint(selectors.draft_at(here, definition))
    move_total(tiny, "77777")
    with pytest.raises(UseError, match="Rapporten har ändrats"):
        decide(tiny, seen=shown)
    assert not selectors.versions(tiny.here(), "verksamhetsberattelse").exists()


def test_nothing_is_decided_that_was_built_while_another_wrote(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    built = selectors.draft_at

    def meanwhile(here: Here, definition: Definition) -> Report:
        draft = built(here, definition)
        move_total(tiny, "77777")
        return draft

    monkeypatch.setattr(services, "draft_at", meanwhile)
    with pytest.raises(UseError, match="medan rapporten byggdes"):
        decide(tiny)
    assert not selectors.versions(tiny.here(), "verksamhetsberattelse").exists()


def test_the_same_report_is_decided_every_year(tiny: Tiny) -> None:
    assert decide(tiny).version == 1
    assert decide(tiny, at="bokslut-2023").version == 1


def test_a_stored_report_that_somebody_has_changed_is_not_shown_as_decided(tiny: Tiny, client: Client) -> None:
    decided = decide(tiny)
    changed = {**decided.content, "title": "En annan rapport"}
    DecidedReport._default_manager.filter(pk=decided.pk).update(content=changed)
    page = client.get(f"{ADDRESS}verksamhetsberattelse/version/1/")
    assert page.status_code == 500
    assert "inte längre den som beslutades" in page.content.decode()


def test_a_wrong_sum_is_listed_with_a_link_to_its_row(tiny: Tiny, client: Client) -> None:
    move_total(tiny, "77777")
    page = client.get(f"{ADDRESS}verksamhetsberattelse/kontroll/").content.decode()
    assert MOVED in page
    assert "-summa" in page


@pytest.mark.parametrize(("kind", "magic"), [("pdf", b"%PDF"), ("docx", b"PK\x03\x04"), ("xlsx", b"PK\x03\x04")])
def test_a_report_can_be_taken_home(tiny: Tiny, client: Client, kind: str, magic: bytes) -> None:
    response = client.get(f"{ADDRESS}verksamhetsberattelse/{kind}")
    assert response.content.startswith(magic)
    assert f"verksamhetsberattelse-2024-kommunstyrelsen.{kind}" in response["Content-Disposition"]


@pytest.mark.parametrize(
    "path", ["delarsrapport/", "okand/", "verksamhetsberattelse/odt", "verksamhetsberattelse/version/9/"]
)
def test_what_does_not_exist_is_a_page_not_found(tiny: Tiny, client: Client, path: str) -> None:
    assert client.get(ADDRESS + path).status_code == 404


def test_the_secretary_decides_in_the_browser(tiny: Tiny, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("siri")
    form = client.get(f"{ADDRESS}verksamhetsberattelse/beslut/").context["form"]
    answer = {
        "body": "ks", "on": "2025-02-25", "paragraph": "41", "has_read": "on",
        "seen": str(form["seen"].initial),
    }  # fmt: skip
    response = client.post(f"{ADDRESS}verksamhetsberattelse/beslut/", answer, follow=True)
    page = response.content.decode()
    assert "Beslutad KS 2025-02-25 § 41" in page
    move_total(tiny, "77777")
    later = client.get(f"{ADDRESS}verksamhetsberattelse/version/1/").content.decode()
    assert MOVED not in later
    assert "har ändrats i systemet sedan beslutet" in later


def test_a_report_that_has_changed_is_decided_when_it_is_sent_again(
    tiny: Tiny, signed_in: Callable[[str], Client]
) -> None:
    client, address = signed_in("siri"), f"{ADDRESS}verksamhetsberattelse/beslut/"
    answer = {"body": "ks", "on": "2025-02-25", "paragraph": "41", "has_read": "on", "seen": "en äldre rapport"}
    again = client.post(address, answer)
    assert "Rapporten har ändrats sedan du öppnade sidan" in again.content.decode()
    answer["seen"] = str(again.context["form"]["seen"].value())
    assert client.post(address, answer).headers["Location"].endswith("/version/1/")


@pytest.mark.parametrize("who", ["", "charlie"])
def test_only_who_decides_is_shown_the_form(
    tiny: Tiny, client: Client, signed_in: Callable[[str], Client], who: str
) -> None:
    asks = signed_in(who) if who else client
    assert asks.get(f"{ADDRESS}verksamhetsberattelse/beslut/").status_code == 403


def test_pages_take_a_bounded_number_of_queries(
    tiny: Tiny, client: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_max_num_queries(50):
        client.get(f"{ADDRESS}verksamhetsberattelse/")
    with django_assert_max_num_queries(8):  # built already: only the frame of the page
        client.get(f"{ADDRESS}verksamhetsberattelse/")


def test_a_column_of_words_that_no_row_has_takes_no_paper(tiny: Tiny) -> None:
    (table,) = selectors.material_at(tiny.here()).groups["assignments"]
    said = {column for (_, column), cell in table.cells.items() if cell.raw}
    assert [column.key for column in table.columns] == [
        key for key in ("kind", "state", "report_back", "comment") if key in said
    ]
    assert "state" in said
    assert len(said) < 4
