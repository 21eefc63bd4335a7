"""A report as a fragment of accessible HTML, for a page that brings its own head, look and state symbols.

Every text from data is escaped where it is written. A row of a table is an anchor named
``<table anchor>-<row key>``, and a number in a sentence is a link to the row that it tells.
The symbols of states are ``<symbol id="s-met">`` and so on in the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape

from uppsikt.core.tables import RowRole
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
)
from uppsikt.reporting.render.grid import Box, Grid, Head, Line, grid_of
from uppsikt.reporting.render.layout import NO_ROWS, chart_caption, contents, prepared, table_caption
from uppsikt.reporting.render.svg import svg_of

__all__ = ["contents", "render"]

DEEPEST = 6  # HTML has no deeper heading
_ROW_CLASS = {
    RowRole.SUM: "sum",
    RowRole.OF_WHICH: "of",
    RowRole.BREAKDOWN: "breakdown",
    RowRole.HEADING: "heading",
    RowRole.NOTE: "note-row",
}
# What would end the script element or open another, written so that JSON reads the same.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def render(report: Report, *, first_level: int = 2) -> str:
    """Give the report's blocks as HTML; its top headings become headings of ``first_level``."""
    anchors = {block.table.key: block.anchor for block in report.tables()}
    return "\n".join(_block(block, first_level - 1, anchors) for block in prepared(report.blocks))


def _block(block: Block, deeper: int, anchors: dict[str, str]) -> str:
    match block:
        case Heading():
            level = min(block.level + deeper, DEEPEST)
            return f'<h{level} id="{escape(block.anchor)}">{escape(block.text)}</h{level}>'
        case Paragraph():
            look = f' class="{escape(block.kind)}"' if block.kind else ""
            return f"<p{look}>{_inlines(block.inlines, anchors)}</p>"
        case Bullets():
            return f"<ul>{''.join(f'<li>{_inlines(item, anchors)}</li>' for item in block.items)}</ul>"
        case TableBlock():
            return _table(block)
        case ChartBlock():
            return _chart(block)


def _inlines(inlines: Iterable[Inline], anchors: dict[str, str]) -> str:
    return "".join(_inline(inline, anchors) for inline in inlines)


def _inline(inline: Inline, anchors: dict[str, str]) -> str:
    match inline:
        case NumberRef():
            return _number(inline, anchors.get(inline.table))
        case StateMark():
            return state_html(inline.state, inline.text)
        case _:
            text = escape(inline.text)
            return f"<strong>{text}</strong>" if inline.strong else text


def _number(number: NumberRef, anchor: str | None) -> str:
    """Give a number as a link to its row, or to its table when it was counted over rows."""
    if anchor is None:
        return escape(number.text)
    place = f"{anchor}-{number.row}" if number.row else anchor
    return f'<a class="num-ref" href="#{escape(place)}">{escape(number.text)}</a>'


def state_html(state: str, text: str) -> str:
    """Give the mark of a state: its symbol, hidden to who listens, and its words."""
    name = escape(state)
    return (
        f'<span class="state {name}"><svg class="mark" aria-hidden="true"><use href="#s-{name}"/></svg>'
        f"{escape(text)}</span>"
    )


def _chart(block: ChartBlock) -> str:
    data = json.dumps(block.spec, ensure_ascii=False).translate(_ESCAPES)
    return (
        f'<figure class="chart" id="{escape(block.anchor)}">'
        f'<div class="canvas" role="img" aria-label="{escape(block.alt)}">{svg_of(block.spec)}</div>'
        f'<script type="application/json">{data}</script>'
        f"<figcaption>{escape(chart_caption(block))}</figcaption></figure>"
    )


def _table(block: TableBlock) -> str:
    grid, anchor = grid_of(block.table), escape(block.anchor)
    heads = "".join(f"<tr>{''.join(map(_head, row))}</tr>" for row in grid.heads)
    rows = "".join(_row(line, grid, anchor) for line in grid.lines)
    empty = "" if grid.lines else f'<p class="soft small">{NO_ROWS}</p>'
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{anchor}-rubrik">'
        f'<table id="{anchor}"><caption id="{anchor}-rubrik">{escape(table_caption(block))}</caption>'
        f"<thead>{heads}</thead><tbody>{rows}</tbody></table></div>{empty}{_notes(grid.notes, anchor)}"
    )


def _head(head: Head) -> str:
    scope = "colgroup" if head.columns > 1 else "col"
    spans = f' colspan="{head.columns}"' if head.columns > 1 else ""
    spans += f' rowspan="{head.rows}"' if head.rows > 1 else ""
    look = ' class="num"' if head.numeric else ""
    return f'<th scope="{scope}"{spans}{look}>{escape(head.text)}</th>'


def _row(line: Line, grid: Grid, anchor: str) -> str:
    look = " ".join(_row_classes(line))
    cells = "".join(_cell(box, anchor, numeric=numeric) for box, numeric in zip(line.boxes, grid.numeric, strict=True))
    return (
        f'<tr id="{anchor}-{escape(line.row.key)}"' + (f' class="{look}"' if look else "") + ">"
        f'<th scope="row">{escape(line.row.label)}</th>{cells}</tr>'
    )


def _row_classes(line: Line) -> Iterator[str]:
    if line.row.role in _ROW_CLASS:
        yield _ROW_CLASS[line.row.role]
    elif line.depth:
        yield "deep" if line.depth == 1 else "deeper"


def _cell(box: Box, anchor: str, *, numeric: bool) -> str:
    look = " ".join(word for word in ("num" if numeric else "", box.tone if box.tone != "soft" else "") if word)
    text = state_html(box.state, box.text) if box.state else escape(box.text).replace("\n", "<br>")
    if box.tone == "soft":
        why = escape(box.why or box.text)
        heard = f'<span class="hidden"> ({why})</span>' if box.why else ""
        text = f'<span class="soft" title="{why}">{text}</span>{heard}'
    if box.note:
        text += f'<sup><a href="#{anchor}-not-{box.note}" aria-label="Anmärkning {box.note}">{box.note}</a></sup>'
    return f'<td class="{look}">{text}</td>' if look else f"<td>{text}</td>"


def _notes(notes: tuple[str, ...], anchor: str) -> str:
    if not notes:
        return ""
    items = "".join(f'<li id="{anchor}-not-{n}">{escape(note)}</li>' for n, note in enumerate(notes, start=1))
    return f'<ol class="notes">{items}</ol>'
