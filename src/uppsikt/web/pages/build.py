"""Which program this is: its version and when its newest file was written, so that an update is seen at once."""

from __future__ import annotations

from pathlib import Path

from uppsikt import __version__

PACKAGE = Path(__file__).resolve().parents[2]


def _newest() -> int:
    return max(file.stat().st_mtime_ns for file in PACKAGE.rglob("*") if file.suffix != ".pyc" and file.is_file())


BUILD = f"{__version__}-{_newest() // 1_000_000:x}"
