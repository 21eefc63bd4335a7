"""How often one may try to sign in: after some wrong passwords for a user name that name has to wait.

Counted in each process of the server, by user name and not by address: behind a proxy everybody has the same address.
A name that does not exist waits in the same way, so that the answer tells nothing of who has an account.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_TRIES = 10
WAITS = 600.0  # seconds after the last wrong password
_REMEMBERED = 10_000  # names: some megabyte


class Tries:
    """The wrong passwords that have been given for each name; the oldest names are forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def must_wait(self, name: str) -> bool:
        """Say whether the name has to wait."""
        with self._lock:
            count, last = self._wrong.get(_key(name), (0, 0.0))
            return count >= MOST_TRIES and self._clock() - last < WAITS

    def failed(self, name: str) -> None:
        """Note a wrong password; after a wait the count begins anew."""
        with self._lock:
            count, last = self._wrong.pop(_key(name), (0, 0.0))
            fresh = self._clock() - last >= WAITS
            self._wrong[_key(name)] = (1 if fresh else count + 1, self._clock())
            while len(self._wrong) > _REMEMBERED:
                self._wrong.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forget what was wrong."""
        with self._lock:
            self._wrong.pop(_key(name), None)


def _key(name: str) -> str:
    return name.strip().casefold()[:150]


TRIES = Tries()
