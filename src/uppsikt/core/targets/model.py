"""Targets as values: what an indicator should come to, or which way it should go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from uppsikt.core.periods import Period
from uppsikt.core.quantities import COUNT, Missing, Quantity, format_quantity


class DesiredDirection(StrEnum):
    """Which way is good for an indicator."""

    UP = "up"
    DOWN = "down"
    KEEP = "keep"
    NONE = "none"  # not stated


class Op(StrEnum):
    """On which side of a figure the outcome must be."""

    LESS = "<"
    AT_MOST = "≤"
    MORE = ">"
    AT_LEAST = "≥"


class Way(StrEnum):
    """How the outcome should move from the value it is compared with."""

    UP = "öka"
    DOWN = "minska"
    KEEP = "bibehålla"
    KEEP_OR_UP = "bibehålla eller öka"
    KEEP_OR_DOWN = "bibehålla eller minska"


@dataclass(frozen=True, slots=True)
class Reach:
    """A plain figure; the good side follows from the indicator's desired direction."""

    quantity: Quantity
    note: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things ("4 stycken"): at least so many, when no direction says otherwise."""

    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound; ``of_size`` bounds a deviation's size in either direction ("Max 1 % budgetavvikelse")."""

    op: Op
    quantity: Quantity
    note: str = ""

    @property
    def of_size(self) -> bool:
        """Whether the outcome's size counts and not its sign."""
        return "avvik" in self.note.casefold()


@dataclass(frozen=True, slots=True)
class Change:
    """A movement compared with the last known value, or with that of the period ``since``.

    ``by`` in percent is relative to the value compared with; in any other unit it is added to it.
    """

    way: Way
    by: Quantity | None = None
    since: Period | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class YesNo:
    """An answer; ``wanted`` is None when the target only says that the answer is yes or no."""

    wanted: bool | None


@dataclass(frozen=True, slots=True)
class Balance:
    """A budget in balance, or a result of zero: the outcome must not be negative."""

    words: str = "Budget i balans"


@dataclass(frozen=True, slots=True)
class Both:
    """A bound and a trend in one target ("≥4% Positiv trend")."""

    bound: Bound
    change: Change


@dataclass(frozen=True, slots=True)
class TextTarget:
    """Words that only a person can assess."""

    text: str


@dataclass(frozen=True, slots=True)
class NoTarget:
    """No target, and why."""

    missing: Missing


Target = Reach | Count | Bound | Change | YesNo | Balance | Both | TextTarget | NoTarget

_OP_WORDS = {Op.LESS: "mindre än", Op.AT_MOST: "högst", Op.MORE: "större än", Op.AT_LEAST: "minst"}
_ANSWERS = {True: "Ja", False: "Nej", None: "Ja/Nej"}
_TREND_WORDS = {Way.UP: "positiv trend", Way.DOWN: "negativ trend"}


def format_target(target: Target) -> str:
    """Write a target so that it can be read again.

    >>> from decimal import Decimal
    >>> format_target(Bound(Op.AT_MOST, Quantity(Decimal(900), decimals=0)))
    'Högst 900'
    """
    match target:
        case Reach(quantity, note):
            return _figure(quantity) + _bracketed(note)
        case Count(quantity):
            return _figure(Quantity(quantity.number, COUNT, quantity.decimals))
        case Bound(op, quantity, note):
            return f"{_OP_WORDS[op].capitalize()} {_figure(quantity)}{_bracketed(note)}"
        case Change():
            return _change(target)
        case Both(bound, change):
            return f"{format_target(bound)} {_TREND_WORDS[change.way]}"
        case _:
            return _words(target)


def direction_of(target: Target) -> DesiredDirection:
    """Give the direction that a target itself tells; NONE when it tells none.

    >>> direction_of(Change(Way.KEEP_OR_UP))
    <DesiredDirection.UP: 'up'>
    """
    match target:
        case Change(Way.KEEP):
            return DesiredDirection.KEEP
        case Change(Way.UP | Way.KEEP_OR_UP) | Bound(Op.MORE | Op.AT_LEAST) | Both(Bound(Op.MORE | Op.AT_LEAST)):
            return DesiredDirection.UP
        case Change() | Bound() | Both():
            return DesiredDirection.DOWN
        case _:
            return DesiredDirection.NONE


def _change(target: Change) -> str:
    by = f" med {_figure(target.by)}" if target.by else ""
    since = f" jämfört med {target.since.label}" if target.since else ""
    return f"{target.way.capitalize()}{by}{since}" + (f" {target.note}" if target.note else "")


def _words(target: YesNo | Balance | TextTarget | NoTarget) -> str:
    match target:
        case YesNo(wanted):
            return _ANSWERS[wanted]
        case Balance(words):
            return words
        case TextTarget(text):
            return text
        case NoTarget(missing):
            return missing.text


def _figure(quantity: Quantity) -> str:
    if quantity.unit == COUNT:
        return f"{format_quantity(quantity)} stycken"
    return format_quantity(quantity, with_unit=True)


def _bracketed(note: str) -> str:
    return f" ({note})" if note else ""
