"""Finds the tables of a page by their geometry alone: drawn cells first, then lines and colours, then bare columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.documents.model import Box, Grid, GridRow
from uppsikt.documents.pdf.grid_cells import make_row
from uppsikt.documents.pdf.grid_lines import Line, em_of, make_lines
from uppsikt.documents.pdf.grid_rows import is_year
from uppsikt.documents.pdf.grid_ruled import read_ruled
from uppsikt.documents.pdf.grid_rulings import Lattice, Stroke, bands, lattices, strokes
from uppsikt.documents.pdf.grid_runs import Found, Run, judge, runs_of
from uppsikt.documents.pdf.grid_strips import core_runs, framed, groups_of, side_by_side, strips_of
from uppsikt.documents.pdf.page import Area, PageContent, Word


@dataclass(frozen=True, slots=True)
class FoundGrid:
    """A table and the place that it takes on its page; words whose middle lies within belong to it."""

    box: Box
    grid: Grid


def find_grids(page: PageContent) -> tuple[FoundGrid, ...]:
    """Give the tables of a page from the top down. Text that runs sideways is left alone."""
    words = [word for word in page.words if word.turn == 0]
    if len(words) < 4:  # two rows of two cells
        return ()
    em = em_of(make_lines(words))
    level, upright = strokes(page)
    coloured, edges = bands(page.fills, em, page.height)
    found: list[FoundGrid] = []
    for lattice in lattices(level, upright, em):
        words = _ruled(lattice, words, page, em, found)
        if len(lattice.xs) == 2:
            words = _runs(framed(lattice, words), words, page, found)
    edges_of_rows = (Stroke(y, row.left, row.right) for row in coloured for y in (row.top, row.bottom))
    cuts = sorted([*level, *edges_of_rows])
    groups = groups_of(cuts, em)
    marks = sorted([*upright, *edges])
    for group in groups:
        words = _runs(core_runs(group, words, marks, coloured), words, page, found)
    for strip in strips_of(words, em):
        lines = make_lines(strip)
        inside = [s.at for s in cuts if s.start < lines[0].right and s.end > lines[0].left] if lines else []
        words = _runs(runs_of(lines, inside), words, page, found)
    return tuple(sorted(found, key=lambda one: (one.box.top, one.box.left)))


def _ruled(
    lattice: Lattice,
    words: list[Word],
    page: PageContent,
    em: float,
    found: list[FoundGrid],
) -> list[Word]:
    """Read a drawn table and give the words that are left."""
    area = Area(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])
    inside = [word for word in words if area.holds((word.left + word.right) / 2, word.middle)]
    rows = read_ruled(lattice, inside, page.number, em) if inside else None
    filled = [row for row in rows or () if row.cells]
    width = max((cell.column + cell.span for row in filled for cell in row.cells), default=0)
    if width < 2 or len(filled) < 2 or not _worded(filled):
        return words
    found.append(FoundGrid(Box(page.number, *area), Grid(tuple(filled), width, page=page.number)))
    taken = set(map(id, inside))
    return [word for word in words if id(word) not in taken]


def _worded(rows: Sequence[GridRow]) -> bool:
    """Say whether the first column and row hold words: lines that cross without them are those of a chart."""
    heads = [row.text(0) for row in rows] + [cell.text for cell in rows[0].cells[1:]]
    return sum(any(letter.isalpha() for letter in text) for text in heads) > 1


def _runs(runs: Sequence[Run], words: list[Word], page: PageContent, found: list[FoundGrid]) -> list[Word]:
    """Read the runs that are tables and give the words that are left."""
    taken: set[int] = set()
    for run in [part for one in runs for part in _apart(one)]:
        made = judge(run)
        if made is None:
            continue
        found.append(_found(made, page.number))
        taken |= {id(w) for row in made.rows for line in row for chunk in line.chunks for w in chunk.words}
    return [word for word in words if id(word) not in taken]


def _apart(run: Run) -> list[Run]:
    """Part two tables that stand beside each other."""
    gutter = None if run.cuts else side_by_side(run)
    if gutter is None:
        return [run]
    words = [word for line in run.lines for chunk in line.chunks for word in chunk.words]
    sides = (
        [w for w in words if w.left < gutter],
        [w for w in words if w.left >= gutter],
    )
    return [part for side in sides for found in runs_of(make_lines(side), []) for part in _apart(found)]


def _found(made: Found, page: int) -> FoundGrid:
    first = next((place for place, row in enumerate(made.rows) if _is_data(row)), len(made.rows))
    rows = tuple(make_row(row, made.columns, page, heading=place + 1 < first) for place, row in enumerate(made.rows))
    return FoundGrid(Box(page, *made.area), Grid(rows, len(made.columns), page=page))


def _is_data(row: Sequence[Line]) -> bool:
    """Say whether a row holds a figure that is no year: then the headings are over."""
    figures = [c.text for line in row for c in line.chunks[1:] if c.value]
    return not all(is_year(text) for text in figures)
