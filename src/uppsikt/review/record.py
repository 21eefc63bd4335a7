"""A review as plain data: what ``--format json`` prints, what the web keeps, what every face is made from.

All numbers are decimal strings with a point, in the table's unit, or None. Everything above the line
"further" in a class is the published format and never changes its meaning; the rest may grow.
"""

from __future__ import annotations

from typing import TypedDict

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


class ColumnRecord(TypedDict):
    """A column: ``role`` is a core ColumnRole."""

    label: str
    role: str
    year: int | None
    # further
    key: str
    period: str | None
    unit: str | None


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
    cause: str | None  # id of the finding that this one follows from
    unit: str | None
    row_key: str | None
    column_key: str | None
    passage: str | None  # key of the passage, where the finding is about running text
    quote: str | None  # the words of the text that it is about
    title: str  # of the table, or the heading over the text
    box: BoxRecord | None
    dismissed: str | None  # the reason, where a person has set it aside


class BindingRecord(TypedDict):
    """A number in running text and what it was bound to, whether or not the two agree."""

    page: int | None
    section: str
    text: str
    number: str
    target: str  # one Swedish phrase: "Ekonomistaben / Avvikelse i tabell t07"
    agrees: bool


class DocumentRecord(TypedDict):
    """The document and how long it took."""

    name: str
    pages: int
    seconds: float
    # further
    kind: str
    sizes: list[tuple[float, float]]  # of the pages in points; empty where there are none
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
