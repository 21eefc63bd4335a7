"""Staff figures of a unit through the years. Groups that are too small are hidden here, before anything is made.

The pattern of what is hidden is made once for the whole municipality and a period, and is the same for everybody who
reads, on every page and in every export.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from uppsikt.core.economy.staffing import Group, Headcount, Sex, headcounts, suppressed
from uppsikt.core.periods import Period
from uppsikt.core.quantities import COUNT, PERCENT, Missing, MissingReason, Quantity, Unit, Value, round_to
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Table
from uppsikt.reporting.build import drawing
from uppsikt.reporting.build.drawing import Drawing
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.history.selectors import revision_of
from uppsikt.web.ledger.selectors import last_day
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit as OrganisationUnit
from uppsikt.web.organisation.selectors import parents_on
from uppsikt.web.staff.models import AGES, PayrollLoad
from uppsikt.web.staff.selectors.loads import limit_of, rows_between

YEARS = 5
HIDDEN = Missing(MissingReason.SUPPRESSED)
_SEXES = ((Sex.WOMEN, "kvinnor", "Kvinnor"), (Sex.MEN, "man", "Män"))
_AGES = tuple((age, f"alder-{at}", name) for at, (age, name) in enumerate(AGES.items()))
Told = Callable[[Headcount], Value]


@dataclass(frozen=True)
class Counted:
    """What every group of the municipality comes to in a period, and which of them are hidden."""

    groups: dict[Group, Headcount]
    hidden: frozenset[Group]

    def value(self, group: Group, told: Told) -> Value:
        """Give a group's figure: hidden, not known, or what ``told`` takes from it. The only door to the figures."""
        if group in self.hidden:
            return HIDDEN
        found = self.groups.get(group)
        if found is not None:
            return told(found)
        return Missing(MissingReason.NO_DATA) if Group(group.unit) not in self.groups or group.age_group else NOBODY


NOBODY = Missing(MissingReason.NOT_APPLICABLE)


@dataclass(frozen=True)
class PeoplePage:
    """Staff of a unit: tables through five years, the units under it this year, and charts."""

    tables: tuple[Table, ...]
    units: Table | None
    drawings: tuple[Drawing, ...]
    limit: int
    through: str
    is_hiding: bool
    is_synthetic: bool
    may_load: bool

    @property
    def all_tables(self) -> tuple[Table, ...]:
        """Every table of the page, in its order."""
        return (*self.tables, self.units) if self.units else self.tables


def people_page(here: Here) -> PeoplePage:
    """Gather the staff figures of a unit: January to the reporting date's month, the same months of five years."""
    at, limit = here.reporting_date, limit_of(here.actor)
    years = {year: counted_in(here.actor, *_span(at, year), limit) for year in range(at.year - YEARS + 1, at.year + 1)}
    known = {year: of for year, of in years.items() if Group(here.unit.slug) in of.groups}
    tables = tuple(_tables(here, known)) if known else ()
    units = _units_table(here, years[at.year]) if at.year in known else None
    every = (*tables, units) if units else tables
    return PeoplePage(
        tables=tables,
        units=units,
        drawings=tuple(one for table in tables if len(table.columns) >= 3 for one in drawing.series(table)),
        limit=limit,
        through=_through(at),
        is_hiding=any(cell.value == HIDDEN for table in every for cell in table.cells.values()),
        is_synthetic=bool(known) and reach(here.actor, PayrollLoad).filter(is_synthetic=True).exists(),
        may_load=may(here.actor, Act.LEDGER, here.unit),
    )


def _span(at: ReportingDate, year: int) -> tuple[int, int]:
    month = 12 if at.on.year > at.year else at.on.month if at.on.year == at.year else 0
    return year * 100 + 1, year * 100 + (month or 12)


def _through(at: ReportingDate) -> str:
    _first, last = _span(at, at.year)
    return (
        _("hela året")
        if last % 100 == 12
        else _("januari till och med {month}").format(month=Period.month(at.year, last % 100).label.split()[0])
    )


def counted_in(actor: Actor, first: int, last: int, limit: int) -> Counted:
    """Count every group of the municipality in a period, and say which must be hidden.

    The organisation is that of the period's last day. Kept until anything is written: asking again costs one query.
    """
    return _counted(Actor(actor.municipality_id), revision_of(actor), first, last, limit)


@lru_cache(64)
def _counted(reader: Actor, _revision: str, first: int, last: int, limit: int) -> Counted:
    rows = rows_between(reader, first, last)
    above = _tree(reader, last_day(last), {row.unit for row in rows})
    return Counted(headcounts(rows, above), suppressed(rows, above, limit))


def _tree(reader: Actor, on: date, wanted: Iterable[str]) -> dict[str, str | None]:
    """Give the unit above each unit on a day, by slug; a unit that is placed nowhere that day stands for itself."""
    slugs = dict(reach(reader, OrganisationUnit).values_list("pk", "slug"))
    placed = {slugs[unit]: slugs[parent] for unit, parent in parents_on(reader, on).items()}
    tree: dict[str, str | None] = {slug: placed.get(slug) for slug in wanted}
    for slug in [*tree.values(), *placed.values()]:
        if slug is not None:
            tree.setdefault(slug, placed.get(slug))
    return tree


def _rounded(number: Decimal | int | None, unit: Unit, decimals: int) -> Value:
    return Missing(MissingReason.NO_DATA) if number is None else round_to(Quantity(Decimal(number), unit), decimals)


def _per_cent(value: Value) -> Value:
    """Tell a rate as staff figures are printed: with one decimal."""
    return round_to(value, 1) if isinstance(value, Quantity) else value


def _employees(of: Headcount) -> Value:
    return _rounded(of.employees, COUNT, 0)


def _fte(of: Headcount) -> Value:
    return _rounded(of.full_time_equivalents, COUNT, 1)


def _sick(of: Headcount) -> Value:
    return _per_cent(of.sick_leave)


def _long(of: Headcount) -> Value:
    return _per_cent(of.long_sick_leave)


def _turnover(of: Headcount) -> Value:
    return _per_cent(of.turnover)


@dataclass(frozen=True)
class _Figure:
    """A figure of a table: its row, what it takes from a group, and whether it is told by age too (R15)."""

    slug: str
    label: str
    told: Told
    by_age: bool = False


def _tables(here: Here, years: dict[int, Counted]) -> Iterator[Table]:
    parts = (
        ("anstallda", _("Anställda"), COUNT, [_Figure("anstallda", _("Anställda"), _employees)]),
        ("arsarbetare", _("Årsarbetare"), COUNT, [_Figure("arsarbetare", _("Årsarbetare"), _fte)]),
        ("sjukfranvaro", _("Sjukfrånvaro"), PERCENT, [
            _Figure("sjukfranvaro", _("Total sjukfrånvaro"), _sick, by_age=True),
            _Figure("langtid", _("Del av sjukfrånvaron som är 60 dagar eller mer"), _long),
        ]),
        ("rorlighet", _("Personalrörlighet"), PERCENT, [_Figure("rorlighet", _("Slutade hos kommunen"), _turnover)]),
    )  # fmt: skip
    columns = tuple(
        Column(f"outcome-{year}", str(year), ColumnRole.OUTCOME, Period.year(year)) for year in sorted(years)
    )
    for key, title, unit, figures in parts:
        lines = [(row, group, one.told) for one in figures for row, group in _parts(here.unit.slug, one)]
        cells = {
            (row.key, column.key): Cell(years[year].value(group, told))
            for row, group, told in lines
            for year, column in zip(sorted(years), columns, strict=True)
        }
        rows = tuple(row for row, _group, _told in lines)
        yield Table(f"personal-{key}", title, columns, rows, cells, unit, link=here.url("staff_people"))


def _parts(unit: str, figure: _Figure) -> Iterator[tuple[Row, Group]]:
    slug = figure.slug
    yield Row(slug, figure.label), Group(unit)
    for sex, key, name in _SEXES:
        yield Row(f"{slug}-{key}", _(name), RowRole.BREAKDOWN, slug), Group(unit, sex=sex)
    for age, key, name in _AGES if figure.by_age else ():
        yield Row(f"{slug}-{key}", name, RowRole.BREAKDOWN, slug), Group(unit, age_group=age)


def _units_table(here: Here, counted: Counted) -> Table | None:
    """Make the table of the units directly under this one; None when there is none with figures."""
    parents = parents_on(here.actor, here.reporting_date.on)
    under = [one for one in here.units if parents.get(one.pk) == here.unit.pk and Group(one.slug) in counted.groups]
    if not under:
        return None
    columns = (
        Column("employees", _("Anställda"), ColumnRole.COUNT, unit=COUNT),
        Column("fte", _("Årsarbetare"), ColumnRole.COUNT, unit=COUNT),
        Column("sick", _("Sjukfrånvaro"), ColumnRole.OUTCOME, unit=PERCENT),
        Column("sick-women", _("Sjukfrånvaro, kvinnor"), ColumnRole.OUTCOME, unit=PERCENT),
        Column("sick-men", _("Sjukfrånvaro, män"), ColumnRole.OUTCOME, unit=PERCENT),
        Column("turnover", _("Slutade"), ColumnRole.OUTCOME, unit=PERCENT),
    )
    tellers: tuple[tuple[Told, Sex | None], ...] = (
        (_employees, None), (_fte, None), (_sick, None), (_sick, Sex.WOMEN), (_sick, Sex.MEN), (_turnover, None),
    )  # fmt: skip
    cells = {
        (one.slug, column.key): Cell(counted.value(Group(one.slug, sex=sex), told))
        for one in under
        for column, (told, sex) in zip(columns, tellers, strict=True)
    }
    rows = tuple(Row(one.slug, one.name, subject=f"unit:{one.slug}", link=_at(here, one)) for one in under)
    title = _("Enheterna {year}").format(year=here.reporting_date.year)
    return Table("personal-enheter", title, columns, rows, cells, link=here.url("staff_people"))


def _at(here: Here, unit: OrganisationUnit) -> str:
    return Here(here.actor, unit, here.reporting_date, here.units, here.reporting_dates).url("staff_people")
