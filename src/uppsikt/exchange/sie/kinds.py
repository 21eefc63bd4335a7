"""Says whether a file is a SIE file, by how it begins, and what it is where it is none."""

from __future__ import annotations

import re

from uppsikt.exchange.sie.letters import encoding_of
from uppsikt.exchange.sie.lines import LABELS

START = 40_000  # bytes that are looked at
_LABELS = re.compile(r"(?:^|[\r\n])[ \t\ufeff]*#([A-Za-z]+)(?=[\s{\"]|-?\d|$)")
_SURE = {"FLAGGA", "SIETYP"}
_SIE_5 = re.compile(r"<(?:\w{1,40}:)?Sie(?:Entry)?[\s>/]")
_NOT_SIE = (
    "Filen är ingen SIE-fil: den saknar #FLAGGA och #SIETYP. Är den en tabell ska namnet sluta på .csv eller .xlsx."
)
_OTHERS = (
    (b"%PDF", "Filen är en PDF och ingen SIE-fil. Exportera den som SIE ur ekonomisystemet."),
    (b"PK\x03\x04", "Filen är en zip-fil eller Excelfil. Packa upp den, eller låt namnet sluta på .xlsx."),
    (b"\x1f\x8b", "Filen är packad (gzip). Packa upp den."),
    (b"\xd0\xcf\x11\xe0", "Filen är en äldre Excelfil (.xls) och ingen SIE-fil."),
)


def is_sie(start: bytes) -> bool:
    """Say whether the beginning of a file is that of a SIE file: #FLAGGA or #SIETYP, or two labels of the format.

    >>> is_sie(b"#FLAGGA 0"), is_sie(b"#KONTO 1 Kassa\\n#IB 0 1 5"), is_sie(b"#Version;Konto")
    (True, True, False)
    """
    text = start[:START].decode(encoding_of(start[:START]), errors="replace")
    found = {label.upper() for label in _LABELS.findall(text)} & LABELS
    return bool(found & _SURE) or len(found) > 1


def what_else(data: bytes) -> str:
    """Say in Swedish what a file is that is no SIE file, and what to do."""
    start = data[:START]
    if not start.strip(b"\x00 \t\r\n\x1a\xef\xbb\xbf"):
        return "Filen är tom."
    for begins, said in _OTHERS:
        if start.startswith(begins):
            return said
    text = start.decode(encoding_of(start), errors="replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<") and _SIE_5.search(text):
        return "Filen är SIE 5 (XML), som inte läses. Exportera den som SIE 4."
    if text[:15].casefold().startswith(("<!doctype html", "<html")):
        return "Filen är en webbsida (HTML) och ingen SIE-fil. Hämta filen på nytt."
    return _NOT_SIE
