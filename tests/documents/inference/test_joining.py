"""Tables that page breaks have split, and what stands around them."""

from __future__ import annotations

import pytest

from tests.documents.inference.printed import content, read
from uppsikt.documents.inference import infer
from uppsikt.documents.model import Content, Grid, GridCell, GridRow

SPLIT = """
# Kultur
Kultur (tkr) | Budget 2024
Bibliotek | 40
{between}
Kultur (tkr) | Budget 2024
Museum | 60
Summa | 100
"""


def test_a_repeated_heading_joins_two_parts() -> None:
    tables = read(SPLIT.format(between="* Avser hela året.")).tables
    assert [row.label for row in tables[0].table.rows] == ["Bibliotek", "Museum", "Summa"]
    assert len(tables) == 1


def test_a_part_without_heading_goes_on_from_the_one_above() -> None:
    first = "Kultur (tkr) | Budget 2024 | Plan 2025\nBibliotek | 40 | 41"
    text = f"{first}\nForts. nästa sida\nMuseum | 60 | 61\nSumma | 100 | 102"
    assert [len(one.table.rows) for one in read(text).tables] == [3]


def test_a_heading_between_parts_two_tables() -> None:
    assert len(read(SPLIT.format(between="# Fritid")).tables) == 2


def test_text_between_parts_two_tables() -> None:
    assert len(read(SPLIT.format(between="Nämnden har under året öppnat ett nytt bibliotek i centrum.")).tables) == 2


def test_order_counts_passages_and_tables_together() -> None:
    document = infer(content("# Ekonomi\nNämnden gick bra.\nTkr | Utfall 2023\nKansli | 5\nSumma | 5\nMer text."))
    assert [one.order for one in document.passages] == [1, 2, 4]
    assert [one.order for one in document.tables] == [3]
    assert document.passages[1].section == ("Ekonomi",)
    assert document.passages[0].heading


def test_sections_are_the_headings_above() -> None:
    table = read("# Socialnämnden\n## Ekonomi\nNämnd | Utfall 2023\nA | 5\n# Annat\nText.").tables[0]
    assert table.section == ("Socialnämnden", "Ekonomi")


def test_every_figure_says_where_it_stands() -> None:
    table = read("Tkr | Utfall 2023\nKansli | 5").tables[0].table
    origin = table.cell("r1", "c1").origin
    assert origin is not None
    assert (origin.document, origin.table, origin.row, origin.column) == ("rapport.txt", "t01", "r1", "c1")


def parted(rest: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Give the rows of a table that runs over two pages; ``rest`` is the first row of the second page."""
    head, last = ("Mål", "Utfall 2024", "Skäl"), ("Andel som är nöjda med", "81", "Enkäten visar att")
    grids = []
    for page, rows in ((1, [head, last]), (2, [head, rest, ("Antal möten", "7", "Fler än väntat")])):
        cells = [tuple(GridCell(text, at) for at, text in enumerate(row) if text) for row in rows]
        grids.append(Grid(tuple(GridRow(one, page) for one in cells), 3, page=page))
    (table,) = infer(Content("rapport.pdf", "pdf", tuple(grids), 2)).tables
    return [
        (row.label, *(table.table.cell(row.key, column.key).raw.replace("\n", " ") for column in table.table.columns))
        for row in table.table.rows
    ]


@pytest.mark.parametrize("label", ["bemötandet", ""])
def test_a_row_that_a_page_break_parts_is_one_row(label: str) -> None:
    whole = (f"Andel som är nöjda med {label}".strip(), "81", "Enkäten visar att fler är nöjda.")
    assert parted((label, "", "fler är nöjda.")) == [whole, ("Antal möten", "7", "Fler än väntat")]


@pytest.mark.parametrize(
    "rest", [("Andel chefer", "", ""), ("varav kvinnor", "", ""), ("totalt", "5", ""), ("", "5", "")]
)
def test_a_row_of_its_own_is_not_taken_for_a_rest(rest: tuple[str, ...]) -> None:
    assert parted(rest)[0] == ("Andel som är nöjda med", "81", "Enkäten visar att")
