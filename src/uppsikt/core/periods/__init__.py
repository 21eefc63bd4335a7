"""Periods: year, half year, tertial, quarter, month, and the year to a date."""

from uppsikt.core.periods.period import Period, PeriodKind

__all__ = ["Period", "PeriodKind"]
