"""What was found out about a table file, and how surely."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from uppsikt.core.economy.ledger import EntryFault, EntryKind, Layout
from uppsikt.exchange.sheets.reading import Workbook

SWEDISH = {
    "account": "konto", "unit": "ansvar", "activity": "verksamhet", "project": "projekt", "object": "objekt",
    "counterpart": "motpart", "account_name": "kontots namn", "unit_name": "ansvarets namn",
    "activity_name": "verksamhetens namn", "project_name": "projektets namn", "counterpart_name": "motpartens namn",
    "period": "period", "date": "datum", "amount": "belopp", "debit": "debet", "credit": "kredit", "text": "text",
    "voucher": "verifikation", "kind": "utfall, budget eller prognos", "year": "år", "month": "månad",
    "side": "debet eller kredit",
}  # fmt: skip
VALUE = "value:"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its number (from 1; the first line, where a cell has several) and its cells."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column of the file as it stands there.

    ``field`` is one of the ledger's FIELDS, "" when the column is passed over, "year" or "month" where a period is
    parted in two, or "value:KIND:YYYYMM" (either may be left out) for one of several columns of amounts. ``surety``
    is 0 to 1 and ``why`` a Swedish sentence. ``with_names`` says that each cell holds a code and its name,
    ``written`` what its cells need to be turned (see turning), or the year of a column of months.
    """

    heading: str
    field: str
    surety: float
    why: str
    sample: tuple[str, ...] = ()
    with_names: bool = False
    written: str = ""

    @property
    def value(self) -> tuple[EntryKind | None, int | None] | None:
        """Give the kind and month (YYYYMM) of a column that is one of several with amounts."""
        if not self.field.startswith(VALUE):
            return None
        kind, _, month = self.field.removeprefix(VALUE).partition(":")
        return (EntryKind(kind) if kind else None), (int(month) if month else None)


@dataclass(frozen=True)
class Look:
    """What is in a table file.

    ``layout`` tells how to read the text file that as_text_file gives: the file itself where it can be read as it
    stands (``as_it_stands``). ``lines`` are the first rows of entries. ``footer`` lines at the end are no entries;
    ``stated_total`` is the amount that stands in the sum line there. ``new`` and ``gone`` are headings that have come
    or gone since the columns were chosen. ``faults`` are cells that hold errors, and what is missing to read the file
    at all; ``notes`` are what a person should look at. ``book`` is the workbook that was looked into, still open, so
    that its rows are read without opening it again.
    """

    path: Path
    type: str  # "csv" or "xlsx"
    encoding: str  # as a user knows it
    layout: Layout
    columns: tuple[ColumnLook, ...]
    lines: tuple[Line, ...]
    heading_line: int = 0  # 0: the file has no headings
    first_line: int = 1  # of the first row of entries
    thousands: str = ""
    preamble: tuple[str, ...] = ()
    footer: int = 0
    stated_total: Decimal | None = None
    sheets: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    faults: tuple[EntryFault, ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)
    as_it_stands: bool = True
    source_encoding: str = "utf-8"
    source_delimiter: str = ";"
    source_quote: str = '"'
    book: Workbook | None = field(default=None, repr=False, compare=False)

    @property
    def headings(self) -> tuple[str, ...]:
        """Give the headings as they stand in the file."""
        return tuple(column.heading for column in self.columns)

    @property
    def mapping(self) -> dict[str, str]:
        """Give what to remember for the next file of the same source: the field of each heading."""
        return {column.heading: column.field for column in self.columns if column.heading}

    @property
    def surety(self) -> float:
        """Give how sure the least sure of the columns that are used is."""
        return min((column.surety for column in self.columns if column.field), default=0.0)
