"""Charts tell what the figures tell: gaps stay gaps, nothing hangs on colour alone, labels do not cover each other."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.sample import sick_leave_chart, statement
from uppsikt.core.quantities import MNKR, Missing, MissingReason, Quantity
from uppsikt.core.tables import Cell, ColumnRole
from uppsikt.reporting.chart_texts import decimals_of, deviation_alt, figure, indicator_alt, states_alt
from uppsikt.reporting.charts import BAD, GOOD, VEGA_LITE, _apart, deviation_chart, indicator_chart, states_chart
from uppsikt.reporting.render import svg
from uppsikt.reporting.render.svg import kept_in, png_of, size_of, svg_of

D = Decimal
SERIES = {
    "Totalt": [("2022", D("2.2")), ("2023", None), ("2024", D("1.50"))],
    "Kvinnor": [("2022", D("2.6")), ("2023", D("2.8")), ("2024", None)],
}


def drawn_texts(spec: dict[str, Any]) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg_of(spec))


def test_a_missing_value_is_a_gap_and_its_period_stays() -> None:
    spec = indicator_chart("Sjukfrånvaro", SERIES, [], "%")
    gaps = [row for row in spec["data"]["values"] if row["value"] is None]
    assert [(row["series"], row["period"]) for row in gaps] == [("Totalt", "2023"), ("Kvinnor", "2024")]
    assert spec["encoding"]["x"]["scale"]["domain"] == ["2022", "2023", "2024"]
    broken = {"Totalt": [("2021", D(1)), ("2022", D(1)), ("2023", None), ("2024", D(3)), ("2025", D(3))]}
    (line,) = re.findall(r'd="([^"]*)" stroke="#0a4f8f" stroke-width="2"', svg_of(indicator_chart("x", broken, [], "")))
    assert line.count("M") == 2


def test_series_differ_by_dash_and_by_shape_too() -> None:
    series = {f"Serie {i}": [("2024", D(i))] for i in range(6)}
    encoding = indicator_chart("x", series, [], "")["layer"][0]["encoding"]
    for channel in ("color", "strokeDash", "shape"):
        looks = [json.dumps(look) for look in encoding[channel]["scale"]["range"]]
        assert len(set(looks)) == len(looks) == 6


def test_figures_are_written_as_swedes_write_them() -> None:
    told = drawn_texts(
        indicator_chart("Lägenheter", {"Totalt": [("2023", D(40000)), ("2024", D("-38400.5"))]}, [], "st")
    )
    assert any("40\u00a0000" in text for text in told)
    assert "−38\u00a0400,5" in told


def test_the_last_value_says_its_year_when_it_is_not_the_last() -> None:
    told = drawn_texts(indicator_chart("x", SERIES, [("2022", D("3.0"))], "%"))
    assert {"1,50", "2,8 (2023)", "Mål 3,0 (2022)"} <= set(told)


def test_a_target_is_drawn_only_in_its_own_period() -> None:
    spec = indicator_chart("x", SERIES, [("2024", D("3.0"))], "%")
    rules = spec["layer"][1]
    assert rules["mark"]["type"] == "tick"
    assert [row["period"] for row in rules["data"]["values"]] == ["2024"]


@pytest.mark.parametrize(
    "series",
    [{}, {"Totalt": []}, {"Totalt": [("2024", None)]}, {"Totalt": [("2024", D(0))]}, {"Totalt": [("2024", D(88))]}],
)
def test_little_or_nothing_can_be_drawn(series: dict[str, list[tuple[str, Decimal | None]]]) -> None:
    assert svg_of(indicator_chart("x", series, [], "")).startswith("<svg")


@given(st.lists(st.floats(-1e6, 1e6), max_size=8), st.floats(0.1, 100))
def test_labels_are_moved_apart_and_keep_their_order(values: list[float], gap: float) -> None:
    top = max(values, default=0.0)
    places = sorted(_apart(values, gap, top), reverse=True)
    assert all(over - under >= gap * 0.999 for over, under in pairwise(places))
    assert all(place <= value for place, value in zip(_apart(values, gap, top), values, strict=True))


def test_deviations_have_signs_and_sides() -> None:
    spec = deviation_chart(statement(), "deviation-2024")
    told = {row["name"]: (row["shown"], row["colour"]) for row in spec["data"]["values"]}
    assert told["Kommungemensamt"] == ("−1,8", BAD)
    assert told["Ekonomistaben"] == ("+9,1", GOOD)
    assert "Summa nettokostnader" not in told
    assert {"−1,8", "+10,1", "+9,1", "0,0"} <= set(drawn_texts(spec))


def test_a_missing_deviation_is_named_and_not_drawn_as_zero() -> None:
    table = statement().with_cell("ekonomi", "deviation-2024", Cell(Missing(MissingReason.NO_DATA)))
    assert "Ekonomistaben" not in [row["name"] for row in deviation_chart(table, "deviation-2024")["data"]["values"]]
    assert "Uppgift saknas för Ekonomistaben." in deviation_alt(table, "deviation-2024")
    assert "Ekonomistaben:" not in deviation_alt(table, "deviation-2024")


def test_two_rows_with_the_same_name_are_two_bars() -> None:
    table = statement()
    rows = tuple(type(row)(row.key, "Ekonomistaben", row.role, row.parent) for row in table.rows)
    same = type(table)(table.key, table.title, table.columns, rows, table.cells, MNKR)
    told = drawn_texts(deviation_chart(same, "deviation-2024"))
    assert told.count("Ekonomistaben") == 4


def test_states_are_told_in_words() -> None:
    told = drawn_texts(states_chart({"met": 13, "partly": 5, "none": 0}))
    assert {"Uppnått", "Delvis uppnått", "Ej bedömt", "13", "5", "0"} <= set(told)
    assert "Väntas uppnås" in drawn_texts(states_chart({"met": 1}, forecast=True))
    assert states_alt({"done": 60, "cancelled": 11}) == "Liggande stapeldiagram. Av 71: 60 genomförd, 11 utgår."


def test_alternative_texts_tell_every_figure_and_every_gap() -> None:
    told = indicator_alt("Sjukfrånvaro", SERIES, [("2024", D("3.0"))], "%")
    for text in ("2022: 2,2", "2023: uppgift saknas", "2024: 1,50", "Kvinnor – 2022: 2,6", "Mål – 2024: 3,0"):
        assert text in told
    told = deviation_alt(statement(), "deviation-2024")
    assert "Kommungemensamt: −1,8" in told
    assert "+21,9" not in told


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_figure_keeps_its_decimals(number: Decimal) -> None:
    assert decimals_of(number) == 3
    assert len(figure(number).partition(",")[2]) == 3


def test_the_specification_is_json_and_of_the_version_that_draws_it() -> None:
    spec = deviation_chart(statement(), "deviation-2024")
    assert json.loads(json.dumps(spec)) == spec
    assert f"/v{VEGA_LITE.split('.')[0]}." in spec["$schema"]


def test_a_drawing_has_no_english_labels_and_asks_for_nothing_outside() -> None:
    drawn = svg_of(sick_leave_chart().spec)
    assert "aria-" not in drawn
    assert "role=" not in drawn
    assert not re.findall(r'(?:href|src)="http', drawn)
    assert set(re.findall(r'font-family="([^"]*)"', drawn)) == {"Inter"}
    assert size_of(drawn)[0] > 400


def test_drawings_are_kept_in_the_folder_and_used_from_there(tmp_path: Path) -> None:
    spec = states_chart({"met": 3})
    with kept_in(tmp_path):
        drawn = svg_of(spec)
        (kept,) = tmp_path.iterdir()
        assert kept.read_text() == drawn
        kept.write_text("<svg>ur mappen</svg>")
        svg._svg.cache_clear()
        assert svg_of(spec) == "<svg>ur mappen</svg>"
    assert svg_of(spec) == drawn


def test_a_png_is_as_many_times_larger_as_asked() -> None:
    spec = states_chart({"met": 3})
    small, large = (int.from_bytes(png_of(spec, scale)[16:20], "big") for scale in (1, 2))
    assert abs(large - 2 * small) <= 2


def test_a_sum_of_entries_is_written_as_its_table_shows_it() -> None:
    table = statement()
    row, column = next(row for row in table.rows if row.role == "item"), table.columns_of(ColumnRole.DEVIATION)[0]
    exact = table.with_cell(row.key, column.key, Cell(Quantity(D("5.91257993"), MNKR)))
    assert f"{row.label}: +5,9" in deviation_alt(exact, column.key)
    assert "5,91" not in deviation_alt(exact, column.key)
