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

    A table with leaders between label and amount has larger numbers, or numbers that go up and down.
    """
    found: list[tuple[int, int]] = []
    for place, run in enumerate(runs):
        dots = sum(len(word.text) for word in run if is_leader(word) or word.text.endswith("...."))
        last = run[-1].text.lstrip(".·…_‥․")
        if dots >= _LEAST_DOTS and last.isdecimal() and len(last) <= 4:
            found.append((place, int(last)))
    numbers = [number for _, number in found]
    rising = all(one <= two for one, two in pairwise(numbers))
    return {place for place, _ in found} if numbers and rising and numbers[-1] <= pages + 20 else set()
