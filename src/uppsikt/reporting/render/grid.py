"""A table as it is laid out: what stands in each cell of the page, the same for web, paper and Word.

Here is decided how a value is written, which cells are states, how deep a row is set, which column
heads stand over several columns, and how notes are numbered. A renderer only draws it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from uppsikt.core.quantities import Missing, MissingReason, Quantity, Value, missing_text
from uppsikt.core.states import GoalState, WorkState
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Table, shown

LABEL_HEAD = "Benämning"  # the head of the row labels
STATES = frozenset({*(state.value for state in GoalState), *(state.value for state in WorkState)})
_WORDED = (ColumnRole.TEXT, ColumnRole.STATE)
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


def widths(grid: Grid) -> tuple[float, ...]:
    """Give the width that each column wants, label column first, in widths of a digit.

    A column of figures gets room for its longest figure and for most words of its head. A column of
    words gets room after how much it says, within bounds: long texts wrap.
    """
    labels = [line.row.label for line in grid.lines]
    wanted = [_text_width([*labels, LABEL_HEAD], low=14, high=44)]
    last_heads = _column_heads(grid)
    for index, numeric in enumerate(grid.numeric):
        texts = [line.boxes[index].text for line in grid.lines]
        head = last_heads[index]
        if numeric:
            figures = max((len(line.boxes[index].text) + bool(line.boxes[index].note) for line in grid.lines
                           if isinstance(line.boxes[index].value, Quantity)), default=0)  # fmt: skip
            wanted.append(max(figures + 1.5, min(_longest_word([*texts, head]), 13) + 1.5, 6))
        else:
            wanted.append(_text_width([*texts, head], low=9, high=40))
    return tuple(wanted)


def _column_heads(grid: Grid) -> list[str]:
    """Give the text that stands right over each column."""
    if len(grid.heads) == 1:
        return [head.text for head in grid.heads[0][1:]]
    lower = iter(grid.heads[1])
    return [
        head.text if head.rows == 2 else next(lower).text
        for head in grid.heads[0][1:]
        for _ in range(head.columns)
    ]  # fmt: skip


def _longest_word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0)


def _text_width(texts: Sequence[str], *, low: float, high: float) -> float:
    """Give a width at which most of the texts stand on one to three lines."""
    lengths = sorted(len(text) for text in texts)
    most = lengths[(len(lengths) - 1) * 9 // 10]
    longest = lengths[-1]
    return max(low, min(high, max(min(most, 30.0), longest / 3, _longest_word(texts)) + 2))
