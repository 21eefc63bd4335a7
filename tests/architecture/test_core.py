"""The core stands on the standard library alone, counts exactly and hides no error."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import uppsikt.core

CORE = Path(uppsikt.core.__file__).parent
FILES = sorted(CORE.rglob("*.py"))


def test_the_core_is_found() -> None:
    assert len(FILES) > 15


@pytest.fixture(params=FILES, ids=lambda path: str(path.relative_to(CORE)))
def tree(request: pytest.FixtureRequest) -> ast.Module:
    return ast.parse(request.param.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "the core names its modules in full"
            yield node.module or ""


def test_imports_only_the_standard_library_and_the_core(tree: ast.Module) -> None:
    strangers = [
        name
        for name in imported(tree)
        if not name.startswith("uppsikt.core") and name.partition(".")[0] not in sys.stdlib_module_names
    ]
    assert strangers == []


def test_knows_no_float(tree: ast.Module) -> None:
    floats = [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]
    assert floats == []


def test_swallows_no_error(tree: ast.Module) -> None:
    wide = {"Exception", "BaseException"}
    caught = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or any(isinstance(n, ast.Name) and n.id in wide for n in ast.walk(node.type)))
    ]
    assert caught == []


def test_asks_no_clock(tree: ast.Module) -> None:
    clocks = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
    ]
    assert clocks == []
