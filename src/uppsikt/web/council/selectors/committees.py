"""All committees at a reporting date: frame as of a decision, outcome, forecast; who is over, who owes a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from uppsikt.core.economy.action_plans import REGULATIONS
from uppsikt.core.economy.forecasting import Limit
from uppsikt.core.economy.municipality import Committee, Standing, committees_table
from uppsikt.core.quantities import Missing, MissingReason
from uppsikt.core.tables import ColumnRole, Sign, Table, shown
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.selectors import FrameAsOf, committees, frames_as_of, transfers_page
from uppsikt.web.economy.selectors.frame_state import TransfersPage
from uppsikt.web.followup.models import ActionPlan
from uppsikt.web.followup.selectors.books import month_of
from uppsikt.web.followup.selectors.forecasts import forecasts_under
from uppsikt.web.followup.selectors.limits import plan_rule
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Unit

_NO_FORECAST = Missing(MissingReason.NO_DATA, "ingen prognos är lämnad")


class Figure(NamedTuple):
    """A figure as it is shown: its text, its look, and why it is missing where it is."""

    text: str
    look: str
    missing: Missing | None


@dataclass(frozen=True)
class CommitteeLine:
    """A committee with its figures as they are shown; ``plan`` is the newest action plan of the year, if any.

    ``revenue`` are the units under it that are paid by what they earn: the frame does not pay them, and they are
    left out of the committee's figures.
    """

    unit: Unit
    committee: Committee
    frame: FrameAsOf
    figures: tuple[Figure, ...]
    owes: bool | None
    plan: ActionPlan | None
    revenue: tuple[Unit, ...]

    @property
    def is_over(self) -> bool:
        """Say whether the committee is over its frame."""
        return self.committee.standing is Standing.OVER

    @property
    def is_unknown(self) -> bool:
        """Say whether it cannot be told."""
        return self.committee.standing is Standing.UNKNOWN


@dataclass(frozen=True)
class CouncilPage:
    """The committees with their sum; ``transfers`` are those of the year and its plan years."""

    table: Table
    lines: tuple[CommitteeLine, ...]
    total: tuple[Figure, ...]
    transfers: TransfersPage
    rule: Limit

    @property
    def over(self) -> tuple[CommitteeLine, ...]:
        """Those who are over."""
        return tuple(one for one in self.lines if one.is_over)

    @property
    def asked(self) -> tuple[CommitteeLine, ...]:
        """Those who owe an action plan, whether they have given one or not."""
        return tuple(one for one in self.lines if one.owes)

    @property
    def unknown(self) -> tuple[CommitteeLine, ...]:
        """Those of whom it cannot be told."""
        return tuple(one for one in self.lines if one.is_unknown)


def council_page(here: Here) -> CouncilPage:
    """Gather the page: a bounded number of questions for each committee."""
    actor, at = here.actor, here.reporting_date
    units = committees(actor, date(at.year, 12, 31))
    frames = frames_as_of(actor, units, at.year)
    told = [_told(here, unit, frames[unit.pk]) for unit in units]
    table = committees_table(at.year, month_of(at), [committee for committee, _ in told])
    rule = plan_rule(actor, at.on) or REGULATIONS
    plans = {
        one.unit_id: one
        for one in reach(actor, ActionPlan).filter(
            unit__in=units, reporting_date__year=at.year, reporting_date__on__lte=at.on
        )
    }
    lines = tuple(
        CommitteeLine(
            unit, committee, frames[unit.pk], _figures(table, unit.slug), committee.owes_plan(rule),
            plans.get(unit.pk), revenue,
        )
        for unit, (committee, revenue) in zip(units, told, strict=True)
    )  # fmt: skip
    return CouncilPage(table, lines, _figures(table, "sum"), transfers_page(actor, at.year, at.year + 3), rule)


def _told(here: Here, unit: Unit, frame: FrameAsOf) -> tuple[Committee, tuple[Unit, ...]]:
    """Give what a committee's frame pays: everything under it but what is paid by its own income."""
    at = here.reporting_date
    page, net = forecasts_under(here.actor, unit, at), Sign.NET_COST
    own = page.own
    committee = Committee(
        unit.slug,
        unit.name,
        frame.amount,
        own.books.outcome.net(net),
        own.books.phased_budget.net(net),
        _NO_FORECAST if isinstance(given := own.forecast.net(net), Missing) else given,
        at.kind == ReportingDate.Kind.ANNUAL,
        reverse("followup", args=[unit.slug, at.slug]),
    )
    return committee, tuple(one.unit for one in page.beside if not one.depth and one.is_due)


def _figures(table: Table, row: str) -> tuple[Figure, ...]:
    found = []
    for column in table.columns:
        cell = table.cell(row, column.key)
        missing = cell.value if isinstance(cell.value, Missing) else None
        text = "" if missing else shown(cell, table, column)
        look = "num"
        if column.role is ColumnRole.DEVIATION and not isinstance(cell.value, Missing) and cell.value.number:
            look = "num good" if cell.value.number > 0 else "num bad"
            text = f"+{text}" if cell.value.number > 0 and text.strip("0,") else text
        found.append(Figure(text, look, missing))
    return tuple(found)
