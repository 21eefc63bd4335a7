"""Differences that no heading names: deviation rows under an amount, and columns that the rows themselves explain."""

from __future__ import annotations

from decimal import Decimal

import pytest

from uppsikt.checks import check_tables
from uppsikt.core.findings import Finding
from uppsikt.core.quantities import TKR, read_cell
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, Sign, Table


def table(lines: list[tuple[str, ...]], *roles: ColumnRole) -> Table:
    columns = tuple(Column(f"c{at}", f"Kolumn {at}", role) for at, role in enumerate(roles, 1))
    rows = tuple(Row(f"r{at}", label) for at, (label, *_) in enumerate(lines, 1))
    cells = {
        (row.key, column.key): Cell(read_cell(text, TKR).value, text)
        for row, (_, *texts) in zip(rows, lines, strict=True)
        for column, text in zip(columns, texts, strict=True)
    }
    return Table("t", "Tabell", columns, rows, cells, TKR, Sign.NET_COST)


def told(*tables: Table) -> list[tuple[str, str, str, Decimal | None]]:
    def one(finding: Finding) -> tuple[str, str, str, Decimal | None]:
        expected = finding.expected.number if finding.expected else None
        return finding.code, finding.place.row, finding.place.column, expected

    return [one(finding) for finding in check_tables(tables)]


@pytest.mark.parametrize("sign", [1, -1])
def test_a_deviation_row_is_the_difference_of_the_rows_over_it(sign: int) -> None:
    def lines(wrong: int) -> list[tuple[str, ...]]:
        return [
            ("Nettokostnader", f"{sign * -500}", f"{sign * -620}"),
            ("Budget", f"{sign * -510}", f"{sign * -600}"),
            ("Budgetavvikelse", "10", f"{wrong}"),
        ]

    roles = ColumnRole.LAST_YEAR, ColumnRole.OUTCOME
    assert told(table(lines(-20), *roles)) == []
    assert told(table(lines(-26), *roles)) == [("DEV", "r3", "c2", -20)]


def unnamed(last: str) -> Table:
    lines = [("a", "10", "4", "6"), ("b", "25", "30", "-5"), ("c", "7", "2", "5"), ("d", "91", "80", "11")]
    return table([*lines, ("e", "40", "13", last)], *[ColumnRole.AMOUNT] * 3)


def test_a_column_that_nearly_all_rows_show_to_be_a_difference_is_one_in_all() -> None:
    assert told(unnamed("27")) == []
    assert told(unnamed("72")) == [("DEV", "r5", "c3", 27)]


def test_columns_that_only_happen_to_meet_in_a_row_are_no_difference() -> None:
    lines = [("a", "10", "4", "6"), ("b", "25", "30", "9"), ("c", "7", "2", "1"), ("d", "91", "80", "3")]
    assert told(table(lines, *[ColumnRole.AMOUNT] * 3)) == []
