"""The annual report of 2024 in every format: by a fresh process, and in a process that has made one before."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import PROGRAM, markdown, median_and_range, timed

FORMATS = ("html", "pdf", "docx", "xlsx")
ROUNDS = 5
_WARM = """
import sys, time, django
django.setup()
from importlib import import_module
from uppsikt.web.cycle.here import here_at
from uppsikt.web.organisation.asking import reader
from uppsikt.web.reports import selectors
here = here_at(reader(), "kommunstyrelsen", "bokslut-2024")
definition = selectors.definition_at(here, "verksamhetsberattelse")
render = import_module("uppsikt.reporting.render." + sys.argv[1]).render
for _ in range(int(sys.argv[2]) + 1):
    begun = time.perf_counter()
    selectors._built.cache_clear()
    render(selectors.draft_at(here, definition))
    print(time.perf_counter() - begun)
"""


def measured() -> str:
    """Measure every format and give the table."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "UPPSIKT_HOME": home, "DJANGO_SETTINGS_MODULE": "uppsikt.web.config.settings"}
        subprocess.run([PROGRAM, "demo", "--only-load"], env=environment, check=True, stdout=subprocess.DEVNULL)
        rows = [_row(kind, Path(home), environment) for kind in FORMATS]
    return markdown(("format", "ny process", "första i processen", "därefter", "fil"), rows)


def _row(kind: str, home: Path, environment: dict[str, str]) -> list[str]:
    file = home / f"rapport.{kind}"
    command = [PROGRAM, "report", "verksamhetsberattelse", "--date", "bokslut-2024", "--out", str(file)]

    def fresh() -> None:
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)

    times = [timed(fresh) for _ in range(ROUNDS)]
    first, later = [], []
    for _ in range(3):
        told = subprocess.run(
            [sys.executable, "-c", _WARM, kind, str(ROUNDS)],
            env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        took = [float(line) for line in told.stdout.splitlines()]
        first.append(took[0])
        later += took[1:]
    size = f"{file.stat().st_size / 1000:.0f} kB"
    return [kind, median_and_range(times), median_and_range(first), median_and_range(later), size]
