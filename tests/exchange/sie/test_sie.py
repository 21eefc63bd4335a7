"""SIE: everything that real programs write is read, and every fault has its line."""

from __future__ import annotations

import zlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.exchange.sie import SieFile, read_sie
from uppsikt.exchange.sie.lines import cut

HEAD = (
    '#FLAGGA 0\n#FORMAT PC8\n#SIETYP 4\n#FNAMN "Exempelkommunen Ö"\n#RAR 0 20240101 20241231\n'
    "#KONTO 1910 Kassa\n#KONTO 3010 Hyra\n"
)


def read(text: str, encoding: str = "cp437") -> SieFile:
    return read_sie((HEAD + text).encode(encoding))


def voucher(*rows: str, head: str = '#VER A 1 20240131 "Hyra"') -> str:
    return "\n".join([head, "{", *rows, "}"]) + "\n"


def codes(file: SieFile) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in file.faults]


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_the_letters_are_read_whatever_the_file_says_of_them(encoding: str) -> None:
    assert read("", encoding).company == "Exempelkommunen Ö"


def test_a_voucher_gives_its_entries_and_the_account_its_sum() -> None:
    file = read(voucher('#TRANS 1910 {1 "12" "6" "A"} 250.50', "#TRANS 3010 {} -250.50 20240130 text"))
    assert not file.faults
    first, second = file.entries()
    assert (first.objects, first.amount) == ((("1", "12"), ("6", "A")), Decimal("250.50"))
    assert second.day is not None
    assert second.day.day == 30
    assert file.balance_by_account() == {"1910": Decimal("250.50"), "3010": Decimal("-250.50")}


def test_an_added_row_counts_once_and_a_removed_one_not_at_all() -> None:
    rows = ["#TRANS 1910 {} 100", "#RTRANS 3010 {} -100 20240201", "#TRANS 3010 {} -100", "#BTRANS 1910 {} 7"]
    file = read(voucher(*rows))
    assert [entry.amount for entry in file.entries()] == [100, -100]
    assert not file.faults


def test_an_added_row_without_its_twin_counts_too() -> None:
    file = read(voucher("#RTRANS 1910 {} 100", "#TRANS 3010 {} -100"))
    assert [entry.amount for entry in file.entries()] == [100, -100]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (voucher("#TRANS 1910 {} 100"), [(8, "unbalanced")]),
        (voucher("#TRANS 1910 {} x", "#TRANS 3010 {} 0"), [(10, "bad_amount")]),
        (voucher("#TRANS 1910 {} 1,50", '#TRANS 3010 {} "-1,50"'), [(10, "amount_form"), (11, "amount_form")]),
        (voucher("#TRANS 1910 {} 1.505", "#TRANS 3010 {} -1.505"), [(10, "bad_amount"), (11, "bad_amount")]),
        ("#VER A 1 20240131 x {\n#TRANS 1910 {} 5\n#TRANS 3010 {} -5 }\n", []),
        ("#VER A 1 20240131 x\n{ #TRANS 1910 {} 5\n#TRANS 3010 {} -5\n}\n", []),
        (voucher(head='#VER A 1 "2024-01-31"'), [(8, "date_form")]),
        ("#KTYP 1910 X\n", [(8, "bad_account_type")]),
        ("#UB 0 1910 5\n#UB 0 1910 6\n", [(9, "balance_twice")]),
        (voucher("#TRANS 1910 {} 5", "#TRANS 9999 {} -5"), [(11, "unknown_account")]),
        (voucher(head="#VER A 1 20240230"), [(8, "bad_date")]),
        ("#TRANS 1910 {} 5\n", [(8, "stray_entry")]),
        ("#VER A 1 20240101\n{\n#TRANS 1910 {} 0\n", [(8, "open_voucher")]),
        ("#VER A 1 20240101\n{\n#KONTO 2 x\n", [(8, "open_voucher")]),
        ("}\n", [(8, "stray_brace")]),
        ("hej\n", [(8, "not_a_record")]),
        ('#KONTO 4 "oavslutad\n', [(8, "line_form")]),
        ("#KONTO 1910 igen\n", [(8, "account_twice")]),
        ("#PSALDO 0 202413 1910 {} 5\n#PSALDO 0 202416 1910 {} 5\n", [(8, "closing_period"), (9, "bad_period")]),
        ("#IB 0 1910 5\n#UB -1 1910 4\n", [(8, "opening_balance")]),
        ("#SIETYP 9\n", [(8, "unknown_type")]),
        ("#NYTT 1 2 3\n", []),
    ],
)
def test_a_fault_has_its_line_and_a_code(text: str, expected: list[tuple[int, str]]) -> None:
    assert codes(read(text)) == expected


def test_closing_balance_and_result_follow_from_the_entries() -> None:
    body = "#IB 0 1910 10.00\n#UB 0 1910 99.00\n#RES 0 3010 -1.00\n" + voucher("#TRANS 1910 {} 5", "#TRANS 3010 {} -5")
    assert codes(read(body)) == [(9, "closing_balance"), (10, "result")]
    assert codes(read(body.replace("99.00", "15.00").replace("-1.00", "-5.00"))) == []


def test_a_period_balance_is_a_change_and_its_parts_are_not_added_to_it() -> None:
    text = (
        "#IB 0 1910 10\n#UB 0 1910 {}\n".replace("{}", "15")
        + '#PSALDO 0 202401 1910 {} 5\n#PSALDO 0 202401 1910 {1 "2"} 3\n'
    )
    file = read_sie((HEAD.replace("#SIETYP 4", "#SIETYP 3") + text).encode())
    assert not file.faults
    assert file.balance_by_account() == {"1910": 15}


@pytest.mark.parametrize("good", [True, False])
def test_the_check_sum_is_counted_over_labels_and_fields(good: bool) -> None:
    counted = zlib.crc32("SIETYP4FNAMNEn kommun".replace("SIETYP", "#SIETYP").replace("FNAMN", "#FNAMN").encode())
    text = f'#FLAGGA 0\n#KSUMMA\n#SIETYP 4\n#FNAMN "En kommun"\n#KSUMMA {counted + (not good)}\n'
    assert [fault.code for fault in read_sie(text.encode()).faults] == ([] if good else ["check_sum"])


def test_what_is_no_sie_file_is_said_to_be_none() -> None:
    file = read_sie(b"<!doctype html><p>hittades inte")
    assert (file.type, codes(file)) == (None, [(1, "not_sie")])


def test_sie_5_is_told_apart() -> None:
    file = read_sie(b'<?xml version="1.0"?>\n<Sie xmlns="http://www.sie.se/sie5"/>')
    assert "SIE 5" in file.faults[0].message


def test_every_kind_of_line_break_and_white_space_is_read() -> None:
    text = HEAD + voucher('#TRANS 1910 {1 "12"} 5 20240131 "a" 1 "sig"', '\t#trans\t3010\t{ }\t-5.0\t""\t"b"')
    for broken in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), text + "\x1a\0\0", "\n\n" + text):
        file = read_sie(broken.encode("cp437"))
        assert [(one.account, one.amount, one.text) for one in file.entries()] == [("1910", 5, "a"), ("3010", -5, "b")]
        assert not file.faults


def test_lost_letters_are_told_where_they_were_lost() -> None:
    assert codes(read("#KONTO 4000 K\ufffdp\n", "utf-8")) == [(8, "lost_letters")]


def test_an_import_file_needs_no_chart() -> None:
    file = read_sie(b"#FLAGGA 0\n#SIETYP 4\n" + voucher("#TRANS 1 {} 1", "#TRANS 2 {} -1").encode(), import_file=True)
    assert (file.type, file.faults) == ("4i", [])


words = st.text(st.characters(blacklist_categories=["C", "Z"]) | st.just(" "), max_size=12)


@given(st.lists(words, min_size=1, max_size=5))
def test_fields_come_back_as_they_were_quoted(fields: list[str]) -> None:
    quoted = ['"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in fields]
    line = cut("#PROSA " + "\t".join(quoted), 1)
    assert list(line.fields) == fields
    assert line.clean


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reader(data: bytes) -> None:
    assert read_sie(b"#FLAGGA 0\n" + data).faults


@pytest.mark.parametrize(
    ("name", "kind", "vouchers", "entries", "faults"),
    [
        ("BL0001_typ4.SE", "4", 84, 405, set()),
        ("Test4.SE", "4", 167, 1464, set()),
        ("MAMUT_SIE4_EXPORT.SE", "4", 168, 458, {"opening_balance"}),
        ("transaktioner_ovnbolag-bad-balance.se", "4", 163, 671, {"unbalanced", "closing_balance"}),
        ("SIE4_Exempelfil_med_underdim.SE", "4", 295, 1330, {"lost_letters"}),
        ("objektsaldo_ovnbolag.se", "3", 0, 0, set()),
        ("Sie1.se", "1", 0, 0, set()),
        ("BL0001_typ4I.SI", "4i", 1, 10, set()),
    ],
)
def test_files_from_real_programs(
    reference: Path, name: str, kind: str, vouchers: int, entries: int, faults: set[str]
) -> None:
    file = read_sie((reference / "sie" / name).read_bytes(), import_file=name.endswith(".SI"))
    assert (file.type, len(file.vouchers), len(file.entries())) == (kind, vouchers, entries)
    assert {fault.code for fault in file.faults} == faults
