"""A page of a PDF as it is shown: its words, lines, coloured areas and pictures.

Points from the top left corner, with the page's rotation applied. This is what the geometry of tables
and of running text is worked out from; nothing here knows the PDF library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class _Sided(Protocol):
    """What has four sides on a page."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


class Area(NamedTuple):
    """A rectangle on the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Give how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Give how high it is."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies within."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    @classmethod
    def of(cls, thing: _Sided) -> Area:
        """Give the rectangle that a thing covers."""
        return cls(thing.left, thing.top, thing.right, thing.bottom)

    @classmethod
    def around(cls, areas: Sequence[_Sided]) -> Area:
        """Give the smallest rectangle that holds them all; there must be at least one."""
        return cls(
            min(area.left for area in areas),
            min(area.top for area in areas),
            max(area.right for area in areas),
            max(area.bottom for area in areas),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """Letters that stand together, without space between; a no-break space inside a number is kept.

    ``baseline`` is the line that the letters stand on and ``size`` the font's size. ``raised`` is a
    smaller word set high, a footnote mark; its baseline is that of the word it belongs to. ``turn``
    counts quarter turns clockwise from upright. ``after`` says that the file prints a space before it.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    baseline: float
    bold: bool = False
    italic: bool = False
    raised: bool = False
    font: str = ""
    mcid: int | None = None
    turn: int = 0
    after: bool = False

    @property
    def middle(self) -> float:
        """Give the height of the word's middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A drawn line, horizontal or vertical, as the thin rectangle that it covers."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Say whether it runs across the page."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Fill:
    """A rectangle filled with a colour that is not white (red, green, blue: 0-255)."""

    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that a page shows; ``number`` counts from 1. ``pictures`` are images."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...] = ()
    fills: tuple[Fill, ...] = ()
    pictures: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """How a page's own coordinates (upwards, from anywhere) become shown ones: a box and quarter turns."""

    box: Area  # left, bottom, right, top of what is shown of the page, in its own coordinates
    turns: int  # clockwise

    @property
    def width(self) -> float:
        """Give the width as shown."""
        return self.box.height if self.turns % 2 else self.box.width

    @property
    def height(self) -> float:
        """Give the height as shown."""
        return self.box.width if self.turns % 2 else self.box.height

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point is shown."""
        left, bottom, right, top = self.box
        if self.turns == 0:
            return x - left, top - y
        if self.turns == 1:
            return y - bottom, x - left
        if self.turns == 2:
            return right - x, y - bottom
        return top - y, right - x

    def area(self, left: float, low: float, right: float, high: float) -> Area:
        """Give where a rectangle is shown."""
        x1, y1 = self.point(left, low)
        x2, y2 = self.point(right, high)
        return Area(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def back(self, x: float, y: float) -> tuple[float, float]:
        """Give the page's own coordinates of a shown point."""
        left, bottom, right, top = self.box
        if self.turns == 0:
            return x + left, top - y
        if self.turns == 1:
            return y + left, x + bottom
        if self.turns == 2:
            return right - x, y + bottom
        return right - y, top - x
