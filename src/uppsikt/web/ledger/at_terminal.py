"""A file of entries loaded for who waits at a terminal: the same road as on the pages, from the file to the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uppsikt.core.errors import UppsiktError, UseError, reason_of
from uppsikt.web.ledger import running
from uppsikt.web.ledger.models import Load
from uppsikt.web.ledger.services import codes, loading, looking, receiving, sie_files, staging
from uppsikt.web.ledger.services.telling import DryRun
from uppsikt.web.organisation.asking import operator
from uppsikt.web.organisation.gate import Actor

NAME = "Kommandoraden"  # who the history says it was
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the file, its source, what the file does not say, and why it is loaded.

    ``unit`` is the responsibility code of entries in a SIE file that name none. ``register`` registers new codes
    with the names in the file; ``dry_run`` only tells what would change.
    """

    file: Path
    source: str
    kind: str = ""
    unit: str = ""
    why: str = ""
    register: bool = False
    dry_run: bool = False


def load_file(order: Order) -> dict[str, Any]:
    """Load a file, and tell what it held as plain data; amounts are texts.

    "loaded" says whether it is in the ledger and "stopped" whether faults or unknown codes kept it out: then nothing
    is changed. Raises UseError when it could not be read at all.
    """
    if not order.file.is_file():
        raise UseError(f"Filen {order.file} finns inte.")
    actor = operator(NAME)
    made = _read(actor, order)
    found = DryRun.of(made.summary)
    if order.register and not order.dry_run:
        codes.register(actor, made, {})
    unknown = {part: sorted(told) for part, told in codes.unknown_of(actor, made).items()}
    stopped = bool(found.unreadable or unknown or not found.rows)
    if stopped or order.dry_run:
        loading.discard(actor, made)
    else:
        loading.ask_keep(actor, made, order.why.strip() or f"{order.file.name} lästes in från kommandoraden")
        running.work_here(actor, made)
    is_loaded = not (stopped or order.dry_run)
    return {
        "file": made.file_name, "source": made.source.name, "loaded": is_loaded, "stopped": stopped,
        "load": made.pk if is_loaded else None, "rows": found.rows, "total": found.total,
        "unreadable": found.unreadable, "months": found.months, "unknown": unknown, "faults": found.faults,
        "changes": {state: found.count(state) for state in ("new", "changed", "removed")} | {"same": found.same},
    }  # fmt: skip


def _read(actor: Actor, order: Order) -> Load:
    """Take the file in and make its dry run; one that cannot be read is thrown away again."""
    made = receiving.receive(actor, order.source, order.file.name, _pieces(order.file))
    try:
        looking.look_at_once(actor, made)
        if made.state == Load.State.LOOKING:
            running.work_here(actor, made)
            made = loading.latest(actor, made)
        if made.state == Load.State.FAILED:
            raise UseError(made.error)
        if sie_files.is_sie_source(made):
            found = sie_files.sie_look(made)
            told = {one.number: one.part for one in found.dimensions}
            staging.ask_read_sie(actor, made, sie_files.kept_choice(told, order.unit or found.otherwise))
        else:
            staging.ask_read(actor, made, staging.Choice({}, kind=order.kind))
        running.work_here(actor, made)
    except UppsiktError:
        loading.discard(actor, loading.latest(actor, made))
        raise
    return loading.latest(actor, made)


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise UseError(f"{path} går inte att läsa: {reason_of(error)}.") from error
