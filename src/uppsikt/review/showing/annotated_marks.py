"""How a finding looks in a PDF: the note with its text, and the drawing that every viewer shows for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf

from uppsikt.documents.pdf.page import Area, View

# Line colour and fill, red green blue: dark enough to be seen, light enough to be read through.
_COLOURS = {
    "certain": ((0.70, 0.15, 0.12), (1.00, 0.86, 0.84)),
    "likely": ((0.58, 0.38, 0.00), (1.00, 0.94, 0.80)),
    "possible": ((0.04, 0.31, 0.56), (0.88, 0.94, 1.00)),
    "follows": ((0.42, 0.45, 0.50), (0.95, 0.95, 0.95)),
}
_AIR = 1.5  # points between the text and its frame
_BADGE, _DIGIT = 8.5, 4.3  # points: height of a badge, width of a digit in it
_FONT_SIZE = 7.0
_PRINTED = 4  # annotation flag 3: shown in print, too
_UPRIGHT = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))  # against the page's quarter turns


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding to draw: number, kind (its confidence, or "follows"), identity, code, text, and the lines it stands on.

    ``edge`` is where its cell or passage begins: the number stands to the left of it, where tables and
    pages have room.
    """

    number: str
    kind: str
    name: str
    code: str
    text: str
    areas: tuple[Area, ...]
    edge: float


def annotation(
    pdf: pikepdf.Pdf, page: pikepdf.Page, view: View, mark: Mark, *, shift: float
) -> tuple[pikepdf.Dictionary, pikepdf.Stream, float]:
    """Make the note and its drawing, and give the width of its badge; ``shift`` moves the badge to the left."""
    width = _DIGIT * len(mark.number) + 4
    areas = [Area(a.left - _AIR, a.top - _AIR, a.right + _AIR, a.bottom + _AIR) for a in mark.areas]
    badge = _badge_area(areas[0], mark.edge - _AIR - shift, width)
    around = Area.around([*areas, badge])
    appearance = pikepdf.Stream(pdf, _drawing(mark, areas, badge, around))
    appearance.stream_dict.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, _round(around.width), _round(around.height)],
            Matrix=[*_UPRIGHT[view.turns], 0, 0],
            Resources=_resources(),
        )
    )
    line = _COLOURS[mark.kind][0]
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Highlight,
        Rect=_own(view, around),
        QuadPoints=[number for area in areas for number in _corners(view, area)],
        Contents=pikepdf.String(mark.text),
        T=pikepdf.String("Uppsikt"),
        Subj=pikepdf.String(f"{mark.number} {mark.code}"),
        NM=pikepdf.String(f"uppsikt-{mark.name}-{mark.number}"),
        M=pikepdf.String(datetime.now(UTC).strftime("D:%Y%m%d%H%M%SZ")),
        C=list(line),
        F=_PRINTED,
        P=page.obj,
    )
    made = pdf.make_indirect(appearance)
    note.AP = pikepdf.Dictionary(N=made)
    return pdf.make_indirect(note), made, width


def _badge_area(area: Area, right: float, width: float) -> Area:
    """Give the place of the number: on the height of the mark's first line, to the left of it, within the page."""
    left = max(right - width, 0.0)
    top = (area.top + area.bottom - _BADGE) / 2
    return Area(left, top, left + width, top + _BADGE)


def _drawing(mark: Mark, areas: Sequence[Area], badge: Area, around: Area) -> bytes:
    """Draw the mark as it is shown upright: fill under the text, then frame or line, then the number."""
    line, fill = _COLOURS[mark.kind]
    parts = [f"q /Shade gs {_rgb(fill)} rg"] if mark.kind != "follows" else ["q"]
    boxes = [_within(area, around) for area in areas]
    if mark.kind != "follows":
        parts += [f"{_rectangle(box)} f" for box in boxes]
    parts.append(f"Q q {_rgb(line)} RG {_rgb(line)} rg")
    parts += [_border(mark.kind, box) for box in boxes]
    x, y, width, height = _within(badge, around)
    if mark.kind == "follows":
        parts.append(f"1 1 1 rg 0.5 w {_rectangle((x + 0.25, y + 0.25, width - 0.5, height - 0.5))} B {_rgb(line)} rg")
    else:
        parts.append(f"{_rectangle((x, y, width, height))} f 1 1 1 rg")
    parts.append(f"BT /Helv {_FONT_SIZE} Tf {x + 2:.2f} {y + 1.9:.2f} Td ({mark.number}) Tj ET Q")
    return "\n".join(parts).encode("ascii")


def _border(kind: str, box: tuple[float, float, float, float]) -> str:
    """Draw a frame for what is certain, a broken one for what is likely, a line under everything else."""
    x, y, width, height = box
    frame = _rectangle((x + 0.6, y + 0.6, width - 1.2, height - 1.2))
    if kind == "certain":
        return f"[] 0 d 1.2 w {frame} S"
    if kind == "likely":
        return f"[3 2] 0 d 1 w {frame} S [] 0 d"
    dash = "[1 1.5] 0 d 0.7 w" if kind == "follows" else "[] 0 d 1.2 w"
    return f"{dash} {x:.2f} {y + 0.6:.2f} m {x + width:.2f} {y + 0.6:.2f} l S [] 0 d"


def _resources() -> pikepdf.Dictionary:
    helvetica = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name("/Helvetica-Bold"),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    shade = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name.Multiply)
    return pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=helvetica), ExtGState=pikepdf.Dictionary(Shade=shade))


def _within(area: Area, around: Area) -> tuple[float, float, float, float]:
    """Give an area in the drawing's own coordinates: upwards from its lower left corner; x, y, width, height."""
    return area.left - around.left, around.bottom - area.bottom, area.width, area.height


def _own(view: View, area: Area) -> list[float]:
    """Give an area in the page's own coordinates."""
    (x1, y1), (x2, y2) = view.back(area.left, area.top), view.back(area.right, area.bottom)
    return [_round(side) for side in (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))]


def _corners(view: View, area: Area) -> list[float]:
    """Give the corners as shown: upper left, upper right, lower left, lower right, as viewers expect them."""
    corners = ((area.left, area.top), (area.right, area.top), (area.left, area.bottom), (area.right, area.bottom))
    return [_round(number) for x, y in corners for number in view.back(x, y)]


def _rectangle(box: Sequence[float]) -> str:
    return " ".join(f"{side:.2f}" for side in box) + " re"


def _rgb(colour: Sequence[float]) -> str:
    return " ".join(f"{part:.2f}" for part in colour)


def _round(number: float) -> float:
    return round(number, 2)
