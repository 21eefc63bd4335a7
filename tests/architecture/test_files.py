"""What every file of the project keeps to: its size, its words, and where it may point."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, SOURCE, python_files, short, tracked

LONGEST = 450  # lines: past that a file is two rooms
DRAWERS = {"utils", "helpers", "common", "misc", "base", "tools"}

# Spelled in parts, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join([r"py" + r"pi\.org", r"files\.python" + "hosted", r"registry\.npm" + "js", r"deb\.deb" + "ian"])
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|t" + r"mp)/")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|Not" + r"ImplementedError|lorem ip" + r"sum)\b")
RULES = r"[A-Z]+\d+(?:, ?[A-Z]+\d+)*"
BARE_EXCUSES = re.compile(r"# (?:no" + rf"qa(?:: ?{RULES})?|type: igno" + r"re(?:\[[\w\-, ]+\])?)\s*$")
NOT_PROSE = {".svg", ".png", ".csv", ".json", ".ttf", ".otf", ".woff2", ".mo", ".pdf", ".js"}


def _texts() -> list[tuple[Path, str]]:
    return [(path, path.read_text()) for path in tracked() if path.suffix not in NOT_PROSE]


def _lines(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{short(path)}:{number}: {line.strip()[:100]}"
        for path, text in _texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_is_two_rooms() -> None:
    long = {short(p): n for p in tracked() if p.suffix == ".py" and (n := len(p.read_text().splitlines())) > LONGEST}
    assert {path: n for path, n in long.items() if "/migrations/" not in path} == {}


def test_no_room_is_a_drawer() -> None:
    assert [short(path) for path in python_files(SOURCE) if {path.stem, path.parent.name} & DRAWERS] == []


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS, UNFINISHED], ids=["registry", "machine", "unfinished"])
def test_no_file_says(pattern: re.Pattern[str]) -> None:
    assert _lines(pattern) == []


def test_an_exception_from_a_rule_gives_its_reason() -> None:
    assert _lines(BARE_EXCUSES) == []


def test_only_the_doors_catch_everything() -> None:
    doors = {"src/uppsikt/cli/main.py", "src/uppsikt/web/pages/middleware/error_door.py"}
    broad = re.compile(r"except (?:Base)?Exception\b|except\s*:")
    assert [line for line in _lines(broad) if line.startswith("src/") and line.split(":")[0] not in doors] == []


def test_a_lock_file_pins_everything_by_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-spark.txt"):
        entries = re.split(r"\n(?=\w)", (ROOT / name).read_text().strip())
        assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
