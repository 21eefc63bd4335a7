"""Writes the tables that PDF readers are measured with as HTML, typst and Word."""

from __future__ import annotations

import html
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.pdf_table_content import Case, Cell, paragraph

# ---- HTML, for Chromium and weasyprint


_CSS = {
    "ruled": "td,th{border:0.75pt solid #333}",
    "horizontal": "tr{border-bottom:0.5pt solid #888} thead tr:last-child{border-bottom:1.5pt solid #000} "
    "tr.sum{border-top:1pt solid #000}",
    "zebra": "tbody tr:nth-child(even){background:#e8eef4} thead tr{background:#245; color:#fff}",
    "none": "",
    "framed": "table{border:1pt solid #000} thead{border-bottom:1pt solid #000} tr.sum{border-top:1pt solid #000}",
    "upright": "td,th{border-left:0.5pt solid #999;border-right:0.5pt solid #999} thead{border-bottom:1pt solid #000}",
    "booktabs": "table{border-top:1.5pt solid;border-bottom:1.5pt solid} thead{border-bottom:0.7pt solid}",
    "double": "td,th{border-bottom:3pt double #555} td+td,th+th{border-left:3pt double #555}",
}


def _look(kind: str) -> str:
    last = kind.rpartition("-")[2]
    return (
        last
        if last in _CSS
        else {"labels-middle": "ruled", "beside": "horizontal", "columns": "none"}.get(kind, "horizontal")
    )


def write_html(kind: str, tables: Sequence[Case], rng: random.Random) -> str:
    """Give a page of HTML with tables that look as their kind does, with text before and after."""
    align = kind.rpartition("-")[2] if kind.startswith("labels") else "top"
    size = rng.choice((8.5, 9, 10))
    pad = rng.choice(("1.5pt 4pt", "3pt 6pt"))
    font = rng.choice(("DejaVu Sans", "DejaVu Serif"))
    css = f"""@page{{size:A4;margin:20mm}} body{{font:{size}pt '{font}'}}
    table{{border-collapse:collapse;width:100%;margin:8pt 0}} tr{{break-inside:avoid}} sup{{font-size:65%}}
    td,th{{padding:{pad};vertical-align:{align};text-align:left;font-weight:normal}}
    th{{font-weight:bold;vertical-align:bottom}} td.n,th.n{{text-align:right}} td.n{{white-space:nowrap}}
    th.c{{text-align:center}} tr.sum td{{font-weight:bold}} tr.section td{{font-style:italic}}
    tr.inner td:first-child{{padding-left:16pt}} .two{{column-count:2;column-gap:8mm}}
    .two table{{break-inside:avoid}} .beside{{display:flex;gap:10mm}} .beside>div{{width:48%}}
    {_CSS[_look(kind)]}"""
    parts = [f"<!doctype html><html lang=sv><meta charset=utf-8><style>{css}</style><body>"]
    bodies = [_html_table(table) for table in tables]
    if kind == "beside":
        parts += [
            f"<h2>Avsnitt</h2><p>{paragraph(rng)}</p><div class=beside><div>{one}</div><div>{two}</div></div>"
            for one, two in zip(bodies[::2], bodies[1::2], strict=True)
        ]
    elif kind == "columns":
        parts.append(
            "<div class=two>"
            + "".join(f"<h3>Avsnitt</h3><p>{paragraph(rng)}</p>{body}<p>{paragraph(rng)}</p>" for body in bodies)
            + "</div>"
        )
    else:
        parts += [
            f"<h2>Avsnitt {place}</h2><p>{paragraph(rng)}</p>{body}<p>{table.note}</p><p>{paragraph(rng)}</p>"
            for place, (body, table) in enumerate(zip(bodies, tables, strict=True))
        ]
    return "".join(parts)


def _html_table(table: Case) -> str:
    def cell(tag: str, place: int, item: Cell) -> str:
        kind = "" if place in table.text else "c" if item.span > 1 else "n"
        span = f" colspan={item.span}" if item.span > 1 else ""
        mark = f"<sup>{item.mark}</sup>" if item.mark else ""
        return f"<{tag} class='{kind}'{span}>{html.escape(item.text)}{mark}</{tag}>"

    def row(tag: str, items: Sequence[Cell], look: str = "") -> str:
        places, at = [], 0
        for item in items:
            places.append((at, item))
            at += item.span
        return f"<tr class={look or 'item'}>" + "".join(cell(tag, place, item) for place, item in places) + "</tr>"

    columns = "".join(f"<col style='width:{width:.0%}'>" for width in table.widths)
    head = "".join(row("th", items) for items in table.header)
    body = "".join(row("td", items, look) for items, look in zip(table.rows, table.looks, strict=True))
    return f"<table><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{body}</tbody></table>"


# ---- typst


def write_typst(kind: str, tables: Sequence[Case], rng: random.Random) -> str:
    """Give the same in typst."""
    font, size = rng.choice(("Libertinus Serif", "DejaVu Sans", "New Computer Modern")), rng.choice((9, 10, 10.5))
    parts = [f'#set page(paper: "a4", margin: 20mm)\n#set text(font: "{font}", size: {size}pt, lang: "sv")\n']
    bodies = [_typst_table(kind, table) for table in tables]
    if kind == "beside":
        parts += [
            f"== Avsnitt\n{paragraph(rng)}\n#grid(columns: (1fr, 1fr), gutter: 10mm, [{one}], [{two}])\n"
            for one, two in zip(bodies[::2], bodies[1::2], strict=True)
        ]
    elif kind == "columns":
        parts.append(
            "#set page(columns: 2)\n"
            + "".join(f"=== Avsnitt\n{paragraph(rng)}\n{body}\n{paragraph(rng)}\n" for body in bodies)
        )
    else:
        notes = [table.note.replace(")", "\\)") for table in tables]
        parts += [
            f"== Avsnitt\n{paragraph(rng)}\n{body}\n\n{note}\n\n{paragraph(rng)}\n"
            for body, note in zip(bodies, notes, strict=True)
        ]
    return "".join(parts)


def _typst_table(kind: str, table: Case) -> str:
    look = _look(kind)
    head, last = len(table.header) - 1, len(table.header) + len(table.rows) - 1
    align = {"labels-bottom": "bottom", "labels-middle": "horizon"}.get(kind, "top")
    stroke = {
        "ruled": "0.6pt",
        "framed": f"(_, y) => (x: none, bottom: if y == {head} {{1pt}})",
        "upright": f"(x, y) => (left: 0.4pt, right: 0.4pt, bottom: if y == {head} {{1pt}})",
        "booktabs": f"(_, y) => (top: if y == 0 {{1.2pt}}, bottom: if y in ({head}, {last}) {{0.8pt}})",
        "double": '(paint: gray, thickness: 0.5pt, dash: "densely-dotted")',
        "horizontal": f"(_, y) => (bottom: if y == {head} {{1.2pt}} else {{0.4pt + gray}})",
    }.get(look, "none")
    fill = "(_, y) => if calc.even(y) { luma(230) }" if look == "zebra" else "none"
    widths = ", ".join(f"{width:.3f}fr" for width in table.widths)
    sides = ", ".join(
        ("left" if place in table.text else "right") + f" + {align}" for place in range(len(table.widths))
    )
    top = "".join(_typst_row(items, "item", table, bold=True) for items in table.header)
    body = "".join(_typst_row(items, look_, table) for items, look_ in zip(table.rows, table.looks, strict=True))
    return (
        f"#table(columns: ({widths}), align: ({sides}), stroke: {stroke}, fill: {fill}, inset: (x: 4pt, y: 3.5pt), "
        f"table.header({top}), {body})"
    )


def _typst_row(items: Sequence[Cell], look: str, table: Case, *, bold: bool = False) -> str:
    written, at = [], 0
    for item in items:
        text = '#"' + item.text.replace('"', '\\"') + '"' if item.text else ""
        if at not in table.text:
            text = f"#box[{text}]" if text and not bold else text
        text += f"#super[{item.mark}]" if item.mark else ""
        text = f"*{text}*" if text and (bold or look == "sum") else f"_{text}_" if text and look == "section" else text
        text = f"#h(12pt){text}" if look == "inner" and at == 0 else text
        align = ", align: center" if item.span > 1 else ""
        written.append(f"table.cell(colspan: {item.span}, breakable: false{align})[{text}], ")
        at += item.span
    return "".join(written)


# ---- Word, for LibreOffice


def write_docx(kind: str, tables: Sequence[Case], rng: random.Random, path: Path) -> None:
    """Write the same as a Word document."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = rng.choice(("DejaVu Sans", "DejaVu Serif")), Pt(rng.choice((8, 9)))
    section: Any = document.sections[0]
    width = (section.page_width - section.left_margin - section.right_margin) / 12700
    if kind == "columns":
        section._sectPr.xpath("./w:cols")[0].set(_w("num"), "2")  # noqa: SLF001 - python-docx has no word for columns
        width = (width - 50) / 2
    for place, table in enumerate(tables):
        if kind == "beside":
            if place % 2 == 0:
                document.add_heading("Avsnitt", 2)
                document.add_paragraph(paragraph(rng))
                outer = document.add_table(1, 2)
                _docx_row_marks(outer.rows[0], header=False)
            holder = outer.rows[0].cells[place % 2]
            _docx_table(
                holder.add_table(len(table.header) + len(table.rows), len(table.widths)), kind, table, width / 2 - 14
            )
            continue
        document.add_heading(f"Avsnitt {place}", 2)
        document.add_paragraph(paragraph(rng))
        _docx_table(document.add_table(len(table.header) + len(table.rows), len(table.widths)), kind, table, width)
        document.add_paragraph(table.note)
        document.add_paragraph(paragraph(rng))
    document.save(str(path))


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _docx_table(made: Any, kind: str, table: Case, width: float) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VALIGN
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Pt

    look = _look(kind)
    made.autofit = False
    for column, share in zip(made.columns, table.widths, strict=True):
        column.width = Pt(width * share)
    if look == "ruled":
        made.style = "Table Grid"
    valign = {"labels-bottom": VALIGN.BOTTOM, "labels-middle": VALIGN.CENTER}.get(kind, VALIGN.TOP)
    lines = [(items, "head") for items in table.header] + list(zip(table.rows, table.looks, strict=True))
    for number, (items, row_look) in enumerate(lines):
        row = made.rows[number]
        _docx_row_marks(row, header=row_look == "head")
        cells, at = row.cells, 0
        for item in items:
            cell = cells[at].merge(cells[at + item.span - 1]) if item.span > 1 else cells[at]
            cell.width = Pt(width * sum(table.widths[at : at + item.span]))
            cell.vertical_alignment = valign
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.left_indent = Pt(12) if row_look == "inner" and at == 0 else None
            if at not in table.text:
                paragraph.alignment = ALIGN.CENTER if item.span > 1 else ALIGN.RIGHT
            run = paragraph.add_run(item.text)
            run.bold, run.italic = row_look in {"head", "sum"}, row_look == "section"
            if item.mark:
                paragraph.add_run(item.mark).font.superscript = True
            _docx_paint(cell, look, number, last=row_look == "head")
            at += item.span


def _docx_row_marks(row: Any, *, header: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no word for it
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


_DOCX_SIDES = {
    "horizontal": ("bottom",),
    "framed": ("top", "bottom"),
    "booktabs": ("top", "bottom"),
    "upright": ("left", "right"),
    "double": ("top", "left", "bottom", "right"),
}


def _docx_paint(cell: Any, look: str, number: int, *, last: bool) -> None:
    from docx.oxml import OxmlElement

    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - as above
    sides = _DOCX_SIDES.get(look, ())
    if look in {"framed", "booktabs"} and not last:
        sides = ()
    borders = OxmlElement("w:tcBorders")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for key, value in (
            ("val", "double" if look == "double" else "single"),
            ("sz", "12" if last else "4"),
            ("color", "444444"),
        ):
            line.set(_w(key), value)
        borders.append(line)
    properties.append(borders)
    if look == "zebra" and number % 2 == 0:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", "DDE6EE")):
            shade.set(_w(key), value)
        properties.append(shade)
