"""Walks the blocks: passages with their sections, and tables made whole that page breaks have split.

A grid continues the table before it when nothing but footnotes and "Forts." stand between them and
it repeats the table's heading row, or has none and the same columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from uppsikt.core.passages import Passage
from uppsikt.documents.inference.headers import header_height, is_title_row
from uppsikt.documents.inference.labels import bare, is_figure, joined, without_unit
from uppsikt.documents.inference.words import CONTINUED, FOOTNOTE, OF_WHICH
from uppsikt.documents.model import Block, Box, Content, Grid, GridRow, Heading, Paragraph

_SHORT = 9  # words: a longer paragraph above a table is not its title
_WIDEST = 100  # columns: no table that people read is wider; what is, is rubbish of an extraction
_NEAR = 3  # paragraphs above a table that may tell its unit or its year


@dataclass
class Gathered:
    """A whole table as it was printed: heading rows, rows, and the texts around it."""

    head: list[GridRow]
    body: list[GridRow]
    width: int
    caption: str = ""
    page: int | None = None
    section: tuple[str, ...] = ()
    order: int = 0
    above: str = ""  # the short line or the heading that stands right above
    near: tuple[str, ...] = ()  # the paragraphs before it, the nearest last
    after: list[str] = field(default_factory=list)  # footnotes under it
    parts: int = 1


@dataclass
class Flow:
    """A document's passages with their places, and its whole tables."""

    passages: list[Passage] = field(default_factory=list)
    boxes: dict[str, Box] = field(default_factory=dict)
    tables: list[Gathered] = field(default_factory=list)


def gather(content: Content) -> Flow:
    """Give the passages and the whole tables of a document, in reading order."""
    return _Walk().run(content.blocks)


class _Walk:
    def __init__(self) -> None:
        self.flow = Flow()
        self.headings: list[Heading] = []
        self.before: list[Heading | Paragraph] = []  # since the last grid
        self.order = 0

    def run(self, blocks: Iterable[Block]) -> Flow:
        for block in blocks:
            if isinstance(block, Grid):
                self._grid(block)
            else:
                self._text(block)
        return self.flow

    def _text(self, block: Heading | Paragraph) -> None:
        text = joined(block.text)
        if not text:
            return
        heading = isinstance(block, Heading)
        if isinstance(block, Heading):
            self.headings = [one for one in self.headings if one.level < block.level]
        self.order += 1
        key = f"p{len(self.flow.passages) + 1}"
        item = isinstance(block, Paragraph) and block.item
        self.flow.passages.append(Passage(key, text, self._section(), block.page, item, heading, self.order))
        if block.box is not None:
            self.flow.boxes[key] = block.box
        if isinstance(block, Heading):
            self.headings.append(block)
        self.before.append(block)

    def _section(self) -> tuple[str, ...]:
        return tuple(joined(one.text) for one in self.headings)

    def _grid(self, grid: Grid) -> None:
        rows = [row for row in grid.rows if any(cell.text.strip() for cell in row.cells)]
        caption = grid.caption
        while len(rows) > 1 and is_title_row(rows[0], grid.width):
            caption = caption or joined(rows[0].cells[0].text)
            rows = rows[1:]
        rows = [row for row in rows if not _is_continuation_mark(row)]
        if not rows or grid.width > _WIDEST:
            return
        height = self._height(rows, grid.width)
        rows = [*rows[:height], *(row for row in rows[height:] if not _is_head_again(row, rows[:height]))]
        last = self.flow.tables[-1] if self.flow.tables else None
        if last is not None and self._continues(last, rows, height, grid):
            last.body[:] = _with_parted_row(last.body, rows[height:])
            last.width = max(last.width, grid.width)
            last.parts += 1
        else:
            self.order += 1
            table = Gathered(rows[:height], rows[height:], grid.width, caption, grid.page, self._section(), self.order)
            table.above, table.near = self._above(), self._near()
            self.flow.tables.append(table)
        self.before = []

    def _height(self, rows: list[GridRow], width: int) -> int:
        """Give the number of heading rows; a heading that is repeated is as high as it was."""
        head = self.flow.tables[-1].head if self.flow.tables else []
        if head and _same_head(head, rows[: len(head)]):
            return len(head)
        return header_height(rows, width)

    def _continues(self, last: Gathered, rows: list[GridRow], height: int, grid: Grid) -> bool:
        if not all(_may_stand_between(block) for block in self.before) or (
            grid.caption and grid.caption != last.caption
        ):
            return False
        if height:
            return bool(last.head) and _same_head(last.head, rows[:height])
        broken = not self.before and _next_page(last, grid)
        marked = any(_is_mark(block) for block in self.before)
        return abs(grid.width - last.width) <= 1 and bool(last.head) and (broken or marked or not self.before)

    def _above(self) -> str:
        for block in reversed(self.before):
            text = joined(block.text)
            if isinstance(block, Paragraph) and (
                block.note or re.match(FOOTNOTE, text) or without_unit(f"x {text}") == "x"
            ):
                continue
            fits = isinstance(block, Heading) or (len(text.split()) <= _SHORT and not text.endswith((".", ";", "!")))
            return text.rstrip(":") if fits else ""
        return ""

    def _near(self) -> tuple[str, ...]:
        texts = [joined(block.text) for block in self.before if isinstance(block, Paragraph)]
        return tuple(texts[-_NEAR:])


def _with_parted_row(body: list[GridRow], rest: list[GridRow]) -> list[GridRow]:
    """Join the rows of two pages; a row that the page break parts becomes whole.

    Its rest has no label, or one that begins with a small letter, and the figures stand in one of the two parts.
    """
    if not body or not rest or body[-1].page == rest[0].page:
        return [*body, *rest]
    first, second = body[-1], rest[0]
    begin = joined(second.text(0))
    figures = [any(is_figure(cell.text) for cell in row.cells if cell.column) for row in (first, second)]
    goes_on = begin[:1].islower() if begin else not figures[1]
    if not goes_on or any(re.match(part, begin.casefold()) for part in OF_WHICH) or all(figures):
        return [*body, *rest]
    columns = sorted({cell.column for row in (first, second) for cell in row.cells})
    cells = [
        [cell for row in (first, second) for cell in row.cells if cell.column == at and cell.text.strip()]
        for at in columns
    ]
    whole = tuple(replace(parts[0], text="\n".join(part.text for part in parts)) for parts in cells if parts)
    return [*body[:-1], replace(first, cells=whole), *rest[1:]]


def _next_page(last: Gathered, grid: Grid) -> bool:
    pages = [row.page for row in last.body if row.page is not None]
    before = pages[-1] if pages else last.page
    return grid.page is None or before is None or 0 <= grid.page - before <= 1


def _may_stand_between(block: Heading | Paragraph) -> bool:
    text = joined(block.text)
    if isinstance(block, Heading):
        return re.match(CONTINUED, text.casefold()) is not None
    return block.note or _is_mark(block) or re.match(FOOTNOTE, text) is not None


def _is_mark(block: Heading | Paragraph) -> bool:
    text = joined(block.text).casefold()
    return re.match(CONTINUED, text) is not None or text.endswith(("forts.", "forts. nästa sida"))


def _is_continuation_mark(row: GridRow) -> bool:
    texts = [joined(cell.text) for cell in row.cells if cell.text.strip()]
    return len(texts) == 1 and re.match(CONTINUED, texts[0].casefold()) is not None


def _is_head_again(row: GridRow, head: list[GridRow]) -> bool:
    """Say whether a row within a table only says its heading or its unit once more, as at a page break."""
    texts = [joined(cell.text) for cell in row.cells if cell.text.strip()]
    if len(texts) == 1 and row.cells[0].column == 0 and without_unit(f"x {texts[0]}") == "x":
        return True
    return any(_same_head([row], [one]) for one in head)


def _same_head(one: list[GridRow], other: list[GridRow]) -> bool:
    first, second = ("".join(bare(cell.text) for row in rows for cell in row.cells) for rows in (one, other))
    return first == second
