"""Drawn lines put in order: pieces joined, double lines made one, and what crosses what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from uppsikt.documents.pdf.page import Fill, PageContent

TOUCH = 2.5  # points: lines that come so near meet; wider than a double line (1.5-2 pt), narrower than any cell
_PART = 0.15  # of a table's height: less of an upright edge is of a heading or a single cell
_MOST_FILLS = 2_000  # coloured cells of a page; a picture has more
_MOST_CROSSINGS = 2_000_000  # of a page; a table of a hundred rows and fifty columns has 5 000


class Stroke(NamedTuple):
    """A straight line: the place that it stands at, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Lattice:
    """Lines that cross each other: the level and the upright ones."""

    level: list[Stroke]
    upright: list[Stroke]
    em: float

    @property
    def xs(self) -> list[float]:
        """Give where upright lines stand, and where the level ones end without one."""
        return _with_ends(self.upright, self.level, self.em)

    @property
    def ys(self) -> list[float]:
        """Give where level lines stand, and where the upright ones end without one."""
        return _with_ends(self.level, self.upright, self.em)


def _with_ends(strokes_: Sequence[Stroke], across: Sequence[Stroke], em: float) -> list[float]:
    ends = [min(stroke.start for stroke in across), max(stroke.end for stroke in across)]
    return places([*(stroke.at for stroke in strokes_), *ends], em / 2)


def places(values: Iterable[float], near: float = TOUCH) -> list[float]:
    """Give the different places among many, those of a double line as one: no letter has room between them."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][0] <= max(near, TOUCH):
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def strokes(page: PageContent) -> tuple[list[Stroke], list[Stroke]]:
    """Give the level and the upright lines of a page, pieces joined."""
    level = [Stroke((r.top + r.bottom) / 2, r.left, r.right) for r in page.rulings if r.horizontal]
    upright = [Stroke((r.left + r.right) / 2, r.top, r.bottom) for r in page.rulings if not r.horizontal]
    return sorted(_joined(level)), sorted(_joined(upright))


def _joined(pieces: list[Stroke]) -> list[Stroke]:
    """Join pieces of one line: those that stand at one place and touch."""
    joined: list[Stroke] = []
    group: list[Stroke] = []
    for piece in sorted(pieces):
        if group and piece.at - group[0].at > TOUCH:
            joined += _chain(group)
            group = []
        group.append(piece)
    return joined + _chain(group)


def _chain(group: list[Stroke]) -> list[Stroke]:
    chained: list[Stroke] = []
    for piece in sorted(group, key=lambda piece: piece.start):
        if chained and piece.start - chained[-1].end <= TOUCH:
            chained[-1] = chained[-1]._replace(end=max(chained[-1].end, piece.end))
        else:
            chained.append(piece)
    return chained


def lattices(level: Sequence[Stroke], upright: Sequence[Stroke], em: float) -> list[Lattice]:
    """Give the groups of lines that cross or touch each other; none where a page is a drawing."""
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return []
    parent = list(range(len(level) + len(upright)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    heights = [stroke.at for stroke in level]  # level lines are sorted by place
    for number, line in enumerate(upright):
        for place in range(
            bisect_left(heights, line.start - TOUCH),
            bisect_right(heights, line.end + TOUCH),
        ):
            if level[place].start - TOUCH <= line.at <= level[place].end + TOUCH:
                parent[root(place)] = root(len(level) + number)
    groups: dict[int, Lattice] = {}
    for number in range(len(parent)):
        lattice = groups.setdefault(root(number), Lattice([], [], em))
        if number < len(level):
            lattice.level.append(level[number])
        else:
            lattice.upright.append(upright[number - len(level)])
    crossing = [one for one in groups.values() if one.level and one.upright]
    return [one for one in crossing if len(one.xs) > 1 and len(one.ys) > 1]


def real_edges(strokes_: Iterable[Stroke], height: float) -> list[float]:
    """Give the places where upright lines or edges of cells run along a good part of a table's height."""
    found: list[list[Stroke]] = []
    for stroke in sorted(strokes_):
        if found and stroke.at - found[-1][0].at <= TOUCH:
            found[-1].append(stroke)
        else:
            found.append([stroke])
    long = [group for group in found if sum(s.end - s.start for s in group) >= _PART * height]
    return [sum(s.at for s in group) / len(group) for group in long]


def _seen(fills: Sequence[Fill]) -> list[Fill]:
    """Leave out areas within one of the same colour: shaded paragraphs in a shaded cell."""
    seen: list[Fill] = []
    for fill in sorted(fills, key=lambda f: (f.top - f.bottom, f.left)):  # the highest first
        if not any(_within(fill, one) for one in seen):
            seen.append(fill)
        if len(seen) > _MOST_FILLS:
            break
    return seen


def _within(fill: Fill, outer: Fill) -> bool:
    level = outer.top <= fill.top + 1 and fill.bottom <= outer.bottom + 1
    return level and fill.colour == outer.colour and outer.left <= fill.left + 1 and fill.right <= outer.right + 1


def bands(fills: Sequence[Fill], em: float, width: float) -> tuple[list[Fill], list[Stroke]]:
    """Give coloured rows, those of cells joined, and the upright edges between coloured cells.

    Left out is what is too low to hold text, and what covers most of a page (a background).
    """
    rows: list[Fill] = []
    edges: list[Stroke] = []
    tall = [f for f in _seen(fills) if 0.8 * em < f.bottom - f.top < 0.8 * width and f.right - f.left > em / 2]
    for fill in sorted(tall, key=lambda f: (round(f.top), round(f.bottom), f.left)):
        last = rows[-1] if rows else None
        same = last is not None and abs(last.top - fill.top) <= TOUCH and abs(last.bottom - fill.bottom) <= TOUCH
        if last is not None and same and -TOUCH <= fill.left - last.right <= TOUCH:
            edges.append(Stroke((last.right + fill.left) / 2, fill.top, fill.bottom))
            rows[-1] = Fill(
                last.left,
                last.top,
                max(last.right, fill.right),
                last.bottom,
                last.colour,
            )
        elif not (same and last is not None and fill.right <= last.right + TOUCH):
            rows.append(fill)
    return rows, edges
