"""How far the engine has come with the question it works on, told while it works."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

_EVERY = 0.25  # seconds


@contextmanager
def reporting(
    engine: duckdb.DuckDBPyConnection, progress: Callable[[float], None], begin: float, end: float
) -> Iterator[None]:
    """Tell ``progress`` how far the questions asked inside have come, as fractions between ``begin`` and ``end``."""
    done = threading.Event()

    def watch() -> None:
        furthest = begin
        while not done.wait(_EVERY):
            percent = engine.query_progress()
            if 0 <= percent <= 100:
                furthest = max(furthest, begin + (end - begin) * percent / 100)
                progress(furthest)

    progress(begin)
    watcher = threading.Thread(target=watch, name="ledger-progress", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
    progress(end)
