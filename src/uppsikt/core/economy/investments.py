"""Investments: frames with reserve and carry-over, and projects followed from their decision until they are finished.

All amounts are positive: expenditure is money out, receipts are contributions to the investment, and net = expenditure
− receipts. A deviation is decided − outcome (or − calculated), positive when it is good. RKR R14 names two totals of a
project: the decided total expenditure is the sum of the decisions, the calculated total expenditure is what the
project is expected to come to when it is finished. Nothing is rounded here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uppsikt.core.economy.ledger import Side, side_of
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import KR, Missing, MissingReason, Quantity, Value, format_quantity

NOTHING = Quantity(Decimal(0), KR)


class Scope(StrEnum):
    """Whether money belongs to the committee's investment frame or was decided beside it."""

    WITHIN = "within"
    OUTSIDE = "outside"


class Giving(StrEnum):
    """What a decision about investment money does."""

    DECIDED = "decided"
    ADDITION = "addition"
    RESERVE = "reserve"  # a frame: set aside, not yet for anything
    RESERVE_USE = "reserve_use"  # from the reserve to a project
    CARRY_OVER = "carry_over"  # from one year to another; what one year loses the other gets


@dataclass(frozen=True, slots=True)
class Outlay:
    """Money out and money in of an investment, both as positive amounts."""

    expenditure: Quantity = NOTHING
    receipts: Quantity = NOTHING

    @property
    def net(self) -> Quantity:
        """Expenditure − receipts: what the municipality itself pays."""
        return self.expenditure - self.receipts

    def __add__(self, other: Outlay) -> Outlay:
        return Outlay(self.expenditure + other.expenditure, self.receipts + other.receipts)

    def __sub__(self, other: Outlay) -> Outlay:
        return Outlay(self.expenditure - other.expenditure, self.receipts - other.receipts)


# Kommun-BAS: gifts and private contributions, and public contributions, to investments.
CONTRIBUTIONS = ("352", "357")


def outlay_of(booked: Iterable[tuple[str, Decimal]]) -> Outlay:
    """Give what entries of a project come to: account and amount in kronor as booked (debit positive).

    Expenditure is group 40, with its corrections taken away. Receipts are contributions to the investment. What else
    is booked on the project is cost or income of the running year, and no part of the investment.

    >>> booked = [("4031", "900"), ("4031", "-50"), ("3570", "-200"), ("5011", "7")]
    >>> made = outlay_of((account, Decimal(amount)) for account, amount in booked)
    >>> made.expenditure.number, made.receipts.number, made.net.number
    (Decimal('850'), Decimal('200'), Decimal('650'))
    """
    expenditure = receipts = Decimal(0)
    for account, amount in booked:
        if side_of(account) is Side.INVESTMENT:
            expenditure += amount
        elif account.startswith(CONTRIBUTIONS):
            receipts -= amount
    return Outlay(Quantity(expenditure, KR), Quantity(receipts, KR))


@dataclass(frozen=True, slots=True)
class Grant:
    """One dated decision about money for a year. A carry-over takes it from ``from_year``; ``decided_on`` None is a
    proposal, which counts only when no day is asked for.
    """

    year: int
    amount: Outlay
    kind: Giving = Giving.DECIDED
    scope: Scope = Scope.WITHIN
    from_year: int | None = None
    decided_on: date | None = None

    def __post_init__(self) -> None:
        if (self.kind is Giving.CARRY_OVER) != (self.from_year is not None):
            raise UseError("En överföring ska säga från vilket år pengarna tas, och bara en överföring ska det.")
        if self.from_year is not None and self.from_year >= self.year:
            raise UseError("En överföring går till ett senare år än det som pengarna tas från.")

    def had_been_decided(self, as_of: date | None) -> bool:
        """Say whether the decision counts on a day; None counts all."""
        return as_of is None or (self.decided_on is not None and self.decided_on <= as_of)


def decided(grants: Iterable[Grant], as_of: date | None = None) -> Outlay | None:
    """Sum the decisions of all years; None when there is none. A carry-over adds nothing to the sum."""
    return _sum(part for grant in grants if grant.had_been_decided(as_of) for _year, part in _by_year(grant))


def budget_of(grants: Iterable[Grant], year: int, as_of: date | None = None) -> Outlay | None:
    """Sum the decisions for one year, with what was carried to it and without what was carried from it."""
    counted = (grant for grant in grants if grant.had_been_decided(as_of))
    return _sum(part for grant in counted for at, part in _by_year(grant) if at == year)


def _by_year(grant: Grant) -> Iterable[tuple[int, Outlay]]:
    yield grant.year, grant.amount
    if grant.from_year is not None:
        yield grant.from_year, Outlay() - grant.amount


def _sum(parts: Iterable[Outlay]) -> Outlay | None:
    total: Outlay | None = None
    for part in parts:
        total = part if total is None else total + part
    return total


@dataclass(frozen=True, slots=True)
class Frame:
    """A committee's investment frame for a year in one scope, as of a day; every part net.

    ``carried_in`` came from earlier years and ``carried_out`` left for later ones. The reserve is a part of the frame
    that nothing is decided for yet; using it moves money to a project and leaves the frame as large as it was.
    """

    decided: Quantity
    added: Quantity
    reserve: Quantity
    reserve_used: Quantity
    carried_in: Quantity
    carried_out: Quantity

    @property
    def total(self) -> Quantity:
        """What may be invested in the year, what is left of the reserve too."""
        return self.decided + self.added + self.reserve + self.carried_in - self.carried_out

    @property
    def reserve_left(self) -> Quantity:
        """What of the reserve nothing is decided for."""
        return self.reserve - self.reserve_used


def frame_in(grants: Iterable[Grant], year: int, scope: Scope, as_of: date | None = None) -> Frame | None:
    """Give the frame of a year in a scope; None when nothing was ever decided about it.

    A frame that nobody has decided is not a frame of zero: zero is a decision too (Kommunallagen 11:7).
    """
    counted = [one for one in grants if one.scope is scope and one.had_been_decided(as_of)]
    into = [one for one in counted if one.year == year]
    out = [one for one in counted if one.from_year == year]
    if not into and not out:
        return None

    def net_of(kind: Giving) -> Quantity:
        return _net(one.amount for one in into if one.kind is kind)

    return Frame(
        decided=net_of(Giving.DECIDED),
        added=net_of(Giving.ADDITION),
        reserve=net_of(Giving.RESERVE),
        reserve_used=net_of(Giving.RESERVE_USE),
        carried_in=net_of(Giving.CARRY_OVER),
        carried_out=_net(one.amount for one in out),
    )


def _net(parts: Iterable[Outlay]) -> Quantity:
    total = _sum(parts)
    return NOTHING if total is None else total.net


def unused(budget: Value, outcome: Value) -> Value:
    """Give what may be carried over: budget − outcome, never below zero; Missing when one of them is."""
    left = less(budget, outcome)
    return left if isinstance(left, Missing) or left.number >= 0 else Quantity(Decimal(0), left.unit)


def refuse_beyond(asked: Quantity, left: Value, what: str) -> None:
    """Stop with a sentence when more is asked for than what is left, when nothing is asked for, or nobody knows.

    ``what`` names what it is taken from, as it stands in the sentence: "reserven 2024".
    """
    if asked.number <= 0:
        raise UseError("Skriv ett belopp som är större än noll.")
    if isinstance(left, Missing):
        raise UseError(f"Det går inte att säga hur mycket som är kvar av {what}: {left.text}. Lägg in det först.")
    if asked.to(left.unit).number > left.number:
        over = asked.to(left.unit) - left
        raise UseError(
            f"Kvar av {what} är {_kr(left)}, och du begär {_kr(asked)}. Det är {_kr(over)} för mycket. Sänk beloppet."
        )


def _kr(amount: Quantity) -> str:
    kronor = amount.to(KR)
    return format_quantity(
        kronor, decimals=0 if kronor.number == kronor.number.to_integral_value() else 2, with_unit=True
    )


def less(first: Value, second: Value) -> Value:
    """Subtract; what lacks a term is missing, for the reason of the first that is."""
    if isinstance(first, Missing):
        return first
    return second if isinstance(second, Missing) else first - second


@dataclass(frozen=True, slots=True)
class Standing:
    """A project as of a day: since its start, and of which this year. All net; see the module for signs.

    ``calculated`` is the outcome when the project is finished, else the forecast that somebody gave, else Missing.
    """

    decided: Value
    accumulated: Value
    calculated: Value
    budget: Value
    outcome: Value

    @property
    def left(self) -> Value:
        """Decided − accumulated outcome: what the decision leaves to use."""
        return less(self.decided, self.accumulated)

    @property
    def deviation(self) -> Value:
        """Decided − calculated total (R14): what will be left when the project is finished."""
        return less(self.decided, self.calculated)

    @property
    def deviation_of_year(self) -> Value:
        """This year's budget − this year's outcome."""
        return less(self.budget, self.outcome)


def net_or_missing(outlay: Outlay | None, why: str) -> Value:
    """Give the net, or Missing with the reason: nothing decided is not a decision of zero."""
    return Missing(MissingReason.NO_DATA, why) if outlay is None else outlay.net


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a project has used. A yearly project is one appropriation a year: "since start" is then this year."""

    accumulated: Value
    of_year: Value
    is_finished: bool = False
    is_yearly: bool = False


def standing_of(
    grants: Iterable[Grant],
    year: int,
    as_of: date | None,
    outcomes: Outcomes,
    forecast: Value,
) -> Standing:
    """Tell a project as of a day in a year: what is decided, used, expected.

    ``outcomes.is_finished`` makes the accumulated outcome the calculated total: nothing more is to come.
    """
    counted = tuple(grants)
    this_year = budget_of(counted, year, as_of)
    total = this_year if outcomes.is_yearly else decided(counted, as_of)
    return Standing(
        decided=net_or_missing(total, "inget beslut är inlagt"),
        accumulated=outcomes.accumulated,
        calculated=outcomes.accumulated if outcomes.is_finished else forecast,
        budget=net_or_missing(this_year, "ingen budget för året"),
        outcome=outcomes.of_year,
    )


def proposed_total(grants: Iterable[Grant], year: int, as_of: date | None, outcomes: Outcomes) -> Value:
    """Propose the calculated total: the outcome so far, what is left of this year's budget, and later years' budgets.

    A year that has used more than its budget has nothing left; its excess is in the outcome already.
    """
    counted = tuple(grants)
    if isinstance(outcomes.accumulated, Missing):
        return outcomes.accumulated
    total = outcomes.accumulated
    rest = unused(net_or_missing(budget_of(counted, year, as_of), ""), outcomes.of_year)
    if isinstance(rest, Quantity):
        total += rest
    later = {at for grant in counted for at, _part in _by_year(grant) if at > year and not outcomes.is_yearly}
    for at in sorted(later):
        planned = budget_of(counted, at, as_of)
        if planned is not None:
            total += planned.net
    return total


def total_of(standings: Iterable[Standing]) -> Standing:
    """Add projects up, each column for itself; a column in which one is missing is missing, and says how many."""
    rows = tuple(standings)

    def added(values: Iterable[Value]) -> Value:
        known = tuple(values)
        unknown = sum(isinstance(one, Missing) for one in known)
        if unknown:
            return Missing(MissingReason.NO_DATA, f"{unknown} av {len(known)} saknas")
        return sum((one for one in known if isinstance(one, Quantity)), NOTHING)

    return Standing(
        decided=added(one.decided for one in rows),
        accumulated=added(one.accumulated for one in rows),
        calculated=added(one.calculated for one in rows),
        budget=added(one.budget for one in rows),
        outcome=added(one.outcome for one in rows),
    )
