"""How a table is laid out before anybody draws it, and that the marks are the same on paper and web."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import given

import uppsikt.web
from tests.reporting.sample import activities, goals, indicators, investments, money, statement
from tests.strategies import tables
from uppsikt.core.quantities import Quantity
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import Cell, RowRole, Table
from uppsikt.reporting.model import Heading, Paragraph, Stamp, Words
from uppsikt.reporting.render.fitting import fit
from uppsikt.reporting.render.grid import grid_of
from uppsikt.reporting.render.layout import EXAMPLE, prepared, stamp_text
from uppsikt.reporting.render.marks import MARKS
from uppsikt.reporting.render.pdf import PAGE


@given(tables())
def test_every_row_has_a_box_for_every_column_and_heads_cover_them_all(table: Table) -> None:
    grid = grid_of(table)
    assert all(len(line.boxes) == len(table.columns) for line in grid.lines)
    assert sum(head.columns for head in grid.heads[0]) == len(table.columns) + 1
    two_high = sum(head.rows == 2 for head in grid.heads[0])
    if len(grid.heads) == 2:
        assert two_high + len(grid.heads[1]) == len(table.columns) + 1


@given(tables())
def test_columns_fit_between_the_margins(table: Table) -> None:
    fitted = fit(grid_of(table), PAGE)
    assert len(fitted.columns) == len(table.columns) + 1
    assert sum(fitted.columns) <= (PAGE.landscape if fitted.landscape else PAGE.portrait) + 0.01


def test_groups_stand_over_their_columns() -> None:
    upper, lower = grid_of(investments()).heads
    assert [(head.text, head.columns, head.rows) for head in upper] == [
        ("Benämning", 1, 2), ("Utgifter och inkomster sedan projektets start", 3, 1),
        ("Varav årets investeringar", 3, 1),
    ]  # fmt: skip
    assert [head.text for head in lower][:2] == ["Beslutad budget", "Ack. utfall nettoinvesteringar"]


def test_deviations_say_good_or_bad_by_sign_too() -> None:
    boxes = {line.row.key: line.boxes[2] for line in grid_of(statement()).lines}
    assert (boxes["ekonomi"].text, boxes["ekonomi"].tone) == ("+9,1", "good")
    assert (boxes["gemensamt"].text, boxes["gemensamt"].tone) == ("−1,8", "bad")
    assert (boxes["naring"].text, boxes["naring"].tone) == ("0,0", "")


def test_what_rounds_to_zero_is_neither_good_nor_bad() -> None:
    table = statement().with_cell("ekonomi", "deviation-2024", Cell(Quantity(Decimal("0.04"), statement().unit)))
    box = {line.row.key: line.boxes[2] for line in grid_of(table).lines}["ekonomi"]
    assert (box.text, box.tone) == ("0,0", "")


def test_states_missing_values_and_notes_are_told() -> None:
    assert [line.boxes[2].state for line in grid_of(goals()).lines] == ["partly", "met", "missed", "none"]
    grid = grid_of(indicators())
    long = next(line for line in grid.lines if line.row.key == "lang")
    assert [(box.text, box.why) for box in long.boxes[:2]] == [("I.U.", "ingen uppgift"), ("inte publicerad ännu", "")]
    assert long.boxes[2].note == 1
    assert grid.notes == ("Färre än fem personer.",)


def test_the_same_note_has_one_number() -> None:
    table = statement()
    for row in ("ekonomi", "ledning"):
        table = table.with_cell(row, "outcome-2024", replace(money("1.0"), note="Omräknat efter ny organisation."))
    grid = grid_of(table)
    assert len(grid.notes) == 1
    assert sum(box.note == 1 for line in grid.lines for box in line.boxes) == 3


def test_rows_are_set_in_under_what_they_belong_to_but_not_under_headings() -> None:
    depths = {line.row.key: line.depth for line in grid_of(indicators()).lines}
    assert (depths["god"], depths["sjuk"], depths["sjuk-k"]) == (0, 0, 1)
    loose = replace(statement(), rows=tuple(replace(row, parent=None) for row in statement().rows))
    assert {line.depth for line in grid_of(loose).lines if line.row.role is RowRole.OF_WHICH} == {1}


def test_rows_that_belong_to_each_other_in_a_ring_do_not_hang() -> None:
    first, second = activities(2).rows
    ring = replace(activities(2), rows=(replace(first, parent=second.key), replace(second, parent=first.key)))
    assert len(grid_of(ring).lines) == 2


def test_headings_begin_at_one_and_skip_none_and_examples_say_so_once() -> None:
    example = Paragraph((Words("Påhittat."),), "example")
    blocks = prepared([Heading(3, "a", "a"), example, example, Heading(4, "b", "b"), Heading(1, "c", "c"), example])
    assert [block.level for block in blocks if isinstance(block, Heading)] == [1, 2, 1]
    told = [block.inlines[0].text for block in blocks if isinstance(block, Paragraph)]
    assert told == [EXAMPLE, "Påhittat.", EXAMPLE]


def test_an_undecided_report_says_so() -> None:
    assert stamp_text(Stamp("31 augusti 2018", "2018-09-20")) == "Ej beslutad, framtagen 2018-09-20"
    assert stamp_text(Stamp("31 augusti 2018", "")) == "Ej beslutad"


def test_every_state_has_a_mark_and_it_is_that_of_the_web() -> None:
    assert {*GoalState, *WorkState} <= set(MARKS)
    symbols = (Path(uppsikt.web.__file__).parent / "templates" / "symbols.html").read_text(encoding="utf-8")
    drawn = dict(re.findall(r'<symbol id="s-(\w+)" viewBox="0 0 16 16">(.*?)</symbol>', symbols))
    for state in (*GoalState, *WorkState):
        assert MARKS[state].drawing == drawn[state]
