"""Makes PDFs for the tests: typeset by typst with the product's own fonts, and changed by pikepdf afterwards."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable

import pikepdf
import typst

from uppsikt.documents.model import Content, Grid, Heading, Limits, Paragraph
from uppsikt.documents.opening import quiet
from uppsikt.documents.pdf import read_pdf
from uppsikt.reporting.render.pdf import FONT_FOLDER

_HEAD = '#set text(font: "Inter", size: 10pt, lang: "sv")\n#set document(title: "Rapport")\n'
WORDS = (
    "Nämnden följer sin ekonomi månad för månad och lämnar en prognos till styrelsen efter varje tertial. "
    "Avvikelser förklaras i ord, och åtgärder beslutas när underskottet är större än en procent av ramen. "
)


@functools.cache
def typeset(source: str) -> bytes:
    """Typeset a page or several; tagged, as typst does it."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)])
    made = typst.Compiler(input=(_HEAD + source).encode(), font_paths=fonts).compile(format="pdf")
    assert isinstance(made, bytes)
    return made


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    """Give the file after a change."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **saving)
        return out.getvalue()


def untagged(data: bytes) -> bytes:
    """Take away all that tells the structure."""

    def strip(pdf: pikepdf.Pdf) -> None:
        for key in ("/StructTreeRoot", "/MarkInfo"):
            if key in pdf.Root:
                del pdf.Root[key]

    return changed(data, strip)


def read(data: bytes, limits: Limits | None = None) -> Content:
    return read_pdf(data, "rapport.pdf", limits or Limits(), quiet)


def headings(content: Content) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in content.blocks if isinstance(block, Heading)]


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def tables(content: Content) -> list[list[list[str]]]:
    return [
        [[row.text(column).replace("\n", " ") for column in range(grid.width)] for row in grid.rows]
        for grid in content.blocks
        if isinstance(grid, Grid)
    ]
