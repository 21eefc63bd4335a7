"""Quantities: exact numbers with unit and written precision, and what is missing and why."""

from uppsikt.core.quantities.intervals import could_be_sum, sum_interval
from uppsikt.core.quantities.lexer import GROUP_SPACES, MINUS_SIGNS, Token, TokenKind, lex, with_spaced_thousands
from uppsikt.core.quantities.missing import missing_text, read_missing
from uppsikt.core.quantities.quantity import Interval, Missing, MissingReason, Quantity, Value
from uppsikt.core.quantities.reading import Further, Reading, parse_quantity, read_cell
from uppsikt.core.quantities.unit import COUNT, KR, MDKR, MNKR, MONEY, PERCENT, PLAIN, TKR, Unit, unit_of
from uppsikt.core.quantities.writing import (
    MINUS,
    NARROW_NO_BREAK_SPACE,
    NO_BREAK_SPACE,
    Style,
    format_quantity,
    format_value,
    round_to,
)  # fmt: skip

__all__ = [
    "COUNT", "GROUP_SPACES", "KR", "MDKR", "MINUS", "MINUS_SIGNS", "MNKR", "MONEY", "NARROW_NO_BREAK_SPACE",
    "NO_BREAK_SPACE", "PERCENT", "PLAIN", "TKR",
    "Further", "Interval", "Missing", "MissingReason", "Quantity", "Reading", "Style", "Token", "TokenKind", "Unit",
    "Value", "could_be_sum", "format_quantity", "format_value", "lex", "missing_text", "parse_quantity", "read_cell",
    "read_missing", "round_to", "sum_interval", "unit_of",
    "with_spaced_thousands",
]  # fmt: skip
