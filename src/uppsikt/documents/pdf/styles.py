"""Which lines are headings, judged by how the whole document is set: larger or bolder than its body text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from uppsikt.documents.pdf.lines import Line

_LARGER = 1.12  # of the body's size: the least that makes a heading without bold
_SMALLEST = 0.94  # of the body's size: bold text below is a caption or a label
_LONGEST = 160  # letters; a longer bold text is an emphasised paragraph
_LEVELS = 6
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d])")
_CAPTION = re.compile(r"^(?:tabell|diagram|figur|bild|karta)\s*\d+", re.IGNORECASE)
_LEADING = 1.25  # distance of baselines by size, where a document is too short to tell

Style = tuple[float, bool, int]  # larger first: minus the size, not bold, depth of the number


@dataclass(slots=True)
class Styles:
    """Counts how a document is set while it is read, and then says what is a heading."""

    _letters: Counter[float] = field(default_factory=Counter)
    _leadings: Counter[float] = field(default_factory=Counter)
    _bold: Counter[float] = field(default_factory=Counter)

    def count(self, lines: Sequence[Line]) -> None:
        """Count the lines of a page."""
        for line in lines:
            self._letters[_rounded(line.size)] += len(line.text)
            if line.bold:
                self._bold[_rounded(line.size)] += len(line.text)
        for one, two in pairwise(lines):
            distance = two.baseline - one.baseline
            if one.column == two.column and abs(one.size - two.size) < 0.3 and one.size < distance < 2.2 * one.size:
                self._leadings[round(distance / one.size, 1)] += 1

    @property
    def body(self) -> float:
        """Give the size that most letters have: that of body text."""
        return self._letters.most_common(1)[0][0] if self._letters else 10.0

    @property
    def leading(self) -> float:
        """Give the distance of baselines within paragraphs, by the size."""
        return self._leadings.most_common(1)[0][0] if self._leadings else _LEADING

    @property
    def bold_body(self) -> bool:
        """Say whether the body text itself is bold, so that bold tells nothing."""
        return self._bold[self.body] > self._letters[self.body] / 2

    def is_heading(self, lines: Sequence[Line], text: str) -> bool:
        """Say whether lines that belong together look like a heading."""
        size = min(line.size for line in lines)
        larger = size >= _LARGER * self.body
        bold = all(line.bold for line in lines) and size >= _SMALLEST * self.body and not self.bold_body
        if not (larger or bold) or len(text) > _LONGEST or len(lines) > 4 or not any(c.isalpha() for c in text):
            return False
        return not (text.endswith((".", ":", ";", ",")) or _CAPTION.match(text) or text[0].islower())


def style_of(line: Line, text: str) -> Style:
    """Give the style of a heading, so that styles sort from the outermost level inwards."""
    found = _NUMBERED.match(text)
    return (-_rounded(line.size), not line.bold, found[1].count(".") if found else 0)


def levels_of(headings: Iterable[tuple[int, Style]]) -> dict[Style, int]:
    """Give every style of heading its level, by page and style of each heading.

    The title, set larger than everything and found once, on the first page, shares the first level with the chapters.
    """
    pages: dict[Style, list[int]] = {}
    for page, style in headings:
        pages.setdefault(style, []).append(page)
    styles = sorted(pages)
    titled = len(styles) > 1 and pages[styles[0]] == [1]
    return {style: min(max(1, place + 1 - titled), _LEVELS) for place, style in enumerate(styles)}


def _rounded(size: float) -> float:
    return round(size * 2) / 2
