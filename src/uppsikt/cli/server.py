"""The only door from the command line to the web floor: sets Django up, then hands over.

Every function is a command of ``uppsikt`` and gives its exit code.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import django


def _enter() -> None:
    """Make Django ready; only now are settings read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.web.config.settings")
    django.setup()


def demo(chosen: argparse.Namespace) -> int:
    """Load the demonstration municipality, serve it, and open the browser."""
    os.environ["UPPSIKT_DEMO"] = "1"
    _enter()
    from uppsikt.web.config import database, server
    from uppsikt.web.demo.services import DEMO_PASSWORD, DEMO_USERS, load_demo

    begun = time.monotonic()
    _tell_backup(database.upgrade(datetime.now().astimezone()))
    load_demo()
    if chosen.only_load:
        print(f"Demonstrationskommunen är inlagd på {time.monotonic() - begun:.1f} s.")
        return 0
    port = server.first_free(chosen.port)
    if port != chosen.port:
        print(f"Port {chosen.port} är upptagen av ett annat program; tar {port} i stället.")
    address = f"http://{server.ADDRESS}:{port}/"

    def ready() -> None:
        print(f"Demonstrationskommunen är klar på {time.monotonic() - begun:.1f} s: {address}")
        print(f"Allt går att läsa utan att logga in. Den som vill ändra loggar in med lösenordet {DEMO_PASSWORD}:")
        for user in DEMO_USERS:
            print(f"  {user.username:<12} {user.description}")
        print("Stäng med Ctrl-C.", flush=True)
        if not chosen.no_browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()

    return _serve(port, None, ready)


def serve(chosen: argparse.Namespace) -> int:
    """Serve the municipality's own database."""
    _enter()
    from uppsikt.core.errors import UseError
    from uppsikt.web.config import database, server

    database.require_current()
    if not server.is_free(chosen.port):
        raise UseError(f"Port {chosen.port} är upptagen av ett annat program. Välj en annan: uppsikt serve --port N")
    address = f"http://{server.ADDRESS}:{chosen.port}/"
    return _serve(
        chosen.port, chosen.processes, lambda: print(f"Uppsikt svarar på {address} (Ctrl-C stänger).", flush=True)
    )


def upgrade(_chosen: argparse.Namespace) -> int:
    """Bring the database to this version."""
    _enter()
    from uppsikt.web.config import database

    _tell_backup(database.upgrade(datetime.now().astimezone()))
    print("Databasen har programmets version.")
    return 0


def backup(chosen: argparse.Namespace) -> int:
    """Copy the database while it is in use."""
    _enter()
    from uppsikt.web.config import database

    database.require_current()
    print(f"Säkerhetskopian är skriven och kontrollerad: {database.backup(chosen.file)}")
    return 0


def _serve(port: int, processes: int | None, ready: Callable[[], None]) -> int:
    from uppsikt.web.config import server

    server.run(port, processes=processes, ready=ready)
    print("\nUppsikt är stängt.", file=sys.stderr)
    return 0


def _tell_backup(kept: Path | None) -> None:
    if kept is not None:
        print(f"Säkerhetskopia före uppgraderingen: {kept}")
