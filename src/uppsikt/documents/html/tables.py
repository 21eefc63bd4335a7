"""The tables of a web page: cells with their spans placed in columns, as a browser lays them out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from uppsikt.documents.html.letters import Element, is_hidden, letters_of, tag_of
from uppsikt.documents.model import Grid, GridCell, GridRow

_MOST_SPAN = 1000  # what browsers allow (HTML, colspan)
_INNER = frozenset({"table"})
_PARTS = {"thead", "tbody", "tfoot"}
_PADDING = re.compile(r"(?:padding-left|text-indent|margin-left)\s*:\s*([\d.]{1,6})(px|em|rem|pt)")
_LEVEL = {"px": 16.0, "em": 1.0, "rem": 1.0, "pt": 12.0}  # of this unit in one step of indentation
_SPACES_IN_LEVEL = 2  # no-break spaces before a label, as office programs write an indented row


def rows_of(table: Element) -> Iterator[tuple[Element, bool]]:
    """Give the table's own rows, with whether they stand in its head; the foot comes last, as it is shown."""
    late = []
    for child in table:
        tag = tag_of(child)
        if tag == "tr" and not is_hidden(child):
            yield child, False
        elif tag in _PARTS and not is_hidden(child):
            rows = [(row, tag == "thead") for row in child if tag_of(row) == "tr" and not is_hidden(row)]
            if tag == "tfoot":
                late += rows
            else:
                yield from rows
    yield from late


def cells_of(row: Element) -> list[Element]:
    """Give a row's cells."""
    return [cell for cell in row if tag_of(cell) in ("td", "th") and not is_hidden(cell)]


def read_grid(table: Element) -> Grid:
    """Read a table; tables within its cells are left out of its text."""
    taken: dict[int, int] = {}  # by column: how many more rows a cell from above covers it
    made, width = [], 0
    for row, in_head in rows_of(table):
        cells, column = [], 0
        elements = cells_of(row)
        free = dict(taken)
        for element in elements:
            while free.get(column, 0) > 0:
                column += 1
            cell = _cell(element, column)
            cells.append(cell)
            column += cell.span
        taken = {at: left - 1 for at, left in taken.items() if left > 1}
        for cell in cells:
            if cell.down > 1:
                taken |= dict.fromkeys(range(cell.column, cell.column + cell.span), cell.down - 1)
        width = max([width, *(cell.column + cell.span for cell in cells)])
        header = in_head or (bool(elements) and all(tag_of(one) == "th" for one in elements))
        made.append(GridRow(tuple(cells), header=header))
    caption = next((letters_of(one).clean() for one in table if tag_of(one) == "caption"), "")
    return Grid(tuple(made), width, " ".join(caption.split("\n")))


def _cell(element: Element, column: int) -> GridCell:
    letters = letters_of(element, but=_INNER)
    raw = letters.text.lstrip(" \t\r\n")
    spaces = len(raw) - len(raw.lstrip("\u00a0\u2003\u2002"))
    lines = letters.clean().split("\n")
    return GridCell(
        "\n".join(line.strip("\u00a0\u2003\u2002 ") for line in lines),
        column,
        _span(element, "colspan"),
        _span(element, "rowspan"),
        bold=letters.bold,
        italic=letters.italic,
        indent=_indent(element) + spaces / _SPACES_IN_LEVEL,
        marks=tuple(letters.marks),
    )


def _span(element: Element, name: str) -> int:
    text = element.get(name, "").strip()
    return min(_MOST_SPAN, max(1, int(text))) if text.isdecimal() and len(text) < 6 else 1


def _indent(element: Element) -> float:
    found = _PADDING.search(element.get("style", "").lower())
    try:
        return float(found[1]) / _LEVEL[found[2]] if found else 0.0
    except ValueError:
        return 0.0
