"""The structure that a file tells of itself: what is taken from it, and where it is not believed."""

from __future__ import annotations

import pikepdf

from tests.documents.pdf.typeset import WORDS, changed, headings, read, tables, texts, typeset
from uppsikt.documents.model import Grid

TABLE = (
    "#table(columns: 3, table.header([Enhet], [Budget], [Utfall]), [Kansliet], [1 200], [1 150], [Skolan], [], [3 610])"
)


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == f"/{kind}"]


def grid(data: bytes) -> Grid:
    return next(block for block in read(data).blocks if isinstance(block, Grid))


def test_header_rows_captions_and_spans_are_taken():
    source = f"#figure(caption: [Drift, tkr], {TABLE[1:]})"
    found = grid(typeset(source))
    assert [row.header for row in found.rows] == [True, False, False]
    assert found.caption.endswith("Drift, tkr")
    header = "table.header([], table.cell(colspan: 2)[År 2024], [Enhet], [Budget], [Utfall])"
    spanning = f"#table(columns: 3, {header}, [a], [1], [2])"
    assert [(cell.text, cell.column, cell.span) for cell in grid(typeset(spanning)).rows[0].cells] == [
        ("År 2024", 1, 2)
    ]


def test_a_cell_over_several_rows_leaves_their_places_empty():
    cells = "table.cell(rowspan: 2)[Samhälle], [Trygghet], [Nått], [Klimat], [Ej nått]"
    source = f"#table(columns: 3, [Område], [Mål], [Läge], {cells})"
    found = grid(typeset(source))
    assert next((cell.text, cell.column, cell.down) for cell in found.rows[1].cells) == ("Samhälle", 0, 2)
    assert [(cell.text, cell.column) for cell in found.rows[2].cells] == [("Klimat", 1), ("Ej nått", 2)]


def test_empty_cells_that_the_tags_leave_out_leave_their_place():
    """As some programs do it: the row has only the cells that hold something."""

    def drop(pdf: pikepdf.Pdf) -> None:
        row = elements(pdf, "TR")[-1]
        row.K = pikepdf.Array([cell for cell in row.K if list(cell.get("/K", []))])

    assert tables(read(changed(typeset(TABLE), drop)))[0][2] == ["Skolan", "", "3 610"]


def test_a_row_that_a_page_break_splits_is_one():
    tall = " #parbreak() ".join(["Aktiviteten är genomförd."] * 12)
    table = f"#table(columns: 2, [Mål], [Läge], [Trygghet], [{tall}], [Klimat], [Pågår])"
    source = f"#set page(height: 7cm, width: 12cm, margin: 1cm)\n{table}"
    found = grid(typeset(source))
    assert [row.text(0) for row in found.rows] == ["Mål", "Trygghet", "Klimat"]
    assert found.rows[1].text(1).count("genomförd") == 12


def test_headings_by_tags_need_no_size():
    source = (
        f"#show heading: it => block(text(size: 10pt, weight: 400, it.body))\n= Ekonomi\n{WORDS}\n== Drift\n{WORDS}"
    )
    assert headings(read(typeset(source))) == [(1, "Ekonomi"), (2, "Drift")]


def test_a_table_within_a_table_is_left_to_what_the_page_shows():
    inner = "#table(columns: 2, stroke: none, [x], [1])"
    content = read(typeset(f"#table(columns: 2, [Enhet], [Del], [Skolan], [{inner}])"))
    said = " ".join(texts(content)) + " ".join(text for table in tables(content) for row in table for text in row)
    assert "Skolan" in said
    assert "Del" in said


def test_artifacts_are_left_out_only_where_the_tags_know_the_page():
    """All text of a page that is called an artifact is still its text."""

    def rename(pdf: pikepdf.Pdf) -> None:
        for kind in ("P", "Span"):
            for element in elements(pdf, kind):
                element.K = pikepdf.Array([])
        page = pdf.pages[0]
        page.contents_coalesce()
        page.Contents.write(page.Contents.read_bytes().replace(b"/Span <</MCID", b"/Artifact <</Nr"))

    assert "Nämnden" in " ".join(texts(read(changed(typeset(WORDS), rename))))


def test_one_tagged_heading_among_many_that_are_not_does_not_hide_them():
    chapters = [f"#text(16pt, weight: 700)[Kapitel {name}]\n\n{WORDS}" for name in "abcdefghijkl"]
    found = headings(read(typeset("= Inledning\n" + "\n#pagebreak()\n".join(chapters))))
    assert [text for _, text in found] == ["Inledning", *(f"Kapitel {name}" for name in "abcdefghijkl")]
