"""The only door from the command line to the web floor: sets Django up, then hands over.

Every function is a command of ``uppsikt`` and gives its exit code.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
import webbrowser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from uppsikt.reporting.build import Definition
    from uppsikt.reporting.model import Report
    from uppsikt.web.cycle.here import Here
    from uppsikt.web.organisation.gate import Actor


_AT_TERMINAL = "Kommandoraden"  # who the history says gave a role


def _enter() -> None:
    """Make Django ready; only now are settings read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.web.config.settings")
    django.setup()


def run(name: str, chosen: argparse.Namespace) -> int:
    """Run a command; a database that gives way in the middle of it is told in a line."""
    from django.db import OperationalError

    from uppsikt.core.errors import UseError

    command: Callable[[argparse.Namespace], int] = globals()[name]
    try:
        return command(chosen)
    except OperationalError as error:
        raise UseError(
            f"Databasen svarade inte som den skulle ({error}). Det som höll på att skrivas är inte sparat. "
            "Är den upptagen av ett annat program, vänta en stund och försök igen."
        ) from error


def demo(chosen: argparse.Namespace) -> int:
    """Load the demonstration municipality, serve it, and open the browser."""
    os.environ["UPPSIKT_DEMO"] = "1"
    _enter()
    from uppsikt.web.config import database, server
    from uppsikt.web.demo.services import DEMO_PASSWORD, DEMO_USERS, load_demo

    begun = time.monotonic()
    _tell_backup(database.upgrade(datetime.now().astimezone()))
    loaded = load_demo()
    if chosen.only_load:
        print(loaded.text)
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


def load(chosen: argparse.Namespace) -> int:
    """Load a municipality's data files; all of them or nothing."""
    _enter()
    from uppsikt.core.errors import UseError
    from uppsikt.web.config import database
    from uppsikt.web.demo.services import load_municipality

    if not chosen.folder.is_dir():
        raise UseError(f"Mappen {chosen.folder} finns inte.")
    database.require_current()
    print(load_municipality(chosen.folder).text)
    return 0


def ledger_file(chosen: argparse.Namespace) -> int:
    """Load a file of entries into the ledger. 0: done, 1: the dry run shows faults and nothing is loaded."""
    _enter()
    from uppsikt.cli.ledger_load import as_text
    from uppsikt.web.config import database
    from uppsikt.web.ledger.at_terminal import Order, load_file

    database.require_current()
    told = load_file(
        Order(
            chosen.file, chosen.source, chosen.kind or "", chosen.unit, chosen.why,
            register=chosen.register, dry_run=chosen.dry_run,
        )
    )  # fmt: skip
    print(json.dumps(told, ensure_ascii=False) if chosen.format == "json" else "\n".join(as_text(told)))
    return 1 if told["stopped"] else 0


def report(chosen: argparse.Namespace) -> int:
    """Write a report to a file."""
    from uppsikt.core.errors import UseError, reason_of

    if not chosen.out.absolute().parent.is_dir():
        raise UseError(f"Mappen {chosen.out.absolute().parent} finns inte, så rapporten kan inte skrivas dit.")
    kind = chosen.format or chosen.out.suffix.lstrip(".")
    if kind not in chosen.formats:
        known = ", ".join(chosen.formats)
        raise UseError(f"Filnamnet {chosen.out} säger inte vilket format. Välj ett med --format: {known}.")
    here, definition = _at_a_report(chosen)
    from uppsikt.web.reports.selectors import draft_at

    try:
        chosen.out.write_bytes(_written(draft_at(here, definition), kind))
    except OSError as error:
        raise UseError(f"Rapporten kunde inte skrivas till {chosen.out}: {reason_of(error)}.") from error
    print(f"{definition.key} för {here.unit.name}, {here.reporting_date.name}: {chosen.out}")
    return 0


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main class="wrap"><h1>{title}</h1>{body}</main></body></html>
"""


def _written(report: Report, kind: str) -> bytes:
    """Give the report in the format; a page is made whole, so that it can be opened without a server."""
    from importlib import import_module

    from django.conf import settings
    from django.utils.html import escape

    from uppsikt.reporting.render.svg import kept_in

    with kept_in(settings.HOME / "charts"):
        made = import_module(f"uppsikt.reporting.render.{kind}").render(report)
    if isinstance(made, bytes):
        return made
    style = (settings.WEB / "static" / "uppsikt.css").read_text()
    body = (settings.WEB / "templates" / "symbols.html").read_text() + made
    return _PAGE.format(title=escape(report.title), language=report.language, style=style, body=body).encode()


def check(chosen: argparse.Namespace) -> int:
    """Tell what does not hold in a report's own tables; 1 when anything does not."""
    here, definition = _at_a_report(chosen)
    from uppsikt.web.reports.selectors import findings_at

    findings = findings_at(here, definition)
    for one in findings:
        print(f"{one.code} {one.place.title}, {one.place.row_label}: {one.message}")
    print(f"{len(findings)} anmärkningar." if findings else "Inga anmärkningar: tabellerna stämmer.")
    return 1 if findings else 0


def _at_a_report(chosen: argparse.Namespace) -> tuple[Here, Definition]:
    """Find the place and the definition that the command names; without a date, the newest that has the report."""
    _enter()
    from django.http import Http404

    from uppsikt.core.errors import UseError
    from uppsikt.reporting.build import definitions
    from uppsikt.web.config import database
    from uppsikt.web.cycle.here import here_at
    from uppsikt.web.cycle.models import ReportingDate
    from uppsikt.web.organisation.asking import reader
    from uppsikt.web.organisation.gate import reach
    from uppsikt.web.reports.selectors import definition_at

    database.require_current()
    actor = reader()
    kinds = next((one.dates for one in definitions() if one.key == chosen.definition), None)
    if kinds is None:
        known = ", ".join(one.key for one in definitions())
        raise UseError(f"Det finns ingen rapport som heter {chosen.definition}. De som finns: {known}.")
    newest = reach(actor, ReportingDate).filter(kind__in=kinds).order_by("-on").first()
    if newest is None:
        raise UseError(f"Det finns inget rapporttillfälle för {chosen.definition} ännu.")
    try:
        here = here_at(actor, chosen.unit, chosen.date or newest.slug)
        return here, definition_at(here, chosen.definition)
    except Http404 as error:
        raise UseError(str(error)) from error


def person(chosen: argparse.Namespace) -> int:
    """Tell who may sign in, or change it."""
    from uppsikt.cli.person import as_text, check_use

    check_use(chosen)
    _enter()
    from uppsikt.web.config import database
    from uppsikt.web.history.people import people
    from uppsikt.web.organisation.asking import operator

    database.require_current()
    actor = operator(_AT_TERMINAL)
    if chosen.username:
        _change_person(actor, chosen)
    told = [one for one in people(actor) if chosen.username in (None, one.username)]
    print("\n".join(as_text(told)) or "Ingen kan logga in ännu. Lägg till någon: uppsikt person --help")
    return 0


def _change_person(actor: Actor, chosen: argparse.Namespace) -> None:
    from uppsikt.cli.person import ask_password
    from uppsikt.core.errors import UseError
    from uppsikt.web.history import people

    name = chosen.username
    if not people.is_known(actor, name):
        if not chosen.name:
            raise UseError(f"{name} finns inte. Är personen ny, säg också vad den heter: --name NAMN")
        people.add_person(actor, name, chosen.name, ask_password(name))
    elif chosen.password:
        people.set_password(actor, name, ask_password(name))
    if chosen.role:
        (people.take_role if chosen.remove else people.give_role)(actor, name, chosen.role, chosen.unit)
    if chosen.close:
        people.close_person(actor, name)


def upgrade(_chosen: argparse.Namespace) -> int:
    """Bring the database to this version."""
    _enter()
    from uppsikt.web.config import database

    _tell_backup(database.upgrade(datetime.now().astimezone()))
    print("Databasen har programmets version.")
    return 0


def backup(chosen: argparse.Namespace) -> int:
    """Copy the database and the ledger's files while they are in use."""
    _enter()
    from uppsikt.web.config import database, ledger_backup

    database.require_current()
    kept = database.backup(chosen.file)
    print(f"Säkerhetskopian är skriven och kontrollerad: {kept}")
    folder = ledger_backup.files_beside(kept)
    if folder is not None:
        print(f"Redovisningens filer ligger bredvid, kontrollerade: {folder}")
    return 0


def _serve(port: int, processes: int | None, ready: Callable[[], None]) -> int:
    from uppsikt.web.config import server

    server.run(port, processes=processes, ready=ready)
    print("\nUppsikt är stängt.", file=sys.stderr)
    return 0


def _tell_backup(kept: Path | None) -> None:
    if kept is not None:
        print(f"Säkerhetskopia före uppgraderingen: {kept}")
