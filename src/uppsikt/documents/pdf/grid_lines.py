"""Lines of a table: words on one baseline, in chunks that stand apart from each other.

All measures are relative to the size of the letters; an em is that size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from uppsikt.documents.pdf.page import Word

LEVEL = 0.25  # em: how far baselines on one line may differ (a bold or smaller word, rounded coordinates)
# em: wider than spaces between words (0.25-0.33, twice that when justified), narrower than a column gap.
CHUNK_GAP = 0.6
_AFTER_MARK = 3.0  # em: from a bullet or the number of an item to its text
_ITEM = re.compile(r"[•·○▪●◦■□\u27a2\ufffd]|\d{1,2}[.)]|[a-zåäö]\)")
_MISSING = r"[-\u2212\u2013\u2014]|\.{1,3}|[iI]\.?\s?[uU]\.?|[xX]|N/A|ufm"
_NUMBER = (
    r"[(]?[-+\u2212\u2013\u00b1<>]?\s*\d[\d\s\u00a0\u202f\u2009.,:]*\s*(%|kr|tkr|mnkr|mkr|st|p\.?e\.?)?[)]?\*{0,2}"
)
_VALUE = re.compile(f"(?:{_NUMBER}|{_MISSING})")
_LONGEST_VALUE = 24  # letters: what is longer is text


def is_value(text: str) -> bool:
    """Say whether a text is a figure or what stands in place of one."""
    return len(text) <= _LONGEST_VALUE and _VALUE.fullmatch(text.strip()) is not None


@dataclass(slots=True)
class Chunk:
    """Words that stand together on a line."""

    words: list[Word]
    left: float
    right: float
    value: bool = False  # a figure and nothing else

    @property
    def text(self) -> str:
        """Give the words without footnote marks."""
        return " ".join(word.text for word in self.words if not word.raised)


@dataclass(slots=True)
class Line:
    """Chunks on one baseline from left to right."""

    chunks: list[Chunk]
    baseline: float
    top: float
    bottom: float
    size: float

    @property
    def left(self) -> float:
        """Give where the line begins."""
        return self.chunks[0].left

    @property
    def right(self) -> float:
        """Give where the line ends."""
        return self.chunks[-1].right

    @property
    def columnar(self) -> bool:
        """Say whether it has wide gaps."""
        return len(self.chunks) > 1


def level_words(words: Iterable[Word]) -> list[list[Word]]:
    """Put together the words that stand on one line, from the top down; in no order within a line."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.baseline):
        if lines and abs(word.baseline - lines[-1][0].baseline) <= LEVEL * max(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def make_lines(words: Iterable[Word]) -> list[Line]:
    """Make lines of upright words, from the top down."""
    return [_line(line) for line in level_words(words)]


def _line(words: list[Word]) -> Line:
    words.sort(key=lambda word: (word.left, word.right))
    size = max(word.size for word in words)
    groups: list[list[Word]] = []
    reach = 0.0
    for word in words:
        gap = _AFTER_MARK if groups and len(groups[-1]) == 1 and _ITEM.fullmatch(groups[-1][0].text) else CHUNK_GAP
        if groups and word.left - reach < gap * word.size:
            groups[-1].append(word)
        else:
            groups.append([word])
            reach = word.right
        reach = max(reach, word.right)
    chunks = [make_chunk(group) for group in groups]
    baseline = median(word.baseline for word in words)
    return Line(chunks, baseline, baseline - 0.75 * size, baseline + 0.25 * size, size)  # a letter's usual reach


def make_chunk(words: list[Word]) -> Chunk:
    """Make a chunk of words from left to right."""
    chunk = Chunk(words, words[0].left, max(word.right for word in words))
    chunk.value = is_value(chunk.text)
    return chunk


def em_of(lines: Sequence[Line]) -> float:
    """Give the usual size of the letters."""
    return median(line.size for line in lines) if lines else 10.0
