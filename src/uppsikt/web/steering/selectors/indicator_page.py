"""One indicator: its series, every value with where it came from, and what it is used under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404

from uppsikt.core.periods import Period, PeriodKind
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, Table
from uppsikt.core.targets import Reach, Verdict, parse_target
from uppsikt.reporting.chart_texts import indicator_alt
from uppsikt.reporting.charts import indicator_chart
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate, SourceDocument
from uppsikt.web.history.models import Change
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit, UnitKind
from uppsikt.web.steering.models import Goal, Indicator, IndicatorUse, IndicatorValue
from uppsikt.web.steering.selectors.lights import light_of_all
from uppsikt.web.steering.selectors.series import TOTAL, Aim, Told, aims, by_part, known, tellings, yearly
from uppsikt.web.steering.selectors.tables import target_cell, value_cell
from uppsikt.web.steering.selectors.term import period_at

Series = Mapping[Period, tuple[Told, ...]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: a Vega-Lite specification and its text alternative."""

    spec: Mapping[str, Any]
    alt: str


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value as told once; ``replaced`` says what was printed before a person changed it."""

    told: Told
    is_known: bool
    replaced: str


@dataclass(frozen=True, slots=True)
class UseLine:
    """A goal that uses the indicator, with the way up; ``date_slug`` is a reporting date of its model."""

    goal: Goal
    council: str
    area: str
    label: str
    date_slug: str


@dataclass(frozen=True)
class IndicatorPage:
    """Everything the page of an indicator shows. ``drawing`` is None with fewer than two figures."""

    indicator: Indicator
    label: str
    table: Table
    drawing: Drawing | None
    light: Verdict
    targets: tuple[tuple[str, str], ...]  # part ("" for the whole) and target
    lines: tuple[ValueLine, ...]
    restated: tuple[str, ...]
    uses: tuple[UseLine, ...]
    newer: ReportingDate | None
    may_report: bool
    untold: tuple[tuple[str, str], ...]  # parts (slug and name) without a value for the date's own period


def indicator_by_slug(actor: Actor, slug: str) -> Indicator:
    """Give an indicator, or a Swedish 404."""
    found = reach(actor, Indicator).filter(slug=slug).first()
    if found is None:
        raise Http404(f"Det finns ingen indikator som heter ”{slug}”.")
    return found


def indicator_page(here: Here, slug: str) -> IndicatorPage:
    """Give the page of an indicator as known at the reporting date; about ten queries."""
    actor, at = here.actor, here.reporting_date
    indicator = indicator_by_slug(actor, slug)
    parts = {key[1]: series for key, series in tellings(actor, [indicator.pk], at.on).items()}
    wanted = by_part(aims(actor, [indicator.pk], at.on)).get(indicator.pk, {})
    now, year = period_at(at), Period.year(at.year)
    this_year = {slug: series[year] for slug, series in wanted.items() if year in series}
    targets = wanted.get(TOTAL, {})
    uses = _uses(here, indicator)
    label = next((use.label for use in uses if use.goal.model.first_year <= at.year <= use.goal.model.last_year), "")
    return IndicatorPage(
        indicator=indicator,
        label=label or indicator.name,
        table=_table(indicator, parts, wanted),
        drawing=_drawing(indicator, parts, targets, now),
        light=light_of_all(indicator, {slug: yearly(known(told), now) for slug, told in parts.items()}, this_year, now),
        targets=tuple(_target_lines(this_year, parts)),
        lines=_lines(actor, parts),
        restated=tuple(_restated(parts)),
        uses=uses,
        newer=_newer(here, indicator),
        may_report=may(actor, Act.REPORT, responsible_unit(actor, indicator, at)),
        untold=() if at.kind == ReportingDate.Kind.BUDGET else tuple(_untold(parts, now, at)),
    )


def responsible_unit(actor: Actor, indicator: Indicator, at: ReportingDate) -> Unit:
    """Give the unit that answers for an indicator: its goal's in the year's model, else in any, else the committee."""
    uses = reach(actor, IndicatorUse).filter(indicator=indicator, goal__unit__isnull=False)
    ordered = uses.select_related("goal__unit", "goal__model").order_by("-goal__model__first_year", "goal__order")
    found = list(ordered)
    this_year = [use for use in found if use.goal.model.first_year <= at.year <= use.goal.model.last_year]
    for use in this_year or found:
        if use.goal.unit is not None:
            return use.goal.unit
    committee = reach(actor, Unit).filter(kind=UnitKind.COMMITTEE).order_by("order", "pk").first()
    if committee is None:
        raise Http404("Kommunen har ingen nämnd som kan svara för indikatorn.")
    return committee


def _untold(parts: Mapping[str, Series], now: Period, at: ReportingDate) -> Iterable[tuple[str, str]]:
    """Give the parts that the reporting date has told nothing about, the whole always among those asked for."""
    for slug in _ordered({TOTAL, *parts}):
        told = parts.get(slug, {})
        if not any(one.at_slug == at.slug for one in told.get(now, ())):
            yield slug, _name(told) if told else "Totalt"


def _target_lines(targets: Mapping[str, Aim], parts: Mapping[str, Series]) -> Iterable[tuple[str, str]]:
    for slug, aim in targets.items():
        yield "" if slug == TOTAL else _name(parts[slug]) if slug in parts else slug, aim.raw


def _uses(here: Here, indicator: Indicator) -> tuple[UseLine, ...]:
    uses = reach(here.actor, IndicatorUse).filter(indicator=indicator)
    found = uses.select_related("goal__model", "goal__unit", "goal__parent__parent")
    year = here.reporting_date.year

    def elsewhere(use: IndicatorUse) -> bool:
        return not use.goal.model.first_year <= year <= use.goal.model.last_year

    return tuple(
        UseLine(use.goal, above(use.goal, Goal.Level.COUNCIL), above(use.goal, Goal.Level.AREA), use.label, date)
        for use in sorted(found.order_by("-goal__model__first_year", "goal__order"), key=elsewhere)
        for date in [_date_of(here, use.goal)]
    )


def _date_of(here: Here, goal: Goal) -> str:
    """Give a reporting date at which the goal's model holds: the reader's own if it does, else the newest."""
    dates = (here.reporting_date, *here.reporting_dates)
    inside = (one.slug for one in dates if goal.model.first_year <= one.year <= goal.model.last_year)
    return next(inside, here.reporting_date.slug)


def above(goal: Goal, level: str) -> str:
    """Give the name of what a goal hangs under at a level, or nothing."""
    at = goal.parent
    while at is not None and at.level != level:
        at = at.parent
    return at.name if at else ""


def _newer(here: Here, indicator: Indicator) -> ReportingDate | None:
    """Give the newest later reporting date that tells something about the indicator."""
    later = reach(here.actor, ReportingDate).filter(on__gt=here.reporting_date.on)
    return later.filter(indicator_values__indicator=indicator).order_by("-on").first()


def _ordered(parts: Iterable[str]) -> list[str]:
    """Give the parts with the whole first; the rest stand as they were read, in their own order."""
    return sorted(parts, key=lambda slug: slug != TOTAL)


def _name(series: Series) -> str:
    return next(iter(series.values()))[0].breakdown_name


def _table(indicator: Indicator, parts: Mapping[str, Series], wanted: Mapping[str, Mapping[Period, Aim]]) -> Table:
    """Give the values by period, the newest first: the whole, its parts, the targets, the change of the whole."""
    told = [*parts.values(), *wanted.values()]
    periods = sorted({period for series in told for period in series}, reverse=True)
    columns = [Column(slug, _name(parts[slug]), ColumnRole.OUTCOME) for slug in _ordered(parts)]
    cells = {(p.key, slug): value_cell(told[-1]) for slug, series in parts.items() for p, told in series.items()}
    for slug in _ordered(wanted):
        label = "Målvärde" if slug == TOTAL else f"Målvärde {_name(parts[slug]) if slug in parts else slug}"
        columns.append(Column(f"target-{slug}", label, ColumnRole.TARGET))
        cells |= {(period.key, f"target-{slug}"): target_cell(aim) for period, aim in wanted[slug].items()}
    changes = _changes(known(parts.get(TOTAL, {})))
    if changes:
        columns.append(Column("change", "Förändring", ColumnRole.CHANGE))
        cells |= {(period.key, "change"): Cell(change) for period, change in changes.items()}
    rows = tuple(Row(period.key, period.label) for period in periods)
    title = f"{indicator.name}, {indicator.unit_text}" if indicator.unit_text else indicator.name
    return Table("varden", title, tuple(columns), rows, cells)


def _changes(series: Sequence[Told]) -> dict[Period, Quantity]:
    """Give the change of each year from the year before, where both have a figure."""
    years = {told.period: told.number for told in series if told.period.kind is PeriodKind.YEAR and told.number}
    return {p: number - years[p.last_year()] for p, number in years.items() if p.last_year() in years}


def _drawing(
    indicator: Indicator, parts: Mapping[str, Series], targets: Mapping[Period, Aim], now: Period
) -> Drawing | None:
    series = {_name(parts[slug]): yearly(known(parts[slug]), now) for slug in _ordered(parts)}
    known_periods = {told.period for line in series.values() for told in line if told.number}
    if len(known_periods) < 2:
        return None
    periods = _without_gaps(known_periods)
    lines = {label: _points(line, periods) for label, line in series.items() if any(told.number for told in line)}
    wanted = [(_axis(p), n) for p, aim in targets.items() if p in periods and (n := _target_number(aim)) is not None]
    told = (indicator.name, lines, wanted, indicator.unit_text)
    return Drawing(indicator_chart(*told), indicator_alt(*told))


def _without_gaps(periods: set[Period]) -> list[Period]:
    """Give the periods and every year between them: a year that nobody has told is a gap, not a step."""
    years = {period.year_number for period in periods}
    return sorted(periods | {Period.year(year) for year in range(min(years), max(years) + 1) if year not in years})


def _points(line: Iterable[Told], periods: Sequence[Period]) -> list[tuple[str, Decimal | None]]:
    numbers = {told.period: told.number.number for told in line if told.number}
    return [(_axis(period), numbers.get(period)) for period in periods]


def _axis(period: Period) -> str:
    """Give the short label of a period on an axis: "2024", "31/8 2018"."""
    if period.kind is PeriodKind.YEAR:
        return period.key
    return f"{period.end.day}/{period.end.month} {period.year_number}"


def _target_number(aim: Aim) -> Decimal | None:
    target = parse_target(aim.raw)
    return target.quantity.number if isinstance(target, Reach) else None


def _lines(actor: Actor, parts: Mapping[str, Series]) -> tuple[ValueLine, ...]:
    """Give every value as told, the newest period first, the whole before its parts, what is known first."""
    order = {slug: place for place, slug in enumerate(_ordered(parts))}
    found = [(told, told is words[-1]) for series in parts.values() for words in series.values() for told in words]
    replaced = _replaced(actor, [told.pk for told, _ in found if not told.origin.document])
    found.sort(key=lambda one: (one[0].period, -order[one[0].breakdown], one[0].at_on), reverse=True)
    return tuple(ValueLine(told, is_known, replaced.get(told.pk, "")) for told, is_known in found)


def _replaced(actor: Actor, values: list[int]) -> dict[int, str]:
    """Say what a document printed before a person changed the value: "2,0 i Verksamhetsberättelse 2024"."""
    if not values:
        return {}
    changes = reach(actor, Change).filter(model=IndicatorValue._meta.label_lower, object_id__in=values)
    before = {
        value: old
        for value, old in changes.filter(verb=Change.Verb.UPDATED).values_list("object_id", "before")
        if old and old.get("source_id")
    }
    titles = reach(actor, SourceDocument).in_bulk([old["source_id"] for old in before.values()])
    return {pk: f"{old.get('raw', '')} i {titles[old['source_id']].title}".strip() for pk, old in before.items()}


def _restated(parts: Mapping[str, Series]) -> Iterable[str]:
    """Say which periods were told with different figures: "2017: 7,3 i Delår 2018, 7,4 i Bokslut 2019"."""
    for slug in _ordered(parts):
        for period, words in sorted(parts[slug].items(), reverse=True):
            if len({told.number.number for told in words if told.number}) > 1:
                told = ", ".join(f"{one.raw} i {one.at_name}" for one in words)
                part = "" if slug == TOTAL else f"{words[0].breakdown_name}, "
                yield f"{part}{period.label}: {told}"
