"""Tables found by their geometry: drawn in every way, with everything that makes cells hard to tell."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.pdf.sketch import COLUMN, LABEL, LEFT, ROW, SIZE, TOP, Sketch, draw_table, write_prose
from uppsikt.documents.pdf.grids import find_grids
from uppsikt.documents.pdf.page import Word

LOOKS = ("ruled", "horizontal", "zebra", "none")
PROSE = (
    "Nämnden följer sin ekonomi varje månad och lämnar",
    "en prognos till styrelsen efter varje tertial som",
    "visar hur kostnader och intäkter utvecklas under",
    "året i förhållande till den ram som har beslutats.",
)
ROWS = [
    ["Tkr", "Utfall", "Budget"],
    ["Förskola", "1 250,0", "\u2212316,2"],
    ["Skola", "", "12 780,1"],
    ["varav lokaler", "7,0", "0,4"],
    ["Summa", "1 257,0", "12 464,3"],
]

figures = st.one_of(
    st.builds("{}{},{}".format, st.sampled_from(("", "-", "\u2212")), st.integers(0, 999), st.integers(0, 9)),
    st.builds("{}\u00a0{:03}".format, st.integers(1, 999), st.integers(0, 999)),
)
labels = st.sampled_from(("Förskola", "Skola", "Bad och idrott", "Ledning", "Stab för ekonomi", "Gator och parker"))


@st.composite
def made_tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(1, 4))
    heads = ["Tkr", *draw(st.permutations(("Utfall", "Budget", "Avvikelse", "Prognos")))[:width]]
    rows = draw(st.lists(st.tuples(labels, st.lists(figures, min_size=width, max_size=width)), min_size=3, max_size=9))
    return [heads, *([label, *values] for label, values in rows)]


@pytest.mark.parametrize("look", LOOKS)
@given(rows=made_tables())
def test_what_is_drawn_is_read_cell_for_cell(look, rows):
    sketch = Sketch()
    draw_table(sketch, rows, look)
    assert sketch.tables() == [rows]


@pytest.mark.parametrize("look", LOOKS)
def test_text_around_a_table_is_not_taken(look):
    sketch = Sketch()
    top = write_prose(sketch, PROSE, LEFT, 40)
    bottom = draw_table(sketch, ROWS, look, top=top + 2 * SIZE)
    write_prose(sketch, ["1) Från och med i år ingår lokaler."], LEFT, bottom + SIZE)
    write_prose(sketch, PROSE, LEFT, bottom + 5 * SIZE)
    assert sketch.tables() == [ROWS]


@pytest.mark.parametrize("look", ["ruled", "horizontal"])
@pytest.mark.parametrize("line", [0, 1, 2], ids=["first", "middle", "last"])
def test_a_figure_beside_any_line_of_a_wrapped_label_belongs_to_it(look, line):
    sketch = Sketch()
    height = 4.6 * SIZE
    right = LEFT + LABEL + COLUMN
    for place, figure in enumerate(("12,5", "7,8")):
        top = TOP + height * place
        for number, words in enumerate(("Andel elever som når", "behörighet efter avslutad", "skolgång")):
            sketch.write(words, LEFT + 4, top + 1.2 * SIZE * (number + 1))
        sketch.write(figure, right - 4, top + 1.2 * SIZE * (line + 1), right=True)
        sketch.level(top, LEFT, right)
    sketch.level(TOP + 2 * height, LEFT, right)
    if look == "ruled":
        for x in (LEFT, LEFT + LABEL, right):
            sketch.upright(x, TOP, TOP + 2 * height)
    label = "Andel elever som når|behörighet efter avslutad|skolgång"
    assert sketch.tables() == [[[label, "12,5"], [label, "7,8"]]]


def test_a_heading_covers_the_columns_that_it_is_set_over():
    sketch = Sketch()
    middle = LEFT + LABEL + COLUMN
    sketch.write("Helår 2024", middle - 2.3 * SIZE, TOP)
    draw_table(sketch, [["Tkr", "Utfall", "Budget"], *ROWS[1:]], "horizontal", top=TOP + 0.3 * SIZE)
    (found,) = find_grids(sketch.page())
    assert [(cell.text, cell.column, cell.span) for cell in found.grid.rows[0].cells] == [("Helår 2024", 1, 2)]


def test_cells_of_a_drawn_table_span_where_no_line_is():
    sketch = Sketch()
    right = LEFT + LABEL + 2 * COLUMN
    draw_table(sketch, ROWS, "ruled")
    sketch.level(TOP - ROW, LEFT, right)
    for x in (LEFT, LEFT + LABEL, right):
        sketch.upright(x, TOP - ROW, TOP)
    sketch.write("Helår", LEFT + LABEL + 60, TOP - 0.4 * ROW)
    (found,) = find_grids(sketch.page())
    assert [(cell.text, cell.column, cell.span) for cell in found.grid.rows[0].cells] == [("Helår", 1, 2)]
    assert [[row.text(column) for column in range(3)] for row in found.grid.rows[1:]] == ROWS


def test_rows_of_text_are_told_by_where_they_begin_together():
    sketch = Sketch()
    texts = [
        (("Mål",), ("Läge",), ("Kommentar",)),
        (("Fler ska få", "plats i förskola"), ("Uppfyllt",), ("Två avdelningar", "har öppnats och", "kön är kort")),
        (("Alla når målen",), ("Delvis", "uppfyllt"), ("Resultaten stiger",)),
        (("Skolorna är", "trygga"), ("Ej uppfyllt",), ("Oron har ökat",)),
    ]
    y = TOP
    for cells in texts:
        for column, lines in enumerate(cells):
            for number, words in enumerate(lines):
                sketch.write(words, LEFT + 130 * column, y + 1.2 * SIZE * number, bold=cells is texts[0])
        y += 1.2 * SIZE * max(map(len, cells))
    assert sketch.tables() == [[["|".join(lines) for lines in cells] for cells in texts]]


def test_tables_side_by_side_are_two():
    sketch = Sketch(width=900)
    draw_table(sketch, ROWS, "horizontal")
    draw_table(sketch, ROWS[:4], "horizontal", left=480)
    assert sketch.tables() == [ROWS, ROWS[:4]]


def test_a_table_in_one_of_two_columns_of_text():
    sketch = Sketch(width=900)
    write_prose(sketch, PROSE * 5, LEFT, 60)
    top = write_prose(sketch, PROSE, 480, 63)
    bottom = draw_table(sketch, ROWS, "none", left=480, top=top + 2 * SIZE)
    write_prose(sketch, PROSE, 480, bottom + 2 * SIZE)
    assert sketch.tables() == [ROWS]


@pytest.mark.parametrize("offset", [0.0, 3.0])
def test_two_columns_of_text_are_no_table(offset):
    sketch = Sketch(width=900)
    write_prose(sketch, PROSE * 4, LEFT, 60)
    write_prose(sketch, PROSE * 4, 480, 60 + offset)
    assert sketch.tables() == []


def test_lists_contents_and_charts_are_no_tables():
    bullets = Sketch()
    for place, line in enumerate(PROSE):
        bullets.write("•", LEFT, TOP + ROW * place)
        bullets.write(line, LEFT + 18, TOP + ROW * place)
    assert bullets.tables() == []
    contents = Sketch()
    for place, (line, page) in enumerate((("Inledning", "3"), ("Ekonomi", "5"), ("Mål", "12"), ("Bilagor", "30"))):
        contents.write(line, LEFT, TOP + ROW * place)
        contents.write(page, 500, TOP + ROW * place, right=True)
    assert contents.tables() == []
    chart = Sketch()
    for place, (label, value) in enumerate((("Förskola", 13.2), ("Skola", 4.1), ("Ledning", 8.4), ("Stab", 1.9))):
        chart.write(label, 160, TOP + ROW * place, right=True)
        chart.write(f"+{value:.1f}".replace(".", ","), 180 + 20 * value, TOP + ROW * place)
    assert chart.tables() == []


@pytest.mark.parametrize("look", LOOKS)
def test_a_footnote_mark_and_an_indent_are_kept_apart_from_the_text(look):
    sketch = Sketch()
    draw_table(sketch, ROWS, look)
    inner = next(word for word in sketch.words if word.text == "varav")
    place = sketch.words.index(inner)
    for at in (place, place + 1):
        sketch.words[at] = _moved(sketch.words[at], 15)
    first = next(word for word in sketch.words if word.text == "Förskola")
    sketch.words.append(_mark("1", first))
    (found,) = find_grids(sketch.page())
    cell, inner_cell = found.grid.rows[1].cells[0], found.grid.rows[3].cells[0]
    assert (cell.text, cell.marks, cell.indent) == ("Förskola", ("1",), 0)
    assert (inner_cell.text, inner_cell.indent) == ("varav lokaler", 15)


def _moved(word: Word, by: float) -> Word:
    return replace(word, left=word.left + by, right=word.right + by)


def _mark(text: str, word: Word) -> Word:
    return replace(word, text=text, left=word.right, right=word.right + 3, size=6, raised=True)


def test_a_page_full_of_letters_or_lines_takes_no_longer_than_its_size():
    """A drawing, a map or a malicious file: some seconds at most, whatever is found."""
    letters = Sketch()
    for place in range(25_000):
        letters.write("7", place % 250 * 2.4, 5 + place // 250 * 8.3)
    lines = Sketch()
    for place in range(10_000):
        lines.level(place * 0.08, 10 + place % 97, 300 + place % 89)
        lines.upright(place * 0.06, 10 + place % 97, 300 + place % 89)
    lines.write("Text", 100, 100)
    for place in range(3):
        lines.write("mer", 100 + 90 * place, 150)
    for sketch in (letters, lines):
        started = time.process_time()
        find_grids(sketch.page())
        assert time.process_time() - started < 10
