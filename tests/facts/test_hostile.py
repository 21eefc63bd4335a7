"""Files that are odd, broken or made to break something: a fault with its line, or what stood there, never a crash."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from uppsikt.core.economy.ledger import EntryKind, Known, Layout
from uppsikt.core.errors import UseError
from uppsikt.facts import Manifest, Staged, Store, Where, reading

COLUMNS = ("account", "unit", "period", "amount", "text")
ALL = Where(frozenset(EntryKind), 190001, 219912)
HEAD = b"konto;ansvar;period;belopp;text\n"
GOOD = b"5011;1;202401;1,00;a\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "ledger")


def staged(store: Store, content: bytes, layout: Layout | None = None, known: Known | None = None) -> Staged:
    file = store.folder.parent / "file.csv"
    file.write_bytes(content)
    return store.stage(file, layout or Layout(COLUMNS), known or Known())


def texts(store: Store, found: Staged) -> list[str]:
    page = store.ledger(Manifest(store.keep(found, "a", "1"))).entries(ALL)
    return [entry.text for entry in page.entries]


@pytest.mark.parametrize(
    "content", [b"", HEAD, HEAD.strip(), HEAD + b"\n\n", HEAD + b";;;;\n;;;;\n", b"\xef\xbb\xbf" + HEAD]
)
def test_a_file_without_entries_holds_nothing_and_breaks_nothing(store: Store, content: bytes) -> None:
    found = staged(store, content)
    assert (found.rows, found.total, found.faults, found.parts) == (0, 0, (), ())
    assert store.keep(found, "a", "1") == ()


@pytest.mark.parametrize(
    "text",
    ['"a\nb;c"', '"=HYPERLINK(""http://x"";""y"")"', "@SUM(A1)", "+1-1|cmd", "a\x00b", "å" * 100_000, "') OR 1"],
)
def test_text_is_kept_as_it_stood(store: Store, text: str) -> None:
    found = staged(store, HEAD + f"5011;1;202401;1;{text}\n".encode() + GOOD)
    assert found.faults == ()
    stood = text.strip('"').replace('""', '"') if text.startswith('"') else text
    assert sorted(texts(store, found)) == sorted([stood, "a"])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (b"5011;1;202401;1\n", "too_few_columns"), (b"5011;1;202401;1;a;b\n", "too_many_columns"),
        (b'5011;1;202401;1;"open\n', "broken_quotes"), (b"5011;1;202401;1;\xe5\n", "bad_letters"),
        (b"5011;1;202401;1;" + b"x" * 2_100_000 + b"\n", "too_long_line"),
        (b"5011;1;202401;99999999999999999999,00;\n", "bad_amount"), (b"5011;1;202401;1e5;\n", "bad_amount"),
        (b"5011;1;202401;0,001;\n", "bad_amount"), (b"5011;1;202401;-;\n", "bad_amount"),
        (b"5011;1;202401;=1+1;\n", "bad_amount"), (b"5011;1;1;1;\n", "bad_period"),
        (b"5011;1;202416;1;\n", "bad_period"),
        (b"5011;1;2/3/2024;1;\n", "bad_period"), (b"5011;1;2023-02-29;1;\n", "bad_period"),
    ],
)  # fmt: skip
def test_a_broken_row_is_a_fault_at_its_line_and_nothing_is_kept(store: Store, row: bytes, code: str) -> None:
    found = staged(store, HEAD + GOOD + b'5011;1;202401;1;"two\nlines"\n' + row)
    assert [(one.code, one.line) for one in found.faults] == [(code, 5)]
    assert (found.rows, found.unreadable, found.parts) == (2, 1, ())
    with pytest.raises(UseError):
        store.keep(found, "a", "1")


def test_amounts_that_together_leave_64_bits_are_refused(store: Store) -> None:
    found = staged(store, HEAD + b"5011;1;202401;92233720368547758,07;a\n5011;1;202401;-0,01;\n")
    assert [one.code for one in found.faults] == ["too_much"]
    assert found.total == Decimal("92233720368547758.06")


def test_ten_thousand_columns_are_read(store: Store) -> None:
    layout = Layout(COLUMNS + ("",) * 9_995, headings=())
    row = GOOD.strip() + b";x" * 9_995 + b"\n"
    assert texts(store, staged(store, HEAD + row + row, layout)) == ["a", "a"]


def test_line_breaks_of_several_kinds_are_read(store: Store) -> None:
    found = staged(store, HEAD.replace(b"\n", b"\r\n") + GOOD + GOOD.replace(b"\n", b"\r\n") + GOOD)
    assert (found.rows, found.faults) == (3, ())


def test_line_breaks_of_several_kinds_after_titles_lose_nothing(store: Store) -> None:
    titles = b"Huvudbok\nUttagen 2024\n" + HEAD.replace(b"\n", b"\r\n")
    found = staged(store, titles + GOOD.replace(b"\n", b"\r\n") * 3, Layout(COLUMNS, skip=3))
    assert (found.rows, found.total, found.faults) == (3, 3, ())


def test_text_that_no_row_comes_out_of_is_a_fault(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_made_even", lambda engine, file, layout, folder: file)
    found = staged(store, b"Huvudbok\nUttagen\n" + (HEAD + GOOD * 3).replace(b"\n", b"\r\n"), Layout(COLUMNS, skip=3))
    assert [(one.code, one.line) for one in found.faults] == [("no_rows", 4)]
    assert (found.rows, found.unreadable) == (0, 1)
    with pytest.raises(UseError):
        store.keep(found, "a", "1")


def test_a_closings_periods_are_december_and_told(store: Store) -> None:
    periods = (b"202412;1", b"202413;2", b"2024-13;3", b"202314;4", b"202400;5")
    found = staged(store, HEAD + b"".join(b"5011;1;%s,00;a\n" % one for one in periods))
    assert [(one.month, one.rows, one.total) for one in found.parts] == [(202312, 1, 4), (202401, 1, 5), (202412, 3, 6)]
    assert found.unreadable == 0
    alone = "Filen har inga andra poster för {0}: den ersätter hela månaden."
    assert [one.message for one in found.faults] == [
        "1 post i period 14 räknas till december 2023. " + alone.format("december 2023"),
        "1 post i period 00 räknas till januari 2024. " + alone.format("januari 2024"),
        "2 poster i period 13 räknas till december 2024.",
    ]
    assert len(texts(store, found)) == 5


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "cp1252", "cp850", "mac_roman", "utf-8-sig"])
def test_encodings_are_read(store: Store, encoding: str) -> None:
    content = (HEAD.decode() + "5011;1;202401;1;Åäö é\n").encode(encoding)
    assert texts(store, staged(store, content, Layout(COLUMNS, encoding=encoding))) == ["Åäö é"]


def test_an_unknown_encoding_is_told(store: Store) -> None:
    with pytest.raises(UseError, match="okänd"):
        staged(store, GOOD, Layout(COLUMNS, encoding="klingon"))


def test_a_letter_that_the_encoding_lacks_is_a_fault(store: Store) -> None:
    found = staged(store, HEAD + b"5011;1;202401;1;\x81\n", Layout(COLUMNS, encoding="cp1252"))
    assert [(one.code, one.line) for one in found.faults] == [("bad_letters", 2)]


def test_thousands_of_unknown_codes_are_told_to_a_bound(store: Store) -> None:
    rows = b"".join(b"5%05d;%d;202401;1;a\n" % (row, row) for row in range(12_000))
    known = Known({"account": frozenset(f"5{row:05}" for row in range(0, 12_000, 2)), "unit": frozenset()})
    found = staged(store, HEAD + rows, known=known)
    assert sum(one.rows for one in found.faults if one.code == "unknown_account") == 6_000
    assert sum(one.rows for one in found.faults if one.code == "unknown_unit") == 12_000
    assert len(found.faults) == 2 * 5_001  # each one is to be registered or mended; what is beyond is told as one
    assert found.unreadable == 0


@pytest.mark.parametrize(
    "columns",
    [("account", "unit", "period"), ("unit", "period", "amount"), ("account", "unit", "amount"), ("account", "account"),
     ("account", "unit", "period", "amount", "debit"), ("account", "unit", "period", "amount", "salary")],
)  # fmt: skip
def test_a_layout_that_cannot_be_read_by_is_refused(store: Store, columns: tuple[str, ...]) -> None:
    with pytest.raises(UseError):
        staged(store, GOOD, Layout(columns))
    assert not list(store.folder.glob("staging/*"))


def test_debit_and_credit_dates_kinds_and_turned_income(store: Store) -> None:
    columns = ("kind", "date", "account", "unit", "debit", "credit", "unit_name")
    rows = "Utfall;2024-01-31;5011;1;5,50;;Skolan\nBUDGET;31/1 2024;3011;1;;7;Skolan\n;31.1.2024;5011;1;1;3;Gamla\n"
    found = staged(store, rows.encode(), Layout(columns, skip=0, kind=EntryKind.FORECAST))
    assert found.faults == ()
    assert [(one.kind, one.total) for one in found.summary] == [
        ("budget", Decimal(-7)), ("forecast", Decimal(-2)), ("outcome", Decimal("5.50")),
    ]  # fmt: skip
    assert found.codes["unit"] == {"1": "Skolan"}
    turned = staged(store, HEAD + b"3011;1;202401;5;a\n5011;1;202401;7;a\n", Layout(COLUMNS, income_positive=True))
    assert (turned.total, turned.summary[0].income, turned.summary[0].costs) == (2, 5, 7)


def test_a_sheet_tells_its_own_rows(store: Store) -> None:
    layout = Layout(COLUMNS, sheet="Utfall", first_row=7, headings=("Konto", "Ansvar", "Period", "Belopp", "Text"))
    (fault,) = staged(store, HEAD + GOOD + b"5011;1;202401;x;a\n", layout).faults
    assert (fault.sheet, fault.line, fault.column, fault.value) == ("Utfall", 8, "Belopp", "x")


def test_files_are_the_owners_alone_and_progress_is_told(store: Store) -> None:
    told: list[float] = []
    file = store.folder.parent / "file.csv"
    file.write_bytes(HEAD + GOOD)
    parts = store.keep(store.stage(file, Layout(COLUMNS), Known(), progress=told.append), "a", "1")
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1)
    for path in store.folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    (store.folder / parts[0].files[0]).write_bytes(b"changed")
    assert store.faulty(Manifest(parts)) == parts
    (store.folder / parts[0].files[0]).unlink()
    with pytest.raises(UseError, match="saknas"):
        store.ledger(Manifest(parts))


def test_a_manifest_from_elsewhere_names_nothing_outside_the_folder(store: Store) -> None:
    parts = store.keep(staged(store, HEAD + GOOD), "a", "1")
    with pytest.raises(ValueError, match="utanför"):
        Manifest.from_json(Manifest(parts).to_json().replace('"file": "', '"file": "../'))
