"""The table of contents: lines that end with a page number after leaders. They are no table and no headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from uppsikt.documents.pdf.page import Word

_LEADER = re.compile(r"[.·…_‥․]+")
_ENTRY = re.compile(r"^(?P<text>.*?\S)[\s.·…_‥․]+\d{1,4}$")
_LEAST_DOTS = 4


def entry_text(text: str) -> str:
    """Give the heading that an entry of a table of contents names, without leaders and page; "" where it names none."""
    found = _ENTRY.match(text.strip())
    return found["text"].rstrip(" .·…_‥․") if found else ""


def is_leader(word: Word) -> bool:
    """Say whether a word is nothing but dots."""
    return _LEADER.fullmatch(word.text) is not None


def contents_runs(runs: Sequence[Sequence[Word]], pages: int) -> set[int]:
    """Give the indices of the runs that are entries: leaders, then one number that no page before has passed.

    What stands on the same line before the leaders (the number of a chapter) belongs to the entry. A
    table with leaders between label and amount has larger numbers, or numbers that go up and down.
    """
    found: list[tuple[list[int], int]] = []
    for line in _lines(runs):
        words = [word for place in line for word in runs[place]]
        dots = sum(len(word.text) for word in words if is_leader(word) or word.text.endswith("...."))
        last = words[-1].text.lstrip(".·…_‥․")
        if dots >= _LEAST_DOTS and last.isdecimal() and len(last) <= 4:
            found.append((line, int(last)))
    numbers = [number for _, number in found]
    rising = all(one <= two for one, two in pairwise(numbers))
    return {place for line, _ in found for place in line} if numbers and rising and numbers[-1] <= pages + 20 else set()


def _lines(runs: Sequence[Sequence[Word]]) -> list[list[int]]:
    """Give the indices of the runs that stand on one line."""
    lines: list[list[int]] = []
    for place, run in enumerate(runs):
        last = runs[place - 1][-1] if place else None
        if last is not None and abs(last.baseline - run[0].baseline) < 0.3 * run[0].size and run[0].left > last.right:
            lines[-1].append(place)
        else:
            lines.append([place])
    return lines
