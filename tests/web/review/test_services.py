"""A document is taken in, run once by one process, judged, and taken away; all of it by who may, with history."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from tests.web.conftest import Tiny
from tests.web.review.conftest import Review, take
from tests.web.review.records import finding, in_text, record
from uppsikt.core.errors import UseError
from uppsikt.web.history.selectors import changes_of, last_change
from uppsikt.web.organisation.asking import programs
from uppsikt.web.organisation.gate import Actor, NotAllowedError, reach
from uppsikt.web.review import keeping, selectors, services
from uppsikt.web.review.models import Dismissal, ReviewedDocument, Run

State = Run.State


def _program() -> Actor:
    [actor] = programs("Granskningen")
    return actor


def _runs(actor: Actor) -> list[str]:
    return list(reach(actor, Run).order_by("pk").values_list("state", flat=True))


def test_a_document_waits_for_its_run_and_its_file_is_kept_for_its_owner_only(tiny: Tiny, home: Path) -> None:
    document = take(tiny.actor("kim"), tiny, data=b"%PDF-1.7 innehall")
    assert _runs(tiny.actor("kim")) == [State.WAITING]
    path = keeping.path_of(document)
    assert path.read_bytes() == b"%PDF-1.7 innehall"
    assert path.is_relative_to(home)
    assert path.stat().st_mode & 0o077 == 0
    change = last_change(tiny.actor("kim"), document)
    assert change is not None
    assert (change.who_name, change.verb) == ("Kim Controller", "created")


def test_the_same_file_is_the_same_document_and_the_same_name_is_its_next_version(tiny: Tiny) -> None:
    kim, unit = tiny.actor("kim"), tiny.units["kommunstyrelsen"]
    first = take(kim, tiny)
    again = services.document_take(kim, unit, "annat namn.pdf", [b"%PDF-1.7 ett"])
    assert (again.document, again.is_known) == (first, True)
    second = take(kim, tiny, data=b"%PDF-1.7 tva")
    assert (second.series, second.version) == (first.series, 2)
    other = take(kim, tiny, "omdopt.pdf", b"%PDF-1.7 tre", follows=first)
    assert (other.series, other.version) == (first.series, 3)
    assert take(kim, tiny, "fristaende.pdf", b"%PDF-1.7 fyra").series != first.series


def test_an_empty_file_is_refused_and_leaves_nothing(tiny: Tiny, home: Path) -> None:
    with pytest.raises(UseError, match="tom"):
        take(tiny.actor("kim"), tiny, data=b"")
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_only_who_has_a_role_in_the_unit_may_do_anything(tiny: Tiny, review: Review) -> None:
    document = review(record(finding()))
    charlie = tiny.actor("charlie")  # in klf, under the board and not in it
    judged = services.Judged("f1", "plats-f1", "Summan")
    for who in (tiny.reader, charlie):
        with pytest.raises(NotAllowedError):
            take(who, tiny, data=b"%PDF-1.7 nytt")
        with pytest.raises(NotAllowedError):
            services.run_ask(who, document)
        with pytest.raises(NotAllowedError):
            services.finding_dismiss(who, document, judged, "skäl")
        with pytest.raises(NotAllowedError):
            services.document_remove(who, document)
    for model in (ReviewedDocument, Run, Dismissal):
        assert not reach(tiny.reader, model).exists()
        assert not reach(charlie, model).exists()
    assert reach(tiny.actor("siri"), ReviewedDocument).get() == document


def test_one_run_is_given_to_one_worker(tiny: Tiny) -> None:
    take(tiny.actor("kim"), tiny)
    program, now = _program(), timezone.now()
    first = services.run_claim(program, now)
    assert first is not None
    assert first.state == State.RUNNING
    assert services.run_claim(program, now) is None


def test_who_waited_longest_comes_first(tiny: Tiny) -> None:
    kim = tiny.actor("kim")
    documents = [take(kim, tiny, f"{number}.pdf", b"%%PDF-1.7 %d" % number) for number in range(3)]
    claimed = [services.run_claim(kim, timezone.now()) for _ in documents]
    assert [run.document for run in claimed if run] == documents


def test_work_whose_worker_has_fallen_silent_is_taken_up_by_another_and_the_first_writes_nothing(tiny: Tiny) -> None:
    take(tiny.actor("kim"), tiny)
    program, now = _program(), timezone.now()
    lost = services.run_claim(program, now)
    assert lost is not None
    later = now + services.LOST_AFTER + timedelta(seconds=1)
    taken = services.run_claim(program, later)
    assert taken is not None
    assert (taken.pk, taken.attempts) == (lost.pk, 2)
    assert not services.run_beat(program, lost, later, (1, 2))
    assert not services.run_finish(program, lost, later, record())
    assert services.run_finish(program, taken, later, record())


def test_work_that_is_heard_of_is_left_alone(tiny: Tiny) -> None:
    take(tiny.actor("kim"), tiny)
    program, now = _program(), timezone.now()
    run = services.run_claim(program, now)
    assert run is not None
    later = now + services.LOST_AFTER
    assert services.run_beat(program, run, later, (3, 9))
    assert services.run_claim(program, later + timedelta(seconds=10)) is None
    kept = reach(program, Run).get()
    assert (kept.pages_done, kept.pages_total) == (3, 9)


def test_work_that_was_lost_twice_is_given_up_with_a_word(tiny: Tiny) -> None:
    take(tiny.actor("kim"), tiny)
    program, now = _program(), timezone.now()
    for turn in range(services.MOST_ATTEMPTS):
        assert services.run_claim(program, now + turn * services.LOST_AFTER * 2) is not None
    assert services.run_claim(program, now + services.MOST_ATTEMPTS * services.LOST_AFTER * 2) is None
    run = reach(program, Run).get()
    assert (run.state, run.error) == (State.FAILED, services.GAVE_UP)


def test_a_run_ends_with_its_record_and_the_journal_keeps_the_digest_alone(tiny: Tiny, review: Review) -> None:
    document = review(record(finding("f1"), finding("f2", cause="f1"), finding("f3", confidence="possible"), in_text()))
    kim = tiny.actor("kim")
    run = reach(kim, Run).get()
    assert (run.state, run.certain, run.likely, run.possible) == (State.DONE, 1, 1, 1)
    assert selectors.record_of(kim, run)["findings"][0]["id"] == "f1"
    changes = changes_of(kim, run)
    assert [change.verb for change in changes] == ["updated", "created"]
    assert run.record_digest in str(changes[0].after)
    assert all(not (side or {}).get("record") for change in changes for side in (change.before, change.after))
    assert selectors.reviewed_at(kim, document.pk).done == run


def test_a_run_that_did_not_succeed_says_why(tiny: Tiny, review: Review) -> None:
    review("rapport.pdf är krypterad. Spara den utan lösenord.")
    run = reach(tiny.actor("kim"), Run).get()
    assert (run.state, run.error) == (State.FAILED, "rapport.pdf är krypterad. Spara den utan lösenord.")
    with pytest.raises(IntegrityError), transaction.atomic():
        reach(tiny.actor("kim"), Run).update(error="")


def test_another_run_is_asked_for_once(tiny: Tiny, review: Review) -> None:
    document = review(record())
    kim = tiny.actor("kim")
    first = services.run_ask(kim, document)
    assert services.run_ask(kim, document) == first
    assert _runs(kim) == [State.DONE, State.WAITING]


def test_what_is_set_aside_holds_in_every_version_until_it_is_taken_back(tiny: Tiny, review: Review) -> None:
    first = review(record(finding()))
    kim = tiny.actor("kim")
    with pytest.raises(UseError, match="varför"):
        services.finding_dismiss(kim, first, services.Judged("f1", "plats-f1", "Summan"), "  ")
    made = services.finding_dismiss(kim, first, services.Judged("f1", "plats-f1", "Summan"), "Avrundning")
    assert services.finding_dismiss(kim, first, services.Judged("f1", "plats-f1", "Summan"), "igen") == made
    second = review(record(finding()), data=b"%PDF-1.7 tva")
    assert [one.reason for one in selectors.dismissals_of(kim, second)] == ["Avrundning"]
    services.dismissal_withdraw(kim, made, timezone.now())
    assert not selectors.dismissals_of(kim, second).exists()
    assert [change.why for change in changes_of(kim, made)] == ["Avfärdandet togs tillbaka", "Avrundning"]


def test_what_is_taken_away_is_gone_but_was_there(tiny: Tiny, review: Review) -> None:
    first = review(record(finding()))
    kim = tiny.actor("kim")
    services.finding_dismiss(kim, first, services.Judged("f1", "plats-f1", "Summan"), "Avrundning")
    second = review(record(finding()), data=b"%PDF-1.7 tva")
    path, key = keeping.path_of(first), first.pk
    services.document_remove(kim, first)
    assert not path.exists()
    assert not reach(kim, ReviewedDocument).filter(pk=key).exists()
    assert [one.reason for one in selectors.dismissals_of(kim, second)] == ["Avrundning"]
    first.pk = key
    assert changes_of(kim, first)[0].verb == "deleted"


def test_a_file_that_is_gone_from_the_disk_is_told_and_another_upload_mends_it(tiny: Tiny) -> None:
    kim = tiny.actor("kim")
    document = take(kim, tiny)
    keeping.path_of(document).unlink()
    with pytest.raises(UseError, match="Ladda upp den igen"):
        keeping.path_of(document)
    take(kim, tiny)
    assert keeping.path_of(document).is_file()


def test_a_file_that_is_sent_again_while_it_is_taken_away_is_there_afterwards(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim = tiny.actor("kim")
    document = take(kim, tiny)

    def between(actor: Actor, unit: int) -> object:
        if not reach(kim, ReviewedDocument).exists():  # the row is gone, the file not yet
            monkeypatch.setattr(services, "_locked", locked)
            again.append(take(kim, tiny))
        return locked(actor, unit)

    again: list[ReviewedDocument] = []
    locked = services._locked
    monkeypatch.setattr(services, "_locked", between)
    services.document_remove(kim, document)
    assert keeping.path_of(again[0]).is_file()


def test_what_two_do_at_once_is_done_once(tiny: Tiny, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    document, kim, siri = review(record(finding())), tiny.actor("kim"), tiny.actor("siri")
    judged = services.Judged("f1", "plats-f1", "Summan")
    deeds: list[Callable[[Actor], object]] = [
        lambda who: services.run_ask(who, document),
        lambda who: services.finding_dismiss(who, document, judged, "Avrundning"),
        lambda who: services.document_remove(who, ReviewedDocument(pk=key, unit=document.unit, series=document.series)),
    ]
    key, locked = document.pk, services._locked
    for deed in deeds:

        def other_first(actor: Actor, unit: int, deed: Callable[[Actor], object] = deed) -> object:
            monkeypatch.setattr(services, "_locked", locked)
            deed(siri)  # who was given the lock before us
            return locked(actor, unit)

        monkeypatch.setattr(services, "_locked", other_first)
        deed(kim)
        if reach(kim, ReviewedDocument).filter(pk=key).exists():
            assert reach(kim, Run).filter(document=document).exclude(state=State.DONE).count() == 1
            assert reach(kim, Dismissal).filter(document=document).count() == deeds.index(deed)
    assert [change.verb for change in changes_of(kim, ReviewedDocument(pk=key))].count("deleted") == 1


def test_what_an_interrupted_upload_or_removal_left_is_taken_away_and_nothing_else(tiny: Tiny, home: Path) -> None:
    kim = tiny.actor("kim")
    kept, removed = take(kim, tiny), take(kim, tiny, "annan.txt", b"annan")
    folder = keeping.path_of(kept).parent
    now, long_ago = folder / "pagar.ofardig", folder / "glomd.ofardig"
    for path in (now, long_ago, folder / ("0" * 64)):
        path.write_bytes(b"x")
    os.utime(long_ago, (0, 0))
    services.document_remove(kim, removed)
    assert {path.name for path in folder.iterdir()} == {kept.digest, now.name}


def test_an_upload_that_the_database_refuses_leaves_no_file(
    tiny: Tiny, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(services, "_locked", locked)
    with pytest.raises(OperationalError):
        take(tiny.actor("kim"), tiny)
    assert [path for path in home.rglob("*") if path.is_file()] == []
