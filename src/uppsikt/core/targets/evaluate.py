"""Weighs an outcome against its target and says in one Swedish sentence why.

What is written is compared, exactly: 83 reaches 83,0. "Partly" is an outcome that moved the right way
from the value it is compared with without reaching the target. A person decides; this suggests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from uppsikt.core.periods import Period, PeriodKind
from uppsikt.core.quantities import (
    COUNT,
    PERCENT,
    PLAIN,
    Missing,
    MissingReason,
    Quantity,
    Value,
    format_quantity,
    format_value,
)
from uppsikt.core.states import GoalState
from uppsikt.core.targets.model import (
    Balance,
    Both,
    Bound,
    Change,
    Count,
    DesiredDirection,
    NoTarget,
    Op,
    Reach,
    Target,
    TextTarget,
    Way,
    YesNo,
    format_target,
)

_Known = tuple[Period, Quantity]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a target is met, with one Swedish sentence of reason. NONE: it cannot be said."""

    state: GoalState
    reason: str


@dataclass(frozen=True, slots=True)
class _Case:
    """An outcome with what it may be compared with."""

    period: Period
    outcome: Quantity
    series: Mapping[Period, Value]
    direction: DesiredDirection
    before: _Known | None


_ORDER: dict[Op, Callable[[Decimal, Decimal], bool]] = {
    Op.LESS: lambda outcome, bound: outcome < bound,
    Op.AT_MOST: lambda outcome, bound: outcome <= bound,
    Op.MORE: lambda outcome, bound: outcome > bound,
    Op.AT_LEAST: lambda outcome, bound: outcome >= bound,
}


def evaluate(
    target: Target,
    series: Mapping[Period, Value],
    *,
    direction: DesiredDirection = DesiredDirection.NONE,
    period: Period,
) -> Verdict:
    """Weigh the outcome of a period against a target.

    ``series`` are the indicator's known values. The last known value is the latest of a period that
    was over when this one began; a year to a date is compared with the same date last year, if known.

    >>> from uppsikt.core.quantities import parse_quantity
    >>> evaluate(Reach(parse_quantity("78")), {Period.year(2019): parse_quantity("83")},
    ...          direction=DesiredDirection.UP, period=Period.year(2019)).reason
    'Utfallet 83 uppfyller målvärdet 78.'
    """
    value = series.get(period, Missing())
    match target:
        case NoTarget():
            return Verdict(GoalState.NONE, f"Det finns inget målvärde {_of(period)}.")
        case TextTarget(text):
            return Verdict(GoalState.NONE, f"Målvärdet ”{text}” är skrivet i ord och bedöms av en person.")
        case YesNo(wanted):
            return _answer(value, period, wanted=wanted)
    if isinstance(value, Missing):
        return Verdict(GoalState.NONE, _why_missing(value, period))
    case = _Case(period, value, series, direction, _last_known(series, period))
    if isinstance(target, Both):
        return _joined(_weigh(target.bound, case), _weigh(target.change, case))
    return _weigh(target, case)


def _why_missing(value: Missing, period: Period) -> str:
    if value.reason is MissingReason.TEXT:
        return f"Utfallet {_of(period)} är skrivet i ord (”{value.text}”) och bedöms av en person."
    words = format_value(value)
    return f"Utfallet {_of(period)} saknas{f' ({words})' if words else ''}."


def _weigh(target: Reach | Count | Bound | Change | Balance, case: _Case) -> Verdict:
    match target:
        case Change(since=since):
            return _weigh_change(target, replace(case, before=_known(case.series, since)) if since else case)
        case Balance():
            return _weigh_bound(Bound(Op.AT_LEAST, Quantity(Decimal(0), case.outcome.unit)), case, target)
        case Bound():
            return _weigh_bound(target, case, target)
        case Count(quantity) if case.direction is DesiredDirection.NONE:
            return _weigh_bound(Bound(Op.AT_LEAST, quantity), case, target)
        case Reach(quantity) | Count(quantity):
            return _weigh_reach(quantity, case, target)


def _weigh_reach(goal: Quantity, case: _Case, target: Target) -> Verdict:
    if case.direction is DesiredDirection.UP:
        return _weigh_bound(Bound(Op.AT_LEAST, goal), case, target)
    if case.direction is DesiredDirection.DOWN:
        return _weigh_bound(Bound(Op.AT_MOST, goal), case, target)
    outcome = _in_unit_of(goal, case.outcome)
    if outcome is None:
        return _other_units(goal, case.outcome)
    if outcome == goal.number or case.direction is DesiredDirection.KEEP:
        before = _before_in_unit_of(goal, case)
        case = case if before is not None else replace(case, before=None)
        closer = before is not None and abs(outcome - goal.number) < abs(before - goal.number)
        return _verdict(case, target, met=outcome == goal.number, better=closer)
    return Verdict(
        GoalState.NONE,
        f"Utfallet {_shown(case.outcome)} skiljer sig från målvärdet {_goal(target)}, "
        "men det är inte angivet om ett högre eller ett lägre värde är bättre.",
    )


def _weigh_bound(bound: Bound, case: _Case, target: Target) -> Verdict:
    outcome = _in_unit_of(bound.quantity, case.outcome)
    if outcome is None:
        return _other_units(bound.quantity, case.outcome)
    before = _before_in_unit_of(bound.quantity, case)
    case = case if before is not None else replace(case, before=None)
    if bound.of_size:
        outcome, before = abs(outcome), None if before is None else abs(before)
    up = bound.op in (Op.MORE, Op.AT_LEAST)
    better = before is not None and (outcome > before if up else outcome < before)
    return _verdict(case, target, met=_ORDER[bound.op](outcome, bound.quantity.number), better=better)


def _verdict(case: _Case, target: Target, *, met: bool, better: bool) -> Verdict:
    start = f"Utfallet {_shown(case.outcome)} uppfyller"
    if met:
        return Verdict(GoalState.MET, f"{start} målvärdet {_goal(target)}.")
    start += f" inte målvärdet {_goal(target)}"
    if case.before is None:
        return Verdict(GoalState.MISSED, f"{start}, och det finns inget tidigare värde att jämföra med.")
    if better:
        return Verdict(GoalState.PARTLY, f"{start} men är bättre än {_told(case.before)}.")
    return Verdict(GoalState.MISSED, f"{start} och är inte bättre än {_told(case.before)}.")


def _weigh_change(change: Change, case: _Case) -> Verdict:
    outcome = None if case.before is None else _in_unit_of(case.before[1], case.outcome)
    if case.before is None or outcome is None:
        sought = f"värde {_of(change.since)}" if change.since else "tidigare värde"
        return Verdict(
            GoalState.NONE,
            f"Det finns inget {sought} att jämföra utfallet {_shown(case.outcome)} med; "
            f"målet är att {change.way.value}.",
        )
    moved = outcome - case.before[1].number
    seen = f"Utfallet {_shown(case.outcome)} {_verb(moved)} {_told(case.before)}"
    if change.by is not None:
        return _weigh_step(change.way, change.by, case.before, moved, seen)
    met = _moved_right(change.way, case.direction, moved)
    return Verdict(GoalState.MET if met else GoalState.MISSED, f"{seen}; målet är att {change.way.value}.")


def _moved_right(way: Way, direction: DesiredDirection, moved: Decimal) -> bool:
    """Say whether a movement is what was aimed at; to keep is also met by what is better than that."""
    up = way in (Way.UP, Way.KEEP_OR_UP) or (way is Way.KEEP and direction is DesiredDirection.UP)
    down = way in (Way.DOWN, Way.KEEP_OR_DOWN) or (way is Way.KEEP and direction is DesiredDirection.DOWN)
    if moved == 0:
        return way not in (Way.UP, Way.DOWN)
    return up if moved > 0 else down


def _weigh_step(way: Way, by: Quantity, before: _Known, moved: Decimal, seen: str) -> Verdict:
    """Weigh a change of a stated size: percent of the value before, or units of its own."""
    base = abs(before[1].number)
    if by.unit == PERCENT and base == 0:
        return Verdict(GoalState.NONE, f"Värdet {_told(before)} är noll, så ingen procentuell ändring kan räknas.")
    step = base * by.number / 100 if by.unit == PERCENT else by.number
    right = moved if way is Way.UP else -moved
    state = GoalState.MET if right >= step else GoalState.PARTLY if right > 0 else GoalState.MISSED
    return Verdict(state, f"{seen}; målet är att {way.value} med {_shown(by)}.")


def _verb(moved: Decimal) -> str:
    return "har ökat från" if moved > 0 else "har minskat från" if moved < 0 else "är lika med"


def _answer(value: Value, period: Period, *, wanted: bool | None) -> Verdict:
    said = value.text.strip(" .").casefold() if isinstance(value, Missing) else ""
    if said not in ("ja", "nej"):
        told = format_value(value)
        seen = f"utfallet {_of(period)} är {told}" if told else f"utfallet {_of(period)} saknas"
        return Verdict(GoalState.NONE, f"Målvärdet väntar ett ja eller ett nej, men {seen}.")
    if wanted is None:
        return Verdict(GoalState.NONE, f"Svaret är {said}, men målvärdet säger inte vilket svar som är bra.")
    state = GoalState.MET if (said == "ja") is wanted else GoalState.MISSED
    return Verdict(state, f"Svaret är {said} och målvärdet är {'ja' if wanted else 'nej'}.")


def _joined(first: Verdict, second: Verdict) -> Verdict:
    """Join two parts of a target: both met is met, one met is partly, anything unsaid leaves all unsaid."""
    states = {first.state, second.state}
    reason = f"{first.reason.removesuffix('.')}, och {second.reason[0].lower()}{second.reason[1:]}"
    if len(states) == 1:
        return Verdict(first.state, reason)
    return Verdict(GoalState.NONE if GoalState.NONE in states else GoalState.PARTLY, reason)


def _last_known(series: Mapping[Period, Value], period: Period) -> _Known | None:
    if period.kind is PeriodKind.TO_DATE and (same := _known(series, period.last_year())):
        return same
    over = [(p, v) for p, v in series.items() if isinstance(v, Quantity) and p.end < period.start]
    return max(over, key=lambda item: item[0], default=None)


def _known(series: Mapping[Period, Value], period: Period) -> _Known | None:
    value = series.get(period)
    return (period, value) if isinstance(value, Quantity) else None


def _in_unit_of(goal: Quantity, quantity: Quantity) -> Decimal | None:
    """Give a number that can be compared with the goal's; None when the two units cannot meet.

    Documents print "78" and "78 %" for the same thing: a plain number takes the other's unit.
    """
    if quantity.unit.converts_to(goal.unit):
        return quantity.to(goal.unit).number
    return quantity.number if {quantity.unit, goal.unit} & {PLAIN, COUNT} else None


def _before_in_unit_of(goal: Quantity, case: _Case) -> Decimal | None:
    return None if case.before is None else _in_unit_of(goal, case.before[1])


def _other_units(goal: Quantity, outcome: Quantity) -> Verdict:
    return Verdict(
        GoalState.NONE,
        f"Utfallet {_shown(outcome)} kan inte jämföras med {_shown(goal)}, eftersom enheterna är olika.",
    )


def _shown(quantity: Quantity) -> str:
    return format_quantity(quantity, with_unit=True)


def _told(known: _Known) -> str:
    return f"{_shown(known[1])} ({known[0].label})"


def _goal(target: Target) -> str:
    words = format_target(target)
    return words[0].lower() + words[1:]


def _of(period: Period) -> str:
    """Say of which period, as a sentence does: "för 2024", "per den 31 augusti 2018"."""
    return period.label if period.kind is PeriodKind.TO_DATE else f"för {period.label}"
