"""Two versions of a document beside each other, and several documents with each other. Asks no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from uppsikt.review.comparing import compare_records, compare_versions
from uppsikt.review.record import Record
from uppsikt.web.review.listing import Card, cards_of
from uppsikt.web.review.models import ReviewedDocument


@dataclass(frozen=True, slots=True)
class Remaining:
    """A finding that both versions have; ``before`` is told where its figures have changed."""

    card: Card
    before: Card | None


@dataclass(frozen=True, slots=True)
class Became:
    """What became of the findings: those that came, those that are gone, those that remain. Causes only."""

    new: tuple[Card, ...]
    mended: tuple[Card, ...]
    unchanged: tuple[Remaining, ...]


def versions(old: Record, new: Record) -> Became:
    """Compare what was found in two versions of a document."""
    found = compare_versions(old, new)
    return Became(
        new=tuple(cards_of(found.new)),
        mended=tuple(cards_of(found.mended)),
        unchanged=tuple(
            Remaining(Card(now), Card(before) if now["id"] != before["id"] else None)
            for before, now in found.unchanged
            if now["cause"] is None
        ),
    )


@dataclass(frozen=True, slots=True)
class Differing:
    """What one document states differently from the others."""

    document: ReviewedDocument
    cards: tuple[Card, ...]


def across(
    runs: tuple[int, ...], documents: Sequence[ReviewedDocument], records: Sequence[Record]
) -> tuple[Differing, ...]:
    """Compare documents with each other; what they state differently is told of the later one."""
    told = _across(_Held(runs, records))
    return tuple(Differing(document, cards) for document, cards in zip(documents, told, strict=True) if cards)


class _Held:
    """Carries records past the cache: a finished run never changes, so the runs' keys tell them apart."""

    def __init__(self, runs: tuple[int, ...], records: Sequence[Record]) -> None:
        self.runs, self.records = runs, records

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.runs == other.runs

    def __hash__(self) -> int:
        return hash(self.runs)


@lru_cache(maxsize=8)
def _across(held: _Held) -> tuple[tuple[Card, ...], ...]:
    compared = compare_records(held.records)
    return tuple(
        tuple(cards_of(after["findings"][len(before["findings"]) :]))
        for before, after in zip(held.records, compared, strict=True)
    )
