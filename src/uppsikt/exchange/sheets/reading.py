"""Reads a workbook: guarded first, then its sheets as rows with their numbers.

Macros are never run or even looked at; of a formula the value that Excel kept is read. A merged area has its value
in its first cell only, as Excel has it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from lxml import etree

from uppsikt.core.errors import UseError, reason_of
from uppsikt.exchange.sheets.cells import Cell, cell_of, text_of
from uppsikt.exchange.sheets.guarding import LARGEST_FILE, ErrorCell, Measured, guard
from uppsikt.exchange.sheets.padding import Padding, padding_of
from uppsikt.exchange.sheets.sheet import ReadRow, ReadSheet
from uppsikt.exchange.sheets.writing import FACTS

_LIST = 20_000_000  # bytes of the list of sheets; real ones are a thousandth of it
Given = TypeVar("Given")
Numbered = tuple[int, list[Cell]]


class Workbook:
    """A workbook that was found safe to open. ``sheets`` are the names of the sheets that are not hidden."""

    def __init__(self, file: io.BufferedIOBase, name: str) -> None:
        import python_calamine

        self.name, self._file = name, file
        self._kept: tuple[str, Any] | None = None
        measured = guard(file, name)  # type: ignore[arg-type]  # a buffered file is an IO[bytes]
        self._parts, self._styles = _parts_by_sheet(file, measured)
        self._errors = {sheet: measured[part].errors for sheet, part in self._parts.items()}
        file.seek(0)
        self._book = self._safely(lambda: python_calamine.CalamineWorkbook.from_filelike(file))
        visible = python_calamine.SheetVisibleEnum.Visible
        kind = python_calamine.SheetTypeEnum.WorkSheet
        metadata = self._book.sheets_metadata
        self.sheets = tuple(one.name for one in metadata if one.visible == visible and one.typ == kind)

    def _safely(self, read: Callable[[], Given]) -> Given:
        import python_calamine

        try:
            return read()
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            said = "har ett lösenord" if isinstance(error, python_calamine.PasswordError) else "är skadad"
            raise UseError(f"{self.name} {said} och går inte att läsa. Spara den på nytt i Excel.") from error

    def _page(self, sheet: str) -> Any:
        """Give a sheet; the one that was asked for last is kept."""
        if self._kept is None or self._kept[0] != sheet:
            self._kept = (sheet, self._safely(lambda: self._book.get_sheet_by_name(sheet)))
        return self._kept[1]

    def rows(self, sheet: str) -> Iterator[Numbered]:
        """Give the rows of a sheet with their numbers from 1, each as wide as the sheet; empty rows too."""
        page = self._page(sheet)
        if page.start is None:
            return
        left = page.start[1]  # columns before the first that is filled are left out by the reader
        for number, row in enumerate(page.iter_rows(), 1):
            yield number, [None] * (left if len(row) < page.total_width else 0) + [cell_of(value) for value in row]

    def ends(self, sheet: str, first: int, last: int) -> tuple[list[Numbered], list[Numbered]]:
        """Give the first and the last rows of a sheet, each at most so many; what stands between is not converted."""
        page = self._page(sheet)
        if page.start is None:
            return [], []
        left = page.start[1]
        beginning: list[tuple[int, list[Any]]] = []
        end: deque[tuple[int, list[Any]]] = deque(maxlen=last)
        for numbered in enumerate(page.iter_rows(), 1):
            if len(beginning) < first:
                beginning.append(numbered)
            end.append(numbered)
        lead = left if beginning and len(beginning[0][1]) < page.total_width else 0

        def converted(rows: Iterable[tuple[int, list[Any]]]) -> list[Numbered]:
            return [(number, [None] * lead + [cell_of(value) for value in row]) for number, row in rows]

        return converted(beginning), converted(end)

    def errors(self, sheet: str) -> list[ErrorCell]:
        """Give the cells of a sheet whose formulas gave errors."""
        return self._errors.get(sheet, [])

    def padding(self, sheet: str) -> Padding:
        """Give which cells of a sheet are shown with leading zeros."""
        with zipfile.ZipFile(self._file) as packed:
            return padding_of(packed, self._parts.get(sheet, ""), self._styles)

    def height(self, sheet: str) -> int:
        """Give how many rows a sheet has, empty ones too."""
        return int(self._page(sheet).total_height)

    def merged(self, sheet: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Give the merged areas of a sheet: first and last cell, row and column from 1."""
        areas = self._page(sheet).merged_cell_ranges or []
        return [((top + 1, left + 1), (bottom + 1, right + 1)) for (top, left), (bottom, right) in areas]


def open_workbook(source: Path | bytes, name: str = "") -> Workbook:
    """Open a workbook from a path or from its bytes; raises UseError with what is wrong and what to do."""
    if isinstance(source, bytes):
        if len(source) > LARGEST_FILE:
            raise UseError(f"{name or 'Filen'} är större än {LARGEST_FILE // 1_000_000} MB och läses inte.")
        return Workbook(io.BytesIO(source), name or "Filen")
    try:
        if source.stat().st_size > LARGEST_FILE:
            raise UseError(f"{name or source.name} är större än {LARGEST_FILE // 1_000_000} MB. Spara den som CSV.")
        return Workbook(io.BytesIO(source.read_bytes()), name or source.name)
    except OSError as error:
        raise UseError(f"{name or source.name} går inte att läsa: {reason_of(error)}.") from error


def read_xlsx(source: Path | bytes, *, sheet: str = "", name: str = "") -> ReadSheet:
    """Read a sheet whose first filled row holds its headings; the first visible sheet where none is named.

    Rows without content are left out. Raises UseError where the file cannot be read, the sheet is not there or
    holds nothing, or where cells hold formula errors (all of them are named).
    """
    book = open_workbook(source, name)
    if not book.sheets or (sheet and sheet not in book.sheets):
        raise UseError(f"{book.name} har inget blad som heter {sheet}." if sheet else f"{book.name} har inga blad.")
    chosen = sheet or book.sheets[0]
    refuse_errors(book, chosen)
    rows = ((number, cells) for number, cells in book.rows(chosen) if any(cell is not None for cell in cells))
    first = next(rows, None)
    if first is None:
        raise UseError(f"Bladet {chosen} i {book.name} är tomt.")
    headings = [text_of(cell).strip() for cell in first[1]]
    while headings and not headings[-1]:
        headings.pop()
    found = tuple(ReadRow(number, _fitted(cells, len(headings))) for number, cells in rows)
    return ReadSheet(chosen, tuple(headings), found, _facts(book, chosen))


def refuse_errors(book: Workbook, sheet: str) -> None:
    """Raise UseError with every cell of a sheet that holds an error."""
    from uppsikt.exchange.sheets.guarding import column_letters

    places = [f"{column_letters(one.column)}{one.row} ({one.shown})" for one in book.errors(sheet)]
    if places:
        more = f" och {len(places) - 20} till" if len(places) > 20 else ""
        said = ", ".join(places[:20]) + more
        raise UseError(f"{book.name}, bladet {sheet}: formler ger fel i {said}. Rätta dem i Excel och försök igen.")


def _fitted(cells: list[Cell], width: int) -> tuple[Cell, ...]:
    """Give as many cells as there are headings, and more only where something stands outside the headings."""
    while len(cells) > width and cells[-1] is None:
        cells.pop()
    return tuple(cells + [None] * (width - len(cells)))


def _facts(book: Workbook, chosen: str) -> dict[str, str]:
    if FACTS not in book.sheets or chosen == FACTS:
        return {}
    pairs = [[text_of(cell) for cell in cells] for _, cells in book.rows(FACTS)][1:]
    return {cells[0]: cells[1] for cells in pairs if len(cells) > 1 and cells[0]}


def _parts_by_sheet(file: io.BufferedIOBase, measured: dict[str, Measured]) -> tuple[dict[str, str], str]:
    """Say which part of the package each sheet is, and which part has the styles, as the workbook's own list tells."""
    book = next(name for name in measured if name.endswith("workbook.xml"))
    folder, base = posixpath.split(book)
    with zipfile.ZipFile(file) as packed:
        if packed.getinfo(book).file_size > _LIST:
            return {}, ""
        try:
            relations = _elements(packed.read(posixpath.join(folder, "_rels", f"{base}.rels")), "Relationship")
            sheets = _elements(packed.read(book), "sheet")
        except (etree.XMLSyntaxError, KeyError):
            return {}, ""
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        for one in relations
    }
    parts = {one.get("name", ""): targets.get(_relation(one), "") for one in sheets}
    return {name: part for name, part in parts.items() if part in measured}, posixpath.join(folder, "styles.xml")


def _elements(xml: bytes, name: str) -> list[etree._Element]:
    """Give the elements of a name, whatever their namespace (there are two, an old and a strict one)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return [one for one in etree.fromstring(xml, parser).iter() if etree.QName(one).localname == name]


def _relation(sheet: etree._Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if etree.QName(key).localname == "id"), None)
