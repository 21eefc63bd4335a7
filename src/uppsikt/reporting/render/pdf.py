"""Report to PDF: tagged, PDF/UA-1, by Typst. The page itself is described in ``report.typ``.

Typst refuses to build a file that breaks PDF/UA-1 in what it can see: a picture without alternative
text, a skipped heading level, a character that the font lacks. The last is mended here, because one
strange character in a comment must not keep a board without its report.
"""

from __future__ import annotations

import json
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from uppsikt.reporting.model import (
    Block,
    Bullets,
    ChartBlock,
    Heading,
    Inline,
    NumberRef,
    Paragraph,
    Report,
    StateMark,
    TableBlock,
    Words,
)
from uppsikt.reporting.render.coverage import printable
from uppsikt.reporting.render.grid import Grid, Line, grid_of, widths
from uppsikt.reporting.render.layout import as_of_text, chart_caption, prepared, stamp_text, table_caption
from uppsikt.reporting.render.marks import MARKS
from uppsikt.reporting.render.svg import FONT_FOLDER, size_of, svg_of

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("report.typ")
_PORTRAIT, _LANDSCAPE = 470.0, 717.0  # points between the margins of report.typ
_SIZES = (8.5, 7.5, 6.8)  # of a table's text, in points; a smaller one only where the columns need it
_DIGIT, _PADDING, _CHART_SCALE = 0.6, 6.0, 0.78
_LEAST_SHARE, _MOST_SHARE = 0.55, 2.2  # of the width that the texts of a table want
_WHOLE_LINES, _WHOLE_TEXT = 14, 1200  # a table up to so many rows and characters is not broken over pages
_turn = threading.Lock()  # the kept compiler holds one document at a time


def render(report: Report) -> bytes:
    """Give the report as a PDF file."""
    written = json.dumps(_clean(_data(report)), ensure_ascii=False)
    with _turn:
        made = _compiler().compile(format="pdf", sys_inputs={"report": written}, pdf_standards=["ua-1"])
    return cast(bytes, made)  # one document in one format is always bytes


def _clean(data: Any) -> Any:
    """Replace what the font cannot draw in every text of the data."""
    if isinstance(data, str):
        return unicodedata.normalize("NFC", data).translate(printable())
    if isinstance(data, Mapping):
        return {key: _clean(value) for key, value in data.items()}
    return [_clean(item) for item in data] if isinstance(data, list | tuple) else data


@cache
def _compiler() -> typst.Compiler:
    """Give a compiler that knows our fonts and no others: the same report looks the same on every machine."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])
    return typst.Compiler(input=str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)


def _data(report: Report) -> dict[str, Any]:
    language, _, region = report.language.partition("-")
    anchors = {block.table.key: block for block in report.tables()}
    return {
        "title": report.title,
        "organisation": report.organisation,
        "lang": language,
        "region": region or None,
        "as_of": as_of_text(report.stamp),
        "stamp": stamp_text(report.stamp),
        "marks": {state: {"svg": mark.svg, "colour": mark.colour} for state, mark in MARKS.items()},
        "blocks": [_block(block, anchors) for block in prepared(report.blocks)],
        "notes": list(report.notes),
    }


def _block(block: Block, tables: Mapping[str, TableBlock]) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text, "anchor": block.anchor}
        case Paragraph():
            return {"kind": "paragraph", "style": block.kind, "inlines": _inlines(block.inlines, tables)}
        case Bullets():
            return {"kind": "bullets", "items": [_inlines(item, tables) for item in block.items]}
        case TableBlock():
            return _table(block)
        case ChartBlock():
            svg = svg_of(block.spec)
            width = min(size_of(svg)[0] * _CHART_SCALE, _PORTRAIT)
            return {"kind": "chart", "caption": chart_caption(block), "alt": block.alt, "svg": svg, "width": width,
                    "anchor": block.anchor}  # fmt: skip


def _inlines(inlines: Iterable[Inline], tables: Mapping[str, TableBlock]) -> list[dict[str, Any]]:
    return [_inline(inline, tables) for inline in inlines]


def _inline(inline: Inline, tables: Mapping[str, TableBlock]) -> dict[str, Any]:
    match inline:
        case Words():
            return {"kind": "words", "text": inline.text, "strong": inline.strong}
        case StateMark():
            return {"kind": "state", "text": inline.text, "state": inline.state}
        case NumberRef():
            block = tables.get(inline.table)
            return {"kind": "number", "text": inline.text, "to": block.anchor if block else ""}


def _table(block: TableBlock) -> dict[str, Any]:
    grid = grid_of(block.table)
    size, columns, landscape = _fitted(grid)
    return {
        "kind": "table",
        "caption": table_caption(block),
        "anchor": block.anchor,
        "size": size,
        "columns": columns,
        "landscape": landscape,
        "whole": len(grid.lines) <= _WHOLE_LINES and sum(len(line.row.label) for line in grid.lines) < _WHOLE_TEXT,
        "numeric": grid.numeric,
        "heads": [
            [{"text": head.text, "numeric": head.numeric, "columns": head.columns, "rows": head.rows} for head in row]
            for row in grid.heads
        ],
        "lines": [_line(line) for line in grid.lines],
        "notes": grid.notes,
    }


def _line(line: Line) -> dict[str, Any]:
    boxes = [{"text": b.text, "state": b.state, "tone": b.tone, "note": b.note} for b in line.boxes]
    return {"role": line.row.role.value, "label": line.row.label, "depth": line.depth, "boxes": boxes}


def _fitted(grid: Grid) -> tuple[float, list[float], bool]:
    """Give text size, column widths in points and whether the page must be turned: the largest text that fits."""
    for room, landscape in ((_PORTRAIT, False), (_LANDSCAPE, True)):
        for size in _SIZES:
            columns = _columns(grid, room, size)
            if columns:
                return size, columns, landscape
    return _SIZES[-1], _squeezed(grid), True


def _columns(grid: Grid, room: float, size: float) -> list[float]:
    """Give the columns' widths: firm ones as wide as they want, texts sharing the rest; none when it is too narrow."""
    wanted = [(one.wanted * size * _DIGIT + _PADDING, one.firm) for one in widths(grid)]
    firm = sum(width for width, is_firm in wanted if is_firm)
    texts = sum(width for width, is_firm in wanted if not is_firm)
    if room - firm < texts * _LEAST_SHARE:
        return []
    share = min((room - firm) / texts, _MOST_SHARE)
    return [width if is_firm else width * share for width, is_firm in wanted]


def _squeezed(grid: Grid) -> list[float]:
    wanted = [one.wanted for one in widths(grid)]
    return [_LANDSCAPE * width / sum(wanted) for width in wanted]
