"""Writes made-up reports as HTML and as text in the shapes that people and programs give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from benchmarks.granska.made import Line, Made, Part, Report, Text, Title
from uppsikt.core.tables import RowRole

_EMPHASISED = {RowRole.SUM: "b", RowRole.OF_WHICH: "i"}


def to_html(report: Report) -> bytes:
    """Write a page with real headings and tables."""
    body = "\n".join(_html(part) for part in report.parts)
    head = f'<meta charset="utf-8"><title>{escape(report.name)}</title>'
    return f'<!doctype html>\n<html lang="sv"><head>{head}</head><body>\n{body}\n</body></html>\n'.encode()


def _html(part: Part) -> str:
    if isinstance(part, Title):
        return f"<h{part.level}>{escape(part.text)}</h{part.level}>"
    if isinstance(part, Text):
        return f"<p>{escape(part.text)}</p>"
    head = "".join(f"<tr>{''.join(_html_head(one) for one in row)}</tr>" for row in head_rows(part))
    rows = "\n".join(_html_row(line) for line in part.lines)
    lead = f"<p>{escape(part.lead)}</p>\n" if part.lead else ""
    caption = f"<caption>{escape(part.title)}</caption>"
    return f"{lead}<table>{caption}\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody></table>"


def _html_head(cell: HeadCell) -> str:
    return f'<th scope="col" colspan="{cell.span}" rowspan="{cell.down}">{escape(cell.text)}</th>'


def _html_row(line: Line) -> str:
    mark = _EMPHASISED.get(line.role)
    label = f"<{mark}>{escape(line.label)}</{mark}>" if mark else escape(line.label)
    indent = ' style="padding-left: 1em"' if line.role is RowRole.BREAKDOWN else ""
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in line.cells)
    return f'<tr><th scope="row"{indent}>{label}</th>{cells}</tr>'


class HeadCell(NamedTuple):
    """A cell of the head, and the columns and rows that it covers."""

    text: str
    span: int = 1
    down: int = 1


def head_rows(table: Made) -> list[list[HeadCell]]:
    """Give the head: one row, or two where headings stand over several columns."""
    labels = [HeadCell(head.label) for head in table.heads]
    if not any(head.group for head in table.heads):
        return [[HeadCell(table.corner), *labels]]
    groups = [HeadCell(text, len(list(heads))) for text, heads in groupby(head.group for head in table.heads)]
    return [[HeadCell(table.corner, 1, 2), *groups], labels]


def rows_of(table: Made) -> list[tuple[str, ...]]:
    """Give the table's texts, heads first; a heading over several columns is said in each of them."""
    heads = (f"{head.group} {head.label.lower()}" if head.group else head.label for head in table.heads)
    return [(table.corner, *heads), *((line.label, *line.cells) for line in table.lines)]


def rows_under_groups(table: Made) -> list[tuple[str, ...]]:
    """Give the table's texts with the headings over several columns on a row of their own."""
    first, *rest = head_rows(table)
    if not rest:
        return rows_of(table)
    above = tuple(text for cell in first for text in (cell.text, *[""] * (cell.span - 1)))
    return [above, ("", *(cell.text for cell in rest[0])), *rows_of(table)[1:]]


def _with_tabs(table: Made) -> list[str]:
    return ["\t".join(row) for row in rows_under_groups(table)]


def _with_pipes(table: Made) -> list[str]:
    first, *rest = ["| " + " | ".join(row) + " |" for row in rows_of(table)]
    return [first, "|" + "---|" * (len(table.heads) + 1), *rest]


def _in_columns(table: Made) -> list[str]:
    """As pdftotext -layout: columns kept apart by spaces, figures to the right."""
    rows = rows_under_groups(table)
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["   ".join(_padded(cell, widths[at], at) for at, cell in enumerate(row)).rstrip() for row in rows]


def _padded(cell: str, width: int, at: int) -> str:
    return cell.rjust(width) if at and cell[:1] in "0123456789-−–" else cell.ljust(width)


def _one_a_line(table: Made) -> list[str]:
    """As pdftotext without layout: every cell on a line of its own."""
    return [cell for row in rows_of(table) for cell in row if cell]


def _flattened(table: Made) -> list[str]:
    """As text copied from a page: a row a line, cells parted by one space."""
    return [" ".join(cell for cell in row if cell) for row in rows_of(table)]


SHAPES: dict[str, Callable[[Made], list[str]]] = {
    "tabbar": _with_tabs,
    "markdown": _with_pipes,
    "kolumner": _in_columns,
    "en cell per rad": _one_a_line,
    "en rad per rad": _flattened,
}


def to_text(report: Report, shape: str = "tabbar") -> bytes:
    """Write plain text; in Markdown the headings are marked, else they stand on lines of their own."""
    lines = [line for part in report.parts for line in (*_text(part, shape), "")]
    return "\n".join(lines).encode()


def _text(part: Part, shape: str) -> Sequence[str]:
    if isinstance(part, Title):
        return [f"{'#' * part.level} {part.text}" if shape in ("markdown", "tabbar") else part.text]
    if isinstance(part, Text):
        return [part.text]
    lead = [part.lead, ""] if part.lead else []
    return [part.title, "", *lead, *SHAPES[shape](part)]
