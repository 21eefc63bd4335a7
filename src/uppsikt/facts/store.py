"""The store: a folder of files that nobody sees until a manifest names them."""

from __future__ import annotations

import csv
import os
import re
import shutil
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import duckdb

from uppsikt.core.economy.ledger import Entry, EntryFault, Known, Layout
from uppsikt.core.errors import UseError, reason_of
from uppsikt.facts import checking, comparing, reading, writing
from uppsikt.facts.comparing import Comparison
from uppsikt.facts.engine import for_loading, for_reading
from uppsikt.facts.ledger import Ledger
from uppsikt.facts.manifest import ENDINGS, ENTRIES, Manifest, Part
from uppsikt.facts.progress import reporting
from uppsikt.facts.staged import Staged

_STAGING, _TOLD = "staging", "staged.json"
_OPEN = 4  # ledgers that are held open: the one that counts, and those whose pages are still read
_OWN = Layout(
    columns=(
        "kind", "period", "date", "account", "unit", "activity", "project", "object", "counterpart", "voucher",
        "text", "amount",
    ),
    decimal=".", skip=0, kind=None,
)  # fmt: skip


class Store:
    """Entries in a folder. Files are the owner's alone; a file is whole and on disk before anything names it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._staging = folder / _STAGING
        self._ledgers: OrderedDict[str, Ledger] = OrderedDict()
        self._lock = threading.Lock()

    def stage(
        self, file: Path, layout: Layout, known: Known, *, progress: Callable[[float], None] | None = None
    ) -> Staged:
        """Read and check a text file of entries, and write what it holds where nobody sees it.

        Every fault is in the answer; ``progress`` is told fractions from 0 to 1. Raises UseError when the layout
        cannot be read by or the file is no table at all.
        """
        reading.check_layout(layout)
        with self._new_folder() as folder:
            return self._staged_in(folder, file, layout, known, progress or (lambda _: None))

    def stage_entries(self, entries: Iterable[Entry], known: Known) -> Staged:
        """Do the same with entries made in the program; the line of a fault is the number of the entry."""
        with self._new_folder() as folder:
            file = folder / "entries.csv"
            with file.open("w", encoding="utf-8", newline="") as text:
                csv.writer(text, delimiter=_OWN.delimiter).writerows(_cells(entry) for entry in entries)
            return self._staged_in(folder, file, _OWN, known, lambda _: None)

    def staged(self, identity: str) -> Staged:
        """Give what was staged before; raises UseError when it is no longer there."""
        told = self._folder_of(identity) / _TOLD
        if not told.is_file():
            raise UseError("Den provlästa filen finns inte kvar. Läs in den igen.")
        return Staged.from_json(told.read_text(encoding="utf-8"))

    def compare(self, staged: Staged, manifest: Manifest, source: str) -> Comparison:
        """Say what the file would change in what the source brought before."""
        replaced = set(staged.months)
        before = [self.folder / part.files[0] for part in manifest.parts
                  if part.source == source and (part.kind, part.month) in replaced]  # fmt: skip
        waiting = self._folder_of(staged.id)
        with closing(for_reading(waiting)) as engine:
            return comparing.compared(engine, before, [waiting / (part.stem + ENTRIES) for part in staged.parts])

    def keep(self, staged: Staged, source: str, load: str) -> tuple[Part, ...]:
        """Move the files to their places and give the parts that a manifest may name.

        Raises UseError when rows could not be read: a file is kept whole or not at all.
        """
        if staged.unreadable:
            raise UseError(f"{staged.unreadable} rader i filen går inte att läsa, så inget av den kan läsas in.")
        waiting = self._folder_of(staged.id)
        if not waiting.is_dir():
            raise UseError("Den provlästa filen finns inte kvar. Läs in den igen.")
        kept = []
        for part in staged.parts:
            file = f"{part.month // 100}/{part.month % 100:02}/{part.kind}-{staged.id}"
            place = self.folder / file
            for made in (place.parent.parent, place.parent):
                made.mkdir(mode=0o700, exist_ok=True)
            for ending in ENDINGS:
                _moved(waiting / (part.stem + ending), Path(f"{place}{ending}"))
            writing.to_disk(place.parent)
            kept.append(Part(source, part.kind, part.month, load, file, part.rows, part.total, part.digest))
        for made in {(self.folder / part.file).parent.parent for part in kept} | {self.folder}:
            writing.to_disk(made)
        shutil.rmtree(waiting, ignore_errors=True)
        return tuple(kept)

    def discard(self, staged: Staged) -> None:
        """Throw away what was staged."""
        shutil.rmtree(self._folder_of(staged.id), ignore_errors=True)

    def sweep(self, named: Iterable[Manifest], older_than: timedelta) -> int:
        """Take away files that no manifest names and that are older than this; give how many.

        ``named`` are all manifests that count or may count again; what was staged and never kept goes too.
        """
        kept = {self.folder / file for manifest in named for part in manifest.parts for file in part.files}
        limit = time.time() - older_than.total_seconds()
        swept = 0
        for file in self.folder.glob("[0-9]*/[0-9]*/*.parquet"):
            if file not in kept and _older(file, limit):
                file.unlink(missing_ok=True)
                swept += 1
        for folder in self._staging.glob("*"):
            if _older(folder, limit):
                shutil.rmtree(folder, ignore_errors=True)
                swept += 1
        return swept

    def faulty(self, manifest: Manifest) -> tuple[Part, ...]:
        """Give the parts whose files are gone or are not what was kept."""
        return tuple(part for part in manifest.parts if self._digest(part) != part.digest)

    def ledger(self, manifest: Manifest) -> Ledger:
        """Give the ledger of a manifest; the same one for the same parts."""
        with self._lock:
            if manifest.name not in self._ledgers:
                self._ledgers[manifest.name] = Ledger(self.folder, manifest)
            self._ledgers.move_to_end(manifest.name)
            while len(self._ledgers) > _OPEN:
                self._ledgers.popitem(last=False)
            return self._ledgers[manifest.name]

    def _digest(self, part: Part) -> str:
        try:
            return writing.digest_of(*(self.folder / file for file in part.files))
        except OSError:
            return ""

    @contextmanager
    def _new_folder(self) -> Iterator[Path]:
        """Give a folder to stage in, which is gone again when the staging does not succeed."""
        folder = self._staging / uuid.uuid4().hex
        done = False
        try:
            for made in (self.folder, self._staging, folder):
                made.mkdir(mode=0o700, parents=True, exist_ok=True)
            yield folder
            done = True
        except OSError as error:
            raise UseError(f"Filen kunde inte läsas in: {reason_of(error)}. Inget är ändrat.") from error
        except duckdb.Error as error:
            raise UseError(f"Filen kunde inte läsas in. Inget är ändrat. Motorn säger: {_first_line(error)}") from error
        finally:
            if not done:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder_of(self, identity: str) -> Path:
        if not identity.isalnum():
            raise UseError("Den provlästa filen finns inte kvar. Läs in den igen.")
        return self._staging / identity

    def _staged_in(
        self, folder: Path, file: Path, layout: Layout, known: Known, progress: Callable[[float], None]
    ) -> Staged:
        with closing(for_loading(folder)) as engine:
            with reporting(engine, progress, 0.0, 0.5):
                readable = reading.read_lines(engine, file, layout, folder)
            checking.mark_unreadable(engine, layout)
            faults, unreadable = checking.faults_of(engine, readable, layout, known)
            writing.classify(engine, income_positive=layout.income_positive)
            faults += tuple(_too_much(kind, month, layout) for kind, month in writing.too_large(engine))
            unreadable += sum(fault.code == "too_much" for fault in faults)
            summary = writing.held(engine)
            codes = checking.new_codes(engine, known)
            progress(0.6)
            parts = () if unreadable else writing.write_parts(engine, folder, lambda done: progress(0.6 + 0.4 * done))
        for left in (reading.LINES, "utf8.csv", "entries.csv"):
            (folder / left).unlink(missing_ok=True)
        shutil.rmtree(folder / "spill", ignore_errors=True)
        rows, total = sum(one.rows for one in summary), sum((one.total for one in summary), Decimal(0))
        staged = Staged(folder.name, rows, total, unreadable, faults, summary, codes, parts)
        (folder / _TOLD).write_text(staged.to_json(), encoding="utf-8")
        (folder / _TOLD).chmod(0o600)
        return staged


def _too_much(kind: str, month: int, layout: Layout) -> EntryFault:
    message = f"Beloppen i {month // 100}-{month % 100:02} är tillsammans större än vad som kan räknas exakt."
    return EntryFault("too_much", 0, "", kind, message, 1, sheet=layout.sheet)


def _cells(entry: Entry) -> tuple[str, ...]:
    text = re.sub("\r(?!\n)", "\n", entry.text)  # a lone carriage return would end the row
    return (
        entry.kind, str(entry.month), entry.day.isoformat() if entry.day else "", entry.account, entry.unit,
        entry.activity, entry.project, entry.object, entry.counterpart, entry.voucher, text,
        f"{entry.amount:f}",
    )  # fmt: skip


def _moved(file: Path, place: Path) -> None:
    """Move a file to its place, also when a process that was killed has moved it already."""
    if file.exists():
        os.utime(file)  # its age counts from now, when the sweeper looks
        file.replace(place)
    elif not place.exists():
        raise UseError("Den provlästa filen finns inte hel kvar. Läs in den igen.")


def _first_line(error: duckdb.Error) -> str:
    return str(error).partition("\n")[0][:200]


def _older(path: Path, limit: float) -> bool:
    try:
        return path.stat().st_mtime < limit
    except FileNotFoundError:
        return False
