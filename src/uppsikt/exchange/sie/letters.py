"""Finds the code page of a SIE file. The format says PC8 (code page 437, § 5.8); real files do not always obey.

A byte order mark or valid UTF-8 beyond ASCII means UTF-8. Else the letters å, ä, ö (and é, ü) decide: they are other
bytes in Windows' code page than in PC8, and the page that has most of them is the file's. A file without any letters
beyond ASCII is PC8, as declared. Where programs have added to each other's files, some lines are of the other page.
"""

from __future__ import annotations

import codecs
import re

_LETTERS = "åäöÅÄÖéüÉ"
_WINDOWS, _PC8 = _LETTERS.encode("cp1252"), _LETTERS.encode("cp437")
_UTF8 = re.compile(rb"\xc3[\xa5\xa4\xb6\x85\x84\x96\xa9\xbc\x89]")  # the same letters
# Within a word, where no quotation mark or dagger of the other page stands.
_IN_WORD = {
    "cp1252": re.compile(rb"[A-Za-z][" + _WINDOWS + rb"][A-Za-z]"),
    "cp437": re.compile(rb"[A-Za-z][" + _PC8 + rb"][A-Za-z]"),
}
LOST = "\ufffd"  # what a program writes for a letter that it could not read
_NAMES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 med BOM", "cp1252": "Windows-1252", "cp437": "PC8 (CP437)",
    "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
}  # fmt: skip
_START = 400  # bytes that tell whether every second is zero


def encoding_of(data: bytes) -> str:
    """Give Python's name of the encoding that the bytes are in.

    >>> encoding_of("Övrigt".encode("cp437")), encoding_of("Övrigt".encode("latin-1")), encoding_of("Övrigt".encode())
    ('cp437', 'cp1252', 'utf-8')
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for zeros, name in ((data[1:_START:2], "utf-16-le"), (data[:_START:2], "utf-16-be")):
        if zeros.count(0) > 0.6 * max(1, len(zeros)):
            return name
    marked = data.startswith(codecs.BOM_UTF8)
    if data.isascii():
        return "cp437"
    if _is_utf8(data):
        return "utf-8-sig" if marked else "utf-8"
    return _likeliest(data, marked=marked)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _likeliest(data: bytes, *, marked: bool) -> str:
    """Weigh the letters of each page; a letter that a program cut in two makes no other page of a file in UTF-8."""
    pairs = len(_UTF8.findall(data))
    rest = _UTF8.sub(b"", data) if pairs else data
    windows, pc8 = (sum(map(rest.count, (bytes([one]) for one in letters))) for letters in (_WINDOWS, _PC8))
    if pairs > windows + pc8:
        return "utf-8-sig" if marked else "utf-8"
    return "cp1252" if windows > pc8 else "cp437"


def evened(data: bytes, encoding: str) -> tuple[bytes, str, int]:
    """Give the bytes of a file with all lines in one encoding, its name, and the first line that was in the other.

    Nearly every file is given back as it is, with 0 for the line.
    """
    other = {"cp437": "cp1252", "cp1252": "cp437"}.get(encoding)
    if other is None or _IN_WORD[other].search(data) is None:
        return data, encoding, 0
    first, lines = 0, []
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        strange = _IN_WORD[other].search(line) is not None and _IN_WORD[encoding].search(line) is None
        first = first or (number if strange else 0)
        lines.append(line.decode(other if strange else encoding, errors="replace").encode())
    return (b"".join(lines), "utf-8", first) if first else (data, encoding, 0)


def name_of(encoding: str) -> str:
    """Give the encoding as a user knows it."""
    return _NAMES[encoding]
