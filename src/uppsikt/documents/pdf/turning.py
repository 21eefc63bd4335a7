"""Pages whose text runs sideways: turned upright to be read, and what was found on them turned back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from uppsikt.documents.model import Box, Grid, GridCell
from uppsikt.documents.pdf.page import Area, Fill, PageContent, Ruling, Word


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page was turned: so many quarter turns clockwise that its text runs, on a page of this shown size."""

    turns: int
    width: float
    height: float

    def upright(self, area: Area) -> Area:
        """Give where an area of the shown page stands once the text is upright."""
        left, top, right, bottom = area
        if self.turns == 1:  # the text runs downwards: what is on the right is its top
            return Area(top, self.width - right, bottom, self.width - left)
        if self.turns == 2:
            return Area(self.width - right, self.height - bottom, self.width - left, self.height - top)
        if self.turns == 3:
            return Area(self.height - bottom, left, self.height - top, right)
        return area

    def shown(self, area: Area) -> Area:
        """Give where an area of the upright page stands on the page as it is shown."""
        if self.turns % 2 == 0:
            return self.upright(area)
        other = Turn(4 - self.turns, self.height, self.width)
        return other.upright(area)

    def box(self, box: Box | None) -> Box | None:
        """Give a box of the upright page as it is shown."""
        if box is None or not self.turns:
            return box
        return Box(box.page, *self.shown(Area.of(box)))

    def grid(self, grid: Grid) -> Grid:
        """Give a table of the upright page with the places of its cells as shown."""
        if not self.turns:
            return grid
        rows = tuple(replace(row, cells=tuple(self._cell(cell) for cell in row.cells)) for row in grid.rows)
        return replace(grid, rows=rows)

    def _cell(self, cell: GridCell) -> GridCell:
        return replace(cell, box=self.box(cell.box))


def upright(page: PageContent) -> tuple[PageContent, Turn]:
    """Turn a page so that most of its letters stand upright; say how, so that places can be turned back."""
    letters: Counter[int] = Counter()
    for word in page.words:
        letters[word.turn] += len(word.text)
    turns = letters.most_common(1)[0][0] if letters else 0
    turn = Turn(turns, page.width, page.height)
    if not turns:
        return page, turn
    width, height = (page.height, page.width) if turns % 2 else (page.width, page.height)
    return (
        PageContent(
            page.number,
            width,
            height,
            tuple(_word(word, turn) for word in page.words),
            tuple(Ruling(*turn.upright(Area.of(r))) for r in page.rulings),
            tuple(Fill(*turn.upright(Area.of(f)), f.colour) for f in page.fills),
            tuple(turn.upright(picture) for picture in page.pictures),
        ),
        turn,
    )


def _word(word: Word, turn: Turn) -> Word:
    area = turn.upright(Area.of(word))
    baseline = area.bottom - 0.2 * area.height  # of letters that ran sideways only the box is known
    turned = (word.turn - turn.turns) % 4
    return replace(
        word, left=area.left, top=area.top, right=area.right, bottom=area.bottom, baseline=baseline, turn=turned
    )
