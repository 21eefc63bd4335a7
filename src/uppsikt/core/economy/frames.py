"""Frames: the money that the council gives a committee, as a sum of dated decisions.

A frame for year N is last year's frame and every decided change (domain: Money, Frames). A transfer
has a giver and a receiver: over the municipality transfers sum to zero, in every year they run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import TKR, Missing, MissingReason, Quantity, Value, format_quantity, round_to


class FrameKind(StrEnum):
    """Why a frame changed."""

    DECIDED = "decided"
    INDEXATION = "indexation"
    TECHNICAL = "technical"
    COST_REDUCING = "cost_reducing"
    TRANSFER = "transfer"
    ADDITION = "addition"


@dataclass(frozen=True, slots=True)
class FrameEntry:
    """One decision about one unit's frame for one year; positive gives money, negative takes it.

    ``counterpart`` is the other side of a transfer, ``matter`` what it is about: both sides tell the same.
    ``decided_on`` is None while the entry is only proposed, or when nobody knows the day.
    """

    unit: str
    year: int
    amount: Quantity
    kind: FrameKind = FrameKind.DECIDED
    counterpart: str = ""
    decided_on: date | None = None
    matter: str = ""

    def __post_init__(self) -> None:
        if self.kind is FrameKind.TRANSFER and self.counterpart in ("", self.unit):
            raise UseError(f"Omfördelningen för {self.unit!r} {self.year} saknar motpart. Ange den andra nämnden.")


@dataclass(frozen=True, slots=True)
class Imbalance:
    """Two units whose transfers in a matter do not mirror each other in a year, and by how much they miss.

    ``sides`` are what the first and the second unit's own entries say, together; zero where they say nothing.
    """

    year: int
    units: tuple[str, str]
    difference: Quantity
    matter: str = ""
    sides: tuple[Quantity, Quantity] | None = None


def frame_of(entries: Iterable[FrameEntry], year: int, as_of: date | None = None, *, unit: str = "") -> Value:
    """Sum the entries that count for a year, of one unit or of all; Missing when there are none: no frame is decided.

    With ``as_of`` only what had been decided on that day counts, and a proposal does not.
    """
    total: Quantity | None = None
    for entry in counted(entries, year, as_of, unit=unit):
        total = entry.amount if total is None else total + entry.amount
    return Missing(MissingReason.NO_DATA, "ingen ram är beslutad") if total is None else total


def whole_frame_of(entries: Iterable[FrameEntry], year: int, as_of: date | None = None, *, unit: str = "") -> Value:
    """Give the frame of a year, Missing also where only changes are known: a part is never taken for the whole."""
    found = counted(entries, year, as_of, unit=unit)
    if found and not any(one.kind is FrameKind.DECIDED for one in found):
        return Missing(MissingReason.NO_DATA, "bara ändringar är inlagda, inte den beslutade budgeten")
    return frame_of(found, year)


def counted(
    entries: Iterable[FrameEntry], year: int, as_of: date | None = None, *, unit: str = ""
) -> tuple[FrameEntry, ...]:
    """Give the entries that make the frame of a year, of one unit or of all, in the order they came.

    A plan year's budget is decided again when its own year comes (Kommunallagen 11:6): a newer decided budget
    stands in the place of the older one and of every change that was decided before it.
    """
    wanted = [one for one in entries if one.year == year and unit in ("", one.unit) and _had_been_decided(one, as_of)]
    newest: dict[str, date] = {}
    for one in wanted:
        if one.kind is FrameKind.DECIDED and one.decided_on is not None:
            newest[one.unit] = max(one.decided_on, newest.get(one.unit, one.decided_on))
    return tuple(one for one in wanted if not _is_replaced(one, newest.get(one.unit)))


def _is_replaced(entry: FrameEntry, newest: date | None) -> bool:
    """Say whether a newer decided budget stands in the entry's place; an undated budget is the oldest."""
    if newest is None:
        return False
    if entry.decided_on is None:
        return entry.kind is FrameKind.DECIDED
    return entry.decided_on < newest


def _had_been_decided(entry: FrameEntry, as_of: date | None) -> bool:
    return as_of is None or (entry.decided_on is not None and entry.decided_on <= as_of)


def transfers_balance(entries: Iterable[FrameEntry]) -> tuple[Imbalance, ...]:
    """Give the transfers that do not mirror each other between their two units in a year; empty when all do."""
    zero = Quantity(Decimal(0), TKR)
    told: dict[tuple[int, tuple[str, str], str], list[Quantity]] = {}
    for entry in entries:
        if entry.kind is FrameKind.TRANSFER:
            one, other = sorted((entry.unit, entry.counterpart))
            sides = told.setdefault((entry.year, (one, other), entry.matter), [zero, zero])
            at = 0 if entry.unit == one else 1
            sides[at] = sides[at] + entry.amount if sides[at].number else entry.amount
    return tuple(
        Imbalance(year, units, sides[0] + sides[1], matter, (sides[0], sides[1]))
        for (year, units, matter), sides in sorted(told.items())
        if (sides[0] + sides[1]).number
    )


def imbalance_sentence(one: Imbalance, names: Mapping[str, str] | None = None) -> str:
    """Say in Swedish which year, which two committees and what differs; ``names`` are the units' own names.

    >>> tkr = lambda number: Quantity(Decimal(number), TKR)
    >>> fault = Imbalance(2024, ("ks", "kfn"), tkr(-500), "Elitstöd", (tkr(-3000), tkr(2500)))
    >>> imbalance_sentence(fault, {"ks": "Kommunstyrelsen", "kfn": "Kultur- och fritidsnämnden"}).replace("\xa0", " ")
    '2024, ”Elitstöd”: Kommunstyrelsen har −3 000 tkr och Kultur- och fritidsnämnden 2 500 tkr. Det skiljer 500 tkr.'
    """
    first, second = ((names or {}).get(unit, unit) for unit in one.units)
    about = f"{one.year}, ”{one.matter}”" if one.matter else f"{one.year}"
    missing = format_quantity(abs(one.difference), with_unit=True)
    if one.sides is None:
        return f"{about}: omfördelningarna mellan {first} och {second} skiljer {missing}."
    own, mirror = one.sides
    if not own.number or not mirror.number:
        giver, other = (second, first) if not own.number else (first, second)
        amount = format_quantity(mirror if not own.number else own, with_unit=True)
        return f"{about}: {giver} har {amount}, men spegelposten hos {other} saknas."
    said = f"{first} har {format_quantity(own, with_unit=True)} och {second} {format_quantity(mirror, with_unit=True)}"
    return f"{about}: {said}. Det skiljer {missing}."


@dataclass(frozen=True, slots=True)
class Indexation:
    """Price and wage indexation of several frames by one percentage, each rounded to whole tkr for itself.

    ``amounts`` are by unit; ``total`` is their sum, and ``exact`` the same percentage on all bases together,
    unrounded: what the two differ by is rounding and nothing else.
    """

    percent: Decimal
    amounts: Mapping[str, Quantity]
    total: Quantity
    exact: Quantity


INDEXATION_ROUNDING = "Varje nämnds belopp avrundas för sig till hela tusental kronor; en halv avrundas bort från noll."


def indexation(bases: Mapping[str, Quantity], percent: Decimal) -> Indexation:
    """Reckon a percentage on each unit's base, rounded as INDEXATION_ROUNDING says.

    >>> indexed = indexation({"ks": Quantity(Decimal(460_375), TKR)}, Decimal("2.4"))
    >>> indexed.amounts["ks"].number, indexed.exact.number
    (Decimal('11049'), Decimal('11049.0'))
    """
    raw = {unit: Quantity(base.to(TKR).number * percent / 100, TKR) for unit, base in bases.items()}
    amounts = {unit: Quantity(round_to(one, 0).number, TKR) for unit, one in raw.items()}
    return Indexation(percent, amounts, _sum(tuple(amounts.values())), _sum(tuple(raw.values())))


def _sum(amounts: Sequence[Quantity]) -> Quantity:
    return sum(amounts, start=Quantity(Decimal(0), TKR))


def transfers_by_year(entries: Iterable[FrameEntry]) -> Mapping[int, Quantity]:
    """Give what all transfers come to over the municipality in each year they run; each is to be zero."""
    found: dict[int, Quantity] = {}
    for one in entries:
        if one.kind is FrameKind.TRANSFER:
            found[one.year] = found.get(one.year, Quantity(Decimal(0), TKR)) + one.amount
    return dict(sorted(found.items()))
