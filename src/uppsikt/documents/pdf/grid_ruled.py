"""Reads tables whose cells are drawn: by where level and upright lines cross, with cells that cover several."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from uppsikt.documents.model import GridCell, GridRow
from uppsikt.documents.pdf.grid_cells import make_cell
from uppsikt.documents.pdf.grid_columns import find_columns, from_bounds
from uppsikt.documents.pdf.grid_lines import Line, make_lines
from uppsikt.documents.pdf.grid_rows import split_band, value_columns
from uppsikt.documents.pdf.grid_rulings import TOUCH, Lattice, Stroke
from uppsikt.documents.pdf.page import Word

_COVERED = 0.6  # of a cell's side: how much of it must be drawn


class Walls:
    """Which sides of the cells between crossing lines are drawn."""

    def __init__(self, lattice: Lattice) -> None:
        self.xs, self.ys = lattice.xs, lattice.ys
        self._right = _sides(lattice.upright, self.xs, self.ys)
        self._below = _sides(lattice.level, self.ys, self.xs)

    def right_of(self, row: int, column: int) -> bool:
        """Say whether a line is drawn at the right side of a cell."""
        return (column + 1, row) in self._right

    def below(self, row: int, column: int) -> bool:
        """Say whether a line is drawn under a cell."""
        return (row + 1, column) in self._below

    def wide(self, row: int) -> bool:
        """Say whether a line is drawn under at least half of a row."""
        columns = len(self.xs) - 1
        return 2 * sum(self.below(row, column) for column in range(columns)) >= columns


def _sides(strokes: Sequence[Stroke], ats: Sequence[float], cuts: Sequence[float]) -> set[tuple[int, int]]:
    """Give (line, interval) for each interval between cuts that a line covers."""
    found: dict[tuple[int, int], float] = {}
    for stroke in strokes:
        line = min(range(len(ats)), key=lambda place: abs(ats[place] - stroke.at))
        first = max(bisect_right(cuts, stroke.start) - 1, 0)
        for place in range(first, len(cuts) - 1):
            if cuts[place] > stroke.end:
                break
            part = min(stroke.end, cuts[place + 1]) - max(stroke.start, cuts[place])
            found[line, place] = found.get((line, place), 0.0) + max(part, 0.0)
    return {key for key, part in found.items() if part >= _COVERED * (cuts[key[1] + 1] - cuts[key[1]])}


def read_ruled(lattice: Lattice, words: Sequence[Word], page: int, em: float) -> tuple[GridRow, ...] | None:
    """Make the rows of a lattice; None where it is no table: one cell, or lines around other things."""
    walls = Walls(lattice)
    if len(walls.xs) < 3:  # a frame with rows but no inner upright line: the gaps must tell the columns
        return None
    bounds = _finer(walls, words, em)
    columns = from_bounds(bounds)
    bands = _bands(walls, words)
    held = [make_lines(band) for _, _, band in bands]
    values = value_columns([line for lines in held for line in lines], columns, em)
    rows: list[GridRow] = []
    taken: dict[int, int] = {}  # columns that a cell from above covers, and how many rows more
    for (first, last, band), lines in zip(bands, held, strict=True):
        parts = split_band(lines, columns, values, em, closed=True) if first == last and _plain(walls, first) else []
        if len(parts) > 1 and not taken:
            rows += [
                _row(
                    [w for line in part for c in line.chunks for w in c.words],
                    walls,
                    first,
                    bounds,
                    {},
                    page,
                )
                for part in parts
            ]
        else:
            rows.append(_row(band, walls, first, bounds, taken, page))
    return tuple(rows)


def _bands(walls: Walls, words: Sequence[Word]) -> list[tuple[int, int, list[Word]]]:
    """Give the words of each drawn row: number of its first and last interval, and the words."""
    held: list[list[Word]] = [[] for _ in walls.ys[1:]]
    for word in words:
        place = bisect_right(walls.ys, word.middle) - 1
        held[min(max(place, 0), len(held) - 1)].append(word)
    return [(place, place, band) for place, band in enumerate(held)]


def _plain(walls: Walls, row: int) -> bool:
    """Say whether a row's cells end with the row."""
    return all(walls.below(row, column) for column in range(len(walls.xs) - 1))


def _finer(walls: Walls, words: Sequence[Word], em: float) -> list[float]:
    """Give the column boundaries: the drawn ones, and those that figures side by side show between them."""
    bounds = [walls.xs[0]]
    for left, right in zip(walls.xs, walls.xs[1:], strict=False):
        lines = make_lines(word for word in words if left < (word.left + word.right) / 2 < right)
        wide = [line for line in lines if line.columnar and sum(chunk.value for chunk in line.chunks) > 1]
        if len(wide) > 2 and 2 * len(wide) >= len(lines):
            bounds += find_columns(lines, left, right, em).bounds[1:-1]
        bounds.append(right)
    return bounds


def _row(
    words: Sequence[Word],
    walls: Walls,
    row: int,
    bounds: Sequence[float],
    taken: dict[int, int],
    page: int,
) -> GridRow:
    lines = make_lines(words)
    cells: list[GridCell] = []
    column = 0
    while column < len(bounds) - 1:
        if taken.get(column):
            taken[column] -= 1
            column += 1
            continue
        end = _end(walls, row, bounds, column)
        inside = [word for word in words if bounds[column] < (word.left + word.right) / 2 <= bounds[end + 1]]
        parts = _parts(lines, bounds, column, end) if inside else []
        if len(parts) > 1:
            cells += [make_cell(part, start, page) for start, part in parts]
        elif inside:
            cells.append(make_cell(inside, column, page, span=end - column + 1))
        column = end + 1
    return GridRow(tuple(cells), page)


def _end(walls: Walls, row: int, bounds: Sequence[float], column: int) -> int:
    """Give the last column of the cell that begins at a column: where a line is drawn at its right."""
    for end in range(column, len(bounds) - 2):
        drawn = min(
            range(len(walls.xs)),
            key=lambda place: abs(walls.xs[place] - bounds[end + 1]),
        )
        if abs(walls.xs[drawn] - bounds[end + 1]) > TOUCH or walls.right_of(row, drawn - 1):
            return end
    return len(bounds) - 2


def _parts(lines: Sequence[Line], bounds: Sequence[float], first: int, last: int) -> list[tuple[int, list[Word]]]:
    """Part a cell whose inner lines are missing: when its chunks keep to the columns of the other rows."""
    if first == last:
        return []
    held: dict[int, list[Word]] = {}
    for line in lines:
        for chunk in line.chunks:
            if not bounds[first] < (chunk.left + chunk.right) / 2 <= bounds[last + 1]:
                continue
            start = bisect_right(bounds, chunk.left + 1) - 1
            if start != bisect_right(bounds, chunk.right - 1) - 1:
                return []
            held.setdefault(start, []).extend(chunk.words)
    return sorted(held.items())
