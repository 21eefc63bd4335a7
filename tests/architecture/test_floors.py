"""The arrows point down: import-linter's contracts, and the doors that it cannot tell apart."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, SOURCE, python_files, short, tree_of


def test_the_floors_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_the_command_line_reaches_the_web_only_through_its_server_room() -> None:
    strangers = [
        f"{short(path)} importerar {name}"
        for path in python_files(SOURCE / "cli")
        if path.name != "server.py"
        for name in imported(tree_of(path))
        if name.split(".")[0] == "django" or name.startswith("uppsikt.web")
    ]
    assert strangers == []


def imported(tree: ast.Module) -> set[str]:
    """Give the names of every module that the file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names
