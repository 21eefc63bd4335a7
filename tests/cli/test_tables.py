"""A new database is made at once: its tables are those that the migrations make one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import ConnectionHandler, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from uppsikt.web.config.database import make_at_once


@pytest.fixture
def fresh(tmp_path: Path, db: None) -> Iterator[BaseDatabaseWrapper]:
    """A SQLite database with every table, made at once."""
    handler = ConnectionHandler(
        {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "new.sqlite3")}}
    )
    made = handler["default"]
    make_at_once(made)
    yield made
    made.close()


def schema_of(database: BaseDatabaseWrapper) -> dict[str, tuple[str, list[str]]]:
    """Give every table and index with its parts; a column that was added later stands elsewhere in the table."""
    with database.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master")
        return {name: _parts(sql) for name, sql in cursor.fetchall() if sql and not name.startswith("sqlite_")}


def _parts(sql: str) -> tuple[str, list[str]]:
    head, _, body = sql.partition("(")
    return head.strip(), sorted(re.sub(r"\s+", " ", part).strip() for part in _split(body.rpartition(")")[0]))


def _split(body: str) -> Iterator[str]:
    """Split at the commas that no parenthesis holds."""
    depth, begun = 0, 0
    for at, letter in enumerate(body):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            yield body[begun:at]
            begun = at + 1
    yield body[begun:]


def test_the_tables_are_those_that_the_migrations_make(fresh: BaseDatabaseWrapper) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL prövas av demonstrationen, som gör sin databas på en gång.")
    assert schema_of(fresh) == schema_of(connection)


def test_every_migration_is_noted_as_done(fresh: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(fresh)
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
    assert set(executor.loader.applied_migrations) == set(executor.loader.disk_migrations)


def test_no_migration_writes_rows_that_a_new_database_would_lack() -> None:
    """A migration that moves data is for databases that have some; one that a new database needs stops this road."""
    own = [
        one
        for (app, _name), one in MigrationLoader(None).disk_migrations.items()
        if one.__module__.startswith("uppsikt")
    ]
    kinds = {type(operation).__name__ for one in own for operation in one.operations}
    assert own
    assert not {kind for kind in kinds if kind.startswith("Run")}
