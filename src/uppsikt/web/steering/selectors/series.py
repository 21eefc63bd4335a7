"""Indicator values as they were known at a date: one query for many indicators.

A later report may restate a period. What is known at a date is what the latest report up to that
date said; the earlier words stay beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from uppsikt.core.periods import Period, PeriodKind, parse_period
from uppsikt.core.quantities import PLAIN, Missing, MissingReason, Quantity, Unit, Value, read_cell
from uppsikt.core.tables import Origin
from uppsikt.web.history.models import Change
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.steering.models import Breakdown, Indicator, IndicatorTarget, IndicatorValue

T = TypeVar("T")
PREPARED = 4096  # distinct cells and periods kept read: a municipality prints the same few hundred again and again
_cell = lru_cache(PREPARED)(read_cell)
_period = lru_cache(PREPARED)(parse_period)


@dataclass(frozen=True, slots=True)
class Told:
    """One value as one report told it. ``origin`` says where it came from."""

    pk: int
    indicator: int
    breakdown: str
    breakdown_name: str
    period: Period
    value: Value
    raw: str
    note: str
    preliminary: bool
    at_name: str
    at_slug: str
    at_on: date
    origin: Origin

    @property
    def number(self) -> Quantity | None:
        """The figure, or None when it is missing."""
        return self.value if isinstance(self.value, Quantity) else None


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as one report told it; ``raw`` is the little language of targets."""

    indicator: int
    breakdown: str
    period: Period
    raw: str
    at_name: str
    at_on: date
    origin: Origin


Tellings = Mapping[tuple[int, str], Mapping[Period, tuple[Told, ...]]]
Aims = Mapping[tuple[int, str], Mapping[Period, Aim]]

_VALUE_FIELDS = (
    "pk", "indicator_id", "breakdown__slug", "breakdown__name", "period", "raw", "number", "decimals", "note",
    "reporting_date__name", "reporting_date__slug", "reporting_date__on",
    "source__title", "source_table", "source_row", "source_column",
)  # fmt: skip


def tellings(actor: Actor, indicators: Iterable[int], as_of: date | None = None) -> Tellings:
    """Give every value told up to a date, by indicator and breakdown and then by period, the oldest first.

    Two queries: the values, and who entered those that no document printed.
    """
    rows = reach(actor, IndicatorValue).filter(indicator__in=list(indicators))
    if as_of is not None:
        rows = rows.filter(reporting_date__on__lte=as_of)
    rows = rows.order_by("reporting_date__on", "reporting_date__pk", "breakdown__order")
    found = list(rows.values_list(*_VALUE_FIELDS))
    entered = _entered(actor, [row[0] for row in found if row[12] is None])
    grouped: dict[tuple[int, str], dict[Period, tuple[Told, ...]]] = defaultdict(dict)
    for row in found:
        told = _told(row, entered.get(row[0]))
        series = grouped[told.indicator, told.breakdown]
        series[told.period] = (*series.get(told.period, ()), told)
    return {key: dict(sorted(series.items())) for key, series in grouped.items()}


def _told(row: tuple[Any, ...], entered: Origin | None) -> Told:
    pk, indicator, slug, name, period, raw, number, decimals, note, at, at_slug, at_on, *source = row
    reading = _cell(raw)
    origin = entered or printed_in(*source)
    value = value_of(number, decimals, raw)
    words = note or reading.note
    return Told(
        pk, indicator, slug, name, _period(period), value, raw, words, reading.preliminary, at, at_slug, at_on, origin
    )


def printed_in(document: str | None, table: str, row: str, column: str) -> Origin:
    """Give the place in a document; without a document nothing is known."""
    return Origin(document or "", table, row, column)


def value_of(number: object, decimals: int | None, raw: str, unit: Unit = PLAIN) -> Value:
    """Give the stored value as a core value; without a number it is missing, and ``raw`` says why."""
    if isinstance(number, Decimal):
        return Quantity(_as_written(number, decimals), unit, decimals)
    read = _cell(raw).value
    return read if isinstance(read, Missing) else Missing(MissingReason.TEXT, raw)


def _as_written(number: Decimal, decimals: int | None) -> Decimal:
    """Take away the zeros that the column of the database adds: 2.200000, written 2,2, is 2.2."""
    written = number.quantize(Decimal(1).scaleb(-max(decimals or 0, 0)))
    return written if written == number else number.normalize()


def _entered(actor: Actor, values: list[int]) -> dict[int, Origin]:
    """Say who entered values that no document printed: the newest change of each."""
    changes = reach(actor, Change).filter(model=IndicatorValue._meta.label_lower, object_id__in=values).order_by("pk")
    fields = changes.values_list("object_id", "who_name", "at")
    return {pk: Origin(entered_by=who, entered_at=at) for pk, who, at in fields}


def aims(actor: Actor, indicators: Iterable[int], as_of: date | None = None) -> Aims:
    """Give the targets known at a date, by indicator and breakdown and then by period; one query."""
    rows = reach(actor, IndicatorTarget).filter(indicator__in=list(indicators))
    if as_of is not None:
        rows = rows.filter(reporting_date__on__lte=as_of)
    fields = ("indicator_id", "breakdown__slug", "period", "raw", "reporting_date__name", "reporting_date__on")
    source = ("source__title", "source_table", "source_row", "source_column")
    grouped: dict[tuple[int, str], dict[Period, Aim]] = defaultdict(dict)
    for indicator, slug, period, raw, at, on, *printed in rows.order_by(
        "reporting_date__on", "reporting_date__pk"
    ).values_list(*fields, *source):
        aim = Aim(indicator, slug, _period(period), raw, at, on, printed_in(*printed))
        grouped[indicator, slug][aim.period] = aim
    return {key: dict(sorted(series.items())) for key, series in grouped.items()}


def by_part(found: Mapping[tuple[int, str], T]) -> dict[int, dict[str, T]]:
    """Give what is known of each indicator by breakdown."""
    grouped: dict[int, dict[str, T]] = defaultdict(dict)
    for (indicator, part), series in found.items():
        grouped[indicator][part] = series
    return grouped


def series_of(actor: Actor, indicator: Indicator, breakdown: str, as_of: date | None = None) -> tuple[Told, ...]:
    """Give the series of one breakdown as known at a date, in order of time."""
    told = tellings(actor, [indicator.pk], as_of).get((indicator.pk, breakdown), {})
    return known(told)


def known(told: Mapping[Period, tuple[Told, ...]]) -> tuple[Told, ...]:
    """Give of every period what was told last."""
    return tuple(words[-1] for words in told.values())


def yearly(series: Iterable[Told], now: Period) -> tuple[Told, ...]:
    """Give the years up to a period and, when that period is part of a year, its own value as the last.

    A year to date is not comparable with a whole year, but stands beside it as reports print it.
    """
    return tuple(
        told for told in series if told.period <= now and (told.period.kind is PeriodKind.YEAR or told.period == now)
    )


TOTAL = Breakdown.TOTAL
