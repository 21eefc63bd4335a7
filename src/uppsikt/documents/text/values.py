"""The words of a table's cells where a line has lost its columns: which are figures, and which stand for a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from uppsikt.documents.text.lines import KEPT_SPACE

_MARK = r"(?:\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*{1,5})?"
_SIGN = r"[+\-−–]?"
_NUMBER = (
    rf"{_SIGN}\d{{1,3}}(?:{KEPT_SPACE}\d{{3}})+(?:[.,]\d+)?|{_SIGN}\d+(?:[.,]\d{{1,4}})?"
    rf"|{_SIGN}\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?"
    r"|\((?!(?:19|20)\d\d\))(?:\d{3,}|\d+,\d{1,4}|\d{1,3}(?:\.\d{3})+)\)"  # in brackets: below zero
)
_UNIT = r"(?:%|tkr|mnkr|mkr|kkr|kr|mdkr|ha|hektar|st|stycken|kvm|ton|kwh|mwh|gwh|procent|poäng)\.?"
FIGURE = re.compile(rf"^(?:{_NUMBER})%?{_MARK}$")
_GROUP = re.compile(rf"^\d{{3}}(?:,\d+)?%?{_MARK}(?: {_UNIT})?$", re.IGNORECASE)
_HEAD = re.compile(rf"^{_SIGN}\d{{1,3}}$")
_UNIT_ALONE = re.compile(rf"^{_UNIT}{_MARK}$", re.IGNORECASE)
_DASHES = "-–—−‑"
_YEAR = re.compile(r"^(?:19[89]|20[0-5])\d$")
_AMOUNT = rf"\d[\d\s,.]{{0,12}}(?:\s?{_UNIT})?"
PHRASE = re.compile(
    rf"^(?:(?:i\.?\s?u\.?|ufm|n/a|e\.t\.|se\s+år\.?|se\s+not\.?\s?\d*|saknas|mäts\s+(?:ej|inte)|ej\s+mätt|ja|nej|ja/nej"
    r"|oförändrad|uppgift\s+saknas|ingen\s+uppgift|nollresultat|budget\s+i\s+balans"
    r"|(?:ska\s+)?(?:minska|öka|bibehålla|behålla|minskar|ökar|minskning|ökning)(?:\s+med\s+\d+\s?%)?"
    rf"|(?:mindre\s+än|större\s+än|färre\s+än|fler\s+än|mer\s+än|lägre\s+än|högre\s+än|minst|max|högst|lägst|över|under|[<>]=?)\s*{_AMOUNT}"
    rf"|\d[\d,]*\s?\((?:prognos|prel\.?|\d{{4}}|progn\.?)\)){_MARK})$",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"(?:^|\s)(?:mindre|större|färre|fler|mer|lägre|högre|minst|max|högst|lägst|se|mäts)(?:\s+än)?$", re.IGNORECASE
)
GOES_ON = re.compile(rf"^(?:än\s+\d|\d|\((?:prognos|prel|\d{{4}}\))|år\.?$|ej$|på\s)|^{_UNIT}$", re.IGNORECASE)
_LONGEST = 4  # words of a phrase
MOST_WORDS = 28  # of a row's values; more is no row


@dataclass(frozen=True)
class Word:
    """A word of a row's values.

    ``kind`` is "figure" (a number or its first group), "phrase" or "dash". ``gap`` counts the spaces
    before it; ``parted`` says that a line break stood there, and ``whole`` that no group can follow or
    precede it, because the text keeps the groups of a number together by other spaces.
    """

    text: str
    kind: str
    gap: int = 1
    parted: bool = False
    whole: bool = False

    @cached_property
    def group(self) -> bool:
        """Say whether the word can be a further group of a number that began before it."""
        joins = self.kind == "figure" and not self.whole and not self.parted and self.gap <= 1
        return joins and _GROUP.match(self.text) is not None

    @cached_property
    def head(self) -> bool:
        """Say whether groups can follow."""
        return self.kind == "figure" and _HEAD.match(self.text) is not None

    @cached_property
    def open(self) -> bool:
        """Say whether a group can follow a group like this one."""
        return self.text.isdigit() and len(self.text) == 3

    @property
    def year(self) -> bool:
        """Say whether it looks like a year."""
        return _YEAR.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line: words of a label, the values after them, and text that was glued to the last value."""

    label: str
    values: tuple[Word, ...] = ()
    rest: str = ""
    label_gap: int = 1  # spaces between the label and the first value


_PLUS = re.compile(r"(?<= )\+ (?=\d)")
_WORDS = re.compile(r"[^ ]+")
_GLUED = re.compile(r"^(.*?(?:\d%?|[Ii]\.[Uu]\.?|-))([A-ZÅÄÖ][a-zåäö].*)$")


def parse(text: str) -> Parsed:
    """Part a line into its label and its values.

    >>> parsed = parse("Planeringsstaben 34 220 47 888 -")
    >>> parsed.label, [word.text for word in parsed.values]
    ('Planeringsstaben', ['34', '220', '47', '888', '-'])
    """
    if len(text) > 400:
        return Parsed(text)
    text = _PLUS.sub("+", text)
    parsed = _from_end(text)
    return parsed if parsed.values else _glued(text) or parsed


def _from_end(text: str) -> Parsed:
    spans = [(found.start(), found.end()) for found in _WORDS.finditer(text)]
    words: list[Word] = []
    at = len(spans)
    while at > 0 and len(words) <= MOST_WORDS:
        count, kind = _longest(text, spans, at)
        if not count:
            break
        start = spans[at - count][0]
        gap = start - spans[at - count - 1][1] if at > count else 0
        words.append(Word(" ".join(text[start : spans[at - 1][1]].split(" ")), kind, gap))
        at -= count
    words.reverse()
    while words and at > 0 and words[0].kind == "dash" and words[0].gap == 1 and len(words) == 1:
        words, at = words[1:], at + 1
    if at and len(words) > 1 and _is_label_year(words):
        words, at = words[1:], at + 1
    if not words:
        return Parsed(text)
    label = text[: spans[at - 1][1]] if at else ""
    return Parsed(label, tuple(words), "", words[0].gap)


def _is_label_year(words: list[Word]) -> bool:
    """A year before figures whose thousands are grouped ends the label ("... den 28 maj 2031 460 375")."""
    year = words[0].text.rstrip("*")
    grouped = any(before.head and word.group for before, word in pairwise(words[1:]))
    return _YEAR.match(year) is not None and grouped


def _longest(text: str, spans: list[tuple[int, int]], at: int) -> tuple[int, str]:
    for count in range(min(_LONGEST, at), 0, -1):
        piece = text[spans[at - count][0] : spans[at - 1][1]]
        if count == 1 and piece in _DASHES:
            return 1, "dash"
        if count == 1 and FIGURE.match(piece):
            return 1, "figure"
        if len(piece) <= 40 and PHRASE.match(piece):
            return count, "phrase"
        if count == 2 and _with_unit(piece):
            return 2, "figure"
    return 0, ""


def _with_unit(piece: str) -> bool:
    figure, _, unit = piece.partition(" ")
    return FIGURE.match(figure) is not None and _UNIT_ALONE.match(unit.strip()) is not None


def _glued(text: str) -> Parsed | None:
    """Read values with the next text glued to the last of them ("19 18Aktivt arbete")."""
    found = _GLUED.match(text)
    if not found:
        return None
    before = _from_end(found.group(1))
    if before.label or not before.values:
        return None
    return Parsed("", before.values, found.group(2))
