"""From a definition and material to a report."""

from dataclasses import replace
from decimal import Decimal

import pytest

from uppsikt.core.errors import UseError
from uppsikt.core.quantities import TKR, Missing, MissingReason, Quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Sign, Table
from uppsikt.reporting.build import GoalText, Material, Passage, build_report
from uppsikt.reporting.build.definition import definitions, read_definition
from uppsikt.reporting.model import ChartBlock, Heading, Paragraph, Stamp, TableBlock, Words


def statement(number: str = "5") -> Table:
    value = Cell(Quantity(Decimal(number), TKR, 0))
    items = tuple(Row(name.lower(), name) for name in ("Staben", "Kansliet", "Servicen"))
    rows = (*items, Row("summa", "Summa", RowRole.SUM))
    column = Column("deviation-2024", "Avvikelse", ColumnRole.DEVIATION)
    cells = {(row.key, column.key): value for row in rows}
    return Table("drift", "Driftsammandrag", (column,), rows, cells, TKR, Sign.NET_COST)


def material(**parts: object) -> Material:
    given: dict[str, object] = {
        "organisation": "Nämnden",
        "year": 2024,
        "as_of": "31 december 2024",
        "stamp": Stamp("31 december 2024", "2025-02-01 10:00"),
        "groups": {"by_unit": (statement(),)},
    }
    return Material(**(given | parts))  # type: ignore[arg-type]  # the parts of one test


def built(toml: str, **parts: object):  # type: ignore[no-untyped-def]  # a Report
    text = f'key = "prov"\ntitle = "Prov {{year}}"\ndates = ["annual"]\n{toml}'
    return build_report(read_definition(text, "prov.toml"), material(**parts))


def test_parts_stand_in_order_with_running_numbers_and_sign_convention() -> None:
    report = built(
        '[[part]]\nheading = "Ekonomi {year}"\nlevel = 1\n[[part]]\ntext = "Det blev {by_unit[summa, deviation]}."\n'
        '[[part]]\ntable = "by_unit"\n[[part]]\nchart = "deviation"\nof = "by_unit"\n'
    )
    heading, paragraph, table, chart = report.blocks
    assert report.title == "Prov 2024"
    assert heading == Heading(1, "Ekonomi 2024", "ekonomi-2024")
    assert isinstance(paragraph, Paragraph)
    assert "".join(i.text for i in paragraph.inlines) == "Det blev 5\u00a0tkr."
    assert isinstance(table, TableBlock)
    assert table.caption == "Driftsammandrag (tkr, nettokostnad; positiv avvikelse är bättre än budget)"
    assert isinstance(chart, ChartBlock)
    assert "Staben" in chart.alt


def test_a_heading_that_lacks_its_material_takes_what_stands_under_it() -> None:
    report = built(
        '[[part]]\nheading = "Volymer"\nlevel = 1\nneeds = ["volume"]\n[[part]]\nheading = "Under"\nlevel = 2\n'
        '[[part]]\ntext = "Text"\n[[part]]\nheading = "Nästa"\nlevel = 1\n'
    )
    assert [block.text for block in report.blocks if isinstance(block, Heading)] == ["Nästa"]
    assert len(report.blocks) == 1


def test_a_sentence_that_cannot_be_told_is_left_out_and_named() -> None:
    report = built('[[part]]\ntext = "Prognos {forecast[summa, forecast]}."\n')
    assert not report.blocks
    assert "Det finns ingen tabell som heter ”forecast”" in report.notes[0]


def test_a_persons_text_stays_even_when_its_reference_is_wrong() -> None:
    report = built(
        '[[part]]\npassage = "analys"\n',
        passages={"analys": (Passage("", "Vi fick {borta[a, b]}.\n\nAndra stycket."),)},
    )
    texts = ["".join(i.text for i in block.inlines) for block in report.blocks if isinstance(block, Paragraph)]
    assert texts == ["Vi fick {borta[a, b]}.", "Andra stycket."]
    assert report.notes


def test_goals_stand_under_area_and_council_goal_once() -> None:
    goals = tuple(GoalText("Ekonomi", "Hållbar ekonomi", name, "", "met", "Uppnått", "Skäl") for name in ("A", "B"))
    report = built('[[part]]\ngoals = "all"\nlevel = 2\n', goals=goals)
    headings = [(block.level, block.text) for block in report.blocks if isinstance(block, Heading)]
    assert headings == [(2, "Ekonomi"), (3, "Hållbar ekonomi")]


def test_a_goals_made_up_texts_are_examples_and_a_persons_are_not() -> None:
    goal = GoalText("Ekonomi", "Hållbar ekonomi", "A", "Exempeltext: Mål.", "met", "Uppnått", "Vi mätte.")
    report = built('[[part]]\ngoals = "all"\nlevel = 2\n', goals=(goal,))
    *_, description, reasons = report.blocks
    assert description == Paragraph((Words("Mål."),), "example")
    assert reasons == Paragraph((Words("Vi mätte."),), "")


def test_a_passage_can_be_a_remark_and_an_example_is_always_told() -> None:
    passages = {"om-texterna": (Passage("", "Läs så här."), Passage("", "Påhittat.", is_example=True))}
    report = built('[[part]]\npassage = "om-texterna"\nstyle = "note"\n', passages=passages)
    assert [block.kind for block in report.blocks if isinstance(block, Paragraph)] == ["note", "example"]


def test_anchors_are_unique() -> None:
    report = built('[[part]]\nheading = "Mål"\nlevel = 1\n' * 3)
    assert [block.anchor for block in report.blocks] == ["mal", "mal-2", "mal-3"]


def test_few_bars_are_not_drawn_and_a_unit_in_the_title_is_not_said_twice() -> None:
    small = replace(statement(), title="Resultat, tkr", rows=statement().rows[2:], cells={})
    report = built(
        '[[part]]\nchart = "deviation"\nof = "by_unit"\n[[part]]\ntable = "by_unit"\n', groups={"by_unit": (small,)}
    )
    (table,) = report.blocks
    assert isinstance(table, TableBlock)
    assert table.caption.startswith("Resultat, tkr (nettokostnad")


def test_a_chart_of_goals_counts_their_states() -> None:
    states = Table(
        "mal", "Mål", (Column("state", "Bedömning", ColumnRole.STATE),), (Row("a", "A"), Row("b", "B")),
        {(key, "state"): Cell(Missing(MissingReason.TEXT, "Uppnått"), raw="met") for key in "ab"},
    )  # fmt: skip
    report = built('[[part]]\nchart = "states"\nof = "goal_states"\n', groups={"goal_states": (states,)})
    (chart,) = report.charts()
    assert "2 uppnått" in chart.alt


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[[part]]\nlevel = 1\n", "ska ha precis en av"),
        ('[[part]]\nheading = "A"\ntext = "B"\n', "har heading, text"),
        ('[[part]]\nheading = "A"\nfarg = "röd"\n', "och inte farg"),
        ('[[part]]\nchart = "tårta"\nof = "by_unit"\n', "diagrammet ”tårta” finns inte"),
        ("[[part\n", "inte giltig TOML"),
    ],
)
def test_a_broken_definition_is_told_with_its_place(toml: str, said: str) -> None:
    with pytest.raises(UseError, match=r"prov\.toml") as error:
        built(toml)
    assert said in str(error.value)


def test_the_definitions_of_the_product_can_be_read() -> None:
    assert [one.key for one in definitions()] == ["delarsrapport", "internbudget", "verksamhetsberattelse"]
