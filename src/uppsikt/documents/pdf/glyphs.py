"""Reads what a page shows through pdfium: its letters with place, font and visibility, its lines and areas.

Each call to the library costs about half a microsecond, so only the letter, its box and its text object
are asked for every letter; everything else once for every text object.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from uppsikt.documents.pdf.drawing import Drawing, read_drawing
from uppsikt.documents.pdf.page import Area, PageContent, View, Word
from uppsikt.documents.pdf.words import HIGH_DIGITS, Glyph, Style, make_words

_BOLD_NAMES = ("bold", "black", "heavy", "semib", "demi")
_ITALIC_NAMES = ("italic", "oblique", "kursiv")
_BOLD_WEIGHT = 600  # CSS and OpenType: 600 is semibold
_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18  # PDF 32000-1, table 123
_FILL_AND_STROKE, _INVISIBLE, _CLIP_ONLY = 2, 3, 7  # text render modes
_WHITE = 250  # of 255: what nobody sees on white paper
_ARTIFACT = "Artifact\0".encode("utf-16le")  # the mark of headers, footers and ornaments (PDF 32000-1, 14.8.2.2)
_SPACE, _LATIN = 0x20, 0x7F
_LEVEL = 0.1  # of the size: letters on one line, with rounding of coordinates
_DIGITS, _BRACKETS = frozenset(range(0x30, 0x3A)), frozenset({0x29})
_LIFT = 0.2  # of the size: no digit on the line begins so high, every raised one does
_RAISED_SIZE, _RAISED_LIFT = 0.6, 0.35  # of the size: how raised digits are drawn (OpenType feature sups)
_MARKS = 8  # marks of one text object that are looked at
_FAINT = 12  # of 255: more transparent than this is not seen


class _Face(NamedTuple):
    name: str
    bold: bool
    italic: bool


def read_page(document: Any, number: int) -> PageContent:
    """Read a page (counted from 1) of a document's raw handle; ValueError where pdfium cannot open it."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise ValueError(f"page {number} cannot be opened")
    try:
        return read_opened(page, number)
    finally:
        pdfium.FPDF_ClosePage(page)


def read_opened(page: Any, number: int) -> PageContent:
    """Read a page that is open already; the caller closes it."""
    view = _view(page)
    drawing = read_drawing(page, view)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        words = _LetterReader(text_page, view, drawing).words()
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    shown = Area(0, 0, view.width, view.height)
    return PageContent(
        number,
        view.width,
        view.height,
        tuple(word for word in words if shown.holds((word.left + word.right) / 2, word.middle)),
        drawing.rulings,
        drawing.fills,
        drawing.pictures,
    )


def _view(page: Any) -> View:
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        box.right, box.top = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    return View(Area(box.left, box.bottom, box.right, box.top), pdfium.FPDFPage_GetRotation(page) % 4)


class _LetterReader:
    """Collects the letters of a page by the way they run, and makes words of each."""

    def __init__(self, text_page: Any, view: View, drawing: Drawing) -> None:
        self._text = text_page
        self._view = view
        self._drawing = drawing
        self._faces: dict[int, _Face] = {}
        # what pdfium writes its answers to; made once, because a page asks some ten thousand times
        self._matrix = pdfium.FS_MATRIX()
        self._numbers = tuple(ctypes.c_double() for _ in range(4))
        self._colours = tuple(ctypes.c_uint() for _ in range(4))

    def words(self) -> list[Word]:
        """Give the page's words in the order of the file, upright ones first."""
        by_turn: dict[int, list[Glyph]] = {}
        for turn, glyph in self._glyphs():
            by_turn.setdefault(turn, []).append(glyph)
        return [
            _shown(word, self._turned(turn), self._view, turn)
            for turn, glyphs in sorted(by_turn.items())
            for word in make_words(glyphs)
        ]

    def _turned(self, turn: int) -> View:
        """Give the view in which text that runs with this many quarter turns is read from left to right."""
        return View(self._view.box, (self._view.turns - turn) % 4)

    def _glyphs(self) -> Iterator[tuple[int, Glyph]]:
        """Yield turn and letter; a letter that nothing shows is left out, a printed space is a letter."""
        text, box = self._text, pdfium.FS_RECTF()
        object_of, box_of, code_of = (
            pdfium.FPDFText_GetTextObject,
            pdfium.FPDFText_GetLooseCharBox,
            pdfium.FPDFText_GetUnicode,
        )
        place, known, style = ctypes.byref(box), 0, None
        turn, lifted, view, last = 0, False, self._view, None
        level, left, top = view.turns == 0, view.box.left, view.box.bottom
        for index in range(pdfium.FPDFText_CountChars(text)):
            thing = object_of(text, index)
            if not thing:
                continue  # a space or line break that pdfium made up from the gap
            address = ctypes.addressof(thing.contents)
            if address != known:
                known, (turn, style) = address, self._style(index, thing)
                view = self._turned(turn)
                level, left, top = view.turns == 0, view.box.left, view.box.bottom
            if style is None or not box_of(text, index, place):
                continue
            code = code_of(text, index)
            if style is not last and code > _LATIN and chr(code).isspace() and _other_line(last, style):
                code = _SPACE  # a no-break space before a raised mark joins nothing to a number
            last = style
            lifted = code in HIGH_DIGITS or (
                (code in _DIGITS or (lifted and code in _BRACKETS)) and self._lifted(index, view, style)
            )
            if level:  # nearly every letter; the same as ``area``, without the calls
                shown = (box.left - left, top - box.top, box.right - left, top - box.bottom)
            else:
                shown = view.area(box.left, box.bottom, box.right, box.top)
            yield turn, Glyph(code, *shown, _mark_style(style) if lifted else style)

    def _lifted(self, index: int, view: View, style: Style) -> bool:
        """Say whether a digit is a font's own raised one, which has the code and the baseline of a plain digit."""
        if not pdfium.FPDFText_GetCharBox(self._text, index, *self._numbers):
            return False
        left, right, low, high = (number.value for number in self._numbers)
        return style.baseline - view.area(left, low, right, high).bottom > _LIFT * style.size

    def _style(self, index: int, thing: Any) -> tuple[int, Style | None]:
        """Give turn and style of a text object by its first letter; None for what is not seen."""
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        size = pdfium.FPDFText_GetFontSize(self._text, index) * math.hypot(c, d)
        turn = (round(math.atan2(-b, a) / (math.pi / 2)) + self._view.turns) % 4
        pdfium.FPDFText_GetCharOrigin(self._text, index, *self._numbers[:2])
        x, y = self._numbers[0].value, self._numbers[1].value
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
        if size <= 0 or mode == _CLIP_ONLY or self._unseen(index, mode, x, y + size / 4):
            return turn, None
        face = self._face(thing)
        return turn, Style(
            size,
            self._turned(turn).point(x, y)[1],
            face.bold or mode == _FILL_AND_STROKE,
            face.italic or abs(a * c + b * d) > 0.1 * (a**2 + b**2),
            face.name,
            _content(thing),
        )

    def _unseen(self, index: int, mode: int, x: float, y: float) -> bool:
        """Say whether a letter is not drawn, transparent, or white on white paper.

        What is not drawn but lies over a picture is the text of a scanned page: the picture shows it.
        """
        if mode == _INVISIBLE:
            return not any(picture.holds(*self._view.point(x, y)) for picture in self._drawing.pictures)
        red, green, blue, alpha = self._colours
        if not pdfium.FPDFText_GetFillColor(self._text, index, red, green, blue, alpha):
            return False
        if alpha.value < _FAINT:
            return True
        if min(red.value, green.value, blue.value) < _WHITE:
            return False
        return not self._drawing.dark_at(*self._view.point(x, y))

    def _face(self, thing: Any) -> _Face:
        font = pdfium.FPDFTextObj_GetFont(thing)
        if not font:
            return _Face("", bold=False, italic=False)
        address = ctypes.addressof(font.contents)
        if address not in self._faces:
            self._faces[address] = _face(font)
        return self._faces[address]


def _other_line(last: Style | None, style: Style) -> bool:
    """Say whether letters of one style stand on another line than those of the one before."""
    return last is not None and abs(last.baseline - style.baseline) > _LEVEL * last.size


def _mark_style(style: Style) -> Style:
    """Give the style of a font's raised digit as if it were a smaller one set higher."""
    return style._replace(size=_RAISED_SIZE * style.size, baseline=style.baseline - _RAISED_LIFT * style.size)


def _content(thing: Any) -> int | None:
    """Give the number by which the file's tags name a text; -1 for what it calls an artifact, None for untagged."""
    number = pdfium.FPDFPageObj_GetMarkedContentID(thing)
    if number >= 0:
        return int(number)
    buffer, length = (ctypes.c_ushort * 16)(), ctypes.c_ulong()
    for place in range(min(pdfium.FPDFPageObj_CountMarks(thing), _MARKS)):
        mark = pdfium.FPDFPageObj_GetMark(thing, place)
        known = pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), ctypes.byref(length))
        if known and bytes(buffer).startswith(_ARTIFACT):
            return -1
    return None


def _face(font: Any) -> _Face:
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    flags, lower, angle = pdfium.FPDFFont_GetFlags(font), name.lower(), ctypes.c_int()
    pdfium.FPDFFont_GetItalicAngle(font, ctypes.byref(angle))
    heavy = pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT or bool(flags > 0 and flags & _BOLD_FLAG)
    slanted = angle.value != 0 or bool(flags > 0 and flags & _ITALIC_FLAG)
    return _Face(
        name,
        heavy or any(part in lower for part in _BOLD_NAMES),
        slanted or any(part in lower for part in _ITALIC_NAMES),
    )


def _shown(word: Word, turned: View, view: View, turn: int) -> Word:
    """Give a turned word its place on the page as shown."""
    if not turn:
        return word
    corners = [view.point(*turned.back(x, y)) for x, y in ((word.left, word.top), (word.right, word.bottom))]
    (x1, y1), (x2, y2) = corners
    return Word(
        word.text, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), word.size, max(y1, y2),
        word.bold, word.italic, word.raised, word.font, word.mcid, turn, word.after,
    )  # fmt: skip
