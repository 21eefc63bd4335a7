"""What a row is, under which row it stands, and which of two readings is taken."""

from __future__ import annotations

from tests.documents.inference.printed import read
from uppsikt.core.tables import Measure, RowRole, Sign, Table


def table(text: str) -> Table:
    return read(text).tables[0].table


def roles(text: str) -> list[tuple[str, str, str | None]]:
    one = table(text)
    return [(row.label, row.role.value, one.row(row.parent).label if row.parent else None) for row in one.rows]


def test_groups_sums_and_parts() -> None:
    assert roles(
        """
        Kansliet (tkr) | Budget 2024
        Stöd |
        Personal | 60
        Lokaler | 30
        Juridik |
        Personal | 10
        Summa | 100
        _varav intäkter_ | 20
        _varav kostnader_ | 120
        """
    ) == [
        ("Stöd", "heading", None),
        ("Personal", "item", "Stöd"),
        ("Lokaler", "item", "Stöd"),
        ("Juridik", "heading", None),
        ("Personal", "item", "Juridik"),
        ("Summa", "sum", None),
        ("varav intäkter", "of_which", "Summa"),
        ("varav kostnader", "of_which", "Summa"),
    ]


def test_a_specification_belongs_to_the_row_above_it() -> None:
    one = table(
        """
        Nettokostnad, tkr | Budget 2023 | Budget 2024
        Kansliet | 100 | 90
        _Specifikation av förändringar_ | |
        _Kostnadsdämpande åtgärder_ | | -15
        _Övrigt_ | | 5
        Arkivet | 50 | 55
        """
    )
    parents = [one.row(row.parent).label if row.parent else None for row in one.rows]
    assert parents == [None, "Kansliet", "Kansliet", "Kansliet", None]


def test_costs_and_income_after_the_last_item_may_be_the_whole_groups() -> None:
    told = read(
        """
        Nettokostnad, tkr | Budget 2024 | Budget 2025
        Förvaltningen | |
        Kansliet | 90 | 95
        Arkivet | 55 | 50
        varav intäkter | 20 | 25
        varav kostnader | 165 | 170
        """
    ).tables[0]
    one = told.table
    assert {one.row(row.parent or "").label for row in one.rows if row.role is RowRole.OF_WHICH} == {"Förvaltningen"}
    assert any("stämmer så" in inferred.text for inferred in told.inferred)


def test_result_or_net_cost_is_told_by_the_figures() -> None:
    text = """
        Enhet, tkr | Utfall 2022 | Utfall 2023 | Budget 2023
        Måltidsservice | {0} | {1} | {2}
        varav intäkter | 510 | 530 | 520
        varav kostnader | 500 | 540 | 520
        """
    assert table(text.format("10", "-10", "0")).sign is Sign.RESULT
    assert table(text.format("-10", "10", "0")).sign is Sign.NET_COST


def test_measures_are_read_from_words() -> None:
    one = table("Tkr | Utfall 2023\nIntäkter | 10\nPersonalkostnader | 30\nSumma kostnader | 30\nNetto | 20")
    assert [row.measure for row in one.rows] == [Measure.INCOME, Measure.NET, Measure.COSTS, Measure.NET]


def test_women_and_men_are_a_breakdown_and_an_unfilled_row_among_figures_is_not_a_heading() -> None:
    assert roles(
        """
        Indikator | 2022 | 2023
        Sjukfrånvaro (%) | 7,1 | 7,4
        Kvinnor | 8,0 | 8,1
        Män | 5,1 | 5,3
        Frisktal (%) | |
        Antal anställda | 950 | 961
        varav tillsvidare | 900 | 905
        """
    ) == [
        ("Sjukfrånvaro (%)", "item", None),
        ("Kvinnor", "breakdown", "Sjukfrånvaro (%)"),
        ("Män", "breakdown", "Sjukfrånvaro (%)"),
        ("Frisktal (%)", "item", None),
        ("Antal anställda", "item", None),
        ("varav tillsvidare", "of_which", "Antal anställda"),
    ]


def test_marks_are_taken_from_labels_and_kept_as_notes_at_figures() -> None:
    one = table("Tkr | Utfall 2023\nNy simhall* | 95¹\nSumma | 95")
    assert one.rows[0].label == "Ny simhall"
    assert (one.cell("r1", "c1").raw, one.cell("r1", "c1").note) == ("95¹", "fotnot 1")


def test_a_row_that_was_extracted_aside_is_put_back() -> None:
    one = table(
        """
        Mål | Nämndmål | Indikator | 2022 | 2023 | Målvärde 2024
        Trygghet | Trygg | Trygga invånare (%) | 71 | 72 | 75
         | | Anmälda brott, antal | 733 | 721 | 700
        Hälsa | Frisk | Sjukfrånvaro (%) | 7,1 | 7,2 | 7,0
        Kvinnor | 8,0 | I.U. | 8,0
        Män | 6,0 | I.U. | 6,0
        """
    )
    assert [row.label for row in one.rows][2:] == ["Sjukfrånvaro (%)", "Kvinnor", "Män"]
    assert one.cell("r4", "c3").raw == "8,0"
