"""How a unit's budget differs from the year before, by kind of reason, and what nobody has explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uppsikt.core.economy.budget_tree import by_group
from uppsikt.core.economy.moves import explain, line_of
from uppsikt.core.quantities import Quantity
from uppsikt.web.budget.models import BudgetUnit, BudgetVersion, ChangeReason
from uppsikt.web.budget.selectors.versions import Tree, first_day, given_of, kr, tree_of
from uppsikt.web.cycle.here import Here
from uppsikt.web.organisation.gate import Act, may, reach
from uppsikt.web.organisation.models import Unit

Kind = ChangeReason.Kind


@dataclass(frozen=True)
class Explanation:
    """A unit's way from last year's budget to this year's: amounts by kind in the kinds' order, the rest last."""

    unit: Unit
    before: Quantity | None
    after: Quantity | None
    change: Quantity | None
    by_kind: tuple[Quantity | None, ...]
    rest: Quantity | None
    reasons: tuple[tuple[ChangeReason, Quantity | None], ...]
    may_change: bool
    raw_before: int | None = None

    @property
    def is_explained(self) -> bool:
        """Whether the reasons make the change."""
        return self.rest is not None and not self.rest.number


@dataclass(frozen=True)
class Whole:
    """What the uppermost units come to together; a column in which one of them is not told has no sum."""

    before: Quantity | None
    by_kind: tuple[Quantity | None, ...]
    rest: Quantity | None
    change: Quantity | None
    after: Quantity | None


@dataclass(frozen=True)
class ChangePage:
    """Every unit with an amount in either year, and what they come to; None where no unit has one."""

    version: BudgetVersion
    kinds: tuple[str, ...]
    units: tuple[Explanation, ...]
    whole: Whole | None


def change_page(here: Here, version: BudgetVersion) -> ChangePage:
    """Gather the explanations of the budget year."""
    stored = given_of(here.actor, version)
    tree = tree_of(here.actor, version.unit, first_day(version))
    reasons: dict[int, list[ChangeReason]] = {}
    for one in reach(here.actor, ChangeReason).filter(budget_unit__version=version, budget_unit__year=version.year):
        reasons.setdefault(one.budget_unit_id, []).append(one)
    found = [stored[unit.pk, version.year] for unit in tree.units if (unit.pk, version.year) in stored]
    told = [one for one in found if one.given is not None or one.before is not None]
    units = tuple(_explained(here, version, one, reasons.get(one.pk, [])) for one in told)
    return ChangePage(version, tuple(str(label) for label in Kind.labels), units, _whole(tree, units))


def _whole(tree: Tree, units: Sequence[Explanation]) -> Whole | None:
    """Add the units that none of the others lies over: what a unit gives on is not added again."""
    there = {one.unit.pk for one in units}
    top = [one for one in units if not there.intersection(line_of(tree.parents, one.unit.pk)[1:])]
    if not top:
        return None
    kinds = zip(*(one.by_kind for one in top), strict=True)
    return Whole(
        _sum(one.before for one in top),
        tuple(_sum(amount for amount in column if amount is not None) for column in kinds),
        _sum(one.rest for one in top),
        _sum(one.change for one in top),
        _sum(one.after for one in top),
    )


def _sum(amounts: Iterable[Quantity | None]) -> Quantity | None:
    """Add amounts; None where one is not told, or where there are none."""
    told = list(amounts)
    known = [one for one in told if one is not None]
    return sum(known[1:], start=known[0]) if known and len(known) == len(told) else None


def explanation_of(here: Here, version: BudgetVersion, unit: Unit) -> tuple[BudgetUnit, Explanation] | None:
    """Give one unit's explanation, with what is stored about the unit; None where it takes no part."""
    own = given_of(here.actor, version).get((unit.pk, version.year))
    if own is None:
        return None
    reasons = reach(here.actor, ChangeReason).filter(budget_unit=own)
    return own, _explained(here, version, own, list(reasons))


def reason_of(here: Here, own: BudgetUnit, pk: int) -> ChangeReason | None:
    """Give a reason of a unit."""
    return reach(here.actor, ChangeReason).filter(budget_unit=own, pk=pk).first()


def _explained(here: Here, version: BudgetVersion, own: BudgetUnit, reasons: Sequence[ChangeReason]) -> Explanation:
    told = explain(own.before, own.given, [one.amount for one in reasons])
    sums = by_group((one.kind, one.amount) for one in reasons)
    return Explanation(
        unit=own.unit,
        before=kr(own.before),
        after=kr(own.given),
        change=kr(told.change if told else None),
        by_kind=tuple(kr(sums.get(kind.value)) for kind in Kind),
        rest=kr(told.rest if told else None),
        reasons=tuple((one, kr(one.amount)) for one in reasons),
        may_change=version.is_draft and may(here.actor, Act.BUDGET, own.unit),
        raw_before=own.before,
    )
