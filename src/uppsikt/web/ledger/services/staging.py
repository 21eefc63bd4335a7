"""The dry run: a received file is read, checked and compared with what is visible; nothing is changed by it.

The long part asks the database nothing, so that it can be done in a thread while the page is told how far it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uppsikt.core.economy import EntryFault, EntryKind, Known, Layout
from uppsikt.core.errors import UseError
from uppsikt.exchange.ledger_table import Look, as_text_file, is_workbook, lengths_of, look_at
from uppsikt.facts import Staged
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import Load
from uppsikt.web.ledger.opening import Asked, opened
from uppsikt.web.ledger.selectors.codes import closed_codes, registered_codes
from uppsikt.web.ledger.selectors.manifest import manifest_of, store_of
from uppsikt.web.ledger.services import telling
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.ledger.services.looking import refuse_unless_waiting
from uppsikt.web.ledger.services.naming import base_of
from uppsikt.web.ledger.services.receiving import file_of
from uppsikt.web.ledger.services.sie_files import sie_reading
from uppsikt.web.organisation.gate import Actor

State = Load.State
Progress = Callable[[float], None]
Reading = Callable[[Progress], Staged]
_MADE = 0.5  # of the work with a workbook, the part until its text file is made


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


def ask_read_sie(actor: Actor, load: Load, dimensions: Mapping[str, str]) -> None:
    """Ask for a dry run of a received SIE file, by what its dimensions mean; that is remembered for the source."""
    require_ledger(actor)
    refuse_unless_waiting(load)
    with recording(actor, f"Provläsning av {load.file_name}") as pen:
        pen.update(load.source, dimensions={**load.source.dimensions, **dimensions})
        pen.update(load, state=State.READING, layout={"dimensions": dict(dimensions)}, error="", claim=None, attempts=0)


def ask_read(actor: Actor, load: Load, choice: Choice) -> None:
    """Ask for a dry run of a received table file; what was chosen is remembered for the source's next file."""
    require_ledger(actor)
    refuse_unless_waiting(load)
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
    choice = Choice.of(load.layout)
    asked = Asked(load.file_name, choice.sheet, {**load.source.columns, **choice.columns}, lengths=lengths_of(known))

    def read(progress: Progress) -> Staged:
        if not file.is_file():
            raise UseError(f"{asked.name} finns inte kvar på servern. Lämna filen på nytt.")
        folder = store.folder / "staging" / f"text-{file.stem}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            made = _as_text(file, replace(asked, folder=folder), lambda done: progress(_MADE * done))
            rest = 1 - _MADE if made.is_made else 1
            staged = store.stage(
                made.text, choice.applied(made.look.layout), known,
                progress=lambda done: progress(1 - rest + rest * done),
            )  # fmt: skip
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        # A cell that holds an error is read as nothing by others: here it is a fault.
        errors = tuple(one for one in made.look.faults if one.code == "formula_error")
        faults = (*errors, *made.told, *staged.faults)
        return replace(staged, faults=faults, unreadable=staged.unreadable + len(errors))

    return read


@dataclass(frozen=True)
class _Text:
    """The text file that the store reads; ``is_made`` when it was made of a workbook, which takes its time."""

    text: Path
    look: Look
    told: tuple[EntryFault, ...] = ()
    is_made: bool = False


def _as_text(file: Path, asked: Asked, progress: Progress) -> _Text:
    assert asked.folder is not None  # noqa: S101  # told by the only caller
    if is_workbook(file, asked.name):
        found = opened(file, asked, progress)
        return _Text(found.text or file, found.look, found.told, is_made=True)
    look = look_at(file, remembered=asked.columns or None, name=asked.name)
    return _Text(as_text_file(file, look, asked.folder), look)


def finish_reading(actor: Actor, load: Load, staged: Staged) -> telling.DryRun:
    """Compare what was read with what is visible now, and keep the dry run with the load."""
    store, old = store_of(actor), load.staged
    base = base_of(actor, load.source)
    comparison = store.compare(staged, manifest_of(actor), str(load.source_id))
    found = telling.told(staged, comparison)
    found.faults.extend(telling.on_closed_codes(comparison, closed_codes(actor)))
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
