"""The examples in the core's docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import uppsikt.core

MODULES = [m.name for m in pkgutil.walk_packages(uppsikt.core.__path__, "uppsikt.core.")]
WITH_EXAMPLES = {
    "uppsikt.core.states",
    "uppsikt.core.periods.period",
    "uppsikt.core.periods.reading",
    "uppsikt.core.quantities.intervals",
    "uppsikt.core.quantities.lexer",
    "uppsikt.core.quantities.missing",
    "uppsikt.core.quantities.reading",
    "uppsikt.core.quantities.unit",
    "uppsikt.core.quantities.writing",
    "uppsikt.core.references.reading",
    "uppsikt.core.references.reference",
    "uppsikt.core.targets.evaluate",
    "uppsikt.core.targets.grammar",
    "uppsikt.core.targets.lexer",
    "uppsikt.core.targets.model",
}


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0
    assert result.attempted > 0 or name not in WITH_EXAMPLES
