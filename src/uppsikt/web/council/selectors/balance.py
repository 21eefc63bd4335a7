"""Balance investigations: every step with its paragraph, the room in the result reserve, and the three-year clock."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.economy.balance_requirement import (
    STEPS,
    Given,
    Investigation,
    Rules,
    adjusted_result,
    faults_of,
    investigate,
    rules_for,
)
from uppsikt.core.economy.deficits import ClockState, Deficit, deficits
from uppsikt.core.economy.result_reserve import ReserveGiven, ReserveRoom, more_than_there_is, reserve_room, too_much
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Quantity
from uppsikt.web.council.models import BalanceInvestigation
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.selectors.frame_state import in_tkr
from uppsikt.web.history.selectors import last_change
from uppsikt.web.organisation.gate import Actor, reach

GIVEN = tuple(step.key for step in STEPS if step.way)


@dataclass(frozen=True)
class ClockLine:
    """A deficit on the three-year clock, as it stands when the page's year has been closed."""

    deficit: Deficit
    state: ClockState
    sentence: str


@dataclass(frozen=True)
class BalancePage:
    """The year's investigation with every step; ``refusal`` says why it is not computed."""

    stored: BalanceInvestigation | None
    told: Investigation | None
    room: ReserveRoom | None
    remarks: tuple[str, ...]
    refusal: str
    rules: Rules | None
    clock: tuple[ClockLine, ...]
    others: tuple[BalanceInvestigation, ...]


def balance_page(here: Here) -> BalancePage:
    """Gather the page; three queries."""
    year = here.reporting_date.year
    every = tuple(reach(here.actor, BalanceInvestigation).select_related("decision").order_by("year"))
    stored = next((one for one in every if one.year == year), None)
    told, room, remarks, refusal = computed(stored) if stored else (None, None, (), "")
    rules = None
    try:
        rules = rules_for(year)
    except UseError as refused:
        refusal = str(refused)
    found = deficits(results_until(every, year), year)
    clock = tuple(ClockLine(one, one.state(year), one.sentence(year)) for one in found)
    return BalancePage(stored, told, room, remarks, refusal, rules, clock, tuple(one for one in every if one != stored))


def computed(
    stored: BalanceInvestigation,
) -> tuple[Investigation | None, ReserveRoom | None, tuple[str, ...], str]:
    """Compute a stored investigation: the steps, the room in the reserve, what is to be remarked, and a refusal."""
    given = given_of(stored)
    if given is None:
        return None, None, (), ""
    try:
        told = investigate(given)
    except UseError as refused:
        return None, None, (), str(refused)
    asked = reserve_given(stored, given)
    taken = () if stored.reserve is None else (more_than_there_is(given.from_reserve, in_tkr(stored.reserve)),)
    if asked is None:
        return told, None, tuple(filter(None, taken)), ""
    room = reserve_room(asked)
    return told, room, tuple(filter(None, (too_much(given.to_reserve, room), *taken))), ""


def given_of(stored: BalanceInvestigation) -> Given | None:
    """Give what an investigation starts from; None where only its printed result is known."""
    if stored.result is None:
        return None
    return Given(stored.year, **{key: in_tkr(getattr(stored, key)) for key in GIVEN})


def reserve_given(stored: BalanceInvestigation, given: Given) -> ReserveGiven | None:
    """Give what the limits of the reserve are computed from; None until all of it is known."""
    parts = (stored.tax_base, stored.equity, stored.reserve)
    if any(part is None for part in parts) or faults_of(given):
        return None
    base, equity, reserve = (in_tkr(part) for part in parts if part is not None)
    return ReserveGiven(stored.year, given.result, adjusted_result(given), base, equity, reserve)


def results_until(every: tuple[BalanceInvestigation, ...], year: int) -> dict[int, Quantity]:
    """Give the balance requirement result of each year until one: computed, or as it was printed."""
    found: dict[int, Quantity] = {}
    for one in every:
        if one.year > year:
            continue
        if one.stated is not None:
            found[one.year] = in_tkr(one.stated)
        elif (told := computed(one)[0]) is not None:
            found[one.year] = told.balance_result
    return found


def left_before(actor: Actor, year: int) -> Quantity | None:
    """Give what earlier years' deficits have left to restore before a year; None when no earlier year is known."""
    every = tuple(reach(actor, BalanceInvestigation).filter(year__lt=year).order_by("year"))
    if not every:
        return None
    left = [one.left for one in deficits(results_until(every, year - 1), year - 1)]
    return sum(left[1:], start=left[0]) if left else None


def investigation_of(actor: Actor, year: int) -> tuple[BalanceInvestigation | None, int]:
    """Give a year's stored investigation and the number of its newest change (0: none)."""
    found = reach(actor, BalanceInvestigation).filter(year=year).first()
    change = last_change(actor, found) if found else None
    return found, change.pk if change else 0
