"""``uppsikt ledger inspect`` of a table file: what is in a CSV or Excel file of entries, without loading it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uppsikt.core.quantities import Quantity, format_quantity

if TYPE_CHECKING:
    from uppsikt.core.economy.ledger import EntryFault
    from uppsikt.exchange.ledger_table import Look, Told

_KINDS = {"outcome": "utfall", "budget": "budget", "forecast": "prognos"}
_DELIMITERS = {";": "semikolon", ",": "komma", "\t": "tabb", "|": "lodstreck"}


def looked_at(path: Path) -> tuple[Look, Told, list[EntryFault]]:
    """Look at a table file and read every row of it; raises UseError where it is no table.

    Amounts are told as they stand: income that is written as positive amounts is turned when the file is loaded, and
    not before. What no column tells is a fault of its own, told once instead of once for each row.
    """
    from uppsikt.exchange.ledger_table import as_text_file, look_at, told_of

    look = look_at(path)
    with tempfile.TemporaryDirectory(prefix="uppsikt-") as folder:
        text = as_text_file(path, look, Path(folder))
        told = told_of(text, replace(look.layout, income_positive=False))
    missing = {one.code for one in look.faults if one.line == 0}
    faults = [*look.faults, *(one for one in told.faults if one.code not in missing)]
    return look, told, sorted(faults, key=lambda one: one.line)


def as_json(look: Look, told: Told, faults: list[EntryFault]) -> dict[str, Any]:
    """Give what is in the file as plain data, in the shape of a SIE file's, with what only tables have after it."""
    years = sorted({month // 100 for month in told.months}, reverse=True)
    return {
        "file": look.path.name.encode("utf-8", errors="replace").decode("utf-8"),
        "encoding": look.encoding,
        "type": look.type,
        "company": "",
        "years": [
            {"number": year - years[0], "start": f"{year}-01-01", "end": f"{year}-12-31"} for year in years
        ],
        "accounts": len(told.balances),
        "vouchers": len(told.vouchers),
        "entries": told.entries,
        "balances": {account: f"{amount + 0:.2f}" for account, amount in sorted(told.balances.items())},
        "faults": [
            {"line": one.line, "code": one.code, "message": one.message, "column": one.column, "sheet": one.sheet}
            for one in faults
        ],
        "total": f"{told.total + 0:.2f}",
        "stated_total": None if look.stated_total is None else f"{look.stated_total:.2f}",
        "kinds": sorted(told.kinds),
        "months": sorted(told.months),
        "sheet": look.layout.sheet,
        "sheets": list(look.sheets),
        "delimiter": look.source_delimiter if look.type == "csv" else "",
        "decimal": look.layout.decimal,
        "thousands": look.thousands,
        "first_line": look.first_line,
        "footer_lines": look.footer,
        "income_positive": look.layout.income_positive,
        "columns": [
            {"heading": one.heading, "field": one.field, "surety": one.surety, "why": one.why} for one in look.columns
        ],
        "notes": list(look.notes),
    }  # fmt: skip


def as_lines(look: Look, told: Told) -> list[str]:
    """Say what is in the file in a few Swedish lines."""
    from uppsikt.exchange.ledger_table import SWEDISH

    form = f"Excel, bladet {look.layout.sheet}" if look.type == "xlsx" else (
        f"CSV med {_DELIMITERS.get(look.source_delimiter, look.source_delimiter)}, {look.encoding}")  # fmt: skip
    months = f"{min(told.months)}–{max(told.months)}" if told.months else "inga"
    kinds = ", ".join(_KINDS[kind] for kind in sorted(told.kinds)) or "inget"
    lines = [
        f"{look.path.name}: {form}",
        f"  Innehåll         {kinds}",
        f"  Perioder         {months}",
        f"  Konton           {len(told.balances)}",
        f"  Poster           {told.entries}, kontrollsumma {_amount(told.total)}",
    ]
    if look.stated_total is not None:
        lines.append(f"  Filens summa     {_amount(look.stated_total)}")
    lines += [
        f"  Kolumn           {one.heading or '(utan rubrik)'} → {SWEDISH.get(one.field, one.field) or 'läses inte in'}"
        for one in look.columns
    ]
    return [*lines, *(f"  Obs: {note}" for note in look.notes)]


def _amount(number: Decimal) -> str:
    return format_quantity(Quantity(number), decimals=2)
