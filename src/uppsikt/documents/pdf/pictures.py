"""A page as a picture, for the eye: findings are shown beside the page they stand on."""

from __future__ import annotations

import struct
import zlib

import pypdfium2 as pdfium

from uppsikt.documents.model import DocumentError, Limits
from uppsikt.documents.pdf.opening import opened, size_of

_WIDEST, _MOST_PIXELS = 4_000, 24_000_000


def page_picture(data: bytes, page: int, width: int) -> bytes:
    """Draw page ``page`` (from 1) as PNG, ``width`` pixels wide or less where that would be too large a picture.

    Turned pages are shown upright, as the boxes of what was read count. DocumentError where there is
    no such page or it cannot be drawn.
    """
    with opened(data, "PDF-filen", Limits()) as document:
        if not 1 <= page <= len(document):
            raise DocumentError(f"Sidan {page} finns inte: filen har {len(document)} sidor.")
        try:
            return _drawn(document, page, width)
        except pdfium.PdfiumError:
            raise DocumentError(f"Sidan {page} går inte att visa som bild.") from None


def _drawn(document: pdfium.PdfDocument, page: int, width: int) -> bytes:
    opened_page = document[page - 1]
    try:
        size = size_of(*opened_page.get_size())
        if size is None:
            raise DocumentError(f"Sidan {page} har ett orimligt format och går inte att visa som bild.")
        scale = max(1, min(width, _WIDEST)) / size.width
        most = (_MOST_PIXELS / (size.width * size.height)) ** 0.5
        bitmap = opened_page.render(scale=min(scale, most), rev_byteorder=True)
        try:
            return _png(bitmap)
        finally:
            bitmap.close()
    finally:
        opened_page.close()


def _png(bitmap: pdfium.PdfBitmap) -> bytes:
    """Write a picture of red, green and blue bytes as PNG: unfiltered rows, which pages of text pack well with."""
    row, pixels = bitmap.width * 3, memoryview(bitmap.buffer).cast("B")
    starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
    lines = b"".join(b"\0" + pixels[start : start + row] for start in starts)
    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 2, 0, 0, 0)  # 8 bits, colour type 2: RGB
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
