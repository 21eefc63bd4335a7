"""How amounts, periods, dates and kinds may be written, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from uppsikt.core.economy.ledger import EntryKind
from uppsikt.facts import conversions


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


def told(engine: duckdb.DuckDBPyConnection, expression: str, cell: str) -> object:
    (value,) = engine.execute(f"SELECT {expression} FROM (SELECT ? AS cell)", [cell]).fetchone() or (None,)
    return value


@pytest.mark.parametrize(
    ("cell", "ore"),
    [
        ("1234,50", 123450), ("1 234,50", 123450), ("1\u00a0234,5", 123450), ("1\u202f234", 123400),
        ("1.234,50", 123450),
        ("1'000", 100000), ("1.234.567,89", 123456789), ("-1", -100), ("\u22121 234", -123400), ("\u20131", -100),
        ("- 5", -500), ("123-", -12300), ("1 234,50 -", -123450), ("(12,00)", -1200), ("+5", 500), (",5", 50),
        (" 7 ", 700), ("0,00", 0), ("92233720368547758,07", 2**63 - 1), ("-92233720368547758,08", -(2**63)),
        ("92233720368547758,08", None), ("1,234", None), ("1234.50", None), ("12 34", None), ("1.23", None),
        ("1e3", None), ("-", None), ("", None), ("--5", None), ("-5-", None), ("(-5)", None), ("5,", None),
        ("=1+1", None), ("1\x00", None), ("٣", None), ("5 kr", None), ("1 234.567,00", None), ("NaN", None),
        ("inf", None),
    ],
)  # fmt: skip
def test_amounts_with_a_comma(engine: duckdb.DuckDBPyConnection, cell: str, ore: int | None) -> None:
    assert told(engine, conversions.ore("cell", ","), cell) == ore


@pytest.mark.parametrize(
    ("cell", "ore"),
    [("1234.50", 123450), ("1,234.5", 123450), ("1 234.50", 123450), ("-1.2", -120), ("1,23", None), ("1.234", None)],
)
def test_amounts_with_a_point(engine: duckdb.DuckDBPyConnection, cell: str, ore: int | None) -> None:
    assert told(engine, conversions.ore("cell", "."), cell) == ore


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("202401", 202401), ("2024-01", 202401), ("2024-1", 202401), ("2024/01", 202401), ("2024M01", 202401),
        ("2024m1", 202401), ("01-2024", 202401), ("1/2024", 202401), ("jan 2024", 202401), ("Jan. 2024", 202401),
        ("jan-2024", 202401), ("Januari 2024", 202401), ("mars 2024", 202403), ("Sept 2024", 202409),
        ("maj 2024", 202405),
        ("2024-01-31", 202401), ("20240131", 202401), (" 202401 ", 202401),
        ("202413", 202412), ("2024-15", 202412), ("13/2024", 202412), ("202400", 202401), ("2024 00", 202401),
        ("202416", None), ("2024-0", None), ("16/2024", None), ("20241301", None),
        ("1", None), ("januari", None), ("jan-24", None),
        ("2024", None), ("24-01", None), ("099901", None), ("juninovember 2024", None), ("2024-02-30", None),
        ("x", None),
    ],
)  # fmt: skip
def test_periods(engine: duckdb.DuckDBPyConnection, cell: str, month: int | None) -> None:
    assert told(engine, conversions.month_of(conversions.period("cell")), cell) == month


@pytest.mark.parametrize(
    ("cell", "extra"),
    [("202413", "13"), (" 2024-15 ", "15"), ("14/2024", "14"), ("2024M00", "00"), ("202412", None), ("202401", None),
     ("2024-01-13", None), ("20240113", None), ("202416", None), ("jan 2013", None), ("", None)],
)  # fmt: skip
def test_periods_that_are_no_months(engine: duckdb.DuckDBPyConnection, cell: str, extra: str | None) -> None:
    assert told(engine, conversions.extra_period("cell"), cell) == extra


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-01-31", date(2024, 1, 31)), ("20240131", date(2024, 1, 31)), ("2024/01/31", date(2024, 1, 31)),
        ("2024.01.31", date(2024, 1, 31)), ("31/1 2024", date(2024, 1, 31)), ("31.1.2024", date(2024, 1, 31)),
        ("1 februari 2024", date(2024, 2, 1)), ("1 feb. 2024", date(2024, 2, 1)), ("2024-02-29", date(2024, 2, 29)),
        ("2024-01-31 00:00:00", date(2024, 1, 31)), ("2024-01-31T12:00:00", date(2024, 1, 31)),
        ("31/1/2024", None), ("1/31 2024", None), ("2023-02-29", None), ("24-01-31", None), ("45322", None),
        ("infinity", None),
    ],
)  # fmt: skip
def test_days(engine: duckdb.DuckDBPyConnection, cell: str, day: date | None) -> None:
    assert told(engine, conversions.day("cell"), cell) == day


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("utfall", "outcome"),
        (" Utfall ", "outcome"),
        ("BUDGET", "budget"),
        ("prognos", "forecast"),
        ("", "budget"),
        ("x", None),
    ],
)
def test_kinds(engine: duckdb.DuckDBPyConnection, cell: str, kind: str | None) -> None:
    assert told(engine, conversions.kind("cell", EntryKind.BUDGET), cell) == kind


@pytest.mark.parametrize("cell", [" 5011", "5011\u00a0", "\t5011 "])
def test_blanks_are_not_part_of_a_code(engine: duckdb.DuckDBPyConnection, cell: str) -> None:
    assert told(engine, conversions.code("cell"), cell) == "5011"
