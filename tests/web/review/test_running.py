"""The worker: takes what waits, reads it in a guarded process, tells how far it has come, and always ends it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.conftest import Tiny
from tests.web.review.conftest import take
from tests.web.review.records import finding, record
from uppsikt.documents.model import DocumentError
from uppsikt.review.record import Record
from uppsikt.web.history.selectors import changes_of
from uppsikt.web.organisation.asking import programs
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.review import running, services
from uppsikt.web.review.models import Run

State = Run.State
HTML = (
    b"<!doctype html><html lang=sv><body><h1>Bokslut 2025</h1><table><caption>Nettokostnader, tkr</caption>"
    b"<tr><th>Enhet</th><th>Utfall 2025</th></tr><tr><td>Gator</td><td>61 310</td></tr>"
    b"<tr><td>Parker</td><td>22 750</td></tr><tr><td>Summa</td><td>84 600</td></tr></table></body></html>"
)


@pytest.fixture
def program(tiny: Tiny) -> Actor:
    [actor] = programs(running.NAME)
    return actor


def _reading(outcome: Record | Exception) -> Callable[..., Record]:
    def read(path: Path, *, name: str, progress: Callable[[int, int], None]) -> Record:
        assert path.is_file()
        progress(2, 2)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return read


def test_a_document_is_read_in_earnest_and_its_error_found(tiny: Tiny, program: Actor) -> None:
    take(tiny.actor("kim"), tiny, "rapport.html", HTML)
    assert running.work_once(program)
    run = reach(program, Run).get()
    assert (run.state, run.error, run.certain + run.likely) == (State.DONE, "", 1)
    assert "84600" in run.record
    assert changes_of(program, run)[0].who_name == running.NAME
    assert not running.work_once(program)


def test_how_far_it_has_come_is_told_while_it_works(
    tiny: Tiny, program: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []

    def slow(path: Path, *, name: str, progress: Callable[[int, int], None]) -> Record:
        for page in (1, 2, 3):
            progress(page, 3)
            time.sleep(0.05)
        return record(finding())

    beat = services.run_beat
    monkeypatch.setattr(running, "BEAT", 0.02)
    monkeypatch.setattr(running, "review_guarded", slow)
    monkeypatch.setattr(services, "run_beat", lambda *said: told.append(said[3]) or beat(*said))
    take(tiny.actor("kim"), tiny)
    assert running.work_once(program)
    assert {(1, 3), (2, 3), (3, 3)} <= set(told)
    assert reach(program, Run).get().state == State.DONE


def test_what_cannot_be_read_ends_with_its_swedish_line(
    tiny: Tiny, program: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "review_guarded", _reading(DocumentError("rapport.pdf är krypterad.")))
    take(tiny.actor("kim"), tiny)
    assert running.work_once(program)
    assert reach(program, Run).get().error == "rapport.pdf är krypterad."


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_that_nobody_foresaw_ends_the_run_too(
    tiny: Tiny, program: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "review_guarded", _reading(ZeroDivisionError("oförutsett")))
    take(tiny.actor("kim"), tiny)
    assert running.work_once(program)
    assert reach(program, Run).get().error == running.UNEXPECTED


def test_a_document_whose_file_is_gone_says_so(tiny: Tiny, program: Actor, home: Path) -> None:
    take(tiny.actor("kim"), tiny)
    for path in home.rglob("*"):
        if path.is_file():
            path.unlink()
    assert running.work_once(program)
    assert "Ladda upp den igen" in reach(program, Run).get().error


def test_a_document_that_is_taken_away_while_it_is_read_leaves_nothing(
    tiny: Tiny, program: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = take(tiny.actor("kim"), tiny)

    def removed(path: Path, *, name: str, progress: Callable[[int, int], None]) -> Record:
        time.sleep(0.1)
        return record()

    def beat(*_said: object) -> bool:
        services.document_remove(tiny.actor("kim"), document)
        return False

    monkeypatch.setattr(running, "BEAT", 0.02)
    monkeypatch.setattr(running, "review_guarded", removed)
    monkeypatch.setattr(services, "run_beat", beat)
    assert running.work_once(program)
    assert not reach(program, Run).exists()
