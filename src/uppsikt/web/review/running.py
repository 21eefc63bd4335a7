"""The work behind the pages: a thread of the server (organisation.working) takes run after run.

Which run is whose is settled in the database (services.run_claim); the document itself is read in a process of its
own with limits (uppsikt.review.running.review_guarded).
"""

from __future__ import annotations

import threading
from pathlib import Path

from django.utils import timezone

from uppsikt.core.errors import UppsiktError
from uppsikt.review.record import Record
from uppsikt.review.running import review_guarded
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.working import Worker
from uppsikt.web.review import keeping, services
from uppsikt.web.review.models import Run

NAME = "Granskningen"  # who the history says it was
BEAT = 1.0  # seconds between two words about how far a run has come
UNEXPECTED = (
    "Granskningen gick sönder på det här dokumentet. Felet är vårt och finns beskrivet i serverns logg: "
    "säg till den som sköter systemet. Försök gärna med dokumentet sparat som PDF eller Word på nytt."
)


def work_once(actor: Actor) -> bool:
    """Take one run from waiting to its end; False when none waits."""
    run = services.run_claim(actor, timezone.now())
    if run is None:
        return False
    job = _Job(run)
    job.start()
    while job.is_alive():
        job.join(BEAT)
        if not services.run_beat(actor, run, timezone.now(), job.pages):
            return True  # taken from us, or the document is gone; the child has its own limit of time
    services.run_finish(actor, run, timezone.now(), job.outcome)
    return True


class _Job(threading.Thread):
    """Reads one document while the worker tells how far it has come; asks the database nothing.

    ``outcome`` stays UNEXPECTED when something fails that nobody foresaw: the thread then ends with
    that error, and Python writes it to the log.
    """

    def __init__(self, run: Run) -> None:
        super().__init__(name=f"granskning-{run.pk}", daemon=True)
        self.pages = (0, 0)
        self.outcome: Record | str = UNEXPECTED
        self._name_shown, self._document = run.document.name, run.document

    def run(self) -> None:
        """Read the document in its guarded process."""
        try:
            path: Path = keeping.path_of(self._document)
            self.outcome = review_guarded(path, name=self._name_shown, progress=self._progress)
        except UppsiktError as error:
            self.outcome = str(error)

    def _progress(self, done: int, total: int) -> None:
        self.pages = (done, total)


WORKER = Worker(NAME, work_once)
