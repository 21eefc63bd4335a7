"""The application server: one address on this machine, some processes with some threads each.

It speaks plain HTTP on 127.0.0.1; in operation a proxy with TLS stands before it and UPPSIKT_HTTPS
and UPPSIKT_HOSTS tell what the outside world sees (docs/anvandare/administrator.md).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from uppsikt.core.errors import UseError

ADDRESS = "127.0.0.1"
THREADS = 4  # a process: a page waits for the database at most, a report holds its thread for a second or two
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
    server.on_startup(ready)
    server.serve()
