"""The grids that a budget is edited in: months of lines, years of lines, and what units are given.

    months   rows: a unit's lines and those under it; columns: January to December
    years    the same lines; columns: the budget year and the plan years
    given    rows: the committee's units; columns: the years

A row carries what it held when it was shown (``base``), so that two people's edits can be told apart cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from uppsikt.core.economy.budget_tree import given_below, rest, summed, whole_of
from uppsikt.core.quantities import KR, Quantity, format_quantity
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors.moved import available_of
from uppsikt.web.budget.selectors.versions import Tree, first_day, frame_of, given_of, holders, kr, lines_of, tree_of
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.selectors import FrameAsOf
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Unit

Amounts = tuple[int | None, ...]


class Kind(StrEnum):
    """Which grid; the words stand in addresses."""

    MONTHS = "manader"
    YEARS = "ar"
    GIVEN = "tilldelning"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: as short as a heading is, and as it is read aloud."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """An input: its name, what it shows, what it is called, and what is wrong with it or what another wrote."""

    name: str
    text: str
    label: str
    fault: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a grid. ``base`` is what it held when it was shown; ``total`` its sum."""

    key: int
    label: str
    note: str
    base: Amounts
    total: Quantity | None
    cells: tuple[GridCell, ...]
    may_change: bool
    line: BudgetLine | None = None

    @property
    def held(self) -> str:
        """The base as a form carries it."""
        return held(self.base)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together under a unit, with their sums by column."""

    unit: Unit | None
    depth: int
    rows: tuple[Row, ...]
    sums: tuple[Quantity | None, ...]
    total: Quantity | None


@dataclass(frozen=True)
class Grid:
    """A grid with what it is weighed against: what there is to spread and what is left, by column or as a whole.

    ``frame`` tells as of which decision the committee's own limit is; None for a unit under it.
    """

    kind: Kind
    version: BudgetVersion
    unit: Unit
    year: int
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    sums: tuple[Quantity | None, ...]
    total: Quantity | None
    limits: tuple[tuple[Quantity | None, Quantity | None], ...]
    limit: Quantity | None
    left: Quantity | None
    may_change: bool
    frame: FrameAsOf | None

    @property
    def has_row_sums(self) -> bool:
        """Months make a year; years do not make anything."""
        return self.kind is Kind.MONTHS

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.columns) + 1 + self.has_row_sums

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row."""
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class Typed:
    """What a person typed, by the name of the cell, and what is to be told about cells."""

    texts: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)


def grid_of(here: Here, version: BudgetVersion, kind: Kind, unit: Unit, *, typed: Typed | None = None) -> Grid:
    """Gather a grid, with what a person had typed where it was not saved. Six queries."""
    return _Maker(here.actor, version, kind, unit, typed or Typed()).grid(version.year)


def months_of(here: Here, version: BudgetVersion, unit: Unit, year: int, *, typed: Typed | None = None) -> Grid:
    """Gather the grid of months in another year than the budget year."""
    return _Maker(here.actor, version, Kind.MONTHS, unit, typed or Typed()).grid(year)


def held(base: Sequence[int | None]) -> str:
    """Write a row's amounts as a form carries them.

    >>> held((1, None, -3))
    '1;;-3'
    """
    return ";".join("" if one is None else str(one) for one in base)


def shown(amount: int | None) -> str:
    """Write an amount as it stands in a cell; nothing is empty, and so is a zero among months."""
    quantity = kr(amount)
    return "" if quantity is None else format_quantity(quantity, unit=KR)


class _Maker:
    """Makes a grid of what is stored and what was typed."""

    def __init__(self, actor: Actor, version: BudgetVersion, kind: Kind, unit: Unit, typed: Typed) -> None:
        self.actor, self.version, self.kind, self.unit, self.typed = actor, version, kind, unit, typed
        self.tree: Tree = tree_of(actor, version.unit, first_day(version))
        self.may_hold = holders(actor, self.tree.units) if version.is_draft else frozenset()
        self.columns = _columns(kind, version)
        self.frame = frame_of(actor, version) if unit == version.unit else None

    def grid(self, year: int) -> Grid:
        """Make it."""
        groups = tuple(self._given() if self.kind is Kind.GIVEN else self._lines(year))
        sums = self._sums([row for group in groups for row in group.rows])
        limits, limit = self._limits(year)
        return Grid(
            kind=self.kind, version=self.version, unit=self.unit, year=year, columns=self.columns, groups=groups,
            sums=tuple(map(kr, sums)), total=kr(whole_of(sums)),
            limits=tuple((kr(one), kr(left)) for one, left in zip(limits, map(rest, limits, sums), strict=True)),
            limit=kr(limit), left=kr(rest(limit, whole_of(sums))),
            may_change=any(row.may_change for group in groups for row in group.rows),
            frame=self.frame.states[year] if self.frame else None,
        )  # fmt: skip

    def _sums(self, rows: Sequence[Row]) -> tuple[int, ...]:
        """Add the columns; what a unit gives on to those under it counts once."""
        if self.kind is not Kind.GIVEN:
            return summed([row.base for row in rows], len(self.columns))
        return tuple(
            given_below(self.tree.parents, self.version.unit_id, {row.key: row.base[at] for row in rows})
            for at in range(len(self.columns))
        )

    def _lines(self, year: int) -> Iterable[Group]:
        units = self.tree.under(self.unit)
        stored = lines_of(self.actor, self.version, year if self.kind is Kind.MONTHS else None)
        by_unit: dict[int, list[BudgetLine]] = {unit.pk: [] for unit in units}
        for line in stored.filter(unit__in=by_unit):
            by_unit[line.unit_id].append(line)
        for unit in units:
            if by_unit[unit.pk]:
                yield self._group(unit, self._rows(by_unit[unit.pk]))

    def _rows(self, lines: Sequence[BudgetLine]) -> tuple[Row, ...]:
        if self.kind is Kind.MONTHS:
            return tuple(self._row(line, tuple(line.months)) for line in lines)
        years = self.version.years
        same: dict[tuple[str, ...], dict[int, BudgetLine]] = {}
        for line in lines:
            same.setdefault(identity(line), {})[line.year] = line
        return tuple(
            self._row(
                next(by_year[year] for year in sorted(by_year)),
                tuple(by_year[year].amount if year in by_year else None for year in years),
            )
            for by_year in same.values()
        )

    def _row(self, line: BudgetLine, base: Amounts) -> Row:
        note = " · ".join(part for part in (line.account, line.activity, line.project) if part)
        return self._made(line.pk, line.label, note, base, line)

    def _given(self) -> Iterable[Group]:
        stored = given_of(self.actor, self.version)
        for unit in self.tree.units[1:]:
            found = [stored.get((unit.pk, year)) for year in self.version.years]
            base = tuple(one.given if one else None for one in found)
            yield Group(None, self.tree.depth[unit.pk], (self._made(unit.pk, unit.name, "", base),), (), None)

    def _made(self, key: int, label: str, note: str, base: Amounts, line: BudgetLine | None = None) -> Row:
        cells = tuple(self._cell(key, label, at, amount) for at, amount in enumerate(base))
        holder = line.unit_id if line else self.version.unit_id
        total = kr(whole_of(base)) if self.kind is Kind.MONTHS else None
        return Row(key, label, note, base, total, cells, holder in self.may_hold, line)

    def _cell(self, key: int, label: str, at: int, amount: int | None) -> GridCell:
        name = f"r{key}-{at}"
        return GridCell(
            name=name,
            text=self.typed.texts.get(name, shown(amount)),
            label=f"{label}, {self.columns[at].long}",
            fault=self.typed.faults.get(name, ""),
            theirs=self.typed.theirs.get(name, ""),
        )

    def _group(self, unit: Unit, rows: tuple[Row, ...]) -> Group:
        sums = summed([row.base for row in rows], len(self.columns))
        total = kr(whole_of(sums)) if self.kind is Kind.MONTHS else None
        return Group(unit, self.tree.depth[unit.pk], rows, tuple(map(kr, sums)), total)

    def _limits(self, year: int) -> tuple[list[int | None], int | None]:
        """Give what there is to spread in each year, or in the one of the months."""
        by_year = (
            {at: self.frame.kronor(at) for at in self.version.years}
            if self.frame
            else available_of(self.actor, self.version, self.unit, self.tree.parents)
        )
        if self.kind is Kind.MONTHS:
            return [], by_year.get(year)
        return [by_year.get(at) for at in self.version.years], None


def identity(line: BudgetLine) -> tuple[str, ...]:
    """Give what makes two lines of different years the same line."""
    return str(line.unit_id), line.account, line.activity, line.project, line.label


def _columns(kind: Kind, version: BudgetVersion) -> tuple[Column, ...]:
    if kind is Kind.MONTHS:
        return tuple(Column(str(MONTHS_3[month]).capitalize(), str(MONTHS[month])) for month in range(1, 13))
    years = version.years
    return (
        Column(str(years[0]), _("budget %(year)s") % {"year": years[0]}),
        *(Column(str(year), _("plan %(year)s") % {"year": year}) for year in years[1:]),
    )
