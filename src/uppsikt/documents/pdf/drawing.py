"""Reads the lines, coloured areas and pictures that a page draws.

Every program draws a table's borders in its own way: stroked lines, thin filled rectangles, outlines of
cells, many paths or one. All become rulings here; larger filled rectangles become fills.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from uppsikt.documents.pdf.page import Area, Fill, Ruling, View

_THIN = 3.0  # points: the thickest line that reports draw (header rules of 2.25 pt), thinner than any row
_SHORT = 1.5  # points: shorter is a dot of a leader, a bullet or a piece of a picture
_WHITE = 250  # of 255
_FAINT = 12  # of 255: alpha below which nothing is seen
_DEPTH = 8  # forms within forms; deeper is a file that means harm
_MOST = 200_000  # path segments of a page; a map or a drawing has more, a table never
_LEVEL = 0.5  # points that the ends of a line may differ and still be a straight one


class Matrix(NamedTuple):
    """Where a drawn point comes to stand: (a x + c y + e, b x + d y + f)."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point comes to stand."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, outer: Matrix) -> Matrix:
        """Give this matrix followed by an outer one."""
        a, b = outer.point(self.a, self.b)
        c, d = outer.point(self.c, self.d)
        return Matrix(a - outer.e, b - outer.f, c - outer.e, d - outer.f, *outer.point(self.e, self.f))


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a page draws besides text."""

    rulings: tuple[Ruling, ...]
    fills: tuple[Fill, ...]
    pictures: tuple[Area, ...]

    def dark_at(self, x: float, y: float) -> bool:
        """Say whether a coloured area or a picture lies under a point."""
        return any(Area.of(fill).holds(x, y) for fill in self.fills) or any(
            picture.holds(x, y) for picture in self.pictures
        )


def read_drawing(page: Any, view: View) -> Drawing:
    """Read lines, areas and pictures of a page in the order they are drawn."""
    reader = _DrawingReader(view)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        reader.take(pdfium.FPDFPage_GetObject(page, index), Matrix(), 0)
    return Drawing(tuple(reader.rulings), tuple(reader.fills), tuple(reader.pictures))


class _DrawingReader:
    def __init__(self, view: View) -> None:
        self._view = view
        self._left = _MOST
        self.rulings: list[Ruling] = []
        self.fills: list[Fill] = []
        self.pictures: list[Area] = []

    def take(self, thing: Any, outer: Matrix, depth: int) -> None:
        """Take one thing that the page holds: a path, a picture, or a form with things of its own."""
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH and self._left > 0:
            self._path(thing, _matrix(thing).within(outer))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(
                self._extent([_matrix(thing).within(outer).point(x, y) for x in (0, 1) for y in (0, 1)])
            )
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inner = _matrix(thing).within(outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
                self.take(pdfium.FPDFFormObj_GetObject(thing, index), inner, depth + 1)

    def _path(self, thing: Any, matrix: Matrix) -> None:
        filling, stroking = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(filling), ctypes.byref(stroking))
        ink = _colour(pdfium.FPDFPageObj_GetFillColor, thing) if filling.value else None
        pen = _colour(pdfium.FPDFPageObj_GetStrokeColor, thing) if stroking.value else None
        if ink is None and pen is None:
            return
        for points, straight in self._parts(thing, matrix):
            if ink is not None:
                self._filled(points, straight, ink)
            if pen is not None:
                self._stroked(points, thing, matrix, pen)

    def _parts(self, thing: Any, matrix: Matrix) -> list[tuple[list[tuple[float, float]], bool]]:
        """Give the separate figures of a path: shown points, and whether all sides are level or upright."""
        parts: list[tuple[list[tuple[float, float]], bool]] = []
        points: list[tuple[float, float]] = []
        curved = False
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(min(pdfium.FPDFPath_CountSegments(thing), self._left)):
            self._left -= 1
            segment = pdfium.FPDFPath_GetPathSegment(thing, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                parts.append((points, not curved))
                points, curved = [], False
            curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append(self._view.point(*matrix.point(x.value, y.value)))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        parts.append((points, not curved))
        return [(found, straight) for found, straight in parts if len(found) > 1]

    def _filled(self, points: list[tuple[float, float]], straight: bool, ink: tuple[int, int, int]) -> None:  # noqa: FBT001 - from _parts
        area = self._extent(points)
        if min(area.width, area.height) <= _THIN:
            self._line(area, ink)
        elif straight and min(ink) < _WHITE and _is_rectangle(points):
            self.fills.append(Fill(*area, ink))

    def _stroked(
        self, points: list[tuple[float, float]], thing: Any, matrix: Matrix, pen: tuple[int, int, int]
    ) -> None:
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(thing, ctypes.byref(width))
        half = min(width.value * max(abs(matrix.a), abs(matrix.b)), _THIN) / 2
        for (x1, y1), (x2, y2) in pairwise(points):
            if min(abs(x1 - x2), abs(y1 - y2)) <= _LEVEL:
                area = self._extent([(x1, y1), (x2, y2)])
                grown = (half, 0.0) if area.height > area.width else (0.0, half)
                self._line(
                    Area(area.left - grown[0], area.top - grown[1], area.right + grown[0], area.bottom + grown[1]), pen
                )

    def _line(self, area: Area, ink: tuple[int, int, int]) -> None:
        """Keep a line, unless it is a dot or white on white paper."""
        if max(area.width, area.height) < _SHORT:
            return
        x, y = (area.left + area.right) / 2, (area.top + area.bottom) / 2
        if min(ink) < _WHITE or any(Area.of(fill).holds(x, y) for fill in self.fills):
            self.rulings.append(Ruling(*area))

    def _extent(self, points: list[tuple[float, float]]) -> Area:
        across, down = [x for x, _ in points], [y for _, y in points]
        return Area(min(across), min(down), max(across), max(down))


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """Say whether a closed figure has only level and upright sides."""
    return all(min(abs(x1 - x2), abs(y1 - y2)) <= _LEVEL for (x1, y1), (x2, y2) in pairwise(points))


def _matrix(thing: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(found)):
        return Matrix()
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _colour(ask: Any, thing: Any) -> tuple[int, int, int] | None:
    """Give a colour; None for what is too transparent to be seen, grey for a pattern."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(thing, red, green, blue, alpha):
        return (128, 128, 128)
    return None if alpha.value < _FAINT else (red.value, green.value, blue.value)
