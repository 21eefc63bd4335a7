"""Where a found thing is read: at the reader's own unit and date when it lives there, else where it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.organisation.models import Unit


class Places:
    """Gives addresses of things, near the reader; asks the database nothing."""

    def __init__(self, here: Here) -> None:
        self._here = here

    def url(self, name: str, *args: object, unit: Unit | None = None, date: ReportingDate | None = None) -> str:
        """Give the address of a page at a unit and a date; what is not told is the reader's own."""
        slugs = (unit or self._here.unit).slug, (date or self._here.reporting_date).slug
        return reverse(name, args=[*slugs, *args])

    def date_in(self, first_year: int, last_year: int) -> ReportingDate | None:
        """Give the reader's date if its year is among these, else the newest that is."""
        return self._first(lambda one: first_year <= one.year <= last_year)

    def date_on(self, start: date, end: date | None) -> ReportingDate | None:
        """Give the reader's date if it lies in this time (end excluded), else the newest that does."""
        return self._first(lambda one: start <= one.on and (end is None or one.on < end))

    def _first(self, fits: Callable[[ReportingDate], bool]) -> ReportingDate | None:
        return next((one for one in (self._here.reporting_date, *self._here.reporting_dates) if fits(one)), None)
