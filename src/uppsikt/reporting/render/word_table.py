"""A table in a Word file: real rows, a head that is repeated on every page, rows that are not torn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from uppsikt.core.tables import RowRole
from uppsikt.reporting.charts import BAD, GOOD, INK, SOFT
from uppsikt.reporting.render.fitting import Fitted
from uppsikt.reporting.render.grid import Box, Grid, Head, Line
from uppsikt.reporting.render.layout import legal
from uppsikt.reporting.render.marks import MARKS
from uppsikt.reporting.render.word_styles import TABLE_STYLE
from uppsikt.reporting.render.wordml import looks_of, paragraph, run, w

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_TONES = {"good": GOOD, "bad": BAD, "soft": SOFT}
_PARTS = (RowRole.OF_WHICH, RowRole.BREAKDOWN, RowRole.NOTE)
_STEP = 200  # twentieths of a point that a row is set in for each step of depth
TEXT, NUMBER = "Tabelltext", "Tabelltal"
USUAL_SIZE = 9  # points, of the two styles


def table_element(grid: Grid, fitted: Fitted, caption: str) -> Element:
    """Build the table; ``caption`` is also told to who hears the table rather than sees it."""
    widths = [round(width * 20) for width in fitted.columns]
    looks = w(
        "tblPr",
        w("tblStyle", val=TABLE_STYLE),
        w("tblW", w_=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="06A0", firstRow=1, lastRow=0, firstColumn=1, lastColumn=0, noHBand=1, noVBand=1),
        w("tblCaption", val=legal(caption)),
    )
    columns = w("tblGrid", *(w("gridCol", w_=width) for width in widths))
    made = w("tbl", looks, columns, *_heads(grid, widths), *_lines(grid, widths, whole=fitted.whole))
    if fitted.size != USUAL_SIZE:
        for text in made.iter(qn("w:r")):
            _resized(text, round(fitted.size * 2))
    return made


def _resized(text: Element, size: int) -> None:
    looks = text.find(qn("w:rPr"))
    if looks is None:
        looks = w("rPr")
        text.insert(0, looks)
    place = next((i for i, look in enumerate(looks) if look.tag == w("vertAlign").tag), len(looks))
    looks.insert(place, w("sz", val=size))


def _heads(grid: Grid, widths: list[int]) -> Iterator[Element]:
    for y, heads in enumerate(grid.heads):
        cells = list(_head_cells(grid, heads, y, widths))
        yield w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *cells)


def _head_cells(grid: Grid, heads: tuple[Head, ...], y: int, widths: list[int]) -> Iterator[Element]:
    """Give the cells of a row of heads; under a head that is two rows high stands an empty cell that belongs to it."""
    own, column = iter(heads), 0
    above = [head for head in grid.heads[0] for _ in range(head.columns)]
    while column < len(widths):
        if y and above[column].rows == 2:
            looks, text, span = [w("vMerge")], Head(""), 1
        else:
            text = next(own)
            span = text.columns
            looks = [w("gridSpan", val=span)] if span > 1 else []
            looks += [w("vMerge", val="restart")] if text.rows == 2 else []
        width = w("tcW", w_=sum(widths[column : column + span]), type="dxa")
        style = NUMBER if text.numeric else TEXT
        said = paragraph(style, run(text.text, colour=SOFT), keep=True)
        if span > 1:
            looks_of(said).append(w("jc", val="center"))
        yield w("tc", w("tcPr", width, *looks, w("vAlign", val="bottom")), said)
        column += span


def _lines(grid: Grid, widths: list[int], *, whole: bool) -> Iterator[Element]:
    last = len(grid.lines) - (0 if grid.notes else 1)  # the notes stand with the last row
    styles = [TEXT, *(NUMBER if numeric else TEXT for numeric in grid.numeric)]
    for number, line in enumerate(grid.lines):
        keep = (whole and number < last) or line.row.role is RowRole.HEADING
        told = [[_run(line, line.row.label)], *(list(_box(line, box)) for box in line.boxes)]
        said = [paragraph(style, *runs, keep=keep) for style, runs in zip(styles, told, strict=True)]
        if line.depth:
            looks_of(said[0]).append(w("ind", left=line.depth * _STEP))
        cells = (_cell(line, text, width) for text, width in zip(said, widths, strict=True))
        yield w("tr", w("trPr", w("cantSplit")), *cells)


def _cell(line: Line, said: Element, width: int) -> Element:
    looks = [w("tcW", w_=width, type="dxa")]
    if line.row.role is RowRole.SUM:
        looks.append(w("tcBorders", w("top", val="single", sz=8, space=0, color=INK.removeprefix("#"))))
    return w("tc", w("tcPr", *looks), said)


def _run(line: Line, text: str, colour: str = "") -> Element:
    role = line.row.role
    return run(
        text,
        bold=role in (RowRole.SUM, RowRole.HEADING),
        italic=role is RowRole.OF_WHICH,
        colour=colour or (SOFT if role in _PARTS else ""),
    )


def _box(line: Line, box: Box) -> Iterator[Element]:
    """Give the runs of a cell: the mark of a state, what is told, the number of a note."""
    mark = MARKS.get(box.state)
    if mark:
        yield run(f"{mark.character}\u00a0", colour=mark.colour)
    yield _run(line, box.text, mark.colour if mark else _TONES.get(box.tone, ""))
    if box.note:
        yield run(f"\u202f{box.note})", raised=True)
