"""A rule: one function, one stable code, one Swedish docstring.

The docstring is the rule as a controller would say it, then marked parts on lines of their own:

    Källa: the law, the regulation or the practice behind the rule
    Stämmer: one or more example tables in which the rule finds nothing
    Stämmer inte: example tables in which it finds what the lines that begin with "=>" say

A rule says what must hold between figures (relations), or what it saw that no figure tells (remarks).
The pages in docs/kontroller/ are made from it and a test runs the examples. A code is never reused.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from uppsikt.checks.prose import Remark
from uppsikt.checks.relations import Figures, Relation
from uppsikt.core.errors import UseError
from uppsikt.core.findings import Finding

RuleFunction = Callable[[Figures], Iterator[Relation | Remark]]
_MARKS = ("Källa:", "Stämmer:", "Stämmer inte:")
_registered: dict[str, Rule] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is known to users: ``order`` is its place in the book, smaller is more basic."""

    code: str
    title: str
    order: int
    function: RuleFunction

    def says(self, figures: Figures) -> Iterator[Relation | Finding]:
        """Give everything that must hold by this rule, and what it found that is no relation."""
        for said in self.function(figures):
            if isinstance(said, Remark):
                yield said.finding(self.code, self.title)
            else:
                yield said.of_rule(self.code, self.order)

    def relations(self, figures: Figures) -> Iterator[Relation]:
        """Give only what must hold between figures."""
        return (one for one in self.says(figures) if isinstance(one, Relation))

    @property
    def text(self) -> str:
        """The rule as a controller would say it."""
        return self._part("")

    @property
    def source(self) -> str:
        """The law, the regulation or the practice behind the rule."""
        return self._part("Källa:")

    @property
    def passes(self) -> str:
        """The example in which the rule finds nothing."""
        return self._part("Stämmer:")

    @property
    def fails(self) -> str:
        """The example in which the rule finds something, with lines "=>" that say what."""
        return self._part("Stämmer inte:")

    def _part(self, wanted: str) -> str:
        lines, mark = [], ""
        for line in inspect.cleandoc(self.function.__doc__ or "").splitlines():
            begun = next((one for one in _MARKS if line.startswith(one)), None)
            mark = mark if begun is None else begun
            if mark == wanted:
                lines.append(line.removeprefix(wanted))
        return inspect.cleandoc("\n".join(lines)).strip()


def rule(*, code: str, title: str, order: int) -> Callable[[RuleFunction], RuleFunction]:
    """Enter a function in the rule book under its code."""

    def enter(function: RuleFunction) -> RuleFunction:
        known = _registered.get(code)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            raise UseError(f"Två kontroller har koden {code}: {known.title!r} och {title!r}.")
        _registered[code] = Rule(code, title, order, function)
        return function

    return enter


@lru_cache
def all_rules() -> tuple[Rule, ...]:
    """Give every rule of the package ``uppsikt.checks.rules``, in the book's order."""
    package = importlib.import_module("uppsikt.checks.rules")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return tuple(sorted(_registered.values(), key=lambda known: known.order))


def rule_of(code: str) -> Rule:
    """Give the rule with this code, or raise UseError."""
    for known in all_rules():
        if known.code == code:
            return known
    raise UseError(f"Det finns ingen kontroll med koden {code!r}.")
