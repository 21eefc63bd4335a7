"""More money for the tiny municipality: a helper that writes a statement as compactly as it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from uppsikt.core.quantities import Quantity, read_cell
from uppsikt.web.economy.models import Figure, Statement, StatementColumn, StatementRow
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor

Write = Callable[..., Statement]


@pytest.fixture
def write(tiny) -> Write:
    """Write a statement: columns as "role-period", rows as (key, role, unit, parent, cells as printed)."""

    def write_statement(
        kind: str,
        columns: str,
        rows: list[tuple[Any, ...]],
        *,
        unit: str = "kommunstyrelsen",
        at: str = "bokslut-2024",
        key: str = "",
        money_unit: str = "tkr",
        sign: str = "net_cost",
        source: bool = True,
    ) -> Statement:
        with recording(Actor(tiny.municipality.pk, "Inläsning"), why="Sammanställningen läggs in") as pen:
            statement = pen.create(
                Statement, unit=tiny.units[unit], reporting_date=tiny.dates[at], kind=kind, key=key or f"{kind}-x",
                title=f"Tabell {key or kind}", money_unit=money_unit, sign=sign, order=9,
                source=tiny.documents[at] if source else None, source_table="t99" if source else "",
            )  # fmt: skip
            made = [_column(pen, statement, order, name) for order, name in enumerate(columns.split())]
            _rows(tiny, pen, statement, made, rows)
        return statement

    return write_statement


def _column(pen, statement: Statement, order: int, name: str) -> StatementColumn:
    role, _, period = name.partition("-")
    label = f"{role} {period}".strip()
    return pen.create(
        StatementColumn, statement=statement, key=name, label=label, role=role, period=period, order=order
    )


def _rows(tiny, pen, statement: Statement, columns: list[StatementColumn], rows: list[tuple[Any, ...]]) -> None:
    by_key: dict[str, StatementRow] = {}
    for order, (key, role, unit, parent, cells) in enumerate(rows):
        measure = "" if role in ("heading", "note") else "net"
        row = pen.create(
            StatementRow, statement=statement, key=key, label=key.capitalize(), role=role, measure=measure,
            order=order, parent=by_key.get(parent), unit=tiny.units.get(unit),
        )  # fmt: skip
        by_key[key] = row
        for column, raw in zip(columns, cells, strict=True):
            if raw is None:
                continue
            read = read_cell(raw).value
            known = isinstance(read, Quantity)
            pen.create(
                Figure, row=row, column=column, raw=raw, number=read.number if known else None,
                decimals=read.decimals if known else None,
            )  # fmt: skip
