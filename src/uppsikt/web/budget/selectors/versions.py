"""Finding versions, the units that take part in one, and the frame that it spreads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.http import Http404

from uppsikt.core.economy.moves import line_of
from uppsikt.core.quantities import KR, Quantity, Value
from uppsikt.web.budget.models import BudgetLine, BudgetUnit, BudgetVersion
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.selectors import FrameAsOf
from uppsikt.web.economy.selectors.frame_state import standing, state_of
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit, UnitKind
from uppsikt.web.organisation.selectors import parents_on, units_under


def kr(amount: int | None) -> Quantity | None:
    """Give an amount for showing."""
    return None if amount is None else Quantity(Decimal(amount), KR)


def first_day(version: BudgetVersion) -> date:
    """Give the day whose organisation a budget follows: the first of its year."""
    return date(version.year, 1, 1)


@dataclass(frozen=True)
class Tree:
    """The units of a committee on a day, the committee first, each followed by those under it; ``depth`` by key."""

    units: tuple[Unit, ...]
    parents: Mapping[int, int]
    depth: Mapping[int, int]

    def under(self, unit: Unit) -> tuple[Unit, ...]:
        """Give a unit and what lies under it, in order."""
        kept = {unit.pk}
        for one in self.units:
            if self.parents.get(one.pk) in kept:
                kept.add(one.pk)
        return tuple(one for one in self.units if one.pk in kept)


def tree_of(actor: Actor, committee: Unit, on: date) -> Tree:
    """Give the committee's units on a day; three queries."""
    keys = units_under(actor, committee, on)
    parents = parents_on(actor, on)
    children: dict[int, list[Unit]] = {}
    for one in reach(actor, Unit).filter(pk__in=keys - {committee.pk}).order_by("order", "name"):
        children.setdefault(parents[one.pk], []).append(one)
    ordered: list[Unit] = []
    depth = {committee.pk: 0}
    waiting = [committee]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        for child in reversed(children.get(unit.pk, [])):
            depth[child.pk] = depth[unit.pk] + 1
            waiting.append(child)
    return Tree(tuple(ordered), {key: above for key, above in parents.items() if key in keys}, depth)


def committee_of(here: Here) -> Unit:
    """Give the committee that the reader's unit lies under; the unit itself where it has none over it. Two queries."""
    return committee_above(here.actor, here.unit, here.reporting_date.on)


def committee_above(actor: Actor, unit: Unit, on: date) -> Unit:
    """Give the committee that a unit lies under on a day; what stands highest where there is none. Two queries."""
    by_key = {one.pk: one for one in reach(actor, Unit)}
    line = [by_key[key] for key in line_of(parents_on(actor, on), unit.pk)]
    return next((one for one in line if one.kind == UnitKind.COMMITTEE), line[-1])


def version_of(actor: Actor, pk: int) -> BudgetVersion:
    """Give a version that the actor may see, or a Swedish 404."""
    related = ("unit", "based_on", "frame_decision", "decision")
    found = reach(actor, BudgetVersion).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404(
            "Budgeten finns inte, eller så är den ett utkast som den egna nämnden läser när den har loggat in."
        )
    return found


def lines_of(actor: Actor, version: BudgetVersion, year: int | None = None) -> QuerySet[BudgetLine]:
    """Give the lines of a version with their units, of one year or of all."""
    found = reach(actor, BudgetLine).filter(version=version).select_related("unit")
    return found if year is None else found.filter(year=year)


def given_of(actor: Actor, version: BudgetVersion) -> Mapping[tuple[int, int], BudgetUnit]:
    """Give what the units are given, by unit and year; one query."""
    found = reach(actor, BudgetUnit).filter(version=version).select_related("unit")
    return {(one.unit_id, one.year): one for one in found}


@dataclass(frozen=True)
class Frame:
    """A committee's frame in each year, as the page of frames tells it."""

    states: Mapping[int, FrameAsOf]

    @property
    def now(self) -> FrameAsOf:
        """The budget year's frame, which says as of which decision it is."""
        return self.states[min(self.states)]

    def amount(self, year: int) -> Value:
        """Give the frame of a year in kr; Missing while no budget is decided, or while only changes of it are known."""
        amount = self.states[year].amount
        return amount.to(KR) if isinstance(amount, Quantity) else amount

    def kronor(self, year: int) -> int | None:
        """Give the frame in whole kronor; None where it is missing."""
        frame = self.amount(year)
        return int(frame.number) if isinstance(frame, Quantity) else None


def frame_of(actor: Actor, version: BudgetVersion) -> Frame:
    """Give the frame that a version spreads, as of the decision that it was begun with; one query.

    What is withdrawn counts nowhere, and a year's own budget stands in the place of the plan (see economy).
    """
    own = list(standing(actor).filter(unit=version.unit, year__in=version.years))
    return Frame({year: state_of(version.unit, year, own, version.frame_decision) for year in version.years})


@dataclass(frozen=True)
class Listed:
    """A version in the list."""

    version: BudgetVersion
    may_change: bool


def versions_of(actor: Actor, committee: Unit) -> tuple[Listed, ...]:
    """Give the committee's versions that the actor may see, the newest year first; one query."""
    found = reach(actor, BudgetVersion).filter(unit=committee).select_related("unit", "based_on", "decision")
    return tuple(Listed(one, may(actor, Act.BUDGET, committee)) for one in found.order_by("-year", "kind", "pk"))


def holders(actor: Actor, units: Iterable[Unit]) -> frozenset[int]:
    """Give the units whose budget the actor may change; asks no database."""
    return frozenset(unit.pk for unit in units if may(actor, Act.BUDGET, unit))
