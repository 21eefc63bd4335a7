"""Tables by their tags: cells as the file tells them, where the page bears it out.

Tags are believed when the words of a table's area are all in its cells, rows stand under each other, columns
beside each other, and no cell hides columns of its own. A row with fewer cells than columns (empty cells are
often left out) is placed by where its words stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from uppsikt.documents.model import Grid, GridCell, GridRow
from uppsikt.documents.pdf.grid_cells import make_cell
from uppsikt.documents.pdf.lines import joined, make_runs, text_of
from uppsikt.documents.pdf.page import Area, Word
from uppsikt.documents.pdf.tags import Path, TaggedRow, TaggedTable

_OVER = 2.0  # points that what stands in neighbouring cells may overlap: letters reach over their boxes
_STRAYS = 0.02  # of the words of a table's area that may belong to no cell
_HOLLOW = 3.0  # of the size: a wider gap within a line of a cell is a border between columns
_MOST_HOLLOW = 0.02  # of the cells that may have such a gap


@dataclass(frozen=True, slots=True)
class TaggedGrid:
    """A table that its tags tell, on one page: where it stands, its rows with their paths, and its caption."""

    path: Path
    area: Area
    paths: tuple[Path, ...]
    grid: Grid
    contents: frozenset[int]  # of cells and caption


@dataclass(slots=True)
class _Placed:
    """A cell with words and the columns that it covers; ``column`` is -1 until it is known."""

    words: list[Word]
    area: Area
    span: int
    down: int
    place: int  # among the cells of its row
    column: int = -1


def read_tagged(table: TaggedTable, words: Sequence[Word], page: int) -> TaggedGrid | None:
    """Read a table by its tags; None where the page does not bear them out."""
    if table.nested or not table.rows:
        return None
    by_content: dict[int, list[Word]] = {}
    for word in words:
        if word.mcid is not None:
            by_content.setdefault(word.mcid, []).append(word)
    _drop_colours(table.rows)
    rows = [_row(row, by_content) for row in table.rows]
    width = max(_width(row) for row in table.rows)
    kept = [(tagged, row) for tagged, row in zip(table.rows, rows, strict=True) if row]
    if width < 2 or not kept or not _placed(table.rows, rows, width):
        return None
    area = Area.around([cell.area for _, row in kept for cell in row])
    contents = {content for row in table.rows for cell in row.cells for content in cell.contents} | table.caption
    if not (_covered(area, words, contents) and _apart(rows) and _solid(rows)):
        return None
    caption = joined(
        text_of(run) for content in sorted(table.caption) for run in make_runs(by_content.get(content, []))
    )
    edge = min((cell.area.left for _, row in kept for cell in row if cell.column == 0), default=0.0)
    grid_rows = tuple(
        GridRow(tuple(_cell(cell, page, edge) for cell in row), page, tagged.header) for tagged, row in kept
    )
    grid = Grid(grid_rows, width, caption, page)
    return TaggedGrid(table.path, area, tuple(tagged.path for tagged, _ in kept), grid, frozenset(contents))


def _drop_colours(rows: Sequence[TaggedRow]) -> None:
    """Take away what begins a row without being a cell: the colour behind it, drawn on the page before.

    On its own page such a content is told from a cell; on the next it looks like one that is empty, and
    makes the row one cell wider than those that begin with a label.
    """
    labelled = [_width(row) for row in rows if row.cells and row.cells[0].contents]
    for row in rows:
        if row.cells and not row.cells[0].contents and _width(row) > max(labelled, default=0):
            del row.cells[0]


def _width(row: TaggedRow) -> int:
    return sum(cell.span for cell in row.cells)


def _row(row: TaggedRow, by_content: Mapping[int, list[Word]]) -> list[_Placed]:
    cells = []
    for place, cell in enumerate(row.cells):
        words = [word for content in cell.contents for word in by_content.get(content, ())]
        if words:
            cells.append(_Placed(words, Area.around(words), cell.span, cell.down, place))
    return cells


def _placed(tagged: Sequence[TaggedRow], rows: Sequence[list[_Placed]], width: int) -> bool:
    """Give every cell its column: by counting where the row is complete, by its words where it is not."""
    covered: dict[int, int] = {}  # columns that cells above reach down into: rows left
    loose: list[list[_Placed]] = []
    for source, row in zip(tagged, rows, strict=True):
        free = [column for column in range(width) if not covered.get(column)]
        complete = _width(source) == len(free)
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        if not complete:
            loose.append(row)
            continue
        filled = {cell.place: cell for cell in row}
        for place, cell in enumerate(source.cells):
            taken, free = free[: cell.span], free[cell.span :]
            if place in filled:
                filled[place].column = taken[0]
            if cell.down > 1:
                covered |= dict.fromkeys(taken, cell.down - 1)
    return all(_by_words(row, _extents(rows, width)) for row in loose)


def _extents(rows: Sequence[list[_Placed]], width: int) -> list[tuple[float, float] | None]:
    """Give how far to the left and right the words of each column reach, as far as it is known."""
    extents: list[tuple[float, float] | None] = [None] * width
    for row in rows:
        for cell in row:
            if cell.column >= 0 and cell.span == 1 and cell.column < width:
                known = extents[cell.column] or (cell.area.left, cell.area.right)
                extents[cell.column] = (min(known[0], cell.area.left), max(known[1], cell.area.right))
    return extents


def _by_words(row: Sequence[_Placed], extents: Sequence[tuple[float, float] | None]) -> bool:
    """Place the cells of an incomplete row over the columns that they share most width with."""
    last = -1
    for cell in row:
        shares = [_shared(cell.area, extent) for extent in extents]
        best = max(range(last + 1, len(extents)), key=lambda column: shares[column], default=-1)
        if best < 0 or shares[best] <= 0:
            return False
        if cell.span > 1:  # the first of the columns that it reaches over
            best = min(column for column in range(last + 1, len(extents)) if shares[column] > 0)
        cell.column, last = best, min(best + cell.span, len(extents)) - 1
        cell.span = last - best + 1
    return True


def _shared(area: Area, extent: tuple[float, float] | None) -> float:
    return min(area.right, extent[1]) - max(area.left, extent[0]) if extent is not None else 0.0


def _covered(area: Area, words: Sequence[Word], contents: set[int]) -> bool:
    """Say whether the marked words in the area belong to the table. Words without tag are repeated headers."""
    within = [word for word in words if word.mcid is not None and word.mcid >= 0]
    within = [word for word in within if area.holds((word.left + word.right) / 2, word.middle)]
    return sum(word.mcid not in contents for word in within) <= _STRAYS * len(within)


def _apart(rows: Sequence[list[_Placed]]) -> bool:
    """Say whether rows stand under each other and columns beside each other."""
    width = 1 + max((cell.column for row in rows for cell in row), default=0)
    extents = [extent for extent in _extents(rows, width) if extent is not None]
    columns = all(one[1] <= two[0] + _OVER for one, two in pairwise(extents))
    single = ([cell.area for cell in row if cell.down == 1] for row in rows)
    spans = [Area.around(areas) for areas in single if areas]
    return columns and all(one.bottom <= two.top + one.height / 2 for one, two in pairwise(spans))


def _solid(rows: Sequence[list[_Placed]]) -> bool:
    """Say whether cells are cells and not rows of their own, with columns within."""
    cells = [cell for row in rows for cell in row]
    return sum(_hollow(cell.words) for cell in cells) <= _MOST_HOLLOW * len(cells)


def _hollow(words: Sequence[Word]) -> bool:
    ordered = sorted(words, key=lambda word: (round(word.baseline), word.left))
    return any(
        abs(one.baseline - two.baseline) < 1 and two.left - one.right > _HOLLOW * one.size
        for one, two in pairwise(ordered)
    )


def _cell(cell: _Placed, page: int, edge: float) -> GridCell:
    """Make a cell; the indent of one in the first column is told from the leftmost of them."""
    left = edge if cell.column == 0 else None
    return replace(make_cell(cell.words, cell.column, page, span=cell.span, left=left), down=cell.down)
