"""Reading the organisation as it stood on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Q

from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Placement, Unit
from uppsikt.web.organisation.once import once


@once
def parents_on(actor: Actor, on: date) -> dict[int, int]:
    """Give the unit that each unit was placed under on a day, by key; one query."""
    living = reach(actor, Placement).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    return dict(living.values_list("unit_id", "parent_id"))


def units_under(actor: Actor, unit: Unit, on: date) -> frozenset[int]:
    """Give the keys of a unit and of everything that was placed under it on a day; one query."""
    below: dict[int, list[int]] = defaultdict(list)
    for child, parent in parents_on(actor, on).items():
        below[parent].append(child)
    found, waiting = {unit.pk}, [unit.pk]
    while waiting:
        fresh = set(below[waiting.pop()]) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)


def units_above(actor: Actor, unit: Unit, on: date) -> tuple[int, ...]:
    """Give the keys of the units above a unit on a day, the nearest first; one query."""
    parents = parents_on(actor, on)
    above: list[int] = []
    at = parents.get(unit.pk)
    while at is not None and at not in above:
        above.append(at)
        at = parents.get(at)
    return tuple(above)
