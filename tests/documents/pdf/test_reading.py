"""Headings, paragraphs and tables in the order in which a person reads them; tagged and without tags."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.documents.pdf.typeset import WORDS, changed, headings, read, tables, texts, typeset, untagged
from uppsikt.documents.model import Grid, Heading, Paragraph

TABLE = "#table(columns: 3, [Enhet], [Budget], [Utfall], [Kansliet], [1 200], [1 150], [Skolan], [3 400], [3 610])"
ROWS = [["Enhet", "Budget", "Utfall"], ["Kansliet", "1 200", "1 150"], ["Skolan", "3 400", "3 610"]]
both = pytest.mark.parametrize("made", [lambda data: data, untagged], ids=["tagged", "untagged"])


def flat(text: str) -> str:
    return " ".join(text.split())


@both
def test_headings_have_the_levels_that_their_sizes_show(made):
    source = f"= Ekonomi\n{WORDS}\n== Drift\n{WORDS}\n=== Kansliet\n{WORDS}\n= Personal\n{WORDS}"
    content = read(made(typeset(source)))
    assert headings(content) == [(1, "Ekonomi"), (2, "Drift"), (3, "Kansliet"), (1, "Personal")]
    assert [flat(text) for text in texts(content)] == [flat(WORDS)] * 4


@both
def test_text_in_columns_is_read_column_by_column(made):
    first, second = "alfa " * 130, "omega " * 130
    source = f"= Över hela sidan\n{WORDS}\n#columns(2)[{first} #colbreak() {second}]\n\nSlutet. {WORDS}"
    said = " ".join(texts(read(made(typeset(source)))))
    assert said.count("alfa") == said.count("omega") == 130
    assert said.rindex("alfa") < said.index("omega")
    assert said.rindex("omega") < said.index("Slutet.")


@both
def test_three_narrow_columns_are_three(made):
    parts = ["ett ord " * 40, "två ord " * 40, "tre ord " * 40]
    source = f"#columns(3, gutter: 12pt)[{' #colbreak() '.join(parts)}]"
    said = " ".join(texts(read(made(typeset(source)))))
    assert said.rindex("ett") < said.index("två")
    assert said.rindex("två") < said.index("tre")


@both
def test_running_headers_and_page_numbers_are_left_out(made):
    header, footer = "Ekeby kommun #h(1fr) Årsredovisning 2024", "#h(1fr) Sida #counter(page).display()"
    source = f"#set page(header: [{header}], footer: context [{footer}])\n"
    source += "\n#pagebreak()\n".join(f"== Kapitel {name}\n{WORDS * 12}" for name in ("ett", "två", "tre", "fyra"))
    content = read(made(typeset(source)))
    said = " ".join(texts(content))
    assert "Ekeby" not in said
    assert "Sida" not in said
    assert [text for _, text in headings(content)] == ["Kapitel ett", "Kapitel två", "Kapitel tre", "Kapitel fyra"]


@both
def test_the_repeated_header_of_a_table_is_no_running_header(made):
    rows = ", ".join(f"[Enhet {number}], [{number}], [{number + 1}]" for number in range(150))
    header = "table.header([Enhet], [Budget], [Utfall])"
    source = f"#set page(footer: context counter(page).display())\n#table(columns: 3, {header}, {rows})"
    content = read(made(typeset(source)))
    read_rows = [row for table in tables(content) for row in table if row[0] != "Enhet"]
    assert read_rows == [[f"Enhet {number}", str(number), str(number + 1)] for number in range(150)]
    assert not texts(content)


@both
def test_a_table_stands_between_the_texts_around_it(made):
    content = read(made(typeset(f"Före tabellen.\n{TABLE}\nEfter tabellen.")))
    kinds = [type(block) for block in content.blocks]
    assert kinds == [Paragraph, Grid, Paragraph]
    assert tables(content) == [ROWS]
    grid = content.blocks[1]
    assert isinstance(grid, Grid)
    assert all(cell.box is not None and cell.box.page == 1 for row in grid.rows for cell in row.cells)


@both
def test_bullets_numbers_and_notes_are_told(made):
    source = f"{WORDS}\n- en punkt som är så lång att den tar mer än en rad på sidan, och mer än så\n- en till\n"
    source += "Text med not#footnote[Exklusive bidrag.] i sig.\n"
    content = read(made(typeset(source)))
    paragraphs = [block for block in content.blocks if isinstance(block, Paragraph)]
    assert [block.text[:8] for block in paragraphs if block.item] == ["en punkt", "en till"]
    assert [block.text for block in paragraphs if block.note] == ["1 Exklusive bidrag."]
    assert any(block.text == "Text med not i sig." for block in paragraphs)


@both
def test_entries_of_a_table_of_contents_are_no_headings(made):
    source = f"#outline(title: [Innehåll])\n#pagebreak()\n= Ekonomi\n{WORDS}\n== Drift\n{WORDS}\n= Personal\n{WORDS}"
    content = read(made(typeset(source)))
    assert [text for _, text in headings(content)] == ["Innehåll", "Ekonomi", "Drift", "Personal"]
    entries = [block.text for block in content.blocks if isinstance(block, Paragraph) and block.page == 1]
    assert entries == ["Ekonomi", "Drift", "Personal"]
    assert not tables(content)


@both
def test_words_divided_at_the_end_of_a_line_are_mended(made):
    source = "#set page(width: 7cm, height: auto)\n#set par(justify: true)\n#set text(hyphenate: true)\n" + WORDS * 3
    assert flat(" ".join(texts(read(made(typeset(source)))))) == flat(WORDS * 3)


def turned(pdf: pikepdf.Pdf) -> None:
    """Turn the pages as they are shown by a quarter: the text runs sideways."""
    for page in pdf.pages:
        page.rotate(90, relative=True)


def laid_down(pdf: pikepdf.Pdf) -> None:
    """Draw the pages on their side and turn them back for showing, as scanners and some printers do."""
    for page in pdf.pages:
        _, _, width, height = (float(side) for side in page.mediabox)
        page.obj.MediaBox = [0, 0, height, width]
        page.contents_add(b"q 0 1 -1 0 %f 0 cm " % height, prepend=True)
        page.contents_add(b" Q")
        page.rotate(90, relative=False)


@both
@pytest.mark.parametrize("turn", [turned, laid_down])
def test_turned_pages_are_read_like_upright_ones(made, turn):
    source = f"= Rubrik\n{WORDS}\n{TABLE}\nEfter."
    straight, sideways = read(made(typeset(source))), read(changed(made(typeset(source)), turn))
    assert tables(sideways) == tables(straight) == [ROWS]
    assert headings(sideways) == headings(straight)
    assert texts(sideways) == texts(straight)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_boxes_lie_on_the_page_as_it_is_shown(turns):
    """The box of the last cell is where the page's picture is dark and its surroundings are not."""
    data = changed(typeset(TABLE), lambda pdf: [page.rotate(90 * turns, relative=True) for page in pdf.pages])
    content = read(data)
    size = content.sizes[0]
    straight = read(typeset(TABLE)).blocks[0]
    grid = content.blocks[0]
    assert isinstance(grid, Grid)
    assert isinstance(straight, Grid)
    box, plain = grid.rows[-1].cells[-1].box, straight.rows[-1].cells[-1].box
    assert box is not None
    assert plain is not None
    expected = {
        0: (plain.left, plain.top),
        1: (size.width - plain.bottom, plain.left),
        2: (size.width - plain.right, size.height - plain.bottom),
        3: (plain.top, size.height - plain.right),
    }[turns]
    assert (box.left, box.top) == pytest.approx(expected, abs=1)


def test_a_tagged_table_over_pages_is_one():
    rows = ", ".join(f"[Enhet {number}], [{number}]" for number in range(120))
    content = read(typeset(f"#table(columns: 2, table.header([Enhet], [Utfall]), {rows})"))
    (grid,) = (block for block in content.blocks if isinstance(block, Grid))
    assert len(grid.rows) == 121
    assert [row.header for row in grid.rows].count(True) == 1
    assert {row.page for row in grid.rows} == {1, 2, 3, 4}


def test_tags_that_the_page_does_not_bear_out_are_not_believed():
    """All cells of a row are put into one by its tags; the page shows three columns."""

    def lie(pdf: pikepdf.Pdf) -> None:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TR":
                cells = list(thing.K)
                cells[0].K = pikepdf.Array([content for cell in cells for content in _contents(cell)])
                thing.K = pikepdf.Array([cells[0]])

    assert tables(read(changed(typeset(TABLE), lie))) == [ROWS]


def _contents(cell: pikepdf.Object) -> list[pikepdf.Object]:
    kids = cell.K
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def test_tags_that_go_round_in_a_circle_end():
    def bite(pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        document = root.K[0] if isinstance(root.K, pikepdf.Array) else root.K
        document.K.append(document)

    assert read(changed(typeset(f"= Rubrik\n{TABLE}"), bite)).blocks


def test_progress_counts_the_pages():
    told: list[tuple[int, int]] = []
    from uppsikt.documents.model import Limits
    from uppsikt.documents.pdf import read_pdf

    read_pdf(typeset("ett #pagebreak() två #pagebreak() tre"), "x.pdf", Limits(), lambda *at: told.append(at))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_every_text_has_a_place():
    content = read(typeset(f"= Rubrik\n{WORDS}\n{TABLE}"))
    for block in content.blocks:
        if isinstance(block, Heading | Paragraph):
            assert block.box is not None
            assert 0 < block.box.left < block.box.right < content.sizes[0].width
            assert 0 < block.box.top < block.box.bottom < content.sizes[0].height


def test_a_linearised_and_packed_file_reads_the_same():
    data = typeset(f"= Rubrik\n{WORDS}\n{TABLE}")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(out, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert read(out.getvalue()).blocks == read(data).blocks


def test_colour_behind_a_row_that_is_tagged_is_no_cell():
    """As Chromium does it: the row holds a marked content of its own before its cells."""

    def colour(pdf: pikepdf.Pdf) -> None:
        rows = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TR"]
        for place, row in enumerate(rows):
            row.Pg = pdf.pages[0].obj
            row.K.insert(0, 900 + place)

    assert tables(read(changed(typeset(TABLE), colour))) == [ROWS]
