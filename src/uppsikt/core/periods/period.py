"""Periods: closed ranges of whole days with a kind; the fiscal year is the calendar year (LKBR 1:5).

A period knows its first and last day. Periods order by last day and then by length, so that an
interim (January to August) stands before the year it is part of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering


class PeriodKind(StrEnum):
    """The shapes of time that reports speak of."""

    YEAR = "year"
    HALF = "half"
    TERTIAL = "tertial"
    QUARTER = "quarter"
    MONTH = "month"
    TO_DATE = "to_date"  # from 1 January to a day: "per den 31 augusti"


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time; build it with the class methods, read it with ``parse_period``."""

    kind: PeriodKind
    start: date
    end: date  # included

    def __lt__(self, other: Period) -> bool:
        return (self.end, -self.start.toordinal()) < (other.end, -other.start.toordinal())
