"""Makes the cells of a row from its lines: text, place, indent, style and footnote marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uppsikt.documents.model import Box, GridCell, GridRow
from uppsikt.documents.pdf.grid_columns import Columns
from uppsikt.documents.pdf.grid_lines import LEVEL, Chunk, Line, level_words
from uppsikt.documents.pdf.page import Area, Word

_TOUCHING = 0.1  # em: words nearer than any space were cut by a change of font
_POWERS = {("m", "2"): "²", ("m", "3"): "³"}  # of units; no footnote marks
_BARE = 0.35  # of a column's width: a column without heading counts as a heading so far out of place


def make_cell(words: Sequence[Word], column: int, page: int, *, span: int = 1, left: float | None = None) -> GridCell:
    """Make a cell of its words; ``left`` is where the texts of its column begin, for the indent."""
    plain = [word for word in words if not word.raised]
    text, marks = _text(words)
    shown = plain or list(words)
    area = Area.around(words)
    return GridCell(
        text,
        column,
        span,
        1,
        Box(page, *area),
        bold=all(word.bold for word in shown),
        italic=all(word.italic for word in shown),
        indent=0 if left is None else max(round(area.left - left, 1), 0),
        marks=marks,
    )


def _text(words: Iterable[Word]) -> tuple[str, tuple[str, ...]]:
    """Give the lines of a cell's text and its footnote marks."""
    text, marks = "", []
    last: Word | None = None
    for word in _sorted(words):
        if word.raised:
            power = _POWERS.get((text[-1:], word.text))
            text += power or ""
            marks += [] if power else [word.text]
            continue
        if last is not None:
            level = abs(word.baseline - last.baseline) <= LEVEL * max(word.size, last.size)
            near = level and abs(word.left - last.right) < _TOUCHING * word.size and not word.after
            text += "" if near else " " if level else "\n"
        text += word.text
        last = word
    return text, tuple(marks)


def _sorted(words: Iterable[Word]) -> list[Word]:
    """Give words by line from the top and from left to right on each."""
    return [word for line in level_words(words) for word in sorted(line, key=lambda word: word.left)]


def make_row(row: Sequence[Line], columns: Columns, page: int, *, heading: bool) -> GridRow:
    """Make a row of its lines; in a ``heading`` a chunk set over the middle of several columns covers them."""
    held: dict[int, list[Chunk]] = {}
    spans: dict[int, int] = {}
    for line in row:
        for chunk in line.chunks:
            first, last = columns.under(chunk)
            held.setdefault(first, []).append(chunk)
            spans[first] = max(spans.get(first, 1), last - first + 1)
    if heading:
        held, spans = _centred(held, spans, columns)
    cells = []
    order = sorted(held)
    for place, column in enumerate(order):
        following = order[place + 1] if place + 1 < len(order) else len(columns)
        words = [word for chunk in held[column] for word in chunk.words]
        span = min(spans[column], following - column)
        cells.append(make_cell(words, column, page, span=span, left=columns.left[column]))
    return GridRow(tuple(cells), page)


def _centred(
    held: dict[int, list[Chunk]], spans: dict[int, int], columns: Columns
) -> tuple[dict[int, list[Chunk]], dict[int, int]]:
    """Spread headings over the columns that they stand for: each over the middle of its own, as few left out as can be.

    The cheapest way to part the columns among the headings, from left to right.
    """
    order = sorted(held)
    start = 1 if order[0] > 0 else 0  # the column of labels seldom has a heading above its heading
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {start: (0.0, ())}  # by the first free column
    for place, column in enumerate(order):
        chunk, least = _whole(held[column]), column + spans[column] - 1
        high = (order[place + 1] if place + 1 < len(order) else len(columns)) - 1
        step: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {}
        for free, (cost, chosen) in best.items():
            for first in range(free, column + 1):
                for last in range(least, high + 1):
                    total = cost + _BARE * (first - free) + _off(chunk, columns, first, last)
                    if total < step.get(last + 1, (float("inf"), ()))[0]:
                        step[last + 1] = (total, (*chosen, (first, last)))
        best = step
    if not best:
        return held, spans
    _, (_, chosen) = min(best.items(), key=lambda item: item[1][0] + _BARE * (len(columns) - item[0]))
    found = zip(order, chosen, strict=True)
    return {first: held[column] for column, (first, _) in found}, {first: last - first + 1 for first, last in chosen}


def _whole(chunks: Sequence[Chunk]) -> Chunk:
    return Chunk([], min(chunk.left for chunk in chunks), max(chunk.right for chunk in chunks))


def _off(chunk: Chunk, columns: Columns, first: int, last: int) -> float:
    """Give how far, in widths of a column, a heading stands from where it would over these columns."""
    pitch = (columns.bounds[-1] - columns.bounds[1]) / max(len(columns) - 1, 1)
    left = max(columns.right[first - 1] + columns.em / 2, columns.bounds[first]) if first > 1 else columns.left[first]
    right = columns.right[last] + columns.em / 2 * (first > 1)  # cells end a padding after their figures
    off = abs((chunk.left + chunk.right) / 2 - (left + right) / 2)
    if first == last:
        off = min(
            off,
            abs(chunk.left - columns.left[first]),
            abs(chunk.right - columns.right[first]),
        )
    return off / pitch if pitch > 0 else 0.0
