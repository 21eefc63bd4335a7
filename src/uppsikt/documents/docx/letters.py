"""The letters of a paragraph: what is printed, not what was deleted, hidden or only calculated by a field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from uppsikt.documents.docx.package import Element
from uppsikt.documents.docx.styles import Style, W, is_on, val

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = {
    W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "txbxContent", "pict", "object")
}
_GONE |= {_MC + "Fallback"}
_SIGNS = {W + "tab": "\t", W + "noBreakHyphen": "\u2011", W + "softHyphen": "", W + "cr": "\n"}


@dataclass
class Letters:
    """A paragraph's text, whether all of it is bold or italic, its raised marks and the footnotes that it refers to."""

    text: str = ""
    bold: bool = True
    italic: bool = True
    marks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    breaks: int = 0  # page breaks within it

    def add(self, text: str, *, bold: bool, italic: bool) -> None:
        """Add a run's text; only letters count for bold and italic."""
        self.text += text
        if text.strip():
            self.bold, self.italic = self.bold and bold, self.italic and italic


def letters_of(paragraph: Element, style: Style) -> Letters:
    """Read a paragraph. A raised number after text is a mark; raised words stay in the text."""
    letters = Letters()
    for run in _runs(paragraph):
        properties = run.find(W + "rPr")
        if properties is not None and is_on(properties.find(W + "vanish")):
            continue
        bold, italic = _switch(properties, "b", own=style.bold), _switch(properties, "i", own=style.italic)
        text = _text(run, letters)
        raised = properties is not None and val(properties.find(W + "vertAlign")) == "superscript"
        if raised and text.strip().isdecimal() and letters.text.strip():
            letters.marks.append(text.strip())
        else:
            letters.add(text, bold=bold, italic=italic)
    said = bool(letters.text.strip())
    letters.bold, letters.italic = letters.bold and said, letters.italic and said
    return letters


def _switch(properties: Element | None, name: str, *, own: bool) -> bool:
    """Say whether a run is bold or italic: as it says itself, else as the paragraph's ``own`` style does."""
    element = None if properties is None else properties.find(W + name)
    return own if element is None else is_on(element)


def _runs(element: Element) -> Iterator[Element]:
    """Give the runs that are printed, within links, insertions, fields and content controls too."""
    for child in element:
        if child.tag == W + "r":
            yield child
        elif child.tag not in _GONE:
            yield from _runs(child)


def _text(run: Element, letters: Letters) -> str:
    parts = []
    for child in run:
        if child.tag == W + "t":
            parts.append(child.text or "")
        elif child.tag == W + "br":
            letters.breaks += val(child, "type") == "page"
            parts.append("\n")
        elif child.tag == W + "lastRenderedPageBreak":
            letters.breaks += 1
        elif child.tag in (W + "footnoteReference", W + "endnoteReference"):
            letters.notes.append(("f" if "foot" in child.tag else "e") + val(child, "id"))
        else:
            parts.append(_SIGNS.get(str(child.tag), ""))
    return "".join(parts)
