"""Makes the record of a review: what was read, what was found, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from uppsikt.checks import Binding, Checked
from uppsikt.checks.prose import around
from uppsikt.core.findings import Finding, Place
from uppsikt.core.passages import Passage
from uppsikt.core.quantities import Quantity, Unit
from uppsikt.core.tables import Cell, Column, Row, RowRole, Table
from uppsikt.documents.model import Box, Document, ReadTable
from uppsikt.review.naming import named
from uppsikt.review.record import (
    FORMAT,
    BindingRecord,
    BoxRecord,
    CellRecord,
    ColumnRecord,
    FindingRecord,
    Record,
    RowRecord,
    TableRecord,
)

BETWEEN = " / "  # headings of a section


def record_of(document: Document, checked: Checked, seconds: float) -> Record:
    """Give the record of a document and what the checks said of it; ``seconds`` is what the review took."""
    return {
        "document": {
            "name": document.name,
            "pages": document.pages,
            "seconds": round(seconds, 2),
            "kind": document.kind,
            "sizes": [[round(size.width, 1), round(size.height, 1)] for size in document.sizes],
            "remarks": list(document.remarks),
            "passages": len(document.passages),
        },
        "tables": [_table(read) for read in document.tables],
        "findings": named(_Findings(document).told(checked.findings)),
        "format": FORMAT,
        "bindings": [_binding(binding) for binding in checked.bindings],
    }


def plain(number: Decimal) -> str:
    """Write a number with a point and without exponent; zero has no sign.

    >>> plain(Decimal("-1.5E+4")), plain(Decimal("21.90")), plain(Decimal("-0"))
    ('-15000', '21.90', '0')
    """
    return f"{number if number else abs(number):f}"


def written(quantity: Quantity) -> str:
    """Write a quantity with the decimals that it was written with, and more only where they say something.

    >>> from uppsikt.core.quantities import TKR
    >>> written(Quantity(Decimal("-4445.0"), TKR, 0)), written(Quantity(Decimal("21.9"), TKR, 0))
    ('-4445', '21.9')
    """
    text, _, decimals = plain(quantity.number).partition(".")
    least = len(decimals) if quantity.decimals is None else max(quantity.decimals, 0)
    kept = decimals[:least] + decimals[least:].rstrip("0")
    return f"{text}.{kept}" if kept else text


def _table(read: ReadTable) -> TableRecord:
    table = read.table
    labels = {row.key: row.label for row in table.rows}
    return {
        "id": table.key,
        "page": read.page,
        "section": BETWEEN.join(read.section),
        "title": table.title,
        "unit": table.unit.symbol or None,
        "sign": table.sign.value,
        "columns": [_column(column) for column in table.columns],
        "rows": [_row(read, row, labels) for row in table.rows],
        "kind": read.kind,
        "inferred": [_concluded(table, one.where, one.text) for one in read.inferred],
    }


def _column(column: Column) -> ColumnRecord:
    return {
        "label": f"{column.group}: {column.label}" if column.group else column.label,
        "role": column.role.value,
        "year": column.period.year_number if column.period else None,
        "key": column.key,
        "period": column.period.key if column.period else None,
        "unit": column.unit.symbol if column.unit else None,
        "group": column.group,
    }


def _row(read: ReadTable, row: Row, labels: Mapping[str, str]) -> RowRecord:
    return {
        "label": row.label,
        "role": row.role.value,
        "parent": labels[row.parent] if row.parent is not None else None,
        "cells": [_cell(read, row, column) for column in read.table.columns],
        "key": row.key,
        "page": read.pages.get(row.key, read.page),
        "box": _box(read.boxes.get((row.key, ""))),
        "subject": row.subject,
        "measure": row.measure.value,
        "parent_key": row.parent,
    }


def _cell(read: ReadTable, row: Row, column: Column) -> CellRecord:
    cell: Cell = read.table.cell(row.key, column.key)
    made: CellRecord = {"raw": cell.raw, "number": None, "box": _box(read.boxes.get((row.key, column.key)))}
    if isinstance(cell.value, Quantity):
        own = read.table.unit_of(column)
        told = in_unit(cell.value, read.table.unit)
        number = made["number"] = written(told)
        if told.decimals != written_decimals(number):
            made["decimals"] = told.decimals
        if cell.value.unit != own:
            made["unit"] = cell.value.unit.symbol
    return made


def in_unit(quantity: Quantity, unit: Unit) -> Quantity:
    """Tell a quantity in a unit, or as it is where it cannot be told so."""
    return quantity.to(unit) if quantity.unit.converts_to(unit) else quantity


def written_decimals(number: str) -> int:
    """Count the decimals of a written number.

    >>> written_decimals("21.90"), written_decimals("-15000")
    (2, 0)
    """
    return len(number.partition(".")[2])


def _concluded(table: Table, where: str, text: str) -> str:
    """Give a conclusion with the words of the column or row that it is about."""
    kind, _, key = where.partition(":")
    if kind == "column":
        return f"Kolumnen ”{table.column(key).label}”: {text}"
    return f"Raden ”{table.row(key).label}”: {text}" if kind == "row" else text


def _box(box: Box | None) -> BoxRecord | None:
    if box is None:
        return None
    left, top, right, bottom = (round(side, 1) for side in (box.left, box.top, box.right, box.bottom))
    return {"page": box.page, "left": left, "top": top, "right": right, "bottom": bottom}


def _binding(binding: Binding) -> BindingRecord:
    passage = binding.passage
    return {
        "page": passage.page,
        "section": BETWEEN.join(passage.section),
        "text": passage.text,
        "number": written(binding.number),
        "target": binding.target,
        "agrees": binding.agrees,
        "passage": passage.key,
        "start": binding.start,
        "end": binding.end,
    }


class _Findings:
    """Tells findings in reading order, each with its place in the document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._tables = {read.table.key: read for read in document.tables}
        self._passages = {passage.key: passage for passage in document.passages}
        self._rows = {
            read.table.key: {row.key: number for number, row in enumerate(read.table.rows)} for read in document.tables
        }
        self._parents = {
            (read.table.key, row.key): parent for read in document.tables for row, parent in _parts(read.table)
        }

    def told(self, findings: Iterable[Finding]) -> Iterator[FindingRecord]:
        """Give each finding, then those that follow from it."""
        for finding in sorted(findings, key=lambda one: self._order(one.place)):
            yield self._record(finding, None)
            for below in finding.consequences:
                yield from self._below(below)

    def _below(self, finding: Finding) -> Iterator[FindingRecord]:
        yield self._record(finding, "")
        for below in finding.consequences:
            yield from self._below(below)

    def _order(self, place: Place) -> tuple[int, int]:
        passage = self._passages.get(place.passage)
        if passage is not None:
            return passage.order, 0
        read = self._tables.get(place.table)
        return (read.order, self._rows[place.table].get(place.row, 0)) if read else (0, 0)

    def _record(self, finding: Finding, cause: str | None) -> FindingRecord:
        place, read = finding.place, self._tables.get(finding.place.table)
        passage = self._passages.get(place.passage)
        stated, expected, difference = (
            in_unit(one, read.table.unit) if one and read else one
            for one in (finding.stated, finding.expected, finding.difference)
        )
        box = _place_box(self._document, place, read)
        return {
            "code": finding.code,
            "rule": finding.title,
            "table": place.table or None,
            "row": place.row_label or None,
            "column": place.column_label or None,
            "page": _page(place, read, passage, box),
            "stated": written(stated) if stated else None,
            "expected": written(expected) if expected else None,
            "difference": written(difference) if difference else None,
            "explained_by_rounding": finding.explained_by_rounding,
            "confidence": finding.confidence.value,
            "message": finding.message,
            "proposal": finding.proposal or None,
            "id": "",
            "place": BETWEEN.join(self._words(place, read, passage)),
            "cause": cause,
            "unit": (stated.unit.symbol or None) if stated else None,
            "parent": self._parents.get((place.table, place.row)),
            "row_key": place.row or None,
            "column_key": place.column or None,
            "passage": place.passage or None,
            "quote": place.quote or None,
            "text": passage.text if passage else None,
            "title": _title(place, read, passage),
            "box": _box(box),
            "dismissed": None,
            "facts": dict(finding.facts),
        }

    def _words(self, place: Place, read: ReadTable | None, passage: Passage | None) -> Iterator[str]:
        """Give the place in words: headings, title, and the rows down to the one that it is; or the text."""
        yield from read.section if read else passage.section if passage else ()
        yield place.title or (read.table.title if read else "")
        yield self._parents.get((place.table, place.row), "")
        yield from (place.row_label, place.column_label)
        if passage is not None:
            yield re.sub(r"\d+", "#", _words_around(passage.text, place.quote))


def _parts(table: Table) -> Iterator[tuple[Row, str]]:
    """Give the rows that are not known by their own label, with that of the row they are part of."""
    labels = {row.key: row.label for row in table.rows}
    for row in table.rows:
        if row.parent is not None and row.role in (RowRole.OF_WHICH, RowRole.BREAKDOWN):
            yield row, labels[row.parent]


def _words_around(text: str, quote: str) -> str:
    """Give the words that are about and near it: a text that is mended elsewhere is still the same place."""
    start = max(text.find(quote), 0)
    return around(text, start, start + len(quote))


def _title(place: Place, read: ReadTable | None, passage: Passage | None) -> str:
    if read:
        return read.table.title
    return place.title or (passage.section[-1] if passage and passage.section else "")


def _page(place: Place, read: ReadTable | None, passage: Passage | None, box: Box | None) -> int | None:
    if passage is not None and passage.page is not None:
        return passage.page
    if box is not None:
        return box.page
    return read.pages.get(place.row, read.page) if read else place.page


def _place_box(document: Document, place: Place, read: ReadTable | None) -> Box | None:
    if place.passage in document.boxes:
        return document.boxes[place.passage]
    if read is None:
        return None
    return read.boxes.get((place.row, place.column)) or read.boxes.get((place.row, ""))
