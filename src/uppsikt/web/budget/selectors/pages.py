"""One version's page: how the frame is given to the units, what they have spread, and what is left."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.economy.budget_tree import Standing, given_below, rest, standings
from uppsikt.core.quantities import Quantity, Value
from uppsikt.web.budget.models import BudgetVersion
from uppsikt.web.budget.selectors.moved import move_sides
from uppsikt.web.budget.selectors.versions import Frame, first_day, frame_of, given_of, holders, kr, lines_of, tree_of
from uppsikt.web.cycle.here import Here
from uppsikt.web.organisation.gate import Act, may
from uppsikt.web.organisation.models import Unit


@dataclass(frozen=True)
class UnitLine:
    """A unit's row: what it was given, what moves have brought, what lies on lines of it and under it, what is left."""

    unit: Unit
    depth: int
    given: Quantity | None
    moved: Quantity | None
    spread: Quantity | None
    left: Quantity | None
    before: Quantity | None
    may_change: bool
    has_lines: bool

    @property
    def has_budget(self) -> bool:
        """Whether anything is known of its budget, this year or the last."""
        return self.has_lines or self.given is not None or self.before is not None

    @property
    def is_over(self) -> bool:
        """Whether more is spread than was given."""
        return self.left is not None and self.left.number < 0


@dataclass(frozen=True)
class YearLine:
    """A year: the frame, how much of it is given to units, how much lies on lines, and what is left of both."""

    year: int
    frame: Value
    given: Quantity | None
    spread: Quantity | None
    left_to_give: Quantity | None
    left: Quantity | None

    @property
    def is_over(self) -> bool:
        """Whether more is spread than the frame holds."""
        return self.left is not None and self.left.number < 0


@dataclass(frozen=True)
class VersionPage:
    """What the page of a version shows."""

    version: BudgetVersion
    frame: Frame
    units: tuple[UnitLine, ...]
    years: tuple[YearLine, ...]
    copies: tuple[BudgetVersion, ...]
    may_change: bool
    may_adopt: bool

    @property
    def with_budget(self) -> tuple[UnitLine, ...]:
        """The units that have something."""
        return tuple(one for one in self.units if one.has_budget)

    @property
    def without_budget(self) -> tuple[UnitLine, ...]:
        """The units that have nothing yet."""
        return tuple(one for one in self.units if not one.has_budget)

    @property
    def now(self) -> YearLine:
        """The budget year."""
        return self.years[0]

    @property
    def has_moves(self) -> bool:
        """Whether money has been moved between units."""
        return any(one.moved is not None and one.moved.number for one in self.units)


def version_page(here: Here, version: BudgetVersion) -> VersionPage:
    """Gather the page of a version; the number of queries does not grow with its lines."""
    told = _Told(here, version)
    return VersionPage(
        version=version,
        frame=told.frame,
        units=tuple(told.unit_line(unit) for unit in told.tree.units if unit != version.unit),
        years=tuple(told.year_line(year) for year in version.years),
        copies=tuple(version.copies.filter(is_discarded=False).select_related("unit")),
        may_change=version.unit_id in told.may_hold,
        may_adopt=may(here.actor, Act.FRAME, version.unit),
    )


class _Told:
    """What a version tells about every unit and year, asked for once."""

    def __init__(self, here: Here, version: BudgetVersion) -> None:
        self.version = version
        self.tree = tree_of(here.actor, version.unit, first_day(version))
        self.frame = frame_of(here.actor, version)
        self.given = given_of(here.actor, version)
        self.may_hold = holders(here.actor, self.tree.units)
        self._moved = move_sides(here.actor, version)
        lines = lines_of(here.actor, version).order_by().values_list("year", "unit_id", "amount")
        self._lines: dict[int, list[tuple[int, int]]] = {year: [] for year in version.years}
        for year, unit, amount in lines:
            self._lines.setdefault(year, []).append((unit, amount))
        self._standings = {year: self._standing(year) for year in version.years}

    def _standing(self, year: int) -> dict[int, Standing]:
        keys = [unit.pk for unit in self.tree.units]
        told = self.given_in(year) | {self.version.unit_id: self.frame.kronor(year)}
        moved = [(unit, amount) for unit, at, amount in self._moved if at == year]
        return standings(self.tree.parents, keys, told, self._lines[year], moved)

    def given_in(self, year: int) -> dict[int, int | None]:
        """Give what each unit is given in a year."""
        return {unit: one.given for (unit, at), one in self.given.items() if at == year}

    def unit_line(self, unit: Unit) -> UnitLine:
        """Give a unit's row in the budget year."""
        standing = self._standings[self.version.year][unit.pk]
        own = self.given.get((unit.pk, self.version.year))
        return UnitLine(
            unit=unit,
            depth=self.tree.depth[unit.pk],
            given=kr(standing.given),
            moved=kr(standing.moved or None),
            spread=kr(standing.spread),
            left=kr(standing.left),
            before=kr(own.before if own else None),
            may_change=unit.pk in self.may_hold,
            has_lines=standing.has_lines,
        )

    def year_line(self, year: int) -> YearLine:
        """Give a year's row."""
        given, whole = self.given_in(year), self.frame.kronor(year)
        is_given = any(amount is not None for amount in given.values())
        passed_on = given_below(self.tree.parents, self.version.unit_id, given) if is_given else None
        top = self._standings[year][self.version.unit_id]
        return YearLine(
            year, self.frame.amount(year), kr(passed_on), kr(top.spread), kr(rest(whole, passed_on)), kr(top.left)
        )
