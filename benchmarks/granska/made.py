"""A made-up report as data: what the program must read back, whatever file it is written to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from uppsikt.core.tables import ColumnRole, Measure, RowRole, Sign


@dataclass(frozen=True)
class Style:
    """How a report writes numbers."""

    group: str = "\u00a0"  # between thousands
    minus: str = "\u2212"

    def write(self, number: Decimal, decimals: int) -> str:
        """Write a number that is rounded already."""
        whole = f"{abs(number):,.{decimals}f}".replace(",", self.group).replace(".", ",")
        return f"{self.minus}{whole}" if number < 0 else whole


def rounded(number: Decimal | int, decimals: int) -> Decimal:
    """Round half away from zero; minus zero is zero."""
    return Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


@dataclass(frozen=True)
class Head:
    """A column of figures or words; ``group`` stands over several."""

    label: str
    role: ColumnRole
    year: int | None = None
    group: str = ""


@dataclass(frozen=True)
class Line:
    """A row. ``items`` are the numbers of the rows that a sum adds up; ``parent`` the one it belongs under."""

    label: str
    cells: tuple[str, ...]
    numbers: tuple[Decimal | None, ...]
    role: RowRole = RowRole.ITEM
    parent: int | None = None
    items: tuple[int, ...] = ()
    measure: Measure = Measure.NONE


@dataclass(frozen=True)
class Made:
    """A table. ``corner`` is the text over the labels; ``lead`` a line of its own above the table."""

    title: str
    kind: str
    corner: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    unit: str = ""
    decimals: int = 0
    sign: Sign = Sign.PLAIN
    lead: str = ""

    def with_cell(self, row: int, column: int, text: str, number: Decimal | None) -> Made:
        """Give a copy in which one cell says something else."""
        line = self.lines[row]
        cells = (*line.cells[:column], text, *line.cells[column + 1 :])
        numbers = (*line.numbers[:column], number, *line.numbers[column + 1 :])
        changed = replace(line, cells=cells, numbers=numbers)
        return replace(self, lines=(*self.lines[:row], changed, *self.lines[row + 1 :]))

    def column(self, *roles: ColumnRole) -> int | None:
        """Give the first column with one of the roles."""
        return next((at for at, head in enumerate(self.heads) if head.role in roles), None)


@dataclass(frozen=True)
class Title:
    """A heading; level 1 is the report's own."""

    level: int
    text: str


@dataclass(frozen=True)
class Fact:
    """A number in a sentence and the cell (table's title, row, column) or the count that it tells."""

    text: str
    table: str
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Text:
    """A paragraph, and the numbers in it that a table confirms."""

    text: str
    facts: tuple[Fact, ...] = ()


Part = Title | Text | Made


@dataclass(frozen=True)
class Report:
    """A whole made-up report; everything in it adds up until an error is planted."""

    name: str
    organisation: str
    year: int
    style: Style
    parts: tuple[Part, ...]

    def tables(self) -> Iterator[tuple[int, Made]]:
        """Give the tables with their places among the parts."""
        return ((at, part) for at, part in enumerate(self.parts) if isinstance(part, Made))

    def texts(self) -> Iterator[tuple[int, Text]]:
        """Give the paragraphs with their places among the parts."""
        return ((at, part) for at, part in enumerate(self.parts) if isinstance(part, Text))

    def with_part(self, at: int, part: Part) -> Report:
        """Give a copy in which one part is another."""
        return replace(self, parts=(*self.parts[:at], part, *self.parts[at + 1 :]))
