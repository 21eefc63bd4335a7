"""What a received file is found to hold, before a person says what its columns are; nothing is loaded by it.

Of a text file the first and last rows are enough, so it is looked at when it is received. A workbook must be unpacked
and a SIE file read whole: that is work for the thread of the server, and no page waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from uppsikt.core.errors import UseError, reason_of
from uppsikt.exchange.ledger_table import Look, is_workbook, look_at, look_from_json, look_to_json
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import Load
from uppsikt.web.ledger.opening import Asked, opened
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.ledger.services.receiving import file_of
from uppsikt.web.ledger.services.sie_files import is_sie_source, sie_looking
from uppsikt.web.organisation.gate import Actor, reach

State = Load.State
WAITING = (State.RECEIVED, State.STAGED, State.FAILED)  # what can be looked at and read
CHOSEN = "Så valdes kolumnen förra gången."


def look_at_once(actor: Actor, load: Load) -> None:
    """Look at a file that has just been received, when it is text; the others are left to the server's thread."""
    path = file_of(actor, load)
    if is_sie_source(load) or _is_workbook(path, load):
        return
    try:
        found = look_to_json(look_at(path, remembered=load.source.columns or None, name=load.file_name))
    except UseError as error:
        with recording(actor, f"{load.file_name} gick inte att öppna") as pen:
            pen.update(load, state=State.FAILED, error=str(error))
    else:
        finish_looking(actor, load, found)


def ask_look(actor: Actor, load: Load, sheet: str = "") -> None:
    """Ask for a file to be opened, at one of its sheets."""
    require_ledger(actor)
    refuse_unless_waiting(load)
    with recording(actor, f"{load.file_name} öppnas") as pen:
        layout = {**load.layout, "sheet": sheet} if sheet else load.layout
        pen.update(load, state=State.LOOKING, layout=layout, error="", claim=None, attempts=0)


def looking(actor: Actor, load: Load) -> Callable[[Callable[[float], None]], str]:
    """Give what opens a file and says what it holds, as it is kept; it asks the database nothing."""
    path, is_sie = file_of(actor, load), is_sie_source(load)
    asked = Asked(load.file_name, load.layout.get("sheet", ""), load.source.columns)

    def look(progress: Callable[[float], None]) -> str:
        if is_sie:
            return sie_looking(path).to_json()
        return look_to_json(opened(path, asked, progress).look)

    return look


def finish_looking(actor: Actor, load: Load, found: str) -> None:
    """Keep what was found, unless somebody else has found it meanwhile."""
    with recording(actor, f"{load.file_name} är öppnad") as pen:
        if reach(actor, Load).filter(pk=load.pk, state=State.LOOKING).select_for_update().exists():
            load.look = found  # set before the pen looks, so that the journal does not hold a second copy of it
            pen.update(load, state=State.RECEIVED, error="", claim=None)


def table_look(actor: Actor, load: Load) -> Look:
    """Give what was found in a table file, with the columns as they were chosen since."""
    found = look_from_json(load.look, file_of(actor, load))
    chosen: dict[str, str] = load.layout.get("columns", {})
    columns = tuple(
        replace(one, field=chosen[one.heading], surety=1.0, why=CHOSEN)
        if chosen.get(one.heading, one.field) != one.field else one
        for one in found.columns
    )  # fmt: skip
    return replace(found, columns=columns)


def refuse_unless_waiting(load: Load) -> None:
    """Stop when somebody works with the file already, or it is loaded."""
    if load.state not in WAITING:
        raise UseError("Filen läses redan, eller så är den inläst. Ladda om sidan.")


def _is_workbook(path: Path, load: Load) -> bool:
    try:
        return is_workbook(path, load.file_name)
    except OSError as error:
        raise UseError(f"Filen kunde inte tas emot: {reason_of(error)}. Säg till den som sköter systemet.") from error
