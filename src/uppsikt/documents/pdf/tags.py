"""The structure that a tagged PDF tells of itself: which text is a heading, a list item, a cell of a table.

Tags only say which marked contents belong together; what stands in them and where is read from the page.
An element is known from one page to the next by its path: the places of its ancestors and of itself. So
a table or a row that a page break splits is known to be one.

Cells without any content have no page of their own, and pdfium shows them as gaps among a row's children.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pypdfium2 import raw

Path = tuple[int, ...]
_DEPTH = 48  # elements within elements; Word's deepest are about fifteen
_MOST = 60_000  # elements looked at on one page; a dense page has a few thousand
_MANY = 200  # children from which on it pays to begin where the page before ended
_WIDEST = 200  # columns that one cell may span
_HEADINGS = {"H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6, "Title": 1}
_ROLES = {
    "LI": "item", "Caption": "caption", "TOCI": "contents", "TOC": "contents", "Note": "note", "FENote": "note",
    "Figure": "figure",
}  # fmt: skip
_TEXTS = frozenset({"P", "BlockQuote", "Quote", "Div"})


@dataclass(frozen=True, slots=True)
class Role:
    """What a marked content is: "heading", "text", "item", "caption", "contents", "note",
    "figure" or "cell", and of which element."""

    kind: str
    path: Path
    level: int = 0


@dataclass(slots=True)
class TaggedCell:
    """A cell: its marked contents, and how many columns and rows it says that it spans; an empty one says nothing."""

    contents: set[int] = field(default_factory=set)
    span: int = 1
    down: int = 1
    header: bool = False


@dataclass(slots=True)
class TaggedRow:
    """A row of a table on this page."""

    path: Path
    cells: list[TaggedCell]
    head: bool = False  # within THead

    @property
    def header(self) -> bool:
        """Say whether the file calls this a header row: all of its cells are headers, not the first one only."""
        filled = [cell for cell in self.cells if cell.contents]
        return len(filled) > 1 and (self.head or all(cell.header for cell in filled))


@dataclass(slots=True)
class TaggedTable:
    """The part of a table that stands on this page. ``nested`` when a cell holds a table of its own."""

    path: Path
    rows: list[TaggedRow] = field(default_factory=list)
    caption: set[int] = field(default_factory=set)
    nested: bool = False


@dataclass(slots=True)
class PageTags:
    """The structure of one page: what each marked content is, and the tables."""

    roles: dict[int, Role] = field(default_factory=dict)
    tables: list[TaggedTable] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Within:
    """Where in a table an element stands, and the set that its marked contents are collected in."""

    table: TaggedTable | None = None
    contents: set[int] | None = None
    head: bool = False


class TagReader:
    """Reads the structure of one page after the other; remembers where among many children a page began."""

    def __init__(self) -> None:
        self._began: dict[Path, int] = {}
        self._left = 0
        self._wanted: set[int] = set()
        self._tags = PageTags()

    def read(self, page: Any, contents: set[int]) -> PageTags:
        """Read what a page's marked contents are; an empty answer where the page tells nothing."""
        self._tags, self._wanted, self._left = PageTags(), set(contents), _MOST
        tree = raw.FPDF_StructTree_GetForPage(page) if contents else None
        if not tree:
            return self._tags
        try:
            for place in range(min(raw.FPDF_StructTree_CountChildren(tree), _MOST)):
                element = raw.FPDF_StructTree_GetChildAtIndex(tree, place)
                if element:
                    self._element(element, (place,), Role("text", ()), _Within())
        finally:
            raw.FPDF_StructTree_Close(tree)
        return self._tags

    def _element(self, element: Any, path: Path, outer: Role, within: _Within) -> None:
        self._left -= 1
        if self._left < 0 or len(path) > _DEPTH:
            return
        kind = _text(raw.FPDF_StructElement_GetType, element)
        if kind == "Table":
            self._table(element, path, within)
        elif kind == "TR" and within.table is not None:
            within.table.rows.append(self._row(element, path, within))
        else:
            role = _role(kind, path, outer)
            if role.kind == "caption" and within.table is not None and outer.kind != "cell":
                within = replace(within, contents=within.table.caption)
            if kind == "THead":
                within = replace(within, head=True)
            self._contents(element, path, role, within)

    def _contents(self, element: Any, path: Path, role: Role, within: _Within) -> None:
        for place, child in self._children(element, path):
            if not isinstance(child, int):
                self._element(child, (*path, place), role, within)
                continue
            self._tags.roles.setdefault(child, role)
            self._wanted.discard(child)
            if within.contents is not None:
                within.contents.add(child)

    def _table(self, element: Any, path: Path, within: _Within) -> None:
        table = TaggedTable(path)
        if within.table is not None:
            within.table.nested = table.nested = True
        self._contents(element, path, Role("text", path), _Within(table))
        self._tags.tables.append(table)

    def _row(self, element: Any, path: Path, within: _Within) -> TaggedRow:
        """Read a row; a child that is not on the page is a cell without content.

        Marked contents of the row's own are no cells: Chromium tags the colour behind a row so.
        """
        row = TaggedRow(path, [], within.head)
        count = min(raw.FPDF_StructElement_CountChildren(element), _WIDEST)
        for place in range(count):
            child, cell = raw.FPDF_StructElement_GetChildAtIndex(element, place), TaggedCell()
            if child:
                cell.header = _text(raw.FPDF_StructElement_GetType, child) == "TH"
                cell.span, cell.down = _spans(child)
                cell_path = (*path, place)
                self._contents(child, cell_path, Role("cell", cell_path), _Within(within.table, cell.contents))
            elif raw.FPDF_StructElement_GetChildMarkedContentID(element, place) >= 0:
                continue
            row.cells.append(cell)
        return row

    def _children(self, element: Any, path: Path) -> Iterator[tuple[int, Any]]:
        """Yield an element's children on this page by place: elements, and marked contents as numbers.

        Among many children those of this page stand where those of the page before ended: the search
        begins there, goes round once, and stops when all that the page shows has been found.
        """
        count = min(raw.FPDF_StructElement_CountChildren(element), 1_000_000)
        start = self._began.get(path, 0) if count > _MANY else 0
        begun = False
        for step in range(count):
            place = (start + step) % count
            child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
            if not child:
                content = raw.FPDF_StructElement_GetChildMarkedContentID(element, place)
                if content < 0:
                    continue
                child = content
            if not begun and count > _MANY:
                self._began[path], begun = place, True
            yield place, child
            if not self._wanted and count > _MANY:
                return


def _role(kind: str, path: Path, outer: Role) -> Role:
    """Say what the contents of an element are; a paragraph within a list item is of the item."""
    role = _ROLES.get(kind, "")
    if role and outer.kind in {"text", "heading", role}:
        return Role(role, path)
    if outer.kind not in {"text", "heading"}:
        return outer
    if kind in _HEADINGS:
        return Role("heading", path, _HEADINGS[kind])
    return Role("text", path) if kind in _TEXTS and outer.kind == "text" else outer


def _spans(element: Any) -> tuple[int, int]:
    """Give the columns and rows that a cell says it spans (PDF 32000-1, table 349)."""
    spans = {"ColSpan": 1, "RowSpan": 1}
    number = ctypes.c_float()
    for place in range(min(raw.FPDF_StructElement_GetAttributeCount(element), 8)):
        attributes = raw.FPDF_StructElement_GetAttributeAtIndex(element, place)
        for key in spans:
            value = raw.FPDF_StructElement_Attr_GetValue(attributes, key.encode())
            known = value and raw.FPDF_StructElement_Attr_GetNumberValue(value, ctypes.byref(number))
            if known and 1 <= number.value <= _WIDEST:
                spans[key] = int(number.value)
    return spans["ColSpan"], spans["RowSpan"]


def _text(ask: Any, element: Any) -> str:
    """Ask pdfium for a short text of an element: UTF-16, ending with a zero."""
    buffer = ctypes.create_string_buffer(64)
    length = ask(element, buffer, len(buffer))
    return buffer.raw[: max(0, length - 2)].decode("utf-16le", "replace") if 0 < length <= len(buffer) else ""
