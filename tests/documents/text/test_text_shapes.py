"""Any table of figures, written in each of the shapes that text comes in, is read back cell for cell."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.documents.model import Grid, Limits
from uppsikt.documents.opening import quiet
from uppsikt.documents.text import read_text

LABELS = [
    "Skolor",
    "Parker och grönytor",
    "Vägar",
    "Äldreomsorg",
    "Kultur, fritid",
    "varav lokaler",
    "Summa",
    "Bibliotek",
]
HEADS = ["Bokslut 2031", "Budget 2031", "Bokslut 2030", "Plan 2032"]
Table = list[list[str]]


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


@st.composite
def tables(draw: st.DrawFn, *, empty: bool) -> Table:
    width = draw(st.integers(2, 4))
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=3, max_size=7, unique=True))
    number = st.integers(-99_999, 999_999).map(grouped)
    cell = st.one_of(number, st.just("")) if empty else number
    rows = [[label, *draw(st.lists(cell, min_size=width, max_size=width))] for label in labels]
    # One row is full: otherwise nothing tells that its columns exist.
    rows[0][1:] = draw(st.lists(number, min_size=width, max_size=width))
    return [["Belopp tkr", *HEADS[:width]], *rows]


@st.composite
def alike(draw: st.DrawFn) -> Table:
    """A table whose figures all have six digits, and a deviation: single spaces part it in one way only."""
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=3, max_size=7, unique=True))
    rows = []
    for label in labels:
        outcome, budget = draw(st.integers(100_000, 999_999)), draw(st.integers(100_000, 999_999))
        rows.append([label, grouped(outcome), grouped(budget), grouped(budget - outcome)])
    return [["Belopp tkr", "Bokslut 2031", "Budget 2031", "Avvikelse"], *rows]


def read(text: str) -> list[Table]:
    content = read_text(text.encode(), "a.txt", Limits(), quiet)
    found = [block for block in content.blocks if isinstance(block, Grid)]
    return [[[row.text(at) for at in range(grid.width)] for row in grid.rows] for grid in found]


def spaced(table: Table) -> str:
    """Write as with the layout kept: labels to the left, figures to the right of their column."""
    return "\n".join(f"{row[0]:<26}" + "".join(f"{cell:>16}" for cell in row[1:]) for row in table)


@given(tables(empty=True))
@settings(max_examples=60)
def test_tabs(table: Table) -> None:
    assert read("\n".join("\t".join(row) for row in table)) == [table]


@given(tables(empty=True))
@settings(max_examples=60)
def test_bars(table: Table) -> None:
    rule = "|" + "---|" * len(table[0])
    lines = ["| " + " | ".join(row) + " |" for row in table]
    assert read("\n".join([lines[0], rule, *lines[1:]])) == [table]


@given(tables(empty=False))
@settings(max_examples=60)
def test_many_spaces(table: Table) -> None:
    assert read(spaced(table)) == [table]


@given(tables(empty=False))
@settings(max_examples=60)
def test_groups_held_together_by_no_break_spaces(table: Table) -> None:
    lines = [" ".join([row[0], *(cell.replace(" ", "\u00a0") for cell in row[1:])]) for row in table[1:]]
    found = read("\n".join([" ".join(table[0]), *lines]))
    assert [[[cell.replace("\u00a0", " ") for cell in row] for row in grid] for grid in found] == [table]


@given(alike())
@settings(max_examples=60)
def test_single_spaces(table: Table) -> None:
    assert read("\n".join(" ".join(row) for row in table)) == [table]


@given(alike())
@settings(max_examples=40)
def test_a_cell_on_each_line(table: Table) -> None:
    assert read("\n\n".join(cell for row in table for cell in row)) == [table]
