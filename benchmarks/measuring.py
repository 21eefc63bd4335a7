"""Taking times and telling them: medians, with the shortest and the longest beside."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("uppsikt")


def timed(action: Callable[[], object]) -> float:
    """Give how many seconds the action took."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def median_and_range(seconds: Sequence[float]) -> str:
    """Give the median with the shortest and the longest: "0,76 s (0,64–0,89)"."""
    shown = [f"{one:.2f}".replace(".", ",") for one in (statistics.median(seconds), min(seconds), max(seconds))]
    return f"{shown[0]} s ({shown[1]}–{shown[2]})"


def milliseconds(seconds: Sequence[float], percent: int) -> str:
    """Give a percentile in whole milliseconds."""
    return f"{statistics.quantiles(seconds, n=100, method='inclusive')[percent - 1] * 1000:.0f}"


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table in Markdown, figures to the right."""
    lines = [headings, ["---", *("--:" for _ in headings[1:])], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def free_port() -> int:
    """Give a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes], patience: float = 300) -> None:
    """Wait until the address answers; raise when the process ends or the patience does."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"Programmet slutade med {process.returncode} innan {address} svarade.")
        try:
            urllib.request.urlopen(address, timeout=10).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{address} svarade inte inom {patience:.0f} s.")
