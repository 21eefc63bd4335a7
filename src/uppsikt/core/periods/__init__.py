"""Periods: year, half year, tertial, quarter, month, and the year to a date."""

from uppsikt.core.periods.period import MONTHS, Period, PeriodKind
from uppsikt.core.periods.reading import parse_period

__all__ = ["MONTHS", "Period", "PeriodKind", "parse_period"]
