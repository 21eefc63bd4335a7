"""Reading order: what stands in columns is read one column after the other, everything else from the top.

A strip is what stands side by side. Strips that share an empty gutter form columns, if both sides of it are
running text: names beside figures are read across.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.documents.pdf.page import Area

_GUTTER = 9.0  # points: the narrowest space between columns of text that is set in practice
_LEAST_STRIPS = 3  # lines on either side: fewer are no columns
_FILLED = 0.5  # of a column's width that its lines fill at least, on average
_LETTERS = 12  # letters of an average line of a column
_DEPTH = 4  # columns within columns
_APART = 1.0  # of a line's height: what follows the longer column after such a gap is no part of it


@dataclass(frozen=True, slots=True)
class Placed:
    """Something with a place: a line (by its index) or a table. ``letters`` is how much text a line holds."""

    area: Area
    key: int
    letters: int
    table: bool = False


@dataclass(slots=True)
class _Strip:
    items: list[Placed]
    top: float
    bottom: float


def in_order(items: Sequence[Placed]) -> list[list[Placed]]:
    """Give the columns of a page in reading order, each with its items from top to bottom."""
    return [column for column in _columns(items, 0) if column]


def _columns(items: Sequence[Placed], depth: int) -> list[list[Placed]]:
    strips = _strips(items)
    columns: list[list[Placed]] = [[]]
    start = 0
    while start < len(strips):
        end, gutter = _run(strips, start)
        run = strips[start:end]
        if gutter is not None and depth < _DEPTH:
            end = start + _kept(run, gutter)
            run = strips[start:end]
        sides = _sides(run, gutter) if gutter is not None and depth < _DEPTH else None
        if sides is not None:
            for side in sides:
                columns += _columns(side, depth + 1)
            columns.append([])
        else:
            for strip in run:
                columns[-1] += sorted(strip.items, key=lambda item: item.area.left)
        start = end
    return columns


def _strips(items: Sequence[Placed]) -> list[_Strip]:
    """Cut what stands on a page into strips of things side by side. A table beside lines makes one strip of all."""
    strips: list[_Strip] = []
    for item in sorted(items, key=lambda one: one.area.top):
        middle = (item.area.top + item.area.bottom) / 2
        last = strips[-1] if strips else None
        if last is not None and (middle < last.bottom or item.area.top < last.bottom - item.area.height / 2):
            last.items.append(item)
            last.bottom = max(last.bottom, item.area.bottom)
        else:
            strips.append(_Strip([item], item.area.top, item.area.bottom))
    return strips


def _run(strips: Sequence[_Strip], start: int) -> tuple[int, tuple[float, float] | None]:
    """Give the end of the run of strips that share a gutter with the first, and the widest such gutter."""
    gutters = _gaps(strips[start])
    if not gutters:
        return start + 1, None
    end = start + 1
    while end < len(strips):
        kept = [free for gutter in gutters for free in _free(gutter, strips[end])]
        if not kept:
            break
        gutters, end = kept, end + 1
    return end, max(gutters, key=lambda gutter: gutter[1] - gutter[0])


def _gaps(strip: _Strip) -> list[tuple[float, float]]:
    gaps: list[tuple[float, float]] = []
    reach = None
    for item in sorted(strip.items, key=lambda one: one.area.left):
        if reach is not None and item.area.left - reach >= _GUTTER:
            gaps.append((reach, item.area.left))
        reach = item.area.right if reach is None else max(reach, item.area.right)
    return gaps


def _free(gutter: tuple[float, float], strip: _Strip) -> list[tuple[float, float]]:
    """Give what a strip leaves free of a gutter."""
    free = [gutter]
    for item in strip.items:
        left, right = item.area.left, item.area.right
        if right <= gutter[0] or left >= gutter[1]:
            continue
        free = [
            part
            for one, two in free
            for part in ((one, min(two, left)), (max(one, right), two))
            if part[1] - part[0] >= _GUTTER
        ]
    return free


def _kept(run: Sequence[_Strip], gutter: tuple[float, float]) -> int:
    """Give how many strips belong to the columns: after the shorter one has ended, a wide gap ends the other."""
    middle = sum(gutter) / 2
    both = [
        place
        for place, strip in enumerate(run)
        if any(item.area.left > middle for item in strip.items)
        and any(item.area.right < middle for item in strip.items)
    ]
    for place in range(both[-1] + 1 if both else len(run), len(run)):
        height = run[place].bottom - run[place].top
        if run[place].top - run[place - 1].bottom > _APART * height:
            return place
    return len(run)


def _sides(run: Sequence[_Strip], gutter: tuple[float, float]) -> tuple[list[Placed], list[Placed]] | None:
    """Part what stands on either side of a gutter; None where a side is not running text."""
    middle = sum(gutter) / 2
    items = [item for strip in run for item in strip.items]
    left = [item for item in items if item.area.right <= middle]
    right = [item for item in items if item.area.left >= middle]
    return (left, right) if _is_text(left) and _is_text(right) else None


def _is_text(items: Sequence[Placed]) -> bool:
    lines = [item for item in items if not item.table]
    if len(lines) != len(items):
        return True  # a table of its own beside something else
    strips = len(_strips(lines))
    if strips < _LEAST_STRIPS:
        return False
    width = max(item.area.right for item in lines) - min(item.area.left for item in lines)
    filled = sum(item.area.width for item in lines) / strips
    return filled >= _FILLED * width and sum(item.letters for item in lines) >= _LETTERS * len(lines)
