"""Projects, volumes, frames, comments, and statements with their columns, rows and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppsikt.core.examples import without_mark
from uppsikt.exchange.municipality.economy import (
    ColumnRecord,
    CommentRecord,
    FrameRecord,
    LineRecord,
    ProjectRecord,
    StatementRecord,
    VolumeRecord,
)
from uppsikt.exchange.municipality.organisation import DateRecord, DocumentRecord, PointRecord, UnitRecord
from uppsikt.exchange.municipality.steering import BreakdownRecord, IndicatorRecord
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.economy.models import (
    Comment,
    Figure,
    FrameEntry,
    InvestmentProject,
    Statement,
    StatementColumn,
    StatementRow,
    Volume,
)
from uppsikt.web.economy.services import refuse_broken_transfers
from uppsikt.web.organisation.gate import reach


def place_economy(shelf: Shelf) -> None:
    """Place what rows are about, the statements, the frames and the comments."""
    town = shelf.municipality
    shelf.place(
        InvestmentProject,
        ("unit_id", "slug"),
        shelf.files.of(ProjectRecord),
        lambda one: InvestmentProject(unit=shelf.find(UnitRecord, one.unit), slug=one.slug, name=one.name),
    )
    shelf.place(
        Volume,
        ("slug",),
        shelf.files.of(VolumeRecord),
        lambda one: Volume(
            municipality=town,
            slug=one.slug,
            name=one.name,
            kind=one.kind,
            unit_text=one.unit_text,
            indicator=shelf.find(IndicatorRecord, one.indicator),
            breakdown=shelf.find(BreakdownRecord, one.breakdown),
        ),
    )
    _place_statements(shelf)
    shelf.place(
        FrameEntry,
        ("unit_id", "year", "kind", "purpose", "counterpart_id"),
        shelf.files.of(FrameRecord),
        lambda one: _frame(shelf, one),
    )
    # What people have changed is kept: together with the files it must still sum to zero over the municipality.
    refuse_broken_transfers(shelf.actor)
    shelf.place(
        Comment,
        ("unit_id", "reporting_date_id", "topic"),
        shelf.files.of(CommentRecord),
        lambda one: _comment(shelf, one),
    )


def _comment(shelf: Shelf, record: CommentRecord) -> Comment:
    text, is_example = without_mark(record.text)
    return Comment(
        unit=shelf.find(UnitRecord, record.unit),
        reporting_date=shelf.find(DateRecord, record.at),
        topic=record.topic,
        text=text,
        is_example=is_example,
    )


def _frame(shelf: Shelf, record: FrameRecord) -> FrameEntry:
    return FrameEntry(
        unit=shelf.find(UnitRecord, record.unit),
        year=record.year,
        kind=record.kind,
        amount=record.amount,
        purpose=record.purpose,
        decision_point=shelf.find(PointRecord, record.decision, record.point),
        counterpart=shelf.find(UnitRecord, record.counterpart),
        decided_on=record.decided_on,
        financing=record.financing,
        **shelf.origin(record),
    )


def _place_statements(shelf: Shelf) -> None:
    records = shelf.files.of(StatementRecord)
    order = {one.key: number for number, one in enumerate(records)}
    shelf.place(
        Statement,
        ("reporting_date_id", "key"),
        records,
        lambda one: Statement(
            unit=shelf.find(UnitRecord, one.unit),
            reporting_date=shelf.find(DateRecord, one.at),
            kind=one.kind,
            key=one.slug,
            title=one.title,
            money_unit=one.money_unit,
            sign=one.sign,
            order=order[one.key],
            source=shelf.find(DocumentRecord, one.document),
            source_table=shelf.table(one.document, one.table),
        ),
    )
    columns = shelf.files.of(ColumnRecord)
    places = {one.key: number for number, one in enumerate(columns)}
    shelf.place(
        StatementColumn,
        ("statement_id", "key"),
        columns,
        lambda one: StatementColumn(
            statement=shelf.find(StatementRecord, one.at, one.statement),
            key=one.slug,
            label=one.label,
            group=one.group,
            role=one.role,
            period=one.period,
            order=places[one.key],
        ),
    )
    _place_rows(shelf)


def _place_rows(shelf: Shelf) -> None:
    """Place the rows of all statements, parents first, and then every figure."""
    lines = [line for found in shelf.files.lines.values() for line in found]
    order = {line.key: number for number, line in enumerate(lines)}
    for generation in _generations(lines):
        shelf.place(StatementRow, ("statement_id", "key"), generation, lambda line: _row(shelf, line, order[line.key]))
    headings = {one.key: one for one in shelf.files.of(ColumnRecord)}
    figures = [
        (line, _figure(shelf, line, headings[line.at, line.statement, column]))
        for line in lines
        for column in line.cells
    ]
    shelf.join(reach(shelf.actor, Figure), ("row_id", "column_id"), figures)


def _generations(lines: Sequence[LineRecord]) -> Iterator[list[LineRecord]]:
    """Give the rows under nothing, then those under them, and so on: a parent is stored before its children."""
    above: set[tuple[str, str, str | None]] = {(line.at, line.statement, None) for line in lines}
    while above:
        found = [line for line in lines if (line.at, line.statement, line.parent) in above]
        if found:
            yield found
        above = {line.key for line in found}


def _row(shelf: Shelf, line: LineRecord, order: int) -> StatementRow:
    return StatementRow(
        statement=shelf.find(StatementRecord, line.at, line.statement),
        key=line.slug,
        label=line.label,
        role=line.role,
        measure=line.measure,
        parent=shelf.find(LineRecord, line.at, line.statement, line.parent),
        order=order,
        unit=shelf.find(UnitRecord, line.unit),
        activity_code=line.activity_code,
        project=shelf.find(ProjectRecord, line.project),
        volume=shelf.find(VolumeRecord, line.volume),
    )


def _figure(shelf: Shelf, line: LineRecord, column: ColumnRecord) -> Figure:
    amount = line.cells[column.slug]
    return Figure(
        row=shelf.find(LineRecord, *line.key),
        column=shelf.find(ColumnRecord, *column.key),
        raw=amount.raw,
        number=amount.number,
        decimals=amount.decimals,
        printed_row=line.printed,
        printed_column=column.printed,
    )
