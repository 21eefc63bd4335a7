"""The parts of a page in which tables are looked for: between level lines of the same width, and the page's columns."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from uppsikt.documents.pdf.grid_columns import Columns, find_columns
from uppsikt.documents.pdf.grid_lines import Chunk, Line, em_of, make_lines
from uppsikt.documents.pdf.grid_rulings import TOUCH, Lattice, Stroke, places, real_edges
from uppsikt.documents.pdf.grid_runs import HEADING, Run, common, gaps, without_tail
from uppsikt.documents.pdf.page import Fill, Word

_AWAY = 1.6  # em: a drawn line further from the text does not belong to it
_LOOSE = 2.6  # em: lines of text further apart belong to different things
_UNDERLINE = 0.35  # em under the baseline: a line so near, as long as the text, underlines it
_NEIGHBOURHOOD = 12  # em: how far the lines of one table reach
_EMPTY_ROW = 3.0  # em: an empty row between lines is not higher
_EMPTY_PAPER = 0.8  # em: between coloured rows more bare paper than this parts two tables
_BODY = 80  # em: how far the rows may reach under a heading's lines
_MOST_GROUPS = 100  # of a page: a drawing has more
_WIDE = 0.6  # of a strip's width: a line of running text is longer
_PROSE_WORDS = 4  # words that a line of running text has at least
_PROSE_LINES = 3  # lines that a column of a page has at least
_ROW_LINES = 8  # of text in a row without lines; more at a time are paragraphs of a page's columns
_COLUMN = 12  # em: no column of running text is narrower


@dataclass(slots=True)
class Group:
    """Level lines (or edges of coloured rows) of the same extent, from the top; those within it are ``partial``."""

    left: float
    right: float
    ys: list[float]
    partial: list[Stroke] = field(default_factory=list)


def groups_of(cuts: Sequence[Stroke], em: float) -> list[Group]:
    """Group level lines by their ends; shorter ones join the group that they stand within."""
    found: list[Group] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start, cut.end)):
        if cut.end - cut.start < 2 * em:
            continue
        last = next((g for g in reversed(found[-4:]) if _same(g, cut)), None)
        if last is None:
            found.append(Group(cut.start, cut.end, [cut.at]))
        else:
            last.ys.append(cut.at)
    for group in found:
        group.ys = places(group.ys, em / 2)
    found.sort(key=lambda group: group.left - group.right)
    kept: list[Group] = []
    for group in found:
        outer = next((one for one in kept if _within(group, one, em)), None)
        if outer is None:
            kept.append(group)
        else:
            outer.partial += [Stroke(y, group.left, group.right) for y in group.ys]
    return sorted(
        (group for group in kept if len(group.ys) > 1),
        key=lambda group: group.right - group.left,
    )


def _same(group: Group, cut: Stroke) -> bool:
    return abs(group.left - cut.start) <= TOUCH and abs(group.right - cut.end) <= TOUCH


def _within(group: Group, outer: Group, em: float) -> bool:
    """Say whether all lines of a group stand among the lines of a wider one."""
    if group.left < outer.left - TOUCH or group.right > outer.right + TOUCH:
        return False
    reach = _NEIGHBOURHOOD * em
    return all(bisect_right(outer.ys, y + reach) - bisect_left(outer.ys, y - reach) > 2 for y in group.ys)


def core_runs(group: Group, words: Sequence[Word], marks: Sequence[Stroke], fills: Sequence[Fill]) -> list[Run]:
    """Give the runs that a group of level lines holds together, with rows beyond its first and last line."""
    low, high = group.ys[0], group.ys[-1]
    em = median([word.size for word in words]) if words else 10.0
    near = [word for word in words if low - _NEIGHBOURHOOD * em < word.middle < high + _BODY * em]
    inside = [f for f in fills if group.left - TOUCH <= f.left and f.right <= group.right + TOUCH]
    strip = _Strip(group, make_lines(near), [(f.top, f.bottom) for f in inside])
    ys = [y for y in group.ys if not strip.underlines(y)]
    runs: list[Run] = []
    start = 0
    for place in range(1, len(ys) + 1):
        if place < len(ys) and strip.holds(ys[place - 1], ys[place]):
            continue
        if place - start > 1:
            runs += strip.run(ys[start:place], marks)
        start = place
    return runs


def framed(lattice: Lattice, words: Sequence[Word]) -> list[Run]:
    """Give the run within a frame whose rows are drawn but not its columns."""
    (left, right), ys = lattice.xs, lattice.ys
    inside = [w for w in words if left < (w.left + w.right) / 2 < right and ys[0] < w.middle < ys[-1]]
    return [Run(make_lines(inside), ys, [], left, right)] if inside and len(ys) > 2 else []


class _Strip:
    """The lines of text within the extent of a group of level lines."""

    def __init__(self, group: Group, lines: Sequence[Line], filled: Sequence[tuple[float, float]]) -> None:
        self._group = group
        self._filled = filled
        self._lines: list[Line] = []
        self._foreign: list[float] = []  # baselines of lines that reach out of the strip
        for line in lines:
            self._take(line)
        self._baselines = [line.baseline for line in self._lines]
        self._em = em_of(self._lines)

    def _take(self, line: Line) -> None:
        left, right, em = self._group.left, self._group.right, line.size
        inside = [c for c in line.chunks if left - em / 2 < (c.left + c.right) / 2 < right + em / 2]
        if any(
            (c.left < left - em and c.right > left + em) or (c.right > right + em and c.left < right - em)
            for c in line.chunks
        ):
            self._foreign.append(line.baseline)
        elif inside:
            self._lines.append(Line(inside, line.baseline, line.top, line.bottom, line.size))

    def _between(self, top: float, bottom: float) -> list[Line]:
        return self._lines[bisect_right(self._baselines, top) : bisect_left(self._baselines, bottom)]

    def underlines(self, y: float) -> bool:
        """Say whether a level line underlines text: close under it and just as long."""
        lines = self._between(y - _UNDERLINE * self._em, y + self._em / 10)
        left, right = self._group.left, self._group.right
        return any(abs(c.left - left) < 2 and abs(c.right - right) < 2 for line in lines for c in line.chunks)

    def holds(self, top: float, bottom: float) -> bool:
        """Say whether two level lines belong to one table, by what stands between them."""
        em = self._em
        middle = (top + bottom) / 2
        if any(low < middle < high for low, high in self._filled):
            return True  # coloured rows lie edge to edge
        if any(top < y < bottom for y in self._foreign):
            return False
        lines = self._between(top, bottom)
        if not lines:
            return bottom - top < (_EMPTY_PAPER if self._filled else _EMPTY_ROW) * em
        steps = [b.baseline - a.baseline for a, b in itertools.pairwise(lines)]
        if (
            lines[0].top - top > _AWAY * em
            or bottom - lines[-1].bottom > _AWAY * em
            or max(steps, default=0) > _LOOSE * em
        ):
            return False
        if any(line.size > HEADING * em for line in lines):
            return False
        return not self._prose(lines)

    def _prose(self, lines: Sequence[Line]) -> bool:
        """Say whether two lines after each other are running text over the whole width."""
        wide = [
            not line.columnar and line.right - line.left > _WIDE * (self._group.right - self._group.left)
            for line in lines
        ]
        return any(a and b for a, b in itertools.pairwise(wide))

    def run(self, ys: Sequence[float], marks: Sequence[Stroke]) -> list[Run]:
        """Make the run between the first and the last of some level lines, and what goes on beyond them."""
        em = self._em
        lines = self._between(ys[0], ys[-1])
        if not lines:
            return []
        left, right = self._group.left, self._group.right
        inside = [
            m for m in marks if left - TOUCH < m.at < right + TOUCH and m.end > ys[0] - em and m.start < ys[-1] + em
        ]
        edges = [x for x in real_edges(inside, ys[-1] - ys[0]) if left + em / 2 < x < right - em / 2]
        columns = find_columns(lines, left, right, em, edges)
        if len(columns) < 2:
            return []
        above = self._beyond(lines[0], ys[0], -1, columns)
        below = self._beyond(lines[-1], ys[-1], 1, columns)
        partial = [s.at for s in self._group.partial if ys[0] - em < s.at < ys[-1] + em and not self._strikes(s)]
        cuts = sorted({*ys, *partial})
        return [Run([*above, *lines, *below], cuts, edges, left, right)]

    def _strikes(self, stroke: Stroke) -> bool:
        """Say whether a short line underlines a text."""
        lines = self._between(stroke.at - _UNDERLINE * self._em, stroke.at + self._em / 10)
        return any(
            abs(c.left - stroke.start) < 2 and abs(c.right - stroke.end) < 2 for line in lines for c in line.chunks
        )

    def _beyond(self, edge: Line, y: float, way: int, columns: Columns) -> list[Line]:
        """Give the lines above (-1) or below (1) the drawn ones that keep to the columns."""
        found: list[Line] = []
        place = self._baselines.index(edge.baseline) + way
        last: Line | None = None if way < 0 else edge
        while 0 <= place < len(self._lines):
            line = self._lines[place]
            near = abs(line.baseline - last.baseline) if last else abs(line.baseline - y)
            if near > (_LOOSE if last else _AWAY) * self._em or not self._fits(line, columns, way):
                break
            found.append(line)
            last = line
            place += way
        return found[::-1] if way < 0 else without_tail([edge, *found])[1:]

    def _fits(self, line: Line, columns: Columns, way: int) -> bool:
        if line.size > HEADING * self._em:
            return False
        places_ = [columns.under(c) for c in line.chunks]
        if way < 0:  # a heading may stand over several columns
            return line.columnar or places_[0][0] > 0
        return all(first == end for first, end in places_)


def strips_of(words: Sequence[Word], em: float) -> list[list[Word]]:
    """Part the words of a page into its columns of running text; all in one strip where it has none."""
    lines = make_lines(words)
    prose = [(chunk, line) for line in lines for chunk in line.chunks if _is_prose(chunk, em)]
    prose.sort(key=lambda pair: pair[0].left)
    columns: list[list[tuple[Chunk, Line]]] = []
    for chunk, line in prose:
        if columns and chunk.left - columns[-1][0][0].left < 2 * em:
            columns[-1].append((chunk, line))
        else:
            columns.append([(chunk, line)])
    columns = [column for column in columns if len(column) >= _PROSE_LINES]
    for one, two in itertools.pairwise(columns):
        gutter = _gutter([c for c, _ in one], [c for c, _ in two], em)
        if gutter is not None and not _in_step([ln for _, ln in one], [ln for _, ln in two]):
            low = min(line.top for _, line in (*one, *two))
            high = max(line.bottom for _, line in (*one, *two))
            return _parted(words, lines, gutter, (low, high), em)
    return [list(words)]


def _is_prose(chunk: Chunk, em: float) -> bool:
    return len(chunk.words) >= _PROSE_WORDS and chunk.right - chunk.left > _COLUMN * em


def _gutter(one: Sequence[Chunk], two: Sequence[Chunk], em: float) -> float | None:
    """Give the middle of the space between two columns of text; None where they overlap."""
    right = sorted(chunk.right for chunk in one)[-1 - len(one) // 10]  # a heading may reach further
    left = min(chunk.left for chunk in two)
    return (left + right) / 2 if left - right > em / 2 else None


def _in_step(one: Sequence[Line], two: Sequence[Line]) -> bool:
    """Say whether texts side by side begin anew together: then they are cells of rows, not columns of a page."""
    first, second = _starts(one), _starts(two)
    fewer, more = sorted((first, second), key=len)
    together = sum(any(abs(a - b) < 2 for b in more) for a in fewer)
    low = len(one) + len(two) <= 2 * _ROW_LINES * len(fewer)
    return low and len(fewer) > 1 and 3 * together >= 2 * len(fewer)


def _starts(lines: Sequence[Line]) -> list[float]:
    """Give the baselines of lines with more space above them than between lines of one text."""
    at = sorted({line.baseline for line in lines})
    steps = [b - a for a, b in itertools.pairwise(at)]
    usual = sorted(steps)[len(steps) // 4] if steps else 0
    return at[:1] + [b for a, b in itertools.pairwise(at) if b - a > 1.2 * usual]


def _parted(
    words: Sequence[Word],
    lines: Sequence[Line],
    gutter: float,
    prose: tuple[float, float],
    em: float,
) -> list[list[Word]]:
    """Part words at a gutter, between the lines that run across it; only stretches with running text are parted."""
    crossing = [
        ln.baseline for ln in lines if any(c.left < gutter - em / 2 and c.right > gutter + em / 2 for c in ln.chunks)
    ]
    stretches: dict[int, list[Word]] = {}
    for word in words:
        stretches.setdefault(bisect_left(crossing, word.baseline - em / 10), []).append(word)
    strips: list[list[Word]] = []
    for _, stretch in sorted(stretches.items()):
        meets = min(w.top for w in stretch) < prose[1] and max(w.bottom for w in stretch) > prose[0]
        if not meets:
            strips.append(stretch)
            continue
        for side in (True, False):
            half = [w for w in stretch if ((w.left + w.right) / 2 < gutter) is side]
            strips += strips_of(half, em) if half else []
    return strips


def side_by_side(run: Run) -> float | None:
    """Give the place between two tables that stand beside each other: their lines do not stand on the same level."""
    free: list[tuple[float, float]] = [(float("-inf"), float("inf"))]
    for line in run.lines:
        free = common(free, gaps(line), line.size)
    for left, right in free:
        if left == float("-inf") or right == float("inf"):
            continue
        one = [line.baseline for line in run.lines if line.left < left]
        two = [line.baseline for line in run.lines if line.right > right]
        both = len({*one} & {*two})
        if 2 * both < min(len(one), len(two)):
            return (left + right) / 2
    return None
