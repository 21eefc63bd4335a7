"""The PDF itself with every finding marked in it, as notes that any viewer shows and that can be removed again.

A certain finding has a filled frame, a likely one a broken frame, a possible one a line under it; one
that follows from another has a thin line under it. Each carries its number, so that colour alone tells nothing.

The notes are added after the end of the file, which is otherwise left byte for byte as it is. A signature stays
valid for the document that was signed, and viewers say that notes were added later. A file that is encrypted, or
that had to be mended to be read, is written anew instead: its content is the same, but signature and protection are
lost.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from uppsikt.documents.model import Box, DocumentError
from uppsikt.documents.pdf.page import Area, View
from uppsikt.documents.pdf.quotes import quote_boxes
from uppsikt.review.record import BoxRecord, FindingRecord, Record
from uppsikt.review.showing.annotated_marks import Mark, annotation
from uppsikt.review.showing.annotated_update import with_update
from uppsikt.review.showing.grouping import WORDS, groups, standing

_LETTER = (0.0, 0.0, 612.0, 792.0)  # what a page without a size is taken for (PDF 32000-1, 7.7.3.3 and every viewer)
logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # what it mends in a file is not for the terminal
_MOST = 10_000  # findings that are marked


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A finding with its number; one that follows from finding 3 is 3.1."""

    number: str
    finding: FindingRecord


def annotate(data: bytes, record: Record) -> bytes:
    """Mark the findings of a record in its PDF. What is dismissed or explained by rounding is not marked.

    DocumentError where the file cannot be opened for writing.
    """
    numbered = [one for one in _numbered(record) if one.finding["box"] is not None][:_MOST]
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            changed = _mark(pdf, data, numbered)
            mended = pdf.is_encrypted or bool(pdf.get_warnings())
            updated = None if mended else with_update(data, pdf, changed)
            return updated if updated is not None else _anew(pdf)
    except pikepdf.PasswordError:
        raise DocumentError("PDF-filen är låst med lösenord, så anmärkningarna kan inte märkas ut i den.") from None
    except pikepdf.PdfError:
        raise DocumentError("PDF-filen är trasig, så anmärkningarna kan inte märkas ut i den.") from None


def _anew(pdf: pikepdf.Pdf) -> bytes:
    stream = io.BytesIO()
    pdf.save(stream, fix_metadata_version=False)  # the metadata stay as they are, too
    return stream.getvalue()


def _numbered(record: Record) -> Iterator[_Numbered]:
    shown: Record = {**record, "findings": standing(record)}
    number = 0
    for group in groups(shown):
        for item in group.items:
            number += 1
            yield _Numbered(str(number), item.head)
            for place, finding in enumerate(item.below, start=1):
                yield _Numbered(f"{number}.{place}", finding)


def _mark(pdf: pikepdf.Pdf, data: bytes, numbered: Sequence[_Numbered]) -> list[pikepdf.Object]:
    """Add the notes; give the objects that are new or changed."""
    places = _places(data, numbered)
    by_page: dict[int, list[Mark]] = {}
    for one, boxes in zip(numbered, places, strict=True):
        by_page.setdefault(boxes[0].page, []).append(_as_mark(one, boxes))
    changed: list[pikepdf.Object] = []
    for page_number, marks in by_page.items():
        if 1 <= page_number <= len(pdf.pages):
            changed += _mark_page(pdf, pdf.pages[page_number - 1], marks)
    return changed


def _places(data: bytes, numbered: Sequence[_Numbered]) -> list[tuple[Box, ...]]:
    """Give the boxes of each finding: its cell, or the lines of the words that it quotes."""
    boxes = [_box(one.finding["box"]) for one in numbered]
    quoted = [place for place, one in enumerate(numbered) if one.finding["passage"] and one.finding["quote"]]
    found = quote_boxes(data, [(boxes[place], numbered[place].finding["quote"] or "") for place in quoted])
    lines = dict(zip(quoted, found, strict=True))
    return [lines.get(place, (box,)) for place, box in enumerate(boxes)]


def _box(box: BoxRecord | None) -> Box:
    return Box(**box) if box is not None else Box(0, 0, 0, 0, 0)


def _as_mark(one: _Numbered, boxes: Sequence[Box]) -> Mark:
    finding = one.finding
    head = f"{finding['code']} {finding['rule']} ({WORDS[finding['confidence']]})"
    text = "\n".join(part for part in (head, finding["message"], finding["proposal"]) if part)
    kind = "follows" if finding["cause"] else finding["confidence"]
    areas = tuple(Area.of(box) for box in boxes)
    return Mark(one.number, kind, finding["id"], finding["code"], text, areas, _box(finding["box"]).left)


def _mark_page(pdf: pikepdf.Pdf, page: pikepdf.Page, marks: Sequence[Mark]) -> list[pikepdf.Object]:
    view = _view(page)
    made: list[pikepdf.Object] = []
    taken: dict[tuple[int, int], float] = {}  # badges that stand side by side where findings share a cell
    for mark in marks:
        corner = (round(mark.areas[0].left / 4), round(mark.areas[0].top / 4))
        note, appearance, width = annotation(pdf, page, view, mark, shift=taken.get(corner, 0.0))
        taken[corner] = taken.get(corner, 0.0) + width
        made += [appearance, note]
    notes = [thing for thing in made if isinstance(thing, pikepdf.Dictionary)]
    known = page.obj.get("/Annots")
    if isinstance(known, pikepdf.Array) and known.is_indirect:
        known.extend(notes)
        return [*made, known]
    page.obj.Annots = pikepdf.Array([*(known if isinstance(known, pikepdf.Array) else ()), *notes])
    return [*made, page.obj]


def _view(page: pikepdf.Page) -> View:
    media, crop = _rectangle(page.obj, "/MediaBox") or _LETTER, _rectangle(page.obj, "/CropBox")
    box = media
    if crop is not None:
        cut = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
        box = cut if cut[0] < cut[2] and cut[1] < cut[3] else media
    turns = _inherited(page.obj, "/Rotate")
    return View(Area(*box), int(turns) // 90 % 4 if isinstance(turns, int) else 0)


def _rectangle(page: pikepdf.Object, key: str) -> tuple[float, float, float, float] | None:
    """Give an inherited rectangle: left, bottom, right, top; None where it is missing or nonsense."""
    found = _inherited(page, key)
    try:
        x1, y1, x2, y2 = (float(side) for side in found)
    except (TypeError, ValueError):
        return None
    return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)) if x1 != x2 and y1 != y2 else None


def _inherited(page: pikepdf.Object, key: str) -> Any:
    """Look up a page attribute, in the page or in what it stands under."""
    node: Any = page
    for _ in range(32):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None
