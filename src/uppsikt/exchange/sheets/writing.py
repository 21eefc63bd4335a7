"""Writes a sheet as XLSX or CSV, for people who edit it and load it back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from uppsikt.exchange.sheets.cells import Cell, text_of
from uppsikt.exchange.sheets.defusing import defused, is_dangerous
from uppsikt.exchange.sheets.sheet import Sheet

FACTS = "Om filen"
_LONGEST_NAME, _LONGEST_TEXT = 31, 32767  # that Excel holds
_DIGITS = 15  # that a number in Excel holds; a longer one is written as text
_NARROW, _WIDE, _SAMPLE = 9, 60, 200
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_NO_LETTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")  # that no XML file can hold
_PROTECTION = {
    "select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True, "format_rows": True,
    "sort": True, "autofilter": True,
}  # fmt: skip


def write_xlsx(sheet: Sheet) -> bytes:
    """Give a sheet as an Excel file: headings frozen, locked columns grey and protected, texts never formulas."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False}) as book:
        name = _NOT_IN_NAMES.sub(" ", _legal(sheet.name)).strip("' ")[:_LONGEST_NAME] or "Blad1"
        _Writer(book, book.add_worksheet(name), sheet).write()
        if sheet.facts:
            told = ((key, value) for key, value in sheet.facts.items())
            facts = Sheet(("Uppgift", "Värde"), told, locked=frozenset({"Uppgift", "Värde"}))
            _Writer(book, book.add_worksheet(FACTS if name != FACTS else f"{FACTS} 2"), facts).write()
    return file.getvalue()


def write_csv(sheet: Sheet) -> bytes:
    """Give a sheet as CSV that a Swedish Excel opens rightly: byte order mark, semicolons, decimal comma, CRLF.

    Texts that look like formulas are defused. Facts are not written.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([defused(heading) for heading in sheet.headings])
    for row in sheet.rows:
        writer.writerow([_csv(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def _csv(cell: Cell | int) -> str:
    if isinstance(cell, str):
        return defused(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    text = text_of(cell)
    return text.replace(".", ",") if isinstance(cell, Decimal) else text


class _Writer:
    """Writes one sheet; the same look is made once."""

    def __init__(self, book: Any, page: Any, sheet: Sheet) -> None:
        self._book, self._page, self._sheet = book, page, sheet
        self._looks: dict[tuple[str, bool, bool], Any] = {}

    def write(self) -> None:
        """Write all of it."""
        page, sheet = self._page, self._sheet
        rows = iter(sheet.rows)
        first = list(islice(rows, _SAMPLE))
        for column, width in enumerate(_widths(sheet, first)):
            page.set_column(column, column, width)
        heading = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for column, text in enumerate(sheet.headings):
            page.write_string(0, column, _legal(text), heading)
        page.freeze_panes(1, _leading(sheet))
        last = 0
        for row in chain(first, rows):
            last += 1
            for column, cell in enumerate(row):
                self._cell(last, column, cell)
            for column in range(len(row), len(sheet.headings)):  # the reader of a protected sheet may write here too
                self._cell(last, column, None)
        if sheet.headings:
            page.autofilter(0, 0, last, len(sheet.headings) - 1)
        for number in range(last + 1, last + 1 + sheet.spare):
            for column in range(len(sheet.headings)):
                page.write_blank(number, column, None, self._look(column, spare=True))
        if sheet.locked:
            page.protect("", _PROTECTION)

    def _cell(self, row: int, column: int, cell: Cell | int) -> None:
        page = self._page
        if isinstance(cell, Decimal | int) and not isinstance(cell, bool) and _holds(cell):
            page.write_number(row, column, cell, self._look(column, decimals=cell != int(cell)))
        elif isinstance(cell, date):
            page.write_datetime(row, column, cell, self._look(column, day=True))
        elif cell is None:
            page.write_blank(row, column, None, self._look(column))
        else:
            text = _legal(text_of(cell) if not isinstance(cell, int) or isinstance(cell, bool) else str(cell))
            page.write_string(row, column, text, self._look(column, text=text))

    def _look(
        self, column: int, *, decimals: bool = False, day: bool = False, text: str | None = None, spare: bool = False
    ) -> Any:
        heading = self._sheet.headings[column] if column < len(self._sheet.headings) else ""
        if text is None:
            shown = "yyyy-mm-dd" if day else self._sheet.formats.get(heading, "#,##0.00" if decimals else "#,##0")
        else:
            shown = "@"
        key = (shown, heading in self._sheet.locked and not spare, text is not None and is_dangerous(text))
        if key not in self._looks:
            how: dict[str, object] = {"num_format": shown, "locked": key[1], "quote_prefix": key[2]}
            self._looks[key] = self._book.add_format(how | ({"bg_color": "#EEF0F2"} if key[1] else {}))
        return self._looks[key]


def _holds(number: Decimal | int) -> bool:
    """Say whether Excel's numbers hold every digit."""
    exact = Decimal(number)
    return len(exact.normalize().as_tuple().digits) <= _DIGITS and exact.copy_abs() < Decimal("1e15")


def _leading(sheet: Sheet) -> int:
    """Give how many columns from the left are locked: they stay in sight when one scrolls to the right."""
    at = 0
    while at < len(sheet.headings) and sheet.headings[at] in sheet.locked:
        at += 1
    return at if at < len(sheet.headings) else 0


def _widths(sheet: Sheet, rows: list[Any]) -> list[int]:
    longest = [max(map(len, heading.split() or [""])) + 3 for heading in sheet.headings]
    for row in rows:
        for column, cell in enumerate(row[: len(longest)]):
            shown = str(cell) if isinstance(cell, int) else text_of(cell)
            longest[column] = max(longest[column], len(shown) + 2)
    given: Mapping[str, int] = sheet.widths
    return [given.get(h, min(max(width, _NARROW), _WIDE)) for h, width in zip(sheet.headings, longest, strict=True)]


def _legal(text: str) -> str:
    """Give a text that a workbook can hold; what it cannot hold is replaced, never left out without a sign."""
    return _NO_LETTERS.sub("\ufffd", text)[:_LONGEST_TEXT]
