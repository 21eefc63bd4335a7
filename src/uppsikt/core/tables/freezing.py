"""Turns a table into JSON and back, exactly: that is how the figures of a decided report are kept for ever.

Every field is written out, also where it has its default: a default may change, a decided report
may not. Numbers are text, because JSON's own numbers are not exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from uppsikt.core.errors import ReadingError
from uppsikt.core.periods import Period, parse_period
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Unit, Value
from uppsikt.core.tables.table import Cell, Column, ColumnRole, Measure, Origin, Row, RowRole, Sign, Table

FORMAT = 1


def to_json(table: Table) -> dict[str, Any]:
    """Give the table as lists, mappings, texts and whole numbers only, with the number of its format."""
    return {
        "format": FORMAT,
        "key": table.key,
        "title": table.title,
        "unit": _unit_out(table.unit),
        "sign": table.sign.value,
        "link": table.link,
        "source": table.source,
        "columns": [_column_out(column) for column in table.columns],
        "rows": [_row_out(row) for row in table.rows],
        "cells": [[row.key, column.key, _cell_out(cell)] for row, column, cell in table.filled()],
    }


def from_json(data: Mapping[str, Any]) -> Table:
    """Give back the table that ``to_json`` wrote; ReadingError when the format is another or broken."""
    if data.get("format") != FORMAT:
        raise ReadingError(
            f"Tabellen är sparad i format {data.get('format')!r} och det här programmet läser format {FORMAT}. "
            "Öppna den med den version av programmet som sparade den, eller uppgradera."
        )
    try:
        return _table_in(data)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise ReadingError(f"Den sparade tabellen {data.get('title')!r} är skadad ({error!r}).") from error


def _table_in(data: Mapping[str, Any]) -> Table:
    return Table(
        key=data["key"],
        title=data["title"],
        columns=tuple(_column_in(item) for item in data["columns"]),
        rows=tuple(_row_in(item) for item in data["rows"]),
        cells={(row, column): _cell_in(cell) for row, column, cell in data["cells"]},
        unit=_unit_in(data["unit"]),
        sign=Sign(data["sign"]),
        link=data["link"],
        source=data["source"],
    )


def _unit_out(unit: Unit) -> dict[str, str]:
    return {"symbol": unit.symbol, "base": unit.base, "factor": str(unit.factor)}


def _unit_in(data: Mapping[str, str]) -> Unit:
    return Unit(data["symbol"], data["base"], Decimal(data["factor"]))


def _column_out(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "label": column.label,
        "role": column.role.value,
        "period": column.period.key if column.period else None,
        "group": column.group,
        "unit": _unit_out(column.unit) if column.unit else None,
    }


def _column_in(data: Mapping[str, Any]) -> Column:
    return Column(
        key=data["key"],
        label=data["label"],
        role=ColumnRole(data["role"]),
        period=_period_in(data["period"]),
        group=data["group"],
        unit=_unit_in(data["unit"]) if data["unit"] is not None else None,
    )


def _period_in(key: str | None) -> Period | None:
    return None if key is None else parse_period(key)


def _row_out(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "label": row.label,
        "role": row.role.value,
        "parent": row.parent,
        "measure": row.measure.value,
        "subject": row.subject,
        "link": row.link,
    }


def _row_in(data: Mapping[str, Any]) -> Row:
    return Row(
        key=data["key"],
        label=data["label"],
        role=RowRole(data["role"]),
        parent=data["parent"],
        measure=Measure(data["measure"]),
        subject=data["subject"],
        link=data["link"],
    )


def _cell_out(cell: Cell) -> dict[str, Any]:
    return {
        "value": _value_out(cell.value),
        "raw": cell.raw,
        "note": cell.note,
        "origin": _origin_out(cell.origin) if cell.origin else None,
    }


def _cell_in(data: Mapping[str, Any]) -> Cell:
    origin = data["origin"]
    return Cell(_value_in(data["value"]), data["raw"], data["note"], _origin_in(origin) if origin else None)


def _value_out(value: Value) -> dict[str, Any]:
    if isinstance(value, Missing):
        return {"missing": value.reason.value, "text": value.text}
    return {"number": str(value.number), "unit": _unit_out(value.unit), "decimals": value.decimals}


def _value_in(data: Mapping[str, Any]) -> Value:
    if "missing" in data:
        return Missing(MissingReason(data["missing"]), data["text"])
    return Quantity(Decimal(data["number"]), _unit_in(data["unit"]), data["decimals"])


def _origin_out(origin: Origin) -> dict[str, Any]:
    return {
        "document": origin.document,
        "table": origin.table,
        "row": origin.row,
        "column": origin.column,
        "page": origin.page,
        "entered_by": origin.entered_by,
        "entered_at": origin.entered_at.isoformat() if origin.entered_at else None,
    }


def _origin_in(data: Mapping[str, Any]) -> Origin:
    entered_at = data["entered_at"]
    return Origin(
        document=data["document"],
        table=data["table"],
        row=data["row"],
        column=data["column"],
        page=data["page"],
        entered_by=data["entered_by"],
        entered_at=datetime.fromisoformat(entered_at) if entered_at else None,
    )
