"""Every öre of a file is stored, whatever it was written like; and the roll-ups always say what the entries say."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.core.economy.ledger import Entry, EntryKind, Known, Layout, Side, side_of
from uppsikt.facts import Ledger, Manifest, Store, Where

ALL = Where(frozenset(EntryKind), 202301, 202412)
AMOUNTS = st.integers(-(10**13), 10**13).map(lambda ore: Decimal(ore).scaleb(-2))
CODES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=6)
ENTRIES = st.builds(
    Entry,
    kind=st.sampled_from(EntryKind), month=st.sampled_from((202312, 202401, 202402)),
    account=st.sampled_from(("3011", "4011", "4611", "5011", "5012", "8411", "1510")),
    unit=st.sampled_from(("10", "11", "åäö")), amount=AMOUNTS,
    day=st.none() | st.dates(date(2023, 1, 1), date(2024, 12, 31)),
    activity=st.sampled_from(("", "100", "200")), project=st.sampled_from(("", "P1")), object=st.just("") | CODES,
    counterpart=st.sampled_from(("", "16", "81")), voucher=st.just("") | CODES,
    text=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=12),
)  # fmt: skip


def ore_as_written(amount: Decimal, how: int) -> str:
    """Write an amount as one of the programs in use writes it."""
    kronor, ore = divmod(abs(int(amount.scaleb(2))), 100)
    grouped = f"{kronor:,}".replace(",", (" ", "\u00a0", ".", "", "\u202f")[how % 5])
    figures = f"{grouped},{ore:02}" if ore or how % 2 else grouped
    if amount >= 0:
        return figures
    return (f"-{figures}", f"\u2212{figures}", f"{figures}-", f"({figures})", f"- {figures}")[how % 5]


@settings(max_examples=40)
@given(st.lists(st.tuples(AMOUNTS, st.integers(0, 9)), min_size=1, max_size=30))
def test_the_stored_total_is_the_exact_sum_of_the_file(amounts: list[tuple[Decimal, int]]) -> None:
    lines = [f'5011;1;202401;"{ore_as_written(amount, how)}"' for amount, how in amounts]
    with tempfile.TemporaryDirectory() as folder:
        file, store = Path(folder) / "file.csv", Store(Path(folder) / "ledger")
        file.write_text("\n".join(lines), encoding="utf-8")
        staged = store.stage(file, Layout(("account", "unit", "period", "amount"), skip=0), Known())
        assert staged.faults == ()
        assert staged.total == sum(amount for amount, _ in amounts)
        page = store.ledger(Manifest(store.keep(staged, "x", "1"))).entries(ALL, first=len(amounts))
        assert sorted(entry.amount for entry in page.entries) == sorted(amount for amount, _ in amounts)
        assert (page.rows, page.total) == (len(amounts), staged.total)


def added_up(entries: list[Entry], by: tuple[str, ...]) -> dict[tuple[str, ...], tuple[Decimal, int]]:
    """Sum entries without any engine."""
    sums: dict[tuple[str, ...], tuple[Decimal, int]] = defaultdict(lambda: (Decimal(0), 0))
    for entry in entries:
        told = {name: str(getattr(entry, name, side_of(entry.account))) for name in by}
        amount, rows = sums[key := tuple(told.values())]
        sums[key] = (amount + entry.amount, rows + 1)
    return dict(sums)


def agrees(ledger: Ledger, entries: list[Entry]) -> None:
    """Hold the ledger against the entries: from roll-ups, by scan, filtered, and listed."""
    for by in (("kind", "month", "unit", "side", "activity"), ("project", "side"), ("unit", "counterpart"),
               ("account",), ("account", "activity", "counterpart"), ("object",)):  # fmt: skip
        assert {one.keys: (one.amount, one.rows) for one in ledger.sums(by, ALL)} == added_up(entries, by)
    costs = Where(ALL.kinds, 202312, 202401, units=frozenset({"10", "åäö"}), sides=frozenset({Side.COSTS}),
                  without_counterparts=frozenset({"16"}))  # fmt: skip
    chosen = [one for one in entries if one.unit != "11" and side_of(one.account) is Side.COSTS
              and one.counterpart != "16" and one.month != 202402]  # fmt: skip
    page = ledger.entries(costs, first=1000)
    assert sorted(map(repr, page.entries)) == sorted(map(repr, chosen))
    assert (page.rows, page.total) == (len(chosen), sum((one.amount for one in chosen), Decimal(0)))
    assert [one.keys for one in ledger.sums(("unit",), costs)] == sorted({(one.unit,) for one in chosen})


@settings(max_examples=15)
@given(st.lists(ENTRIES, min_size=1, max_size=25), st.lists(ENTRIES, min_size=1, max_size=25))
def test_rollups_say_what_the_entries_say_also_when_months_are_replaced(first: list[Entry], again: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        manifest = Manifest(store.keep(store.stage_entries(first, Known()), "a", "1"))
        agrees(store.ledger(manifest), first)
        later = manifest.replacing(store.keep(store.stage_entries(again, Known()), "a", "2"))
        replaced = {(entry.kind, entry.month) for entry in again}
        agrees(store.ledger(later), [one for one in first if (one.kind, one.month) not in replaced] + again)
        both = manifest.replacing(store.keep(store.stage_entries(again, Known()), "b", "3"))
        agrees(store.ledger(both), first + again)
        agrees(store.ledger(manifest), first)


@settings(max_examples=15)
@given(st.lists(ENTRIES, min_size=1, max_size=30), st.integers(1, 7))
def test_pages_follow_each_other_without_gap_or_repetition(entries: list[Entry], size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        ledger = store.ledger(Manifest(store.keep(store.stage_entries(entries, Known()), "a", "1")))
        for order in ("month", "amount"):
            pages = [ledger.entries(ALL, first=size, offset=start, order=order).entries  # type: ignore[arg-type]  # both
                     for start in range(0, len(entries), size)]  # fmt: skip
            listed = [entry for page in pages for entry in page]
            assert sorted(map(repr, listed)) == sorted(map(repr, entries))
            if order == "amount":
                assert [abs(one.amount) for one in listed] == sorted((abs(one.amount) for one in entries), reverse=True)
            else:
                assert [one.month for one in listed] == sorted(one.month for one in entries)


@settings(max_examples=15)
@given(st.lists(ENTRIES, min_size=1, max_size=30), st.integers(1, 7), st.integers(0, 9))
def test_few_entries_read_at_once_are_the_same_as_many_read_by_page(
    entries: list[Entry], size: int, offset: int
) -> None:
    entries = entries * 4
    unit, account = entries[0].unit, entries[0].account  # no roll-up has both
    meant = [one for one in entries if (one.unit, one.account) == (unit, account)]
    where = replace(ALL, units=frozenset({unit}), accounts=frozenset({account}))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        store = Store(Path(folder))
        ledger = store.ledger(Manifest(store.keep(store.stage_entries(entries, Known()), "a", "1")))
        orders: tuple[Literal["month"], Literal["amount"]] = ("month", "amount")
        for order in orders:
            pages = []
            for few in (1_000, len(meant), 0):
                patch.setattr("uppsikt.facts.ledger._FEW", few)
                pages.append(ledger.entries(where, first=size, offset=offset, order=order))
            assert [(page.rows, page.total) for page in pages] == [(len(meant), sum(one.amount for one in meant))] * 3
            whole = [[one.month for one in page.entries] for page in pages]
            sizes = [[abs(one.amount) for one in page.entries] for page in pages]
            assert len(pages[0].entries) == max(0, min(size, len(meant) - offset))
            assert whole[1:] == whole[:1] * 2 if order == "month" else sizes[1:] == sizes[:1] * 2


def test_the_largest_are_right_also_when_the_part_has_more_than_are_kept_beside_it(tmp_path: Path) -> None:
    entries = [
        Entry(EntryKind.OUTCOME, month, "5011", "1" if number % 500 else "2", Decimal(number * 7919 % 10_007 - 5_000))
        for month in (202401, 202402) for number in range(4_500)
    ]  # fmt: skip
    store = Store(tmp_path)
    ledger = store.ledger(Manifest(store.keep(store.stage_entries(entries, Known()), "a", "1")))
    for units, first, offset in ((None, 100, 0), (None, 1_000, 8_000), (frozenset({"2"}), 100, 0)):
        where = Where(ALL.kinds, 202401, 202412, units=units)
        listed = ledger.entries(where, first=first, offset=offset, order="amount").entries
        sizes = sorted((abs(one.amount) for one in entries if not units or one.unit in units), reverse=True)
        assert [abs(one.amount) for one in listed] == sizes[offset : offset + first]


def test_a_part_that_lacks_a_rollup_is_summed_from_its_entries(tmp_path: Path) -> None:
    entries = [Entry(EntryKind.OUTCOME, 202401, "5011", unit, Decimal(5)) for unit in ("10", "11", "11")]
    store = Store(tmp_path)
    manifest = Manifest(store.keep(store.stage_entries(entries, Known()), "x", "1"))
    sums = tmp_path / manifest.parts[0].files[1]
    older = tmp_path / "older.parquet"
    duckdb.sql(f"COPY (SELECT * FROM read_parquet('{sums}') WHERE rollup <> 'unit') TO '{older}' (FORMAT parquet)")
    older.replace(sums)  # as a program wrote it before that roll-up was thought of
    assert [(one.keys, one.amount) for one in store.ledger(manifest).sums(("unit",), ALL)] == [
        (("10",), Decimal(5)), (("11",), Decimal(10))
    ]  # fmt: skip
