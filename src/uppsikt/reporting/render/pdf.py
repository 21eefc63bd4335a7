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
from uppsikt.reporting.render.fitting import Page, fit
from uppsikt.reporting.render.grid import LONGEST_WORD, Line, broadest_word, grid_of
from uppsikt.reporting.render.layout import NO_ROWS, as_of_text, chart_caption, prepared, stamp_text, table_caption
from uppsikt.reporting.render.marks import MARKS
from uppsikt.reporting.render.svg import FONT_FOLDER, size_of, svg_of

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("report.typ")
PAGE = Page(portrait=470, landscape=717, sizes=(8.5, 7.8, 7.2), digit=0.625)  # the text area and font of report.typ
_CHART_SCALE = 0.78  # points to a dot, so that the text of a chart is as large as that of the page
_turn = threading.Lock()  # the kept compiler holds one document at a time


def render(report: Report) -> bytes:
    """Give the report as a PDF file."""
    written = json.dumps(_clean(_data(report)), ensure_ascii=False)
    with _turn:
        made = _compiler().compile(format="pdf", sys_inputs={"report": written}, pdf_standards=["ua-1"])
    return cast("bytes", made)  # one document in one format is always bytes


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
        "no_rows": NO_ROWS,
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
            width = min(size_of(svg)[0] * _CHART_SCALE, PAGE.portrait)
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
    fitted = fit(grid, PAGE)
    return {
        "kind": "table",
        "caption": table_caption(block),
        "anchor": block.anchor,
        "size": fitted.size,
        "columns": fitted.columns,
        "landscape": fitted.landscape,
        "whole": fitted.whole,
        "numeric": grid.numeric,
        "heads": [
            [{"text": head.text, "numeric": head.numeric, "columns": head.columns, "rows": head.rows} for head in row]
            for row in grid.heads
        ],
        "lines": [_line(line) for line in grid.lines],
        "notes": grid.notes,
    }


def _line(line: Line) -> dict[str, Any]:
    boxes = [
        {"text": b.text, "state": b.state, "tone": b.tone, "note": b.note, "divide": _divided(b.text)}
        for b in line.boxes
    ]
    label = line.row.label
    return {"role": line.row.role.value, "label": label, "divide": _divided(label), "depth": line.depth, "boxes": boxes}


def _divided(text: str) -> bool:
    """Say whether words may be divided: only where one is longer than a column, for short divisions read badly."""
    return broadest_word([text]) > LONGEST_WORD
