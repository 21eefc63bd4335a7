"""``uppsikt ledger inspect``: what is in a file from the accounting system, SIE or table, without loading it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uppsikt.cli import ledger_table
from uppsikt.core.errors import UseError, reason_of
from uppsikt.core.quantities import Quantity, format_quantity

if TYPE_CHECKING:
    from uppsikt.exchange.sie import SieFile

NAME = "inspect"
DESCRIPTION = "visa vad en fil ur ekonomisystemet innehåller och vad som är fel i den, utan att läsa in den"
NO_FAULT, FAULTS, COULD_NOT = 0, 1, 2
_LARGEST = 2_000_000_000  # bytes; a year of a large municipality is some tens of millions
_START = 40_000
_SIE, _WORKBOOKS = {".se", ".si", ".sie"}, {".xlsx", ".xlsm", ".xls", ".ods", ".xlsb"}
_LARGEST_SIE = 300_000_000  # bytes: a SIE file is kept in memory (seven times its size), a table is not
_SHOWN = 20  # faults in the terminal; JSON holds all
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\ufffd")  # that could steer a terminal


def add_arguments(made: argparse.ArgumentParser) -> None:
    """Tell the parser what the command takes."""
    made.epilog = "Slutkoder: 0 inga fel, 1 fel i filen, 2 filen är av annat slag eller går inte att läsa."
    made.add_argument("file", type=Path, metavar="FIL", help="filen (SIE 1–4 eller 4i, CSV eller Excel)")
    made.add_argument("--format", choices=("text", "json"), default="text", help="text eller json (annars text)")


def run(chosen: argparse.Namespace) -> int:
    """Show what a file holds. 0: no fault, 1: faults, 2: it is no file of entries or cannot be read."""
    path: Path = chosen.file
    name = _shown_name(path)
    if not path.exists():
        raise UseError(f"Filen {_shown(str(path))} finns inte.")
    if not path.is_file():
        raise UseError(f"{_shown(str(path))} är ingen fil.")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_START)
        is_sie = _is_sie(path, start)
        largest = _LARGEST_SIE if is_sie else _LARGEST
        if size > largest:
            raise UseError(f"{name} är större än {largest // 1_000_000} MB och läses inte.")
        return _show_sie(chosen, path) if is_sie else _show_table(chosen, path)
    except BrokenPipeError:  # who read has seen enough; nothing more is written, not even when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAULTS
    except OSError as error:
        raise UseError(f"{name} går inte att läsa: {reason_of(error)}.") from error


def _is_sie(path: Path, start: bytes) -> bool:
    from uppsikt.exchange.sie import is_sie

    return path.suffix.lower() in _SIE or (path.suffix.lower() not in _WORKBOOKS and is_sie(start))


def _show_sie(chosen: argparse.Namespace, path: Path) -> int:
    from uppsikt.exchange.sie import read_sie

    file, name = read_sie(path.read_bytes(), import_file=path.suffix.lower() == ".si"), _shown_name(path)
    shown = json.dumps(as_json(file, name), ensure_ascii=False)
    _print(shown if chosen.format == "json" else as_text(file, name).translate(_CONTROLS))
    if any(fault.code == "not_sie" for fault in file.faults):
        return COULD_NOT
    return FAULTS if file.faults else NO_FAULT


def _show_table(chosen: argparse.Namespace, path: Path) -> int:
    look, told, faults = ledger_table.looked_at(path)
    if chosen.format == "json":
        _print(json.dumps(ledger_table.as_json(look, told, faults), ensure_ascii=False))
    else:
        places = [(_place(one.line, one.column), one.message) for one in faults]
        _print("\n".join([*ledger_table.as_lines(look, told), *_fault_lines(places)]).translate(_CONTROLS))
    return FAULTS if faults else NO_FAULT


def _print(text: str) -> None:
    """Print what is told; a terminal that lacks a letter shows something in its place."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(errors="replace")
    print(text, flush=True)


def _shown(text: str) -> str:
    """Give a path as it can be printed: the bytes of a name that are no letters are replaced."""
    return text.encode("utf-8", errors="replace").decode("utf-8").translate(_CONTROLS)


def _shown_name(path: Path) -> str:
    return _shown(path.name)


def _place(line: int, column: str = "") -> str:
    return ", ".join(part for part in (f"Rad {line}" if line else "Filen", column) if part)


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
        "balances": {account: _exact(amount) for account, amount in file.balance_by_account().items()},
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
    return "\n".join([*lines, *_fault_lines([(_place(one.line), one.message) for one in file.faults])])


def _fault_lines(faults: list[tuple[str, str]]) -> list[str]:
    """Say the first faults, each with its place, and how many there are."""
    lines = [f"  {place}: {message}" for place, message in faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        lines.append(f"  … och {len(faults) - _SHOWN} fel till (alla visas med --format json)")
    return [*lines, "Inga fel." if not faults else f"Fel i filen: {len(faults)}."]


def _exact(amount: Decimal) -> str:
    """Write an amount with two decimals, and with more only where it has more."""
    amount += 0  # minus nothing is nothing
    return f"{amount:.2f}" if amount == round(amount, 2) else f"{amount:f}"


def _amount(number: Decimal) -> str:
    return format_quantity(Quantity(number), decimals=2)
