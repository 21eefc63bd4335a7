"""The styles of a Word report: one font, calm sizes, Swedish. Who wants another look changes the styles in Word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from uppsikt.reporting.charts import INK, LINE, PARTLY, SOFT
from uppsikt.reporting.render.wordml import w

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

FONT = "Calibri"  # has figures of one width and stands on every machine with Word
TABLE_STYLE = "UppsiktTabell"
MARGIN_MM, PAGE_MM = 22, (210, 297)


class _Look(NamedTuple):
    """A style: what it builds on, its size and the space before and after it in points."""

    name: str
    base: str | None
    size: float
    weight: int  # 600 and more is bold
    colour: str
    before: float
    after: float


_LOOKS = (
    _Look("Normal", None, 10.5, 400, INK, 0, 7),
    _Look("Title", "Normal", 28, 600, INK, 4, 6),
    _Look("Subtitle", "Normal", 11, 400, SOFT, 0, 2),
    _Look("Heading 1", "Normal", 17, 600, INK, 24, 8),
    _Look("Heading 2", "Normal", 13, 600, INK, 17, 6),
    _Look("Heading 3", "Normal", 11, 600, INK, 13, 5),
    _Look("Heading 4", "Normal", 10.5, 600, SOFT, 11, 4),
    _Look("Caption", "Normal", 9.5, 600, INK, 12, 4),
    _Look("List Bullet", "Normal", 10.5, 400, INK, 0, 3),
    _Look("TOC Heading", "Normal", 13, 600, INK, 26, 6),
    _Look("toc 1", "Normal", 10.5, 600, INK, 6, 1),
    _Look("toc 2", "Normal", 10, 400, INK, 0, 1),
    _Look("Ingress", "Normal", 12, 400, INK, 0, 8),
    _Look("Notis", "Normal", 10.5, 400, INK, 4, 8),
    _Look("Exempel", "Normal", 10.5, 400, INK, 0, 7),
    _Look("Mål", "Normal", 10.5, 400, INK, 12, 3),
    _Look("Tabelltext", "Normal", 9, 400, INK, 2, 2),
    _Look("Tabelltal", "Tabelltext", 9, 400, INK, 2, 2),
    _Look("Tabellnot", "Normal", 8, 400, SOFT, 2, 2),
    _Look("Header", "Normal", 8, 400, SOFT, 0, 0),
    _Look("Footer", "Normal", 8, 400, SOFT, 0, 0),
)
STYLE_OF_KIND = {"lead": "Ingress", "note": "Notis", "example": "Exempel", "goal": "Mål"}


def style_id(name: str) -> str:
    """Give the id by which paragraphs name a style: Word's own are the name without spaces."""
    return name.replace(" ", "").replace("å", "a")


def set_styles(document: Document, language: str) -> None:
    """Give the document its page, its styles and its language."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    _defaults(document, language)
    for look in _LOOKS:
        _style(document, look)
    styles: Any = document.styles
    styles["Tabelltal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Mål"].paragraph_format.keep_with_next = True
    styles["toc 2"].paragraph_format.left_indent = Pt(12)
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.clear_all()
        styles[name].paragraph_format.tab_stops.add_tab_stop(Mm(PAGE_MM[0] - 2 * MARGIN_MM), WD_TAB_ALIGNMENT.RIGHT)
    for name, colour in (("Notis", PARTLY), ("Exempel", LINE)):
        edge = w("pBdr", w("left", val="single", sz=12, space=8, color=colour.removeprefix("#")))
        styles[name].element.get_or_add_pPr().insert_element_before(edge, "w:spacing", "w:ind", "w:jc")
        styles[name].paragraph_format.left_indent = Pt(10)
    styles.element.append(_table_style())


def _defaults(document: Document, language: str) -> None:
    """Set font and language where the file keeps its defaults: a reader by ear hears Swedish as Swedish."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(defaults):
        defaults.remove(child)
    defaults.append(w("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    defaults.append(w("sz", val=21))
    defaults.append(w("lang", val=language, eastAsia=language, bidi="ar-SA"))


def _style(document: Document, look: _Look) -> None:
    style: ParagraphStyle = _named(document, look.name)
    styles: Any = document.styles
    if look.base:
        style.base_style = styles[look.base]
    for inherited in (qn("w:rPr"), f"{qn('w:pPr')}/{qn('w:pBdr')}"):  # theme fonts, colours and rules of the empty file
        found = style.element.find(inherited)
        if found is not None:
            found.getparent().remove(found)
    style.font.size, style.font.bold = Pt(look.size), look.weight >= 600
    style.font.color.rgb = RGBColor.from_string(look.colour.removeprefix("#").upper())
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.before), Pt(look.after)
    spacing.line_spacing = 1.0 if look.size > 12 or look.name.startswith("Tabell") else 1.15
    style.hidden, style.unhide_when_used, style.quick_style = False, False, True


def _named(document: Document, name: str) -> Any:
    styles: Any = document.styles
    if name in styles:
        return styles[name]
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    made.element.set(qn("w:styleId"), style_id(name).replace("toc", "TOC"))
    return made


def _table_style() -> Any:
    """Make the look of tables: hairlines between rows, a firm line under the head, no lines between columns."""
    hair, firm = LINE.removeprefix("#"), INK.removeprefix("#")
    borders = w("tblBorders", w("bottom", val="single", sz=4, space=0, color=hair),
                w("insideH", val="single", sz=4, space=0, color=hair))  # fmt: skip
    margins = w("tblCellMar", w("left", w_=60, type="dxa"), w("right", w_=60, type="dxa"))
    head = w("tblStylePr",
             w("rPr", w("color", val=SOFT.removeprefix("#"))),
             w("tcPr", w("tcBorders", w("bottom", val="single", sz=8, space=0, color=firm))),
             type="firstRow")  # fmt: skip
    return w("style", w("name", val="Uppsikt tabell"), w("uiPriority", val=99), w("qFormat"),
             w("tblPr", borders, margins), head, type="table", customStyle=1, styleId=TABLE_STYLE)  # fmt: skip
