"""Sketches pages as the readers of tables see them: words and lines at places, without a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from uppsikt.documents.pdf.grids import find_grids
from uppsikt.documents.pdf.page import Fill, PageContent, Ruling, Word

SIZE = 10.0
LETTER = 0.5 * SIZE  # the width of every letter, and of the space between words
ROW = 1.8 * SIZE


@dataclass
class Sketch:
    """A page that is being drawn."""

    width: float = 600
    height: float = 840
    words: list[Word] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)

    def write(self, text: str, x: float, y: float, *, right: bool = False, bold: bool = False) -> None:
        """Write a line that begins (or ends) at x on the baseline y; ordinary spaces part words."""
        x = x - LETTER * len(text) if right else x
        for word in text.split(" "):
            if word:
                end = x + LETTER * len(word)
                self.words.append(Word(word, x, y - 0.8 * SIZE, end, y + 0.2 * SIZE, SIZE, y, bold=bold))
            x += LETTER * (len(word) + 1) * 1.0
            x -= 0.2 * SIZE  # a space is 0.3 em wide

    def level(self, y: float, left: float, right: float) -> None:
        """Draw a level line."""
        self.rulings.append(Ruling(left, y - 0.3, right, y + 0.3))

    def upright(self, x: float, top: float, bottom: float) -> None:
        """Draw an upright line."""
        self.rulings.append(Ruling(x - 0.3, top, x + 0.3, bottom))

    def paint(self, left: float, top: float, right: float, bottom: float) -> None:
        """Paint a rectangle in light blue."""
        self.fills.append(Fill(left, top, right, bottom, (220, 230, 240)))

    def page(self) -> PageContent:
        """Give the page."""
        return PageContent(1, self.width, self.height, tuple(self.words), tuple(self.rulings), tuple(self.fills))

    def tables(self) -> list[list[list[str]]]:
        """Give the tables that are found: rows of texts by column, joined lines parted by a stroke."""
        return [
            [[row.text(column).replace("\n", "|") for column in range(found.grid.width)] for row in found.grid.rows]
            for found in find_grids(self.page())
        ]


LEFT, TOP, LABEL, COLUMN = 60.0, 100.0, 200.0, 80.0


def draw_table(sketch: Sketch, rows: Sequence[Sequence[str]], look: str, left: float = LEFT, top: float = TOP) -> float:
    """Draw a table of labels and figures set to the right; give the height of its lower edge."""
    right = left + LABEL + COLUMN * (len(rows[0]) - 1)
    for place, row in enumerate(rows):
        y = top + ROW * place
        for column, text in enumerate(row):
            x = left + 4 if column == 0 else left + LABEL + COLUMN * column - 4
            sketch.write(text, x, y + 0.65 * ROW, right=column > 0)
        if look == "zebra" and place % 2 == 0:
            sketch.paint(left, y, right, y + ROW)
        if look in {"ruled", "horizontal"}:
            sketch.level(y + ROW, left, right)
    bottom = top + ROW * len(rows)
    if look == "ruled":
        sketch.level(top, left, right)
        for x in (left, *(left + LABEL + COLUMN * column for column in range(len(rows[0])))):
            sketch.upright(x, top, bottom)
    return bottom


def write_prose(sketch: Sketch, lines: Iterable[str], left: float, top: float) -> float:
    """Write running text; give the height under it."""
    for line in lines:
        top += 1.25 * SIZE
        sketch.write(line, left, top)
    return top
