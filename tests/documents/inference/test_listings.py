"""Lists of amounts in running text are read as tables, and sentences with amounts are not."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.checks import holds
from uppsikt.core.passages import Passage
from uppsikt.core.tables import RowRole
from uppsikt.documents.inference.listings import find_listings
from uppsikt.documents.model import ReadTable


def listings(*lines: str) -> list[ReadTable]:
    passages = [
        Passage(f"p{at}", line.removeprefix("- "), ("Åtgärder",), item=line.startswith("- "), order=at)
        for at, line in enumerate(lines, 1)
    ]
    return list(find_listings(passages, "rapport", holds))


def told(read: ReadTable) -> list[tuple[str, str, Decimal | None]]:
    numbers = {key: cell.value.number for (key, _), cell in read.table.cells.items()}  # type: ignore[union-attr]  # all are figures
    return [(row.role.value, row.label, numbers.get(row.key)) for row in read.table.rows]


def test_points_under_a_line_are_its_parts_where_most_of_them_add_up() -> None:
    (read,) = listings(
        "Åtgärderna uppgår till -1 800 tkr.",
        "Kansliet: -1 200 tkr",
        "Det gäller:",
        "- Färre resor (-700 tkr).",
        "- Lägre hyra (-500 tkr).",
        "Ekonomi: - 600 tkr",
        "- En tjänst (-400 tkr).",
        "- Tryck (-200 tkr).",
        "- Allmän återhållsamhet.",
    )
    assert told(read) == [
        ("sum", "Åtgärderna", -1800),
        ("sum", "Kansliet", -1200),
        ("item", "Färre resor", -700),
        ("item", "Lägre hyra", -500),
        ("sum", "Ekonomi", -600),
        ("item", "En tjänst", -400),
        ("item", "Tryck", -200),
        ("note", "Allmän återhållsamhet", None),
    ]
    assert read.table.title == "Åtgärder"
    assert [row.parent for row in read.table.rows] == [None, None, "r1", "r1", None, "r4", "r4", "r4"]


def test_points_that_are_no_parts_are_not_added() -> None:
    (read,) = listings(
        "Kansliet: 1 200 tkr", "- varav en vakans kostar 90 tkr", "- och en hyra 80 tkr", "Ekonomi: 5 tkr"
    )
    assert RowRole.SUM not in {row.role for row in read.table.rows}


def test_numbered_points_and_lines_that_begin_alike_are_lists() -> None:
    (points,) = listings(
        "- 1. Ramen höjs med 1 000 tkr.", "- 2. Ramen sänks med 1,2 mnkr.", "- 3. Ramen höjs med 5 kr."
    )
    assert told(points)[1] == ("item", "Ramen sänks med 1,2 mnkr", Decimal("1.2"))
    (lines,) = listings("Flytt till kansliet 10 tkr", "Flytt till ekonomi 20 tkr", "Flytt till HR 30 tkr", "Slut.")
    assert len(lines.table.rows) == 3


def test_a_sentence_that_counts_up_signed_amounts_is_a_list() -> None:
    (read,) = listings("Störst är hyran -500 tkr (Kansliet), resor -200 tkr och tryck +30 tkr. Övrigt är smått.")
    assert told(read) == [
        ("of_which", "hyran", -500),
        ("of_which", "resor", -200),
        ("of_which", "tryck", 30),
    ]


def test_sentences_with_amounts_are_no_lists() -> None:
    assert (
        listings("Hyran är 500 tkr.", "Resorna blev dyrare och kostade 200 tkr.", "Tryck kostade 30 tkr mindre.") == []
    )
    assert listings("Kostnaden är 5 tkr, intäkten 4 tkr och resultatet 1 tkr.") == []
