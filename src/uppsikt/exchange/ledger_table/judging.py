"""What a person should know of a table file before it is loaded: what is missing, and what looks unusual."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uppsikt.core.economy.ledger import EntryFault, Side, side_of
from uppsikt.exchange.ledger_table.contents import number_of
from uppsikt.exchange.ledger_table.look import ColumnLook, Line

_FEW = 3  # income entries: fewer say nothing of how income is written
_MOSTLY = 0.8
_THOUSANDS = re.compile(r"\b(tkr|mkr|mnkr|msek|ksek|tusental kronor|tusen kronor|miljoner kronor)\b")
_NO_MONTH = re.compile(r"(?:19|20|21)\d\d[-/.]?(?:00|1[345])")


def what_is_missing(columns: tuple[ColumnLook, ...], sheet: str) -> list[EntryFault]:
    """Give a fault for each thing that an entry must have and no column tells."""
    fields = {one.field for one in columns}
    values = [one.value for one in columns if one.value]
    undated = [month for _, month in values if month is not None and month < 100]
    months = bool(values) and all(month for _, month in values)
    faults = []
    if "account" not in fields:
        faults.append(("no_account", "Ingen kolumn är vald för konto."))
    if "unit" not in fields:
        faults.append(("no_unit", "Ingen kolumn är vald för ansvar."))
    if undated:
        faults.append(("no_period", "Kolumnerna har månader men inget år. Säg vilket år filen gäller."))
    elif any(one.field == "month" and not one.written for one in columns) and "year" not in fields:
        faults.append(("no_period", "Månaden står utan år. Säg vilken kolumn som är året."))
    elif not months and not fields & {"period", "date", "month"}:
        faults.append(("no_period", "Ingen kolumn är vald för period eller datum."))
    if not values and not fields & {"amount", "debit", "credit"}:
        faults.append(("no_amount", "Ingen kolumn är vald för belopp."))
    return [EntryFault(code, 0, "", "", message, sheet=sheet) for code, message in faults]


def income_is_positive(lines: Sequence[Line], columns: tuple[ColumnLook, ...], decimal: str) -> bool:
    """Say whether income seems to be written as positive amounts: most amounts on accounts of class 3 are.

    Where a column tells debit from credit the sign says nothing by itself.
    """
    account = next((at for at, one in enumerate(columns) if one.field == "account"), -1)
    amounts = [at for at, one in enumerate(columns) if one.field == "amount" or one.value]
    if account < 0 or not amounts or any(one.field == "side" for one in columns):
        return False
    told = [
        (line.cells[account].strip() if account < len(line.cells) else "", number)
        for line in lines
        for at in amounts
        if at < len(line.cells) and (number := number_of(line.cells[at], decimal))
    ]
    if told and not sum(number for _, number in told):
        return False  # all that is booked comes to nothing: the signs are those of the books
    found = [number for code, number in told if side_of(code) is Side.INCOME]
    return len(found) >= _FEW and sum(number > 0 for number in found) >= _MOSTLY * len(found)


def money_unit(titles: str, columns: tuple[ColumnLook, ...]) -> list[str]:
    """Say when the file speaks of thousands or millions: entries are in kronor."""
    heads = " ".join((titles, *(one.heading for one in columns))).casefold()
    found = _THOUSANDS.search(heads)
    return [f"Filen talar om {found[1]}. Poster läses in i kronor; kontrollera beloppen."] if found else []


def strange_periods(lines: Sequence[Line], columns: tuple[ColumnLook, ...]) -> list[str]:
    """Say when periods of the closing (month 00 or 13) stand in the file."""
    at = next((place for place, one in enumerate(columns) if one.field == "period"), -1)
    found = {line.cells[at].strip() for line in lines if 0 <= at < len(line.cells)}
    odd = sorted(text for text in found if _NO_MONTH.fullmatch(text))
    told = "räknas till årets december, en ingående (00) till januari"
    return [f"Filen har perioder som inte är månader: {', '.join(odd[:5])}. Bokslutets {told}."] if odd else []
