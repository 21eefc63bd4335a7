"""Which characters the bundled font can draw, and what stands for those that it cannot."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache

from uppsikt.reporting.render.svg import FONT_FOLDER

REPLACEMENT = "□"


class _Printable(dict[int, str | None]):
    """A table for ``str.translate`` that fills itself: what the font has stays, invisible signs fall away."""

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__({10: "\n", 9: " ", 0xAD: "\u00ad", 0x2028: "\n", 0x2029: "\n"})
        self._known = known

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        shown: str | None = letter if code in self._known else REPLACEMENT
        if shown == REPLACEMENT and (unicodedata.category(letter) in ("Cf", "Cc", "Mn") or 0xFE00 <= code <= 0xFE0F):
            shown = None
        self[code] = shown
        return shown


@cache
def printable() -> dict[int, str | None]:
    """Give the table that replaces what the font cannot draw by a white square.

    >>> "5 m² 😀".translate(printable())
    '5 m² □'
    """
    return _Printable(frozenset(_characters((FONT_FOLDER / "Inter-Regular.otf").read_bytes())))


def _characters(font: bytes) -> Iterator[int]:
    """Read the characters of an OpenType font from its cmap table, subtable format 12 (OpenType 1.9, cmap)."""
    for place in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, place)
        if tag == b"cmap":
            yield from _cmap(font, start)


def _cmap(font: bytes, start: int) -> Iterator[int]:
    for record in range(struct.unpack_from(">H", font, start + 2)[0]):
        subtable = start + struct.unpack_from(">HHI", font, start + 4 + 8 * record)[2]
        if struct.unpack_from(">H", font, subtable)[0] == 12:
            for group in range(struct.unpack_from(">I", font, subtable + 12)[0]):
                first, last, _ = struct.unpack_from(">III", font, subtable + 16 + 12 * group)
                yield from range(first, last + 1)
