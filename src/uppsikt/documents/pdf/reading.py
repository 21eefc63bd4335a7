"""Reads a PDF page by page and makes the Content of it.

What is furniture can only be told from the pages around, so a few pages are held at a time; of every page
that is done only its lines and tables remain. Memory therefore grows with the text and not with the pages.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from uppsikt.documents.model import Block, Content, DocumentError, Grid, Limits, PageSize
from uppsikt.documents.opening import Progress
from uppsikt.documents.pdf.glyphs import read_opened
from uppsikt.documents.pdf.joining import Joiner
from uppsikt.documents.pdf.layout import Draft, lay_out
from uppsikt.documents.pdf.lines import Line
from uppsikt.documents.pdf.opening import opened, size_of
from uppsikt.documents.pdf.page import PageContent
from uppsikt.documents.pdf.paragraphs import blocks_of
from uppsikt.documents.pdf.styles import Styles
from uppsikt.documents.pdf.tags import TagReader
from uppsikt.documents.pdf.turning import Turn

_AROUND = 2  # pages before and after that tell what is furniture: odd and even pages may differ
_AT_ONCE = 100  # pages; pdfium keeps what it has parsed (tags, above all) until the file is closed
_FEW_WORDS = 12  # a stamp or a number on a scanned page
_COVERED = 0.5  # of the page that a picture covers when it is a scan
_UNREADABLE = 0.2  # of the letters: more without meaning, and the page's text cannot be read
_NO_SIZE = PageSize(0.0, 0.0)


def read_pdf(data: bytes, name: str, limits: Limits, progress: Progress) -> Content:
    """Read a PDF with a text layer; DocumentError says in one Swedish line why it cannot be read."""
    with opened(data, name, limits) as document:
        pages = len(document)
    reader = _Reader(name, limits, pages)
    for first in range(1, pages + 1, _AT_ONCE):
        with opened(data, name, limits) as document:
            for number in range(first, min(first + _AT_ONCE, pages + 1)):
                reader.take(document, number)
                progress(number, pages)
    return reader.content()


@dataclass(slots=True)
class _Silent:
    """The pages that gave no text, by why."""

    broken: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)

    def remarks(self) -> tuple[str, ...]:
        """Say what the reader of a review must know."""
        said = (
            (self.broken, "går inte att läsa: innehållet är trasigt eller formatet orimligt"),
            (self.scanned, "har bild men ingen text (inskannat) och granskas inte"),
            (self.garbled, "har text som inte går att läsa ut (teckenkoder saknas) och granskas inte"),
        )
        return tuple(
            f"{'Sidan' if len(pages) == 1 else 'Sidorna'} {numbers(pages)} {why}." for pages, why in said if pages
        )


class _Reader:
    def __init__(self, name: str, limits: Limits, pages: int) -> None:
        self._name, self._limits, self._pages = name, limits, pages
        self._tags = TagReader()
        self._held: deque[Draft] = deque()
        self._around: deque[Draft] = deque(maxlen=_AROUND)
        self._joiner = Joiner()
        self._styles = Styles()
        self._turns: dict[int, Turn] = {}
        self._sizes: list[PageSize] = []
        self._silent = _Silent()
        self._stamped = 0  # pages that are a picture with hardly any text
        self._texts = 0  # pages with text
        self._characters = self._cells = 0

    def take(self, document: pdfium.PdfDocument, number: int) -> None:
        """Read a page, and finish the one for which all pages around are known now."""
        draft = self._draft(document, number)
        if draft is not None:
            self._held.append(draft)
        if len(self._held) > _AROUND:
            self._finish()

    def content(self) -> Content:
        """Finish the last pages and give everything; DocumentError where there was nothing to read."""
        while self._held:
            self._finish()
        if self._texts == self._stamped:
            raise DocumentError(self._nothing())
        blocks = blocks_of(self._joiner.items, self._styles)
        return Content(
            self._name,
            "pdf",
            tuple(self._as_shown(block) for block in blocks) if self._turns else blocks,
            self._pages,
            tuple(self._sizes),
            self._silent.remarks(),
        )

    def _nothing(self) -> str:
        scanned = len(self._silent.scanned) + self._stamped
        if scanned:
            return (
                f"{self._name} är inskannad: {scanned} av {self._pages} sidor är bilder utan text. "
                "Använd filen som rapporten skapades från, eller tolka texten (OCR) först."
            )
        if self._silent.garbled:
            return f"Texten i {self._name} går inte att läsa ut (teckenkoder saknas). Skapa PDF-filen på nytt."
        if self._silent.broken:
            return f"{self._name} är trasig: ingen av sidorna går att läsa. Hämta eller spara den på nytt."
        return f"{self._name} innehåller ingen text."

    def _draft(self, document: pdfium.PdfDocument, number: int) -> Draft | None:
        """Read what a page shows and what its tags say; None where it holds nothing to read."""
        page = raw.FPDF_LoadPage(document, number - 1)
        size = size_of(raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)) if page else None
        self._sizes.append(size or _NO_SIZE)
        try:
            if size is None:
                self._silent.broken.append(number)
                return None
            content = read_opened(page, number)
            if not self._speaks(content):
                return None
            contents = {word.mcid for word in content.words if word.mcid is not None and word.mcid >= 0}
            return Draft(content, self._tags.read(page, contents))
        finally:
            if page:
                raw.FPDF_ClosePage(page)

    def _speaks(self, page: PageContent) -> bool:
        """Say whether a page has text, and remember why it has not."""
        letters = sum(len(word.text) for word in page.words)
        self._characters += letters
        if self._characters > self._limits.characters:
            raise DocumentError(f"{self._name} innehåller mer text än vad som läses. Dela upp filen.")
        pictured = max((picture.width * picture.height for picture in page.pictures), default=0.0)
        covered = pictured >= _COVERED * page.width * page.height
        if not letters:
            if page.pictures:
                self._silent.scanned.append(page.number)
            return False
        if sum(word.text.count("\ufffd") for word in page.words) > _UNREADABLE * letters:
            self._silent.garbled.append(page.number)
            return False
        self._texts += 1
        self._stamped += covered and len(page.words) <= _FEW_WORDS
        return True

    def _finish(self) -> None:
        draft = self._held.popleft()
        laid = lay_out(draft, [*self._around, *self._held], self._pages)
        self._around.append(draft)
        self._styles.count([item for item in laid.items if isinstance(item, Line)])
        self._cells += sum(len(row.cells) for item in laid.items if isinstance(item, Grid) for row in item.rows)
        if self._cells > self._limits.cells:
            raise DocumentError(f"{self._name} har fler tabellceller än vad som läses. Dela upp filen.")
        if laid.turn.turns:
            self._turns[draft.page.number] = laid.turn
        self._joiner.add(laid)

    def _as_shown(self, block: Block) -> Block:
        turn = self._turns.get(block.page or 0)
        if turn is None:
            return block
        return turn.grid(block) if isinstance(block, Grid) else replace(block, box=turn.box(block.box))


def numbers(pages: Iterable[int]) -> str:
    """Write page numbers as people do.

    >>> numbers([3, 5, 6, 7])
    '3, 5–7'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
