"""Where words of a passage stand on the page: so that a sentence can be marked and not the whole paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium

from uppsikt.documents.model import Box, Limits
from uppsikt.documents.pdf.glyphs import read_page
from uppsikt.documents.pdf.lines import make_runs
from uppsikt.documents.pdf.opening import opened
from uppsikt.documents.pdf.page import Area, PageContent
from uppsikt.documents.pdf.turning import Turn, upright

_EDGE = 1.0  # points that a letter may reach over the box of its passage


def quote_boxes(data: bytes, wanted: Sequence[tuple[Box, str]]) -> list[tuple[Box, ...]]:
    """Give, for each passage and its quoted words, one box for each line that they stand on.

    The passage's own box where the words are not found: a quote can go on over a column or a page.
    """
    pages: dict[int, tuple[PageContent, Turn]] = {}
    with opened(data, "PDF-filen", Limits()) as document:
        for number in sorted({box.page for box, _ in wanted}):
            if 1 <= number <= len(document):
                pages[number] = _page(document, number)
    return [
        tuple(_found(*pages[box.page], box, quote)) or (box,) if box.page in pages else (box,) for box, quote in wanted
    ]


def _page(document: pdfium.PdfDocument, number: int) -> tuple[PageContent, Turn]:
    try:
        return upright(read_page(document.raw, number))
    except ValueError:  # a page that cannot be opened has no words
        return upright(PageContent(number, 0, 0, ()))


def _found(page: PageContent, turn: Turn, box: Box, quote: str) -> Iterator[Box]:
    left, top, right, bottom = turn.upright(Area.of(box))
    area = Area(left - _EDGE, top - _EDGE, right + _EDGE, bottom + _EDGE)
    inside = [word for word in page.words if not word.turn and area.holds((word.left + word.right) / 2, word.middle)]
    lines = [run for run in make_runs(inside) if run]
    ordered = [word for run in lines for word in run if not word.raised]
    first, last = _span([_plain(word.text) for word in ordered], _plain(quote))
    chosen = {id(word) for word in ordered[first:last]}
    for run in lines:
        marked = [word for word in run if id(word) in chosen]
        if marked:
            yield Box(box.page, *turn.shown(Area.around(marked)))


def _span(texts: Sequence[str], target: str) -> tuple[int, int]:
    """Give the first word and the one after the last whose letters hold the target; (0, 0) where none do."""
    starts: list[int] = []
    length = 0
    for text in texts:
        starts.append(length)
        length += len(text)
    at = "".join(texts).find(target) if target else -1
    if at < 0:
        return 0, 0
    first = max(place for place, start in enumerate(starts) if start <= at)
    return first, next((place for place, start in enumerate(starts) if start >= at + len(target)), len(texts))


def _plain(text: str) -> str:
    """Give a text without spaces and hyphens, which a line's end may have added or taken."""
    return "".join(letter for letter in text if not letter.isspace() and letter not in "-\u2010\u00ad")
