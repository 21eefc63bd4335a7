"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "uppsikt"
WEB = SOURCE / "web"


@cache
def tracked() -> tuple[Path, ...]:
    """Give every file that git keeps, or would keep at the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    return tuple(path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file())


@cache
def tree_of(path: Path) -> ast.Module:
    """Give the syntax tree of a file."""
    return ast.parse(path.read_text(), str(path))


def python_files(folder: Path, name: str = "*.py") -> list[Path]:
    """Give the Python files under a folder, migrations left out: those are generated."""
    return sorted(path for path in folder.rglob(name) if "migrations" not in path.parts)


def short(path: Path) -> str:
    """Give the path as a person writes it."""
    return str(path.relative_to(ROOT))
