"""Writes tables as a person draws them, for the tests: one line a row, cells between bars.

``**bold**`` and ``_italic_`` around a cell, spaces before a label are its indentation, ``# `` is a
heading and ``## `` one under it; other lines are paragraphs.
"""

from __future__ import annotations

import re
from textwrap import dedent

from uppsikt.checks import check_tables, holds
from uppsikt.core.findings import Finding
from uppsikt.documents.inference import infer
from uppsikt.documents.model import Block, Content, Document, Grid, GridCell, GridRow, Heading, Paragraph


def content(text: str, name: str = "rapport.txt") -> Content:
    """Read a drawing into blocks."""
    blocks: list[Block] = []
    lines: list[str] = []
    for line in [*dedent(text).strip("\n").splitlines(), ""]:
        if "|" in line:
            lines.append(line)
            continue
        if lines:
            blocks.append(_grid(lines))
            lines = []
        if line.startswith("#"):
            blocks.append(Heading(line.lstrip("# "), len(line) - len(line.lstrip("#"))))
        elif line.strip():
            blocks.append(Paragraph(line.strip(), note=line.lstrip().startswith("*")))
    return Content(name, "text", tuple(blocks), 1)


def _grid(lines: list[str]) -> Grid:
    rows = [
        GridRow(tuple(_cell(text, at) for at, text in enumerate(line.split("|")) if text.strip())) for line in lines
    ]
    return Grid(tuple(rows), max(line.count("|") for line in lines) + 1)


def _cell(text: str, at: int) -> GridCell:
    indent = len(text) - len(text.lstrip()) if at == 0 else 0
    clean = text.strip()
    bold = re.fullmatch(r"\*\*(.+)\*\*", clean)
    italic = re.fullmatch(r"_(.+)_", clean)
    inside = bold or italic
    return GridCell(inside[1] if inside else clean, at, bold=bool(bold), italic=bool(italic), indent=indent)


def read(text: str, name: str = "rapport.txt") -> Document:
    """Read a drawing into a document, weighing readings as the product does."""
    return infer(content(text, name), holds)


def told(text: str) -> list[str]:
    """Give what the rules say of a drawing for sure or likely, as "CODE row / column: stated, expected"."""
    found = check_tables([one.table for one in read(text).tables])
    return [_said(one) for one in found if one.confidence.value != "possible"]


def _said(one: Finding) -> str:
    stated = "" if one.stated is None else str(one.stated.number)
    expected = "" if one.expected is None else str(one.expected.number)
    return f"{one.code} {one.place.row_label} / {one.place.column_label}: {stated}, {expected}"
