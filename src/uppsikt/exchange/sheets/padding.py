"""Which cells of a sheet are shown with leading zeros: 45 in the number format "0000" is the code 0045.

A workbook keeps such a code as the number 45, and how it is shown apart from it. Only formats that are nothing but
zeros are looked for: they have no other use than to keep the zeros of a code.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from uppsikt.exchange.sheets.guarding import column_number, pieces_of

_STYLES = 20_000_000  # bytes of the part that tells the formats; real ones are a hundredth of it
_ZEROS = re.compile("0{2,40}")
_ROWS, _COLUMNS = 1_048_576, 64  # beyond which no codes stand


@dataclass
class Padding:
    """How many digits the cells are shown with, where their format says so; rows and columns from 1."""

    columns: dict[int, bytearray] = field(default_factory=lambda: defaultdict(bytearray))

    def digits(self, row: int, column: int) -> int:
        """Give how many digits a cell is shown with; 0 where its format says nothing of it."""
        found = self.columns.get(column, b"")
        return found[row] if row < len(found) else 0

    def note(self, row: int, column: int, digits: int) -> None:
        """Note that a cell is shown with so many digits."""
        if row > _ROWS or (column not in self.columns and len(self.columns) >= _COLUMNS):
            return
        found = self.columns[column]
        if len(found) <= row:
            found.extend(bytes(row + 1 - len(found)))
        found[row] = digits


def padding_of(packed: zipfile.ZipFile, part: str, styles: str) -> Padding:
    """Give the padding of a sheet's part by the part with the styles. The workbook has been found safe."""
    found = Padding()
    if not part or styles not in packed.namelist() or packed.getinfo(styles).file_size > _STYLES:
        return found
    digits = digits_by_style(packed.read(styles))
    if digits:
        with packed.open(part) as stream:
            _note_all(stream, digits, found)
    return found


def digits_by_style(xml: bytes) -> dict[int, int]:
    """Give, by the number of a cell style, how many digits its format shows at least, for formats of zeros alone.

    >>> digits_by_style(b'<s><numFmt numFmtId="164" formatCode="0000"/><cellXfs><xf numFmtId="0"/>'
    ...                 b'<xf numFmtId="164"/></cellXfs></s>')
    {1: 4}
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        return {}
    formats = {
        one.get("numFmtId", ""): len(code)
        for one in _named(root.iter(), "numFmt")
        if _ZEROS.fullmatch(code := one.get("formatCode", "").partition(";")[0])
    }
    styles = (style for group in _named(root.iter(), "cellXfs") for style in _named(group, "xf"))
    return {at: formats[one] for at, style in enumerate(styles) if (one := style.get("numFmtId", "")) in formats}


def _named(elements: Iterable[etree._Element], name: str) -> list[etree._Element]:
    return [one for one in elements if isinstance(one.tag, str) and etree.QName(one).localname == name]


def _note_all(stream: IO[bytes], digits: dict[int, int], found: Padding) -> None:
    styles = b"|".join(str(style).encode() for style in digits)
    cell = re.compile(
        rb"""<(?:\w+:)?c\b(?=[^<>]*?\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["'])"""
        rb"""[^<>]*?\bs\s*=\s*["'](""" + styles + rb""")["']"""
    )
    for piece in pieces_of(stream):
        for letters, row, style in cell.findall(piece):
            found.note(int(row), column_number(letters.decode()), digits[int(style)])
