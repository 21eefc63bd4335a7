"""Walks the body of a Word document and gives its blocks in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from uppsikt.documents.docx.letters import Letters, letters_of
from uppsikt.documents.docx.package import Element, Package
from uppsikt.documents.docx.styles import Style, W, is_numbered, points, read_styles, val
from uppsikt.documents.model import (
    Block,
    Content,
    DocumentError,
    Grid,
    GridCell,
    GridRow,
    Heading,
    Limits,
    Paragraph,
    lines_in,
    page_count_of,
)
from uppsikt.documents.opening import Progress

_MC_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_AROUND = {W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"


def read_docx(data: bytes, name: str, limits: Limits, progress: Progress) -> Content:
    """Read a Word document. Pages are those that Word last laid out, where it has said so.

    Deleted and hidden text is left out, inserted text is read: what is read is what is printed.
    Raises DocumentError for what is no Word document, is broken, encrypted or unreasonably large.
    """
    package = Package(data, name, limits)
    root = package.xml("word/document.xml")
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise package.broken()
    for tag, most in ((W + "tc", limits.cells), (W + "p", limits.cells * 2)):
        if sum(1 for _ in body.iter(tag)) > most:
            raise DocumentError(f"{name} innehåller orimligt många stycken eller tabellceller och läses inte.")
    reader = _Reader(package, limits)
    blocks = tuple(reader.blocks(body))
    if not blocks:
        raise DocumentError(
            f"{name} innehåller ingen text. Är det en inskannad bild behöver den först tolkas till text."
        )
    # A program that does not lay out says one page whatever the length, because its template does.
    told = max(reader.page if reader.paged else 0, _pages(package))
    pages = told if told > 1 else page_count_of(lines_in(blocks))
    progress(pages, pages)
    return Content(name, "docx", blocks, pages)


def _pages(package: Package) -> int:
    root = package.xml("docProps/app.xml")
    text = (root.findtext(_PAGES) or "") if root is not None else ""
    return int(text) if text.isdecimal() and len(text) < 6 else 0


class _Reader:
    """Keeps what the walk needs: styles, footnotes, the page, and how much more may be read."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self.name, self.characters = package.name, limits.characters
        self.styles = read_styles(package.xml("word/styles.xml"))
        self.notes = dict(_notes(package, "footnote", "f")) | dict(_notes(package, "endnote", "e"))
        self.page, self.paged = 1, False

    def blocks(self, body: Element) -> Iterator[Block]:
        """Give the blocks; a caption that stands right over a table goes with it as well."""
        caption = ""
        for element in _children(body):
            if element.tag == W + "tbl":
                yield from self._table(element, caption)
                caption = ""
                continue
            style = self._style(element)
            letters = self._letters(element, style)
            yield from self._paragraph(element, style, letters)
            if letters.text.strip():
                caption = _clean(letters.text) if style.caption else ""

    def _style(self, paragraph: Element) -> Style:
        return self.styles.get(val(paragraph.find(f"{W}pPr/{W}pStyle")), Style())

    def _letters(self, paragraph: Element, style: Style) -> Letters:
        letters = letters_of(paragraph, style)
        self.page, self.paged = self.page + letters.breaks, self.paged or letters.breaks > 0
        self.characters -= len(letters.text)
        if self.characters < 0:
            raise DocumentError(f"{self.name} innehåller orimligt mycket text och läses inte.")
        return letters

    def _paragraph(self, element: Element, style: Style, letters: Letters) -> Iterator[Block]:
        text, page = _clean(letters.text), self.page if self.paged else None
        own = val(element.find(f"{W}pPr/{W}outlineLvl"))
        level = int(own) + 1 if own.isdecimal() and int(own) < 9 else style.level
        item = style.item or is_numbered(element)
        if text and level:
            yield Heading(text, level, page)
        elif text and not style.contents:
            yield Paragraph(text, page, item=item)
        yield from self._footnotes(letters)

    def _footnotes(self, letters: Letters) -> Iterator[Block]:
        for note in letters.notes:
            if text := self.notes.get(note, ""):
                yield Paragraph(text, self.page if self.paged else None, note=True)

    def _table(self, table: Element, caption: str) -> Iterator[Block]:
        """Give a table; one that only lays out (a single cell) gives what it holds instead."""
        rows = [row for row in _children(table) if row.tag == W + "tr"]
        cells = [[cell for cell in _children(row) if cell.tag == W + "tc"] for row in rows]
        if sum(map(len, cells)) == 1:
            yield from self.blocks(cells[0][0])
            return
        page = self.page if self.paged else None
        notes: list[Letters] = []
        inner: list[Element] = []
        made = _merged([self._row(row, of_row, notes, inner) for row, of_row in zip(rows, cells, strict=True)])
        width = max((cell.column + cell.span for row in made for cell in row.cells), default=0)
        if width:
            yield Grid(tuple(made), width, caption, page)
        for letters in notes:
            yield from self._footnotes(letters)
        for element in inner:
            yield from self._table(element, "")

    def _row(
        self, row: Element, cells: list[Element], notes: list[Letters], inner: list[Element]
    ) -> tuple[GridRow, frozenset[int]]:
        """Give a row, and the columns in which it goes on with the cell above."""
        at = _number(row.find(f"{W}trPr/{W}gridBefore"))
        header = row.find(f"{W}trPr/{W}tblHeader") is not None
        made, continued = [], set()
        for cell in cells:
            span = max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan")))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and val(merge) != "restart":
                continued.add(at)
            else:
                made.append(self._cell(cell, at, span, notes, inner))
            at += span
        return GridRow(tuple(made), self.page if self.paged else None, header), frozenset(continued)

    def _cell(self, cell: Element, column: int, span: int, notes: list[Letters], inner: list[Element]) -> GridCell:
        read: list[Letters] = []
        indent = 0.0
        for element in _children(cell):
            if element.tag == W + "tbl":
                inner.append(element)
                continue
            style = self._style(element)
            letters = self._letters(element, style)
            if not letters.text.strip():
                continue
            if not read:
                indent = max(0.0, points(element.find(f"{W}pPr/{W}ind"), "left", "start") or style.indent)
                indent += len(letters.text) - len(letters.text.lstrip(" \u00a0"))
            read.append(letters)
            notes.extend([letters] if letters.notes else [])
        return GridCell(
            "\n".join(_clean(one.text, "\n") for one in read),
            column,
            span,
            bold=bool(read) and all(one.bold for one in read),
            italic=bool(read) and all(one.italic for one in read),
            indent=indent,
            marks=tuple(mark for one in read for mark in one.marks),
        )


def _merged(rows: list[tuple[GridRow, frozenset[int]]]) -> list[GridRow]:
    """Let a cell reach down over the rows that go on with it, each told with the columns in which it does."""
    made = []
    for at, (row, _) in enumerate(rows):
        cells = []
        for cell in row.cells:
            down = 1
            while at + down < len(rows) and cell.column in rows[at + down][1]:
                down += 1
            cells.append(replace(cell, down=down) if down > 1 else cell)
        made.append(replace(row, cells=tuple(cells)))
    return made


def _children(element: Element) -> Iterator[Element]:
    """Give the paragraphs, tables, rows or cells in an element, also those within content controls and text boxes."""
    for child in element:
        if child.tag in _AROUND:
            yield from _children(child)
        elif child.tag in (W + "p", W + "tbl", W + "tr", W + "tc"):
            yield child
            if child.tag == W + "p":
                yield from _boxed(child)


def _boxed(paragraph: Element) -> Iterator[Element]:
    """Give what stands in the text boxes that are anchored in a paragraph; the older copy of each is passed over."""
    for choice in paragraph.iter(_MC_CHOICE):
        for content in choice.iter(W + "txbxContent"):
            yield from _children(content)


def _notes(package: Package, kind: str, mark: str) -> Iterator[tuple[str, str]]:
    """Give footnotes or endnotes by mark and number; the separators that Word keeps among them have no text."""
    root = package.xml(f"word/{kind}s.xml")
    for note in root.iterfind(W + kind) if root is not None else ():
        texts = (_clean(letters_of(paragraph, Style()).text) for paragraph in note.iter(W + "p"))
        yield mark + val(note, "id"), " ".join(text for text in texts if text)


def _number(element: Element | None) -> int:
    text = val(element)
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _clean(text: str, line: str = " ") -> str:
    """Fold white space; a line break becomes ``line``. No-break spaces stay: they hold numbers together."""
    lines = (" ".join(part for part in one.replace("\t", " ").split(" ") if part) for one in text.split("\n"))
    return line.join(one for one in lines if one.strip())
