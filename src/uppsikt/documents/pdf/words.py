"""Makes words of letters: cuts at spaces and gaps, joins what was drawn in pieces, sets footnote marks apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from uppsikt.documents.pdf.page import Word

_GAP = 0.18  # of the size: a thin space is 0.2 em, kerning and tracking stay below
_BACK = 0.6  # of the size: further back than kerning is another word drawn over
_LEVEL = 0.1  # of the size: letters on one baseline, with rounding of coordinates
_RAISED = 0.12  # of the size: the least lift of a footnote mark (typically a third)
_SMALLER = 0.85  # of its neighbour's size: what makes a raised letter a mark
_PIECE = 0.05  # of the size: what touches belongs together even when it was drawn apart
_MARK_LETTERS = 3  # a footnote mark is a digit or two, an asterisk or a letter with a bracket
_KEPT_SPACES = "\u00a0\u202f\u2009\u2007\u2008\u200a"  # no-break, narrow, thin, figure, punctuation, hair
_SPACES = " \t\r\n\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u200b" + _KEPT_SPACES
_BULLETS = "\uf0b7\uf0a7\uf06c\uf06e\uf076\uf0d8"  # of Symbol and Wingdings, as Word writes them
_LIGATURES = range(0xFB00, 0xFB07)
HIGH_DIGITS = {0xB9, 0xB2, 0xB3, 0x2070, *range(0x2074, 0x207A)}
_HYPHEN_AT_END = 0x02  # pdfium's code for a hyphen that divides a word at the end of a line
_SOFT_HYPHEN = "\u00ad"


class Style(NamedTuple):
    """What the letters of a text object have in common."""

    size: float
    baseline: float
    bold: bool
    italic: bool
    font: str
    mcid: int | None


class Glyph(NamedTuple):
    """A letter as shown."""

    code: int
    left: float
    top: float
    right: float
    bottom: float
    style: Style


def make_words(glyphs: Iterable[Glyph]) -> list[Word]:
    """Make words of letters that run from left to right, in the order of the file."""
    words: list[Word] = []
    run: list[Glyph] = []
    spaced = False
    for glyph in glyphs:
        if chr(glyph.code) in _SPACES:
            if run and chr(glyph.code) in _KEPT_SPACES and not _apart(run[-1], glyph):
                run.append(glyph)
            else:
                words += _cut(run, after=spaced)
                run, spaced = [], True
            continue
        if run and _apart(run[-1], glyph):
            words += _cut(run, after=spaced)
            run, spaced = [], False
        run.append(glyph)
    return _joined(words + _cut(run, after=spaced))


def _apart(one: Glyph, two: Glyph) -> bool:
    """Say whether a letter begins a new word: another line, another size, or a gap."""
    size = max(one.style.size, two.style.size)
    if abs(one.style.baseline - two.style.baseline) > _LEVEL * size:
        return True
    if one.left == two.left and one.right == two.right:
        return False  # the letters of a ligature share its box
    return not -_BACK * size < two.left - one.right < _GAP * size


def _cut(run: Sequence[Glyph], *, after: bool) -> list[Word]:
    """Make words of letters that stand together: kept spaces stay only between digits."""
    words: list[Word] = []
    start = 0
    for place, glyph in enumerate(run):
        if chr(glyph.code) not in _KEPT_SPACES or _in_number(run, place):
            continue
        words += _word(run[start:place], after=after)
        start, after = place + 1, True
    return words + _word(run[start:], after=after)


def _in_number(run: Sequence[Glyph], place: int) -> bool:
    """Say whether a space stands between two digits, or between a sign and a digit."""
    before = chr(run[place - 1].code) if place else ""
    behind = chr(run[place + 1].code) if place + 1 < len(run) else ""
    return (before.isdigit() or before in "-+\u2212\u2013") and behind.isdigit()


def _word(run: Sequence[Glyph], *, after: bool) -> list[Word]:
    text = unicodedata.normalize("NFC", "".join(_letters(glyph.code) for glyph in run))
    text = text[:-1].replace(_SOFT_HYPHEN, "") + text[-1:].replace(_SOFT_HYPHEN, "-")
    if not text:
        return []
    style = run[0].style
    return [
        Word(
            text,
            min(glyph.left for glyph in run),
            min(glyph.top for glyph in run),
            max(glyph.right for glyph in run),
            max(glyph.bottom for glyph in run),
            style.size,
            style.baseline,
            style.bold,
            style.italic,
            font=style.font,
            mcid=style.mcid,
            after=after,
        )
    ]


def _letters(code: int) -> str:
    """Give what a letter's code stands for; a replacement character for what has no meaning."""
    if code == _HYPHEN_AT_END:
        return "-"
    if code in _LIGATURES or code in HIGH_DIGITS:
        return unicodedata.normalize("NFKC", chr(code))
    letter = chr(code)
    if letter in _BULLETS:
        return "•"
    return "\ufffd" if unicodedata.category(letter) in {"Cc", "Cn", "Co", "Cs"} else letter


def _joined(words: list[Word]) -> list[Word]:
    """Join pieces that touch although they were drawn apart, and tell the raised marks."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last is not None and not word.after and _touch(last, word):
            joined[-1] = replace(
                last,
                text=last.text + word.text,
                top=min(last.top, word.top),
                right=max(last.right, word.right),
                bottom=max(last.bottom, word.bottom),
            )
        else:
            joined.append(word)
    for place, (one, two) in enumerate(pairwise(joined), start=1):
        if _is_mark(one, two):
            joined[place] = replace(two, raised=True, baseline=one.baseline)
    return joined


def _touch(one: Word, two: Word) -> bool:
    level = abs(one.baseline - two.baseline) <= _LEVEL * one.size
    return level and abs(one.size - two.size) <= _LEVEL * one.size and abs(two.left - one.right) <= _PIECE * one.size


def _is_mark(one: Word, two: Word) -> bool:
    """Say whether the second word is a footnote mark set high beside the first."""
    size = one.size
    near = -_GAP * size < two.left - one.right < 2 * _GAP * size
    return (
        near
        and len(two.text) <= _MARK_LETTERS
        and two.size <= _SMALLER * size
        and _RAISED * size <= one.baseline - two.baseline <= size
    )
