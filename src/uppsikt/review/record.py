"""A review as plain data: what ``--format json`` prints, what the web keeps, what every face is made from.

All numbers are decimal strings with a point, in the table's unit, or None. Everything above the line
"further" in a class is the published format and never changes its meaning; the rest may grow.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

FORMAT = 1


class BoxRecord(TypedDict):
    """A place on a page: points from the top left corner of the page as it is shown."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class CellRecord(TypedDict):
    """A cell: as printed, and its number (None where it is not one number)."""

    raw: str
    number: str | None
    # further
    box: BoxRecord | None
    decimals: NotRequired[int | None]  # written precision, where ``number`` does not show it
    unit: NotRequired[str]  # where the cell departs from its column and table


class RowRecord(TypedDict):
    """A row: ``role`` is a core RowRole, ``parent`` the label of the row it belongs under."""

    label: str
    role: str
    parent: str | None
    cells: list[CellRecord]
    # further
    key: str
    page: int | None
    box: BoxRecord | None  # of the label
    subject: str  # what the row is about; the same subject in two tables is the same thing
    measure: str  # a core Measure
    parent_key: str | None


class ColumnRecord(TypedDict):
    """A column: ``role`` is a core ColumnRole."""

    label: str
    role: str
    year: int | None
    # further
    key: str
    period: str | None
    unit: str | None
    group: str  # the heading over several columns; ``label`` begins with it


class TableRecord(TypedDict):
    """A table with what was concluded about it."""

    id: str
    page: int | None
    section: str
    title: str
    unit: str | None
    sign: str
    columns: list[ColumnRecord]
    rows: list[RowRecord]
    # further
    kind: str
    inferred: list[str]


class FindingRecord(TypedDict):
    """A finding. A finding that follows from another one stands after it and names it in ``cause``."""

    code: str
    rule: str
    table: str | None
    row: str | None
    column: str | None
    page: int | None
    stated: str | None
    expected: str | None
    difference: str | None
    explained_by_rounding: bool
    confidence: str
    message: str
    proposal: str | None
    # further
    id: str  # the stable identity: the same code, place and facts give the same id
    place: str  # the identity of code and place alone: the same after the figures have changed
    cause: str | None  # id of the finding that this one follows from
    unit: str | None
    parent: str | None  # label of the row that a varav row or a breakdown is part of
    row_key: str | None
    column_key: str | None
    passage: str | None  # key of the passage, where the finding is about running text
    quote: str | None  # the words of the text that it is about
    text: str | None  # the whole passage
    title: str  # of the table, or the heading over the text
    box: BoxRecord | None
    dismissed: str | None  # the reason, where a person has set it aside
    facts: dict[str, str]  # of the rule; and "document", the other one, where two documents disagree


class BindingRecord(TypedDict):
    """A number in running text and what it was bound to, whether or not the two agree."""

    page: int | None
    section: str
    text: str
    number: str
    target: str  # one Swedish phrase: "Ekonomistaben / Avvikelse i tabell t07"
    agrees: bool
    # further
    passage: str  # its key
    start: int  # where in the text the number stands
    end: int


class DocumentRecord(TypedDict):
    """The document and how long it took."""

    name: str
    pages: int
    seconds: float
    # further
    kind: str
    sizes: list[list[float]]  # width and height of each page in points; empty where there are none
    remarks: list[str]
    passages: int


class Record(TypedDict):
    """One reviewed document."""

    document: DocumentRecord
    tables: list[TableRecord]
    findings: list[FindingRecord]
    # further
    format: int
    bindings: list[BindingRecord]
