"""Finds the code page of a SIE file. The format says PC8 (code page 437); real files do not always obey.

A byte order mark or valid UTF-8 beyond ASCII means UTF-8. Else the letters å, ä, ö decide: they are other
bytes in Windows' code page than in PC8. A file without any letters beyond ASCII is PC8, as declared.
"""

from __future__ import annotations

import codecs

_WINDOWS, _PC8 = bytes.fromhex("e5e4f6c5c4d6"), bytes.fromhex("8684948f8e99")  # å ä ö Å Ä Ö
LOST = "\ufffd"  # what a program writes for a letter that it could not read
_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 med BOM",
    "cp1252": "Windows-1252",
    "cp437": "PC8 (CP437)",
    "utf-16": "UTF-16",
}


def encoding_of(data: bytes) -> str:
    """Give Python's name of the encoding that the bytes are in.

    >>> encoding_of("Övrigt".encode("cp437")), encoding_of("Övrigt".encode("latin-1")), encoding_of("Övrigt".encode())
    ('cp437', 'cp1252', 'utf-8')
    """
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return "utf-8"
    windows, pc8 = (any(letter in data for letter in letters) for letters in (_WINDOWS, _PC8))
    return "cp1252" if windows and not pc8 else "cp437"


def name_of(encoding: str) -> str:
    """Give the encoding as a user knows it."""
    return _NAMES[encoding]
