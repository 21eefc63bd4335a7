"""Giving a forecast: what a unit's is given from, what is proposed, and what has been written already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.economy import deviation
from uppsikt.core.economy.forecasting import Proposal, last_years_pattern, rest_of_budget, sum_of_units
from uppsikt.core.quantities import KR, Missing, Quantity, Value
from uppsikt.core.tables import Measure
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.followup.models import Forecast, ForecastDraft
from uppsikt.web.followup.selectors.books import Books
from uppsikt.web.followup.selectors.forecasts import ForecastLine, forecasts_under, together_of, unit_at
from uppsikt.web.history.models import Change
from uppsikt.web.history.selectors import last_change
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit


@dataclass(frozen=True)
class SideLine:
    """One side of the accounts of a unit, with what is proposed for the whole year."""

    name: str
    measure: Measure
    outcome: Value
    phased_budget: Value
    budget: Value
    last_year: Value
    before: Value
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class ForecastForm:
    """What a unit head sees: the unit's line, both sides with proposals, and what is stored now.

    ``seen`` is the last change of what the form was filled from, so that two who write are kept apart.
    """

    line: ForecastLine
    sides: tuple[SideLine, ...]
    previous: ReportingDate | None
    parts: tuple[ForecastLine, ...]
    beside: tuple[ForecastLine, ...]
    stored: Forecast | ForecastDraft | None
    seen: int

    @property
    def is_draft(self) -> bool:
        """Say whether what is stored is a draft."""
        return isinstance(self.stored, ForecastDraft)

    @property
    def is_only_beside(self) -> bool:
        """Say whether everything under the unit forecasts for itself, so that the unit has nothing to forecast."""
        return bool(self.beside) and not self.line.is_due

    @property
    def together(self) -> Value:
        """What the units under it forecast together, told as the unit's net; missing until all have told."""
        whole = together_of([part.forecast for part in self.parts])
        return whole.costs if isinstance(whole.costs, Missing) else whole.net(self.line.sign)

    @property
    def apart(self) -> Value:
        """The unit's submitted forecast against that of the units under it together, positive when it is better."""
        given = self.line.net if self.line.given else Missing()
        return deviation(given, self.together, Measure.NET, self.line.sign)


def forecast_form(here: Here, slug: str) -> ForecastForm:
    """Gather what a unit's forecast is given from."""
    unit = unit_at(here, slug)
    page = forecasts_under(here.actor, unit, here.reporting_date)
    line = page.own
    stored = stored_forecast(here.actor, unit, here.reporting_date)
    parts = tuple(one for one in page.summed if one.depth == 1 and one.is_due)
    beside = tuple(one for one in page.beside if one.depth == 0 and one.is_due)
    seen = seen_of(here.actor, unit, here.reporting_date)
    return ForecastForm(line, _sides(line, parts), page.previous, parts, beside, stored, seen)


def _sides(line: ForecastLine, parts: Collection[ForecastLine]) -> tuple[SideLine, ...]:
    def told(name: str, measure: Measure, side: str) -> SideLine:
        outcome, phased, budget, then, last = _of_side(line.books, side)
        proposals = [rest_of_budget(outcome, phased, budget), last_years_pattern(outcome, then, last)]
        if parts:
            common: Value = Quantity(Decimal(0), KR)
            if line.books.common and line.books.has_common:
                common = rest_of_budget(*_of_side(line.books.common, side)[:3]).value
            proposals.insert(0, sum_of_units((getattr(part.forecast, side) for part in parts), common))
        return SideLine(name, measure, outcome, phased, budget, last, getattr(line.before, side), tuple(proposals))

    return told("Kostnader", Measure.COSTS, "costs"), told("Intäkter", Measure.INCOME, "income")


def _of_side(books: Books, side: str) -> tuple[Value, ...]:
    told = books.outcome, books.phased_budget, books.budget, books.last_year_to_date, books.last_year
    return tuple(getattr(one, side) for one in told)


def stored_forecast(actor: Actor, unit: Unit, date: ReportingDate) -> Forecast | ForecastDraft | None:
    """Give the draft that the actor may see, or else the submitted forecast."""
    models: tuple[type[Forecast | ForecastDraft], ...] = (ForecastDraft, Forecast)
    for model in models:
        found = reach(actor, model).filter(unit=unit, reporting_date=date).select_related("unit").first()
        if found is not None:
            return found
    return None


def seen_of(actor: Actor, unit: Unit, date: ReportingDate) -> int:
    """Give the number of the last change of a unit's forecast or its draft; 0 when there is neither."""
    change = last_change_of(actor, unit, date)
    return change.pk if change else 0


def last_change_of(actor: Actor, unit: Unit, date: ReportingDate) -> Change | None:
    """Give the last change of a unit's forecast or of its draft."""
    models: tuple[type[Forecast | ForecastDraft], ...] = (ForecastDraft, Forecast)
    stored = [one for model in models for one in reach(actor, model).filter(unit=unit, reporting_date=date)]
    changes = [change for one in stored if (change := last_change(actor, one)) is not None]
    return max(changes, key=lambda change: change.pk, default=None)
