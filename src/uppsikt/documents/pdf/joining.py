"""Puts the pages of a document together: a table whose tags say that it goes on becomes one."""

from __future__ import annotations

from dataclasses import replace

from uppsikt.documents.model import Grid, GridCell, GridRow
from uppsikt.documents.pdf.layout import Laid
from uppsikt.documents.pdf.lines import Line
from uppsikt.documents.pdf.tags import Path


class Joiner:
    """Collects lines and tables of all pages in reading order."""

    def __init__(self) -> None:
        self.items: list[Line | Grid] = []
        self._open: dict[Path, tuple[int, Path]] = {}  # tagged tables of the page before: where, and the last row

    def add(self, laid: Laid) -> None:
        """Add a page. Of a table that goes on only the rows are added, to the part before the page break."""
        still_open: dict[Path, tuple[int, Path]] = {}
        for item in laid.items:
            tagged = laid.tagged.get(id(item))
            if not isinstance(item, Grid) or tagged is None:
                self.items.append(item)
                continue
            before = self._open.get(tagged.path)
            known = self.items[before[0]] if before is not None else None
            if before is not None and isinstance(known, Grid) and known.width == item.width and not laid.turn.turns:
                rows = _without_repeated(known.rows, item.rows)
                same_row = len(rows) == len(item.rows) and tagged.paths[0] == before[1]
                self.items[before[0]] = replace(known, rows=_with(known.rows, rows, same_row=same_row))
                place = before[0]
            else:
                self.items.append(item)
                place = len(self.items) - 1
            still_open[tagged.path] = (place, tagged.paths[-1])
        self._open = still_open


def _without_repeated(rows: tuple[GridRow, ...], more: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    """Leave out the header rows that the next page repeats."""
    repeated = 0
    for one, two in zip(rows, more, strict=False):
        if not two.header or [cell.text for cell in one.cells] != [cell.text for cell in two.cells]:
            break
        repeated += 1
    return more[repeated:]


def _with(rows: tuple[GridRow, ...], more: tuple[GridRow, ...], *, same_row: bool) -> tuple[GridRow, ...]:
    """Add the rows of the next page; the first goes on with the last when the page break splits a row."""
    if not same_row or not more:
        return rows + more
    cells = {cell.column: cell for cell in rows[-1].cells}
    for cell in more[0].cells:
        known = cells.get(cell.column)
        cells[cell.column] = cell if known is None else _longer(known, cell)
    return (*rows[:-1], replace(rows[-1], cells=tuple(cells[column] for column in sorted(cells))), *more[1:])


def _longer(cell: GridCell, rest: GridCell) -> GridCell:
    return replace(cell, text=f"{cell.text}\n{rest.text}", marks=cell.marks + rest.marks)
