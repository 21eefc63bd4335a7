"""How a value that a person writes is understood, and what has happened to a value or an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.http import Http404

from uppsikt.core.errors import UnitMismatchError
from uppsikt.core.quantities import (
    MONEY,
    Missing,
    MissingReason,
    Quantity,
    Reading,
    format_value,
    missing_text,
    read_cell,
    unit_of,
)
from uppsikt.core.states import GoalState
from uppsikt.web.cycle.here import Here
from uppsikt.web.history.selectors import changes_of
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.steering.models import Breakdown, Indicator, IndicatorValue
from uppsikt.web.steering.selectors.indicator_page import indicator_by_slug
from uppsikt.web.steering.selectors.term import period_at

_LABELS = {"raw": "Värde", "note": "Anmärkning", "state": "Bedömning", "reasons": "Skäl", "source_id": "Källa"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change of an object: who, when, why, and each field with what it was and what it became."""

    number: int
    who: str
    at: datetime
    why: str
    verb: str
    fields: tuple[tuple[str, str, str], ...]


def value_by_pk(actor: Actor, slug: str, pk: int) -> IndicatorValue:
    """Give a value of an indicator, or a Swedish 404."""
    values = reach(actor, IndicatorValue).select_related("indicator", "breakdown", "reporting_date", "source")
    found = values.filter(pk=pk, indicator__slug=slug).first()
    if found is None:
        raise Http404("Värdet finns inte. Det kan ha tagits bort; indikatorns sida visar de värden som finns.")
    return found


def value_to_report(here: Here, slug: str, part: str) -> IndicatorValue:
    """Give the value of the reporting date's own period: the one that is told, or an unsaved one to tell."""
    indicator = indicator_by_slug(here.actor, slug)
    breakdown = reach(here.actor, Breakdown).filter(slug=part).first()
    if breakdown is None:
        raise Http404(f"Det finns ingen nedbrytning som heter ”{part}”.")
    period, at = period_at(here.reporting_date).key, here.reporting_date
    known = reach(here.actor, IndicatorValue).filter(
        indicator=indicator, breakdown=breakdown, period=period, reporting_date=at
    )
    found = known.select_related("indicator", "breakdown", "reporting_date", "source").first()
    return found or IndicatorValue(indicator=indicator, breakdown=breakdown, period=period, reporting_date=at)


def read_entry(indicator: Indicator, raw: str) -> Reading:
    """Read what a person wrote for an indicator; "1,5 mnkr" is 1 500 where the indicator's unit is tkr."""
    reading = read_cell(raw)
    unit = unit_of(indicator.unit_text)
    if isinstance(reading.value, Quantity) and reading.value.unit in MONEY:
        try:
            return replace(reading, value=reading.value.to(unit))
        except UnitMismatchError:
            return replace(reading, value=Missing(MissingReason.TEXT, raw.strip()))
    return reading


def understood(indicator: Indicator, raw: str) -> str:
    """Say in one Swedish sentence how a written value is understood."""
    reading = read_entry(indicator, raw)
    if isinstance(reading.value, Quantity):
        unit = f" {indicator.unit_text}" if indicator.unit_text and indicator.unit_text != "antal" else ""
        early = ", preliminärt" if reading.preliminary else ""
        beside = "".join(f" Bredvid: {format_value(one.quantity, with_unit=True)}." for one in reading.others)
        return f"Förstås som talet {format_value(reading.value)}{unit}{early}.{beside}"
    if reading.value.reason is MissingReason.TEXT:
        return "Förstås som text och inte som ett tal: värdet syns, men räknas inte och ritas inte i diagrammet."
    if reading.value.reason is MissingReason.BLANK:
        return "Skriv ett tal, till exempel 1,5, eller I.U. när uppgift saknas."
    return f"Förstås som att värdet saknas: {missing_text(reading.value.reason)}."


def history_of(actor: Actor, target: models.Model) -> tuple[ChangeLine, ...]:
    """Give the changes of a value or an assessment in words, the newest first."""
    return tuple(
        ChangeLine(
            one.pk, one.who_name, one.at, one.why, one.get_verb_display(), _fields(one.before or {}, one.after or {})
        )
        for one in changes_of(actor, target)
    )


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    told = [name for name in _LABELS if before.get(name) != after.get(name) and name != "source_id"]
    lines = [(_LABELS[name], _shown(name, before), _shown(name, after)) for name in told]
    if before.get("source_id") and not after.get("source_id"):
        lines.append((_LABELS["source_id"], "tryckt i källdokument", "inmatat av person"))
    return tuple(lines)


def _shown(name: str, values: Mapping[str, Any]) -> str:
    text = str(values.get(name) or "")
    return GoalState(text).wording(forecast=False) if name == "state" and text else text
