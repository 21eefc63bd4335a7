"""What the pages of the economy show, gathered in a bounded number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Column, RowRole, Table
from uppsikt.reporting.build import drawing
from uppsikt.reporting.build.drawing import Drawing
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import Statement
from uppsikt.web.economy.selectors.comments import Said, said_by
from uppsikt.web.economy.selectors.figures import BY_UNIT_KINDS, Agreement, agreements, own_row, total_row
from uppsikt.web.economy.selectors.organisation import successions_between, told_in_words
from uppsikt.web.economy.selectors.series import unit_over_time
from uppsikt.web.economy.selectors.sheets import Sheet, sheet_of
from uppsikt.web.economy.selectors.statements import Told, told_at
from uppsikt.web.economy.selectors.unfolding import Unfolding, unfolding_of
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Unit, UnitKind
from uppsikt.web.organisation.selectors import parents_on

Kind = Statement.Kind
BY_ACTIVITY = "verksamhet"
_ECONOMY_KINDS = (*BY_UNIT_KINDS, Kind.BY_ACTIVITY, Kind.OVERVIEW, Kind.DIVISION, Kind.MEASURES)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where there are statements when there are none here: other dates of the unit, other units at the date."""

    dates: tuple[ReportingDate, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class EconomyPage:
    """The operating statement of a unit at a date, in one of its two cuts."""

    cut: str
    has_activities: bool
    sheets: tuple[Sheet, ...]
    below: tuple[Sheet, ...]  # statements of administrations under the unit
    further: tuple[Sheet, ...]
    agreements: tuple[Agreement, ...]
    drawings: tuple[Drawing, ...]
    said: Said
    events: tuple[str, ...]
    over_time: Table | None
    elsewhere: Elsewhere | None

    @property
    def conventions(self) -> tuple[str, ...]:
        """What the signs mean, once for each convention that the statements follow."""
        return tuple(dict.fromkeys(sheet.convention for sheet in self.sheets if sheet.convention))

    @property
    def sources(self) -> tuple[str, ...]:
        """The documents that the statements were printed in."""
        return tuple(dict.fromkeys(sheet.table.source for sheet in self.sheets if sheet.table.source))


def economy_page(here: Here, cut: str) -> EconomyPage:
    """Gather the page; ``cut`` is "verksamhet" for the statement by activity code."""
    told = told_at(here.actor, here.unit, here.reporting_date, _ECONOMY_KINDS, BY_UNIT_KINDS)
    whole = [table for table in told.of(*BY_UNIT_KINDS, Kind.DIVISION) if _is_whole(told, table)]
    by_unit = [table for table in whole if _names_units(table)] or whole
    by_activity = told.of(Kind.BY_ACTIVITY)
    chosen = by_activity if cut == BY_ACTIVITY and by_activity else by_unit
    said = said_by(here.actor, here.units, here.reporting_date)
    rest = [table for table in whole if table not in by_unit]
    further = () if cut == BY_ACTIVITY else (*told.of(Kind.OVERVIEW), *rest, *told.of(Kind.MEASURES))
    return EconomyPage(
        cut=BY_ACTIVITY if chosen and chosen == by_activity else "",
        has_activities=bool(by_activity),
        sheets=tuple(sheet_of(here, table, said, is_part=told.is_part(table)) for table in chosen),
        below=tuple(_below(here, told, said)) if cut != BY_ACTIVITY else (),
        further=tuple(sheet_of(here, table, is_part=told.is_part(table)) for table in further),
        agreements=agreements(by_unit[0], by_activity[0]) if by_unit and by_activity else (),
        drawings=tuple(_drawn(chosen)),
        said=said[here.unit.slug],
        events=events_of(here, told),
        over_time=unit_over_time(here.actor, here.unit, here.reporting_date.slug),
        elsewhere=None if told.tables else elsewhere(here),
    )


def _is_whole(told: Told, table: Table) -> bool:
    """Say whether a table speaks of the unit itself, and not only of how one division's budget came about."""
    total = total_row(table)
    return told.is_borrowed(table) or total is None or total.subject in ("", f"unit:{told.unit.slug}")


def _names_units(table: Table) -> bool:
    """Say whether a table is told unit by unit, and not only how some amount came about."""
    return any(row.subject.startswith("unit:") for row in table.rows)


def _below(here: Here, told: Told, said: dict[str, Said]) -> Iterable[Sheet]:
    for statement, table in zip(told.statements, told.tables, strict=True):
        other = statement.unit_id != here.unit.pk and not told.is_borrowed(table)
        if other and statement.kind in BY_UNIT_KINDS and statement.unit.kind == UnitKind.ADMINISTRATION:
            yield sheet_of(here, table, said, owner=statement.unit)


def _drawn(tables: Iterable[Table]) -> Iterable[Drawing]:
    """Draw the deviations of the first table that has more than one."""
    for table in tables:
        found = tuple(drawing.deviation(table))
        if found and sum(row.role is RowRole.ITEM for row in table.rows) > 1:
            return found
    return ()


def events_of(here: Here, told: Told) -> tuple[str, ...]:
    """Say what has happened to the units since the first day of the period that the statements compare with."""
    periods = [column.period for table in told.tables for column in table.columns if column.period]
    if not periods:
        return ()
    since = min(*(period.start for period in periods), date(here.reporting_date.year, 1, 1))
    now = parents_on(here.actor, here.reporting_date.on)
    then = parents_on(here.actor, since)
    units = {here.unit.pk, *_under(now, here.unit.pk), *_under(then, here.unit.pk)}
    return told_in_words(successions_between(here.actor, units, since, here.reporting_date.on))


def _under(parents: dict[int, int], top: int) -> set[int]:
    under: set[int] = set()
    waiting = [top]
    while waiting:
        at = waiting.pop()
        fresh = {child for child, parent in parents.items() if parent == at} - under
        under |= fresh
        waiting.extend(fresh)
    return under


def elsewhere(here: Here, *kinds: str) -> Elsewhere:
    """Say at which other dates this unit has statements (of these kinds), and which other units have at this date."""
    found = reach(here.actor, Statement).filter(kind__in=kinds) if kinds else reach(here.actor, Statement)
    dates = set(found.filter(unit=here.unit).values_list("reporting_date", flat=True))
    units = set(found.filter(reporting_date=here.reporting_date).values_list("unit", flat=True))
    return Elsewhere(
        tuple(one for one in here.reporting_dates if one.pk in dates),
        tuple(one for one in here.units if one.pk in units and one.pk != here.unit.pk),
    )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A figure that two statements tell differently: the tables, and what each of them says."""

    column: Column
    first: Table
    first_value: Quantity
    second: Table
    second_value: Quantity


@dataclass(frozen=True)
class Unfolded:
    """A unit of a statement, unfolded: its own statements, what it says, and its years."""

    unit: Unit
    sheets: tuple[Sheet, ...]
    further: tuple[Sheet, ...]
    disagreements: tuple[Disagreement, ...]
    drawings: tuple[Drawing, ...]
    said: Said
    over_time: Table | None
    unfolding: Unfolding | None


def unfolded(here: Here, slug: str) -> Unfolded:
    """Unfold a unit of the statement; one that did not exist at the date is a Swedish 404."""
    division = next((unit for unit in here.units if unit.slug == slug), None)
    if division is None:
        raise Http404(f"Det finns ingen enhet som heter ”{slug}” vid {here.reporting_date.name}.")
    actor, reporting_date = here.actor, here.reporting_date
    told = told_at(actor, division, reporting_date, _ECONOMY_KINDS)
    said = said_by(actor, here.units, reporting_date)
    others = {key: one for key, one in said.items() if key != slug}
    main = told.of(*BY_UNIT_KINDS, Kind.DIVISION)
    return Unfolded(
        unit=division,
        sheets=tuple(sheet_of(here, table, others, is_part=told.is_part(table)) for table in main),
        further=tuple(
            sheet_of(here, table, is_part=told.is_part(table)) for table in told.of(Kind.MEASURES, Kind.OVERVIEW)
        ),
        disagreements=tuple(disagreements(told)),
        drawings=tuple(_drawn(main)),
        said=said[division.slug],
        over_time=unit_over_time(actor, division, reporting_date.slug),
        unfolding=_entries_of(here, told),
    )


def _entries_of(here: Here, told: Told) -> Unfolding | None:
    """Unfold the unit's own row to entries, in the first statement that has one."""
    for statement, table in zip(told.statements, told.tables, strict=True):
        row = own_row(table, told.unit.slug, is_part=told.is_borrowed(table))
        if statement.kind in BY_UNIT_KINDS and row is not None:
            return unfolding_of(here, statement, table, row)
    return None


def disagreements(told: Told) -> Iterable[Disagreement]:
    """Find the figures of the unit itself that two of its statements tell differently, beyond rounding."""
    first: dict[object, tuple[Table, Quantity]] = {}
    for table in told.of(*BY_UNIT_KINDS, Kind.DIVISION, Kind.OVERVIEW):
        row = own_row(table, told.unit.slug, is_part=True)
        for column in table.columns if row else ():
            value = table.value(row.key, column.key) if row else None
            if not isinstance(value, Quantity) or column.period is None:
                continue
            known = first.setdefault((column.role, column.period, table.sign), (table, value))
            if not known[1].interval().meets(value.to(known[1].unit).interval()):
                yield Disagreement(column, known[0], known[1], table, value)
