"""Paragraphs, list items, notes and headings out of lines in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from uppsikt.documents.model import Block, Box, Grid, Heading, Paragraph
from uppsikt.documents.pdf.contents import entry_text
from uppsikt.documents.pdf.lines import Line, joined
from uppsikt.documents.pdf.page import Area
from uppsikt.documents.pdf.styles import Style, Styles, levels_of, style_of

_BULLET = re.compile(r"^(?:[•◦▪▫‣●○■□➢➤✓✔·*\uf000-\uf0ff]|[-–—](?=\s)|o(?=\s))\s*")
_COUNTED = re.compile(r"^(?:\d{1,2}[.)]|[a-zå-ö][.)])\s+\S")
_DASH = re.compile(r"^[-–—]\s")
_NOTE = re.compile(r"^(?:\*+|†|‡|[¹²³⁴-⁹]|not[.:]|noter[.:]|källa:|anm[.:])", re.IGNORECASE)
_NUMBERED_NOTE = re.compile(r"^\d{1,2}\)?\s")
_DIAGRAM = re.compile(r"^(?:diagram|figur)\s*\d", re.IGNORECASE)
_SPARSE = 0.6  # of its places that a table fills at least; the labels of a diagram fill fewer
_ENDED = (".", "!", "?", ":", ";")
_NEW = 1.22  # of the usual leading: a wider distance begins a paragraph
_OTHER_SIZE = 0.6  # points
_SMALL = 0.93  # of the body's size: how small a note is
_PAGES_A_HEADING = 10  # a file that tags headings more seldom has not tagged them all
_SHIFT = 3.0  # points that the beginning of a list item stands apart from the text before it
_INDENT = 6.0  # points


@dataclass(slots=True)
class Group:
    """Lines that belong together. ``below`` says that a table stands right above them."""

    lines: list[Line]
    below: bool = False

    @property
    def text(self) -> str:
        """Give the lines as one text."""
        return joined(line.text for line in self.lines)


def blocks_of(items: Iterable[Line | Grid], styles: Styles) -> tuple[Block, ...]:
    """Make blocks of a document's lines and tables in reading order."""
    parts = _without_diagrams(list(_groups(items, styles)))
    told = sum(isinstance(part, Group) and _kind(part) == "heading" for part in parts)
    tagged = told * _PAGES_A_HEADING >= len({_page(part) for part in parts})
    found: dict[int, Style] = {}
    for place, part in enumerate(parts):
        if isinstance(part, Group) and _looks_like_heading(part, styles, tagged=tagged):
            found[place] = style_of(part.lines[0], part.text)
    levels = levels_of((_page(parts[place]), style) for place, style in found.items())
    return tuple(
        part if isinstance(part, Grid) else _block(part, levels[found[place]] if place in found else 0, styles)
        for place, part in enumerate(parts)
    )


def _without_diagrams(parts: list[Group | Grid]) -> list[Group | Grid]:
    """Leave out a diagram's labels, which can stand like a table: mostly empty, beside the diagram's caption."""
    beside = [None, *parts[:-1]], [*parts[1:], None]
    return [
        part
        for part, above, below in zip(parts, *beside, strict=True)
        if not (isinstance(part, Grid) and _is_sparse(part) and (_is_diagram(above) or _is_diagram(below)))
    ]


def _is_diagram(part: Group | Grid | None) -> bool:
    return isinstance(part, Group) and _DIAGRAM.match(part.text) is not None


def _is_sparse(grid: Grid) -> bool:
    return sum(len(row.cells) for row in grid.rows) < _SPARSE * len(grid.rows) * grid.width


def _page(part: Group | Grid) -> int:
    return part.lines[0].page if isinstance(part, Group) else part.page or 0


def _kind(group: Group) -> str:
    role = group.lines[0].role
    return role.kind if role is not None else ""


def _looks_like_heading(group: Group, styles: Styles, *, tagged: bool) -> bool:
    """Judge by looks, where the file's own tags do not say which are the headings."""
    line = group.lines[0]
    if tagged or line.contents or _kind(group) not in {"", "text"} or _BULLET.match(line.text):
        return False
    return styles.is_heading(group.lines, group.text)


def _groups(items: Iterable[Line | Grid], styles: Styles) -> Iterator[Group | Grid]:
    group: Group | None = None
    below = False
    for item in items:
        if isinstance(item, Grid):
            if group is not None:
                yield group
            yield item
            group, below = None, True
        elif group is not None and _continues(group, item, styles):
            group.lines.append(item)
        else:
            if group is not None:
                yield group
            group, below = Group([item], below), False
    if group is not None:
        yield group


def _continues(group: Group, line: Line, styles: Styles) -> bool:
    """Say whether a line belongs to the paragraph before it."""
    last = group.lines[-1]
    if last.page == line.page and last.column == line.column and abs(last.baseline - line.baseline) < 0.3 * line.size:
        return True  # the rest of the same line, after a wide gap
    if last.contents or line.contents:
        return bool(last.role and last.role == line.role)  # an entry over several lines, if the tags say so
    same = _same_element(last, line)
    if same is not None:
        return same
    if abs(last.size - line.size) > _OTHER_SIZE or last.bold != line.bold or _begins(last, line):
        return False
    if last.page != line.page or last.column != line.column or line.baseline < last.baseline:
        return not last.bold and not last.text.endswith(_ENDED) and line.text[:1].islower()
    distance = (line.baseline - last.baseline) / max(last.size, line.size)
    return distance <= _NEW * styles.leading and not _ended(group, line)


def _same_element(last: Line, line: Line) -> bool | None:
    """Say what the tags say; None where they do not tell, or where a page break makes the path another."""
    one, two = last.role, line.role
    if one is None or two is None or not one.path or not two.path:
        return None
    if one == two:
        return True
    return None if last.page != line.page and one.kind == two.kind == "text" else False


def _begins(last: Line, line: Line) -> bool:
    """Say whether a line begins something of its own: a list item or a note.

    A dash or a number can also stand at the beginning of a line by chance, when the line before goes on.
    """
    if _COUNTED.match(line.text) or _DASH.match(line.text):
        full = last.right > last.reach - 2 * last.size and abs(line.left - last.left) < _SHIFT
        return not full or last.text.endswith((*_ENDED, ","))
    return bool(line.mark or _BULLET.match(line.text))


def _ended(group: Group, line: Line) -> bool:
    """Say whether the paragraph ended before this line: its first word would have fitted in the line before."""
    last = group.lines[-1]
    if line.text[:1].islower():
        return False
    first = line.text.split(maxsplit=1)[0] if line.text else ""
    width = (line.right - line.left) * (len(first) + 1) / max(1, len(line.text))
    fits = last.right + width < last.reach - last.size
    return fits or (line.left > last.left + _INDENT and len(group.lines) > 1 and last.text.endswith(_ENDED))


def _block(group: Group, level: int, styles: Styles) -> Block:
    lines, text, kind = group.lines, group.text, _kind(group)
    box = _box(lines)
    page = lines[0].page
    if lines[0].contents or kind == "contents":
        return Paragraph(entry_text(text) or text, page, box, item=True)
    if kind == "heading" and lines[0].role is not None:
        return Heading(text, lines[0].role.level, page, box)
    if level:
        return Heading(text, level, page, box)
    note = kind == "note" or _is_note(group, text, styles)
    bullet = _BULLET.match(text)
    item = kind == "item" or (not note and bool(bullet or _COUNTED.match(text)))
    if bullet and not note:
        text = text[bullet.end() :] or text
    return Paragraph(text, page, box, item=item, note=note)


def _is_note(group: Group, text: str, styles: Styles) -> bool:
    """Say whether a text is a note: small, with a mark, at the foot of a page or under a table."""
    first = group.lines[0]
    small = first.size <= _SMALL * styles.body
    marked = bool(first.mark or _NOTE.match(text))
    return (marked and (small or group.below)) or (small and _NUMBERED_NOTE.match(text) is not None)


def _box(lines: Sequence[Line]) -> Box:
    """Give the place of the lines that stand on the first one's page, in its column."""
    first = lines[0]
    near = [line for line in lines if line.page == first.page and line.column == first.column]
    return Box(first.page, *Area.around(near))
