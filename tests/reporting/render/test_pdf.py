"""The PDF, read as a file: tags, language, names, alternative texts, figures, and that nothing is cut off."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings

from tests.reporting.sample import SPECIAL, investments, large_report, sample_report, staff
from tests.strategies import tables
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Column, ColumnRole, Table, shown
from uppsikt.reporting.model import ChartBlock, Heading, Paragraph, Report, TableBlock, Words
from uppsikt.reporting.render import pdf
from uppsikt.reporting.render.coverage import printable

# This checker's rule on colour spaces takes an array for a dictionary and stops; veraPDF, where it is, covers the rule.
STUMBLES = {"UA-14-001"}


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.render(sample_report())


@pytest.fixture
def opened(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made)) as file:
        yield file


def structure(node: Any, inside: tuple[str, ...] = ()) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Walk the elements of the structure tree in reading order, each with the names of those around it."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from structure(child, inside)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node, inside
        yield from structure(node.get("/K", pikepdf.Array()), (*inside, str(node.S)))


def elements(file: pikepdf.Pdf, name: str) -> list[Any]:
    return [node for node, _ in structure(file.Root.StructTreeRoot.K) if str(node.S) == name]


def text_of(data: bytes) -> str:
    file = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in file]
    file.close()
    return "\n".join(pages)


def bare(text: str) -> str:
    """Take away spaces and line breaks, also those inside words that were broken over lines."""
    return re.sub(r"[\s\u00ad\ufffe]", "", text)


def report_of(*found: Table) -> Report:
    blocks = tuple(TableBlock(n, one.title, one, f"tabell-{n}") for n, one in enumerate(found, start=1))
    return replace(sample_report(), blocks=blocks, notes=())


def test_it_says_what_it_is_and_in_which_language(opened: pikepdf.Pdf) -> None:
    root = opened.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "sv-SE"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    told = opened.open_metadata()
    assert told["pdfuaid:part"] == "1"
    assert told["dc:title"] == "Verksamhetsberättelse 2024"
    assert "Kommunstyrelsen i Linköping" in str(told["dc:creator"])


def test_tables_have_heads_that_say_what_they_head(opened: pikepdf.Pdf) -> None:
    assert len(elements(opened, "/Table")) == len(sample_report().tables())
    heads = elements(opened, "/TH")
    assert heads
    for head in heads:
        scopes = [attribute.get("/Scope") for attribute in pikepdf.Array(head.A)]
        assert any(str(scope) == "/Column" for scope in scopes if scope is not None)
    captions = [inside[-1] for node, inside in structure(opened.Root.StructTreeRoot.K) if str(node.S) == "/Caption"]
    assert captions.count("/Table") == len(sample_report().tables())


def test_charts_have_alternative_texts(opened: pikepdf.Pdf) -> None:
    told = [str(figure.Alt) for figure in elements(opened, "/Figure")]
    assert told == [block.alt for block in sample_report().charts()]


def test_headings_come_in_order_and_stand_as_bookmarks(opened: pikepdf.Pdf) -> None:
    names = [str(node.S) for node, _ in structure(opened.Root.StructTreeRoot.K) if re.match(r"/H\d", str(node.S))]
    levels = [0, *(int(name[2:]) for name in names)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    with opened.open_outline() as outline:
        found = [entry.title for entry in outline.root]
    assert found == ["Året i korthet", "Investeringar", "Indikatorer", "Utelämnat"]


@pytest.mark.parametrize("report", [sample_report(), large_report(10, 3)], ids=["sample", "large"])
def test_the_checker_finds_nothing(report: Report, tmp_path: Path) -> None:
    (tmp_path / "rapport.pdf").write_bytes(pdf.render(report))
    told = pdfua.validate(str(tmp_path / "rapport.pdf"))
    assert told.findings == ()
    assert {outcome.rule_id for outcome in told.skipped} <= STUMBLES


def test_the_validator_finds_nothing(tmp_path: Path, made: bytes) -> None:
    verapdf = shutil.which("verapdf")
    if verapdf is None:
        pytest.skip("Programmet verapdf finns inte på den här maskinen.")
    (tmp_path / "rapport.pdf").write_bytes(made)
    told = subprocess.run([verapdf, "--flavour", "ua1", "--format", "text", tmp_path / "rapport.pdf"],
                          capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("report", [sample_report(), large_report()], ids=["sample", "large"])
def test_every_figure_of_every_table_stands_there(report: Report) -> None:
    text = bare(text_of(pdf.render(report)))
    for block in report.tables():
        for _, column, cell in block.table.filled():
            if isinstance(cell.value, Quantity):
                assert bare(shown(cell, block.table, column)) in text


def test_texts_stand_as_they_were_written(made: bytes) -> None:
    text = bare(text_of(made))
    assert text.count(bare(SPECIAL)) >= 3
    assert "□□□slut" in text  # what the font lacks is seen to be lacking


def test_every_page_has_its_number_and_what_it_stands_on(made: bytes) -> None:
    file = pypdfium2.PdfDocument(made)
    for number, page in enumerate(file, start=1):
        text = page.get_textpage().get_text_range()
        assert f"sida {number} av {len(file)}" in text
        assert "Per den 31 december 2024 · Beslutad KS 2025-02-11 § 41, version 2" in text
        assert "Kommunstyrelsen i Linköping" in text
    file.close()


def inside_the_paper(data: bytes) -> bool:
    file = pypdfium2.PdfDocument(data)
    for page in file:
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            if left < 20 or bottom < 20 or right > width - 20 or top > height - 20:
                return False
    return True


def test_nothing_is_cut_off_at_the_edge(made: bytes) -> None:
    assert inside_the_paper(made)
    assert inside_the_paper(pdf.render(large_report()))


def test_a_table_that_is_too_wide_turns_the_page() -> None:
    table = staff()
    columns = tuple(replace(table.columns[0], key=f"y{year}", label=str(year)) for year in range(2010, 2026))
    cells = {(row.key, c.key): table.cells[row.key, "outcome-2019"] for row in table.rows for c in columns}
    data = pdf.render(report_of(investments(), replace(table, columns=columns, cells=cells)))
    file = pypdfium2.PdfDocument(data)
    assert [page.get_width() > page.get_height() for page in file] == [False, True]
    assert inside_the_paper(data)


def test_a_caption_never_stands_alone_at_the_foot_of_a_page() -> None:
    """Filled line by line, some page must break right after a caption, if captions could be left alone."""
    report = sample_report()
    table = next(block for block in report.tables() if block.table.key == "aktiviteter")
    chart = report.charts()[0]
    for lines in range(28, 48, 2):
        filling = tuple(Paragraph((Words(f"Rad {n}"),)) for n in range(lines))
        file = pypdfium2.PdfDocument(
            pdf.render(replace(report, blocks=(*filling, Heading(1, "Rubrik", "r"), table, chart)))
        )
        for page in file:
            last = page.get_textpage().get_text_range().split("Per den")[0].strip().splitlines()[-1]
            assert not last.startswith(("Tabell", "Diagram", "Rubrik", "Benämning"))


def test_the_heads_of_a_long_table_are_repeated(made: bytes) -> None:
    file = pypdfium2.PdfDocument(made)
    pages = [page.get_textpage().get_text_range() for page in file]
    long = [page for page in pages if "Aktivitet " in page and "Kommentar" in page]
    assert len(long) == sum("Aktivitet " in page for page in pages[1:]) >= 3


@settings(max_examples=25, deadline=None)
@given(tables())
def test_any_table_can_be_set(table: Table) -> None:
    assert pdf.render(report_of(table)).startswith(b"%PDF")


def test_a_report_without_headings_or_with_nothing_at_all() -> None:
    assert len(pypdfium2.PdfDocument(pdf.render(replace(sample_report(), blocks=(), notes=())))) == 1


def test_strange_characters_stop_no_report() -> None:
    strange = "\x00\x07\ud83d 😀👩‍👩‍👧 العربية a\u030a \u2028 ﬁ \ufeff \t tab"
    column = Column("c", strange, ColumnRole.TEXT)
    table = replace(staff(), columns=(column,), cells={}, title=strange)
    blocks = (Heading(1, strange, strange), Paragraph((Words(strange),)), TableBlock(1, strange, table, "t"))
    chart = replace(sample_report().charts()[0], alt=strange, caption=strange)
    made = pdf.render(replace(sample_report(), title=strange, organisation=strange, blocks=(*blocks, chart)))
    assert "□" in text_of(made)
    assert "å" in text_of(made)  # a letter with a loose ring is the letter


def test_what_the_font_can_draw_is_left_alone() -> None:
    table = printable()
    assert "Åäö é ł § ½ − – • → 5 m²".translate(table) == "Åäö é ł § ½ − – • → 5 m²"
    assert "漢\u2069字".translate(table) == "□□"


def test_every_chart_is_drawn_no_wider_than_the_page(made: bytes) -> None:
    wide = replace(sample_report().charts()[0], spec={**sample_report().charts()[0].spec, "width": 1400})
    assert isinstance(wide, ChartBlock)
    assert inside_the_paper(pdf.render(replace(sample_report(), blocks=(wide,))))
