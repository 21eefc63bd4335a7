"""The glossary holds the project's words: every stored thing, every role and state, and nothing that is gone."""

from __future__ import annotations

import ast
import re
from enum import StrEnum

import pytest
from django.apps import apps

from tests.architecture.source import ROOT, SOURCE, python_files, tree_of
from uppsikt.core.findings import Confidence
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import ColumnRole, RowRole

ROW = re.compile(r"^\| (?P<swedish>[^|]+) \| (?P<code>[^|]+) \| (?P<meaning>[^|]+) \|$", re.MULTILINE)
PAGE = (ROOT / "docs" / "ordlista.md").read_text()
ROWS = [match.groupdict() for match in ROW.finditer(PAGE) if match["code"] != "i koden"]
WORDS = {word for row in ROWS for word in re.findall(r"`([^`]+)`", row["code"] + row["meaning"])}


def test_every_stored_thing_has_a_row_with_its_swedish_name() -> None:
    told = {(name, row["swedish"]) for row in ROWS for name in re.findall(r"`(\w+)`", row["code"])}
    models = [one for one in apps.get_models() if one.__module__.startswith("uppsikt.")]
    assert len(models) > 20
    lost = [
        f"{one.__name__}: {one._meta.verbose_name}"
        for one in models
        if not any(name == one.__name__ and str(one._meta.verbose_name) in swedish for name, swedish in told)
    ]
    assert lost == []


@pytest.mark.parametrize("words", [ColumnRole, RowRole, GoalState, WorkState, Confidence])
def test_every_role_and_state_has_a_word(words: type[StrEnum]) -> None:
    assert {member.value for member in words} - WORDS == set()


def test_every_class_that_the_glossary_names_exists() -> None:
    classes = {
        node.name for path in python_files(SOURCE) for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)
    }
    named = {word for row in ROWS for word in re.findall(r"`([A-Z]\w+)`", row["code"])}
    assert named - classes == set()


def test_a_word_has_one_row() -> None:
    codes = [row["code"] for row in ROWS]
    assert sorted(code for code in set(codes) if codes.count(code) > 1) == []
