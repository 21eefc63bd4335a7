"""Breaks files in thousands of ways and reads them: each is read or refused with one line, within time and memory.

python -m benchmarks.granska_fuzz [--minutes 60] [--seed 0] [--keep FOLDER]

What fails is kept in the folder (.make/fuzz) with its seed in its name, beside what happened.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.granska.making import make
from benchmarks.granska.mutating import MUTATORS, mutated
from benchmarks.granska.typeset import to_docx, to_pdf
from benchmarks.granska.writing import SHAPES, to_html, to_text
from benchmarks.measuring import markdown
from uppsikt.documents.model import DocumentError
from uppsikt.review.running import review_guarded

KEEP = Path(__file__).resolve().parents[1] / ".make" / "fuzz"
PATIENCE = 60.0  # seconds for one file: the shortest bound of a guarded review; a sound one of this size takes a tenth
MEMORY = 1_500_000_000  # bytes: the smallest bound that the guarded review gives
LOST = ("memory", "crashed", "hung")  # what a file did to an unguarded process
FAULTS = ("failed", "memory", "crashed", "hung", "unclear")


@dataclass
class Outcomes:
    """How many files went how, by kind of file, and what took longest."""

    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


class Worker:
    """A process that reads files; another is started when it is lost."""

    def __init__(self) -> None:
        self.process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "benchmarks.granska.fuzz_worker", str(MEMORY)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                text=True, cwd=Path(__file__).resolve().parents[1])  # fmt: skip

    def read(self, file: Path) -> tuple[str, str]:
        """Give the outcome of a file and its words."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{file}\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if ready else ""
        if line:
            outcome, words = json.loads(line)
            return outcome, words
        self.close()
        code = self.process.returncode
        self.process = self._started()
        return ("crashed", f"slutade med {code}") if ready else ("hung", f"mer än {PATIENCE:.0f} s")

    def close(self) -> None:
        """End the process."""
        with self.process as process:  # closes the pipes and waits
            process.kill()


def corpus() -> dict[str, list[bytes]]:
    """Make the sound files that are broken: made-up reports in every format, and the reference texts where they are."""
    reports = [make(Random(seed)) for seed in range(8)]
    texts = [to_text(report, shape) for report in reports[:4] for shape in SHAPES]
    seeds = Path(os.environ.get("UPPSIKT_REFERENCE", "")) / "seeds"
    texts += [file.read_bytes()[:60_000] for file in sorted(seeds.glob("*.txt"))] if seeds.is_absolute() else []
    return {
        "pdf": [to_pdf(report) for report in reports[:5]],
        "docx": [to_docx(report) for report in reports[:5]],
        "html": [to_html(report) for report in reports],
        "txt": texts,
    }


def run(seeds: range, minutes: float, keep: Path) -> Outcomes:
    """Read the broken file of each seed, until the time is up; keep what fails."""
    outcomes, sound, worker = Outcomes(), corpus(), Worker()
    deadline = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as name:
        for seed in seeds:
            if time.monotonic() > deadline:
                break
            kind, how, data = mutated(seed, sound)
            file = Path(name) / f"fall.{kind}"
            file.write_bytes(data)
            begun = time.monotonic()
            outcome, words = worker.read(file)
            took = time.monotonic() - begun
            if outcome in LOST:
                outcome, words = _guarded(file)
            outcome = _judged(outcome, words)
            outcomes.counted[kind, outcome] += 1
            outcomes.slowest = max(outcomes.slowest, took)
            if outcome in FAULTS:
                _keep(keep, f"{seed}-{how}.{kind}", data, f"{outcome}: {words}")
                outcomes.faults.append(f"{seed} {how} {kind}, {len(data)} byte, {took:.1f} s, {outcome}: {words}")
    worker.close()
    return outcomes


def _guarded(file: Path) -> tuple[str, str]:
    """Read a file that took its process with it as the program does: in a process that is guarded."""
    try:
        review_guarded(file)
    except DocumentError as error:
        return "guarded", str(error)
    except Exception as error:  # anything else is a fault of the guard
        return "crashed", repr(error)
    return "read", ""


def _judged(outcome: str, words: str) -> str:
    """A refusal that is not one line that ends like a sentence is a fault too."""
    return "unclear" if outcome in ("refused", "guarded") and ("\n" in words or not words.endswith(".")) else outcome


def _keep(folder: Path, name: str, data: bytes, words: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    (folder / f"{name}.felet").write_text(words)


def table_of(outcomes: Outcomes) -> str:
    """Give the outcomes by kind of file."""
    columns = ("read", "refused", "guarded", *FAULTS)
    rows = [[kind, *(str(outcomes.counted[kind, one]) for one in columns)] for kind in MUTATORS]
    heads = (
        "",
        "läst",
        "avvisad med en rad",
        "avvisad av vakten",
        "fel i programmet",
        "minnet slut",
        "krasch",
        "hängning",
        "otydligt svar",
    )
    return f"{markdown(heads, rows)}\n\nLängsta tid för en fil: {outcomes.slowest:.1f} s."


def measured() -> str:
    """Break files for ten minutes and give the table."""
    return table_of(run(range(10**9), 10, KEEP))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cases", type=int, default=10**9)
    parser.add_argument("--keep", type=Path, default=KEEP)
    chosen = parser.parse_args()
    outcomes = run(range(chosen.seed, chosen.seed + chosen.cases), chosen.minutes, chosen.keep)
    print(table_of(outcomes))
    for words in outcomes.faults:
        print(f"\n{words}")
    sys.exit(bool(outcomes.faults))


if __name__ == "__main__":
    main()
