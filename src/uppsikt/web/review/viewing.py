"""One finding where it stands: on the picture of its page, in the table as it was read, or in its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from uppsikt.core.tables import RowRole
from uppsikt.review.record import BindingRecord, BoxRecord, FindingRecord, Record, TableRecord
from uppsikt.web.review.listing import Card

AROUND = 2.0  # points between what is marked and its frame
MOST_ROWS = 80  # of a table beside a finding; the page about the reading shows all of it
WINDOW = 0.6  # of the page's width: how high the part is that is shown around a frame
ROW_CLASSES = {
    RowRole.SUM: "sum",
    RowRole.OF_WHICH: "of",
    RowRole.BREAKDOWN: "breakdown",
    RowRole.HEADING: "heading",
    RowRole.NOTE: "note-row",
}
_WORDED = {"text", "state"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A frame on the picture of a page, in points."""

    left: float
    top: float
    width: float
    height: float
    identity: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is shown: its size in points and the frames on it, the chosen one last so that it lies on top.

    ``top`` and ``shown`` say which part of its height is shown: what stands around the chosen frame, or all of it.
    """

    page: int
    width: float
    height: float
    marks: tuple[Mark, ...]
    top: float
    shown: float

    @property
    def is_whole(self) -> bool:
        """Whether the whole page is shown."""
        return self.shown >= self.height


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as printed, how it is aligned, and whether it is the one that the finding is about."""

    text: str
    is_figure: bool
    is_marked: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as printed, with what it was taken for."""

    label: str
    look: str
    cells: tuple[ShownCell, ...]
    is_marked: bool


@dataclass(frozen=True)
class ShownTable:
    """A table as it was read, with what was concluded about it; of a long one, at most ``most`` rows around a row."""

    table: TableRecord
    row: str | None = None
    column: str | None = None
    most: int | None = None

    @cached_property
    def first(self) -> int:
        """The number of the first row that is shown, from 0."""
        if self.most is None or len(self.table["rows"]) <= self.most:
            return 0
        at = next((at for at, row in enumerate(self.table["rows"]) if row["key"] == self.row), 0)
        return min(max(0, at - self.most // 2), len(self.table["rows"]) - self.most)

    @property
    def left_out(self) -> int:
        """How many rows are not shown."""
        return len(self.table["rows"]) - len(self.rows)

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """The columns' labels, and whether they hold figures."""
        return [(column["label"], column["role"] not in _WORDED) for column in self.table["columns"]]

    @cached_property
    def rows(self) -> list[ShownRow]:
        """The rows, with the marked cell told."""
        return list(self._rows())

    def _rows(self) -> Iterator[ShownRow]:
        columns = [(column["key"], column["role"] not in _WORDED) for column in self.table["columns"]]
        known = {key for key, _ in columns}
        last = None if self.most is None else self.first + self.most
        for row in self.table["rows"][self.first : last]:
            here = self.row is not None and row["key"] == self.row
            cells = tuple(
                ShownCell(cell["raw"], figures, here and key == self.column)
                for (key, figures), cell in zip(columns, row["cells"], strict=False)
            )
            yield ShownRow(
                row["label"], ROW_CLASSES.get(RowRole(row["role"]), ""), cells, here and self.column not in known
            )


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of the text, the ones that the finding is about in the middle."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Viewed:
    """A finding with everything that a person needs to judge it."""

    card: Card
    sheet: Sheet | None
    table: ShownTable | None
    sentence: Sentence | None
    bindings: tuple[BindingRecord, ...]


def viewed(record: Record, card: Card, others: Sequence[Card], *, whole: bool = False) -> Viewed:
    """Give the finding where it stands; ``others`` are the findings whose frames are shown beside it.

    Of a page what stands around the finding is shown, or the ``whole``.
    """
    finding = card.finding
    table = next((one for one in record["tables"] if one["id"] == finding["table"]), None)
    return Viewed(
        card=card,
        sheet=_sheet(record, card, others, whole=whole),
        table=ShownTable(table, finding["row_key"], finding["column_key"], MOST_ROWS) if table else None,
        sentence=_sentence(finding),
        bindings=tuple(_bindings(record, finding)),
    )


def _sheet(record: Record, card: Card, others: Sequence[Card], *, whole: bool) -> Sheet | None:
    """Give the page that the finding stands on; None where the document has no pages or the place is not known."""
    box, sizes = card.finding["box"], record["document"]["sizes"]
    page = box["page"] if box else card.finding["page"]
    if page is None or not 1 <= page <= len(sizes):
        return None
    width, height = sizes[page - 1]
    about = [(one, card.identity) for one in (card.finding, *card.consequences)]
    about += [(one.finding, one.identity) for one in others if one.identity != card.identity]
    marks = [
        _mark(one["box"], identity, one["message"], is_chosen=one["id"] == card.identity)
        for one, identity in about
        if one["box"] is not None and one["box"]["page"] == page
    ]
    shown = height if whole or box is None else min(height, width * WINDOW)
    middle = (box["top"] + box["bottom"]) / 2 if box else 0.0
    top = min(max(0.0, middle - shown / 2), height - shown)
    ordered = tuple(sorted(marks, key=lambda mark: mark.is_chosen))
    return Sheet(page, width, height, ordered, round(top, 1), round(shown, 1))


def _mark(box: BoxRecord, identity: str, text: str, *, is_chosen: bool) -> Mark:
    left, top = max(0.0, box["left"] - AROUND), max(0.0, box["top"] - AROUND)
    width, height = box["right"] - box["left"] + 2 * AROUND, box["bottom"] - box["top"] + 2 * AROUND
    return Mark(round(left, 1), round(top, 1), round(width, 1), round(height, 1), identity, text, is_chosen)


def _sentence(finding: FindingRecord) -> Sentence | None:
    """Give the text with the words that the finding is about; None where it is not about running text."""
    quote, text = finding["quote"], finding["text"] or ""
    if finding["passage"] is None or not (quote or text):
        return None
    before, found, after = text.partition(quote or "") if quote else (text, "", "")
    return Sentence(before, found, after) if found or not quote else Sentence("", quote, "")


def _bindings(record: Record, finding: FindingRecord) -> Iterator[BindingRecord]:
    """Give the numbers of the text that the finding is about, as they were bound."""
    if finding["passage"] is not None:
        yield from (one for one in record["bindings"] if one["passage"] == finding["passage"])
