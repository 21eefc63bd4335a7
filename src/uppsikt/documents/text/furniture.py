"""What stands on pages but is no part of the report: page numbers, running heads, contents lists, vertical words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from uppsikt.documents.model import LINES_ON_A_PAGE
from uppsikt.documents.text.headers import is_header_line
from uppsikt.documents.text.lines import Line
from uppsikt.documents.text.values import parse

_PAGE_NUMBER = re.compile(
    r"^(?:[-–|]\s*)?(?:sid(?:a|an|\.)?\s*)?\d{1,4}(?:\s*(?:/|\(|av|of)\s*\d{1,4}\)?)?(?:\s*[-–|])?$", re.IGNORECASE
)
_WORDED_PAGE = re.compile(r"\bsid(?:a|\.)?\s*:?\s*\d{1,4}\s*(?:(?:av|of|/)\s*\d{1,4}|\(\d{1,4}\))", re.IGNORECASE)
_SIGNATURES = re.compile(
    r"^(?:\|?\s*(?:ordförandens?|justera(?:ndes?|rens?)|utdragsbestyrkande|sekreterarens?)\b)", re.IGNORECASE
)
_RULE = re.compile(r"^[-_=–—.\s|+:]{3,}$")
_PIPE_RULE = re.compile(r"^\|?\s*:?-{2,}")
_LEADERS = re.compile(r"(?:\.{4,}|(?:\.\s){4,}|…{2,}|_{4,})[\s.]*\d{1,4}$")
_CONTENTS = re.compile(r"^#{0,6}\s*\**(?:innehåll(?:sförteckning)?|contents)\**$", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"^(.{3,150}?)(?:\t+|\s{2,}|\s?\.{3,}\s*|\s)(\d{1,3})$")
_FORWARD = re.compile(
    r"^(?:<i>|\*|\()?\s*(?:forts(?:\.|ätter|ättning)?)(?:\s+(?:på\s+)?(?:nästa\s+sida|från\s+föregående\s+sida))?\s*\.?(?:</i>|\*|\))?$",
    re.IGNORECASE,
)
_TAG_RULE = re.compile(r"^\[?(?:image|bild|picture)[^\]]{0,60}\]?$|^!\[[^\]]{0,200}\]\([^)]{0,500}\)$", re.IGNORECASE)
_EDGE = 3  # lines at the top and at the bottom of a page that may be its head and foot
_MOST = 0.4  # of the pages a running head stands on


def without_furniture(lines: list[Line]) -> list[Line]:
    """Blank what is not the report's own text. No line is taken away, so that places stay."""
    dropped = _running(lines) | _page_numbers(lines) | _contents(lines) | _vertical(lines)
    dropped |= {line.number for line in lines if _is_noise(line.text)}
    return [replace(line, text="", trailing=0, indent=0) if line.number in dropped else line for line in lines]


def is_forward(text: str) -> bool:
    """Say whether a text only tells that the table goes on ("Forts. nästa sida")."""
    return _FORWARD.match(text.strip()) is not None


def _is_noise(text: str) -> bool:
    if not text or len(text) > 600:
        return False
    if _RULE.match(text) and not ("|" in text and _PIPE_RULE.match(text)):
        return True
    return (_SIGNATURES.match(text) is not None and len(text) < 160) or _TAG_RULE.match(text) is not None


def _running(lines: list[Line]) -> set[int]:
    """Heads and feet: the same text (but for its digits) at the edges of many pages."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if not line.blank:
            pages.setdefault(line.page, []).append(line)
    found = {line.number for line in lines if len(line.text) < 160 and _WORDED_PAGE.search(line.text)}
    if len(pages) < 3:
        return found
    edges = [line for page in pages.values() for line in {*page[:_EDGE], *page[-_EDGE:]} if _can_run(line.text)]
    alike: dict[str, list[Line]] = {}
    for line in edges:
        alike.setdefault(_masked(line.text), []).append(line)
    least = max(3, int(_MOST * len(pages)))
    running = [group for group in alike.values() if len(group) >= least and _runs(group)]
    return found | {line.number for group in running for line in group}


def _can_run(text: str) -> bool:
    """A table's header or row at the top of each page is no running head."""
    return (
        len(text) < 160
        and "\t" not in text
        and "|" not in text
        and not is_header_line(text)
        and len(parse(text).values) < 2
    )


def _runs(group: list[Line]) -> bool:
    """Say whether the same text stands on the pages, or differs only by a number that follows them."""
    texts = Counter(line.text for line in group)
    if texts.most_common(1)[0][1] * 2 >= len(group):
        return True
    steps = Counter(int(number) - line.page for line in group for number in set(re.findall(r"\d{1,4}", line.text)))
    return bool(steps) and steps.most_common(1)[0][1] * 5 >= 4 * len(group)


def _masked(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))


def _page_numbers(lines: list[Line]) -> set[int]:
    """A number alone between blank lines at a page's edge, or where such numbers count upwards through the text."""
    alone = [
        line
        for at, line in enumerate(lines)
        if len(line.text) <= 20
        and _PAGE_NUMBER.match(line.text)
        and _blank_at(lines, at - 1)
        and _blank_at(lines, at + 1)
    ]
    counting = {
        a.number for a, b in pairwise(alone) if 0 < _first(b.text) - _first(a.text) <= 2 and b.number - a.number > 15
    }
    counting |= {b.number for a, b in pairwise(alone) if a.number in counting and b.number - a.number > 15}
    edge = {line.number for line in alone if _at_page_edge(lines, line.number)}
    return counting | edge


def _first(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found.group()) if found else 0


def _blank_at(lines: list[Line], at: int) -> bool:
    return not 0 <= at < len(lines) or lines[at].blank


def _at_page_edge(lines: list[Line], at: int) -> bool:
    """Say whether a form feed stands right before or after; without form feeds pages have no edges."""
    if lines[-1].page <= 1 or lines[at].page == at // LINES_ON_A_PAGE + 1 == lines[-1].page:
        return False
    return _edge(lines, at, 1) or _edge(lines, at, -1)


def _edge(lines: list[Line], at: int, step: int) -> bool:
    place = at + step
    while 0 <= place < len(lines) and lines[place].blank and abs(place - at) < 6:
        place += step
    return 0 <= place < len(lines) and lines[place].page != lines[at].page and not _counted(lines)


def _counted(lines: list[Line]) -> bool:
    """Say whether pages were only counted by lines."""
    return all(line.page == line.number // LINES_ON_A_PAGE + 1 for line in lines[:: max(1, len(lines) // 50)])


def _contents(lines: list[Line]) -> set[int]:
    """A contents list: dotted lines, and the lines after its heading that end in growing page numbers."""
    found = {line.number for line in lines if len(line.text) < 300 and _LEADERS.search(line.text)}
    for at, line in enumerate(lines):
        if line.text and len(line.text) < 40 and _CONTENTS.match(line.text):
            found |= _listed(lines, at)
    return found


def _listed(lines: list[Line], at: int) -> set[int]:
    taken, page, missed = {lines[at].number}, 0, 0
    for line in lines[at + 1 : at + 300]:
        match = _CONTENTS_LINE.match(line.text) if 4 <= len(line.text) <= 200 else None
        if match and page <= int(match.group(2)) <= page + 60:
            taken.add(line.number)
            page, missed = int(match.group(2)), 0
        elif not line.blank:
            missed += 1
            if missed > 1:
                break
    return taken if len(taken) > 3 else set()


def _vertical(lines: list[Line]) -> set[int]:
    """Words set upright come out as one or two letters a line; three such lines after each other are one."""
    found: set[int] = set()
    run: list[int] = []
    blanks = 0
    for line in [*lines, Line("slut på texten", 0, -1)]:
        if line.blank:
            blanks += 1
            continue
        letters = len(line.text) <= 3 and any(c.isalpha() for c in line.text) and line.text.replace(" ", "").isalpha()
        if not letters or blanks > 2:
            found |= set(run) if len(run) >= 3 else set()
            run = []
        if (letters and not line.text.isupper() | (line.text.lower() in ("ja", "nej", "st", "kr"))) or (
            letters and len(line.text) == 1
        ):
            run.append(line.number)
        blanks = 0
    return found
