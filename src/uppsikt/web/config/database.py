"""The database as an operator meets it: is it of this program's version, how is it upgraded and kept.

A migration that the database has and the program has not means that the database is newer; the other
way round it is older. Both are told before anything is read, so that nothing is lost.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from uppsikt.core.errors import UseError, reason_of


class DatabaseState(StrEnum):
    """How the database stands to the program."""

    CURRENT = "current"
    EMPTY = "empty"
    OLDER = "older"
    NEWER = "newer"


_REFUSALS = {
    DatabaseState.EMPTY: (
        "Databasen är tom. Kör 'uppsikt demo' för att se demonstrationskommunen, eller 'uppsikt upgrade' för att "
        "förbereda en egen databas."
    ),
    DatabaseState.OLDER: (
        "Databasen är äldre än programmet. Kör 'uppsikt upgrade': den sparar först en säkerhetskopia och "
        "uppgraderar sedan. Inget har ändrats."
    ),
    DatabaseState.NEWER: (
        "Databasen är nyare än programmet: den har redan uppgraderats av en senare version. Installera den "
        "versionen, eller återställ en säkerhetskopia från tiden före uppgraderingen. Inget har ändrats."
    ),
}


def database_state() -> DatabaseState:
    """Compare what the database has been through with what the program knows."""
    try:
        executor = MigrationExecutor(connection)
        planned = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise UseError(
            f"Databasen går inte att läsa ({error}). Kontrollera DATABASE_URL eller UPPSIKT_HOME."
        ) from error
    loader = executor.loader
    if not loader.applied_migrations:
        return DatabaseState.EMPTY
    apps = loader.migrated_apps | loader.unmigrated_apps
    if any(key not in loader.disk_migrations for key in loader.applied_migrations if key[0] in apps):
        return DatabaseState.NEWER
    return DatabaseState.OLDER if planned else DatabaseState.CURRENT


def refusal() -> str:
    """Say in Swedish why the program cannot work with this database; empty when it can."""
    return _REFUSALS.get(database_state(), "")


def require_current() -> None:
    """Stop with a Swedish sentence unless the database is of this program's version."""
    reason = refusal()
    if reason:
        raise UseError(reason)


def upgrade(now: datetime) -> Path | None:
    """Bring the database to this program's version; give the backup that was made first, if any.

    A new database needs none. PostgreSQL is backed up by its own tools, which the operator runs.
    """
    state = database_state()
    if state is DatabaseState.NEWER:
        raise UseError(_REFUSALS[state])
    kept = None
    if state is DatabaseState.OLDER and connection.vendor == "sqlite":
        kept = backup(Path(settings.HOME) / "backup" / f"uppsikt-{now:%Y-%m-%d-%H%M%S}.sqlite3")
    if state is not DatabaseState.CURRENT:
        _migrate(kept, is_new=state is DatabaseState.EMPTY and not connection.introspection.table_names())
    return kept


def _migrate(kept: Path | None, *, is_new: bool) -> None:
    try:
        if is_new:
            make_at_once(connection)
        else:
            call_command("migrate", verbosity=0, interactive=False)
    except (DatabaseError, InconsistentMigrationHistory) as error:
        before = f" Den är kvar som den var före uppgraderingen i {kept}." if kept else ""
        raise UseError(
            f"Databasen kunde inte uppgraderas ({error}).{before} Uppgraderar ett annat program den just nu, "
            "vänta en stund och försök igen."
        ) from error


def make_at_once(empty: BaseDatabaseWrapper) -> None:
    """Make every table of an empty database from the models as they are, and note every migration as done.

    A test holds the tables against those that the migrations make one after the other. That takes a second for the
    eighty tables, because the state of all models is made anew for each; this does not. All of it or nothing.
    """
    migrations = MigrationLoader(empty).disk_migrations
    recorder = MigrationRecorder(empty)
    with empty.schema_editor() as editor:
        editor.create_model(recorder.Migration)
        for model in apps.get_models():
            if model._meta.can_migrate(empty):
                editor.create_model(model)
        for app, name in migrations:
            recorder.record_applied(app, name)


def backup(to: Path) -> Path:
    """Copy the SQLite database while it is in use; the copy is checked before it gets its name."""
    if connection.vendor != "sqlite":
        raise UseError(
            "Databasen är PostgreSQL. Säkerhetskopiera den med pg_dump, till exempel: pg_dump -Fc NAMN > FIL. "
            f"Kopiera därefter mappen {settings.HOME / 'ledger'}: i den ligger redovisningens poster."
        )
    unfinished = to.parent / (to.name + ".ofardig")
    try:
        if to.exists():
            raise UseError(f"Filen {to} finns redan. Välj ett annat namn, så skrivs ingen kopia över.")
        to.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)  # everything the municipality has written: for its owner only
        connection.ensure_connection()
        with closing(sqlite3.connect(unfinished)) as copy:
            connection.connection.backup(copy)
            sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except (OSError, sqlite3.Error) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise UseError(f"Säkerhetskopian kunde inte skrivas till {to}: {reason}.") from error
    if not sound:
        raise UseError(f"Säkerhetskopian blev inte hel. Den ofärdiga filen ligger kvar som {unfinished}.")
    return unfinished.rename(to)
