"""Where the columns of a table run: from where its chunks stand, and from lines that are drawn between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from uppsikt.documents.pdf.grid_lines import Chunk, Line, make_chunk

_NARROWEST = 0.3  # em: the least gap between columns; chunks that come nearer share one
_SAMPLE = 60  # lines that a chunk is compared with: enough to tell, and bounded on any page
_TRIES = 5  # spaces that a chunk is tried against
_MORE_THAN_SPACE = 0.36  # em: what parts words of one text is a third at most
_ALIGNED = 0.3  # em: how near a word stands to the edge that its column is set against
_REACH = 0.15  # em: a chunk that reaches so far into a column stands in it


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns from left to right: where their text stands, and the boundaries around them."""

    left: tuple[float, ...]
    right: tuple[float, ...]
    bounds: tuple[float, ...]  # one more than the columns
    em: float  # the usual size of the letters

    def __len__(self) -> int:
        return len(self.left)

    def width(self, column: int) -> float:
        """Give the distance between the boundaries around a column."""
        return self.bounds[column + 1] - self.bounds[column]

    def at(self, x: float) -> int:
        """Give the column around a place."""
        return min(max(bisect_right(self.bounds, x) - 1, 0), len(self.left) - 1)

    def under(self, chunk: Chunk) -> tuple[int, int]:
        """Give the first and last column in which a chunk stands."""
        reach = min(_REACH * self.em, (chunk.right - chunk.left) / 2)
        first = bisect_left(self.right, chunk.left + reach)
        last = bisect_right(self.left, chunk.right - reach) - 1
        if first > last:  # it stands in a gap
            first = last = self.at((chunk.left + chunk.right) / 2)
        return first, last


def spanning(chunk: Chunk, others: Sequence[Line]) -> bool:
    """Say whether a chunk lies across a space that other lines leave free oftener than they cover it."""
    tried = 0
    for line in others:
        under = [one for one in line.chunks if one.left < chunk.right and one.right > chunk.left]
        for one, two in pairwise(under):
            middle = (one.right + two.left) / 2
            covered = sum(any(c.left < middle < c.right for c in other.chunks) for other in others)
            parted = sum(
                any(
                    a.right <= middle <= b.left and a.right > chunk.left and b.left < chunk.right
                    for a, b in pairwise(other.chunks)
                )
                for other in others
            )
            if parted >= covered - any(c is chunk for other in others for c in other.chunks):
                return True
            tried += 1
            if tried >= _TRIES:
                return False
    return False


def part_chunks(lines: Sequence[Line], columns: Columns) -> None:
    """Part chunks whose words stand in columns of their own, only nearer each other than columns usually are."""
    for line in lines:
        line.chunks = [part for chunk in line.chunks for part in _parted(chunk, columns)]


def _parted(chunk: Chunk, columns: Columns) -> list[Chunk]:
    first, last = columns.under(chunk)
    for column in range(first + 1, last + 1):
        for place in range(1, len(chunk.words)):
            before, word = chunk.words[place - 1], chunk.words[place]
            if word.left - before.right < _MORE_THAN_SPACE * columns.em:
                continue
            at_left = abs(word.left - columns.left[column]) < _ALIGNED * columns.em
            at_right = abs(before.right - columns.right[column - 1]) < _ALIGNED * columns.em
            if at_left or at_right:
                head, tail = (
                    make_chunk(chunk.words[:place]),
                    make_chunk(chunk.words[place:]),
                )
                return [head, *_parted(tail, columns)]
    return [chunk]


def find_columns(lines: Sequence[Line], left: float, right: float, em: float, drawn: Sequence[float] = ()) -> Columns:
    """Find the columns of lines between two edges; ``drawn`` are boundaries that lines or colours show.

    A column is what chunks cover together when those that span several columns are left out. Lines
    with figures come first; what stands above them or between them joins their columns.
    """
    step = max(1, len(lines) // _SAMPLE)
    sample = [line for line in lines[::step] if line.columnar]
    cuts = sorted(drawn)
    figures = [line for line in lines if any(chunk.value for chunk in line.chunks[1:])]
    first = figures if len(figures) > 1 else lines
    merged = _merged(_pieces(first, sample, cuts, em), cuts, em)
    if first is figures:
        others = [line for line in lines if not any(chunk.value for chunk in line.chunks[1:])]
        merged = _joined(merged, _pieces(others, sample, cuts, em), cuts, em)
    bounds = [left]
    for one, two in pairwise(merged):
        middle = (one[1] + two[0]) / 2
        bounds.append(next((cut for cut in cuts if one[1] - em / 4 <= cut <= two[0] + em / 4), middle))
    bounds.append(right)
    return Columns(tuple(m[0] for m in merged), tuple(m[1] for m in merged), tuple(bounds), em)


def _pieces(
    lines: Sequence[Line], sample: Sequence[Line], cuts: Sequence[float], em: float
) -> list[tuple[float, float]]:
    """Give where chunks stand, without those that stand across columns."""
    return sorted(
        (chunk.left, chunk.right)
        for line in lines
        for chunk in line.chunks
        if not _crosses(chunk, cuts, em) and not spanning(chunk, sample)
    )


def _merged(pieces: Sequence[tuple[float, float]], cuts: Sequence[float], em: float) -> list[tuple[float, float]]:
    """Join pieces that lie over each other or nearer than columns do."""
    merged: list[tuple[float, float]] = []
    for start, end in pieces:
        if merged and start - merged[-1][1] < _NARROWEST * em and not _between(cuts, merged[-1][1], start):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _joined(
    columns: list[tuple[float, float]], pieces: Sequence[tuple[float, float]], cuts: Sequence[float], em: float
) -> list[tuple[float, float]]:
    """Widen columns by what stands over one of them alone, and add columns for what stands apart from all."""
    least = _NARROWEST * em
    alone: list[tuple[float, float]] = []
    for start, end in pieces:
        low = bisect_right([column[1] for column in columns], start - least)
        high = bisect_left([column[0] for column in columns], end + least)
        over = [place for place in range(low, high) if columns[place][0] < end and columns[place][1] > start]
        if low == high:
            alone.append((start, end))
        elif high - low == 1 or len(over) == 1:
            place = over[0] if over else low
            before = columns[place - 1][1] + least if place else float("-inf")
            after = columns[place + 1][0] - least if place + 1 < len(columns) else float("inf")
            old = columns[place]
            columns[place] = (min(old[0], max(start, before)), max(old[1], min(end, after)))
    return sorted([*columns, *_merged(alone, cuts, em)])


def _between(cuts: Sequence[float], one: float, two: float) -> bool:
    return one <= two and bisect_right(cuts, two) > bisect_left(cuts, one)


def _crosses(chunk: Chunk, cuts: Sequence[float], em: float) -> bool:
    """Say whether a chunk stands across a drawn boundary, more than by the roundness of its letters."""
    return any(chunk.left + _REACH * em < cut < chunk.right - _REACH * em for cut in cuts)


def from_bounds(bounds: Sequence[float], em: float) -> Columns:
    """Give columns that fill the space between boundaries."""
    return Columns(tuple(bounds[:-1]), tuple(bounds[1:]), tuple(bounds), em)
