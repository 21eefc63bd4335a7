"""Indicators at a reporting date: cards under goals, and the list with its filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from uppsikt.core.periods import Period
from uppsikt.core.quantities import Missing, Value
from uppsikt.core.targets import Verdict
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.selectors import units_under
from uppsikt.web.steering.models import Goal, Indicator, IndicatorUse
from uppsikt.web.steering.selectors.lights import light_of_all
from uppsikt.web.steering.selectors.series import TOTAL, Aim, Told, aims, by_part, known, tellings, yearly
from uppsikt.web.steering.selectors.term import model_at, period_at

SPARK_YEARS = 5


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """An indicator as a line: its latest value, its last years, its target and the suggested light.

    ``points`` are the totals of the last years in order (None: missing) and ``points_label`` says
    which years. ``latest`` is missing with its reason when nothing has a figure, and its period is
    named only when it is not the reporting date's own. ``parts`` are the latest values of the parts
    where no whole is told.
    """

    pk: int
    slug: str
    label: str
    unit_text: str
    population: str
    population_text: str
    latest: Value
    latest_period: str
    preliminary: bool
    parts: tuple[tuple[str, Value], ...]
    points: tuple[Decimal | None, ...]
    points_label: str
    target: str
    light: Verdict

    @property
    def unit_beside(self) -> str:
        """Give the unit where the label does not already say it."""
        return "" if self.unit_text.casefold() in self.label.casefold() else self.unit_text


@dataclass(frozen=True, slots=True)
class IndicatorFilter:
    """What the reader wants to see of the indicators; empty fields leave nothing out."""

    text: str = ""
    area: str = ""
    population: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator in the list, with the area and the goal that it is printed under this year."""

    card: IndicatorCard
    area: str
    goals: tuple[tuple[int, str], ...]

    def wanted(self, by: IndicatorFilter) -> bool:
        """Say whether a filter leaves the line in."""
        words = f"{self.card.label} {' '.join(name for _, name in self.goals)}".casefold()
        return (
            (not by.area or by.area == self.area)
            and (not by.population or by.population == self.card.population)
            and by.text.casefold() in words
        )


def indicator_cards(actor: Actor, goals: Iterable[int], at: ReportingDate) -> dict[int, tuple[IndicatorCard, ...]]:
    """Give the cards of the indicators under each goal, named as the model names them; four queries."""
    uses = list(
        reach(actor, IndicatorUse).filter(goal__in=list(goals)).select_related("indicator").order_by("order", "pk")
    )
    cards = _cards(actor, {use.indicator_id: use.indicator for use in uses}, at)
    found: dict[int, list[IndicatorCard]] = defaultdict(list)
    for use in uses:
        found[use.goal_id].append(replace(cards[use.indicator_id], label=use.label))
    return {goal: tuple(lines) for goal, lines in found.items()}


def _cards(actor: Actor, indicators: dict[int, Indicator], at: ReportingDate) -> dict[int, IndicatorCard]:
    told = by_part(tellings(actor, indicators, at.on))
    targets = by_part(aims(actor, indicators, at.on))
    return {pk: _card(one, told.get(pk, {}), targets.get(pk, {}), at) for pk, one in indicators.items()}


def _card(
    one: Indicator,
    told: Mapping[str, Mapping[Period, tuple[Told, ...]]],
    targets: Mapping[str, Mapping[Period, Aim]],
    at: ReportingDate,
) -> IndicatorCard:
    now, year = period_at(at), Period.year(at.year)
    parts = {slug: yearly(known(series), now) for slug, series in told.items()}
    wanted = {slug: series[year] for slug, series in targets.items() if year in series}
    series = parts.get(TOTAL, ())[-SPARK_YEARS:]
    latest = _latest(series)
    return IndicatorCard(
        pk=one.pk,
        slug=one.slug,
        label=one.name,
        unit_text=one.unit_text,
        population=one.population,
        population_text=one.get_population_display(),
        latest=latest.value if latest else Missing(),
        latest_period=latest.period.label if latest and latest.period != now else "",
        preliminary=latest.preliminary if latest else False,
        parts=() if series else tuple(_part_lines(parts.values())),
        points=tuple(point.number.number if point.number else None for point in series),
        points_label=f"{series[0].period.year_number}–{series[-1].period.year_number}" if series else "",
        target=", ".join(dict.fromkeys(aim.raw for aim in wanted.values()))
        if TOTAL not in wanted
        else wanted[TOTAL].raw,
        light=light_of_all(one, parts, wanted, now),
    )


def _latest(series: Sequence[Told]) -> Told | None:
    """Give the latest figure; without any, the latest word about why there is none."""
    return next((told for told in reversed(series) if told.number), series[-1] if series else None)


def _part_lines(parts: Iterable[Sequence[Told]]) -> Iterator[tuple[str, Value]]:
    for series in parts:
        latest = _latest(series)
        if latest is not None:
            yield latest.breakdown_name, latest.value


def indicator_lines(here: Here) -> tuple[IndicatorLine, ...]:
    """Give the indicators of the year's goal model in the order of the model.

    They are those of the goals of the unit and of the units under it, or all where these have no
    goals. An indicator under several goals is one line. Those that no goal of the year uses are left
    out: they are found by search, and through the goals of their own years.
    """
    model = model_at(here.actor, here.reporting_date.year)
    uses = reach(here.actor, IndicatorUse).filter(goal__model=model).select_related("indicator", "goal__parent__parent")
    everything = list(uses.order_by("goal__order", "order", "pk"))
    under = units_under(here.actor, here.unit, here.reporting_date.on)
    places: dict[int, list[IndicatorUse]] = defaultdict(list)
    for use in [use for use in everything if use.goal.unit_id in under] or everything:
        places[use.indicator_id].append(use)
    cards = _cards(here.actor, {pk: found[0].indicator for pk, found in places.items()}, here.reporting_date)
    return tuple(
        IndicatorLine(
            replace(cards[pk], label=found[0].label),
            _area(found[0].goal),
            tuple((use.goal_id, use.goal.name) for use in found),
        )
        for pk, found in places.items()
    )


def _area(goal: Goal) -> str:
    at: Goal | None = goal
    while at is not None and at.level != Goal.Level.AREA:
        at = at.parent
    return at.name if at else ""
