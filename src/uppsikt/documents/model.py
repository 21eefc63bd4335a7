"""What a reader gives, and what inference makes of it.

A reader turns bytes into a ``Content``: blocks in reading order, where a table is still a ``Grid`` of
texts. ``inference`` turns the grids into core Tables and the rest into passages: the ``Document``.
Positions are in points from the top left corner of the page as it is shown (rotation applied).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from uppsikt.core.errors import UppsiktError
from uppsikt.core.passages import Passage
from uppsikt.core.tables import Table


class DocumentError(UppsiktError):
    """A file that cannot be read as a document; the text is one clear Swedish line that says what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reader accepts before it refuses with a DocumentError."""

    size: int = 200_000_000  # bytes of the file
    unpacked: int = 500_000_000  # bytes of what a packed file holds
    pages: int = 5_000
    cells: int = 300_000  # of all tables together: the tables of some 3 000 pages
    characters: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (pages count from 1)."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as printed, its lines joined by "\\n"; a footnote digit set high is in ``marks``, not in ``text``.

    ``span`` and ``down`` are the columns and rows that it covers; a covered place holds no cell.
    """

    text: str
    column: int
    span: int = 1
    down: int = 1
    box: Box | None = None
    bold: bool = False
    italic: bool = False
    indent: float = 0  # of the text within the cell: points (PDF, Word), levels (HTML), spaces (text)
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid: its cells by column. An empty cell may be left out."""

    cells: tuple[GridCell, ...]
    page: int | None = None
    header: bool = False  # the file itself says that this row is a header (tags, th, a repeated header row)

    def text(self, column: int) -> str:
        """Give the text at a column; empty where there is no cell."""
        return next((cell.text for cell in self.cells if cell.column <= column < cell.column + cell.span), "")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in the file, before anybody knows what its cells mean.

    One block of one page may be a part of a table: ``inference`` joins what page breaks have split.
    ``caption`` is set only where the file says that a text is the table's caption.
    """

    rows: tuple[GridRow, ...]
    width: int  # number of columns
    caption: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the outermost."""

    text: str
    level: int
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text: a paragraph, a list item, or a footnote under a table (``note``). Lines joined by single spaces."""

    text: str
    page: int | None = None
    box: Box | None = None
    item: bool = False
    note: bool = False


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page as it is shown, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a file. Page headers, footers and page numbers are left out.

    ``pages`` counts sheets; in a file without pages (text, HTML, Word) it is what ``page_count_of``
    says of its length. ``sizes`` is empty where the file has no pages.
    """

    name: str
    kind: str  # "pdf", "docx", "html", "text"
    blocks: tuple[Block, ...]
    pages: int
    sizes: tuple[PageSize, ...] = ()
    remarks: tuple[str, ...] = ()  # what the reader must say: pages without text, footnotes left out ...


LINES_ON_A_PAGE = 45
_LETTERS_ON_A_LINE = 90


def page_count_of(lines: int) -> int:
    """Say how many pages so many lines of text would fill: what "per ten pages" means where a file has none."""
    return max(1, -(-lines // LINES_ON_A_PAGE))


def lines_in(blocks: Iterable[Block]) -> int:
    """Say about how many lines blocks would take in print: a line for each row of a table, and the lines of texts."""
    return sum(
        len(block.rows) if isinstance(block, Grid) else 1 + len(block.text) // _LETTERS_ON_A_LINE for block in blocks
    )


@dataclass(frozen=True, slots=True)
class Inferred:
    """One thing that was concluded and not printed, for a person to judge: about a table, a column or a row.

    ``where`` is "" (the table), "column:<key>" or "row:<key>"; ``text`` is one Swedish sentence.
    """

    where: str
    text: str


@dataclass(frozen=True)
class ReadTable:
    """A table of a document with what is known of its place and what was concluded about it.

    ``table.key`` is "t01", "t02" ... in reading order; ``table.source`` the document's name. Row
    and column keys are "r1", "r2" ... and "c1", "c2" ... in printed order.
    """

    table: Table
    page: int | None
    section: tuple[str, ...]
    order: int  # its place in the reading order, counted together with the passages
    kind: str = "other"  # or economy, investment, indicator, assessment, assignment, activity, staff, volume, listing
    boxes: Mapping[tuple[str, str], Box] = field(default_factory=dict)  # by row and column key; column "" is the label
    pages: Mapping[str, int] = field(default_factory=dict)  # by row key, where the table runs over several pages
    inferred: tuple[Inferred, ...] = ()


@dataclass(frozen=True)
class Document:
    """A report that somebody published, as far as a program can understand it."""

    name: str
    kind: str
    pages: int
    passages: tuple[Passage, ...]
    tables: tuple[ReadTable, ...]
    sizes: tuple[PageSize, ...] = ()
    boxes: Mapping[str, Box] = field(default_factory=dict)  # of passages, by key
    remarks: tuple[str, ...] = ()
