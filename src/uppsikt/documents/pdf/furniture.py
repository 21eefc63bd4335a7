"""Running headers, footers and page numbers: what returns at the same height on neighbouring pages.

A line is furniture when its text returns on the pages around at the same height (a number may count the
pages) and it stands at the edge of the page, apart from the body by more than a line's space. So
the repeated header of a table, which stands close to its rows, is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

_ZONE = 0.16  # of the page's height, above and below, where headers and footers stand
_MARGIN = 0.07  # of the page's height that is margin everywhere
_LARGE = 1.15  # of the usual size: larger is a heading, which may well return on pages of the same form
_SAME = 3.0  # points that the height may differ from page to page
_GAP = 1.1  # of the line's size: the least space between furniture and body
_TABLE_GAP = 3.0  # the same where the line has the form of a table's header over its columns
_LEAST_GAP = 9.0  # points
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:sida|sid|s|page)[\s.]*\d+|(?:sida\s*)?\d+\s*(?:av|of|/|\()\s*\d+\s*\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edge:
    """A line of a page and where it stands; ``key`` tells which it is, ``kept`` that it is no furniture."""

    text: str
    top: float
    bottom: float
    size: float
    key: int = 0
    left: float = 0.0
    right: float = 0.0
    kept: bool = False

    @property
    def masked(self) -> str:
        """Give the text with a mask for its numbers."""
        return _NUMBER.sub("#", self.text)

    @property
    def numbers(self) -> list[int]:
        """Give the numbers of the text."""
        return [int(number[-9:]) for number in _NUMBER.findall(self.text)]


@dataclass(frozen=True, slots=True)
class Edges:
    """The lines of a page from the top down, and the page's height."""

    page: int
    height: float
    lines: tuple[Edge, ...]


def furniture_of(page: Edges, around: Sequence[Edges]) -> set[int]:
    """Give the keys of the lines that are furniture, judged by the pages around."""
    needed = 1 if len(around) < 3 else 2
    known: dict[str, list[tuple[int, Edge]]] = {}
    for other in around:
        for line in _near_edges(other):
            known.setdefault(line.masked, []).append((other.page, line))
    usual = median(line.size for line in page.lines) if page.lines else 0.0
    returning = {
        line.key
        for line in _near_edges(page)
        if (line.size <= _LARGE * usual or _is_outermost(line, page)) and _returns(line, page.page, known, needed)
    }
    lines = sorted(page.lines, key=lambda line: line.top)
    zone = _ZONE * page.height
    above = _edge_run([line for line in lines if line.top < zone], lines, returning)
    turned = [replace(one, top=page.height - one.bottom, bottom=page.height - one.top) for one in lines]
    turned.sort(key=lambda line: line.top)
    below = _edge_run([line for line in turned if line.top < zone], turned, returning)
    return above | below


def _is_outermost(line: Edge, page: Edges) -> bool:
    """Say whether a line stands where no body text begins, so that even a large one is a header."""
    return line.top < _MARGIN * page.height or line.bottom > (1 - _MARGIN) * page.height


def _near_edges(page: Edges) -> list[Edge]:
    zone = _ZONE * page.height
    return [line for line in page.lines if line.bottom < zone * 1.2 or line.top > page.height - zone * 1.2]


def _returns(line: Edge, page: int, known: dict[str, list[tuple[int, Edge]]], needed: int) -> bool:
    others = known.get(line.masked, ())
    pages = {
        number for number, other in others if abs(other.top - line.top) <= _SAME and _counts(line, page, other, number)
    }
    return len(pages) >= needed or (_PAGE_NUMBER.fullmatch(line.text.strip()) is not None and page in line.numbers)


def _counts(line: Edge, page: int, other: Edge, number: int) -> bool:
    """Say whether the numbers of two lines are the same, or count the pages between them."""
    pairs = zip(line.numbers, other.numbers, strict=False)
    return all(one == two or one - two == page - number for one, two in pairs)


def _edge_run(zone: Sequence[Edge], lines: Sequence[Edge], returning: set[int]) -> set[int]:
    """Give the outermost lines that return, as many as a gap parts from the body."""
    rows = [list(row) for _, row in groupby(zone, key=_Level())]
    found: set[int] = set()
    taken: set[int] = set()
    for row in rows:
        if any(line.kept for line in row) or not any(line.key in returning for line in row):
            break
        taken |= {line.key for line in row}
        bottom, size = max(line.bottom for line in row), max(line.size for line in row)
        others = [line for line in lines if line.key not in taken]
        gap = min((line.top for line in others), default=float("inf")) - bottom
        least = _TABLE_GAP if _heads(row, others) else _GAP
        if gap >= max(least * size, _LEAST_GAP):
            found = set(taken)
    return found


def _heads(row: Sequence[Edge], others: Sequence[Edge]) -> bool:
    """Say whether what stands side by side in a row stands over the columns of the row that follows."""
    first = min((line.top + line.bottom for line in others), default=0.0) / 2
    following = [line for line in others if line.top < first < line.bottom]
    over = sum(any(one.left < two.right and two.left < one.right for two in following) for one in row)
    return min(len(row), len(following), over) > 1


class _Level:
    """Puts lines that overlap in height into one group; made for lines sorted from the top."""

    def __init__(self) -> None:
        self._level = 0
        self._bottom = float("-inf")

    def __call__(self, line: Edge) -> int:
        if line.top + (line.bottom - line.top) / 2 > self._bottom:
            self._level += 1
            self._bottom = line.bottom
        return self._level
