"""Files as programs write them, for and against the format: what is expected is reckoned by hand from SIE 4B."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.cli.main import main
from uppsikt.exchange.sie import SieFile, is_sie, read_sie

HEAD = (
    '#FLAGGA 0\n#PROGRAM "Prov" 1.0\n#FORMAT PC8\n#GEN 20240201\n#SIETYP 4\n#FNAMN "Åkerö Östra"\n'
    "#RAR 0 20240101 20241231\n#KONTO 1910 Kassa\n#KONTO 3010 Hyra\n#KONTO 5010 Lokal\n"
)
PAIR = "#TRANS 1910 {} 100.00\n#TRANS 3010 {} -100.00\n"
VER = '#VER A 1 20240131 "Hyra"\n'
FIVE = "#TRANS 1910 {} 5\n#TRANS 3010 {} -5\n"
ADDED = "#RTRANS 5010 { } 800.00\n#TRANS 5010 { } 800.00\n"
PLAIN = HEAD + VER + "{\n" + PAIR + "}\n"


def told(data: bytes | str) -> tuple[dict[str, str], int, int, list[tuple[int, str]]]:
    """Give balances, vouchers, entries and faults as the command tells them."""
    file = read_sie(data if isinstance(data, bytes) else data.encode("cp437"))
    balances = {account: f"{amount:f}" for account, amount in file.balance_by_account().items()}
    return balances, len(file.vouchers), len(file.entries()), [(one.line, one.code) for one in file.faults]


USUAL = ({"1910": "100.00", "3010": "-100.00"}, 1, 2)


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("cp437"),
        PLAIN.replace("#FORMAT PC8\n", "").encode("cp437"),
        PLAIN.encode("cp1252"),
        PLAIN.encode("utf-8"),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.replace("\n", "\r\n").encode("cp437") + b"\x1a",
        PLAIN.replace("\n", "\r").encode("cp437"),
        PLAIN.replace("\n", "\n\n").encode("cp437") + b"\0\0\0",
        PLAIN.replace(" ", "\t \t").replace("Åkerö\t \tÖstra", "Åkerö Östra").encode("cp437"),
        PLAIN.replace('"Åkerö Östra"', "Åkerö Östra").encode("cp437"),
        PLAIN.replace("VER A 1 20240131", 'VER "A" "1" "20240131"').encode("cp437"),
        PLAIN.replace('"Hyra"', '"Hyra" 20240202 "A B" nytt fält').encode("cp437"),
        PLAIN.replace('"Hyra"\n{', '"Hyra" {').encode("cp437"),
        PLAIN.replace("{\n#TRANS", "{ #TRANS").replace("-100.00\n}", "-100.00 }").encode("cp437"),
        PLAIN.replace("{}", "").encode("cp437"),
        PLAIN.replace("{}", '{1 "12" 6 "P 1"}').encode("cp437"),
        PLAIN.replace("{}", '{"1" "a{b}" "7" ""}').encode("cp437"),
        PLAIN.replace(" {} ", "{}").encode("cp437"),
        PLAIN.replace("100.00\n", '100.00 "" "Text \\"i\\" text" 2 sign mer\n').encode("cp437"),
        PLAIN.replace("100.00\n", "100 00000000\n").encode("cp437"),
        PLAIN.replace("#TRANS", "#trans").replace("#VER", "#Ver").encode("cp437"),
        PLAIN.replace("{\n", "{\n#MOMS2 1 2\n#NY_POST {x\n").encode("cp437"),
        PLAIN.replace("#SIETYP 4", "#SIETYP 4E\n#PROSA x\n#TAXAR 2025\n#SRU 1910 7281\n#VALUTA SEK").encode(),
        PLAIN.replace("{\n", "{\n#BTRANS 5010 {} 7.00\n").encode("cp437"),
        PLAIN.replace("{\n", "{\n#RTRANS 1910 {} 5.00\n#TRANS 1910 {} 5.00\n#RTRANS 1910 {} -5.00 20240202\n"
                      "#BTRANS 3010 {} 1\n#TRANS 1910 {} -5.00\n").encode("cp437"),
    ],
)  # fmt: skip
def test_what_the_format_allows_is_read_without_a_fault(data: bytes) -> None:
    balances, vouchers, entries, faults = told(data)
    assert faults == []
    assert {account: float(amount) for account, amount in balances.items()} == {"1910": 100, "3010": -100}
    assert (vouchers, entries) in ((1, 2), (1, 4))
    assert read_sie(data).company == "Åkerö Östra"


@pytest.mark.parametrize(
    ("row", "amount"),
    [
        ("100,00", "100.00"), ("+100.00", "100.00"), ("1E2", "100.00"), ("100.000000000001", "100.00"),
        ('"1 00.00"', "100.00"), ("100.00-", "-100.00"), ('"1 234,50"', "1234.50"), ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"), ("-7.27595761418343E-12", "0.00"), ("\u2212100.00", "-100.00"),
        ('"1\u00a0234.50"', "1234.50"),
    ],
)  # fmt: skip
def test_an_amount_that_means_one_thing_only_is_read_and_told(row: str, amount: str) -> None:
    file = read_sie((HEAD + VER + "{\n#TRANS 1910 {} " + row + "\n}\n").encode())
    assert [f"{one.amount:f}" for one in file.entries()] == [amount]
    assert (12, "amount_form") in [(one.line - 1, one.code) for one in file.faults]


@pytest.mark.parametrize("row", ["", '""', "x", "1,234", "1.2.3", "--5", "1e999", "9" * 40, "12:50", "0x10", "٣"])
def test_an_amount_that_is_none_is_told_and_not_counted(row: str) -> None:
    file = read_sie((HEAD + VER + "{\n#TRANS 1910 {} " + row + "\n}\n").encode())
    assert (file.entries(), file.balance_by_account()) == ([], {})
    assert [(one.line, one.code) for one in file.faults] == [(13, "bad_amount")]


def test_more_decimals_than_two_are_kept_exactly_and_told() -> None:
    balances, _, _, faults = told(HEAD + VER + "{\n#TRANS 1910 {} 1.255\n#TRANS 3010 {} -1.255\n}\n")
    assert (balances, faults) == ({"1910": "1.255", "3010": "-1.255"}, [(13, "bad_amount"), (14, "bad_amount")])


@pytest.mark.parametrize(
    ("rows", "expected", "codes"),
    [
        # Added rows in one lump before their twins, against § 11 #RTRANS 4.
        ("#TRANS 1910 {} 100\n#TRANS 3010 {} -100\n#RTRANS 1910 {} 5\n#RTRANS 3010 {} -5\n" + FIVE,
         {"1910": "105", "3010": "-105"}, []),
        # A twin in other words: the voucher balances without the added row, and not with it.
        ('#TRANS 1910 {} 100\n#TRANS 3010 {} -105\n#RTRANS 1910 {} 5\n#TRANS 1910 {1 "2"} 5\n',
         {"1910": "105", "3010": "-105"}, ["added_alone"]),
        # No twin at all.
        ("#TRANS 1910 {} 100\n#RTRANS 3010 {} -100\n", {"1910": "100", "3010": "-100"}, ["added_alone"]),
        # The example of the format for #BTRANS.
        ("#TRANS 1910 { } -1000.00\n#TRANS 3010 { } 200.00\n#BTRANS 1910 { } 800.00\n" + ADDED,
         {"1910": "-1000.00", "3010": "200.00", "5010": "800.00"}, []),
    ],
)  # fmt: skip
def test_added_and_removed_rows(rows: str, expected: dict[str, str], codes: list[str]) -> None:
    balances, _, _, faults = told(HEAD + VER + "{\n" + rows + "}\n")
    assert (balances, [code for _, code in faults]) == (expected, codes)


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        (VER + PAIR, [(11, "open_voucher"), (12, "no_brace")]),
        (VER + "{\n" + PAIR, [(11, "open_voucher")]),
        (VER + "{}\n", []),
        (PAIR, [(11, "stray_entry"), (12, "stray_entry")]),
        ("#VER A 1\n{\n" + PAIR + "}\n", [(11, "no_date")]),
        ("#VER A 1 20230101\n{\n" + PAIR + "}\n", [(11, "outside_year")]),
        ('#VER A 1 20240131 "Rad ett\nrad två" 20240131\n{\n' + PAIR + "}\n", [(11, "line_form")]),
        ('#VER A 1 20240131 "avklippt te\n{\n' + PAIR + "}\n", [(11, "line_form")]),
        ('#VER A 1 20240131 "Hotell ""X"" AB"\n{\n' + PAIR + "}\n", [(11, "line_form")]),
        (VER + '{\n#TRANS1910 {} 5\n#TRANS 3010 {} -5 "" "a\x01b"\n}\n', [(13, "line_form"), (14, "line_form")]),
        (VER + '{\n#TRANS 1910 {1} 5\n#TRANS 3010 {1 "2" -5\n}\n',
         [(11, "unbalanced"), (13, "malformed"), (14, "bad_amount"), (14, "malformed")]),
        ("#KONTO DIFF x\n", [(11, "bad_account")]),
        ("#KONTO 5011 " + "x" * 30_000 + "\n", [(11, "too_long")]),
        ("#UB 0 1910 5\n#UB 0 1910 {1 \"2\"} 3\n", []),
        ("kommentar\n", [(11, "not_a_record")]),
        ("# kommentar\n", [(11, "not_a_record")]),
    ],
)  # fmt: skip
def test_what_is_against_the_format_has_its_line(body: str, faults: list[tuple[int, str]]) -> None:
    assert sorted(told(HEAD + body)[3]) == sorted(faults)


@pytest.mark.parametrize(
    ("records", "kind", "codes"),
    [
        ("#IB 0 1910 5\n#UB 0 1910 5\n", "1", []),  # type 1 may leave it out (§ 6)
        ("#PSALDO 0 202401 1910 {} 5\n", "2", ["no_type"]),
        ('#PSALDO 0 202401 1910 {} 5\n#PSALDO 0 202401 1910 {1 "2"} 5\n', "3", ["no_type"]),
        (VER + "{\n" + PAIR + "}\n", "4", ["no_type"]),
        ("", None, ["no_type"]),
    ],
)
def test_a_type_that_is_not_told_is_known_by_the_contents(records: str, kind: str | None, codes: list[str]) -> None:
    file = read_sie((HEAD.replace("#SIETYP 4\n", "") + records).encode("cp437"))
    assert (file.type, [one.code for one in file.faults]) == (kind, codes)


def test_years_broken_and_earlier_and_their_balances_are_told_apart() -> None:
    text = (
        "#FLAGGA 0\n#SIETYP 1\n#RAR 0 20230701 20240630\n"
        + "".join(f"#RAR -{n} {2023 - n}0701 {2024 - n}0630\n" for n in range(1, 6))
        + '#UB 0 1910 7.5\n#UB -1 1910 5\n#RES 0 3010 -2.50\n#RES -5 3010 9\n#IB -1 1910 1\n#OUB 0 1910 {1 "2"} 3\n'
    )
    file = read_sie(text.encode())
    assert (sorted(file.years), file.years[-5].end.isoformat()) == ([-5, -4, -3, -2, -1, 0], "2019-06-30")
    assert file.balance_by_account() == {"1910": 7.5, "3010": -2.5}
    assert file.faults == []


PERIODS = "#FLAGGA 0\n#SIETYP 2\n#RAR 0 20240101 20241231\n#KONTO 3010 x\n#KONTO 5010 x\n"


def test_periods_of_the_closing_are_told_and_not_refused() -> None:
    rows = "#PSALDO 0 202412 3010 {} -5\n#PSALDO 0 202413 3010 {} -2\n#PSALDO 0 202413 5010 {} 3\n"
    rows += "#PBUDGET 0 202400 3010 {} 1\n"
    file = read_sie((PERIODS + "#RES 0 3010 -7\n#RES 0 5010 3\n" + rows).encode())
    assert [(one.line, one.code) for one in file.faults] == [(9, "closing_period"), (11, "closing_period")]
    assert file.faults[0].message == "2 rader i period 13 (202413) räknas till december 2024."
    assert file.faults[1].message.endswith("för januari 2024: läses den in ersätter den hela månaden.")
    assert [file.month_of(text) for text in ("202413", "202415", "202416", "202400", "20241")] == [
        202412, 202412, None, 202401, None,
    ]  # fmt: skip


def test_the_closing_of_a_broken_year_belongs_to_its_last_month() -> None:
    file = read_sie(PERIODS.replace("20240101 20241231", "20230701 20240630").encode())
    assert [file.month_of(text) for text in ("202413", "202300", "202212")] == [202406, 202307, 202212]


def test_accumulated_period_balances_are_told_once() -> None:
    rows = "".join(
        f"#PSALDO 0 2024{month:02} {account} {{}} {month * step}\n"
        for account, step in (("3010", -5), ("5010", 4)) for month in (1, 2, 3)
    )  # fmt: skip
    stated = PERIODS + "#RES 0 3010 -15\n#RES 0 5010 12\n"
    assert [one.code for one in read_sie((stated + rows).encode()).faults] == ["accumulated"]
    changes = rows.replace("-10\n", "-5\n").replace("-15\n", "-5\n").replace(" 8\n", " 4\n").replace(" 12\n", " 4\n")
    assert read_sie((stated + changes).encode()).faults == []


def test_lines_of_another_code_page_are_read_by_it_and_told() -> None:
    mixed = PLAIN.encode("cp437") + '#KONTO 6010 "Räntor på lån"\n'.encode("cp1252") + b'#KONTO 6020 "\x94Citat\x94"\n'
    file = read_sie(mixed)
    assert (file.company, file.accounts["6010"]) == ("Åkerö Östra", "Räntor på lån")
    assert [(one.line, one.code) for one in file.faults] == [(16, "mixed_letters")]


def test_quotation_marks_of_windows_do_not_make_a_file_another_page() -> None:
    file = read_sie(PLAIN.replace('"Hyra"', '"Hyra av ”båt” på sjön"').encode("cp1252"))
    assert (file.company, file.vouchers[0].text, file.faults) == ("Åkerö Östra", "Hyra av ”båt” på sjön", [])


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"])
def test_a_letter_that_was_cut_in_two_loses_no_other(head: bytes) -> None:
    file = read_sie(head + (PLAIN + '#KONTO 6010 "Öresutjämning räntor').encode() + b"\xc3\n")
    assert (file.company, file.encoding[:5]) == ("Åkerö Östra", "UTF-8")
    assert "lost_letters" in [one.code for one in file.faults]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("tom.se", b"", "tom"),
        ("tom.si", b"\r\n \x1a", "tom"),
        ("a.sie", b"%PDF-1.7\n...", "PDF"),
        ("a.se", b"PK\x03\x04....", "zip"),
        ("a.se", b"Konto;Ansvar;Belopp\n3011;1;5\n", ".csv"),
        ("a.se", b"<!DOCTYPE HTML><p>404", "webbsida"),
        ("a.se", b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls"),
        ("a.sie", b'\xef\xbb\xbf<?xml version="1.0"?>\n<sie:Sie xmlns:sie="http://www.sie.se/sie5">', "SIE 5"),
        ("a.sie", '<?xml version="1.0"?><SieEntry xmlns="x">'.encode("utf-16"), "SIE 5"),
        ("a.se", b"<!--" * 9_000, "SIE-fil"),
        ("a.se", bytes(range(256)) * 50, "SIE-fil"),
    ],
)
def test_what_is_no_sie_file_is_said_in_its_own_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert main(["ledger", "inspect", str(path), "--format", "json"]) == 2
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert ([one["code"] for one in shown["faults"]], said in shown["faults"][0]["message"]) == (["not_sie"], True)


def test_a_table_with_labels_in_its_headings_is_no_sie_file() -> None:
    assert not is_sie(b"#Version 1\nKonto;Belopp\n")
    assert not is_sie(b"#Ver\tKonto\tBelopp\n")
    assert is_sie(b"\n\n#IB 0 1910 5\n#UB 0 1910 5\n")


@pytest.mark.parametrize(
    "line",
    ['#TRANS 1910 {} 5 20240101 "' + '\\"' * 9_000, "#TRANS " + "{" * 19_000, '#VER "' + "{\"a" * 6_000,
     "#TRANS 1910 {" + '"a" ' * 4_900, "#PSALDO " + " \t" * 9_000 + "x", "#KONTO " + '""' * 9_000],
)  # fmt: skip
def test_no_line_takes_longer_than_its_length(line: str) -> None:
    """Each of these lines held the reader for minutes if it were read again from every quote or brace."""
    file = read_sie((HEAD + VER + "{\n" + (line + "\n") * 20).encode())
    assert len(file.faults) >= 20


def test_more_faults_than_anybody_reads_are_counted_and_not_kept() -> None:
    file = read_sie(b"#FLAGGA 0\n#SIETYP 4\n" + b"x\n" * 30_000)
    assert len(file.faults) == 20_001
    assert file.faults[-1].code == "more_faults"
    assert "10000" in file.faults[-1].message.replace("\u00a0", "")


def test_nothing_in_a_file_steers_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fil.se"
    path.write_bytes(b"#FLAGGA 0\n#SIETYP 4\n#FNAMN \x1b[2Jsvart\n\x1b[31mrad\n")
    assert main(["ledger", "inspect", str(path)]) == 1
    assert "\x1b" not in capsys.readouterr().out


def read_whole(file: SieFile) -> tuple[object, ...]:
    return file.company, file.accounts, file.entries(), file.balances, file.years


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "utf-8", "utf-8-sig"])
def test_real_files_are_the_same_in_every_encoding(reference: Path, encoding: str) -> None:
    for path in sorted((reference / "sie").glob("*.[sS][eEiI]")):
        data = path.read_bytes()
        if not data.isascii() and not path.name.startswith("SIE4_Exempelfil"):
            again = read_sie(data.decode("cp437").encode(encoding, errors="replace"))
            before = read_sie(data.decode("cp437").encode(encoding, errors="replace").decode(encoding).encode("cp437"))
            assert read_whole(again) == read_whole(before), path.name


TOKENS = [
    '"', "{", "}", "{}", "\\", "#VER A 2 20240201", "#TRANS", "#RTRANS 1910 {} 5\n", "#KSUMMA\n", "\0", "\x1a", "\r",
    "\n", "\t", " ", ",", "1e999", "-", "9" * 40, "20241331", "#SIETYP x\n", "#RAR 0 00010101 99991231\n",
    "\ufeff", "#PSALDO 0 999999 1 {} 5\n", "å", "\ufffd", "٣", "#UB 0 1910 NaN\n",
]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, len(PLAIN)), st.integers(0, 30), st.sampled_from(TOKENS)), max_size=12))
def test_a_damaged_file_is_told_and_adds_up(damages: list[tuple[int, int, str]]) -> None:
    text = PLAIN
    for at, cut, token in damages:
        text = text[:at] + token + text[at + cut :]
    file = read_sie(text.encode("utf-8"))
    sums = {account: sum(one.amount for one in file.entries() if one.account == account) for account in file.sums()}
    assert file.sums() == sums
    assert all(fault.message and 0 <= fault.line <= text.count("\n") + text.count("\r") + 1 for fault in file.faults)
