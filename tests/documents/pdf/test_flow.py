"""Reading order and the joining of lines, by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.documents.pdf.flow import Placed, in_order
from uppsikt.documents.pdf.lines import joined
from uppsikt.documents.pdf.page import Area
from uppsikt.documents.pdf.reading import numbers
from uppsikt.documents.pdf.turning import Turn

areas = st.builds(
    lambda left, top, width, height: Area(left, top, left + width, top + height),
    st.floats(0, 500),
    st.floats(0, 800),
    st.floats(1, 500),
    st.floats(1, 60),
)


def line(key: int, left: float, top: float, right: float, letters: int = 40) -> Placed:
    return Placed(Area(left, top, right, top + 12), key, letters)


@given(st.lists(st.tuples(areas, st.integers(0, 80), st.booleans()), max_size=40))
def test_everything_is_read_exactly_once(things):
    placed = [Placed(area, key, letters, table) for key, (area, letters, table) in enumerate(things)]
    read = [item.key for column in in_order(placed) for item in column]
    assert sorted(read) == list(range(len(placed)))


def test_two_columns_under_a_heading_are_read_one_after_the_other():
    lines = [line(0, 50, 40, 550)]
    lines += [line(1 + n, 50, 70 + 14 * n, 290) for n in range(6)]
    lines += [line(7 + n, 310, 70 + 14 * n, 550) for n in range(6)]
    lines += [line(13, 50, 170, 550)]
    assert [item.key for column in in_order(lines) for item in column] == list(range(14))


def test_names_beside_figures_are_read_across():
    lines = [line(2 * n, 50, 70 + 14 * n, 120, 8) for n in range(6)]
    lines += [line(2 * n + 1, 400, 70 + 14 * n, 430, 4) for n in range(6)]
    assert [item.key for column in in_order(lines) for item in column] == list(range(12))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Nämnden följer", "sin ekonomi."], "Nämnden följer sin ekonomi."),
        (["Kommun-", "styrelsen leder"], "Kommunstyrelsen leder"),
        (["hög-", "och lågstadiet"], "hög- och lågstadiet"),
        (["beslut i KS-", "ärendet"], "beslut i KS-ärendet"),
        (["åren 2019-", "2022"], "åren 2019-2022"),
        (["en paus -", "sedan mera"], "en paus - sedan mera"),
        (["", "ensam"], "ensam"),
    ],
)
def test_lines_become_a_paragraph(lines, text):
    assert joined(lines) == text


@given(areas, st.integers(0, 3))
def test_what_was_turned_upright_is_turned_back(area, turns):
    turn = Turn(turns, 1000, 1100)
    assert turn.shown(turn.upright(area)) == pytest.approx(area)


@pytest.mark.parametrize(("pages", "text"), [([3], "3"), ([1, 2, 3], "1–3"), ([1, 3, 4, 9], "1, 3–4, 9"), ([], "")])
def test_page_numbers_are_written_as_people_do(pages, text):
    assert numbers(pages) == text
