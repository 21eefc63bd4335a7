"""Report to Word: real styles, real tables, captions that Word can count, a table of contents that shows at once.

The contents stand filled in with links; page numbers come when the reader updates the field, since
only Word knows its own pages. Nothing is set that makes Word ask a question when it opens the file.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm, Pt

from uppsikt.reporting.model import (
    Block,
    Bullets,
    ChartBlock,
    Heading,
    Inline,
    NumberRef,
    Paragraph,
    Report,
    StateMark,
    TableBlock,
    Words,
)
from uppsikt.reporting.render.fitting import Page, fit
from uppsikt.reporting.render.grid import grid_of
from uppsikt.reporting.render.layout import NO_ROWS, as_of_text, contents, legal, prepared, stamp_text
from uppsikt.reporting.render.marks import MARKS
from uppsikt.reporting.render.svg import png_of, size_of, svg_of
from uppsikt.reporting.render.word_start import empty_document
from uppsikt.reporting.render.word_styles import PAGE_MM, STYLE_OF_KIND, set_styles, style_id
from uppsikt.reporting.render.word_table import table_element
from uppsikt.reporting.render.wordml import bookmarked, field, link_to, looks_of, paragraph, run, tab, w

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

PAGE = Page(portrait=470, landscape=717, sizes=(9, 8, 7.5), digit=0.56)  # between the margins, in Calibri
_CHART_SCALE, _PNG_SCALE = 0.78, 2
_CONTENTS_DEPTH = 2


def render(report: Report) -> bytes:
    """Give the report as a Word file."""
    document = empty_document(report.language)
    set_styles(document, report.language)
    _properties(document, report)
    _running_lines(document, report)
    body = _Body(document, report)
    body.front(report)
    body.add(prepared(report.blocks))
    if report.notes:
        body.add([Heading(1, "Utelämnat", "utelamnat"), *(Paragraph((Words(note),)) for note in report.notes)])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _properties(document: Document, report: Report) -> None:
    """Set what the file says of itself."""
    told = document.core_properties
    told.title, told.author, told.last_modified_by = legal(report.title), legal(report.organisation), ""
    told.language, told.comments, told.revision = report.language, "", 1
    told.subject = legal(f"{as_of_text(report.stamp)}. {stamp_text(report.stamp)}.")
    told.created = told.modified = datetime.now(UTC)  # of the file, not of what it tells


def _running_lines(document: Document, report: Report) -> None:
    """Set the lines over and under every page; what stands under tells as of when, the decision and the page."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    stamp = f"{as_of_text(report.stamp)} · {stamp_text(report.stamp)}"
    _fill("Header", section.first_page_header)
    _fill("Header", section.header, run(report.organisation), tab(), run(report.title))
    for footer in (section.footer, section.first_page_footer):
        pages = (run("sida "), *field("PAGE", [run("1")]), run(" av "), *field("NUMPAGES", [run("1")]))
        _fill("Footer", footer, run(stamp), tab(), *pages)


def _fill(style: str, place: Any, *parts: Element) -> None:
    place.is_linked_to_previous = False
    root = place.part.element
    for child in list(root):
        root.remove(child)
    root.append(paragraph(style, *parts))


class _Body:
    """Writes the blocks in order; holds what runs through the file: bookmarks, and whether a page begins."""

    def __init__(self, document: Document, report: Report) -> None:
        self._document = document
        self._body = document.element.body
        self._bookmarks = 0
        self._tables = {block.table.key: _bookmark(block.anchor, "_Ref") for block in report.tables()}
        self._on_new_page = False  # whether what is put next begins a page
        self._kinds: dict[type[Block], Any] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Bullets: self._bullets,
            TableBlock: self._table,
            ChartBlock: self._chart,
        }

    def front(self, report: Report) -> None:
        """Write the first page: what it is, of whom, as of when, and the contents."""
        self._put(paragraph("Subtitle", run(report.organisation)))
        self._put(paragraph("Title", run(report.title)))
        self._put(paragraph("Subtitle", run(as_of_text(report.stamp))))
        self._put(paragraph("Subtitle", run(stamp_text(report.stamp))))
        headings = [heading for heading in contents(report) if heading.level <= _CONTENTS_DEPTH]
        if headings:
            self._put(paragraph("TOCHeading", run("Innehåll")))
            self._contents(headings)
            self._on_new_page = True

    def add(self, blocks: Iterable[Block]) -> None:
        """Write blocks; the headings right over a table that needs a turned page stand on that page."""
        waiting: list[Heading] = []
        for block in blocks:
            if isinstance(block, Heading):
                waiting.append(block)
                continue
            self._turn(landscape=isinstance(block, TableBlock) and fit(grid_of(block.table), PAGE).landscape)
            for one in (*waiting, block):
                self._kinds[type(one)](one)
            waiting.clear()
        for heading in waiting:
            self._heading(heading)

    def _put(self, element: Element) -> None:
        if self._on_new_page and element.tag == w("p").tag:
            looks_of(element).append(w("pageBreakBefore"))
            self._on_new_page = False
        self._body.insert_element_before(element, "w:sectPr")

    def _contents(self, headings: list[Heading]) -> None:
        """Write the contents as a field that is filled in: it shows at once, and Word can count its pages anew."""
        instruction = f'TOC \\o "1-{_CONTENTS_DEPTH}" \\h \\z \\u'
        lines = [
            paragraph(f"TOC{heading.level}", link_to(_bookmark(heading.anchor), run(heading.text)))
            for heading in headings
        ]
        begin, told, between, end = field(instruction, [])
        first = lines[0]
        for place, piece in enumerate((begin, told, between), start=1):
            first.insert(place, piece)
        lines[-1].append(end)
        for line in lines:
            self._put(line)

    def _heading(self, heading: Heading) -> None:
        self._bookmarks += 1
        told = bookmarked(_bookmark(heading.anchor), self._bookmarks, run(heading.text))
        self._put(paragraph(f"Heading{min(heading.level, 4)}", *told))

    def _paragraph(self, block: Paragraph) -> None:
        style = STYLE_OF_KIND.get(block.kind, "Normal")
        self._put(paragraph(style_id(style), *_inlines(block.inlines, self._tables)))

    def _bullets(self, block: Bullets) -> None:
        for item in block.items:
            self._put(paragraph("ListBullet", *_inlines(item, self._tables)))

    def _caption(self, word: str, block: TableBlock | ChartBlock) -> None:
        self._bookmarks += 1
        counted = field(f"SEQ {word} \\* ARABIC", [run(str(block.number))])
        label = bookmarked(_bookmark(block.anchor, "_Ref"), self._bookmarks, run(f"{word} "), *counted)
        self._put(paragraph("Caption", *label, run(f". {block.caption}"), keep=True))

    def _table(self, block: TableBlock) -> None:
        grid = grid_of(block.table)
        fitted = fit(grid, PAGE)
        self._caption("Tabell", block)
        self._put(table_element(grid, fitted, block.caption))
        notes = [NO_ROWS] if not grid.lines else [f"{n}) {note}" for n, note in enumerate(grid.notes, start=1)]
        for number, note in enumerate(notes, start=1):
            self._put(paragraph("Tabellnot", run(note), keep=number < len(notes)))
        self._put(paragraph("Tabellnot"))  # two tables right after each other would become one in Word

    def _turn(self, *, landscape: bool) -> None:
        """Begin a new page turned the other way, when the page is not already as wanted."""
        section = self._document.sections[-1]
        if (section.orientation == WD_ORIENT.LANDSCAPE) == landscape:
            return
        new = self._document.add_section(WD_SECTION.NEW_PAGE)
        new.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        new.different_first_page_header_footer = False
        new.page_width, new.page_height = (Mm(side) for side in (reversed(PAGE_MM) if landscape else PAGE_MM))

    def _chart(self, block: ChartBlock) -> None:
        self._caption("Diagram", block)
        width = min(size_of(svg_of(block.spec))[0] * _CHART_SCALE, PAGE.portrait)
        shape = self._document.add_picture(io.BytesIO(png_of(block.spec, _PNG_SCALE)), width=Pt(width))
        picture: Any = shape._inline.docPr  # noqa: SLF001  # python-docx gives no public way to set alternative text
        picture.set("descr", legal(block.alt))
        picture.set("name", f"Diagram {block.number}")


def _bookmark(anchor: str, kind: str = "_Toc") -> str:
    """Give the name of a bookmark: a hash, for Word allows 40 letters and no hyphens; ``kind`` is Word's beginning.

    Word keeps "_Ref" when it counts the contents anew, but not "_Toc".
    """
    return kind + hashlib.sha256(anchor.encode(errors="surrogatepass")).hexdigest()[:16]


def _inlines(inlines: Iterable[Inline], tables: Mapping[str, str]) -> Iterator[Element]:
    """Give the runs of a sentence; a number leads to its table, without looking like a link."""
    for inline in inlines:
        match inline:
            case Words():
                yield run(inline.text, bold=inline.strong)
            case NumberRef():
                told = run(inline.text)
                yield link_to(tables[inline.table], told) if inline.table in tables else told
            case StateMark():
                mark = MARKS.get(inline.state)
                shape = f"{mark.character}\u00a0" if mark else ""
                yield run(shape + inline.text, colour=mark.colour if mark else "")
