"""Finds tables that are not drawn cell by cell: by level lines, coloured rows, or by how the text stands.

A run is a stretch of lines that keep to the same columns. Drawn lines and coloured rows hold lines
together and part rows; without them a run must hold figures, or rows that begin together in three columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from uppsikt.documents.pdf.grid_columns import Columns, find_columns, part_chunks
from uppsikt.documents.pdf.grid_lines import Line, em_of
from uppsikt.documents.pdf.grid_rows import (
    Row,
    completes,
    continues,
    is_year,
    leading_of,
    split_band,
    value_columns,
)
from uppsikt.documents.pdf.page import Area

_GUTTER = 0.5  # em: the least space that stays free between two columns of a run
_LOOSE = 2.6  # em: further apart than this, lines without drawn ones between belong to different things
HEADING = 1.25  # of the usual size: a larger line is a heading of the text
_WRAPPED = 1.5  # em: lines of one label are closer
_HEADING_LINES = 3  # that the heading of a column may have above the first line with several
_LEADER = "...."
_BULLETS = "•–-·○▪●"


@dataclass(slots=True)
class Run:
    """Lines of a table, from top to bottom, and the places of drawn lines between them."""

    lines: list[Line]
    cuts: list[float] = field(default_factory=list)
    edges: list[float] = field(default_factory=list)  # drawn boundaries of columns
    left: float = 0
    right: float = 0


@dataclass(slots=True)
class Found:
    """A table as lines: its columns and rows."""

    rows: list[Row]
    columns: Columns
    area: Area


def gaps(line: Line) -> list[tuple[float, float]]:
    """Give where a line is free of text, from minus to plus infinity."""
    places = [(float("-inf"), line.chunks[0].left)]
    places += [(a.right, b.left) for a, b in zip(line.chunks, line.chunks[1:], strict=False)]
    return [*places, (line.chunks[-1].right, float("inf"))]


def common(
    one: Sequence[tuple[float, float]], two: Sequence[tuple[float, float]], least: float
) -> list[tuple[float, float]]:
    """Give the spaces that are free in both, as far as they are wide enough."""
    found = []
    a = b = 0
    while a < len(one) and b < len(two):
        left, right = max(one[a][0], two[b][0]), min(one[a][1], two[b][1])
        if right - left >= least:
            found.append((left, right))
        if one[a][1] < two[b][1]:
            a += 1
        else:
            b += 1
    return found


def inner(free: Sequence[tuple[float, float]]) -> bool:
    """Say whether a free space stands between text."""
    return any(left > float("-inf") and right < float("inf") for left, right in free)


def runs_of(lines: Sequence[Line], cuts: Sequence[float]) -> list[Run]:
    """Give the stretches of lines that share a free space, in a strip of a page; ``cuts`` are drawn level lines."""
    runs: list[Run] = []
    held: list[Line] = []
    free: list[tuple[float, float]] = []
    em = em_of(lines)
    for place, line in enumerate(lines):
        shared = common(free, gaps(line), _GUTTER * line.size) if held else []
        near = bool(held) and (
            line.baseline - held[-1].baseline <= _LOOSE * line.size or _cut_between(cuts, held[-1], line)
        )
        if near and inner(shared) and not _leader(line) and line.size <= HEADING * em:
            held.append(line)
            free = shared
            continue
        runs += _closed(held)
        begins = line.columnar and not _leader(line) and line.size <= HEADING * em
        held, free = ([*_headings(lines, place), line], gaps(line)) if begins else ([], [])
    return runs + _closed(held)


def _headings(lines: Sequence[Line], place: int) -> list[Line]:
    """Give the lines of single words above the first line of a run that are the beginnings of its column headings."""
    first = lines[place]
    found: list[Line] = []
    for line in reversed(lines[max(place - _HEADING_LINES, 0) : place]):
        under = found[-1] if found else first
        beside = line.left > first.chunks[0].right and line.right <= first.right + line.size
        if not beside or line.columnar or under.baseline - line.baseline > _WRAPPED * line.size:
            break
        found.append(line)
    return found[::-1]


def _cut_between(cuts: Sequence[float], above: Line, below: Line) -> bool:
    place = bisect_left(cuts, above.baseline)
    near = place < len(cuts) and cuts[place] <= below.baseline
    return near and below.baseline - above.baseline <= 2 * _LOOSE * below.size


def _closed(held: Sequence[Line]) -> list[Run]:
    """Make a run of lines."""
    kept = without_tail(held)
    return [Run(kept)] if len(kept) > 1 else []


def without_tail(lines: Sequence[Line]) -> list[Line]:
    """Leave out single chunks at the end, unless they go on with a cell of the last row: notes under the table."""
    kept = list(lines)
    while kept and not kept[-1].columnar:
        kept.pop()
    for line in lines[len(kept) :] if kept else ():
        if not goes_on(kept[-1], line):
            break
        kept.append(line)
    return kept


def goes_on(above: Line, below: Line) -> bool:
    """Say whether a single chunk under the last row goes on with one of its cells, and is no note under the table."""
    two, em = below.chunks[0], below.size
    if completes(above, below):
        return below.baseline - above.baseline < _WRAPPED * em
    one = next((chunk for chunk in above.chunks if abs(chunk.left - two.left) < em / 2), None)
    if one is None or one.value or below.baseline - above.baseline > _WRAPPED * em:
        return False
    return continues(one, two, em) or (two.value and two.text[-1:] not in ")*")


def _leader(line: Line) -> bool:
    """Say whether a line belongs to a table of contents: a row of dots leads to its page."""
    return any(_LEADER in chunk.text.replace(" ", "") for chunk in line.chunks)


def judge(run: Run) -> Found | None:
    """Make a table of a run; None where nothing shows that it is one."""
    em = em_of(run.lines)
    left = min([run.left or run.lines[0].left, *(line.left for line in run.lines)])
    right = max([run.right, *(line.right for line in run.lines)])
    columns = find_columns(run.lines, left, right, em, run.edges)
    if len(columns) < 2:
        return None
    part_chunks(run.lines, columns)
    values = value_columns(run.lines, columns)
    rows = _rows(run, columns, values)
    if len(rows) < 2 or not _is_table(run, rows, columns, values):
        return None
    area = Area(
        left,
        min(line.top for line in run.lines),
        right,
        max(line.bottom for line in run.lines),
    )
    return Found(rows, columns, area)


def _rows(run: Run, columns: Columns, values: set[int]) -> list[Row]:
    """Part the lines at the drawn ones, and what stands between two of them by distance and figures."""
    bands: dict[int, list[Line]] = {}
    for line in run.lines:
        bands.setdefault(bisect_right(run.cuts, line.baseline - 0.3 * columns.em), []).append(line)
    closed = len(bands) > 2
    rows: list[Row] = []
    for _, band in sorted(bands.items()):
        heading = (
            not rows and len(bands) > 1 and not any(c.value and not is_year(c.text) for ln in band for c in ln.chunks)
        )
        rows += split_band(band, columns, values, closed=closed or heading)
    return rows


def _is_table(run: Run, rows: Sequence[Row], columns: Columns, values: set[int]) -> bool:
    """Say whether a run is a table: drawn lines, figures in columns, or rows that begin together."""
    if _is_list(run, columns) or not _labelled(rows) or not _aligned(run.lines, columns, values):
        return False
    inside = [cut for cut in run.cuts if run.lines[0].baseline < cut < run.lines[-1].baseline]
    if len(inside) > 1 or (inside and len(run.cuts) > 1):
        return True
    figures = sum(chunk.value for line in run.lines for chunk in line.chunks[1:])
    others = sum(len(line.chunks) - 1 for line in run.lines)
    few = 2 if inside or (len(columns) > 2 and not _figures(rows[0]) and _figures(rows[-1])) else 3
    if values - {0} and figures >= 2 and 3 * figures >= others and len(rows) >= few:
        return not (len(columns) == 2 and not inside and _is_contents(run))
    headed = _bold(rows[0]) and not any(_bold(row) for row in rows[1:])
    wrapped = any(len(row) > 1 for row in rows)
    return len(columns) > 2 and (headed or (wrapped and len(rows) > 2)) and _begin_together(rows, columns)


def _aligned(lines: Sequence[Line], columns: Columns, values: set[int]) -> bool:
    """Say whether the figures of a column stand under each other, by their right or left edges or middles.

    The figures at the bars and dots of a chart stand where their size puts them.
    """
    edges: dict[int, list[tuple[float, float]]] = {}
    for line in lines:
        for chunk in line.chunks:
            column = columns.under(chunk)[0]
            if chunk.value and column in values - {0}:
                edges.setdefault(column, []).append((chunk.left, chunk.right))
    many = [found for found in edges.values() if len(found) > 1]
    if len(edges) > 1 and not many and sum(len(found) for found in edges.values()) > 2:
        return sum(_figures([line]) > 0 for line in lines) == 1  # a single row under headings
    held = sum(max(_together(place, columns.em) for place in _edges(found)) for found in many)
    return 5 * held >= 3 * sum(len(found) for found in many)


def _edges(places: Sequence[tuple[float, float]]) -> tuple[list[float], ...]:
    return (
        sorted(right for _, right in places),
        sorted(left for left, _ in places),
        sorted((left + right) / 2 for left, right in places),
    )


def _together(places: Sequence[float], em: float) -> int:
    """Give how many of sorted places stand within half an em of each other."""
    return max(bisect_right(places, place + em / 2) - number for number, place in enumerate(places))


def _labelled(rows: Sequence[Row]) -> bool:
    """Say whether half of the rows begin with words, or the first is of headings: not the figures of a chart."""
    words = sum(any(letter.isalpha() for letter in row[0].chunks[0].text) for row in rows)
    heads = sum(not chunk.value for line in rows[0] for chunk in line.chunks)
    return 2 * words >= len(rows) or heads > 1


def _figures(row: Row) -> int:
    return sum(chunk.value and not is_year(chunk.text) for line in row for chunk in line.chunks)


def _bold(row: Row) -> bool:
    return all(word.bold for line in row for chunk in line.chunks for word in chunk.words)


def _is_list(run: Run, columns: Columns) -> bool:
    """Say whether the first of two columns holds nothing but bullets and numbers of a list."""
    marks = [line.chunks[0] for line in run.lines if line.columnar]
    short = all(len(m.text) <= 3 and (m.text in _BULLETS or m.text[-1] in ".)") for m in marks)
    return short and len(columns) == 2 and columns.right[0] - columns.left[0] < 3 * columns.em


def _is_contents(run: Run) -> bool:
    """Say whether two columns are a table of contents: whole numbers that never fall, under no heading."""
    last = [line.chunks[-1].text for line in run.lines if line.columnar]
    pages = [int(text) for text in last if text.isdecimal()]
    return len(pages) == len(last) and len(pages) > 2 and pages == sorted(pages)


def _begin_together(rows: Sequence[Row], columns: Columns) -> bool:
    """Say whether nearly every row begins in most columns at once, with space above it: no columns of prose do."""
    if leading_of([line for row in rows for line in row], columns) <= 0:
        return False
    full = 0
    for row in rows:
        top = row[0].baseline
        begun = {columns.under(c)[0] for line in row if line.baseline - top < columns.em / 2 for c in line.chunks}
        full += 2 * len(begun) > len(columns)
    return 4 * full >= 3 * len(rows)
