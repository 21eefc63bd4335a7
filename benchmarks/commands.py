"""The doors: from a fresh clone to the first page, --help, loading the demonstration."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from pathlib import Path

from benchmarks.measuring import PROGRAM, free_port, markdown, median_and_range, timed, wait_for

ROOT = Path(__file__).resolve().parents[1]


def measured() -> str:
    """Measure the doors and give the table."""
    clones = [_clone_to_page() for _ in range(3)]
    times = {
        "från ny klon till första sidan (`git clone`, `make demo`)": [first for first, _ in clones],
        "`make demo` en andra gång, till första sidan": [second for _, second in clones],
        "`uppsikt demo --only-load`, tom databas": [_load() for _ in range(5)],
        "`uppsikt --help`": [_help() for _ in range(20)],
    }
    return markdown(("", "median (kortast–längst)"), ((what, median_and_range(took)) for what, took in times.items()))


def _clone_to_page() -> tuple[float, float]:
    """Give the seconds of the first and of the second start in a clone of its own."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "uppsikt"

        def begin() -> None:
            subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
            _demo_until_first_page(clone)

        return timed(begin), timed(lambda: _demo_until_first_page(clone))


def _demo_until_first_page(clone: Path) -> None:
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name not in {"UPPSIKT_HOME", "VIRTUAL_ENV"}}
    command = ["make", "--silent", "demo", f"DEMO=--no-browser --port {port}"]
    process = subprocess.Popen(command, cwd=clone, env=kept, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
    finally:
        os.killpg(process.pid, signal.SIGINT)  # the group that this start made, and nothing else
        process.wait(timeout=30)


def _load() -> float:
    with tempfile.TemporaryDirectory() as home:
        command = [PROGRAM, "demo", "--only-load"]
        environment = {**os.environ, "UPPSIKT_HOME": home}
        return timed(lambda: subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL))


def _help() -> float:
    return timed(lambda: subprocess.run([PROGRAM, "--help"], check=True, stdout=subprocess.DEVNULL))
