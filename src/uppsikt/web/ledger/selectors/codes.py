"""Codes: which responsibility codes a unit has on a day, what codes are called, which are the municipality's own.

A responsibility code belongs to the unit that it was given to. When that unit is no more, it belongs to the
units that took over: to a statement of one of them when it alone did, and otherwise to the nearest unit that
has all of them under it. So a comparison with last year is told by the organisation of the statement's day,
and no entry is lost on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F

from uppsikt.core.economy import CODE_PARTS
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Financing, Placement, Succession, Unit
from uppsikt.web.organisation.once import once

# By code, and of each first what holds from the beginning, which has no date: databases differ in where they put it.
IN_TIME = ("code", F("valid_from").asc(nulls_first=True))


@dataclass(frozen=True)
class CodeTree:
    """The responsibility codes along the organisation of a day.

    ``holders`` tells, for each code, the living units that hold it (more than one where a closed unit was
    split); ``below`` the units directly under each; ``revenue`` the units that live on their own income, with
    everything under them: it pays for that too.
    """

    holders: Mapping[str, frozenset[int]]
    below: Mapping[int, tuple[int, ...]]
    revenue: frozenset[int] = frozenset()
    _found: dict[int, frozenset[str]] = field(default_factory=dict)

    def under(self, unit: int) -> frozenset[str]:
        """Give the codes of a unit and of everything under it."""
        if unit not in self._found:
            units = self.branch(unit)
            alone = (self._alone.get(one, ()) for one in units)
            shared = (code for code, held in self._shared if held <= units)
            self._found[unit] = frozenset(shared).union(*alone)
        return self._found[unit]

    def branch(self, unit: int) -> frozenset[int]:
        """Give a unit and everything under it."""
        return _branches((unit,), self.below)

    def beside(self, unit: int) -> tuple[int, ...]:
        """Give the revenue-financed units that are told beside a frame-financed unit, not in its sum.

        They are the topmost ones under it that hold a code, in the order of the tree (domain: Money, Operating
        statement: the total of what the frame pays, then VSS and Leanlink). Under a revenue-financed unit there are
        none: its income pays for everything under it.
        """
        if unit in self.revenue:
            return ()
        told = (((child,) if child in self.revenue else self.beside(child)) for child in self.below.get(unit, ()))
        return tuple(one for found in told for one in found if self.under(one))

    def counted(self, unit: int) -> frozenset[str]:
        """Give the codes that a unit's sum is made of: those under it, without what is told beside it."""
        return self.under(unit).difference(*(self.under(one) for one in self.beside(unit)))

    def own(self, unit: int) -> frozenset[str]:
        """Give the codes that are in a unit but in none of those under it."""
        return self.under(unit).difference(*(self.under(child) for child in self.below.get(unit, ())))

    @cached_property
    def homeless(self) -> frozenset[str]:
        """The codes that no unit holds: their entries are in no unit's statement."""
        return frozenset(code for code, held in self.holders.items() if not held)

    @cached_property
    def _alone(self) -> Mapping[int, tuple[str, ...]]:
        """The codes that a unit holds alone, by unit."""
        found: dict[int, list[str]] = defaultdict(list)
        for code, held in self.holders.items():
            if len(held) == 1:
                found[next(iter(held))].append(code)
        return {unit: tuple(codes) for unit, codes in found.items()}

    @cached_property
    def _shared(self) -> tuple[tuple[str, frozenset[int]], ...]:
        """The codes that several units hold."""
        return tuple((code, held) for code, held in self.holders.items() if len(held) > 1)


def _branches(tops: Iterable[int], below: Mapping[int, tuple[int, ...]]) -> frozenset[int]:
    """Give some units and everything under them."""
    found, waiting = set(tops), list(tops)
    while waiting:
        fresh = set(below.get(waiting.pop(), ())) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)


def unit_codes(actor: Actor, unit: Unit, on: date) -> frozenset[str]:
    """Give the responsibility codes that a unit's sum is made of on a day, see CodeTree.counted; four queries."""
    return code_tree(actor, on).counted(unit.pk)


@once
def code_tree(actor: Actor, on: date) -> CodeTree:
    """Give the codes along the organisation of a day; four queries, whatever the number of units."""
    living = _Living(actor, on)
    given: dict[str, int | None] = {}
    rows = reach(actor, LedgerCode).filter(part="unit")
    for code, unit, since in rows.order_by(*IN_TIME).values_list("code", "unit_id", "valid_from"):
        if since is None or since <= on:
            given[code] = unit  # the last one wins, also when it has ended: then its unit tells who took over
        else:
            given.setdefault(code, None)
    holders = {code: living.heirs(unit) if unit else frozenset() for code, unit in given.items()}
    return CodeTree(holders, living.below, living.revenue)


def tree_if(actor: Actor, on: date, code: str, unit: int) -> CodeTree:
    """Give the codes along the organisation of a day as they would be if a code belonged to a unit that day."""
    tree = code_tree(actor, on)
    holders = {**tree.holders, code: _Living(actor, on).heirs(unit)}
    return CodeTree(holders, tree.below, tree.revenue)


class _Living:
    """The organisation of a day, and who took over after the units that were no more."""

    def __init__(self, actor: Actor, on: date) -> None:
        units = tuple(reach(actor, Unit).values_list("pk", "valid_to", "financing"))
        self._closed = {unit for unit, end, _ in units if end is not None and end <= on}
        self._successors: dict[int, set[int]] = defaultdict(set)
        taken_over = reach(actor, Succession).filter(on__lte=on).values_list("predecessor_id", "successor_id")
        for predecessor, successor in taken_over:
            self._successors[predecessor].add(successor)
        self._last_parent: dict[int, int] = {}
        below: dict[int, list[int]] = defaultdict(list)
        placed = reach(actor, Placement).filter(valid_from__lte=on).order_by("valid_from", "unit__order", "unit_id")
        for unit, parent, end in placed.values_list("unit_id", "parent_id", "valid_to"):
            self._last_parent[unit] = parent
            if end is None or end > on:
                below[parent].append(unit)
        self.below = {parent: tuple(children) for parent, children in below.items()}
        own = [unit for unit, _, financing in units if financing == Financing.REVENUE]
        self.revenue = _branches(own, self.below)

    def heirs(self, unit: int) -> frozenset[int]:
        """Give the living units that hold what a unit held; a closed one without successor leaves it to its parent."""
        found: set[int] = set()
        waiting, seen = [unit], {unit}
        while waiting:
            at = waiting.pop()
            if at not in self._closed:
                found.add(at)
                continue
            parent = self._last_parent.get(at)
            onwards = self._successors.get(at) or ({parent} if parent else set())
            waiting.extend(onwards - seen)
            seen |= onwards
        return frozenset(found)


def names_of(actor: Actor, part: str, codes: Iterable[str] | None = None) -> dict[str, str]:
    """Give what codes of a part are called (all of them when none are named); one query."""
    found = reach(actor, LedgerCode).filter(part=part).order_by(*IN_TIME)
    if codes is not None:
        wanted = set(codes)
        found = found.filter(code__in=wanted) if len(wanted) < 500 else found  # a statement holds few parameters
    return dict(found.values_list("code", "name"))


def closed_codes(actor: Actor) -> dict[str, date]:
    """Give the responsibility codes that are closed, each with the day from which it is; one query."""
    rows = reach(actor, LedgerCode).filter(part="unit").order_by(*IN_TIME).values_list("code", "valid_to")
    last = dict(rows)  # the last row of each code tells
    return {code: end for code, end in last.items() if end is not None}


@once
def internal_counterparts(actor: Actor) -> frozenset[str]:
    """Give the counterparts that are the municipality itself; one query."""
    own = reach(actor, LedgerCode).filter(part="counterpart", is_internal=True)
    return frozenset(own.values_list("code", flat=True))


def registered_codes(actor: Actor) -> dict[str, frozenset[str]]:
    """Give the codes that exist, by part; one query."""
    found: dict[str, set[str]] = {part: set() for part in CODE_PARTS}
    for part, code in reach(actor, LedgerCode).values_list("part", "code"):
        found[part].add(code)
    return {part: frozenset(codes) for part, codes in found.items()}
