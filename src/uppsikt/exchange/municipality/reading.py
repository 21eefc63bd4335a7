"""The door: a folder becomes records that fit together, or one error that names everything that does not."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from uppsikt.core.economy import FrameEntry, FrameKind, imbalance_sentence, transfers_balance
from uppsikt.core.quantities import TKR, Quantity
from uppsikt.exchange.municipality.columns import Record
from uppsikt.exchange.municipality.council import COUNCIL
from uppsikt.exchange.municipality.economy import (
    FOLDER,
    ColumnRecord,
    CommentRecord,
    FrameRecord,
    LineRecord,
    ProjectRecord,
    StatementRecord,
    VolumeRecord,
)
from uppsikt.exchange.municipality.faults import CLOSED, BrokenFilesError, Fault
from uppsikt.exchange.municipality.files import read_records, read_sheet
from uppsikt.exchange.municipality.followup import FOLLOWUP
from uppsikt.exchange.municipality.investments import INVESTMENTS
from uppsikt.exchange.municipality.organisation import (
    DateRecord,
    DecisionRecord,
    DocumentRecord,
    DocumentTableRecord,
    MunicipalityRecord,
    PlacementRecord,
    PointRecord,
    SuccessionRecord,
    UnitRecord,
)
from uppsikt.exchange.municipality.statements import read_statement
from uppsikt.exchange.municipality.steering import (
    ActivityRecord,
    AssessmentRecord,
    AssignmentRecord,
    BreakdownRecord,
    GoalModelRecord,
    GoalRecord,
    IndicatorRecord,
    ReceiverRecord,
    TargetRecord,
    UseRecord,
    ValueRecord,
)

R = TypeVar("R", bound=Record)

RECORDS: tuple[type[Record], ...] = (
    MunicipalityRecord, UnitRecord, PlacementRecord, SuccessionRecord, DateRecord, DocumentRecord, DocumentTableRecord,
    DecisionRecord, PointRecord, GoalModelRecord, GoalRecord, BreakdownRecord, IndicatorRecord, UseRecord, ValueRecord,
    TargetRecord, AssessmentRecord, ActivityRecord, AssignmentRecord, ReceiverRecord, ProjectRecord, VolumeRecord,
    FrameRecord, CommentRecord, StatementRecord, ColumnRecord, *INVESTMENTS, *FOLLOWUP,
    *COUNCIL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MunicipalityFiles:
    """What the files say. ``lines`` are the rows of each statement by reporting date and key."""

    records: Mapping[type[Record], tuple[Record, ...]]
    lines: Mapping[tuple[Any, ...], tuple[LineRecord, ...]]
    digest: str

    def of(self, record: type[R]) -> tuple[R, ...]:
        """Give the records of one kind, in the order of their file."""
        return tuple(one for one in self.records[record] if isinstance(one, record))

    @property
    def municipality(self) -> MunicipalityRecord:
        """The municipality that the files are about."""
        return self.of(MunicipalityRecord)[0]


def read_municipality(folder: Path) -> MunicipalityFiles:
    """Read all files of a municipality; raises BrokenFilesError with every fault at once."""
    faults: list[Fault] = []
    records: dict[type[Record], tuple[Record, ...]] = {}
    for record in RECORDS:
        is_absent = record.OPTIONAL and not (folder / record.FILE).exists()
        sheet = None if is_absent else read_sheet(folder, record.FILE, faults)
        records[record] = () if sheet is None else read_records(record, sheet, faults)
    named = {fault.file for fault in faults}
    unread = {record for record, rows in records.items() if not rows and record.FILE in named}
    files = MunicipalityFiles(records, {}, digest_of(folder))
    if unread.isdisjoint({StatementRecord, ColumnRecord}):
        files = replace(files, lines=_statements(folder, files, faults))
    faults.extend(_dangling(files, unread))
    faults.extend(_contradictions(files))
    if faults:
        raise BrokenFilesError(faults)
    return files


def digest_of(folder: Path) -> str:
    """Give the fingerprint of the files: the same files give the same, wherever they lie.

    Raises BrokenFilesError for one that cannot be opened.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.csv")):
        name = path.relative_to(folder).as_posix()
        try:
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
        except OSError as error:
            raise BrokenFilesError([Fault(name, 0, "", CLOSED)]) from error
    return digest.hexdigest()


def _statements(
    folder: Path, files: MunicipalityFiles, faults: list[Fault]
) -> dict[tuple[Any, ...], tuple[LineRecord, ...]]:
    columns: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for column in files.of(ColumnRecord):
        columns[column.at, column.statement].append(column.slug)
    found = {one.key: read_statement(folder, one, tuple(columns[one.key]), faults) for one in files.of(StatementRecord)}
    known = {one.path for one in files.of(StatementRecord)}
    lying = {path.relative_to(folder).as_posix() for path in folder.glob(f"{FOLDER}/**/*.csv")}
    message = f"Tabellen står inte i {StatementRecord.FILE}. Lägg till den där."
    faults.extend(Fault(name, 0, "", message) for name in sorted(lying - known))
    return found


def _dangling(files: MunicipalityFiles, unread: Container[type[Record]]) -> list[Fault]:
    """Find references to what does not exist; a file that could not be read is one fault and not one for each."""
    keys: dict[type[Record], set[tuple[Any, ...]]] = {
        record: {one.key for one in rows} for record, rows in files.records.items()
    }
    everything = [*chain(*files.records.values()), *chain(*files.lines.values())]
    faults = []
    for one in everything:
        for reference in one.REFERS:
            values = one.values(reference.fields)
            if values[-1] in (None, "") or values in keys[reference.record] or reference.record in unread:
                continue
            header = one.specs()[reference.fields[-1]].header
            shown = "/".join(str(value) for value in values)
            faults.append(Fault(one.place, one.line, header, f"{shown!r} finns inte i {reference.record.FILE}."))
    return faults


def _contradictions(files: MunicipalityFiles) -> list[Fault]:
    """Find what no single cell can tell."""
    return [*_municipality_faults(files), *_goal_faults(files), *_state_faults(files), *_frame_faults(files)]


def _municipality_faults(files: MunicipalityFiles) -> list[Fault]:
    count = len(files.records[MunicipalityRecord])
    message = f"Filen har {count} rader som går att läsa. Den ska ha en: kommunen själv."
    return [] if count == 1 else [Fault(MunicipalityRecord.FILE, 0, "", message)]


def _goal_faults(files: MunicipalityFiles) -> list[Fault]:
    """Find goals that stand before what they belong under, and predecessors that do not exist."""
    goals = files.of(GoalRecord)
    keys = {one.key for one in goals}
    seen: set[tuple[Any, ...]] = set()
    faults = []
    for one in goals:
        if one.parent is not None and (one.model, one.parent) in keys - seen:
            faults.append(Fault(one.FILE, one.line, "under", "Målet ovanför står längre ned i filen. Flytta upp det."))
        seen.add(one.key)
        faults.extend(
            Fault(one.FILE, one.line, "föregångare", f"{older!r} finns inte. Skriv modell/mål.")
            for older in one.predecessors
            if tuple(older.split("/")) not in keys
        )
    return faults


def _state_faults(files: MunicipalityFiles) -> list[Fault]:
    message = "Skriv både tillfälle och läge, eller inget av dem."
    told: tuple[ActivityRecord | ReceiverRecord, ...] = (*files.of(ActivityRecord), *files.of(ReceiverRecord))
    return [Fault(one.FILE, one.line, "läge", message) for one in told if (one.at is None) != (one.state is None)]


def _frame_faults(files: MunicipalityFiles) -> list[Fault]:
    """Find transfers whose two sides do not mirror each other in a year, and additions that nobody pays for."""
    records = files.of(FrameRecord)
    unpaid = "Skriv hur tilläggsbudgeten betalas. Det kräver 11 kap. 15 § kommunallagen."
    faults = [
        Fault(one.FILE, one.line, "finansiering", unpaid)
        for one in records
        if one.kind == FrameKind.ADDITION and not one.financing
    ]
    lonely = [one for one in records if one.kind == FrameKind.TRANSFER and one.counterpart in (None, "", one.unit)]
    message = "Omfördelningen saknar motpart. Skriv den andra enheten, som ska ha en rad med motsatt belopp."
    faults += [Fault(one.FILE, one.line, "motpart", message) for one in lonely]
    moves = [one for one in records if one.kind == FrameKind.TRANSFER and one not in lonely]
    names = {one.slug: one.name for one in files.of(UnitRecord)}
    lines = {(one.year, *sorted((one.unit, one.counterpart or "")), one.purpose): one.line for one in reversed(moves)}
    for broken in transfers_balance(map(_frame_entry, moves)):
        line = lines[broken.year, *broken.units, broken.matter]
        faults.append(Fault(FrameRecord.FILE, line, "belopp", imbalance_sentence(broken, names)))
    return faults


def _frame_entry(record: FrameRecord) -> FrameEntry:
    amount = Quantity(record.amount, TKR)
    return FrameEntry(
        record.unit,
        record.year,
        amount,
        FrameKind(record.kind),
        record.counterpart or "",
        record.decided_on,
        record.purpose,
    )
