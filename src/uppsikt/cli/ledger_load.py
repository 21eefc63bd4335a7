"""``uppsikt ledger load``: a file of entries is read, judged and loaded, by the same road as on the pages."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uppsikt.core.errors import UseError, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from uppsikt.web.ledger.models import Load
    from uppsikt.web.ledger.services.telling import DryRun
    from uppsikt.web.organisation.gate import Actor

NAME = "load"
DESCRIPTION = "läs in en fil med poster i redovisningen; allt eller inget"
DONE, FAULTS = 0, 1
_PIECE, _SHOWN = 1 << 20, 20
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


def load(chosen: argparse.Namespace) -> int:
    """Load the file. 0: loaded (or, with --dry-run, could be), 1: the dry run shows faults, and nothing is loaded."""
    from uppsikt.web.config import database
    from uppsikt.web.ledger.services import codes, loading
    from uppsikt.web.organisation.asking import operator

    if not chosen.file.is_file():
        raise UseError(f"Filen {chosen.file} finns inte.")
    database.require_current()
    actor = operator("Kommandoraden")
    made, found = _read(actor, chosen)
    if chosen.register and not chosen.dry_run:
        codes.register(actor, made, {})
    unknown = {part: sorted(told) for part, told in codes.unknown_of(actor, made).items()}
    stopped = bool(found.unreadable or unknown or not found.rows)
    if stopped or chosen.dry_run:
        loading.discard(actor, made)
    else:
        _keep(actor, made, chosen.why.strip() or f"{chosen.file.name} lästes in från kommandoraden")
    told = _as_data(made, found, unknown, is_loaded=not (stopped or chosen.dry_run))
    print(json.dumps(told, ensure_ascii=False) if chosen.format == "json" else "\n".join(_as_text(told)))
    return FAULTS if stopped else DONE


def _read(actor: Actor, chosen: argparse.Namespace) -> tuple[Load, DryRun]:
    """Take the file in and make its dry run; one that cannot be read is thrown away again."""
    from uppsikt.core.errors import UppsiktError
    from uppsikt.web.ledger import running
    from uppsikt.web.ledger.services import loading, receiving, sie_files, staging
    from uppsikt.web.ledger.services.telling import DryRun

    made = receiving.receive(actor, chosen.source, chosen.file.name, _pieces(chosen.file))
    try:
        if sie_files.is_sie_source(made):
            found = sie_files.sie_look(actor, made)
            told = {one.number: one.part for one in found.dimensions}
            staging.ask_read_sie(actor, made, sie_files.kept_choice(told, chosen.unit or found.otherwise))
        else:
            staging.ask_read(actor, made, staging.Choice({}, kind=chosen.kind or ""))
        running.work_here(actor, made)
    except UppsiktError:
        loading.discard(actor, loading.latest(actor, made))
        raise
    made = loading.latest(actor, made)
    return made, DryRun.of(made.summary)


def _keep(actor: Actor, made: Load, why: str) -> None:
    from uppsikt.web.ledger import running
    from uppsikt.web.ledger.services import loading

    loading.ask_keep(actor, made, why)
    running.work_here(actor, made)


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise UseError(f"{path} går inte att läsa: {reason_of(error)}.") from error


def _as_data(made: Load, found: DryRun, unknown: dict[str, list[str]], *, is_loaded: bool) -> dict[str, Any]:
    return {
        "file": made.file_name, "source": made.source.name, "loaded": is_loaded, "load": made.pk if is_loaded else None,
        "rows": found.rows, "total": found.total, "unreadable": found.unreadable,
        "changes": {state: found.count(state) for state in ("new", "changed", "removed")} | {"same": found.same},
        "months": found.months, "unknown": unknown, "faults": found.faults,
    }  # fmt: skip


def _as_text(told: dict[str, Any]) -> Iterator[str]:
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
    from decimal import Decimal

    from uppsikt.core.quantities import KR, Quantity, format_quantity

    return format_quantity(Quantity(Decimal(text), KR, 2), spaces=" ")
