"""Word documents: what is printed is read, and what is hostile is refused with one line."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from uppsikt.documents.model import Content, DocumentError, Grid, Heading, Limits, Paragraph
from uppsikt.documents.opening import open_content


def saved(document: docx.document.Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(document: docx.document.Document, **limits: int) -> Content:
    return open_content(saved(document), "rapport.docx", Limits(**limits))


def with_part(data: bytes, part: str, text: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, text if info.filename == part else old.read(info))
    return stream.getvalue()


def grid_of(content: Content) -> Grid:
    return next(block for block in content.blocks if isinstance(block, Grid))


def test_headings_paragraphs_and_list_items_come_in_order() -> None:
    document = docx.Document()
    document.add_heading("Ekonomi", 1)
    document.add_paragraph("Utfallet är 12,5 mnkr.")
    document.add_paragraph("en punkt", style="List Bullet")
    assert read(document).blocks == (
        Heading("Ekonomi", 1),
        Paragraph("Utfallet är 12,5 mnkr."),
        Paragraph("en punkt", item=True),
    )


def test_a_table_keeps_spans_looks_and_the_caption_over_it() -> None:
    document = docx.Document()
    document.add_paragraph("Tabell 1. Utfall", style="Caption")
    table = document.add_table(3, 3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Sedan start"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Projekt"
    for column, text in ((1, "Budget"), (2, "Utfall")):
        table.cell(1, column).text = text
    table.cell(2, 0).paragraphs[0].add_run("Summa").bold = True
    table.cell(2, 2).text = "1\u00a0200"
    grid = grid_of(read(document))
    assert grid.caption == "Tabell 1. Utfall"
    assert grid.width == 3
    first = grid.rows[0].cells
    assert [(cell.text, cell.column, cell.span, cell.down) for cell in first] == [
        ("Projekt", 0, 1, 2),
        ("Sedan start", 1, 2, 1),
    ]
    assert [(cell.text, cell.column) for cell in grid.rows[1].cells] == [("Budget", 1), ("Utfall", 2)]
    assert grid.rows[2].cells[0].bold
    assert grid.rows[2].text(2) == "1\u00a0200"


def test_a_raised_number_is_a_mark_and_not_a_digit() -> None:
    document = docx.Document()
    paragraph = document.add_table(1, 2).cell(0, 1).paragraphs[0]
    paragraph.add_run("95")
    paragraph.add_run("1").font.superscript = True
    cell = grid_of(read(document)).rows[0].cells[1]
    assert (cell.text, cell.marks) == ("95", ("1",))


def test_deleted_text_is_not_printed_and_inserted_text_is() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Utfall ")
    for tag, text_tag, text in (("w:del", "w:delText", "11"), ("w:ins", "w:t", "12")):
        change, run, letters = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        letters.text = text
        run.append(letters)
        change.append(run)
        paragraph._p.append(change)
    assert read(document).blocks == (Paragraph("Utfall 12"),)


def test_pages_are_those_that_the_document_breaks() -> None:
    document = docx.Document()
    document.add_paragraph("ett")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("två")
    content = read(document)
    assert [block.page for block in content.blocks] == [None, 2]
    assert content.pages == 2


def test_a_repeated_header_row_is_known_as_a_header() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    assert [row.header for row in grid_of(read(document)).rows] == [True, False]


def test_a_table_in_a_cell_stands_after_the_table() -> None:
    document = docx.Document()
    outer = document.add_table(2, 2)
    inner = outer.cell(0, 0).add_table(2, 2)
    inner.cell(1, 1).text = "7"
    grids = [block for block in read(document).blocks if isinstance(block, Grid)]
    assert [grid.rows[1].text(1) for grid in grids] == ["", "7"]


def bomb() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{entities}]><d>&a11;</d>'.encode()


@pytest.mark.parametrize(
    ("part", "text", "says"),
    [
        ("word/document.xml", bomb(), "dokumenttypsdeklaration|trasig"),
        (
            "word/document.xml",
            b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
            "dokumenttyp|trasig",
        ),
        ("word/document.xml", b"<a>" * 100_000, "trasig"),
        ("word/document.xml", b"<not-word/>", "trasig"),
        ("word/styles.xml", b" " * 3_000_000, "orimligt stor"),
    ],
)
def test_hostile_xml_is_refused(part: str, text: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        open_content(with_part(saved(docx.Document()), part, text), "rapport.docx", Limits(unpacked=2_000_000))


def test_a_zip_bomb_is_refused_whatever_size_it_declares() -> None:
    data = with_part(saved(docx.Document()), "word/document.xml", b"<a>" + b" " * 30_000_000 + b"</a>")
    lying = data.replace((30_000_007).to_bytes(4, "little"), (7).to_bytes(4, "little"))
    assert lying != data
    for bad in (data, lying):
        with pytest.raises(DocumentError):
            open_content(bad, "rapport.docx", Limits(unpacked=1_000_000))


@pytest.mark.parametrize("limit", ["cells", "characters"])
def test_what_is_unreasonably_large_is_refused(limit: str) -> None:
    document = docx.Document()
    document.add_paragraph("mycket text")
    document.add_table(3, 3)
    with pytest.raises(DocumentError, match="orimligt"):
        read(document, **{limit: 5})


def test_other_packages_are_named_for_what_they_are() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(DocumentError, match="Excel"):
        open_content(stream.getvalue(), "tabell.xlsx")


def test_a_document_without_text_says_what_to_do() -> None:
    with pytest.raises(DocumentError, match="tolkas till text"):
        read(docx.Document())


def test_hidden_text_is_left_out() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("synligt ")
    hidden = paragraph.add_run("dolt")
    hidden._r.get_or_add_rPr().append(OxmlElement("w:vanish"))
    assert hidden._r.rPr is not None
    assert hidden._r.rPr.find(qn("w:vanish")) is not None
    assert read(document).blocks == (Paragraph("synligt"),)
