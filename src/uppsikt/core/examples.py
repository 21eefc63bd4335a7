"""Texts that were made up for a demonstration say so in their first word, so that nobody takes them for real.

The data files and the texts of goals carry the mark in the text; a comment keeps it as a field of its own.
"""

from __future__ import annotations

MARK = "Exempeltext: "


def without_mark(text: str) -> tuple[str, bool]:
    """Give the text without the mark, and whether it had one.

    >>> without_mark("Exempeltext: Staben har ett överskott.")
    ('Staben har ett överskott.', True)
    """
    return text.removeprefix(MARK), text.startswith(MARK)
