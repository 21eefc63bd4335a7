"""What a column tells: its role, its year, its unit; and what of it was concluded."""

from __future__ import annotations

import pytest

from tests.documents.inference.printed import read
from uppsikt.core.quantities import COUNT, MNKR, PERCENT, TKR, Quantity
from uppsikt.core.tables import Column, ColumnRole

ROW = " | 110 | 120 | -10 | 100"


def columns(head: str, row: str = ROW, above: str = "# Ekonomi") -> tuple[Column, ...]:
    return read(f"{above}\n{head}\nKansliet{row}\nSumma{row}").tables[0].table.columns


@pytest.mark.parametrize(
    ("label", "role", "period"),
    [
        ("Utfall 2023", ColumnRole.OUTCOME, "2023"),
        ("Bokslut 2023", ColumnRole.OUTCOME, "2023"),
        ("2023", ColumnRole.OUTCOME, "2023"),
        ("Utfall jan-aug 2023", ColumnRole.OUTCOME, "2023-08-31"),
        ("Redovisning 31/8 2023", ColumnRole.OUTCOME, "2023-08-31"),
        ("Utfall T2 2023", ColumnRole.OUTCOME, "2023-T2"),
        ("Budget 2023", ColumnRole.BUDGET, "2023"),
        ("Internbudget 2023", ColumnRole.BUDGET, "2023"),
        ("Periodiserad budget 2023", ColumnRole.PHASED_BUDGET, "2023"),
        ("Budget jan-aug 2023", ColumnRole.PHASED_BUDGET, "2023-08-31"),
        ("Plan 2025", ColumnRole.PLAN, "2025"),
        ("Prognos 2023", ColumnRole.FORECAST, "2023"),
        ("Helårsprognos augusti 2023", ColumnRole.FORECAST, "2023"),
        ("Avvikelse mot budget 2023", ColumnRole.DEVIATION, "2023"),
        ("Differens 2023", ColumnRole.DEVIATION, "2023"),
        ("Förändring 2023", ColumnRole.CHANGE, "2023"),
        ("Måltal 2023", ColumnRole.TARGET, "2023"),
        ("Mål 2023", ColumnRole.TARGET, "2023"),
        ("Utgifter 2023", ColumnRole.EXPENDITURE, "2023"),
        ("Inkomster 2023", ColumnRole.RECEIPTS, "2023"),
    ],
)
def test_a_heading_says_role_and_period(label: str, role: ColumnRole, period: str) -> None:
    column = columns(f"Verksamhet | {label}", " | 110")[0]
    assert (column.role, column.period and column.period.key) == (role, period)


def test_a_column_without_year_takes_that_of_its_neighbours_and_it_is_said() -> None:
    read_table = read(
        "Verksamhet (tkr) | Prognos helår | Budget 2018 | Avvikelse | Bokslut 2017\nKansliet" + ROW
    ).tables[0]
    told = read_table.table.columns
    assert [column.period and column.period.key for column in told] == ["2018", "2018", "2018", "2017"]
    assert told[3].role is ColumnRole.LAST_YEAR
    assert {one.where for one in read_table.inferred} >= {"column:c1", "column:c3"}


def test_last_year_is_the_year_before_the_tables_own() -> None:
    told = columns("Tkr | Utfall | Budget | Avvikelse | Föreg. år", above="# Bokslut 2022")
    assert [column.period and column.period.key for column in told] == ["2022", "2022", "2022", "2021"]


def test_two_heading_rows_are_read_together() -> None:
    told = columns(
        "Tkr | Redovisning | Redovisning | Förändring | Avvik.\nVerksamhet | 31/8 2018 | 31/8 2017 | | 31/8 2018"
    )
    assert [column.period and column.period.key for column in told] == [
        "2018-08-31",
        "2017-08-31",
        "2018",
        "2018-08-31",
    ]
    assert told[0].label == "Redovisning 31/8 2018"


def test_words_over_several_columns_are_their_group() -> None:
    told = columns("Indikator | 2021 | 2022 | |\n | | Utfall | Målvärde | Prognos", " | 8,1 | 7,9 | 7,0 | 7,5")
    assert [column.group for column in told] == ["", "2022", "2022", "2022"]
    assert [column.role for column in told] == [
        ColumnRole.OUTCOME, ColumnRole.OUTCOME, ColumnRole.TARGET, ColumnRole.FORECAST,
    ]  # fmt: skip


def test_columns_to_the_left_of_the_names_are_words() -> None:
    table = read(
        """
        Mål | Nämndmål | Indikator | 2022 | 2023 | Målvärde 2024
        En trygg kommun | Trygghet | Andel som är trygga (%) | 71 | 72 | 75
         | | Kvinnor | 66 | 67 | 70
         | | Män | 76 | 77 | 80
        """
    ).tables[0]
    assert [row.label for row in table.table.rows] == ["Andel som är trygga (%)", "Kvinnor", "Män"]
    assert [row.role.value for row in table.table.rows] == ["item", "breakdown", "breakdown"]
    assert [column.role for column in table.table.columns[:2]] == [ColumnRole.TEXT, ColumnRole.TEXT]
    assert table.kind == "indicator"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Ekonomi, belopp i tkr | Utfall 2023\nKansli | 5", TKR),
        ("Belopp i tusental kronor\nNämnd | Utfall 2023\nKansli | 5\nSumma | 5", TKR),
        ("Nämnd | Utfall 2023 (mnkr)\nKansli | 5,1", MNKR),
        ("# Budget i miljoner kronor\nNämnd | Budget 2023\nKansli | 5,1", MNKR),
    ],
)
def test_the_unit_stands_at_the_table(text: str, unit: object) -> None:
    table = read(text).tables[0].table
    value = table.value("r1", "c1")
    assert isinstance(value, Quantity)
    assert value.unit == unit


def test_a_unit_is_never_guessed_in_silence() -> None:
    tables = read("A (tkr) | Utfall 2023\nKansli | 5\n# Annat\nNämnd | Budget 2024\nKansli | 7").tables
    assert tables[1].table.unit == TKR
    assert any("Enheten" in one.text for one in tables[1].inferred)
    assert read("Nämnd | Budget 2024\nKansli | 7").tables[0].table.unit.symbol == ""


def test_rows_and_columns_may_have_units_of_their_own() -> None:
    table = (
        read("Nyckeltal | Utfall 2023 | Förändring %\nAndel nöjda (%) | 71 | 2\nAntal ärenden | 120 | 5")
        .tables[0]
        .table
    )
    units = [table.value(row, column) for row, column in (("r1", "c1"), ("r2", "c1"), ("r2", "c2"))]
    assert [one.unit for one in units if isinstance(one, Quantity)] == [PERCENT, COUNT, PERCENT]


def test_a_column_may_tell_each_rows_unit_and_is_not_their_name() -> None:
    table = (
        read(
            """
        Nyckeltal | Enhet | Utfall 2022 | Utfall 2023
        Sjukfrånvaro | % | 7,1 | 7,4
        Anställda | antal | 950 | 961
        Lokalkostnad | tkr | 88 100 | 90 250
        """
        )
        .tables[0]
        .table
    )
    assert [row.label for row in table.rows] == ["Sjukfrånvaro", "Anställda", "Lokalkostnad"]
    values = [table.value(row.key, "c3") for row in table.rows]
    assert [one.unit for one in values if isinstance(one, Quantity)] == [PERCENT, COUNT, TKR]


def test_a_word_in_a_units_name_is_no_unit() -> None:
    lines = "Nämnd (tkr) | Budget 2024\nStöd till personer | 5\nPlatser och torg/gator | 7\nHemtjänst, timmar | 9"
    table = read(lines).tables[0].table
    values = [table.value(row.key, "c1") for row in table.rows]
    assert [one.unit.symbol for one in values if isinstance(one, Quantity)] == ["tkr", "tkr", ""]
