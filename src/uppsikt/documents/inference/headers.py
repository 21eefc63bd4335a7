"""Which rows of a grid are its heading, and what they say of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from uppsikt.documents.inference.labels import is_figure, joined, label_of
from uppsikt.documents.inference.words import ALONE, COLUMN_ROLES, NAMING, UNITS
from uppsikt.documents.model import GridCell, GridRow

_YEAR = re.compile(r"^(år )?(19|20)\d\d\s?[*¹²³⁴⁵]*$")
_PERIOD = re.compile(
    r"(19|20)\d\d|\b(jan|feb|mars?|apr|maj|juni?|juli?|aug|sept?|okt|nov|dec)[a-z]*\b|\bkv(artal)?\b|tertial|"
    r"\bq[1-4]\b|\bt[1-3]\b|helår|delår|\d{1,2}/\d{1,2}"
)
_MOST = 3  # rows of a heading that a file does not mark as such
_PHRASE = 3  # words
_SHORT = 5  # words in a cell of a heading


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a column: its own words and the words over it and its neighbours."""

    label: str
    group: str = ""

    @property
    def text(self) -> str:
        """Everything that stands over the column, in small letters."""
        return f"{self.group} {self.label}".strip().casefold()


def is_title_row(row: GridRow, width: int) -> bool:
    """Say whether a first row is one text over the whole width: the table's title."""
    cells = [cell for cell in row.cells if cell.text.strip()]
    return len(cells) == 1 and width > 2 and cells[0].span >= width and len(cells[0].text.split()) < 20


def header_height(rows: Sequence[GridRow], width: int) -> int:
    """Say how many of the first rows are the heading."""
    marked = 0
    while marked < len(rows) and rows[marked].header and not _tells_amounts(rows[marked]):
        marked += 1
    height = marked
    while height < min(len(rows), marked + _MOST) and _is_heading(rows, height, width):
        height += 1
    return 0 if height == len(rows) and not marked and height > 1 else height


def _tells_amounts(row: GridRow) -> bool:
    """Say whether a row that a file marks as a heading holds nothing but amounts to the right of its first words."""
    texts = [joined(cell.text) for cell in row.cells if cell.column and cell.text.strip()]
    amounts = [text for text in texts if is_figure(text) and re.search(r"\d{3}|,\d", text) and not _YEAR.match(text)]
    return len(amounts) > 1 and all(is_figure(text) for text in texts)


def _is_heading(rows: Sequence[GridRow], at: int, width: int) -> bool:
    row = rows[at]
    texts = [joined(row.text(column)) for column in range(1, width)]
    filled = [text for text in texts if text]
    if any(is_figure(text) and not _YEAR.match(text) for text in filled):
        return False
    first = joined(row.text(0))
    if at == 0:
        return bool(filled) and _opens(rows, first, filled)
    if not filled:
        return re.match(r"^(belopp|\(?(i )?(tkr|mnkr|mkr|kronor)\)?$)", first.casefold()) is not None
    if any(joined(row.text(column)) and _only_names(joined(rows[0].text(column))) for column in range(1, width)):
        return False
    dated = any(_YEAR.match(row.text(column).strip()) and _dated(rows[:at], column) for column in range(1, width))
    return (
        not dated
        and all(_says_column(text) for text in filled)
        and (not first or _names_rows(first) or _names_unit(first))
    )


def _dated(rows: Sequence[GridRow], column: int) -> bool:
    """Say whether a heading names a year already: a number like a year under it is a figure."""
    return any(_PERIOD.search(row.text(column)) for row in rows)


def _opens(rows: Sequence[GridRow], first: str, filled: Sequence[str]) -> bool:
    """Say whether a first row is a heading: it has the words of one, or is unlike everything under it."""
    if any(_says_column(text) for text in filled):
        return True
    if all(len(text.split()) <= _SHORT for text in (first, *filled)) and len(rows) > 1:
        bold = [cell.bold for cell in rows[0].cells if cell.text.strip()]
        below = [cell.bold for row in rows[1:] for cell in row.cells if cell.text.strip()]
        figures_below = any(is_figure(cell.text) for row in rows[1:] for cell in row.cells if cell.column)
        return (all(bold) and not all(below)) or figures_below or (_names_rows(first) and len(filled) > 0)
    return False


def _says_column(text: str) -> bool:
    words = text.casefold()
    if len(words.split()) > 8:
        return False
    if _YEAR.match(words) or _PERIOD.search(words) or _names_unit(words) or words in ALONE:
        return True
    return any(re.search(pattern, words) for pattern, _ in COLUMN_ROLES)


def _names_rows(text: str) -> bool:
    words = text.casefold()
    return len(words.split()) <= _SHORT and any(word in words for word in NAMING)


def _only_names(text: str) -> bool:
    return len(text.split()) < _PHRASE and _names_rows(text) and not _says_column(text)


def _names_unit(text: str) -> bool:
    """Say whether a text names a unit."""
    return any(re.search(pattern, text.casefold()) for pattern, _ in UNITS)


def heads_of(rows: Sequence[GridRow], width: int) -> tuple[Head, ...]:
    """Give what stands over each column: words that span several columns are their group."""
    lines = [_texts(row, width, rows[at + 1 :]) for at, row in enumerate(rows)]
    heads = []
    for column in range(width):
        own: list[str] = []
        group: list[str] = []
        for texts, shared in lines:
            text = texts[column]
            if text:
                (group if column in shared else own).append(text)
        heads.append(Head(_said_once(own), _said_once(group)) if own else Head(_said_once(group)))
    return tuple(heads)


def _texts(row: GridRow, width: int, below: Sequence[GridRow]) -> tuple[list[str], set[int]]:
    """Give a heading row's text by column, and the columns whose text stands over several."""
    texts, shared = [""] * width, set[int]()
    for cell in row.cells:
        reach = _reach(row, cell, width, below)
        for column in range(cell.column, reach):
            texts[column] = label_of(cell.text)
            if cell.text.strip() and (reach - cell.column > 1 or _said_beside(row, cell, below)):
                shared.add(column)
    return texts, shared


def _reach(row: GridRow, cell: GridCell, width: int, below: Sequence[GridRow]) -> int:
    """Say up to which column a heading stands: its span, or over empty neighbours that have words below."""
    end = min(cell.column + cell.span, width)
    if cell.span > 1 or cell.column == 0 or not cell.text.strip() or not _has(below, cell.column):
        return end
    while end < width and not row.text(end).strip() and _has(below, end):
        end += 1
    return end


def _said_beside(row: GridRow, cell: GridCell, below: Sequence[GridRow]) -> bool:
    """Say whether a whole phrase stands alike over the next column too: it is one heading, extracted twice."""
    text = joined(cell.text)
    beside = (joined(row.text(at)) for at in (cell.column - 1, cell.column + 1) if at > 0)
    return len(text.split()) >= _PHRASE and text in beside and _has(below, cell.column)


def _has(rows: Sequence[GridRow], column: int) -> bool:
    return any(row.text(column).strip() for row in rows)


def _said_once(texts: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(texts))
