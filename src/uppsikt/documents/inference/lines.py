"""The rows of a table with label, texts and looks, before anybody knows what they are to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from uppsikt.core.quantities import (
    COUNT,
    PERCENT,
    PLAIN,
    MissingReason,
    Quantity,
    Unit,
    read_cell,
)
from uppsikt.core.tables import Cell, ColumnRole, Row, RowRole
from uppsikt.documents.inference.columns import Columns
from uppsikt.documents.inference.labels import figure_of, is_figure, joined, label_of, value_of
from uppsikt.documents.inference.units import column_unit, row_unit
from uppsikt.documents.model import Box, GridCell, GridRow

_WORDS = (ColumnRole.TEXT, ColumnRole.STATE)
_NOT_ADDED = (*_WORDS, ColumnRole.TARGET)


@dataclass(frozen=True)
class Line:
    """A row as printed. ``cells`` by column key; ``figures`` are those that can be added."""

    key: str
    label: str
    printed: str  # the label with its marks
    cells: dict[str, Cell] = field(default_factory=dict)
    figures: dict[str, Quantity] = field(default_factory=dict)
    filled: bool = False  # something stands to the right of the label
    left: bool = False  # something stands to the left of the label
    bold: bool = False
    italic: bool = False
    indent: float = 0
    page: int | None = None
    boxes: dict[str, Box] = field(default_factory=dict)

    @property
    def numbers(self) -> dict[str, Decimal]:
        """The figures that can be added, as numbers."""
        return {key: figure.number for key, figure in self.figures.items()}


def lines_of(body: Sequence[GridRow], columns: Columns, unit: Unit, *, copy_down: bool) -> tuple[Line, ...]:
    """Read the rows; one that only goes on with the label above it is joined to that.

    ``copy_down``: an empty label means the one above (activities under an indicator).
    """
    told: list[Line] = []
    for row in body:
        line = _line(_in_place(row, columns), columns, unit)
        if not line.label and copy_down and told and line.filled:
            line = replace(line, label=told[-1].label)
        if _goes_on(line, told):
            told[-1] = _joined(told[-1], line)
        elif line.label or line.filled:
            told.append(line)
    return tuple(replace(line, key=f"r{number}") for number, line in enumerate(told, 1))


def _line(row: GridRow, columns: Columns, unit: Unit) -> Line:
    own = _cell_at(row, columns.label)
    printed = joined(own.text) if own else ""
    left = [joined(row.text(at)) for at in range(columns.label) if row.text(at).strip()]
    told = None if columns.unit is None else column_unit(row.text(columns.unit))
    own_unit = told or row_unit(printed, unit)
    cells = {
        column.key: _read(row, at, column.unit or own_unit)
        for column, at in zip(columns.columns, columns.places, strict=True)
        if at != columns.label and row.text(at).strip() and _cell_at(row, at) is not None
    }
    worded = {column.key for column in columns.columns if column.role in _WORDS}
    if not printed and left and set(cells) - worded:
        printed = left.pop()
        cells = {key: cell for key, cell in cells.items() if joined(cell.raw) != printed}
    looks = own or next((cell for cell in row.cells if cell.text.strip()), None)
    added = {column.key for column in columns.columns if column.role not in _NOT_ADDED and column.unit != PERCENT}
    return Line(
        "", label_of(printed), printed, cells,
        {key: figure for key, cell in cells.items() if key in added and (figure := _added(cell)) is not None},
        any(cell.text.strip() for cell in row.cells if cell.column > columns.label),
        bool(left), bool(looks and looks.bold), bool(looks and looks.italic), own.indent if own else 0, row.page,
        dict(_boxes(row, columns)),
    )  # fmt: skip


def _in_place(row: GridRow, columns: Columns) -> GridRow:
    """Move a row that was extracted a few columns aside back, so that its words stand where the labels stand.

    It is believed only where the cells that are pushed out are empty and figures come to stand under figures.
    """
    filled = sorted(cell.column for cell in row.cells if cell.text.strip())
    if _beside_notes(row, columns) and filled[-1] < max(columns.places):
        return _moved(row, 1, after=columns.label)
    if not filled or columns.label == 0 or any(cell.span > 1 for cell in row.cells):
        return row
    words = [cell.column for cell in row.cells if cell.text.strip() and not _is_value(cell.text)]
    last = max(columns.places, default=0)
    if _is_value(row.text(columns.label)) and words and max(words) < columns.label:
        step = columns.label - max(words)
        return _moved(row, step) if filled[-1] + step <= last else row
    first = next((at for at in columns.places if at > columns.label), None)
    figures = [at for at in filled if first is not None and at > first and _is_value(row.text(at))]
    aside = first in words and filled[0] > 0 and columns.label in words and figures
    return _moved(row, -1) if aside and _outcome(columns, first) else row


def _outcome(columns: Columns, place: int | None) -> bool:
    roles = {at: column.role for at, column in zip(columns.places, columns.columns, strict=True)}
    return place is not None and roles.get(place) not in _NOT_ADDED


def _is_value(text: str) -> bool:
    value = value_of(text)
    return isinstance(value, Quantity) or (value.reason is not MissingReason.TEXT and bool(text.strip()))


def _beside_notes(row: GridRow, columns: Columns) -> bool:
    """Say whether an amount stands in the column of the notes' numbers: its row was extracted one column aside."""
    notes = [at for at, one in zip(columns.places, columns.columns, strict=True) if one.label.casefold() == "not"]
    return any(is_figure(row.text(at)) and re.search(r"\d{3}|,\d", row.text(at)) for at in notes)


def _moved(row: GridRow, step: int, after: int = -1) -> GridRow:
    cells = (replace(cell, column=cell.column + step) if cell.column > after else cell for cell in row.cells)
    return replace(row, cells=tuple(cells))


def _added(cell: Cell) -> Quantity | None:
    return cell.value if isinstance(cell.value, Quantity) and cell.value.unit != PERCENT else None


def _cell_at(row: GridRow, at: int) -> GridCell | None:
    return next((cell for cell in row.cells if cell.column <= at < cell.column + cell.span), None)


def _read(row: GridRow, at: int, unit: Unit) -> Cell:
    """Read a cell; what stands beside its number, and the footnotes set high, are its note."""
    found = _cell_at(row, at)
    text = joined(found.text) if found else ""
    reading = read_cell(figure_of(text), unit)
    marks = "; ".join(f"fotnot {mark}" for mark in (found.marks if found else ()))
    return Cell(reading.value, text, "; ".join(part for part in (reading.note, marks) if part))


def _boxes(row: GridRow, columns: Columns) -> Iterator[tuple[str, Box]]:
    keys = {columns.label: ""} | {at: c.key for at, c in zip(columns.places, columns.columns, strict=True)}
    for cell in row.cells:
        if cell.box is not None and cell.column in keys:
            yield keys[cell.column], cell.box


def _goes_on(line: Line, told: Sequence[Line]) -> bool:
    """Say whether a row without figures only goes on with the text of the row above."""
    if not told:
        return False
    if not line.label:
        return not line.figures and all(not isinstance(cell.value, Quantity) for cell in line.cells.values())
    broken = told[-1].printed.endswith(("-", ",", " och", " samt", "/"))
    small = re.match(r"[a-zåäö(]", line.printed) is not None
    return small and broken and not line.filled


def _joined(above: Line, line: Line) -> Line:
    label = label_of(f"{above.printed}\n{line.printed}") if line.printed else above.label
    printed = joined(f"{above.printed}\n{line.printed}") if line.printed else above.printed
    cells = dict(above.cells)
    for key, cell in line.cells.items():
        known = cells.get(key)
        raw = f"{known.raw} {cell.raw}".strip() if known else cell.raw
        cells[key] = replace(known or cell, raw=raw, value=read_cell(figure_of(raw)).value if known else cell.value)
    return replace(above, label=label, printed=printed, cells=cells)


def with_units_of_wholes(lines: Sequence[Line], rows: Sequence[Row]) -> tuple[Line, ...]:
    """Give a part that names no unit that of its whole: "Flickor" under "Behöriga elever (%)" is a share too.

    Whether a number told for women and men is counted or a mean ("Antal sjukdagar") is left open.
    """
    by_key = {line.key: line for line in lines}
    parents = {row.key: row.parent for row in rows if row.role in (RowRole.BREAKDOWN, RowRole.OF_WHICH)}
    parted = {row.parent for row in rows if row.role is RowRole.BREAKDOWN}
    told = []
    for line in lines:
        whole = by_key.get(parents.get(line.key) or "", line)
        unit = row_unit(whole.printed, PLAIN)
        if unit == COUNT and whole.key in parted:
            told.append(_in_unit(line, COUNT, PLAIN))
        else:
            told.append(line if unit == PLAIN else _in_unit(line, PLAIN, unit))
    return tuple(told)


def _in_unit(line: Line, before: Unit, after: Unit) -> Line:
    cells = {
        key: replace(cell, value=replace(cell.value, unit=after))
        if isinstance(cell.value, Quantity) and cell.value.unit == before
        else cell
        for key, cell in line.cells.items()
    }
    return replace(line, cells=cells)
