"""``uppsikt ledger load``: what the command takes, and how what came of it is told."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from uppsikt.core.quantities import KR, Quantity, format_quantity

NAME = "load"
DESCRIPTION = "läs in en fil med poster i redovisningen; allt eller inget"
_SHOWN = 20
_KINDS = {"outcome": "utfall", "budget": "budget", "forecast": "prognos"}


def add_arguments(made: argparse.ArgumentParser) -> None:
    """Tell the parser what the command takes."""
    made.epilog = "Slutkoder: 0 inläst, 1 provläsningen visar fel (inget är inläst), 2 det gick inte."
    made.add_argument("file", type=Path, metavar="FIL", help="filen (CSV, Excel eller SIE)")
    made.add_argument("--source", required=True, metavar="NAMN", help="källan, som minns vad kolumnerna betyder")
    made.add_argument("--kind", choices=tuple(_KINDS), help="vad posterna är när filen inte säger det")
    made.add_argument("--unit", default="", metavar="KOD", help="ansvaret för poster i en SIE-fil som inte har något")
    made.add_argument("--why", default="", metavar="TEXT", help="varför filen läses in; sparas i historiken")
    made.add_argument("--register", action="store_true", help="registrera nya koder med benämningarna i filen")
    made.add_argument("--dry-run", action="store_true", help="provläs bara: visa vad som skulle ändras")
    made.add_argument("--format", choices=("text", "json"), default="text", help="text eller json (annars text)")


def as_text(told: dict[str, Any]) -> Iterator[str]:
    """Tell line by line what a file held and what became of it."""
    yield f"{told['file']} ({told['source']}): {told['rows']} poster, kontrollsumma {_amount(told['total'])} kr."
    for one in told["months"]:
        month = f"{one['month'] // 100}-{one['month'] % 100:02}"
        yield f"  {_KINDS[one['kind']]} {month}: {one['rows']} poster, {_amount(one['total'])} kr"
    changes = told["changes"]
    yield (
        f"Enheter och månader: {changes['new']} nya, {changes['changed']} ändrade, "
        f"{changes['removed']} som försvinner, {changes['same']} oförändrade."
    )
    for one in told["faults"][:_SHOWN]:
        place = ", ".join(
            part for part in (one["sheet"], f"rad {one['line']}" if one["line"] else "", one["column"]) if part
        )
        yield f"  fel: {place}: {one['message']} ({one['rows']} rader)"
    if len(told["faults"]) > _SHOWN:
        yield f"  … och {len(told['faults']) - _SHOWN} fel till; --format json visar alla."
    for part, codes in told["unknown"].items():
        yield f"  okänt i registret ({part}): {', '.join(codes[:_SHOWN])}{' …' if len(codes) > _SHOWN else ''}"
    yield "Inläst." if told["loaded"] else "Ingenting är inläst."


def _amount(text: str) -> str:
    return format_quantity(Quantity(Decimal(text), KR, 2), spaces=" ")
