"""Pages as pictures, bounded in size."""

from __future__ import annotations

import struct
import zlib

import pikepdf
import pytest

from tests.documents.pdf.typeset import changed, read, typeset
from uppsikt.documents.model import DocumentError, Grid
from uppsikt.documents.pdf.pictures import page_picture

SOURCE = "#v(4cm)\n#table(columns: 2, [Enhet], [Utfall], [Kansliet], [1 150])\n#pagebreak()\nSlut"


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Give width, height and the unfiltered bytes of a picture of ours."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[33:37])[0]
    assert png[37:41] == b"IDAT"
    return width, height, zlib.decompress(png[41 : 41 + length])


def test_a_picture_is_as_wide_as_asked_for():
    width, height, body = pixels(page_picture(typeset(SOURCE), 1, 400))
    assert (width, height) == (400, 566)
    assert len(body) == height * (1 + width * 3)


@pytest.mark.parametrize("turns", [0, 1])
def test_the_box_of_a_cell_lies_over_its_ink(turns):
    data = changed(typeset(SOURCE), lambda pdf: [page.rotate(90 * turns, relative=True) for page in pdf.pages])
    content = read(data)
    grid = next(block for block in content.blocks if isinstance(block, Grid))
    box = grid.rows[1].cells[1].box
    assert box is not None
    width, _, body = pixels(page_picture(data, 1, 800))
    scale = width / content.sizes[0].width
    rows = range(round(box.top * scale), round(box.bottom * scale))
    first, length = 1 + round(box.left * scale) * 3, round((box.right - box.left) * scale) * 3
    starts = [row * (1 + width * 3) + first for row in rows]
    dark = [start for start in starts if min(body[start : start + length]) < 100]
    assert len(dark) > len(rows) / 3


def test_a_picture_never_becomes_too_large():
    def stretch(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.MediaBox = [0, 0, 100, 14_000]

    width, height, _ = pixels(page_picture(changed(typeset(SOURCE), stretch), 1, 1_000_000))
    assert width * height <= 24_000_000 * 1.01


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there_is_said(page):
    with pytest.raises(DocumentError, match="finns inte"):
        page_picture(typeset(SOURCE), page, 100)
