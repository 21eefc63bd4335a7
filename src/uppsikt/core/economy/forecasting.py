"""Full-year forecasts: what can be proposed, what must be explained, and how good they turned out.

Costs and income are forecast each for itself, as positive amounts; the net follows from them (signs.net). A
deviation and a change are positive when they are good (signs.deviation). What lacks a term is missing, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uppsikt.core.quantities import PERCENT, Missing, MissingReason, Quantity, Value, format_value, round_to

WHOLE = Decimal(100)  # per cent


class Method(StrEnum):
    """How a full-year forecast was proposed."""

    REST_OF_BUDGET = "rest_of_budget"
    LAST_YEARS_PATTERN = "last_years_pattern"
    SUM_OF_UNITS = "sum_of_units"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed full-year amount, and in one Swedish sentence why it is that or why there is none."""

    method: Method
    value: Value
    reason: str


def rest_of_budget(outcome: Value, phased_budget: Value, budget: Value) -> Proposal:
    """Propose the outcome to date and what remains of the phased budget: the rest of the year goes as budgeted.

    The three are of the same side of the accounts; ``phased_budget`` is the budget's part up to the same month.
    Exact, and missing when any of them is.
    """
    method = Method.REST_OF_BUDGET
    if isinstance(outcome, Missing) or isinstance(phased_budget, Missing) or isinstance(budget, Missing):
        return Proposal(method, _unknown(), "Inget förslag: utfall eller periodiserad budget saknas.")
    rest = budget - phased_budget
    told = f"Utfallet hittills, {_told(outcome)}, och det som återstår av den periodiserade budgeten, {_told(rest)}."
    return Proposal(method, outcome + rest, told)


def last_years_pattern(outcome: Value, last_year_to_date: Value, last_year: Value) -> Proposal:
    """Propose the outcome to date divided by the share of last year's outcome that had come by the same month.

    Rounded to a whole unit of the outcome (a krona), since it is an estimate. Missing when nothing had come by then, or
    when the three do not all have the same sign: then last year's pattern says nothing.
    """
    method = Method.LAST_YEARS_PATTERN
    if isinstance(outcome, Missing) or isinstance(last_year_to_date, Missing) or isinstance(last_year, Missing):
        return Proposal(method, _unknown(), "Inget förslag: utfallet eller föregående års utfall saknas.")
    then, whole = last_year_to_date.to(outcome.unit).number, last_year.to(outcome.unit).number
    if not then or not whole:
        return Proposal(method, _unknown(), "Inget förslag: förra året fanns inget utfall att jämföra med.")
    if (then > 0) != (whole > 0) or (outcome.number and (outcome.number > 0) != (then > 0)):
        return Proposal(method, _unknown(), "Inget förslag: beloppen har olika tecken, så mönstret går inte att följa.")
    proposed = round_to(Quantity(outcome.number * whole / then, outcome.unit), 0)
    share = format_value(Quantity(then / whole * WHOLE, PERCENT), decimals=1, with_unit=True)
    told = (
        f"Förra året hade {share} av helårets utfall kommit vid samma tid; årets {_told(outcome)} räknas upp därefter."
    )
    return Proposal(method, proposed, told)


def sum_of_units(parts: Iterable[Value], common: Value) -> Proposal:
    """Propose what the units under a unit forecast together, and what belongs to the unit and to none of them.

    ``common`` is what is expected of the latter, an exact zero where there is nothing. Missing when any term is.
    """
    method, total = Method.SUM_OF_UNITS, together(_unknown(), parts)
    if isinstance(total, Missing):
        why = total.text or "ingen av enheterna under har lämnat prognos"
        return Proposal(method, _unknown(), f"Inget förslag: {why}.")
    if isinstance(common, Missing):
        return Proposal(
            method, _unknown(), "Inget förslag: det gemensamma har varken utfall eller budget att utgå från."
        )
    told = f"Enheternas prognoser tillsammans, {_told(total)}"
    if common.number:
        told += f", och det gemensamma: utfallet hittills och resten av budgeten, {_told(common)}"
    return Proposal(method, total + common, f"{told}.")


def _told(amount: Quantity) -> str:
    return format_value(amount, decimals=0, with_unit=True)


def _unknown() -> Missing:
    return Missing(MissingReason.NO_DATA)


@dataclass(frozen=True, slots=True)
class Limit:
    """How much may differ from a budget before something is demanded; ``source`` is the document behind it.

    ``percent`` is of the budget and ``amount`` in money; one of them may be None and then says nothing. With ``both``
    each of them must be exceeded, else one is enough. What lies exactly on a limit does not exceed it.
    """

    percent: Decimal | None = None
    amount: Quantity | None = None
    both: bool = False
    source: str = ""

    def exceeded_by(self, difference: Quantity, budget: Value) -> bool:
        """Say whether a difference, whatever its sign, is more than the limit.

        A per cent of a budget that is missing cannot be exceeded; any difference is more than a per cent of zero.
        """
        size, answers = abs(difference).number, []
        if self.percent is not None:
            known = isinstance(budget, Quantity)
            base = abs(budget.to(difference.unit).number) if isinstance(budget, Quantity) else Decimal(0)
            answers.append(known and size * WHOLE > base * self.percent)
        if self.amount is not None:
            answers.append(size > self.amount.to(difference.unit).number)
        return bool(answers) and (all(answers) if self.both else any(answers))


def needs_comment(deviation: Value, budget: Value, limit: Limit | None) -> bool:
    """Say whether a forecast's deviation from budget is so large, either way, that it must be explained.

    Without a limit nothing must, and what is missing has no size.
    """
    return limit is not None and isinstance(deviation, Quantity) and limit.exceeded_by(deviation, budget)


@dataclass(frozen=True, slots=True)
class Hit:
    """One earlier forecast beside what it became.

    ``error`` is forecast − outcome, and ``percent`` the same in per cent of the outcome's size: above zero the
    forecast was too high. ``percent`` is missing when the outcome was zero.
    """

    on: date
    forecast: Quantity
    outcome: Quantity
    error: Quantity
    percent: Value


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How earlier forecasts turned out, in order of their dates.

    ``mean_absolute`` is the mean size of the errors in per cent, ``bias`` their mean with sign: near zero the errors
    go both ways, far from it the unit forecasts too high (above) or too low (below).
    """

    hits: tuple[Hit, ...]
    mean_absolute: Value
    bias: Value


def accuracy(forecasts: Iterable[tuple[date, Value, Value]]) -> Accuracy:
    """Judge forecasts (date, forecast, final outcome) of a net, or of one side of the accounts.

    Pairs where either is missing are left out. The means are unrounded, and missing when no error has a per cent.
    """
    hits = tuple(
        _hit(on, forecast, outcome)
        for on, forecast, outcome in sorted(forecasts, key=lambda one: one[0])
        if isinstance(forecast, Quantity) and isinstance(outcome, Quantity)
    )
    errors = [hit.percent.number for hit in hits if isinstance(hit.percent, Quantity)]
    return Accuracy(hits, _mean([abs(error) for error in errors]), _mean(errors))


def _hit(on: date, forecast: Quantity, outcome: Quantity) -> Hit:
    error = forecast - outcome
    size = abs(outcome).to(error.unit).number
    percent = Quantity(error.number / size * WHOLE, PERCENT) if size else Missing(MissingReason.NOT_APPLICABLE)
    return Hit(on, forecast, outcome, error, percent)


def _mean(numbers: list[Decimal]) -> Value:
    if not numbers:
        return Missing(MissingReason.NO_DATA)
    return Quantity(sum(numbers, Decimal(0)) / len(numbers), PERCENT)


def together(own: Value, parts: Iterable[Value]) -> Value:
    """Give what a unit with units under it forecasts: its own amount, or else the sum of all theirs.

    Missing when there is no own and some part is missing, or there are none: a part is never taken for the whole.
    """
    if isinstance(own, Quantity):
        return own
    told = list(parts)
    known = [part for part in told if isinstance(part, Quantity)]
    if not known or len(known) < len(told):
        unknown = len(told) - len(known)
        return Missing(MissingReason.NO_DATA, f"{unknown} av {len(told)} prognoser saknas" if known else "")
    total = known[0]
    for part in known[1:]:
        total += part
    return total


def change(now: Value, before: Value) -> Value:
    """Give how much an amount has grown: now − before, whatever is good; missing when either is."""
    if isinstance(now, Quantity) and isinstance(before, Quantity):
        return now - before
    return Missing(MissingReason.NO_DATA)
