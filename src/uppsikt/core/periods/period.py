"""Periods: closed ranges of whole days with a kind; the fiscal year is the calendar year (LKBR 1:5).

A period knows its first and last day. Periods order by last day, then by length (the shorter first),
then by kind: an interim (January to August) stands before the year it is part of, and a year stands
before "per den 31 december", which is the same days told in another way.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
ORDINALS = ("första", "andra", "tredje", "fjärde")


class PeriodKind(StrEnum):
    """The shapes of time that reports speak of."""

    YEAR = "year"
    HALF = "half"
    TERTIAL = "tertial"
    QUARTER = "quarter"
    MONTH = "month"
    TO_DATE = "to_date"  # from 1 January to a day: "per den 31 augusti"


# How many months a period of this kind has; TO_DATE has as many as have passed.
_LENGTH = {
    PeriodKind.YEAR: 12,
    PeriodKind.HALF: 6,
    PeriodKind.TERTIAL: 4,
    PeriodKind.QUARTER: 3,
    PeriodKind.MONTH: 1,
}
_RANK = {kind: rank for rank, kind in enumerate(PeriodKind)}


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time; build it with the class methods, read it with ``parse_period``.

    >>> Period.tertial(2020, 2).label, Period.tertial(2020, 2).key
    ('tertial 2 2020', '2020-T2')
    >>> Period.to_date(date(2018, 8, 31)) < Period.year(2018) < Period.quarter(2019, 1)
    True
    """

    kind: PeriodKind
    start: date
    end: date  # included

    @classmethod
    def year(cls, year: int) -> Period:
        """Give a calendar year, which is also the fiscal year."""
        return cls._part(PeriodKind.YEAR, year, 1)

    @classmethod
    def half(cls, year: int, number: int) -> Period:
        """Give the first or second half of a year."""
        return cls._part(PeriodKind.HALF, year, number)

    @classmethod
    def tertial(cls, year: int, number: int) -> Period:
        """Give one of the three thirds of a year (January-April, May-August, September-December)."""
        return cls._part(PeriodKind.TERTIAL, year, number)

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """Give one of the four quarters of a year."""
        return cls._part(PeriodKind.QUARTER, year, number)

    @classmethod
    def month(cls, year: int, number: int) -> Period:
        """Give a month, 1-12."""
        return cls._part(PeriodKind.MONTH, year, number)

    @classmethod
    def to_date(cls, day: date) -> Period:
        """Give the year up to and including a day."""
        return cls(PeriodKind.TO_DATE, date(day.year, 1, 1), day)

    @classmethod
    def _part(cls, kind: PeriodKind, year: int, number: int) -> Period:
        length = _LENGTH[kind]
        if not 1 <= number <= 12 // length:
            raise ValueError(f"a year has no {kind.value} number {number}")
        last = number * length
        return cls(kind, date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1]))

    @property
    def year_number(self) -> int:
        """The calendar year that the period lies in."""
        return self.end.year

    @property
    def number(self) -> int:
        """Which month, quarter, tertial or half of its year it is (a year and a to-date are number 1)."""
        length = _LENGTH.get(self.kind, 12)
        return (self.start.month - 1) // length + 1

    @property
    def fiscal_year(self) -> Period:
        """The fiscal year that the period is part of."""
        return Period.year(self.year_number)

    @property
    def label(self) -> str:
        """The Swedish words for the period.

        >>> Period.half(2019, 1).label, Period.to_date(date(2018, 8, 31)).label
        ('första halvåret 2019', 'per den 31 augusti 2018')
        """
        month = MONTHS[self.end.month - 1]
        words = {
            PeriodKind.YEAR: "",
            PeriodKind.HALF: f"{ORDINALS[min(self.number, 2) - 1]} halvåret ",
            PeriodKind.TERTIAL: f"tertial {self.number} ",
            PeriodKind.QUARTER: f"kvartal {self.number} ",
            PeriodKind.MONTH: f"{month} ",
            PeriodKind.TO_DATE: f"per den {self.end.day} {month} ",
        }
        return f"{words[self.kind]}{self.year_number}"

    @property
    def key(self) -> str:
        """The canonical machine text: 2024, 2024-08, 2020-Q1, 2020-T2, 2019-H1, 2018-08-31."""
        year = f"{self.year_number:04d}"
        match self.kind:
            case PeriodKind.YEAR:
                return year
            case PeriodKind.MONTH:
                return f"{year}-{self.number:02d}"
            case PeriodKind.TO_DATE:
                return self.end.isoformat()
            case _:
                return f"{year}-{self.kind.value[0].upper()}{self.number}"

    def contains(self, other: Period | date) -> bool:
        """Say whether every day of the other lies in this period."""
        first, last = (other.start, other.end) if isinstance(other, Period) else (other, other)
        return self.start <= first and last <= self.end

    def overlaps(self, other: Period) -> bool:
        """Say whether the two have a day in common."""
        return self.start <= other.end and other.start <= self.end

    def last_year(self) -> Period:
        """Give the same period of the year before; the end of February stays the end of February.

        >>> Period.to_date(date(2024, 2, 29)).last_year().key
        '2023-02-28'
        """
        year = self.year_number - 1
        if self.kind is not PeriodKind.TO_DATE:
            return Period._part(self.kind, year, self.number)
        was_last = self.end.day == monthrange(self.year_number, self.end.month)[1]
        last = monthrange(year, self.end.month)[1]
        return Period.to_date(date(year, self.end.month, last if was_last else self.end.day))

    def __str__(self) -> str:
        return self.key

    def __lt__(self, other: Period) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[date, int, int]:
        return self.end, -self.start.toordinal(), _RANK[self.kind]
