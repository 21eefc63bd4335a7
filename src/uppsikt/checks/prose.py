"""What surrounds the figures of a document: where its tables are printed, its running text, and what comes of both.

Rules about single tables need nothing of it; rules about text, years, units and references read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from uppsikt.core.findings import Confidence, Finding, Place
from uppsikt.core.passages import Passage
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import ColumnRole, Table

_OF_THE_YEAR = (ColumnRole.OUTCOME, ColumnRole.DEVIATION, ColumnRole.FORECAST)


@dataclass(frozen=True)
class Printed:
    """A table and where it stands: its place in the reading order (counted with the passages) and its headings."""

    table: Table
    order: int
    section: tuple[str, ...] = ()
    page: int | None = None
    kind: str = "other"  # economy, investment, indicator, assessment, assignment, activity, staff, volume, other


@dataclass(frozen=True, slots=True)
class Binding:
    """A number in running text, the characters it stands at, and what it was bound to, in Swedish words."""

    passage: Passage
    start: int
    end: int
    number: Quantity
    target: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a document gives: what does not add up, and what every number in its text was held against."""

    findings: tuple[Finding, ...]
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True)
class Remark:
    """Something that is wrong and no relation between figures: a date, a reference, a label, a count."""

    message: str
    place: Place
    confidence: Confidence
    stated: Quantity | None = None
    expected: Quantity | None = None
    proposal: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    def finding(self, code: str, title: str) -> Finding:
        """Tell it as a finding of a rule."""
        both = self.stated is not None and self.expected is not None
        return Finding(
            code=code,
            title=title,
            message=self.message,
            place=self.place,
            confidence=self.confidence,
            stated=self.stated,
            expected=self.expected,
            difference=self.stated - self.expected if both and self.stated and self.expected else None,
            proposal=self.proposal,
            facts=self.facts,
        )


class Prose:
    """A document's tables with their places, and its passages in reading order."""

    def __init__(self, printed: Sequence[Printed], passages: Sequence[Passage]) -> None:
        self.printed = tuple(printed)
        self.passages = tuple(passages)

    @cached_property
    def year(self) -> int | None:
        """The year that the document is about.

        Where money is planned for years to come it is the year before the first of them; else that of most
        columns of outcome, tables of money before others; else that of most budget columns.
        """
        money = [one for one in self.printed if one.kind in ("economy", "investment")]
        planned = [min(years) - 1 for one in money if (years := _years(one, ColumnRole.PLAN))]
        told = [year for one in money for year in _years(one, *_OF_THE_YEAR)]
        shown = [year for one in self.printed for year in _years(one, *_OF_THE_YEAR)]
        budgeted = [year for one in self.printed for year in _years(one, ColumnRole.BUDGET)]
        for years in (planned, told, shown, budgeted):
            if years:
                return Counter(sorted(years, reverse=True)).most_common(1)[0][0]
        return None


def _years(printed: Printed, *roles: ColumnRole) -> list[int]:
    return [one.period.year_number for one in printed.table.columns_of(*roles) if one.period is not None]


def place_in_text(passage: Passage, start: int, end: int) -> Place:
    """Say where words of a passage are; the innermost heading over them is the title."""
    title = passage.section[-1] if passage.section else ""
    return Place("", title, page=passage.page, passage=passage.key, quote=passage.text[start:end])


def around(text: str, start: int, end: int, most: int = 70) -> str:
    """Give some words around a place in a text, for a message: cut at spaces, with dots where more stands."""
    first, last = max(0, start - most // 2), min(len(text), end + most // 2)
    while first and not text[first - 1].isspace():
        first -= 1
    while last < len(text) and not text[last].isspace():
        last += 1
    return ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")
