"""The words of a search in the texts that were found: which piece to show, and what to mark in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LENGTH = 180  # signs of a long text that are shown


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE)


def marked(text: str, words: Sequence[str]) -> SafeString:
    """Give the text with the words marked; everything else is escaped."""
    parts, at = [], 0
    for found in _pattern(words).finditer(text):
        parts.append(f"{escape(text[at : found.start()])}<mark>{escape(found.group())}</mark>")
        at = found.end()
    return mark_safe("".join(parts) + escape(text[at:]))  # noqa: S308  # every part is escaped above


def around(text: str, words: Sequence[str]) -> str:
    """Give the piece around the first word, cut between words, with an ellipsis where it is cut."""
    if len(text) <= LENGTH:
        return text
    found = _pattern(words).search(text)
    start = max(0, (found.start() if found else 0) - LENGTH // 3)
    start = text.find(" ", start - 1) + 1 if start else 0
    piece = text[start : start + LENGTH]
    if start + LENGTH < len(text):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return ("… " if start else "") + piece
