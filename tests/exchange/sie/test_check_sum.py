"""#KSUMMA as § 10 has it, reckoned bit by bit here and not by the library that the reader uses."""

from __future__ import annotations

import pytest

from uppsikt.exchange.sie import read_sie

RECORDS = (
    ("#SIETYP 4", "#SIETYP4"),
    ('#FNAMN "Åkerö Östra"', "#FNAMNÅkerö Östra"),
    ('#KONTO 1915 "Kassa \\"special\\""', '#KONTO1915Kassa "special"'),
    ('#KONTO\t3010 \t "Hyra {x}"', "#KONTO3010Hyra {x}"),
    ("#RAR 0 20240101 20241231", "#RAR02024010120241231"),
    ('#VER A 1 20240131 ""', "#VERA120240131"),
    ("{", ""),
    ('#TRANS 1915 {1 "45 6" "7" "47"} 5.00', "#TRANS1915145 67475.00"),
    ("#TRANS 3010 { } -5.00", "#TRANS3010-5.00"),
    ("}", ""),
)


def crc(data: bytes) -> int:
    """The algorithm of § 10.11-10.13: polynomial EDB88320, begun with all ones, inverted at the end."""
    sum_ = 0xFFFFFFFF
    for byte in data:
        sum_ ^= byte
        for _ in range(8):
            sum_ = (sum_ >> 1) ^ (0xEDB88320 if sum_ & 1 else 0)
    return sum_ ^ 0xFFFFFFFF


def file_of(sum_: object, encoding: str = "cp437", end: str = "\n") -> bytes:
    lines = ["#FLAGGA 0", "#KSUMMA", *(line for line, _ in RECORDS), f"#KSUMMA {sum_}", ""]
    return end.join(lines).encode(encoding)


def codes(data: bytes) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in read_sie(data).faults]


SUM = crc("".join(counted for _, counted in RECORDS).encode("cp437"))


def test_crc_is_the_one_that_everybody_knows() -> None:
    assert crc(b"123456789") == 0xCBF43926


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sum_", [SUM, SUM - (1 << 32), f'"{SUM}"'])
def test_the_right_sum_is_no_fault(sum_: object, end: str) -> None:
    assert codes(file_of(sum_, end=end)) == []


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_file_in_another_page_may_count_by_either(encoding: str) -> None:
    own = crc("".join(counted for _, counted in RECORDS).encode(encoding.removesuffix("-sig")))
    assert codes(file_of(SUM, encoding)) == codes(file_of(own, encoding)) == []


@pytest.mark.parametrize(("was", "becomes"), [(b"5.00", b"6.00"), (b"45 6", b"456"), (b"Kassa", b"kassa")])
def test_what_was_changed_after_the_export_is_told(was: bytes, becomes: bytes) -> None:
    assert codes(file_of(SUM).replace(was, becomes))[-1] == (13, "check_sum")


def test_white_space_and_quotes_may_change() -> None:
    changed = file_of(SUM).replace(b"#SIETYP 4", b'#SIETYP   "4" ').replace(b"#TRANS 3010 { }", b"\t#TRANS 3010 {}\t")
    assert codes(changed) == []


def test_a_sum_that_never_comes_says_that_the_file_was_cut_off() -> None:
    whole = file_of(SUM)
    assert codes(whole[: whole.rindex(b"#KSUMMA")]) == [(2, "truncated")]
    assert codes(whole.replace(b"#KSUMMA\n", b"", 1)) == []
