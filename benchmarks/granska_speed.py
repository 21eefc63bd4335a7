"""Time and memory of a whole review, on one core and in a fresh process: 60, 250 and 1 000 pages.

python -m benchmarks.granska_speed [60 250 1000] [--rounds 3] [--profile]

The file is a made-up report by our own renderer, with two tables on every three pages. The time is that
of the whole command with --format json, from its start to its last byte; the memory is the largest of the
command's processes.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.granska.making import make_long
from benchmarks.granska.typeset import to_pdf
from benchmarks.measuring import PROGRAM, markdown, median_and_range

SIZES = (60, 250, 1000)
TABLES_A_PAGE = 2 / 3
FILLING = 27  # paragraphs after a table, so that two tables take about three pages
ROUNDS = 3
HEADS = ("sidor", "tabeller", "hela kommandot, en kärna", "processortid", "per sida", "minne")


@dataclass(frozen=True)
class Run:
    """One review in a process of its own."""

    seconds: float
    processor: float  # seconds of the processor: what the clock would show on a machine that does nothing else
    megabytes: float
    tables: int


def make_pdf(pages: int) -> bytes:
    """Write a report of about so many pages."""
    return to_pdf(make_long(pages, tables=round(pages * TABLES_A_PAGE), filling=FILLING))


# Linux counts the parent's memory at the moment of the fork as the child's: a small parent is needed between.
_SMALL_PARENT = """
import os, subprocess, sys, time
begun = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
code = os.waitstatus_to_exitcode(status)
print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, code)
"""


def review_once(file: Path) -> Run:
    """Review a file on one core and take the time and the memory."""
    out = file.with_suffix(".json")
    command = ["taskset", "-c", _core(), str(PROGRAM), "granska", str(file), "--format", "json", "--out", str(out)]
    told = subprocess.run([sys.executable, "-c", _SMALL_PARENT, *command], check=True, capture_output=True, text=True)
    seconds, processor, megabytes, code = (float(one) for one in told.stdout.split())
    if code not in (0, 1):
        raise RuntimeError(f"granska slutade med {code:.0f}: {told.stderr}")
    record = json.loads(out.read_text())
    return Run(seconds, processor, megabytes, len((record[0] if isinstance(record, list) else record)["tables"]))


def _core() -> str:
    return str(min(os.sched_getaffinity(0)))


def rows_of(sizes: Sequence[int], rounds: int) -> list[list[str]]:
    """Measure each size and give its row."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            file = Path(name) / f"{size}.pdf"
            file.write_bytes(make_pdf(size))
            pages = len(pypdfium2.PdfDocument(file))
            runs = [review_once(file) for _ in range(rounds)]
            seconds = [one.seconds for one in runs]
            memory = max(one.megabytes for one in runs)
            processor = [one.processor for one in runs]
            a_page = f"{1000 * statistics.median(processor) / pages:.0f} ms"
            times = [median_and_range(seconds), median_and_range(processor)]
            rows.append([str(pages), str(runs[0].tables), *times, a_page, f"{memory:.0f} MB"])
    return rows


def measured() -> str:
    """Measure all sizes and give the table."""
    return markdown(HEADS, rows_of(SIZES, ROUNDS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=int, default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    print(markdown(HEADS, rows_of(chosen.pages, chosen.rounds)))


if __name__ == "__main__":
    main()
