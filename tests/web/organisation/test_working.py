"""The worker that every room's waiting work is done by: takes all that waits, is gone after it, and is woken again."""

from __future__ import annotations

import threading
import time

import pytest

from uppsikt.web.ledger.running import WORKER as LEDGER
from uppsikt.web.organisation import working
from uppsikt.web.organisation.working import Worker
from uppsikt.web.review.running import WORKER as REVIEW


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "programs", lambda _name: ("kommunen",))
    monkeypatch.setattr(working.connections, "close_all", lambda: None)


def _until_gone(worker: Worker) -> None:
    until = time.monotonic() + 10
    while worker._thread is not None and time.monotonic() < until:
        time.sleep(0.01)
    assert worker._thread is None


def test_a_worker_works_until_nothing_waits_and_then_is_gone() -> None:
    waiting, done = [3], []

    def work(_actor: object) -> bool:
        if not waiting[0]:
            return False
        waiting[0] -= 1
        done.append(waiting[0])
        return True

    worker = Worker("Prov", work)
    for _ in range(5):
        worker.wake()
    _until_gone(worker)
    assert done == [2, 1, 0]
    waiting[0] = 1
    worker.wake()
    _until_gone(worker)
    assert done == [2, 1, 0, 0]


def test_who_asks_while_the_last_task_is_done_is_not_forgotten() -> None:
    begun, go_on, rounds = threading.Event(), threading.Event(), []

    def work(_actor: object) -> bool:
        rounds.append(1)
        begun.set()
        assert go_on.wait(10)
        return False

    worker = Worker("Prov", work)
    worker.wake()
    assert begun.wait(10)
    worker.wake()  # something came after the worker had looked
    go_on.set()
    _until_gone(worker)
    assert len(rounds) == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_worker_that_fails_is_woken_again() -> None:
    failures = [True]

    def work(_actor: object) -> bool:
        if failures:
            failures.clear()
            raise ZeroDivisionError("oförutsett")
        failures.append(False)
        return False

    worker = Worker("Prov", work)
    worker.wake()
    _until_gone(worker)
    worker.wake()
    _until_gone(worker)
    assert failures == [False]


def test_the_rooms_share_one_kind_of_worker() -> None:
    assert type(LEDGER) is type(REVIEW) is Worker
