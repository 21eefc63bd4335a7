"""The paragraph styles of a Word document: which are headings, captions or lists, and what they make of letters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from uppsikt.documents.docx.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|rubrik)\s*(\d)")  # Word keeps the English name; other programs translate it
_TITLES = {"title", "rubrik", "titel", "dokumentrubrik"}
_CAPTIONS = {"caption", "beskrivning", "tabellrubrik", "table caption"}
_MOST = 10_000  # styles: Word itself takes some 4 000
_DEPTH = 20  # styles are based on styles; a circle ends here


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: ``level`` of a heading (0: none); is it a caption, a line of contents, an item?"""

    level: int = 0
    caption: bool = False
    contents: bool = False
    item: bool = False
    bold: bool = False
    italic: bool = False
    indent: float = 0


def val(element: Element | None, name: str = "val") -> str:
    """Give an attribute of Word's own namespace; empty where there is none."""
    return "" if element is None else element.get(W + name, "")


def is_on(element: Element | None) -> bool:
    """Say whether a switch such as bold is on: present, and not set to off."""
    return element is not None and val(element) not in ("0", "false", "off", "none")


def points(element: Element | None, *names: str) -> float:
    """Give the first of these attributes, from twentieths of a point to points."""
    for name in names:
        text = val(element, name)
        if re.fullmatch(r"-?\d{1,6}", text):
            return int(text) / 20
    return 0


def is_numbered(element: Element) -> bool:
    """Say whether a paragraph or a style is an item of a list; number 0 takes it out of one."""
    return val(element.find(f"{W}pPr/{W}numPr/{W}numId")) not in ("", "0")


def read_styles(root: Element | None) -> dict[str, Style]:
    """Give the styles by id, each with what it takes over from the style that it is based on."""
    if root is None:
        return {}
    elements = {val(one, "styleId"): one for one in islice(root.iterfind(W + "style"), _MOST)}
    return {name: _style(name, elements, 0) for name in elements}


def _style(name: str, elements: dict[str, Element], depth: int) -> Style:
    element = elements.get(name)
    if element is None or depth > _DEPTH:
        return Style()
    base = _style(val(element.find(W + "basedOn")), elements, depth + 1)
    words = val(element.find(W + "name")).casefold().strip()
    heading = _HEADING.match(words)
    outline = val(element.find(f"{W}pPr/{W}outlineLvl"))
    level = int(heading[1]) if heading else 1 if words in _TITLES else base.level
    if outline.isdecimal():
        level = int(outline) + 1 if int(outline) < 9 else 0  # level 9 is body text
    bold, italic = element.find(f"{W}rPr/{W}b"), element.find(f"{W}rPr/{W}i")
    return replace(
        base,
        level=level,
        contents=base.contents or words.startswith(("toc ", "innehåll ", "table of figures")),
        caption=base.caption or words in _CAPTIONS,
        item=base.item or words.startswith(("list", "lista", "punkt")) or is_numbered(element),
        bold=base.bold if bold is None else is_on(bold),
        italic=base.italic if italic is None else is_on(italic),
        indent=points(element.find(f"{W}pPr/{W}ind"), "left", "start") or base.indent,
    )
