"""Everything stored is reached through the gate, by somebody, and written through the pen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.source import WEB, python_files, short, tree_of

# The gate itself, who asks, the journal and its pen, and the loader that makes the municipality to reach into.
KEEPERS = ("organisation/gate.py", "organisation/asking.py", "history/", "demo/")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
WRITING = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ASKING = {"all", "filter", "exclude", "select_related", "prefetch_related", "values_list", "annotate", "aggregate"}


def _attributes() -> Iterator[tuple[str, ast.Attribute]]:
    for path in python_files(WEB):
        if not str(path.relative_to(WEB)).startswith(KEEPERS):
            for node in ast.walk(tree_of(path)):
                if isinstance(node, ast.Attribute):
                    yield f"{short(path)}:{node.lineno} rör .{node.attr}", node


def test_nothing_goes_round_the_gate() -> None:
    assert [place for place, node in _attributes() if node.attr in MANAGERS] == []


def test_nothing_is_written_but_by_the_pen() -> None:
    def by_the_pen(written: ast.expr) -> bool:
        return ast.unparse(written).split(".")[-1].lstrip("_") in {"pen", "super()"}

    assert [place for place, node in _attributes() if node.attr in WRITING and not by_the_pen(node.value)] == []


def _own_models() -> list[type[models.Model]]:
    """Give every model of ours but the person: people are reached through their roles."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("uppsikt.")]
    return [model for model in ours if model._meta.label != "organisation.User"]


@pytest.mark.parametrize("model", _own_models(), ids=lambda model: model._meta.label)
def test_every_model_names_the_path_to_its_municipality(model: type[models.Model]) -> None:
    path = model.SCOPE  # type: ignore[attr-defined]  # what the test asks for
    reached: type[models.Model] = model
    for step in path.split("__"):
        if step != "pk":
            reached = reached._meta.get_field(step).related_model  # type: ignore[assignment]  # a relation, or the test fails
    assert reached._meta.label == "organisation.Municipality"


def _public_functions(kind: str) -> list[tuple[str, ast.FunctionDef]]:
    return [
        (short(path), node)
        for path in python_files(WEB)
        if kind in {path.stem, *path.relative_to(WEB).parts[:-1]}
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("kind", ["selectors", "services"])
def test_whoever_reads_or_writes_says_who_asks(kind: str) -> None:
    nobody = [
        f"{path}: {node.name}"
        for path, node in _public_functions(kind)
        if _asks_the_store(node) and _first_parameter(node) not in {"actor", "here", "self"}
    ]
    assert nobody == []


def _asks_the_store(node: ast.FunctionDef) -> bool:
    """Say whether the function reaches stored things: by the gate, the pen, a query, or for somebody."""
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    queries = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)} & ASKING
    return bool({"reach", "recording", "actor", "here"} & names or queries)


def _first_parameter(node: ast.FunctionDef) -> str:
    arguments = [*node.args.posonlyargs, *node.args.args]
    return arguments[0].arg if arguments else ""
