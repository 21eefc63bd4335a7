"""Writes made-up reports as Word, and as PDF by our own renderer and by LibreOffice from Word."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.shared import Pt
from docx.table import _Row

from benchmarks.granska.made import Made, Part, Report, Text, Title
from benchmarks.granska.writing import head_rows, rows_under_groups
from uppsikt.core.periods import Period
from uppsikt.core.quantities import PLAIN, Missing, MissingReason, Quantity, unit_of
from uppsikt.core.tables import Cell, Column, Row, RowRole, Table
from uppsikt.reporting import model

OFFICE = "soffice"


def to_docx(report: Report, *, whole_rows: bool = False) -> bytes:
    """Write a Word file with real headings, and tables whose head is repeated; page breaks part rows or not."""
    document = Document()
    for part in report.parts:
        _word(document, part)
    for row in (row for table in document.tables for row in table.rows if whole_rows):
        _mark(row, "w:cantSplit")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word(document: WordDocument, part: Part) -> None:
    if isinstance(part, Title):
        document.add_heading(part.text, part.level)
        return
    if isinstance(part, Text):
        document.add_paragraph(part.text)
        return
    document.add_paragraph(part.title, style="Caption")
    if part.lead:
        document.add_paragraph(part.lead)
    rows, heads = rows_under_groups(part), head_rows(part)
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    cells = table._cells  # noqa: SLF001 - the public way to a cell walks the whole table for every one
    for at, text in enumerate(text for row in rows for text in row):
        paragraph = cells[at].paragraphs[0]
        run = paragraph.add_run(text)
        number = at // len(rows[0]) - len(heads)
        line = part.lines[number] if number >= 0 else None
        run.bold = line is None or line.role is RowRole.SUM
        run.italic = line is not None and line.role is RowRole.OF_WHICH
        if line is not None and line.role is RowRole.BREAKDOWN and at % len(rows[0]) == 0:
            paragraph.paragraph_format.left_indent = Pt(12)
    for at in range(len(heads)):
        _mark(table.rows[at], "w:tblHeader")
    column = 0
    for cell in heads[0] if len(heads) > 1 else ():
        table.cell(0, column).merge(table.cell(cell.down - 1, column + cell.span - 1))
        column += cell.span


def _mark(row: _Row, what: str) -> None:
    """Say of a row that every page repeats it, or that no page break parts it."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no public word for it
    properties.append(OxmlElement(what))


def to_pdf(report: Report) -> bytes:
    """Write a PDF by our own renderer."""
    from uppsikt.reporting.render.pdf import render

    return render(own_report(report))


def own_report(report: Report) -> model.Report:
    """Give the report as the renderer's own model."""
    blocks = [block for at, part in enumerate(report.parts) for block in _blocks(at, part)]
    stamp = model.Stamp(str(report.year), f"{report.year + 1}-02-01")
    return model.Report("bench", report.name, report.organisation, stamp, tuple(blocks))


def _blocks(at: int, part: Part) -> Sequence[model.Block]:
    if isinstance(part, Title):
        return [model.Heading(part.level, part.text, f"h{at}")]
    if isinstance(part, Text):
        return [model.Paragraph((model.Words(part.text),))]
    caption = f"{part.title}. {part.corner}. {part.lead}".rstrip(". ")
    return [model.TableBlock(at, caption, core_table(part, f"t{at}"), f"t{at}")]


def core_table(made: Made, key: str) -> Table:
    """Give the table as a core Table, as if it had been read without a mistake."""
    unit = unit_of(made.unit) if made.unit else PLAIN
    columns = tuple(
        Column(f"c{at}", head.label, head.role, Period.year(head.year) if head.year else None, head.group)
        for at, head in enumerate(made.heads, 1)
    )
    rows = tuple(
        Row(f"r{at}", line.label, line.role, None if line.parent is None else f"r{line.parent + 1}", line.measure)
        for at, line in enumerate(made.lines, 1)
    )
    cells = {
        (f"r{row}", f"c{column}"): Cell(_value(made, line.label, text, number, unit.symbol), text)
        for row, line in enumerate(made.lines, 1)
        for column, (text, number) in enumerate(zip(line.cells, line.numbers, strict=True), 1)
        if text
    }
    return Table(key, made.title, columns, rows, cells, unit, made.sign)


def _value(made: Made, label: str, text: str, number: Decimal | None, symbol: str) -> Quantity | Missing:
    if number is None:
        return Missing(MissingReason.TEXT, text)
    return Quantity(number, unit_of(symbol) if symbol else PLAIN, max(0, -int(number.as_tuple().exponent)))


def office_pdfs(files: Sequence[Path], folder: Path) -> list[Path]:
    """Turn Word or HTML files into PDF, all in one start of LibreOffice with a profile of its own."""
    command = [OFFICE, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", "pdf",
               "--outdir", str(folder), *map(str, files)]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    return [folder / f"{file.stem}.pdf" for file in files]
