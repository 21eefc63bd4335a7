"""How a table is fitted on a page of paper: text size, column widths, and whether the page must be turned."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.reporting.render.grid import Grid, widths

_PADDING = 6.0  # points of air in a cell, both sides together
_LEAST_SHARE, _MOST_SHARE = 0.5, 2.2  # of the width that the texts of a table want
_WHOLE_LINES, _WHOLE_TEXT = 14, 1200  # a table up to so many rows and characters is not broken over pages


@dataclass(frozen=True, slots=True)
class Page:
    """Widths between the margins in points, text sizes to try in order, and a digit's width as a part of the size."""

    portrait: float
    landscape: float
    sizes: tuple[float, ...]
    digit: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text size and column widths in points; ``whole`` says that the table should not be broken over pages."""

    size: float
    columns: tuple[float, ...]
    landscape: bool
    whole: bool


def fit(grid: Grid, page: Page) -> Fitted:
    """Choose the largest text with which the table fits, upright before turned.

    A table that fits in no way is squeezed on a turned page: its texts wrap more than is pretty.
    """
    whole = len(grid.lines) <= _WHOLE_LINES and sum(len(line.row.label) for line in grid.lines) < _WHOLE_TEXT
    for room, landscape in ((page.portrait, False), (page.landscape, True)):
        for size in page.sizes:
            if columns := _columns(grid, room, size * page.digit):
                return Fitted(size, columns, landscape, whole)
    wanted = [one.wanted for one in widths(grid)]
    squeezed = tuple(page.landscape * width / sum(wanted) for width in wanted)
    return Fitted(page.sizes[-1], squeezed, landscape=True, whole=whole)


def _columns(grid: Grid, room: float, digit: float) -> tuple[float, ...]:
    """Give the columns' widths; none when it is too narrow.

    Firm columns are as wide as they want. Texts share the rest after what they want, but none gets
    less than it can be.
    """
    wanted = [one.wanted * digit + _PADDING for one in widths(grid)]
    least = [one.least * digit + _PADDING for one in widths(grid)]
    texts = sum(wide for wide, narrow in zip(wanted, least, strict=True) if wide > narrow)
    firm = sum(wanted) - texts
    if room - firm < texts * _LEAST_SHARE or sum(least) > room:
        return ()
    share = min((room - firm) / texts, _MOST_SHARE)
    columns = [max(wide * share, narrow) if wide > narrow else wide for wide, narrow in zip(wanted, least, strict=True)]
    over = sum(columns) - room
    slack = sum(wide - narrow for wide, narrow in zip(columns, least, strict=True))
    if over <= 0 or not slack:
        return tuple(columns)
    return tuple(wide - over * (wide - narrow) / slack for wide, narrow in zip(columns, least, strict=True))
