"""From a text file to entries: what is read, what is refused, and that every öre is still there."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from uppsikt.core.economy.ledger import Entry, EntryKind, Known, Layout, Side
from uppsikt.core.errors import UseError
from uppsikt.facts import Manifest, Store, Where

COLUMNS = ("account", "unit", "activity", "period", "amount", "text")
EVERYTHING = Where(frozenset(EntryKind), 190001, 219912)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "ledger")


def written(tmp_path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "file.csv"
    file.write_bytes("\n".join(("konto;ansvar;verksamhet;period;belopp;text", *lines, "")).encode(encoding))
    return file


def test_what_is_staged_is_kept_and_read_back(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path, "5011;1234;100;202401;1 234,50;Lokal", '3011;1234;;2024-02;-100;"a;""b"""')
    staged = store.stage(file, Layout(COLUMNS), Known())
    assert (staged.rows, staged.total, staged.faults) == (2, Decimal("1134.50"), ())
    assert [(one.month, one.costs, one.income) for one in staged.summary] == [
        (202401, Decimal("1234.50"), 0), (202402, 0, Decimal(100)),
    ]  # fmt: skip
    ledger = store.ledger(Manifest(store.keep(staged, "agresso", "1")))
    page = ledger.entries(EVERYTHING)
    assert (page.rows, page.total) == (2, Decimal("1134.50"))
    assert page.entries[1] == Entry(EntryKind.OUTCOME, 202402, "3011", "1234", Decimal(-100), text='a;"b"')
    assert [(one.keys, one.amount) for one in ledger.sums(("side",), EVERYTHING)] == [
        (("costs",), Decimal("1234.50")), (("income",), Decimal(-100)),
    ]  # fmt: skip


def test_entries_made_in_the_program_take_the_same_road(store: Store) -> None:
    entry = Entry(
        EntryKind.BUDGET,
        202512,
        "5011",
        "1",
        Decimal("0.01"),
        date(2025, 12, 31),
        "2",
        "3",
        "4",
        "5",
        "A 1",
        "x\r\ny;\"z'",
    )
    staged = store.stage_entries([entry], Known())
    assert staged.faults == ()
    assert store.ledger(Manifest(store.keep(staged, "budget", "1"))).entries(EVERYTHING).entries == (entry,)


def test_every_fault_is_told_at_once_with_its_line(store: Store, tmp_path: Path) -> None:
    file = written(
        tmp_path, "5011;1;;202401;1,005;", "5011;1;;202416;1;", ";1;;202401;1;", "5011;;;202401;1;", "5011;1;;202401;;",
        "5011;1;;;1;", "5011;1;;202401;x;", "5011;1;;202401", "5012;1;;202401;1;", "5011;1;;202401;x;",
        "5011;1;;202401;5;",
    )  # fmt: skip
    staged = store.stage(file, Layout(COLUMNS), Known({"account": frozenset({"5011", "6011"})}))
    told = [(one.code, one.line, one.rows, one.like) for one in staged.faults]
    assert told == [
        ("bad_amount", 2, 1, ()), ("bad_period", 3, 1, ()), ("no_account", 4, 1, ()), ("no_unit", 5, 1, ()),
        ("no_amount", 6, 1, ()), ("no_period", 7, 1, ()), ("bad_amount", 8, 2, ()), ("too_few_columns", 9, 1, ()),
        ("unknown_account", 10, 1, ("5011",)),
    ]  # fmt: skip
    assert (staged.unreadable, staged.rows, staged.total) == (9, 2, Decimal(6))
    assert store.staged(staged.id) == staged
    with pytest.raises(UseError, match="9 rader"):
        store.keep(staged, "agresso", "1")


def test_letters_of_another_encoding_are_read(store: Store, tmp_path: Path) -> None:
    file = written(tmp_path, "5011;Åsa;;202401;1;Öl", encoding="cp1252")
    staged = store.stage(file, Layout(COLUMNS, encoding="cp1252"), Known())
    assert [one.unit for one in staged.summary] == ["Åsa"]
    assert [one.code for one in store.stage(file, Layout(COLUMNS), Known()).faults] == ["bad_letters"]


def test_a_month_that_is_loaded_again_takes_the_place_of_itself_alone(store: Store, tmp_path: Path) -> None:
    first = store.stage(written(tmp_path, "5011;1;;202401;1;", "5011;1;;202402;10;"), Layout(COLUMNS), Known())
    manifest = Manifest(store.keep(first, "agresso", "1"))
    again = store.stage(written(tmp_path, "5011;1;;202401;2;", "5011;2;;202401;3;"), Layout(COLUMNS), Known())
    told = store.compare(again, manifest, "agresso")
    assert [(one.unit, one.state, one.total_before, one.total) for one in told.differences] == [
        ("1", "changed", 1, 2), ("2", "new", 0, 3),
    ]  # fmt: skip
    after = manifest.replacing(store.keep(again, "agresso", "2"))
    assert store.ledger(after).sums((), EVERYTHING)[0].amount == 15
    assert store.ledger(manifest).sums((), EVERYTHING)[0].amount == 11
    assert Manifest.from_json(after.to_json()) == after
    costs = Where(frozenset({EntryKind.OUTCOME}), 202401, 202401, sides=frozenset({Side.COSTS}))
    assert [one.keys for one in store.ledger(after).sums(("unit", "account"), costs)] == [("1", "5011"), ("2", "5011")]


def test_a_large_file_read_in_pieces_loses_no_row_and_no_line_number(store: Store, tmp_path: Path) -> None:
    text = "x" * 90 + "\n" + "y" * 90
    rows = "".join(f'5011;1;;202401;{row},01;"{text}"\n' for row in range(180_000)) + "5011;1;;202401;fel;\n"
    file = written(tmp_path, rows.rstrip("\n"))
    assert file.stat().st_size > 33_000_000  # the engine takes 32 MB at a time, and several at once
    staged = store.stage(file, Layout(COLUMNS), Known())
    assert (staged.rows, staged.total) == (180_000, Decimal(180_000 * 179_999 // 2) + Decimal("1800.00"))
    assert [(one.code, one.line) for one in staged.faults] == [("bad_amount", 360_002)]


def test_the_ledger_answers_many_threads_at_once_and_prints_nothing(
    store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    entries = [Entry(EntryKind.OUTCOME, 202401, "5011", str(unit), Decimal(unit)) for unit in range(500)]
    ledger = store.ledger(Manifest(store.keep(store.stage_entries(entries, Known()), "a", "1")))

    def ask(unit: int) -> tuple[Decimal, int, Decimal]:
        where = Where(EVERYTHING.kinds, 202401, 202401, units=frozenset({str(unit)}))
        by_size = ledger.entries(EVERYTHING, first=1, offset=unit, order="amount").entries[0].amount
        return ledger.sums((), where)[0].amount, ledger.entries(where).rows, by_size

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(200)))
    assert answers == [(Decimal(unit), 1, Decimal(499 - unit)) for unit in range(200)]
    assert capfd.readouterr() == ("", "")


def test_codes_with_quotes_are_codes_and_nothing_more(store: Store) -> None:
    unit = "1') OR ('1'='1"
    entries = [Entry(EntryKind.OUTCOME, 202401, "5011", code, Decimal(1)) for code in (unit, "2")]
    ledger = store.ledger(Manifest(store.keep(store.stage_entries(entries, Known()), "a", "1")))
    where = Where(EVERYTHING.kinds, 202401, 202401, units=frozenset({unit}), accounts=frozenset({"5011"}))
    assert [entry.unit for entry in ledger.entries(where).entries] == [unit]
    with pytest.raises(UseError):
        ledger.sums(("unit; DROP",), where)
    with pytest.raises(UseError, match="månadsordning"):
        ledger.entries(where, offset=20_000, order="amount")
    assert ledger.entries(Where(EVERYTHING.kinds, 202401, 202401, units=frozenset())).rows == 0


def test_what_was_killed_while_it_was_kept_can_be_kept_again(store: Store) -> None:
    entries = [Entry(EntryKind.OUTCOME, month, "5011", "1", Decimal(month)) for month in (202401, 202402)]
    staged = store.stage_entries(entries, Known())
    waiting = store.folder / "staging" / staged.id
    copy = store.folder.parent / "copy"
    shutil.copytree(waiting, copy)
    parts = store.keep(staged, "a", "1")
    shutil.copytree(copy, waiting, ignore=shutil.ignore_patterns("*202401*"))  # as when half of it had been moved
    assert store.keep(staged, "a", "1") == parts
    assert store.faulty(Manifest(parts)) == ()
    shutil.copytree(copy, waiting, ignore=shutil.ignore_patterns("*"))
    for file in parts[0].files:
        (store.folder / file).unlink()
    with pytest.raises(UseError, match="inte hel kvar"):
        store.keep(staged, "a", "1")


def test_a_disk_that_fails_is_told_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UseError, match=r"Inget är ändrat"):
        store.stage(tmp_path / "absent.csv", Layout(COLUMNS), Known())
    assert list(store.folder.glob("staging/*")) == []
    parts = store.keep(store.stage(written(tmp_path, "5011;1;;202401;1;"), Layout(COLUMNS), Known()), "a", "1")
    (store.folder / parts[0].files[0]).write_bytes(b"PAR1 broken PAR1")
    with pytest.raises(UseError, match="säkerhetskopian"):
        store.ledger(Manifest(parts)).entries(EVERYTHING)
