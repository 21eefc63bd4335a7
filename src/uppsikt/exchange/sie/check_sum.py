"""The check sum of a SIE file: CRC-32 of the labels and fields between two #KSUMMA (§ 10).

White space between fields, the quotes around them and the braces around lists do not count; what stands within quotes
does, and of an escaped quote the quote alone. The characters count by their values in code page 437; programs that
write another page count by that one, so both are tried.
"""

from __future__ import annotations

import re
import zlib

from uppsikt.exchange.sie.file import SieFile

_MARK = re.compile(rb"#(?:KSUMMA|ksumma)(?=[\s\"]|$)[ \t]*\"?(-?\d*)")
_COUNTED = re.compile(rb'"((?:[^"\\\r\n]++|\\[^\r\n]?)*+)"?|((?:[^\s"{}\\]++|\\"?)++)')


def check_sum(file: SieFile, data: bytes, encoding: str) -> None:
    """Note when the sum is another than the file's, and when it never comes: then the file was cut off (§ 10.6)."""
    marks = [one for one in _MARK.finditer(data) if _begins_line(data, one.start())]
    if not marks or marks[0][1]:
        return
    end = next((one for one in marks if one[1]), None)
    if end is None:
        said = "Filen är avkortad: den börjar med #KSUMMA men slutar utan. Exportera den på nytt."
        file.fault(_line(data, marks[0].start()), "truncated", said)
        return
    counted = data[marks[0].end() : end.start()]
    told = int(end[1]) % (1 << 32)
    if told != _sum_of(counted) and told != _sum_of(_in_pc8(counted, encoding)):
        said = "Kontrollsumman (#KSUMMA) stämmer inte: filen har ändrats efter exporten."
        file.fault(_line(data, end.start()), "check_sum", said)


def _sum_of(data: bytes) -> int:
    counted = 0
    for part in _COUNTED.finditer(data):
        text = part[1] if part[1] is not None else part[2]
        counted = zlib.crc32(text.replace(b'\\"', b'"'), counted)
    return counted


def _in_pc8(data: bytes, encoding: str) -> bytes:
    return data if encoding == "cp437" else data.decode(encoding, errors="replace").encode("cp437", errors="replace")


def _begins_line(data: bytes, at: int) -> bool:
    return data[max(0, at - 100) : at].rstrip(b" \t\xef\xbb\xbf")[-1:] in (b"", b"\n", b"\r")


def _line(data: bytes, at: int) -> int:
    before = data[:at]
    return max(before.count(b"\n"), before.count(b"\r")) + 1
