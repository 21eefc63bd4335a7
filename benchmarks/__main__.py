"""Measure, and write the tables into BENCHMARKS.md between their marks.

python -m benchmarks             everything
python -m benchmarks readers     one part: commands, readers, reports, granska_truth, granska_round_trip ...
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "BENCHMARKS.md"
PARTS = (
    "commands", "reports", "readers",
    "ledger",
    "granska_truth", "granska_round_trip", "granska_speed", "granska_extractors", "granska_fuzz",
)  # fmt: skip


def main(chosen: list[str]) -> None:
    """Measure the chosen parts, or all of them."""
    for part in chosen or PARTS:
        table = import_module(f"benchmarks.{part}").measured()
        print(f"{part}\n\n{table}\n")
        marked = re.compile(rf"(<!-- {part} -->\n).*?(<!-- /{part} -->)", re.DOTALL)
        PAGE.write_text(marked.sub(lambda marks, new=table: f"{marks[1]}\n{new}\n\n{marks[2]}", PAGE.read_text()))


if __name__ == "__main__":
    main(sys.argv[1:])
