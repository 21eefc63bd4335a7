"""Makes the cells of a row from its lines: text, place, indent, style and footnote marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uppsikt.documents.model import Box, GridCell, GridRow
from uppsikt.documents.pdf.grid_columns import Columns
from uppsikt.documents.pdf.grid_lines import LEVEL, Chunk, Line
from uppsikt.documents.pdf.page import Word

_TOUCHING = 0.1  # em: words nearer than any space were cut by a change of font
_POWERS = {("m", "2"): "²", ("m", "3"): "³"}  # of units; no footnote marks
_CENTRED = 0.15  # of a column's width: how much better a narrower span must fit (half a column is the next place)
_ALIGNED = 0.35  # em: how far a heading may stand from the edge that its column is set against


def make_cell(
    words: Sequence[Word], column: int, page: int, *, span: int = 1, down: int = 1, left: float | None = None
) -> GridCell:
    """Make a cell of its words; ``left`` is where the texts of its column begin, for the indent."""
    plain = [word for word in words if not word.raised]
    text, marks = _text(words)
    shown = plain or list(words)
    start = min(word.left for word in words)
    return GridCell(
        text,
        column,
        span,
        down,
        Box(page, start, min(w.top for w in words), max(w.right for w in words), max(w.bottom for w in words)),
        bold=all(word.bold for word in shown),
        italic=all(word.italic for word in shown),
        indent=0 if left is None else max(round(start - left, 1), 0),
        marks=marks,
    )


def _text(words: Iterable[Word]) -> tuple[str, tuple[str, ...]]:
    """Give the lines of a cell's text and its footnote marks."""
    text, marks = "", []
    last: Word | None = None
    for word in sorted_words(words):
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


def sorted_words(words: Iterable[Word]) -> list[Word]:
    """Give words by line from the top and from left to right on each."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.baseline):
        if lines and abs(word.baseline - lines[-1][0].baseline) <= LEVEL * max(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [word for line in lines for word in sorted(line, key=lambda word: word.left)]


def make_row(row: Sequence[Line], columns: Columns, page: int, em: float, *, heading: bool) -> GridRow:
    """Make a row of its lines; in a ``heading`` a chunk set over the middle of several columns covers them."""
    held: dict[int, list[Chunk]] = {}
    spans: dict[int, int] = {}
    for line in row:
        for chunk in line.chunks:
            first, last = columns.under(chunk.left, chunk.right, em)
            held.setdefault(first, []).append(chunk)
            spans[first] = max(spans.get(first, 1), last - first + 1)
    if heading and len(row) == 1:
        held, spans = _centred(held, spans, columns, em)
    cells = []
    order = sorted(held)
    for place, column in enumerate(order):
        following = order[place + 1] if place + 1 < len(order) else len(columns)
        words = [word for chunk in held[column] for word in chunk.words]
        span = min(spans[column], following - column)
        cells.append(make_cell(words, column, page, span=span, left=columns.left[column]))
    return GridRow(tuple(cells), page)


def _centred(
    held: dict[int, list[Chunk]], spans: dict[int, int], columns: Columns, em: float
) -> tuple[dict[int, list[Chunk]], dict[int, int]]:
    """Widen headings to the columns that they are set over the middle of, as far as these are free."""
    order = sorted(held)
    found_held, found_spans = {}, {}
    taken = -1
    for place, column in enumerate(order):
        chunk = held[column][0]
        low = taken + 1
        ends = column + spans[column] - 1
        high = (order[place + 1] if place + 1 < len(order) else len(columns)) - 1
        first, last = _best_span(chunk, column, ends, max(low, 1 if column else 0), high, columns, em)
        found_held[first], found_spans[first] = held[column], last - first + 1
        taken = last
    return found_held, found_spans


def _best_span(chunk: Chunk, start: int, end: int, low: int, high: int, columns: Columns, em: float) -> tuple[int, int]:
    """Give the widest free columns that a heading is set over the middle of; its own when it is set at their edge."""
    aligned = min(abs(chunk.left - columns.left[start]), abs(chunk.right - columns.right[end]))
    if (
        start == end
        and aligned <= _ALIGNED * em
        and columns.right[end] - columns.left[start] > chunk.right - chunk.left
    ):
        return start, end
    middle = (chunk.left + chunk.right) / 2
    pitch = (columns.bounds[-1] - columns.bounds[1]) / (len(columns) - 1)
    offs = {
        (first, last): abs(middle - _middle(columns, first, last, em)) / pitch
        for first in range(low, start + 1)
        for last in range(end, high + 1)
    }
    least = min(offs.values())
    return max((span for span, off in offs.items() if off <= least + _CENTRED), key=lambda span: span[1] - span[0])


def _middle(columns: Columns, first: int, last: int, em: float) -> float:
    """Give the middle of columns; their cells begin where the figures before them end, a padding further."""
    left = max(columns.right[first - 1] + em / 2, columns.bounds[first]) if first > 1 else columns.left[first]
    return (left + columns.right[last] + em / 2 * (first > 1)) / 2
