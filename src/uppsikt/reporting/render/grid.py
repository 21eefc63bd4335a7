"""A table as it is laid out: what stands in each cell of the page, the same for web, paper and Word.

Here is decided how a value is written, which cells are states, how deep a row is set, which column
heads stand over several columns, and how notes are numbered. A renderer only draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from uppsikt.core.quantities import Missing, MissingReason, Quantity, Value, missing_text
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Table, shown

LABEL_HEAD = "Benämning"  # the head of the row labels
STATES = frozenset({*(state.value for state in GoalState), *(state.value for state in WorkState)})
_WORDED = (ColumnRole.TEXT, ColumnRole.STATE)
_SHORT = 14  # digits broad: a text up to this stands on one line
LONGEST_WORD = 22  # digits broad: a longer word may be divided
_BREADTHS = {letter: breadth for letters, breadth in (
    ("ijlI.,:;|!' \u00a0\u202f", 0.45), ("ftr()[]/-", 0.65), ("mwMW@%", 1.42), ("0123456789+−", 1.0),
) for letter in letters}  # fmt: skip
_PARTS = (RowRole.OF_WHICH, RowRole.BREAKDOWN)


@dataclass(frozen=True, slots=True)
class Head:
    """A column head over ``columns`` columns, ``rows`` rows high."""

    text: str
    numeric: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in a cell.

    ``state`` is a name in core.states; ``tone`` is "good", "bad" or "soft" (a missing value); ``why``
    is why it is missing; ``note`` is the number of a note under the table, 0 for none.
    """

    text: str
    value: Value
    state: str = ""
    tone: str = ""
    why: str = ""
    note: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its label set in by ``depth`` steps, and one box for each column."""

    row: Row
    depth: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table laid out; ``heads`` has one row, or two when columns stand in groups."""

    heads: tuple[tuple[Head, ...], ...]
    lines: tuple[Line, ...]
    numeric: tuple[bool, ...]
    notes: tuple[str, ...]


def grid_of(table: Table) -> Grid:
    """Lay out a table."""
    notes: list[str] = []
    parents = {row.key: row.parent for row in table.rows}
    roles = {row.key: row.role for row in table.rows}
    lines = tuple(
        Line(row, _depth(row, parents, roles), tuple(_box(table, row, column, notes) for column in table.columns))
        for row in table.rows
    )
    numeric = tuple(is_numeric(column) for column in table.columns)
    return Grid(tuple(_heads(table)), lines, numeric, tuple(notes))


def is_numeric(column: Column) -> bool:
    """Say whether a column's figures are set to the right."""
    return column.role not in _WORDED


def _depth(row: Row, parents: Mapping[str, str | None], roles: Mapping[str, RowRole]) -> int:
    """Count the rows above that a row belongs under; a heading does not set its rows in."""
    depth, above = 0, row.parent
    while above is not None and depth < len(parents):
        depth += roles[above] is not RowRole.HEADING
        above = parents[above]
    return max(depth, 1) if row.role in _PARTS else depth


def _heads(table: Table) -> Iterator[tuple[Head, ...]]:
    if not any(column.group for column in table.columns):
        yield (Head(LABEL_HEAD), *(_head(table, column) for column in table.columns))
        return
    upper, lower = [Head(LABEL_HEAD, rows=2)], []
    for group, columns in groupby(table.columns, key=lambda column: column.group):
        together = tuple(columns)
        if group:
            upper.append(Head(group, columns=len(together)))
            lower += [_head(table, column) for column in together]
        else:
            upper += [_head(table, column, rows=2) for column in together]
    yield tuple(upper)
    yield tuple(lower)


def _head(table: Table, column: Column, rows: int = 1) -> Head:
    unit = column.unit.symbol if column.unit and column.unit != table.unit else ""
    return Head(f"{column.label}, {unit}" if unit else column.label, is_numeric(column), 1, rows)


def _box(table: Table, row: Row, column: Column, notes: list[str]) -> Box:
    cell = table.cell(row.key, column.key)
    if cell.note and cell.note not in notes:
        notes.append(cell.note)
    note = notes.index(cell.note) + 1 if cell.note else 0
    value = cell.value
    if isinstance(value, Missing):
        return _words(cell, value, note)
    text, tone = shown(cell, table, column), ""
    if column.role is ColumnRole.DEVIATION and any(digit in text for digit in "123456789"):
        tone = "good" if value.number > 0 else "bad"
        text = f"+{text}" if value.number > 0 else text
    return Box(text, value, tone=tone, note=note)


def _words(cell: Cell, value: Missing, note: int) -> Box:
    if cell.raw in STATES:
        return Box(value.text, value, state=cell.raw, note=note)
    if value.reason is MissingReason.TEXT or (value.reason is MissingReason.BLANK and not value.text):
        return Box(value.text, value, note=note)
    why = missing_text(value.reason)
    return Box(value.text or why, value, tone="soft", why="" if value.text in ("", why) else why, note=note)


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a column wants to be and can at least be, in widths of a digit; equal where nothing may be broken."""

    wanted: float
    least: float


def widths(grid: Grid) -> tuple[Width, ...]:
    """Give what width each column wants, label column first.

    A column of figures, states or a word or two is as wide as they are. A column of texts gets room
    after how much it says, and never less than its longest word: texts wrap between words.
    """
    labels = [line.row.label for line in grid.lines]
    deepest = max((line.depth for line in grid.lines), default=0)
    label = _text_width([*labels, LABEL_HEAD])
    heads = _column_heads(grid)
    return (
        Width(label.wanted + deepest, label.least + deepest),
        *(_width(grid, index, head) for index, head in enumerate(heads)),
    )


def breadth(text: str) -> float:
    """Give about how broad a text is, in widths of a digit.

    >>> breadth("2024"), round(breadth("kommungemensamt"), 1)
    (4.0, 15.6)
    """
    return sum(_BREADTHS.get(letter) or (1.15 if letter.isupper() else 0.93) for letter in text)


def _width(grid: Grid, index: int, head: str) -> Width:
    boxes = [line.boxes[index] for line in grid.lines]
    broadest = max((_room(box) for box in boxes), default=0)
    word = broadest_word([head, *(box.text for box in boxes)])
    if grid.numeric[index]:
        figures = max((_room(box) for box in boxes if isinstance(box.value, Quantity)), default=0)
        head_on_two_lines = breadth(head) / 2 + 1.5
        wide = max(figures, min(word, 13), min(broadest, 13), min(head_on_two_lines, 12), 5) + 1.0
        return Width(wide, wide)
    if broadest <= _SHORT or any(box.state for box in boxes):
        wide = max(broadest, min(word, _SHORT)) + 1.0
        return Width(wide, wide)
    return _text_width([head, *(box.text for box in boxes)])


def _room(box: Box) -> float:
    return breadth(box.text) + (2.5 if box.state else 0) + (1.5 if box.note else 0)


def _column_heads(grid: Grid) -> list[str]:
    """Give the text that stands right over each column."""
    lower = iter(grid.heads[-1])
    return [
        head.text if len(grid.heads) == head.rows else next(lower).text
        for head in grid.heads[0][1:]
        for _ in range(head.columns)
    ]


def broadest_word(texts: Iterable[str]) -> float:
    """Give the breadth of the longest word, in widths of a digit."""
    return max((breadth(word) for text in texts for word in text.split()), default=0)


def _text_width(texts: Sequence[str]) -> Width:
    """Give a width that grows with the root of what the column says, so that all its columns wrap about as much."""
    mean = sum(map(breadth, texts)) / len(texts)
    broadest = max(map(breadth, texts))
    least = min(broadest_word(texts), LONGEST_WORD) + 1.0
    return Width(max(min(broadest, 12), least, min(broadest, 6 * (mean**0.5))) + 1.0, least)
