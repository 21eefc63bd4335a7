"""The work behind the pages: a thread of the server reads files and puts them in place, so that no page waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils import timezone

from uppsikt.core.errors import UppsiktError
from uppsikt.web.ledger.models import Load
from uppsikt.web.ledger.services import loading, looking, queue, staging
from uppsikt.web.ledger.services.naming import MovedError
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.working import Worker

NAME = "Redovisningen"  # who the history says it was
BEAT = 1.0  # seconds between two words about how far the work has come
UNEXPECTED = (
    "Filen gick inte att läsa. Felet är vårt och finns beskrivet i serverns logg: säg till den som sköter systemet. "
    "Ingenting är inläst."
)


def work_once(actor: Actor) -> bool:
    """Take one load from waiting to its end; False when none waits."""
    load = queue.claim(actor, timezone.now())
    if load is None:
        return False
    try:
        _done(_behind(actor, load), load)
    except MovedError as error:
        queue.read_again(actor, load, str(error))
    except UppsiktError as error:
        queue.give_up(actor, load, str(error))
    return True


def work_here(actor: Actor, load: Load) -> None:
    """Do what a load waits for, for who waits at a terminal; raises what went wrong, and then nothing is changed."""
    queue.claim_own(actor, load, timezone.now())
    try:
        _done(actor, load)
    except UppsiktError as error:
        queue.give_up(actor, load, str(error))
        raise


def _done(actor: Actor, load: Load) -> None:
    """Do what the state of a load asks for: the long part in a thread, what it found written at the end."""
    state = Load.State(load.state)
    if state is Load.State.LOOKING:
        _then(actor, load, looking.looking(actor, load), looking.finish_looking)
    elif state is Load.State.READING:
        _then(actor, load, staging.reading(actor, load), staging.finish_reading)
    else:
        keep = loading.keeping(actor, load)
        _then(actor, load, lambda _progress: keep(), loading.finish_keeping)


def _then(
    actor: Actor, load: Load, work: Callable[[Callable[[float], None]], Any], finish: Callable[[Actor, Load, Any], Any]
) -> None:
    job = _Job(lambda job: work(job.progress))
    if _ended(actor, load, job):
        finish(actor, load, job.result)


def _ended(actor: Actor, load: Load, job: _Job) -> bool:
    """Wait for the work, telling how far it is; False when the load was taken from us. Raises what it ended with."""
    job.start()
    while job.is_alive():
        job.join(BEAT)
        if not queue.beat(actor, load, timezone.now(), job.done):
            return False
    if job.error is not None:
        raise job.error
    return True


def _behind(actor: Actor, load: Load) -> Actor:
    """Give the program under the name of whom it works for, whom the history names: they were asked what they may."""
    return replace(actor, name=load.who_name, user_id=load.who_id)


class _Job(threading.Thread):
    """Does the long part; asks the database nothing. What nobody foresaw goes to the log, and ``error`` says so."""

    def __init__(self, work: Callable[[_Job], Any]) -> None:
        super().__init__(name="redovisning", daemon=True)
        self._work = work
        self.done = 0.0
        self.result: Any = None
        self.error: UppsiktError | None = UppsiktError(UNEXPECTED)

    def run(self) -> None:
        """Work."""
        try:
            self.result = self._work(self)
            self.error = None
        except UppsiktError as error:
            self.error = error

    def progress(self, done: float) -> None:
        """Note how far it has come."""
        self.done = done


WORKER = Worker(NAME, work_once)
