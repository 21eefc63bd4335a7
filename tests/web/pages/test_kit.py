"""The template kit: what a table, a mark, a sparkline and a figure become."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from uppsikt.core.quantities import MNKR, PERCENT, TKR, Missing, MissingReason, Quantity
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import Cell, Column, ColumnRole, Origin, Row, RowRole, Sign, Table
from uppsikt.web.pages.table_markup import table_html

NB = "\u00a0"


def rendered(source: str, **context: Any) -> str:
    with translation.override("sv"):
        return Template("{% load uppsikt %}" + source).render(Context(context))


def quantity(text: str, unit: Any = MNKR) -> Quantity:
    number = Decimal(text)
    return Quantity(number, unit, -int(number.as_tuple().exponent))


def statement(**cells: Cell) -> Table:
    columns = (
        Column("outcome-2024", "Bokslut 2024", ColumnRole.OUTCOME),
        Column("deviation-2024", "Avvikelse", ColumnRole.DEVIATION),
        Column("share", "Andel", ColumnRole.OUTCOME, unit=PERCENT),
        Column("state", "Läge", ColumnRole.STATE),
    )
    rows = (
        Row("heading", "Staber", RowRole.HEADING),
        Row("ekonomi", "Ekonomi <b>", parent="heading", link="/ekonomi/?a=1&b=2"),
        Row("summa", "Summa", RowRole.SUM),
        Row("kostnader", "varav kostnader", RowRole.OF_WHICH, parent="summa"),
    )
    placed = {tuple(place.split("__")): cell for place, cell in cells.items()}
    keys = {"outcome": "outcome-2024", "deviation": "deviation-2024", "share": "share", "state": "state"}
    filled = {(row, keys[column]): cell for (row, column), cell in placed.items()}
    return Table("t1", "Driftsammandrag", columns, rows, filled, unit=MNKR, sign=Sign.NET_COST)


def test_a_table_says_unit_and_sign_and_its_rows_are_anchors() -> None:
    html = rendered("{% table t %}", t=statement())
    assert '<caption>Driftsammandrag <span class="soft">nettokostnad, mnkr</span></caption>' in html
    assert '<tr id="t1.summa" class="sum"><th scope="row">Summa</th>' in html
    assert '<tr id="t1.kostnader" class="of">' in html
    assert '<tr id="t1.ekonomi" class="deep">' in html
    assert 'role="region" tabindex="0" aria-label="Driftsammandrag"' in html


def test_a_table_escapes_what_comes_from_data() -> None:
    html = rendered(
        "{% table t caption='A < B' %}", t=statement(ekonomi__state=Cell(Missing(MissingReason.TEXT, "<i>")))
    )
    assert "Ekonomi &lt;b&gt;</a>" in html
    assert 'href="/ekonomi/?a=1&amp;b=2"' in html
    assert "A &lt; B" in html
    assert "<i>" not in html


@pytest.mark.parametrize(
    ("amount", "look", "text"),
    [("2.9", "num good", "+2,9"), ("-1.8", "num bad", "−1,8"), ("0.0", "num", "0,0")],
)
def test_a_deviation_is_told_by_sign_as_well_as_by_colour(amount: str, look: str, text: str) -> None:
    html = table_html(statement(ekonomi__deviation=Cell(quantity(amount))))
    assert f'<td class="{look}">{text}</td>' in html


def test_a_missing_figure_says_why_to_eye_and_ear() -> None:
    html = table_html(statement(ekonomi__outcome=Cell(Missing(MissingReason.NO_DATA, "I.U."))))
    assert '<span class="soft" title="ingen uppgift">I.U.</span><span class="hidden"> (ingen uppgift)</span>' in html


def test_a_column_in_another_unit_says_so() -> None:
    assert '<th scope="col" class="num">Andel, %</th>' in table_html(statement())


def test_notes_stand_under_the_table_once_each() -> None:
    noted = Cell(quantity("1.0"), note="Preliminärt")
    html = table_html(statement(ekonomi__outcome=noted, summa__outcome=noted))
    assert html.count('href="#t1-not-1"') == 2
    assert html.count('<li id="t1-not-1">Preliminärt</li>') == 1


def test_groups_of_columns_become_a_second_header_row() -> None:
    columns = (
        Column("text", "Projekt", ColumnRole.TEXT),
        Column("a", "Budget", ColumnRole.BUDGET, group="Totalt"),
        Column("b", "Utfall", ColumnRole.OUTCOME, group="Totalt"),
    )
    html = table_html(Table("t", "Projekt", columns, (Row("r", "Simhall"),)))
    assert '<th scope="colgroup" colspan="2">Totalt</th>' in html
    assert '<th scope="col" rowspan="2">Projekt</th>' in html


@pytest.mark.parametrize("text", ["met", "Uppnått", "Väntas uppnås"])
def test_a_state_in_a_table_gets_shape_and_words(text: str) -> None:
    html = table_html(statement(ekonomi__state=Cell(Missing(MissingReason.TEXT, text))))
    assert '<use href="#s-met"/></svg>' + ("Uppnått" if text == "met" else text) in html


def test_every_state_has_a_drawn_symbol() -> None:
    symbols = Template("{% include 'symbols.html' %}").render(Context())
    missing = [state for state in (*GoalState, *WorkState) if f'<symbol id="s-{state.value}"' not in symbols]
    assert missing == []


def test_states_as_forecast_and_as_outcome() -> None:
    assert "Väntas uppnås" in rendered("{% state 'met' forecast=True %}")
    assert "Uppnått" in rendered("{% state 'met' %}")
    assert "Ej bedömt" in rendered("{% state '' %}")
    assert "Kvarstår" in rendered("{% work_state 'remains' %}")


def test_a_bar_is_divided_as_the_counts_and_told_in_words() -> None:
    html = rendered("{% states_bar counts %}", counts={GoalState.MET: 13, GoalState.PARTLY: 5})
    assert 'aria-label="Uppnått 13, Delvis uppnått 5"' in html
    assert 'x="722.22"' in html
    assert "style=" not in html


def test_figures_are_swedish() -> None:
    assert rendered("{{ v|shown }}", v=quantity("-20463.5", TKR)) == f"−20{NB}463,5"
    assert rendered("{{ v|shown_with_unit }}", v=quantity("21.9")) == f"21,9{NB}mnkr"
    assert rendered("{{ v|shown_signed }}", v=quantity("21.9")) == f"+21,9{NB}mnkr"
    assert rendered("{{ v|shown_size }}", v=quantity("-21.9")) == f"21,9{NB}mnkr"
    assert rendered("{{ v|shown }}", v=None) == ""


def test_a_sparkline_breaks_where_a_figure_is_missing_and_is_told_by_ear() -> None:
    html = rendered("{% sparkline points '2021–2024' %}", points=[Decimal("2.2"), None, Decimal("2.0"), Decimal("1.5")])
    assert 'aria-label="2021–2024: 2,2 till 2,0 till 1,5"' in html
    assert html.count("M") == 2
    assert html.count("L") == 1


def test_a_sparkline_of_nothing_is_nothing_and_a_flat_one_is_drawn() -> None:
    assert rendered("{% sparkline points %}", points=[None, None]) == ""
    assert 'cy="11.0"' in rendered("{% sparkline points %}", points=[Decimal(3), Decimal(3)])


def test_provenance_names_document_and_place_or_person() -> None:
    printed = Origin(document="Verksamhetsberättelse 2024", table="t03", row="Ekonomistaben", page=12)
    assert (
        rendered("{% provenance o %}", o=printed)
        == "Verksamhetsberättelse 2024, tabell t03, rad Ekonomistaben, sida 12"
    )
    entered = Origin(entered_by="Kim Controller", entered_at=datetime(2024, 5, 2, 12, tzinfo=UTC))
    assert rendered("{% provenance o %}", o=entered) == "Inlagt av Kim Controller 2024-05-02"
    assert rendered("{% provenance o %}", o=None) == ""


def test_a_chart_works_without_scripts_and_cannot_break_out_of_its_data() -> None:
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": "</script><b>",
        "data": {"values": [{"a": 1, "b": 2}]},
        "mark": "point",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    html = rendered("{% chart spec alt caption %}", spec=spec, alt='Två "punkter"', caption="Diagram")
    assert 'role="img" aria-label="Två &quot;punkter&quot;"><svg' in html
    assert html.count("</script>") == 1
    assert "<figcaption>Diagram</figcaption>" in html


def test_written_text_keeps_its_paragraphs_and_loses_its_power() -> None:
    assert rendered("{{ t|paragraphs }}", t="Ett\n\n<script>") == "<p>Ett</p>\n\n<p>&lt;script&gt;</p>"
