"""The investment frames of a committee: within and beside the frame, the reserve, and what was carried over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from uppsikt.core.economy import EntryKind
from uppsikt.core.economy.investments import Frame, Grant, Outlay, Scope, frame_in, less, unused
from uppsikt.core.quantities import Missing, MissingReason, Value
from uppsikt.web.cycle.here import Here
from uppsikt.web.investments.models import SCOPES, InvestmentFrame, ProjectFacts
from uppsikt.web.investments.selectors.outcomes import booked_on
from uppsikt.web.investments.selectors.projects import grant_of, through
from uppsikt.web.organisation.gate import Act, may, reach
from uppsikt.web.organisation.models import Unit

TO_COME = Missing(MissingReason.NOT_APPLICABLE, "året har inte börjat")
NO_FRAME = Missing(MissingReason.NO_DATA, "ingen ram är beslutad")


@dataclass(frozen=True)
class YearFrame:
    """A scope's frame for a year with what was invested of it; ``outcome`` is Missing where nobody knows."""

    year: int
    frame: Frame
    outcome: Value

    @property
    def left(self) -> Value:
        """Frame − outcome, positive when the frame lasts."""
        return less(self.frame.total, self.outcome)


@dataclass(frozen=True)
class ScopeFrames:
    """The frames of one scope year by year, the reporting date's year first, and the decisions behind them."""

    scope: Scope
    name: str
    years: tuple[YearFrame, ...]
    entries: tuple[InvestmentFrame, ...]


@dataclass(frozen=True)
class FramesPage:
    """The investment frames of a unit as of a reporting date."""

    scopes: tuple[ScopeFrames, ...]
    proposals: tuple[InvestmentFrame, ...]
    may_decide: bool


def frames_page(here: Here) -> FramesPage:
    """Gather the frames of a unit: decisions up to the reporting date, and outcomes of the unit's projects."""
    entries = _entries(here, here.unit)
    at = here.reporting_date
    counted = [one for one in entries if _grant(one).had_been_decided(at.on)]
    proposals = [one for one in entries if not one.decision and not one.decided_on]
    return FramesPage(
        scopes=tuple(
            ScopeFrames(scope, name, years, tuple(one for one in counted if one.scope == scope))
            for scope, name in SCOPES.items()
            if (years := tuple(_years(here, counted, scope)))
        ),
        proposals=tuple(proposals),
        may_decide=may(here.actor, Act.FRAME, here.unit),
    )


def _entries(here: Here, unit: Unit) -> Sequence[InvestmentFrame]:
    found = reach(here.actor, InvestmentFrame).filter(unit=unit).select_related("decision", "project", "unit")
    return tuple(found.order_by("-year", "pk"))


def _grant(one: InvestmentFrame) -> Grant:
    return grant_of(one, one.outlay, one.scope)


def _years(here: Here, entries: Iterable[InvestmentFrame], scope: Scope) -> Iterable[YearFrame]:
    grants = [_grant(one) for one in entries]
    at = here.reporting_date
    for year in sorted({one.year for one in grants if one.scope is scope}, reverse=True):
        frame = frame_in(grants, year, scope, at.on)
        if frame is None:
            continue
        last = min(year * 100 + 12, through(at))
        has_begun = year <= at.year
        yield YearFrame(year, frame, _outcome(here, here.unit, scope, last) if has_begun else TO_COME)


def _outcome(here: Here, unit: Unit, scope: Scope, last: int) -> Value:
    """Give what the unit's projects of a scope used in the year up to a month; Missing when it cannot be told."""
    year = last // 100
    facts = reach(here.actor, ProjectFacts).filter(project__unit=unit, scope=scope)
    booked = booked_on(here.actor, list(facts.values_list("project", flat=True)), last)
    lacking = booked.loaded.lacking(EntryKind.OUTCOME, year, last % 100)
    used = (booked.years_of(key).get(year, Outlay()) for key in booked.codes)
    return sum(used, Outlay()).net if lacking is None else lacking


def frame_left(here: Here, unit: Unit, scope: Scope, year: int) -> Value:
    """Give what is unused of a year's frame as everything is known now: what may be carried over from it."""
    grants = [_grant(one) for one in _entries(here, unit) if one.decision or one.decided_on]
    frame = frame_in(grants, year, scope)
    return NO_FRAME if frame is None else unused(frame.total, _outcome(here, unit, scope, year * 100 + 12))


def reserve_left(here: Here, unit: Unit, year: int) -> Value:
    """Give what of the year's reserve nothing is decided for; Missing without a frame."""
    grants = [_grant(one) for one in _entries(here, unit) if one.decision or one.decided_on]
    frame = frame_in(grants, year, Scope.WITHIN)
    return NO_FRAME if frame is None else frame.reserve_left
