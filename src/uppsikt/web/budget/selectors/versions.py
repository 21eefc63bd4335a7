"""Finding versions, the units that take part in one, and the frame that it spreads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.http import Http404

from uppsikt.core import economy
from uppsikt.core.economy.moves import line_of
from uppsikt.core.quantities import KR, TKR, Quantity, Value
from uppsikt.web.budget.models import BudgetLine, BudgetUnit, BudgetVersion
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.models import FrameEntry
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
    """A committee's frame in each year, in kr, and the newest decision in it."""

    by_year: Mapping[int, Value]
    as_of: Decision | None

    def kronor(self, year: int) -> int | None:
        """Give the frame in whole kronor; None where no frame is decided."""
        frame = self.by_year[year]
        return int(frame.number) if isinstance(frame, Quantity) else None


def frame_of(actor: Actor, committee: Unit, years: Sequence[int], as_of: Decision | None = None) -> Frame:
    """Add the frame entries of a committee, with ``as_of`` those that had been decided then; one query.

    What the council decided first is told by its day in the document and may lack a registered decision: it is
    the frame that every later decision changes, and always counts.
    """
    stored = list(
        reach(actor, FrameEntry)
        .filter(unit=committee, year__in=years)
        .select_related("decision_point__decision")
        .order_by("pk")
    )
    counted = [one for one in stored if as_of is None or _decided(one, as_of)]
    entries = [_entry(one) for one in counted]
    decisions = [one.decision_point.decision for one in counted if one.decision_point]
    return Frame(
        {year: _in_kr(economy.frame_of(entries, year)) for year in years},
        max(decisions, key=lambda one: (one.on, one.paragraph), default=None),
    )


def _decided(entry: FrameEntry, as_of: Decision) -> bool:
    if entry.decision_point is None:
        return entry.kind == FrameEntry.Kind.DECIDED
    decision = entry.decision_point.decision
    return (decision.on, decision.paragraph) <= (as_of.on, as_of.paragraph) or decision == as_of


def _entry(stored: FrameEntry) -> economy.FrameEntry:
    counterpart = str(stored.counterpart_id) if stored.counterpart_id else ""
    amount = Quantity(stored.amount, TKR)
    return economy.FrameEntry(str(stored.unit_id), stored.year, amount, economy.FrameKind(stored.kind), counterpart)


def _in_kr(frame: Value) -> Value:
    return frame.to(KR) if isinstance(frame, Quantity) else frame


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
