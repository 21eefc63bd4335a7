"""Lines of running text: words that stand on one baseline without a wide gap, and the text that they make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from uppsikt.documents.pdf.page import Area, Word
from uppsikt.documents.pdf.tags import Role

_LEVEL = 0.3  # of the size: how far words on one line may stand from its baseline
_GAP = 1.5  # of the size: a wider gap is no space between words, not even in justified text
_GUTTER = 0.75  # of the size: a gap that lines share is a gutter from here on, though spaces can be as wide
_SHARED = 4  # lines that make a gutter
_NEXT_LINE = 2.2  # of the size: how far the next line may be
_NEAR = 0.6  # of the size: between a mark and its word
_SMALLER, _LIFT, _MARK_LETTERS = 0.85, 0.1, 3  # what a raised mark is beside its word
_TOUCHING = 0.12  # of the size: pieces of one word
_POWERS = {"2": "²", "3": "³"}  # of a unit that ends with m; no footnote marks
_JOINERS = ("och", "eller", "samt", "till", "respektive")  # "hög- och lågstadiet" keeps its hyphen


@dataclass(slots=True)
class Line:
    """A line of text, or the part of one that stands in its own column.

    ``reach`` is how far to the right lines of its column go; ``mark`` is the raised mark or the
    bullet that it begins with; ``role`` what the file's tags say that it is.
    """

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    mark: str = ""
    role: Role | None = None
    reach: float = 0.0
    column: int = 0  # counts the columns of the page in reading order
    contents: bool = False  # of a table of contents


def make_runs(words: Iterable[Word]) -> list[list[Word]]:
    """Make lines of words: by baseline, from left to right, cut at wide gaps. Raised marks stay with their word."""
    plain: list[Word] = []
    marks: dict[int, list[Word]] = {}
    for word in _with_leading_marks(list(words)):
        if word.raised and plain and _belongs(plain[-1], word):
            marks.setdefault(id(plain[-1]), []).append(word)
        else:
            plain.append(word)
    rows = [sorted(level, key=lambda one: one.left) for level in _levels(plain)]
    cuts = _gutters(rows)
    runs: list[list[Word]] = []
    for row in rows:
        run: list[Word] = []
        for place, word in enumerate(row):
            before = row[place - 1] if place else None
            if before is not None and (
                id(word) in cuts or word.left - before.right > _GAP * max(word.size, before.size)
            ):
                runs.append(run)
                run = []
            run.append(word)
            run += marks.get(id(word), ())
        runs.append(run)
    return runs


def _belongs(word: Word, mark: Word) -> bool:
    """Say whether a raised mark stands at the end of a word."""
    level = abs(word.baseline - mark.baseline) <= _LEVEL * word.size
    return level and -_NEAR * word.size <= mark.left - word.right <= _NEAR * word.size


def _with_leading_marks(words: list[Word]) -> list[Word]:
    """Tell the raised mark that a footnote begins with: small and high, just before a word."""
    for place, (mark, word) in enumerate(pairwise(words)):
        lift, size = word.baseline - mark.baseline, word.size
        small = not mark.raised and len(mark.text) <= _MARK_LETTERS and mark.size <= _SMALLER * size
        if small and _LIFT * size <= lift <= size and -1 <= word.left - mark.right <= _NEAR * size:
            words[place] = replace(mark, raised=True, baseline=word.baseline)
    return words


def _gutters(rows: Sequence[Sequence[Word]]) -> set[int]:
    """Give the words (by identity) that stand right of a narrow gutter: a gap that lines below each other share."""
    cuts: set[int] = set()
    chains: list[_Chain] = []
    for row in rows:
        for before, word in pairwise(row):
            if word.left - before.right < _GUTTER * word.size:
                continue
            chains = [chain for chain in chains if word.baseline - chain.baseline <= _NEXT_LINE * word.size]
            found = next((chain for chain in chains if chain.takes(before, word)), None)
            if found is None:
                chains.append(_Chain(before.right, word.left, word.baseline, [word]))
            elif len(found.words) >= _SHARED:
                cuts |= {id(one) for one in found.words}
    return cuts


@dataclass(slots=True)
class _Chain:
    """A gap that goes on from line to line, and the words to the right of it."""

    left: float
    right: float
    baseline: float
    words: list[Word]

    def takes(self, before: Word, word: Word) -> bool:
        """Take the gap of the next line, if enough of it lies in this one."""
        left, right = max(self.left, before.right), min(self.right, word.left)
        if right - left < _GUTTER * word.size or word.baseline <= self.baseline:
            return False
        self.left, self.right, self.baseline = left, right, word.baseline
        self.words.append(word)
        return True


def _levels(words: Sequence[Word]) -> list[list[Word]]:
    levels: list[list[Word]] = []
    for word in sorted(words, key=lambda one: one.baseline):
        last = levels[-1] if levels else None
        if last is not None and word.baseline - last[-1].baseline <= _LEVEL * min(word.size, last[-1].size):
            last.append(word)
        else:
            levels.append([word])
    return levels


def make_line(run: Sequence[Word], page: int, role: Role | None = None) -> Line:
    """Make a line of its words; its size is the one that most of its letters have."""
    sizes: Counter[float] = Counter()
    for word in run:
        sizes[word.size] += len(word.text)
    lettered = [word for word in run if any(letter.isalnum() for letter in word.text)] or list(run)
    return Line(
        text_of(run),
        page,
        *Area.around(run),
        next((word.baseline for word in run if not word.raised), run[0].baseline),
        sizes.most_common(1)[0][0],
        all(word.bold for word in lettered),
        run[0].text if run[0].raised else "",
        role,
    )


def text_of(run: Sequence[Word]) -> str:
    """Join the words of a line. Footnote marks are left out, because beside a number they look like its digits."""
    parts: list[str] = []
    for place, word in enumerate(run):
        before = run[place - 1] if place else None
        if before is not None and word.raised:
            parts.append(_POWERS.get(word.text, "") if before.text.endswith("m") else "")
            continue
        if before is not None and (word.after or before.raised or word.left - before.right > _TOUCHING * word.size):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def joined(lines: Iterable[str]) -> str:
    """Join the lines of a paragraph by single spaces, and mend words that were divided at the end of a line."""
    text = ""
    for line in lines:
        text = _mended(text, line) if text else line
    return re.sub(r"[ \t]+", " ", text).strip()


def _mended(text: str, line: str) -> str:
    if not re.search(r"\w[-\u2010]$", text) or not line:
        return f"{text} {line}"
    first = line.split(maxsplit=1)[0].strip(".,")
    if first in _JOINERS or not first[:1].isalnum():
        return f"{text} {line}"
    if line[0].islower() and text[-2].islower():
        return text[:-1] + line
    return text + line  # a hyphen that belongs to the word: "KS-beslut", "2019-2022"
