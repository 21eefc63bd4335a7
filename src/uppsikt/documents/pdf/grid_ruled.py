"""Reads tables whose cells are drawn: by where level and upright lines cross, with cells that cover several."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from uppsikt.documents.model import GridCell, GridRow
from uppsikt.documents.pdf.grid_cells import make_cell
from uppsikt.documents.pdf.grid_columns import find_columns, from_bounds
from uppsikt.documents.pdf.grid_lines import Line, make_lines
from uppsikt.documents.pdf.grid_rows import split_band, value_columns
from uppsikt.documents.pdf.grid_rulings import TOUCH, Lattice, Stroke
from uppsikt.documents.pdf.page import Word

_WRAPPED = 1.6  # em: lines of one text in a cell are closer
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
    """Make the rows of a lattice; None where no inner upright line is drawn and gaps must tell the columns."""
    walls = Walls(lattice)
    return _Table(walls, words, page, em).rows() if len(walls.xs) > 2 else None


class _Table:
    """The words of a drawn table, row by row."""

    def __init__(self, walls: Walls, words: Sequence[Word], page: int, em: float) -> None:
        self._walls, self._page, self._em = walls, page, em
        self._bounds = _finer(walls, words, em)
        self._drawn = [_nearest(walls.xs, bound) for bound in self._bounds]  # of each boundary: the line that is there
        self._bands: list[list[Word]] = [[] for _ in walls.ys[1:]]
        for word in words:
            place = bisect_right(walls.ys, word.middle) - 1
            self._bands[min(max(place, 0), len(self._bands) - 1)].append(word)
        first = [word.left for word in words if (word.left + word.right) / 2 <= self._bounds[1]]
        self._edge = min(first, default=0.0)  # where the labels begin that are not indented
        self._covered: set[tuple[int, int]] = set()  # places that a cell from above covers

    def rows(self) -> tuple[GridRow, ...]:
        """Give the rows; a drawn one is several where figures stand under each other in it."""
        columns = from_bounds(self._bounds, self._em)
        held = [make_lines(band) for band in self._bands]
        values = value_columns([line for lines in held for line in lines], columns)
        rows: list[GridRow] = []
        for place, lines in enumerate(held):
            plain = self._plain(place)
            parts = split_band(lines, columns, values, closed=len(held) > 2) if plain else [lines]
            rows += [self._row(place, part) for part in parts or [lines]]
        return tuple(rows)

    def _plain(self, row: int) -> bool:
        """Say whether no cell of a row goes on from above or below."""
        within = range(len(self._walls.xs) - 1)
        last = len(self._bands) - 1
        above = row == 0 or all(self._walls.below(row - 1, column) for column in within)
        return above and (row == last or all(self._walls.below(row, column) for column in within))

    def _row(self, row: int, lines: Sequence[Line]) -> GridRow:
        cells: list[GridCell] = []
        column = 0
        while column < len(self._bounds) - 1:
            if (row, column) in self._covered:
                column += 1
                continue
            end = self._end(row, column)
            down = self._down(row, column, end)
            inside = [word for line in lines for word in self._inside(line, column, end)]
            for below in range(row + 1, row + down):
                inside += [w for line in make_lines(self._bands[below]) for w in self._inside(line, column, end)]
                self._covered |= {(below, place) for place in range(column, end + 1)}
            parts = _parts(lines, self._bounds, column, end) if down == 1 else []
            if len(parts) > 1:
                cells += [make_cell(part, start, self._page) for start, part in parts]
            elif inside:
                made = make_cell(inside, column, self._page, left=None if column else self._edge)
                cells.append(replace(made, span=end - column + 1, down=down))
            column = end + 1
        return GridRow(tuple(cells), self._page)

    def _inside(self, line: Line, column: int, end: int) -> list[Word]:
        left, right = self._bounds[column], self._bounds[end + 1]
        return [w for chunk in line.chunks for w in chunk.words if left < (w.left + w.right) / 2 <= right]

    def _end(self, row: int, column: int) -> int:
        """Give the last column of the cell that begins at a column: where a line is drawn at its right."""
        for end in range(column, len(self._bounds) - 2):
            drawn = self._drawn[end + 1]
            if abs(self._walls.xs[drawn] - self._bounds[end + 1]) > TOUCH or self._walls.right_of(row, drawn - 1):
                return end
        return len(self._bounds) - 2

    def _down(self, row: int, column: int, end: int) -> int:
        """Give how many rows a cell covers: as many as no line parts, if its text is in one of them or goes on."""
        first = bisect_right(self._walls.xs, self._bounds[column] + TOUCH) - 1
        last = max(bisect_right(self._walls.xs, self._bounds[end + 1] - TOUCH) - 1, first)
        down = 1
        while row + down < len(self._bands) and not any(
            self._walls.below(row + down - 1, place) for place in range(first, last + 1)
        ):
            down += 1
        return down if down > 1 and self._one_text(row, down, column, end) else 1

    def _one_text(self, row: int, down: int, column: int, end: int) -> bool:
        bands = [make_lines(self._bands[place]) for place in range(row, row + down)]
        lines = [line.baseline for lines in bands for line in lines if self._inside(line, column, end)]
        return all(two - one < _WRAPPED * self._em for one, two in pairwise(lines))


def _nearest(places: Sequence[float], place: float) -> int:
    return min(range(len(places)), key=lambda number: abs(places[number] - place))


def _finer(walls: Walls, words: Sequence[Word], em: float) -> list[float]:
    """Give the column boundaries: the drawn ones, and those that figures side by side show between them."""
    bounds = [walls.xs[0]]
    for left, right in pairwise(walls.xs):
        lines = make_lines(word for word in words if left < (word.left + word.right) / 2 < right)
        wide = [line for line in lines if line.columnar and sum(chunk.value for chunk in line.chunks) > 1]
        if len(wide) > 2 and 2 * len(wide) >= len(lines):
            bounds += find_columns(lines, left, right, em).bounds[1:-1]
        bounds.append(right)
    return bounds


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
