"""The findings as files to work on: one sheet in Excel to sort and tick off, and a Word document to pass on.

Figures are numbers in Excel. Texts are always written as texts: one that begins with = + - @ can
never become a formula.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from uppsikt.reporting.charts import GOOD, INK, LINE, SOFT
from uppsikt.reporting.render.layout import legal
from uppsikt.reporting.render.xlsx import number_format
from uppsikt.review.dismissals import comes_back
from uppsikt.review.record import FindingRecord, Record, TableRecord
from uppsikt.review.showing.grouping import (
    Group,
    Item,
    count_text,
    degree_text,
    facts_text,
    figure,
    groups,
    page_text,
    place_text,
    printable,
    reason_text,
    standing,
)

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

# Head and width in letters. The first ones are printed; the rest is to sort and search by.
_COLUMNS = (
    ("Sida", 6), ("Tabell eller rubrik", 24), ("Rad eller text", 26), ("Kolumn", 16), ("Står", 11), ("Ska vara", 11),
    ("Skillnad", 11), ("Enhet", 7), ("Säkerhet", 9), ("Anmärkning", 52), ("Förslag", 36),
    ("Kontroll", 26), ("Avsnitt", 24), ("Avfärdad", 24), ("Följer av", 14), ("Namn", 14), ("Dokument", 24),
)  # fmt: skip
_PRINTED = 11
_LINE, _AIR = 13.5, 2.5  # points that a line of text is high, and that a row is higher than its lines
_LONGEST_TEXT, _DIGITS = 32_000, 15  # that Excel holds
_A4 = 9


def findings_xlsx(*records: Record) -> bytes:
    """Give the findings of one document or several as an Excel file with one row for each."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "Granskning"})
        sheet = book.add_worksheet("Anmärkningar")
        head = book.add_format({"bold": True, "bottom": 1, "font_size": 10, "font_color": INK, "text_wrap": True})
        for column, (name, width) in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, head)
        sheet.freeze_panes(1, 0)
        last, cells = 0, _Sheet(book, sheet)
        for last, values in enumerate((row for record in records for row in _rows(record)), start=1):
            cells.write(last, values)
        sheet.autofilter(0, 0, last, len(_COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, last, _PRINTED - 1)
    return file.getvalue()


class _Number(str):
    """A number of a record that is to stand as a number, not as a text."""

    __slots__ = ()


def _rows(record: Record) -> Iterator[tuple[str | None, ...]]:
    tables: dict[str | None, TableRecord] = {table["id"]: table for table in record["tables"]}
    paged = record["document"]["kind"] == "pdf"
    for one in record["findings"]:
        table = tables.get(one["table"])
        numbers = [
            _Number(number) if number else None for number in (one["stated"], one["expected"], one["difference"])
        ]
        yield (
            _Number(one["page"]) if paged and one["page"] is not None else None,
            one["title"],
            one["row"] or one["quote"],
            one["column"],
            *numbers,
            one["unit"],
            degree_text(one),
            " ".join(part for part in (one["message"], comes_back(one)) if part),
            one["proposal"],
            f"{one['code']} {one['rule']}",
            table["section"] if table else None,
            one["dismissed"],
            one["cause"],
            one["id"],
            record["document"]["name"],
        )


class _Sheet:
    """Writes cells; the same look is made only once."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book = book
        self._sheet = sheet
        self._looks: dict[tuple[str, bool], Any] = {}

    def write(self, row: int, values: Iterable[str | None]) -> None:
        """Write a row, as high as its longest text needs: not every program counts that when it opens the file."""
        lines = 1
        for column, (value, (_, width)) in enumerate(zip(values, _COLUMNS, strict=True)):
            self._cell(row, column, value)
            lines = max(lines, len(textwrap.wrap(value or "", width)))
        self._sheet.set_row(row, _LINE * lines + _AIR)

    def _cell(self, row: int, column: int, value: str | None) -> None:
        """Write a number as a number, as long as Excel can hold its digits, and everything else as a text."""
        if isinstance(value, _Number) and sum(map(str.isdigit, value)) <= _DIGITS:
            self._sheet.write_number(row, column, float(value), self._look(number_format(figure(value))))
            return
        text = printable(legal(figure(value) if isinstance(value, _Number) else value or ""))[:_LONGEST_TEXT]
        self._sheet.write_string(row, column, text, self._look("", formula=text[:1] in ("=", "+", "-", "@")))

    def _look(self, numbers: str, *, formula: bool = False) -> Any:
        key = (numbers, formula)
        if key not in self._looks:
            looks = {"font_size": 10, "font_color": INK, "valign": "top", "bottom": 4, "bottom_color": LINE}
            how = {"num_format": numbers} if numbers else {"text_wrap": True, "quote_prefix": formula}
            self._looks[key] = self._book.add_format(looks | how)
        return self._looks[key]


def findings_docx(*records: Record) -> bytes:
    """Give the findings of one document or several as a Word file, grouped by table and text."""
    from uppsikt.reporting.render.word_start import empty_document
    from uppsikt.reporting.render.word_styles import set_styles

    document = empty_document("sv-SE")
    set_styles(document, "sv-SE")
    names = ", ".join(printable(record["document"]["name"]) for record in records)
    told = document.core_properties
    told.title, told.author, told.comments, told.language = legal(f"Granskning av {names}"), "", "", "sv-SE"
    body: Any = document.element.body
    for element in _word_parts(records, names):
        body.insert_element_before(element, "w:sectPr")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _word_parts(records: tuple[Record, ...], names: str) -> Iterator[Element]:
    from uppsikt.reporting.render.wordml import paragraph, run

    yield paragraph("Title", run("Granskning"))
    yield paragraph("Subtitle", run(names))
    for record in records:
        wrong = standing(record)
        result = f"Stämmer inte: {count_text(wrong)}." if wrong else "Ingenting hittades som inte stämmer."
        if len(records) > 1:
            yield paragraph("Heading1", run(printable(record["document"]["name"])))
        yield paragraph("Subtitle", run(result))
        yield paragraph("Subtitle", run(facts_text(record)))
        for group in groups(record):
            yield from _word_group(group, record, "Heading2" if len(records) > 1 else "Heading1")


def _word_group(group: Group, record: Record, level: str) -> Iterator[Element]:
    from uppsikt.reporting.render.wordml import paragraph, run

    unit = (group.table["unit"] or "") if group.table else "löpande text"
    told = [group.section, page_text(group.page, record), unit]
    yield paragraph(level, run(printable(group.heading)))
    yield paragraph("Tabellnot", run(" · ".join(printable(part) for part in told if part)), keep=True)
    yield _word_table(group)
    yield paragraph("Tabellnot")  # two tables right after each other would become one in Word


def _word_table(group: Group) -> Element:
    from uppsikt.reporting.render.word_styles import TABLE_STYLE
    from uppsikt.reporting.render.wordml import paragraph, run, w

    widths = (5300, 1360, 1360, 1360)  # twentieths of a point
    heads = ("Anmärkning", "Står", "Ska vara", "Skillnad")
    looks = w(
        "tblPr", w("tblStyle", val=TABLE_STYLE), w("tblW", w_=sum(widths), type="dxa"), w("tblLayout", type="fixed"),
        w("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        w("tblCaption", val=legal(f"Anmärkningar: {printable(group.title)}")),
    )  # fmt: skip
    styles = ("Tabelltext", "Tabelltal", "Tabelltal", "Tabelltal")
    head_cells = [[paragraph(style, run(text), keep=True)] for style, text in zip(styles, heads, strict=True)]
    rows = [w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *_word_cells(head_cells, widths))]
    for item in group.items:
        for one in (item.head, *item.below):
            numbers = (figure(one["stated"]), figure(one["expected"]), figure(one["difference"], plus=True))
            cells = [list(_word_text(one, item)), *([paragraph("Tabelltal", run(number))] for number in numbers)]
            rows.append(w("tr", w("trPr", w("cantSplit")), *_word_cells(cells, widths)))
    return w("tbl", looks, w("tblGrid", *(w("gridCol", w_=width) for width in widths)), *rows)


def _word_cells(cells: list[list[Element]], widths: tuple[int, ...]) -> Iterator[Element]:
    from uppsikt.reporting.render.wordml import w

    for said, width in zip(cells, widths, strict=True):
        yield w("tc", w("tcPr", w("tcW", w_=width, type="dxa")), *said)


def _word_text(finding: FindingRecord, item: Item) -> Iterator[Element]:
    """Give what is said of a finding; of one that follows from another, only where it is."""
    from uppsikt.reporting.render.wordml import paragraph, run

    follows = finding is not item.head
    kind = "därav följer" if follows else degree_text(finding)
    yield paragraph(
        "Tabelltext",
        run(printable(place_text(finding)), bold=not follows),
        run(f"  {kind} · {finding['code']}", colour=SOFT),
    )
    if follows:
        return
    notes = (
        (reason_text(finding), ""),
        (finding["proposal"] or "", GOOD),
        (comes_back(finding), ""),
        (f"Avfärdad: {finding['dismissed']}" if finding["dismissed"] else "", SOFT),
    )
    for text, colour in notes:
        if text:
            yield paragraph("Tabelltext", run(printable(text), colour=colour))
