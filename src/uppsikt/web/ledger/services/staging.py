"""The dry run: a received file is read, checked and compared with what is visible; nothing is changed by it.

The long part asks the database nothing, so that it can be done in a thread while the page is told how far it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from uppsikt.core.economy import EntryKind, Known, Layout
from uppsikt.core.errors import UseError
from uppsikt.exchange.ledger_table import Look, as_text_file, look_at
from uppsikt.facts import Staged
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import Load
from uppsikt.web.ledger.selectors.codes import registered_codes
from uppsikt.web.ledger.selectors.manifest import manifest_of, store_of
from uppsikt.web.ledger.services import telling
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.ledger.services.naming import base_of
from uppsikt.web.ledger.services.receiving import file_of
from uppsikt.web.ledger.services.sie_files import sie_reading
from uppsikt.web.organisation.gate import Actor

State = Load.State
Progress = Callable[[float], None]
Reading = Callable[[Progress], Staged]


@dataclass(frozen=True)
class Choice:
    """What a person chose on the columns page: the field of each heading, the sheet, and what the file does not say."""

    columns: Mapping[str, str]
    sheet: str = ""
    kind: str = ""
    income_positive: bool | None = None
    texts_open: bool | None = None

    def applied(self, layout: Layout) -> Layout:
        """Give the layout with what was chosen where the file itself does not say."""
        if self.kind and layout.kind is not None:
            layout = replace(layout, kind=EntryKind(self.kind))
        if self.income_positive is not None:
            layout = replace(layout, income_positive=self.income_positive)
        return layout

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Choice:
        """Read what was kept with a load."""
        return cls(**{name: value for name, value in stored.items() if name in cls.__dataclass_fields__})


def look(actor: Actor, load: Load, sheet: str = "", columns: Mapping[str, str] | None = None) -> Look:
    """Find out what a received table file holds; what the source's files held before is remembered."""
    remembered = {**load.source.columns, **(columns or {})}
    return look_at(file_of(actor, load), sheet=sheet or None, remembered=remembered or None, name=load.file_name)


def ask_read_sie(actor: Actor, load: Load, dimensions: Mapping[str, str]) -> None:
    """Ask for a dry run of a received SIE file, by what its dimensions mean; that is remembered for the source."""
    require_ledger(actor)
    _refuse_unless_waiting(load)
    with recording(actor, f"Provläsning av {load.file_name}") as pen:
        pen.update(load.source, dimensions={**load.source.dimensions, **dimensions})
        pen.update(load, state=State.READING, layout={"dimensions": dict(dimensions)}, error="", claim=None, attempts=0)


def _refuse_unless_waiting(load: Load) -> None:
    if load.state not in (State.RECEIVED, State.STAGED, State.FAILED):
        raise UseError("Filen läses redan, eller så är den inläst. Ladda om sidan.")


def ask_read(actor: Actor, load: Load, choice: Choice) -> None:
    """Ask for a dry run of a received table file; what was chosen is remembered for the source's next file."""
    require_ledger(actor)
    _refuse_unless_waiting(load)
    source = load.source
    with recording(actor, f"Provläsning av {load.file_name}") as pen:
        kept: dict[str, Any] = {
            "columns": {**source.columns, **choice.columns},
            "kind": choice.kind or source.kind,
            "income_positive": source.income_positive if choice.income_positive is None else choice.income_positive,
            "texts_open": source.texts_open if choice.texts_open is None else choice.texts_open,
        }
        pen.update(source, **kept)
        chosen = {**kept, "columns": dict(choice.columns), "sheet": choice.sheet, "kind": choice.kind}
        pen.update(load, state=State.READING, layout=chosen, error="", claim=None, attempts=0)


def reading(actor: Actor, load: Load) -> Reading:
    """Give what reads the file of a load; it asks the database nothing."""
    store, known, file = store_of(actor), Known(registered_codes(actor)), file_of(actor, load)
    if "dimensions" in load.layout:
        return sie_reading(actor, load, store, known)
    choice, remembered = Choice.of(load.layout), load.source.columns
    name = load.file_name

    def read(progress: Progress) -> Staged:
        if not file.is_file():
            raise UseError(f"{name} finns inte kvar på servern. Lämna filen på nytt.")
        columns = {**remembered, **choice.columns}
        found = look_at(file, sheet=choice.sheet or None, remembered=columns or None, name=name)
        folder = store.folder / "staging" / f"text-{file.stem}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            text = as_text_file(file, found, folder)
            staged = store.stage(text, choice.applied(found.layout), known, progress=progress)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        # A cell that holds an error is read as nothing by others: here it is a fault.
        errors = tuple(one for one in found.faults if one.code == "formula_error")
        return replace(staged, faults=(*errors, *staged.faults), unreadable=staged.unreadable + len(errors))

    return read


def finish_reading(actor: Actor, load: Load, staged: Staged) -> telling.DryRun:
    """Compare what was read with what is visible now, and keep the dry run with the load."""
    store, old = store_of(actor), load.staged
    base = base_of(actor, load.source)
    found = telling.told(staged, store.compare(staged, manifest_of(actor), str(load.source_id)))
    with recording(actor, f"Provläst: {load.file_name}") as pen:
        # Set before the pen looks, so that the journal does not hold a second copy of the dry run.
        load.summary = found.to_json()
        pen.update(
            load, state=State.STAGED, staged=staged.id, base=base, rows=staged.rows, total=staged.total,
            error="", claim=None,
        )  # fmt: skip
    if old and old != staged.id:
        store.discard(replace(staged, id=old))
    return found
