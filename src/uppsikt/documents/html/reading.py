"""Walks a web page and gives its blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from uppsikt.documents.html.letters import BLOCKS, Element, Letters, Look, is_hidden, letters_of, read_into, tag_of
from uppsikt.documents.html.tables import cells_of, read_grid, rows_of
from uppsikt.documents.model import Block, Content, DocumentError, Heading, Limits, Paragraph, lines_in, page_count_of
from uppsikt.documents.opening import Progress

_HEADING = re.compile(r"h([1-6])$")
_NOTE = re.compile(r"(?:^|\s)(?:footnotes?|fotnot(?:er)?)(?:\s|$)")


def read_html(data: bytes, name: str, limits: Limits, progress: Progress) -> Content:
    """Read a web page as a browser would print it: nothing that is hidden, nothing that a script would add.

    Raises DocumentError when there is nothing to read or unreasonably much.
    """
    reader = _Reader(name, limits)
    blocks = tuple(reader.blocks(_root(data, name)))
    if not blocks:
        raise DocumentError(
            f"{name} innehåller ingen text som går att läsa. Spara sidan som PDF och granska den i stället."
        )
    pages = page_count_of(lines_in(blocks))
    progress(pages, pages)
    return Content(name, "html", blocks, pages)


def _root(data: bytes, name: str) -> Element:
    """Parse the page; the encoding is what it says itself, else UTF-8, else Western European."""
    encoding = None
    if not re.search(rb"charset\s*=|encoding\s*=", data[:4096]) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-8" if _is_utf8(data) else "cp1252"
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(f"{name} går inte att läsa som en webbsida.") from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class _Reader:
    """Keeps how much more may be read."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.cells, self.characters = name, limits.cells, limits.characters

    def blocks(self, element: Element, *, item: bool = False, note: bool = False) -> Iterator[Block]:
        """Give the blocks in an element; letters between blocks are paragraphs of their own."""
        loose = Letters()
        loose.add(element.text or "", Look())
        for child in element:
            if tag_of(child) in BLOCKS and not is_hidden(child):
                yield from self._paragraph(loose, item=item, note=note)
                loose = Letters()
                yield from self._block(child, item=item, note=note)
            elif not is_hidden(child):
                yield from self._inline(child, loose, item=item, note=note)
            loose.add(child.tail or "", Look())
        yield from self._paragraph(loose, item=item, note=note)

    def _inline(self, child: Element, loose: Letters, *, item: bool, note: bool) -> Iterator[Block]:
        """Add an inline element's letters to the paragraph; one that holds blocks gives them as blocks."""
        if any(tag_of(one) in BLOCKS for one in child.iter()):
            yield from self.blocks(child, item=item, note=note)
            return
        if tag_of(child) == "br":
            loose.add("\n", Look(kept=True))
        else:
            read_into(loose, child)

    def _block(self, element: Element, *, item: bool, note: bool) -> Iterator[Block]:
        tag = tag_of(element)
        heading = _HEADING.match(tag)
        note = note or bool(_NOTE.search(element.get("class", "").lower())) or element.get("role") == "doc-footnote"
        if heading:
            letters = letters_of(element)
            if text := self._counted(letters):
                yield Heading(text, int(heading[1]))
        elif tag == "table":
            yield from self._table(element, item=item, note=note)
        else:
            yield from self.blocks(element, item=item or tag in ("li", "dd"), note=note)

    def _paragraph(self, letters: Letters, *, item: bool, note: bool) -> Iterator[Block]:
        if text := self._counted(letters):
            yield Paragraph(text, item=item, note=note)

    def _counted(self, letters: Letters) -> str:
        self.characters -= len(letters.text)
        if self.characters < 0:
            raise DocumentError(f"{self.name} innehåller orimligt mycket text och läses inte.")
        return letters.clean().replace("\n", " ")

    def _table(self, table: Element, *, item: bool, note: bool) -> Iterator[Block]:
        """Give a table; one that only lays out the page gives what its cells hold instead."""
        cells = [cell for row, _ in rows_of(table) for cell in cells_of(row)]
        self.cells -= len(cells)
        if self.cells < 0:
            raise DocumentError(f"{self.name} innehåller orimligt stora tabeller och läses inte.")
        if _only_lays_out(table, cells):
            for cell in cells:
                yield from self.blocks(cell, item=item, note=note)
            return
        grid = read_grid(table)
        if grid.width:
            yield grid
        for cell in cells:
            for inner in cell.iter():
                if tag_of(inner) == "table" and _table_around(inner) is table:
                    yield from self._table(inner, item=item, note=note)


def _only_lays_out(table: Element, cells: list[Element]) -> bool:
    """Say whether a table is no table: it says so, has one cell, or holds headings or other tables with much around."""
    if table.get("role") in ("presentation", "none") or len(cells) <= 1:
        return True
    return any(_HEADING.match(tag_of(one)) for cell in cells for one in cell.iter()) and any(
        tag_of(one) == "table" for cell in cells for one in cell.iter()
    )


def _table_around(element: Element) -> Element | None:
    return next((one for one in element.iterancestors() if tag_of(one) == "table"), None)
