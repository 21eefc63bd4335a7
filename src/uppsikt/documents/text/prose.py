"""What is no table: headings, paragraphs, list items and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from uppsikt.documents.model import Block, Heading, Paragraph
from uppsikt.documents.text.lines import Line, joined
from uppsikt.documents.text.markup import Styled, unmarked
from uppsikt.documents.text.matrix import CONNECTIVES
from uppsikt.documents.text.records import Style
from uppsikt.documents.text.tabs import is_note

_HASH = re.compile(r"^(#{1,6})\s+(\S.*)$")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+([A-ZÅÄÖ].{1,110})$")
_ITEM = re.compile(r"^(?:•|[-–—*+o](?=\s)|\d{1,2}[.)](?=\s)|[a-z]\)(?=\s))\s*")
_LETTERED = re.compile(r"[A-Za-zÅÄÖåäö]")
_AMOUNT_END = re.compile(r"[\d%](?:\s?(?:tkr|mnkr|kr|mkr))?$")
_LONGEST = 90  # characters of a heading
_PARAGRAPH = 300  # lines of a paragraph; what is longer is parted, so that joining stays linear
_LISTED = 5  # short lines after each other that are a list and no headings
_UNNUMBERED = 3  # the level of a heading whose level the text does not tell


def blocks_of(lines: Sequence[Line], style: Style) -> Iterator[Block]:
    """Give the blocks of a stretch without tables."""
    waiting: list[Block] = []
    for group in _groups(lines, style):
        for block in _blocks(group):
            if isinstance(block, Heading) and block.level == _UNNUMBERED and not _HASH.match(group[0].text):
                waiting.append(block)
                continue
            yield from _as_list(waiting, followed=isinstance(block, Paragraph) and not block.item)
            waiting = []
            yield block
    yield from _as_list(waiting, followed=True)


def _as_list(headings: list[Block], *, followed: bool) -> list[Block]:
    """Many short lines after each other are a list; only the last can be the heading of what follows."""
    if len(headings) < _LISTED:
        return headings
    items: list[Block] = [
        Paragraph(block.text, block.page, item=True) for block in headings if isinstance(block, Heading)
    ]
    return [*items[:-1], headings[-1]] if followed else items


def _groups(lines: Sequence[Line], style: Style) -> Iterator[list[Line]]:
    """Part lines into paragraphs: at blank lines, list marks and headings."""
    group: list[Line] = []
    blank = False
    for line in lines:
        if line.blank:
            blank = True
            continue
        if group and (_ends(group, line, style) if not blank else not _goes_over_blank(group, line, style)):
            yield group
            group = []
        group.append(line)
        blank = False
    if group:
        yield group


def _ends(group: list[Line], line: Line, style: Style) -> bool:
    before = group[-1].text
    if (
        len(group) >= _PARAGRAPH
        or _HASH.match(line.text)
        or _HASH.match(before)
        or (is_note(line.text) and not line.text.startswith("*"))
        or _bullet(line.text)
    ):
        return True
    if style.trailing and group[-1].trailing != 1 and not before.endswith(("-", "/")):
        return _looks_ended(before, line.text)
    stands_out = line.text[0].isupper() and len(line.text) > max(1.5 * len(before), 45)
    return len(group) == 1 and _is_title(before) and stands_out


def _looks_ended(before: str, after: str) -> bool:
    """A line that does not wrap and that no sentence carries on is a line by itself."""
    return not after[0].islower() or before.endswith((".", ":", "!", "?"))


def _goes_over_blank(group: list[Line], line: Line, style: Style) -> bool:
    """A paragraph can be parted by a blank line that extraction put in: its sentence goes on in small letters."""
    before = group[-1]
    if len(group) >= _PARAGRAPH or _bullet(line.text) or _HASH.match(before.text) or line.text[0] in "*<(#|":
        return False
    if before.text.endswith("-") and before.text[-2:-1].isalpha() and line.text[0].islower():
        return True
    unended = not before.text.endswith((".", ":", "!", "?", ";", ")", "”", '"')) and len(before.text) > 40
    return (
        unended
        and line.text[0].islower()
        and (before.trailing == 1 or not style.trailing)
        and line.number - before.number <= 2
    )


def _bullet(text: str) -> bool:
    return _ITEM.match(text) is not None and len(text) > 2


def _blocks(group: list[Line]) -> Iterator[Block]:
    first = group[0]
    text = joined([line.text.replace("\t", " ") for line in group])
    hashed = _HASH.match(text)
    if hashed:
        yield Heading(unmarked(hashed.group(2).rstrip("# ")).text, len(hashed.group(1)), first.page)
        return
    note = is_note(text)
    styled = unmarked(text.lstrip("> "))
    shown = _note_text(text) if note else styled.text
    level = _heading_level(group, styled, text) if not note else 0
    item = _ITEM.match(styled.text) if not note and not level else None
    if item and not item.group()[0].isalnum():
        shown = unmarked(styled.text[item.end() :]).text  # a number or letter is the item's name and stays
    if level and _LETTERED.search(shown):
        yield Heading(shown, level, first.page)
    elif shown.strip():
        yield Paragraph(shown, first.page, item=item is not None, note=note)


def _note_text(text: str) -> str:
    """Keep a footnote's own sign in front of it: readers find the note by it."""
    styled = unmarked(text)
    return f"{styled.marks[0]} {styled.text}" if styled.marks and text.startswith("<sup>") else styled.text.lstrip("\\")


def _heading_level(group: list[Line], styled: Styled, text: str) -> int:
    """Give a heading's level, 0 when the text is none."""
    numbered = _NUMBERED.match(text)
    if numbered and not text.endswith((".", ",", ";")) and len(group) <= 2:
        return min(numbered.group(1).count(".") + 1, 6)
    if len(group) > 2 or not _is_title(styled.text):
        return 0
    return _UNNUMBERED if not styled.italic else _UNNUMBERED + 1


def _is_title(text: str) -> bool:
    """A short line that begins with a capital and is no sentence: neither ended nor broken off."""
    words = text.split()
    if not words or len(text) > _LONGEST or len(words) > 12 or (not text[0].isupper() and not text[0].isdigit()):
        return False
    if text.endswith((".", ",", ";", ":", "!", "?", "-", "–")) or words[-1].casefold() in CONNECTIVES:
        return False
    return _AMOUNT_END.search(text) is None or _ends_in_year(words[-1])


def _ends_in_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word.startswith(("19", "20"))
