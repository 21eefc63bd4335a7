"""The marks of states: a shape, a colour and a character for each, so that colour never stands alone.

The shapes are those of the web page's symbols, and the colours those of the charts. A character
stands for the shape where nothing can be drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.reporting.charts import NONE, STATE_COLOURS


@dataclass(frozen=True, slots=True)
class Mark:
    """A state's mark: what is drawn in a square of 16, in which colour (#rrggbb), and the character."""

    drawing: str
    colour: str
    character: str

    @property
    def svg(self) -> str:
        """Give the mark as an SVG file."""
        drawn = self.drawing.replace("currentColor", self.colour)
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{drawn}</svg>'


_OPEN_RING = '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_DASHED_RING = (
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 2.4"/>'
)
_DRAWINGS = {
    "met": (
        (
            '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
            '<path d="M4.5 8.2l2.4 2.4 4.6-5" fill="none" stroke="#fff" stroke-width="1.8"/>'
        ),
        "●",
    ),
    "partly": (_OPEN_RING + '<path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"/>', "◐"),
    "missed": (
        (
            '<rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor"/>'
            '<path d="M5 5l6 6M11 5l-6 6" stroke="#fff" stroke-width="1.8"/>'
        ),
        "■",
    ),
    "none": (_DASHED_RING, "○"),
    "done": ('<path d="M2 8.5l4 4 8-9" fill="none" stroke="currentColor" stroke-width="2.4"/>', "✓"),
    "ongoing": ('<path d="M4 2.5v11l9-5.5z" fill="currentColor"/>', "▶"),
    "continuous": (
        (
            '<path d="M13.2 8a5.2 5.2 0 1 1-1.6-3.8" fill="none" stroke="currentColor" stroke-width="1.8"/>'
            '<path d="M9 4.8h4.4V.6z" fill="currentColor"/>'
        ),
        "↻",
    ),
    "not_begun": (_OPEN_RING, "○"),
    "delayed": (_OPEN_RING + '<path d="M8 4v4.3l3 1.9" fill="none" stroke="currentColor" stroke-width="1.6"/>', "▲"),
    "remains": ('<path d="M1.5 8h11M8.5 3.5L13 8l-4.5 4.5" fill="none" stroke="currentColor" stroke-width="2"/>', "→"),
    "cancelled": (_OPEN_RING + '<path d="M3.8 12.2l8.4-8.4" stroke="currentColor" stroke-width="1.6"/>', "✗"),
    "not_applicable": ('<path d="M3 8h10" stroke="currentColor" stroke-width="2"/>', "–"),
    "unknown": (_DASHED_RING, "○"),
}
MARKS = {
    state: Mark(drawing, STATE_COLOURS.get(state, NONE), character) for state, (drawing, character) in _DRAWINGS.items()
}
