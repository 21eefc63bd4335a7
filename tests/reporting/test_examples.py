"""The examples in the docstrings of the reporting room are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from uppsikt import reporting

MODULES = [found.name for found in pkgutil.walk_packages(reporting.__path__, "uppsikt.reporting.")]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_gives_what_it_says(name: str) -> None:
    told = doctest.testmod(importlib.import_module(name))
    assert told.failed == 0
