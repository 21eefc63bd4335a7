"""Work that nobody waits for at a page: one thread in each process of the server takes task after task.

What is to be done stands in the database, so that it survives a restart; which task is whose is settled there too.
A thread is started when there may be something to do (``wake``) and ends when nothing waits, so an idle server asks
its database nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections, transaction

from uppsikt.web.organisation.asking import programs
from uppsikt.web.organisation.gate import Actor


class Worker:
    """The thread of this process that takes waiting tasks, when there is one.

    ``name`` is who the history says it was. ``work_once`` does one task of a municipality and says whether there
    was one.
    """

    def __init__(self, name: str, work_once: Callable[[Actor], bool]) -> None:
        self._name, self._work_once = name, work_once
        self._lock = threading.Lock()
        self._is_asked = False
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """See to it that somebody in this process looks for waiting tasks."""
        with self._lock:
            self._is_asked = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def wake_on_commit(self) -> None:
        """Wake as soon as what has been written can be seen by others."""
        transaction.on_commit(self.wake)

    def _work(self) -> None:
        try:
            while self._still_asked():
                for actor in programs(self._name):
                    while self._work_once(actor):
                        pass
        finally:
            # Also after an error, which Python writes to the log: what waits is in the database, and the next
            # page that shows it wakes us again.
            with self._lock:
                if self._thread is threading.current_thread():
                    self._thread = None
            connections.close_all()

    def _still_asked(self) -> bool:
        """Say whether anybody has asked since we last looked; when not, the next who does gets another thread."""
        with self._lock:
            found, self._is_asked = self._is_asked, False
            if not found:
                self._thread = None
            return found
