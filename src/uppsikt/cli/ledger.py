"""``uppsikt ledger inspect``: what is in a file from the accounting system, without loading it."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uppsikt.core.errors import UseError, reason_of
from uppsikt.core.quantities import Quantity, format_quantity

if TYPE_CHECKING:
    from uppsikt.exchange.sie import SieFile

NAME = "inspect"
DESCRIPTION = "visa vad en SIE-fil innehåller och vad som är fel i den, utan att läsa in den"
NO_FAULT, FAULTS, COULD_NOT = 0, 1, 2
_LARGEST = 500_000_000  # bytes; a year of a large municipality is some tens of millions
_SHOWN = 20  # faults in the terminal; JSON holds all


def add_arguments(made: argparse.ArgumentParser) -> None:
    """Tell the parser what the command takes."""
    made.epilog = "Slutkoder: 0 inga fel, 1 fel i filen, 2 filen är ingen SIE-fil eller går inte att läsa."
    made.add_argument("file", type=Path, metavar="FIL", help="filen (SIE 1–4 eller 4i)")
    made.add_argument("--format", choices=("text", "json"), default="text", help="text eller json (annars text)")


def run(chosen: argparse.Namespace) -> int:
    """Show what a SIE file holds. 0: no fault, 1: faults, 2: it is no SIE file or cannot be read."""
    from uppsikt.exchange.sie import read_sie

    path: Path = chosen.file
    if not path.exists():
        raise UseError(f"Filen {path} finns inte.")
    try:
        if path.stat().st_size > _LARGEST:
            raise UseError(f"{path.name} är större än {_LARGEST // 1_000_000} MB och läses inte.")
        file = read_sie(path.read_bytes(), import_file=path.suffix.lower() == ".si")
    except OSError as error:
        raise UseError(f"{path} går inte att läsa: {reason_of(error)}.") from error
    if chosen.format == "json":
        print(json.dumps(as_json(file, path.name), ensure_ascii=False))
    else:
        print(as_text(file, path.name))
    if any(fault.code == "not_sie" for fault in file.faults):
        return COULD_NOT
    return FAULTS if file.faults else NO_FAULT


def as_json(file: SieFile, name: str) -> dict[str, Any]:
    """Give what is in the file as plain data; amounts are decimal strings with a point."""
    return {
        "file": name,
        "encoding": file.encoding,
        "type": file.type,
        "company": file.company,
        "years": [
            {"number": year.number, "start": year.start.isoformat(), "end": year.end.isoformat()}
            for year in sorted(file.years.values(), key=lambda year: -year.number)
        ],
        "accounts": len(file.accounts),
        "vouchers": len(file.vouchers),
        "entries": len(file.entries()),
        "balances": {account: f"{amount:f}" for account, amount in file.balance_by_account().items()},
        "faults": [{"line": one.line, "code": one.code, "message": one.message} for one in file.faults],
    }


def as_text(file: SieFile, name: str) -> str:
    """Say what is in the file in a few Swedish lines."""
    entries = file.entries()
    total = sum((entry.amount for entry in entries), Decimal(0))
    years = ", ".join(f"{year.start}–{year.end}" for year in file.years.values()) or "inget angivet"
    lines = [
        f"{name}: SIE typ {file.type or 'okänd'}, {file.encoding}",
        f"  Företag          {file.company or 'inget namn'}",
        f"  Räkenskapsår     {years}",
        f"  Konton           {len(file.accounts)}",
        f"  Verifikationer   {len(file.vouchers)} med {len(entries)} rader, kontrollsumma {_amount(total)}",
    ]
    lines += [f"  Rad {fault.line}: {fault.message}" for fault in file.faults[:_SHOWN]]
    if len(file.faults) > _SHOWN:
        lines.append(f"  … och {len(file.faults) - _SHOWN} fel till (alla visas med --format json)")
    return "\n".join([*lines, "Inga fel." if not file.faults else f"Fel i filen: {len(file.faults)}."])


def _amount(number: Decimal) -> str:
    return format_quantity(Quantity(number), decimals=2)
