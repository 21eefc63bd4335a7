"""Tables that page breaks have split, and what stands around them."""

from __future__ import annotations

from tests.documents.inference.printed import content, read
from uppsikt.documents.inference import infer

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
