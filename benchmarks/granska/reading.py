"""Reads a made-up report back, and says where the reading departs from what was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.granska import truth
from benchmarks.granska.made import Made, Report, Title
from benchmarks.granska.matching import Match, best_match, plain
from benchmarks.granska.planting import Planted
from benchmarks.granska.typeset import core_table
from uppsikt.checks import Printed, check_document, holds
from uppsikt.core.findings import Confidence, Finding
from uppsikt.core.passages import Passage
from uppsikt.core.tables import RowRole
from uppsikt.documents.inference import infer
from uppsikt.documents.model import Document, ReadTable
from uppsikt.documents.opening import open_content

TOLD = (Confidence.CERTAIN, Confidence.LIKELY)


@dataclass(frozen=True)
class Reviewed:
    """What the program made of a file."""

    document: Document
    findings: tuple[Finding, ...]
    bindings: tuple[Any, ...]

    def told(self) -> list[Finding]:
        """Give the causes that are certain or likely."""
        return [one for one in self.findings if one.confidence in TOLD and not one.explained_by_rounding]


def review(data: bytes, name: str) -> Reviewed:
    """Read, infer and check a file as the program does."""
    return check(infer(open_content(data, name), holds))


def check(document: Document) -> Reviewed:
    """Check a document that is read."""
    printed = [Printed(one.table, one.order, one.section, one.page, one.kind) for one in document.tables]
    checked = check_document(printed, document.passages)
    return Reviewed(document, tuple(checked.findings), tuple(checked.bindings))


def as_written(report: Report) -> Document:
    """Give the report as a reader without faults would: what the checks make of it shows their own faults only."""
    passages, tables, section = [], [], dict[int, str]()
    for order, part in enumerate(report.parts):
        if isinstance(part, Title):
            section = {level: text for level, text in section.items() if level < part.level} | {part.level: part.text}
        above = tuple(text for _, text in sorted(section.items()))
        if isinstance(part, Made):
            table = core_table(part, f"t{len(tables) + 1:02}")
            tables.append(ReadTable(table, None, above, order, part.kind))
        else:
            heading = isinstance(part, Title)
            passages.append(Passage(f"p{order}", part.text, above, heading=heading, order=order))
    return Document(report.name, "text", 1, tuple(passages), tuple(tables))


def sheet_of(made: Made, key: str) -> truth.Sheet:
    """Give a made-up table in the form that scores are made from."""
    lines = [
        truth.Line(
            str(at), line.label, line.role.value,
            None if line.parent is None else made.lines[line.parent].label,
            tuple(number for number in line.numbers if number is not None),
        )
        for at, line in enumerate(made.lines)
    ]  # fmt: skip
    heads = [truth.Head(head.label, head.role.value, head.year) for head in made.heads]
    return truth.Sheet(key, made.title, made.unit, "table", tuple(heads), tuple(lines))


def matches_of(report: Report, document: Document) -> list[tuple[Made, Match]]:
    """Give each made-up table with the read one that tells it; a read table tells one."""
    left = [truth.sheet_of(one.table) for one in document.tables]
    found = []
    for at, made in report.tables():
        match = best_match(sheet_of(made, str(at)), left)
        found.append((made, match))
        left = [one for one in left if one is not match.read]
    return found


def departures(report: Report, document: Document) -> Iterator[str]:
    """Say where what was read is not what was written: tables, rows, numbers, columns, units."""
    matches = matches_of(report, document)
    for made, match in matches:
        if match.read is None:
            yield f"{made.title}: tabellen finns inte"
        else:
            yield from (f"{made.title}: {words}" for words in _table_departures(made, match.truth, match.read))
    told = {match.read.key for _, match in matches if match.read}
    for one in document.tables:
        if one.table.key not in told and any(row.role is not RowRole.HEADING for row in one.table.rows):
            yield f"{one.table.key} {one.table.title!r} finns inte i rapporten"


def _table_departures(made: Made, true: truth.Sheet, read: truth.Sheet) -> Iterator[str]:
    yield from _lines(true.lines, read.lines)
    wanted = [(head.role, head.year) for head in true.heads]
    # A year that a column leaves out may be taken from the report's.
    told = {at for at, (_, year) in enumerate(wanted) if year is not None}
    heads = [(_role(head.role), head.year if at in told else None) for at, head in enumerate(read.heads)]
    if made.kind not in ("assessment", "assignment") and heads != wanted:
        yield f"kolumnerna {[head.label for head in true.heads]} lästes som {heads}"
    if made.unit and read.unit != made.unit:
        yield f"enheten {made.unit} lästes som {read.unit!r}"


def _role(role: str | None) -> str | None:
    """Last year's outcome may be told as either."""
    return "outcome" if role == "last_year" else role


def _lines(true: Sequence[truth.Line], read: Sequence[truth.Line]) -> Iterator[str]:
    written = [(plain(line.label), line.numbers) for line in true]
    was_read = [(plain(line.label), line.numbers) for line in read]
    if written == was_read:
        for one, other in zip(true, read, strict=True):
            if one.role != other.role:
                yield f"raden {one.label!r} är {one.role} men lästes som {other.role}"
        return
    for at, (one, other) in enumerate(zip(written, was_read, strict=False)):
        if one != other:
            yield (f"rad {at}: {true[at].label[:50]!r} {_told(true[at])} lästes som "
                   f"{read[at].label[:50]!r} {_told(read[at])}")  # fmt: skip
            return
    yield f"{len(true)} rader lästes som {len(read)}"


def _told(line: truth.Line) -> str:
    return " ".join(str(number) for number in line.numbers)


def wrong_findings(planted: Planted, reviewed: Reviewed) -> str:
    """Say how what was told departs from the one finding that the planted error must give; "" when it does not."""
    told = reviewed.told()
    words = "; ".join(f"{one.code} {one.message} [{one.proposal}]" for one in told) or "ingenting"
    if len(told) != 1:
        return f"{planted.what} ({_place(planted)}): {len(told)} fynd: {words}"
    finding = told[0]
    right = (
        finding.code in planted.codes
        and (not planted.row or plain(finding.place.row_label) == plain(planted.row))
        and (planted.stated is None or _is(finding.stated, planted))
        and (planted.expected is None or _is(finding.expected, planted, expected=True))
        and planted.words in finding.proposal
    )
    return "" if right else f"{planted.what} ({_place(planted)}): {words}"


def _is(quantity: Any, planted: Planted, *, expected: bool = False) -> bool:
    """Say whether a stated figure is the planted one, and an expected one the true one give or take rounding."""
    wanted = planted.expected if expected else planted.stated
    if quantity is None or wanted is None:
        return False
    number = quantity.number
    slack = abs((planted.stated or 0) - wanted) / 20 if expected and planted.stated is not None else 0
    return abs(abs(number) - abs(wanted)) <= slack


def _place(planted: Planted) -> str:
    where = f"{planted.row} / {planted.column}" if planted.row or planted.column else "text"
    return f"{where}: {planted.stated}, ska vara {planted.expected}"
