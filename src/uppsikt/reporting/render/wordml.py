"""The pieces of a Word file (WordprocessingML, ECMA-376) that are built by hand: runs, paragraphs, fields, bookmarks.

Text only becomes text nodes, so nothing that a user wrote is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from uppsikt.reporting.render.layout import legal

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Make an element of the w namespace; ``w_type`` style names are written without the prefix, as ``type``."""
    made = cast("Element", OxmlElement(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    made.extend(children)
    return made


def run(text: str, *, bold: bool = False, italic: bool = False, colour: str = "", raised: bool = False) -> Element:
    """Make a run of text; ``colour`` is #rrggbb; a line break in the text becomes one on the page."""
    looks = [w(tag) for tag, wanted in (("b", bold), ("i", italic)) if wanted]
    looks += [w("color", val=colour.removeprefix("#"))] if colour else []
    looks += [w("vertAlign", val="superscript")] if raised else []
    made = w("r", *([w("rPr", *looks)] if looks else []))
    for number, line in enumerate(legal(text).split("\n")):
        if number:
            made.append(w("br"))
        told = w("t")
        told.text = line
        told.set(qn("xml:space"), "preserve")
        made.append(told)
    return made


def tab() -> Element:
    """Make a run that is a tab."""
    return w("r", w("tab"))


def paragraph(style: str, *parts: Element, keep: bool = False) -> Element:
    """Make a paragraph of a style, by the style's id; ``keep`` holds it on the page of the next one."""
    looks = [w("pStyle", val=style), *([w("keepNext")] if keep else [])]
    return w("p", w("pPr", *looks), *parts)


def looks_of(made: Element) -> Element:
    """Give the properties of a paragraph that ``paragraph`` made: its first part."""
    return made[0]


def field(instruction: str, shown: Iterable[Element]) -> Iterator[Element]:
    """Give the runs of a field with what it shows until Word counts it anew."""
    yield w("r", w("fldChar", fldCharType="begin"))
    told = w("instrText")
    told.text = f" {instruction} "
    told.set(qn("xml:space"), "preserve")
    yield w("r", told)
    yield w("r", w("fldChar", fldCharType="separate"))
    yield from shown
    yield w("r", w("fldChar", fldCharType="end"))


def bookmarked(name: str, number: int, *parts: Element) -> Iterator[Element]:
    """Give the parts with a bookmark around them; ``number`` is unique in the file."""
    yield w("bookmarkStart", id=number, name=name)
    yield from parts
    yield w("bookmarkEnd", id=number)


def link_to(bookmark: str, *parts: Element) -> Element:
    """Make a link to a bookmark of the same file."""
    return w("hyperlink", *parts, anchor=bookmark, history=1)
