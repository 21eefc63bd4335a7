"""Units told side by side in an overview, and their total in a table of its own."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.checks import check_tables
from uppsikt.core.findings import Confidence
from uppsikt.core.periods import Period
from uppsikt.core.quantities import TKR, Quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Sign, Table

YEARS = (Column("c1", "Budget 2024", ColumnRole.BUDGET, Period.year(2024)),
         Column("c2", "Plan 2025", ColumnRole.PLAN, Period.year(2025)))  # fmt: skip


def table(key: str, rows: list[Row], figures: dict[str, tuple[int, int]]) -> Table:
    cells = {
        (row, column.key): Cell(Quantity(Decimal(number), TKR, 0))
        for row, numbers in figures.items()
        for column, number in zip(YEARS, numbers, strict=True)
    }
    return Table(key, key, YEARS, tuple(rows), cells, TKR, Sign.NET_COST)


def overview(first: tuple[int, int]) -> Table:
    rows = []
    for unit in ("a", "b"):
        rows += [Row(f"h{unit}", unit.upper(), RowRole.HEADING), Row(unit, "Investeringar", RowRole.ITEM, f"h{unit}")]
    return table("översikt", rows, {"a": first, "b": (45_000, 45_000)})


TOTAL = table("projekt", [Row("s", "Summa investeringar", RowRole.SUM)], {"s": (364_261, 116_550)})


def test_units_that_meet_the_total_in_one_column_must_meet_it_in_all() -> None:
    assert check_tables([overview((319_261, 71_550)), TOTAL]) == ()
    (found,) = check_tables([overview((320_050, 71_550)), TOTAL])
    assert (found.code, found.confidence, found.place.column) == ("XTB", Confidence.LIKELY, "c1")
    assert found.difference is not None
    assert abs(found.difference.number) == 789


def test_units_that_never_meet_a_total_have_nothing_to_do_with_it() -> None:
    assert check_tables([overview((320_050, 71_000)), TOTAL]) == ()
