"""Letters that deceive: raised digits of a font, thin spaces before marks, text that nobody sees."""

from __future__ import annotations

import pikepdf
import pytest

from tests.documents.pdf.typeset import WORDS, changed, read, tables, texts, typeset
from uppsikt.documents.model import Grid


def cell(source: str) -> tuple[str, tuple[str, ...]]:
    """Give text and marks of the last cell of a table."""
    grid = next(block for block in read(typeset(source)).blocks if isinstance(block, Grid))
    last = grid.rows[-1].cells[-1]
    return last.text, last.marks


@pytest.mark.parametrize("typographic", ["true", "false"], ids=["of the font", "small and high"])
@pytest.mark.parametrize(
    ("mark", "between"), [("1", ""), ("1)", ""), ("1)", "#h(0.2em)"), ("2", "#sym.space.nobreak.narrow")]
)
def test_a_footnote_digit_is_no_digit_of_the_number(typographic, mark, between):
    table = f"#table(columns: 2, [Enhet], [Utfall], [Skolan], [95{between}#super[{mark}]])"
    source = f"#set super(typographic: {typographic})\n{table}"
    assert cell(source) == ("95", (mark,))


def test_a_thin_space_within_a_raised_mark_joins_nothing():
    source = "#table(columns: 2, [Enhet], [Utfall], [Skolan], [7#super(typographic: false)[\u202f1)]])"
    assert cell(source) == ("7", ("1)",))


def test_square_metres_are_no_footnotes():
    assert cell("#table(columns: 2, [Enhet], [Yta], [Skolan], [1 200 m²])") == ("1 200 m²", ())
    assert texts(read(typeset("Ytan är 1 200 m#super[2] totalt."))) == ["Ytan är 1 200 m² totalt."]


def test_thousands_keep_their_spaces():
    assert tables(read(typeset("#table(columns: 2, [a], [b], [1\u00a0234\u00a0567,8], [\u22129\u202f876])"))) == [
        [["a", "b"], ["1\u00a0234\u00a0567,8", "\u22129\u202f876"]]
    ]


def test_white_and_invisible_text_is_not_read():
    assert texts(read(typeset("Syns. #text(white)[Syns inte.]"))) == ["Syns."]

    def hide(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_coalesce()
        shown = page.Contents.read_bytes()
        page.Contents.write(shown.replace(b"0 Tr", b"3 Tr").replace(b"BT", b"BT 3 Tr"))

    hidden = changed(typeset(f"Dold sida\n#pagebreak()\n{WORDS}"), hide)
    assert "Dold" not in " ".join(texts(read(hidden)))


def test_letters_in_two_pieces_become_one():
    assert texts(read(typeset("Vi fo\u0308rva\u0308ntar oss ma\u030anga fj\u00e4llfl\u00e4ckar och office."))) == [
        "Vi förväntar oss många fjällfläckar och office."
    ]
