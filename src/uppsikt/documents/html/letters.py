"""The letters of an element: what a browser would print, with what is bold, italic or raised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

Element = etree._Element  # noqa: SLF001  # lxml gives its type no public name
HIDDEN = {
    "script", "style", "template", "noscript", "head", "nav", "svg", "object", "iframe", "select", "button", "textarea",
}  # fmt: skip
BLOCKS = {
    "p", "div", "section", "article", "main", "body", "html", "header", "footer", "aside", "figure", "figcaption",
    "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "address", "form", "fieldset", "details", "summary",
    "center", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
}  # fmt: skip
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em", "cite"}  # th is bold too, but it stresses nothing
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)")
_SPACES = re.compile(r"[ \t\r\n\f]+")  # what a browser folds; a no-break space it does not


@dataclass(frozen=True, slots=True)
class Look:
    """How letters are printed."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    kept: bool = False  # line breaks and spaces as they are written (pre)

    def within(self, element: Element) -> Look:
        """Give the look within an element that stands in this one."""
        style = element.get("style", "").lower()
        tag = tag_of(element)
        return Look(
            self.bold or tag in _BOLD or _WEIGHT.search(style) is not None,
            self.italic or tag in _ITALIC or "italic" in style,
            self.raised or tag == "sup" or "vertical-align:super" in style.replace(" ", ""),
            self.kept or tag == "pre",
        )


@dataclass
class Letters:
    """A run of text: folded as a browser does, with line breaks as newlines; ``marks`` are raised numbers."""

    text: str = ""
    bold: bool = True
    italic: bool = True
    marks: list[str] = field(default_factory=list)

    def add(self, text: str, look: Look) -> None:
        """Add text that is printed with a look."""
        if look.raised and text.strip().isdecimal() and self.text.strip():
            self.marks.append(text.strip())
            return
        self.text += text if look.kept else _SPACES.sub(" ", text)
        if text.strip():
            self.bold, self.italic = self.bold and look.bold, self.italic and look.italic

    def clean(self) -> str:
        """Give the text with single spaces; a line of its own for every line break."""
        lines = (_SPACES.sub(" ", line).strip(" ") for line in self.text.split("\n"))
        return "\n".join(line for line in lines if line.strip())


def tag_of(element: Element) -> str:
    """Give an element's name without namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def is_hidden(element: Element) -> bool:
    """Say whether a browser would not print it."""
    tag = tag_of(element)
    return (
        not tag
        or tag in HIDDEN
        or "hidden" in element.attrib
        or bool(_NOT_SHOWN.search(element.get("style", "").lower()))
    )


def letters_of(element: Element, *, but: frozenset[str] = frozenset()) -> Letters:
    """Read all letters in an element, without what stands in elements of the names ``but``."""
    letters = Letters()
    read_into(letters, element, but=but)
    said = bool(letters.text.strip())
    letters.bold, letters.italic = letters.bold and said, letters.italic and said
    return letters


def read_into(letters: Letters, element: Element, *, but: frozenset[str] = frozenset()) -> None:
    """Add the letters of an element to those that stand before it."""
    for text, look in _pieces(element, Look().within(element), but):
        letters.add(text, look)


def _pieces(element: Element, look: Look, but: frozenset[str]) -> Iterator[tuple[str, Look]]:
    yield element.text or "", look
    for child in element:
        tag = tag_of(child)
        if tag == "br":
            yield "\n", Look(kept=True)
        elif not is_hidden(child) and tag not in but:
            block = tag in BLOCKS
            yield "\n" if block else "", Look(kept=True)
            yield from _pieces(child, look.within(child), but)
            yield "\n" if block else "", Look(kept=True)
        yield child.tail or "", look
