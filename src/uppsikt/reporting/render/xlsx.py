"""Report to Excel: one sheet for each table, numbers as numbers with the precision they were written with.

Texts are always written as texts: one that begins with = + - @ can never become a formula. A missing
value is its words, never zero.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Column, RowRole, Table
from uppsikt.reporting.charts import BAD, GOOD, INK, LINE, LINK, SOFT
from uppsikt.reporting.model import Report, TableBlock
from uppsikt.reporting.render.grid import Box, Grid, Line, breadth, grid_of, widths
from uppsikt.reporting.render.layout import NO_ROWS, as_of_text, legal, stamp_text, table_caption
from uppsikt.reporting.render.marks import MARKS

CONTENTS = "Innehåll"
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_LINK, _LONGEST_FOOTER = 31, 32767, 250, 110  # that Excel holds
_DIGITS = 15  # that a number in Excel holds; a longer one is written as text
_FIRST_HEAD = 3  # the row of the heads, counted from 0: caption, unit and source, way back stand over it
_WIDEST = 60
_TIGHT = 0.96  # our digit to one of a column's width, with the room that is lost where lines break
_LINE, _AIR = 14.5, 2.5  # points that a line of text is high, and that a row is higher than its lines
_TONES = {"good": GOOD, "bad": BAD, "soft": SOFT}
_A4 = 9


def render(report: Report) -> bytes:
    """Give the tables of the report as an Excel file."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        subject = f"{as_of_text(report.stamp)}. {stamp_text(report.stamp)}."
        told = {"title": report.title, "author": report.organisation, "subject": subject}
        book.set_properties({name: legal(text) for name, text in told.items()})
        book.set_custom_property("Språk", report.language)  # XlsxWriter cannot write the property that is meant for it
        pen = _Pen(book)
        names = _sheet_names(report.tables())
        _contents(pen, report, names)
        for block, name in zip(report.tables(), names, strict=True):
            _Sheet(pen, report, block, name).write()
    return file.getvalue()


class _Pen:
    """Writes cells in a book; the same look is made only once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._looks: dict[frozenset[tuple[str, object]], Any] = {}

    def look(self, **wanted: object) -> Any:
        """Give a look with these properties of XlsxWriter's formats."""
        key = frozenset(wanted.items())
        if key not in self._looks:
            self._looks[key] = self.book.add_format({"font_size": 10, "font_color": INK, "valign": "top", **wanted})
        return self._looks[key]

    def text(self, sheet: Any, row: int, column: int, text: str, **wanted: object) -> None:
        """Write a text as a text; one that looks like a formula stays a text also when somebody edits the cell."""
        text = _cut(legal(text), _LONGEST_TEXT)
        if text[:1] in "=+-@" and text:
            wanted["quote_prefix"] = True
        sheet.write_string(row, column, text, self.look(**wanted))


def _sheet_names(blocks: Iterable[TableBlock]) -> list[str]:
    """Give each table a sheet name that Excel accepts: its number first makes it unique."""
    return [_cut(f"{b.number} {_plain(b.table.title)}", _LONGEST_NAME).rstrip("' ") for b in blocks]


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\[\]:*?/\\]", " ", legal(text)).split())


def _cut(text: str, longest: int) -> str:
    """Cut a text to what Excel allows; it counts as UTF-16 does, where an emoji is two letters.

    >>> _cut("Driftsammandrag", 6), _cut("Drift", 6)
    ('Drift…', 'Drift')
    """
    counted = text.encode("utf-16-le")
    if len(counted) <= 2 * longest:
        return text
    return counted[: 2 * longest - 2].decode("utf-16-le", "ignore") + "…"


def _contents(pen: _Pen, report: Report, names: list[str]) -> None:
    sheet = pen.book.add_worksheet(CONTENTS)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 90)
    pen.text(sheet, 0, 0, report.title, bold=True, font_size=16)
    for row, text in enumerate((report.organisation, as_of_text(report.stamp), stamp_text(report.stamp)), start=1):
        pen.text(sheet, row, 0, text, font_color=SOFT)
    for column, head in enumerate(("Tabell", "Innehåll")):
        pen.text(sheet, 5, column, head, bold=True, bottom=1)
    row = 6
    for block, name in zip(report.tables(), names, strict=True):
        sheet.write_number(row, 0, block.number, pen.look(align="left"))
        link = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1"
        look = pen.look(font_color=LINK, underline=1, text_wrap=True)
        sheet.write_url(row, 1, link, look, _cut(legal(block.caption), _LONGEST_LINK))
        row += 1
    for note in report.notes:
        row += 1
        pen.text(sheet, row, 0, note, font_color=SOFT)
    _paper(sheet, report)


def _paper(sheet: Any, report: Report, repeated: tuple[int, int] | None = None) -> None:
    """Set how a sheet is printed: turned A4, as wide as the page, heads repeated, stamp and page underneath."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    stamp = _cut(legal(f"{as_of_text(report.stamp)} · {stamp_text(report.stamp)}"), _LONGEST_FOOTER)
    sheet.set_footer(f"&L&8{stamp.replace('&', '&&')}&R&8sida &P av &N")
    if repeated:
        sheet.repeat_rows(*repeated)


class _Sheet:
    """Writes one table on a sheet of its own."""

    def __init__(self, pen: _Pen, report: Report, block: TableBlock, name: str) -> None:
        self._pen = pen
        self._report = report
        self._block = block
        self._table: Table = block.table
        self._grid: Grid = grid_of(block.table)
        self._sheet = pen.book.add_worksheet(name)
        self._widths = [
            min(max(width.wanted * 1.05, 10 if column else 34), _WIDEST)
            for column, width in enumerate(widths(self._grid))
        ]
        self._row = _FIRST_HEAD + len(self._grid.heads)

    def write(self) -> None:
        """Write all of it."""
        pen, sheet, table = self._pen, self._sheet, self._table
        pen.text(sheet, 0, 0, table_caption(self._block), bold=True, font_size=12)
        told = [
            f"Enhet: {table.unit.symbol}" if table.unit.symbol else "",
            f"Källa: {table.source}" if table.source else "",
        ]
        pen.text(sheet, 1, 0, ". ".join(part for part in told if part), font_color=SOFT)
        sheet.write_url(2, 0, f"internal:'{CONTENTS}'!A1", pen.look(font_color=LINK, underline=1), "Till innehållet")
        for column, width in enumerate(self._widths):
            sheet.set_column(column, column, width)
        self._heads()
        for line in self._grid.lines:
            self._line(line)
        self._notes()
        sheet.freeze_panes(_FIRST_HEAD + len(self._grid.heads), 1)
        _paper(sheet, self._report, (_FIRST_HEAD, _FIRST_HEAD + len(self._grid.heads) - 1))

    def _heads(self) -> None:
        """Write the heads; one over several columns, or two rows high, is one merged cell."""
        above = [head for head in self._grid.heads[0] for _ in range(head.columns)]
        for y, heads in enumerate(self._grid.heads):
            own = iter(heads)
            column, tallest = 0, 1.0
            while column < len(above):
                if y and above[column].rows == 2:
                    column += 1
                    continue
                head = next(own)
                look = self._pen.look(
                    bold=True, text_wrap=True, valign="bottom", bottom=1,
                    align="center" if head.columns > 1 else "right" if head.numeric else "left",
                    indent=int(column > 0 and head.columns == 1 and not head.numeric),
                )  # fmt: skip
                first, last = _FIRST_HEAD + y, _FIRST_HEAD + y + head.rows - 1
                if head.columns > 1 or head.rows > 1:
                    self._sheet.merge_range(first, column, last, column + head.columns - 1, "", look)
                self._sheet.write_string(first, column, legal(head.text), look)
                if head.columns == 1:
                    tallest = max(tallest, self._lines_of(head.text, column) / head.rows)
                column += head.columns
            self._sheet.set_row(_FIRST_HEAD + y, _LINE * tallest)

    def _lines_of(self, text: str, column: int) -> int:
        """Say on how many lines a text stands: not every program counts a row's height when it opens the file."""
        return sum(max(math.ceil(_TIGHT * breadth(line) / self._widths[column]), 1) for line in text.split("\n"))

    def _line(self, line: Line) -> None:
        role = line.row.role
        looks: dict[str, object] = {"bottom": 4, "bottom_color": LINE}
        if role in (RowRole.SUM, RowRole.HEADING):
            looks["bold"] = True
        if role is RowRole.SUM:
            looks["top"] = 1
        if role is RowRole.OF_WHICH:
            looks["italic"] = True
        if role in (RowRole.OF_WHICH, RowRole.BREAKDOWN, RowRole.NOTE):
            looks["font_color"] = SOFT
        texts = [line.row.label, *("" if isinstance(box.value, Quantity) else box.text for box in line.boxes)]
        lines = max(self._lines_of(text, place) for place, text in enumerate(texts))
        looks["valign"] = "vcenter" if lines == 1 else "top"
        self._sheet.set_row(self._row, _LINE * lines + _AIR)
        self._pen.text(
            self._sheet, self._row, 0, line.row.label, text_wrap=True, align="left", indent=line.depth, **looks
        )
        for place, (box, column) in enumerate(zip(line.boxes, self._table.columns, strict=True), start=1):
            self._box(place, box, column, looks, numeric=self._grid.numeric[place - 1])
        self._row += 1

    def _box(self, place: int, box: Box, column: Column, looks: dict[str, object], *, numeric: bool) -> None:
        mark = MARKS.get(box.state)
        colour = mark.colour if mark else _TONES.get(box.tone)
        wanted = (
            looks
            | ({"font_color": colour} if colour else {})
            | ({"align": "right"} if numeric else {"align": "left", "indent": 1})
        )
        note = f" {box.note})" if box.note else ""
        value = box.value
        if isinstance(value, Quantity) and len(value.number.as_tuple().digits) <= _DIGITS:
            unit = self._table.unit_of(column)
            told = value.to(unit) if value.unit.converts_to(unit) else value
            look = self._pen.look(num_format=number_format(box.text, note), **wanted)
            self._sheet.write_number(self._row, place, float(told.number), look)
        elif box.text:
            self._pen.text(self._sheet, self._row, place, box.text + note, text_wrap=True, **wanted)
        else:
            self._sheet.write_blank(self._row, place, None, self._pen.look(**wanted))

    def _notes(self) -> None:
        notes = [f"{number}) {note}" for number, note in enumerate(self._grid.notes, start=1)]
        for row, note in enumerate(notes or ([] if self._grid.lines else [NO_ROWS]), start=self._row + 1):
            self._pen.text(self._sheet, row, 0, note, font_color=SOFT)


def number_format(shown: str, note: str = "") -> str:
    """Give the number format that shows a number as ``shown``; Excel puts in the comma and spaces of its country.

    >>> number_format("+2 322,70"), number_format("−1,5 %", " 1)")
    ('+#,##0.00;"−"#,##0.00;#,##0.00', '#,##0.0" % 1)";"−"#,##0.0" % 1)";#,##0.0" % 1)"')
    """
    found = re.search(r"\d(?:,(?P<decimals>\d+))?(?P<after>\D*)$", shown)
    decimals, after = (found["decimals"] or "", found["after"]) if found else ("", "")
    digits = "#,##0" + (f".{'0' * len(decimals)}" if decimals else "")
    tail = after.replace("\u00a0", " ").replace('"', "") + note
    plain = digits + (f'"{tail}"' if tail else "")
    return f'{"+" if shown.startswith("+") else ""}{plain};"−"{plain};{plain}'
