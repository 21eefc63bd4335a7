"""Finds the encoding of a table file.

A byte order mark decides; else zero bytes at every second place mean UTF-16; else valid UTF-8 beyond ASCII means
UTF-8; else the bytes of å, ä and ö decide, which are others in Windows (CP1252, Latin-1) than in the old systems
(CP850, CP437), and so is the no-break space that groups thousands.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

_WINDOWS, _OLD = bytes.fromhex("e5e4f6c5c4d6"), bytes.fromhex("8684948f8e99")  # å ä ö Å Ä Ö
_WINDOWS_SPACE, _OLD_SPACE = (re.compile(rb"\d" + space + rb"\d{3}") for space in (b"\xa0", b"\xff"))  # 1 234
_NAMES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 med BOM", "cp1252": "Windows-1252 (Latin-1)", "cp850": "CP850 (CP437)",
    "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "ascii": "ASCII",
}  # fmt: skip
_PIECE = 1 << 24


def encoding_of(sample: bytes) -> str:
    """Give Python's name of the encoding of the bytes; "ascii" where they tell nothing.

    >>> [encoding_of("Räksmörgås".encode(name)) for name in ("utf-8", "cp1252", "cp437", "utf-16", "utf-16-le")]
    ['utf-8', 'cp1252', 'cp850', 'utf-16', 'utf-16-le']
    """
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    pairs = max(1, len(sample) // 2)
    for zeros, name in ((sample[1::2], "utf-16-le"), (sample[::2], "utf-16-be")):
        if zeros.count(0) > 0.6 * pairs:
            return name
    if sample.isascii():
        return "ascii"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # a letter that the sample cuts off is no fault
    except UnicodeDecodeError:
        windows, old = (sum(map(sample.count, letters)) for letters in (_WINDOWS, _OLD))
        windows, old = windows + len(_WINDOWS_SPACE.findall(sample)), old + len(_OLD_SPACE.findall(sample))
        return "cp850" if old > windows else "cp1252"
    return "utf-8"


def encoding_of_file(path: Path, first: bytes) -> str:
    """Give the encoding of a file whose first part is given; the rest is asked only where that part tells nothing."""
    found = encoding_of(first)
    if found != "ascii":
        return found
    with path.open("rb") as file:
        file.seek(len(first))
        while piece := file.read(_PIECE):
            if not piece.isascii():
                at = next(place for place, byte in enumerate(piece) if byte > 127)
                return encoding_of(piece[at : at + 100_000])
    return "utf-8"


def name_of(encoding: str) -> str:
    """Give the encoding as a user knows it."""
    return _NAMES.get(encoding, encoding)
