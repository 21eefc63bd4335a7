"""What awaits a reader who reports, each thing with its way in: for the head of a unit who comes four times a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.core.states import GoalState
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.selectors.forecasts import ForecastLine, forecast_page
from uppsikt.web.followup.selectors.plans import JUDGED, plans_page
from uppsikt.web.organisation.gate import Act, may
from uppsikt.web.steering.selectors import Chain

Kind = ReportingDate.Kind


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: for which unit, what, and where it is done."""

    unit: str
    text: str
    url: str


def duties_at(here: Here, chain: Chain) -> tuple[Duty, ...]:
    """Give what awaits the reader at the unit and under it; nothing for whoever may not report there."""
    if here.reporting_date.kind == Kind.BUDGET or not any(may(here.actor, Act.REPORT, one) for one in here.units):
        return ()
    return (*_money(here), *_goals(here, chain))


def _money(here: Here) -> Iterator[Duty]:
    page = forecast_page(here)
    mine = [line for line in page.lines if line.may_write]
    if here.reporting_date.kind != Kind.ANNUAL:
        awaited = {line.unit.pk for line in page.waiting}
        for line in mine:
            if text := _forecast(line, awaited=line.unit.pk in awaited):
                yield Duty(line.unit.name, text, here.url("forecast_edit", line.unit.slug))
    if any(line.unit.kind in JUDGED for line in mine):
        for one in plans_page(here).lacking:
            if one.may_write:
                address = here.url("action_plan_new", one.line.unit.slug)
                yield Duty(one.line.unit.name, _("en åtgärdsplan krävs och saknas"), address)


def _forecast(line: ForecastLine, *, awaited: bool) -> str:
    """Say what remains of a unit's forecast; empty when nothing does."""
    if line.has_draft:
        return _("prognosen är ett utkast och inte lämnad")
    if awaited:
        return _("prognosen är inte lämnad")
    return _("prognosens avvikelse behöver en kommentar") if line.lacks_comment else ""


def _goals(here: Here, chain: Chain) -> Iterator[Duty]:
    mine = {unit.slug: unit.name for unit in here.units if may(here.actor, Act.ASSESS, unit)}
    open_goals = [card for card in chain.cards if chain.own and card.state in ("", GoalState.NONE)]
    for slug, number in Counter(card.unit_slug for card in open_goals).items():
        if slug in mine:
            text = ngettext("{n} mål är inte bedömt", "{n} mål är inte bedömda", number).format(n=number)
            yield Duty(mine[slug], text, here.url("chain"))
