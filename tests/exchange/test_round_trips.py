"""The same ledger written as SIE 4, CSV and Excel is told the same: balances, vouchers and entries."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uppsikt.cli import ledger, ledger_table
from uppsikt.exchange.sie import read_sie

ACCOUNTS, UNITS = ("1510", "3011", "5011", "6420", "7312"), ("100", "0200", "31000")
words = st.text("abcåäöÅÄÖé 123.,;-&'", max_size=12).map(lambda text: " ".join(text.split()))


@dataclass(frozen=True)
class Row:
    """A row of a voucher as the property writes it."""

    account: str
    unit: str
    amount: Decimal
    text: str


@dataclass(frozen=True)
class Voucher:
    """A voucher whose rows come to nothing."""

    day: date
    rows: tuple[Row, ...]


@st.composite
def vouchers(draw: st.DrawFn) -> Voucher:
    amounts = draw(st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=4))
    rows = [
        Row(draw(st.sampled_from(ACCOUNTS)), draw(st.sampled_from(UNITS)), Decimal(one) / 100, draw(words))
        for one in (*amounts, -sum(amounts))
    ]
    return Voucher(draw(st.dates(date(2024, 1, 1), date(2024, 12, 31))), tuple(rows))


ledgers = st.lists(vouchers(), min_size=1, max_size=8)


def expected(made: list[Voucher]) -> tuple[dict[str, str], int, int, list[Any]]:
    """Add up by hand."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for voucher in made:
        for row in voucher.rows:
            sums[row.account] += row.amount
    return {account: f"{sums[account]:.2f}" for account in sorted(sums)}, len(made), sum(
        len(one.rows) for one in made
    ), []  # fmt: skip


def told(shown: dict[str, Any]) -> tuple[dict[str, str], int, int, list[Any]]:
    """Give of what the command tells what must be the same in every form."""
    return shown["balances"], shown["vouchers"], shown["entries"], shown["faults"]


def table_told(path: Path) -> tuple[dict[str, str], int, int, list[Any]]:
    return told(ledger_table.as_json(*ledger_table.looked_at(path)))


@settings(max_examples=60, deadline=None)
@given(
    ledgers, st.sampled_from(["cp437", "cp1252", "utf-8", "utf-8-sig"]), st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([" ", "\t", "   "]), st.booleans(),
)  # fmt: skip
def test_as_sie(made: list[Voucher], encoding: str, end: str, gap: str, corrected: bool) -> None:
    lines = ["#FLAGGA 0", "#SIETYP 4", '#FNAMN "Ö"', "#RAR 0 20240101 20241231", *(f"#KONTO {a} x" for a in ACCOUNTS)]
    for number, voucher in enumerate(made, 1):
        lines += [gap.join(["#VER", "A", str(number), f"{voucher.day:%Y%m%d}", '""']), "{"]
        for row in voucher.rows:
            cells = [row.account, f'{{1 "{row.unit}"}}', f"{row.amount:.2f}", '""', f'"{row.text}"']
            rows = ["#RTRANS", "#TRANS"] if corrected else ["#TRANS"]
            lines += [gap.join([label, *cells]) for label in rows]
        lines += [f"#BTRANS {ACCOUNTS[0]} {{}} 7.77" for _ in range(corrected)] + ["}"]
    data = end.join([*lines, ""]).encode(encoding)
    assert told(ledger.as_json(read_sie(data), "fil.se")) == expected(made)


HEADINGS = ("Konto", "Ansvar", "Datum", "Vernr", "Belopp", "Text")


def cells_of(made: list[Voucher]) -> list[tuple[str, str, date, str, Decimal, str]]:
    return [
        (row.account, row.unit, voucher.day, f"A{number}", row.amount, row.text)
        for number, voucher in enumerate(made, 1)
        for row in voucher.rows
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    ledgers, st.sampled_from(";\t|"), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "cp437", "utf-16"]),
    st.sampled_from(["", " ", "\u00a0"]), st.booleans(),
)  # fmt: skip
def test_as_csv(made: list[Voucher], delimiter: str, encoding: str, thousands: str, parted: bool) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow((*HEADINGS[:4], "Debet", "Kredit", "Text") if parted else HEADINGS)
    for *codes, day, number, amount, text in cells_of(made):
        shown = f"{abs(amount):,.2f}".replace(",", thousands).replace(".", ",")
        minus = "-" if amount < 0 else ""
        sides = ("", shown) if minus else (shown, "")
        writer.writerow((*codes, day.isoformat(), number, *(sides if parted else (minus + shown,)), text))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil.csv"
        path.write_bytes(out.getvalue().encode(encoding))
        assert table_told(path) == expected(made)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ledgers, st.booleans())
def test_as_a_workbook(made: list[Voucher], as_text: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fil.xlsx"
        with xlsxwriter.Workbook(path) as book:
            page, day_form = book.add_worksheet("Data"), book.add_format({"num_format": "yyyy-mm-dd"})
            page.write_row(0, 0, HEADINGS)
            for at, (account, unit, day, number, amount, text) in enumerate(cells_of(made), 1):
                page.write_string(at, 0, account)
                page.write_string(at, 1, unit)
                page.write_datetime(at, 2, day, day_form)
                page.write_string(at, 3, number)
                page.write_string(at, 4, f"{amount:.2f}".replace(".", ",")) if as_text else page.write_number(
                    at, 4, float(amount)
                )
                page.write_string(at, 5, text)
        assert table_told(path) == expected(made)
