"""Quantities: exact numbers with unit and written precision, and what is missing and why."""

from uppsikt.core.quantities.quantity import Interval, Missing, MissingReason, Quantity, Value
from uppsikt.core.quantities.unit import COUNT, KR, MDKR, MNKR, MONEY, PERCENT, PLAIN, TKR, Unit, unit_of

__all__ = [
    "COUNT", "KR", "MDKR", "MNKR", "MONEY", "PERCENT", "PLAIN", "TKR",
    "Interval", "Missing", "MissingReason", "Quantity", "Unit", "Value", "unit_of",
]  # fmt: skip
