"""Tables: sums, parts, what a reader sees, and what is frozen comes back the same."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import missing_values, tables, true_tables
from uppsikt.core.errors import ReadingError, TableError
from uppsikt.core.quantities import (
    KR,
    MNKR,
    PERCENT,
    PLAIN,
    TKR,
    Missing,
    MissingReason,
    Quantity,
    could_be_sum,
    round_to,
)
from uppsikt.core.tables import (
    Cell,
    Column,
    ColumnRole,
    Row,
    RowRole,
    Table,
    count_rows,
    from_json,
    select,
    shown,
    sum_cells,
    to_json,
)

OUTCOME = Column("outcome", "Utfall", ColumnRole.OUTCOME)
SHARE = Column("share", "Andel", ColumnRole.OUTCOME, unit=PERCENT)
TABLE = Table(
    "t",
    "Driftsammandrag",
    (OUTCOME, SHARE),
    (
        Row("sum", "Summa", RowRole.SUM),
        Row("division", "Stab", RowRole.SUM, "sum"),
        Row("team", "Enhet", RowRole.ITEM, "division"),
        Row("other", "Övrigt", RowRole.ITEM, "sum"),
    ),
    {
        ("team", "outcome"): Cell(Quantity(Decimal("15600"), TKR, 0)),
        ("other", "outcome"): Cell(Quantity(Decimal("1.25"), MNKR, 2)),
        ("other", "share"): Cell(Missing(MissingReason.NO_DATA, "I.U.")),
    },
    MNKR,
)


def items(table: Table) -> list[str]:
    return [row.key for row in table.rows if row.role is RowRole.ITEM]


def test_a_sum_is_told_in_the_unit_of_its_column() -> None:
    assert sum_cells(TABLE, ["team", "other"], "outcome") == Quantity(Decimal("16.85"), MNKR, 2)
    assert sum_cells(TABLE, [], "outcome") == Quantity(Decimal(0), MNKR)


def test_a_sum_with_a_missing_cell_is_missing_and_says_how_many() -> None:
    total = sum_cells(TABLE, ["team", "other", "division"], "outcome")
    assert total == Missing(MissingReason.NO_DATA, "1 av 3 värden saknas")


@given(true_tables())
def test_sums_of_true_tables_hold(table: Table) -> None:
    stated = table.value("sum", "outcome")
    assert isinstance(stated, Quantity)
    assert could_be_sum(stated, [table.value(row, "outcome") for row in items(table)])


@given(true_tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table: Table, random: Random) -> None:
    rows = list(table.rows)
    random.shuffle(rows)
    mixed = replace(table, rows=tuple(rows))
    assert sum_cells(mixed, items(mixed), "outcome") == sum_cells(table, items(table), "outcome")


@given(true_tables(), missing_values, st.data())
def test_missing_stays_missing(table: Table, missing: Missing, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(items(table)))
    holed = table.with_cell(gone, "outcome", Cell(missing))
    total = sum_cells(holed, items(holed), "outcome")
    assert total == Missing(MissingReason.NO_DATA, f"1 av {len(items(holed))} värden saknas")
    assert sum_cells(holed, [key for key in items(holed) if key != gone], "outcome") != total


@given(tables())
def test_what_is_frozen_comes_back_the_same(table: Table) -> None:
    text = json.dumps(to_json(table), ensure_ascii=False)
    assert from_json(json.loads(text)) == table
    assert json.dumps(to_json(from_json(json.loads(text))), ensure_ascii=False) == text


def test_a_frozen_table_of_another_format_or_broken_is_refused() -> None:
    data = to_json(TABLE)
    with pytest.raises(ReadingError, match="format 99"):
        from_json({**data, "format": 99})
    with pytest.raises(ReadingError, match="skadad"):
        from_json({key: value for key, value in data.items() if key != "rows"})
    with pytest.raises(ReadingError, match="skadad"):
        from_json({**data, "cells": [["team", "outcome", {**data["cells"][0][2], "value": {"number": "femton"}}]]})


def test_selecting_keeps_the_order_and_mends_the_tree() -> None:
    part = select(TABLE, rows=["team", "sum"], columns=["outcome"])
    assert [(row.key, row.parent) for row in part.rows] == [("sum", None), ("team", "sum")]
    assert list(part.cells) == [("team", "outcome")]
    assert select(TABLE) == TABLE


def test_selecting_what_is_not_there_is_refused() -> None:
    with pytest.raises(TableError, match="saknad"):
        select(TABLE, rows=["saknad"])
    with pytest.raises(TableError, match="saknad"):
        select(TABLE, columns=["saknad"])


@given(tables())
def test_a_part_of_a_table_is_a_table(table: Table) -> None:
    part = select(table, rows=[row.key for row in table.rows[::2]], columns=[c.key for c in table.columns[::2]])
    assert all(table.cells[place] == cell for place, cell in part.cells.items())


def test_counting_rows() -> None:
    assert count_rows(TABLE, "outcome", lambda cell: isinstance(cell.value, Quantity)) == 2
    assert count_rows(TABLE, "outcome", lambda cell: isinstance(cell.value, Missing), RowRole.SUM) == 2
    with pytest.raises(TableError):
        count_rows(TABLE, "saknad", lambda cell: cell.raw == "")


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (Quantity(Decimal("15.60"), MNKR, 2), OUTCOME, "15,60"),
        (Quantity(Decimal("15600"), TKR, 0), OUTCOME, "15,6"),
        (Quantity(Decimal("15649999.5"), KR), OUTCOME, "15,6"),
        (Quantity(Decimal("-9.8"), MNKR, 1), OUTCOME, "−9,8"),
        (Quantity(Decimal("0.33333")), replace(OUTCOME, unit=PLAIN), "0,33333"),
        (Quantity(Decimal(83), PERCENT, 0), OUTCOME, "83\u00a0%"),
        (Quantity(Decimal(83), PERCENT, 0), SHARE, "83"),
        (Missing(MissingReason.NO_DATA, "I.U."), SHARE, "I.U."),
        (Missing(), OUTCOME, ""),
    ],
)
def test_what_a_reader_sees(value: Quantity | Missing, column: Column, text: str) -> None:
    assert shown(Cell(value), TABLE, column) == text


def test_decimals_can_be_asked_for() -> None:
    assert shown(Cell(Quantity(Decimal("15.649"), MNKR)), TABLE, OUTCOME, decimals=2) == "15,65"


@given(true_tables())
def test_what_is_shown_is_what_is_written(table: Table) -> None:
    for _, column, cell in table.filled():
        assert isinstance(cell.value, Quantity)
        number = shown(cell, table, column).replace("\u00a0", "").replace("−", "-").replace(",", ".")
        assert Decimal(number) == round_to(cell.value, 1).number


def test_looking_among_the_rows_of_a_long_table_takes_no_longer_for_each_than_in_a_short_one() -> None:
    rows = tuple(Row(f"r{n}", "Skola", RowRole.OF_WHICH, "r0" if n else None) for n in range(20_000))
    table = Table("t", "Lång", (Column("c", "Utfall", ColumnRole.OUTCOME),), rows)
    begun = time.process_time()
    assert all(table.row(row.key) is row and not table.children(row.key) for row in rows[1:])
    assert len(table.children("r0", RowRole.OF_WHICH)) == len(rows) - 1
    assert table.children("r0", RowRole.SUM) == ()
    assert time.process_time() - begun < 2
