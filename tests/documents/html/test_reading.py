"""Web pages: what a browser prints is read."""

from __future__ import annotations

import pytest

from uppsikt.documents.model import DocumentError, Grid, Heading, Limits, Paragraph
from uppsikt.documents.opening import open_content


def read(body: str, **limits: int) -> tuple[object, ...]:
    page = f"<!doctype html><meta charset=utf-8><title>x</title>{body}"
    return open_content(page.encode(), "rapport.html", Limits(**limits)).blocks


def grid(body: str) -> Grid:
    return next(block for block in read(body) if isinstance(block, Grid))


def test_headings_paragraphs_and_items_come_in_order() -> None:
    assert read("<h2>Ekonomi</h2><div>Utfallet <b>12,5</b> mnkr<br>i år<p>Nästa</p>slut</div><ul><li>punkt</ul>") == (
        Heading("Ekonomi", 2),
        Paragraph("Utfallet 12,5 mnkr i år"),
        Paragraph("Nästa"),
        Paragraph("slut"),
        Paragraph("punkt", item=True),
    )


def test_spans_are_placed_as_a_browser_places_them() -> None:
    read_grid = grid(
        "<table><caption>Projekt, mnkr</caption><thead><tr><th rowspan=2>Projekt<th colspan=2>Sedan start"
        "<tr><th>Budget<th>Utfall</thead><tr><td>Simhall<td>9,5<td>8,4</table>"
    )
    assert (read_grid.caption, read_grid.width) == ("Projekt, mnkr", 3)
    assert [[(cell.text, cell.column) for cell in row.cells] for row in read_grid.rows] == [
        [("Projekt", 0), ("Sedan start", 1)],
        [("Budget", 1), ("Utfall", 2)],
        [("Simhall", 0), ("9,5", 1), ("8,4", 2)],
    ]
    assert [row.header for row in read_grid.rows] == [True, True, False]


def test_looks_marks_and_indents_are_kept() -> None:
    row = grid(
        "<table><tr><th>a<th>b<tr><td style='padding-left: 32px'><i>varav</i><td><b>95</b><sup>1</sup></table>"
    ).rows[1]
    assert (row.cells[0].text, row.cells[0].indent) == ("varav", 2)
    assert (row.cells[1].text, row.cells[1].marks) == ("95", ("1",))
    assert row.cells[0].italic
    assert row.cells[1].bold


def test_what_is_hidden_is_not_read() -> None:
    body = "<p>synligt</p><p hidden>a</p><p style='display:none'>b</p><script>c</script><style>d</style><nav>e</nav>"
    assert read(body) == (Paragraph("synligt"),)


def test_a_table_that_only_lays_out_gives_what_it_holds() -> None:
    blocks = read(
        "<table role=presentation><tr><td><p>vänster</p><td><table><tr><td>a<td>1<tr><td>b<td>2</table></table>"
    )
    assert isinstance(blocks[1], Grid)
    assert blocks[0] == Paragraph("vänster")


def test_a_table_in_a_cell_stands_after_the_table() -> None:
    blocks = read("<table><tr><td>yttre<td><table><tr><td>inre<td>1</table><tr><td>x<td>2</table>")
    assert [block.rows[0].text(0) for block in blocks if isinstance(block, Grid)] == ["yttre", "inre"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_the_encoding_is_found(encoding: str) -> None:
    blocks = open_content("<html><body><p>Åtgärder på höjden</p></body></html>".encode(encoding), "sida.html").blocks
    assert blocks == (Paragraph("Åtgärder på höjden"),)


@pytest.mark.parametrize("body", ["", "<p> </p>", "<table>" + "<tr><td>x<td>y" * 3, "<p>" + "ä" * 9])
def test_nothing_and_too_much_are_refused_with_one_line(body: str) -> None:
    with pytest.raises(DocumentError, match=r"^rapport\.html innehåller"):
        read(body, cells=5, characters=8)


def test_a_page_that_nests_without_end_is_read_as_far_as_it_goes() -> None:
    assert read("<p>först</p>" + "<div>" * 5000 + "djupt")[0] == Paragraph("först")


def test_a_wide_span_is_bounded() -> None:
    assert grid("<table><tr><td colspan=99999>x<td>y<tr><td>a<td>b</table>").width <= 1001
