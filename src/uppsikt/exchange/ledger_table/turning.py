"""Cells that mean something else than they say by themselves, written as the store reads them.

The sign of an amount may stand in a column of its own (D or K), or twice (minus amounts under Kredit); a period or a
day may have a year of two digits. Where a file has such columns a text file is made of it, and these cells are turned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from uppsikt.exchange.ledger_table.headings import SIDE_CELLS
from uppsikt.exchange.ledger_table.look import ColumnLook

NEGATIVE, SHORT = "negative", "short"  # how a column is written: credits with minus, years of two digits
_MINUS, _BRACKETS = "-−–", "()"
_CENTURY = 70  # years from here on are of the century before
_AMOUNTS = {"amount"}

Cells = list[str]


def turning_of(columns: Sequence[ColumnLook]) -> Callable[[Cells], Cells] | None:
    """Give what turns the cells of a row, or None where every column says what it means."""
    side = next((at for at, one in enumerate(columns) if one.field == "side"), -1)
    amounts = [at for at, one in enumerate(columns) if one.field in _AMOUNTS or one.value is not None]
    negative = [at for at, one in enumerate(columns) if one.written == NEGATIVE]
    short = [at for at, one in enumerate(columns) if one.written == SHORT]
    if side < 0 and not negative and not short:
        return None

    def turned(cells: Cells) -> Cells:
        for at in short:
            cells[at] = _with_century(cells[at].strip())
        for at in negative:
            cells[at] = negated(cells[at])
        for at in amounts if side >= 0 else ():
            cells[at] = _signed(cells[at], cells[side].strip())
        return cells

    return turned


def negated(text: str) -> str:
    """Give an amount with its sign turned, as it is written.

    >>> negated("1 234,50"), negated("-5"), negated("(5)"), negated("5-"), negated("")
    ('-1 234,50', '5', '5', '5', '')
    """
    plain = text.strip()
    if not plain:
        return ""
    bare = plain.strip(_MINUS + _BRACKETS + "+ ")
    return bare if any(sign in plain for sign in (*_MINUS, *_BRACKETS)) else f"-{bare}"


def _signed(amount: str, side: str) -> str:
    """Give an amount by its side; one whose side is neither debit nor credit is no amount, and the store says so."""
    sign = SIDE_CELLS.get(side.casefold())
    if not amount.strip() or sign == 1:
        return amount
    return negated(amount) if sign == -1 else f"{amount.strip()} {side or '(varken D eller K)'}"


def _with_century(text: str) -> str:
    if len(text) not in (4, 6) or not (text.isascii() and text.isdecimal()):
        return text
    return f"{'19' if int(text[:2]) >= _CENTURY else '20'}{text}"
