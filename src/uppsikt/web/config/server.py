"""The application server: one address on this machine, some processes with some threads each.

It speaks plain HTTP on 127.0.0.1; in operation a proxy with TLS stands before it and UPPSIKT_HTTPS
and UPPSIKT_HOSTS tell what the outside world sees (docs/anvandare/administrator.md).
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from uppsikt.core.errors import UseError

ADDRESS = "127.0.0.1"
THREADS = 4  # a process: a page waits for the database at most, a report holds its thread for a second or two
OPEN_WITHIN = 60  # seconds; one that takes longer has told why it cannot
STOP_WITHIN = 10  # seconds before a process that does not stop is ended


def is_free(port: int) -> bool:
    """Say whether nothing listens on the port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left may be taken again at once
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def first_free(port: int) -> int:
    """Give the port, or the first free one of the twenty that follow it."""
    for candidate in range(port, min(port + 21, 65536)):
        if is_free(candidate):
            return candidate
    raise UseError(f"Portarna {port}–{port + 20} är upptagna. Välj en annan med --port.")


def run(port: int, *, processes: int | None = None, ready: Callable[[], None]) -> None:
    """Serve until the process is told to stop; ``ready`` is called when the port is open."""
    connections.close_all()  # a connection must not be shared between processes
    server = Server(
        "uppsikt.web.config.wsgi:application",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes or min(os.cpu_count() or 1, 4),
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
    )
    server.on_startup(threading.Thread(target=_when_open, args=(port, ready), daemon=True).start)
    server.serve(target_loader=_application)


def _when_open(port: int, ready: Callable[[], None]) -> None:
    """Call ``ready`` when somebody answers on the port: the server itself tells only that it is about to."""
    begun = time.monotonic()
    while time.monotonic() - begun < OPEN_WITHIN:
        try:
            socket.create_connection((ADDRESS, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
            continue
        ready()
        return


def _application(_target: str) -> Callable[..., Any]:
    """Load the application in a process of the server.

    Ctrl-C in a terminal reaches every process. It is held off here and the parent tells its processes to
    stop: one that is told by both at once never does, and is ended when STOP_WITHIN has passed.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    from uppsikt.web.config.wsgi import application  # here, because each process makes its own
    from uppsikt.web.ledger.running import WORKER as LEDGER
    from uppsikt.web.review.running import WORKER as REVIEW

    for worker in (LEDGER, REVIEW):
        worker.wake()  # what waited when the server was closed
    return application
