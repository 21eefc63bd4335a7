"""The empty Word file that a report begins as: python-docx's own, without what it drags along.

Its template was saved by an older Word in English. Kept as it is, every report would open in
compatibility mode, show a blank page as its picture in a folder, and carry a hundred unused styles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from uppsikt.reporting.render.wordml import w

if TYPE_CHECKING:
    from docx.document import Document

_COMPATIBILITY = 15  # of Word 2013 and later: what Word compares with before it says "kompatibilitetsläge"
_LEFT_OUT = {
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,  # names another program, and counts no pages
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}


def empty_document(language: str) -> Document:
    """Give an empty document for texts in ``language`` ("sv-SE") that Word opens as one of its own."""
    document = docx.Document()
    for owner in (document.part.package, document.part):
        for key in [key for key, link in owner.rels.items() if link.reltype in _LEFT_OUT]:
            del owner.rels[key]
    _set_settings(document.settings.element, language)
    styles = document.styles.element
    for style in styles.findall(f"{qn('w:style')}[@{qn('w:type')}='table']"):
        if style.get(qn("w:styleId")) != "TableNormal":  # Word has the others built in
            styles.remove(style)
    return document


def _set_settings(settings: Any, language: str) -> None:
    for tag in ("w:proofState", "w:savePreviewPicture", "w:rsids"):
        for found in settings.findall(qn(tag)):
            settings.remove(found)
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), str(_COMPATIBILITY))
    told = (w("zoom", percent=100), w("themeFontLang", val=language), w("decimalSymbol", val=","),
            w("listSeparator", val=";"))  # fmt: skip
    for one in told:
        settings.replace(settings.find(one.tag), one)
