"""Gives back the tables of a record, so that several documents can be compared long after they were read."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from uppsikt.core.periods import parse_period
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Unit, unit_of
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table
from uppsikt.review.making import in_unit, written_decimals
from uppsikt.review.record import CellRecord, ColumnRecord, Record, TableRecord


def tables_of(record: Record) -> Iterator[Table]:
    """Give the tables of a record, equal to those it was made from.

    Notes and origins of cells are not kept in a record, and a cell without a number is a text or blank.
    """
    for told in record["tables"]:
        yield _table(told, record["document"]["name"])


def _table(told: TableRecord, source: str) -> Table:
    unit = unit_of(told["unit"] or "")
    columns = tuple(_column(column) for column in told["columns"])
    cells = {
        (row["key"], column.key): _cell(cell, unit if column.unit is None else column.unit, unit)
        for row in told["rows"]
        for column, cell in zip(columns, row["cells"], strict=True)
        if cell["raw"] or cell["number"] is not None
    }
    return Table(
        key=told["id"],
        title=told["title"],
        columns=columns,
        rows=tuple(
            Row(
                key=row["key"],
                label=row["label"],
                role=RowRole(row["role"]),
                parent=row["parent_key"],
                measure=Measure(row["measure"]),
                subject=row["subject"],
            )
            for row in told["rows"]
        ),
        cells=cells,
        unit=unit,
        sign=Sign(told["sign"]),
        source=source,
    )


def _column(told: ColumnRecord) -> Column:
    group = told["group"]
    return Column(
        key=told["key"],
        label=told["label"].removeprefix(f"{group}: ") if group else told["label"],
        role=ColumnRole(told["role"]),
        period=parse_period(told["period"]) if told["period"] else None,
        group=group,
        unit=None if told["unit"] is None else unit_of(told["unit"]),
    )


def _cell(told: CellRecord, own: Unit, table: Unit) -> Cell:
    number = told["number"]
    if number is None:
        return Cell(Missing(MissingReason.TEXT, told["raw"]), told["raw"])
    unit = unit_of(told["unit"]) if "unit" in told else own
    written = table if unit.converts_to(table) else unit
    quantity = Quantity(Decimal(number), written, told.get("decimals", written_decimals(number)))
    return Cell(in_unit(quantity, unit), told["raw"])
