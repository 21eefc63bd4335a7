"""How earlier forecasts turned out, unit by unit: so that a reader knows how far a new one can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.core.economy.forecasting import Accuracy, Hit, accuracy
from uppsikt.core.quantities import Missing, Value, round_to
from uppsikt.core.tables import Sign
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.models import Forecast
from uppsikt.web.followup.selectors.books import LedgerAt
from uppsikt.web.followup.selectors.forecasts import amounts_of
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Unit
from uppsikt.web.organisation.selectors import units_under


@dataclass(frozen=True)
class Judged:
    """A unit's earlier forecasts beside what they became. ``names`` are the reporting dates by day."""

    unit: Unit
    is_result: bool
    accuracy: Accuracy
    names: dict[date, str]

    @property
    def rows(self) -> tuple[tuple[str, Hit], ...]:
        """Each forecast with the name of its date."""
        return tuple((self.names[hit.on], hit) for hit in self.accuracy.hits)

    @property
    def leans(self) -> str:
        """Which way the errors go: "high", "low" or "" when they even out to a tenth of a per cent or less."""
        bias = self.accuracy.bias
        told = Decimal(0) if isinstance(bias, Missing) else round_to(bias, 1).number
        return "" if not told else "high" if told > 0 else "low"


def accuracy_page(here: Here) -> tuple[Judged, ...]:
    """Judge the forecasts of the unit and of everything under it, of the years whose outcome is whole.

    Forecast and outcome are nets of the whole year; the outcome is told by the organisation of the forecast's date,
    and is the ledger's as it stands now.
    """
    under = units_under(here.actor, here.unit, here.reporting_date.on)
    stored = reach(here.actor, Forecast).filter(unit__in=under).select_related("unit", "reporting_date")
    by_date: dict[ReportingDate, list[Forecast]] = {}
    for one in stored.order_by("reporting_date__on", "unit__order", "unit__name"):
        by_date.setdefault(one.reporting_date, []).append(one)
    told: dict[Unit, list[tuple[date, Value, Value]]] = {}
    now = LedgerAt.of(here.actor, here.reporting_date)
    for at, forecasts in by_date.items():
        outcomes = LedgerAt.of(here.actor, at).outcomes_of([one.unit for one in forecasts])
        for one in forecasts:
            # Told as the unit is told now, so that its forecasts can be compared with each other.
            sign = now.sign_of(one.unit)
            pair = at.on, amounts_of(one).net(sign), outcomes[one.unit_id].net(sign)
            told.setdefault(one.unit, []).append(pair)
    names = {at.on: at.name for at in by_date}
    units = sorted(told, key=lambda unit: (unit != here.unit, unit.order, unit.name))
    return tuple(Judged(unit, now.sign_of(unit) is Sign.RESULT, accuracy(told[unit]), names) for unit in units)
