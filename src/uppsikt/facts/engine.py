"""The engine in process: DuckDB with bounded threads and memory, without network and without extensions of others."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import duckdb

# The most öre that the entries of one kind and month may come to, all taken as debit: sums of ten thousand such parts
# stay within 64 bits.
MOST = (2**63 - 1) // 10_000

_THREADS = 2
_LOADING = "900MB"  # beside it come Python and what the reader of text holds outside the limit
_READING = "600MB"


def for_loading(work: Path) -> duckdb.DuckDBPyConnection:
    """Open an engine for a load; what does not fit in its memory is written in the folder of the load."""
    engine = _opened(_LOADING, work)
    engine.execute("SET preserve_insertion_order = false")  # the order of the file is of no meaning, and costs memory
    return _asked_how_far(engine)


def for_reading(spill: Path, threads: int = _THREADS) -> duckdb.DuckDBPyConnection:
    """Open an engine in memory for questions; ``spill`` is where a question too large for memory may write."""
    engine = _opened(_READING, spill, threads)
    engine.execute("SET parquet_metadata_cache = true")  # a file that has been written is never written again
    return engine


def _opened(memory: str, spill: Path, threads: int = _THREADS) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        ":memory:",
        config={
            "threads": min(threads, os.cpu_count() or 1),
            "memory_limit": memory,
            "temp_directory": str(spill / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


def beside(engine: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Open another way to an engine that loads, for a thread of its own."""
    return _asked_how_far(engine.cursor())


def _asked_how_far(engine: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Let it be asked how far it has come, and never write that among the program's own answers."""
    engine.execute("SET enable_progress_bar = true")
    engine.execute("SET enable_progress_bar_print = false")
    return engine


def literal(value: str) -> str:
    """Write a text as SQL: quotes doubled, which is all that SQL asks.

    >>> literal("d'Arc")
    "'d''Arc'"
    """
    return "'" + value.replace("'", "''") + "'"


def literals(values: Iterable[str | int]) -> str:
    """Write several values as a list between parentheses or brackets is written, in a fixed order."""
    return ", ".join(str(one) if isinstance(one, int) else literal(one) for one in sorted(values))


def parquet(files: Iterable[Path]) -> str:
    """Write a source of rows: these Parquet files, which all have the same columns."""
    return f"read_parquet([{', '.join(literal(str(file)) for file in files)}])"
