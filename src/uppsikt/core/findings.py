"""Findings: what does not add up, as values with a stable identity.

A finding is a code, a place and facts; its Swedish text is made from them. ``identity`` is code +
place + facts: a finding that was dismissed stays dismissed until its facts change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from uppsikt.core.quantities import Quantity


class Confidence(StrEnum):
    """How sure a finding is: the arithmetic leaves no room; nearly none; look here."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the table's key and title, and the labels of row and column (with their keys).

    A finding about running text has the passage's key and the words (``quote``), and its heading as title.
    """

    table: str
    title: str = ""
    row: str = ""
    row_label: str = ""
    column: str = ""
    column_label: str = ""
    page: int | None = None
    link: str = ""
    passage: str = ""
    quote: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that does not add up.

    ``difference`` is stated − expected, in the table's unit. ``proposal`` is one Swedish sentence
    with a likely correction, or empty. ``consequences`` are findings that this one causes.
    """

    code: str
    title: str
    message: str
    place: Place
    confidence: Confidence = Confidence.CERTAIN
    stated: Quantity | None = None
    expected: Quantity | None = None
    difference: Quantity | None = None
    explained_by_rounding: bool = False
    proposal: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    consequences: tuple[Finding, ...] = ()

    def identity(self) -> str:
        """Give the finding's stable name: the same code, place and facts give the same name."""
        parts = [self.code, self.place.table or self.place.passage, self.place.row, self.place.column]
        parts += [str(q.number) if q else "" for q in (self.stated, self.expected)]
        parts += [f"{key}={value}" for key, value in sorted(self.facts.items())]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
