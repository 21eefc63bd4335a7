"""Frames: the money that the council gives a committee, as a sum of dated decisions.

A frame for year N is last year's frame and every decided change (domain: Money, Frames). A transfer
has a giver and a receiver: over the municipality transfers sum to zero, in every year they run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Value


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

    ``counterpart`` is the other side of a transfer. ``decided_on`` is None while the entry is only
    proposed.
    """

    unit: str
    year: int
    amount: Quantity
    kind: FrameKind = FrameKind.DECIDED
    counterpart: str = ""
    decided_on: date | None = None

    def __post_init__(self) -> None:
        if self.kind is FrameKind.TRANSFER and self.counterpart in ("", self.unit):
            raise UseError(f"Omfördelningen för {self.unit!r} {self.year} saknar motpart. Ange den andra nämnden.")


@dataclass(frozen=True, slots=True)
class Imbalance:
    """Two units whose transfers in a year do not mirror each other, and by how much they miss."""

    year: int
    units: tuple[str, str]
    difference: Quantity


def frame_of(entries: Iterable[FrameEntry], year: int, as_of: date | None = None, *, unit: str = "") -> Value:
    """Sum the entries of a year, of one unit or of all; Missing when there are none: no frame is decided.

    With ``as_of`` only what had been decided on that day counts, and a proposal does not.
    """
    total: Quantity | None = None
    for entry in entries:
        if entry.year == year and unit in ("", entry.unit) and _had_been_decided(entry, as_of):
            total = entry.amount if total is None else total + entry.amount
    return Missing(MissingReason.NO_DATA, "ingen ram är beslutad") if total is None else total


def _had_been_decided(entry: FrameEntry, as_of: date | None) -> bool:
    return as_of is None or (entry.decided_on is not None and entry.decided_on <= as_of)


def transfers_balance(entries: Iterable[FrameEntry]) -> tuple[Imbalance, ...]:
    """Give the transfers that do not sum to zero between their two units in a year; empty when all do."""
    sums: dict[tuple[int, tuple[str, str]], Quantity] = {}
    for entry in entries:
        if entry.kind is FrameKind.TRANSFER:
            one, other = sorted((entry.unit, entry.counterpart))
            place = entry.year, (one, other)
            sums[place] = sums[place] + entry.amount if place in sums else entry.amount
    return tuple(Imbalance(*place, sums[place]) for place in sorted(sums) if sums[place].number)
