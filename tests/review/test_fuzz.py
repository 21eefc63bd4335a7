"""Broken files are read or refused with one line; python -m benchmarks.granska_fuzz does it for as long as you like."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.granska.mutating import MUTATORS, mutated
from benchmarks.granska_fuzz import corpus, run

CASES = 60  # a second or two; the command's hour is thousands


@pytest.fixture(scope="module")
def sound() -> dict[str, list[bytes]]:
    return corpus()


def test_a_seed_breaks_a_file_the_same_way(sound: dict[str, list[bytes]]) -> None:
    assert [mutated(seed, sound)[2] for seed in range(5)] == [mutated(seed, sound)[2] for seed in range(5)]


def test_broken_files_do_no_harm(tmp_path: Path) -> None:
    outcomes = run(range(1_000, 1_000 + CASES), 5, tmp_path)
    assert outcomes.faults == []
    assert sum(outcomes.counted.values()) == CASES
    assert {kind for kind, _ in outcomes.counted} == set(MUTATORS)
