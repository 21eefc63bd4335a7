"""What a reporting date tells of: its period, and the goal model of its year."""

from __future__ import annotations

from uppsikt.core.periods import Period
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.steering.models import GoalModel


def model_at(actor: Actor, year: int) -> GoalModel | None:
    """Give the goal model of a year: the newest that covers it."""
    covering = reach(actor, GoalModel).filter(first_year__lte=year, last_year__gte=year)
    return covering.order_by("-first_year", "pk").first()


def period_at(at: ReportingDate) -> Period:
    """Give the period that a reporting date tells: its year, or at interim dates the year to date."""
    if at.kind in (ReportingDate.Kind.INTERIM, ReportingDate.Kind.FORECAST):
        return Period.to_date(at.on)
    return Period.year(at.year)


def columns_at(at: ReportingDate) -> tuple[Period, ...]:
    """Give the three periods that a report prints: two years and the period itself; a budget has no third.

    The budget of 2020 is decided when 2019 is the last year that can be known.
    """
    years = (Period.year(at.year - 2), Period.year(at.year - 1))
    return years if at.kind == ReportingDate.Kind.BUDGET else (*years, period_at(at))
