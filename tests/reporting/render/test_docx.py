"""The Word file, opened as Word's own format and turned to PDF by another program."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import given, settings

from tests.reporting.sample import SPECIAL, large_report, sample_report, staff
from tests.strategies import tables
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Table, shown
from uppsikt.reporting.model import Heading, Paragraph, TableBlock, Words
from uppsikt.reporting.render.docx import render


@pytest.fixture(scope="module")
def made() -> bytes:
    return render(sample_report())


@pytest.fixture
def opened(made: bytes) -> Document:
    return docx.Document(io.BytesIO(made))


def test_headings_have_word_s_own_styles(opened: Document) -> None:
    found = [(p.style.name, p.text) for p in opened.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert [name for name, _ in found] == [
        "Heading 1", "Heading 2", "Heading 1", "Heading 1", "Heading 2", "Heading 2", "Heading 1",
    ]  # fmt: skip
    assert found[1][1] == f"En rubrik som hoppar en nivå {SPECIAL}"
    (title,) = (p.text for p in opened.paragraphs if p.style and p.style.name == "Title")
    assert title == "Verksamhetsberättelse 2024"


def test_the_contents_stand_there_before_anybody_updates_them(opened: Document) -> None:
    entries = [p for p in opened.paragraphs if p.style and p.style.name in ("toc 1", "toc 2")]
    assert [p.text for p in entries][-3:] == ["Indikatorer", "Mål", "Aktiviteter"]
    xml = opened.element.xml
    assert 'TOC \\o "1-2"' in xml
    assert xml.count('w:fldCharType="begin"') == xml.count('w:fldCharType="end"')
    marks = {mark.get(qn("w:name")) for mark in opened.element.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in opened.element.iter(qn("w:hyperlink"))} <= marks


def test_nothing_makes_word_ask_when_it_opens_the_file(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert b"updateFields" not in file.read("word/settings.xml")
        assert b"w:dirty" not in file.read("word/document.xml")


def test_word_opens_it_as_one_of_its_own_and_as_swedish(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        names, settings_xml = file.namelist(), file.read("word/settings.xml").decode()
    assert 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings_xml
    assert '<w:themeFontLang w:val="sv-SE"/>' in settings_xml
    assert '<w:decimalSymbol w:val=","/>' in settings_xml
    assert not [name for name in names if "thumbnail" in name or "WithEffects" in name]


def test_a_number_in_a_sentence_leads_to_its_table(opened: Document) -> None:
    (told,) = (p for p in opened.paragraphs if p.text.startswith("Nettokostnaden är"))
    captions = {p.text.split(".")[0]: p._p for p in opened.paragraphs if p.style and p.style.name == "Caption"}
    marks = {label: caption.find(qn("w:bookmarkStart")).get(qn("w:name")) for label, caption in captions.items()}
    assert {link.text: link.fragment for link in told.hyperlinks} == {
        "632,1 mnkr": marks["Tabell 1"], "21,9 mnkr": marks["Tabell 1"], "13": marks["Tabell 4"],
    }  # fmt: skip
    assert len(set(marks.values())) == len(marks)


def test_rows_look_as_what_they_are(opened: Document) -> None:
    def looks(row: int, column: int) -> tuple[str | None, bool, bool]:
        said = opened.tables[0].rows[row].cells[column].paragraphs[0]
        return said.style and said.style.name, bool(said.runs[0].bold), bool(said.runs[0].italic)

    assert (looks(1, 0), looks(1, 1)) == (("Tabelltext", False, False), ("Tabelltal", False, False))
    assert (looks(5, 0), looks(5, 1)) == (("Tabelltext", True, False), ("Tabelltal", True, False))
    assert looks(6, 0) == ("Tabelltext", False, True)
    assert opened.styles["Tabelltal"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert opened.tables[0].rows[6].cells[0].paragraphs[0].paragraph_format.left_indent == Pt(10)


def test_captions_are_counted_by_word_and_stand_with_what_they_tell_of(opened: Document) -> None:
    captions = [p for p in opened.paragraphs if p.style and p.style.name == "Caption"]
    assert [p.text.split(".")[0] for p in captions] == [
        "Tabell 1", "Diagram 1", "Tabell 2", "Tabell 3", "Diagram 2", "Diagram 3", "Tabell 4", "Tabell 5", "Tabell 6",
        "Tabell 7",
    ]  # fmt: skip
    assert all("SEQ" in p._p.xml for p in captions)
    assert all(p.paragraph_format.keep_with_next for p in captions)


def test_tables_are_tables_with_repeated_heads_and_rows_that_are_not_torn(opened: Document) -> None:
    assert len(opened.tables) == len(sample_report().tables())
    for table in opened.tables:
        rows = table._tbl.tr_lst
        heads = [row for row in rows if row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None]
        assert heads == rows[: len(heads)]
        assert heads
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        widths = {len(row.cells) for row in table.rows}
        assert widths == {len(table.columns)}


def test_every_figure_stands_in_its_own_cell(opened: Document) -> None:
    for block, table in zip(sample_report().tables(), opened.tables, strict=True):
        told = [[cell.text for cell in row.cells] for row in table.rows]
        body = told[len(told) - len(block.table.rows) :]
        for row, texts in zip(block.table.rows, body, strict=True):
            assert texts[0] == row.label
            for column, text in zip(block.table.columns, texts[1:], strict=True):
                cell = block.table.cell(row.key, column.key)
                if isinstance(cell.value, Quantity):
                    assert text.removeprefix("+").startswith(shown(cell, block.table, column))


def test_states_are_a_shape_and_a_word(opened: Document) -> None:
    goals = opened.tables[3]
    assert [row.cells[-1].text for row in goals.rows][1:] == [
        "◐\u00a0Delvis uppnått", "●\u00a0Uppnått", "■\u00a0Ej uppnått", "○\u00a0Ej bedömt",
    ]  # fmt: skip


def test_charts_have_alternative_texts(opened: Document) -> None:
    told = [shape._inline.docPr.get("descr") for shape in opened.inline_shapes]
    assert told == [block.alt for block in sample_report().charts()]


def test_the_file_says_what_it_is_and_in_which_language(opened: Document) -> None:
    told = opened.core_properties
    assert (told.title, told.author, told.language) == (
        "Verksamhetsberättelse 2024", "Kommunstyrelsen i Linköping", "sv-SE",
    )  # fmt: skip
    languages = {lang.get(qn("w:val")) for lang in opened.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    under = "".join(text.text or "" for text in opened.sections[0].footer.part.element.iter(qn("w:t")))
    assert under.startswith("Per den 31 december 2024 · Beslutad KS 2025-02-11 § 41, version 2sida ")


def wide_table(number: int) -> TableBlock:
    table = staff(f"bred-{number}")
    columns = tuple(replace(table.columns[0], key=f"y{year}", label=str(year)) for year in range(2005, 2027))
    cells = {(row.key, c.key): table.cells[row.key, "outcome-2019"] for row in table.rows for c in columns}
    return TableBlock(number, "Bred", replace(table, columns=columns, cells=cells), f"t{number}")


def test_a_table_that_is_too_wide_turns_its_page_with_its_heading_and_no_other() -> None:
    words = Paragraph((Words("Ett stycke."),))
    blocks = (words, Heading(1, "Breda tabeller", "f"), wide_table(1), wide_table(2), Heading(1, "Efter", "e"), words)
    opened = docx.Document(io.BytesIO(render(replace(sample_report(), blocks=blocks, notes=()))))
    assert [section.orientation for section in opened.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    turned = [inner.text for inner in opened.sections[1].iter_inner_content() if isinstance(inner, WordParagraph)]
    assert turned[0] == "Breda tabeller"
    assert "Efter" not in turned
    assert opened.sections[1].page_width == opened.sections[0].page_height
    assert not opened.sections[1].different_first_page_header_footer


@settings(max_examples=15, deadline=None)
@given(tables())
def test_any_table_can_be_set(table: Table) -> None:
    report = replace(sample_report(), blocks=(TableBlock(1, table.title, table, "t"),), notes=())
    opened = docx.Document(io.BytesIO(render(report)))
    assert len(opened.tables[0].rows) >= len(table.rows) + 1


def test_strange_characters_stop_no_report() -> None:
    strange = "\x00\x07\ud83d 😀 \ufffe \x1f ]]> & <w:p>"
    report = replace(sample_report(), title=strange, organisation=strange, blocks=(
        Heading(1, strange, strange), Paragraph((Words(strange),)),
        replace(sample_report().charts()[0], alt=strange, caption=strange)))  # fmt: skip
    opened = docx.Document(io.BytesIO(render(report)))
    assert any("😀" in p.text and "]]> & <w:p>" in p.text for p in opened.paragraphs)


def test_another_program_can_open_it(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) finns inte på den här maskinen.")
    (tmp_path / "rapport.docx").write_bytes(render(large_report(6, 2)))
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", tmp_path, tmp_path / "rapport.docx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    file = pypdfium2.PdfDocument((tmp_path / "rapport.pdf").read_bytes())
    text = "\n".join(page.get_textpage().get_text_range() for page in file)
    file.close()
    assert "Summa nettokostnader" in text
    assert "sida 2 av" in text
