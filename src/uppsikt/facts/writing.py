"""From checked lines to files: one of entries and one of sums for each kind and month, sorted, complete, on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import duckdb

from uppsikt.core.economy.ledger import EntryKind, side_of
from uppsikt.facts.engine import MOST, beside, literal, parquet
from uppsikt.facts.manifest import ENDINGS
from uppsikt.facts.rollups import ORDER, rollup_sql
from uppsikt.facts.staged import Held, StagedPart

# The order in which entries lie in a file: as a unit's journal. The rows of a voucher lie together, so its number, day
# and text are told almost once, and a list of entries is read from the front until it is long enough.
STORED = ("unit", "day", "voucher", "account")
COLUMNS = (
    "kind", "month", "side", *STORED, "activity", "counterpart", "project", "object", "text", "amount",
)  # fmt: skip

# Small groups of rows: a cell's entries are unpacked without the rest of the municipality's. The order of the rows and
# the least and greatest code of a group find them; filters of what is in a group would only cost time and room.
_PARQUET = (
    "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 20480, PARQUET_VERSION v2,"
    " DICTIONARY_SIZE_LIMIT 4000, WRITE_BLOOM_FILTER false"
)
_LARGEST_KEPT = 4000  # entries of a part that can be found by size without looking at the others
_AT_ONCE = 2  # parts that are written beside each other, so that one sorts while another packs


def classify(engine: duckdb.DuckDBPyConnection, *, income_positive: bool) -> None:
    """Name the entries: the readable lines with their side, and with income's sign turned where the file has it so."""
    accounts = [
        str(row[0]) for row in engine.execute("SELECT DISTINCT account FROM judged WHERE NOT unreadable").fetchall()
    ]
    engine.execute("CREATE OR REPLACE TABLE sides (account VARCHAR, side VARCHAR)")
    if accounts:
        rows = ", ".join(f"({literal(account)}, {literal(side_of(account))})" for account in accounts)
        engine.execute(f"INSERT INTO sides VALUES {rows}")
    amount = "CASE WHEN side = 'income' THEN -ore ELSE ore END" if income_positive else "ore"
    engine.execute(
        f"CREATE OR REPLACE VIEW entries AS SELECT * EXCLUDE (ore, unreadable, extra_period), {amount} AS amount"
        " FROM judged JOIN sides USING (account) WHERE NOT unreadable"
    )


def held(engine: duckdb.DuckDBPyConnection) -> tuple[Held, ...]:
    """Give what the entries are by kind, month and unit."""
    rows = engine.execute(
        """SELECT kind, month, unit, count(*), coalesce(sum(amount) FILTER (side = 'costs'), 0),
            coalesce(sum(-amount::HUGEINT) FILTER (side = 'income'), 0), sum(amount)
        FROM entries GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
    ).fetchall()
    return tuple(
        Held(EntryKind(kind), month, unit, count, kronor(costs), kronor(income), kronor(total))
        for kind, month, unit, count, costs, income, total in rows
    )


def too_large(engine: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Give the kinds and months whose amounts are so large that sums with others could leave 64 bits of öre."""
    rows = engine.execute(
        f"SELECT kind, month FROM entries GROUP BY 1, 2 HAVING sum(abs(amount::HUGEINT)) > {MOST} ORDER BY 1, 2"
    ).fetchall()
    return [(str(kind), int(month)) for kind, month in rows]


def write_parts(
    engine: duckdb.DuckDBPyConnection, folder: Path, progress: Callable[[float], None]
) -> tuple[StagedPart, ...]:
    """Write the files of each kind and month into the folder."""
    rows = engine.execute(
        "SELECT kind, month, count(*), sum(amount) FROM entries GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    waiting = [
        StagedPart(EntryKind(kind), month, f"{kind}-{month}", count, kronor(total), "")
        for kind, month, count, total in rows
    ]
    if len(waiting) > 1:
        engine.execute("SET threads = 1")  # each writer is its own: two that help each other cost a quarter more
    done = []
    with ThreadPoolExecutor(_AT_ONCE) as writers:
        for part in writers.map(lambda part: _written(beside(engine), folder, part), waiting):
            done.append(part)
            progress(len(done) / len(waiting))
    return tuple(done)


def _written(engine: duckdb.DuckDBPyConnection, folder: Path, part: StagedPart) -> StagedPart:
    entries, sums, largest = (folder / (part.stem + ending) for ending in ENDINGS)
    chosen = f"SELECT {', '.join(COLUMNS)} FROM entries WHERE kind = {literal(part.kind)} AND month = {part.month}"
    _write(engine, f"{chosen} ORDER BY {', '.join(STORED)}", entries)
    _write(engine, f"SELECT * FROM ({rollup_sql(parquet([entries]))}) ORDER BY {ORDER}", sums)
    _write(engine, _largest(parquet([entries]), part.rows), largest)
    return replace(part, digest=digest_of(entries, sums, largest))


def _largest(entries: str, rows: int) -> str:
    """Write the question for the largest entries of a part, whatever their sign. ``above`` tells what they answer for:
    every entry of the part whose amount is larger than that is among them.
    """
    size = "abs(CAST(amount AS HUGEINT))"
    chosen = f"SELECT *, {size} AS size FROM {entries} ORDER BY size DESC LIMIT {_LARGEST_KEPT}"
    above = "-1" if rows <= _LARGEST_KEPT else "min(size) OVER ()"
    return f"SELECT * EXCLUDE (size), CAST({above} AS DECIMAL(38, 0)) AS above FROM ({chosen}) ORDER BY size DESC"


def _write(engine: duckdb.DuckDBPyConnection, question: str, file: Path) -> None:
    engine.execute(f"COPY ({question}) TO {literal(str(file))} ({_PARQUET})")
    file.chmod(0o600)
    to_disk(file)


def to_disk(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(*files: Path) -> str:
    """Give SHA-256 of the files' bytes, one after the other."""
    made = sha256()
    for file in files:
        with file.open("rb") as opened:
            while block := opened.read(1 << 20):
                made.update(block)
    return made.hexdigest()


def kronor(ore: int) -> Decimal:
    """Give öre as kr with two decimals, exactly."""
    return Decimal(int(ore)).scaleb(-2)
