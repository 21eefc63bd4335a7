"""One row of a statement: every figure with where it came from, from the total to its rows, and on to entries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from django.http import Http404

from uppsikt.checks import check_tables
from uppsikt.core.errors import TableError
from uppsikt.core.findings import Finding
from uppsikt.core.tables import Cell, Column, Row, RowRole, Table, select
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import Statement
from uppsikt.web.economy.selectors.sheets import Line, Sheet, sheet_of
from uppsikt.web.economy.selectors.sums import SumCheck, sum_checks
from uppsikt.web.economy.selectors.tables import tables_of
from uppsikt.web.economy.selectors.unfolding import Unfolding, unfolding_of
from uppsikt.web.organisation.gate import reach


@dataclass(frozen=True)
class RowPage:
    """A row with its figures. ``parts`` are the rows that its sum adds, or that hang under it."""

    table: Table
    row: Row
    line: Line
    figures: tuple[tuple[Column, Cell], ...]
    parts: Sheet | None
    sums: tuple[SumCheck, ...]
    unfolding: Unfolding | None
    findings: tuple[Finding, ...]


def row_page(here: Here, statement_key: str, row_key: str) -> RowPage:
    """Gather a row's page; an unknown statement or row is a Swedish 404.

    Five queries, and ten more with what the ledger answers where the row's figures are sums of entries.
    """
    found = reach(here.actor, Statement).filter(reporting_date=here.reporting_date, key=statement_key)
    statement = found.select_related("unit", "reporting_date", "source").first()
    if statement is None:
        raise Http404(f"Det finns ingen sammanställning ”{statement_key}” för {here.reporting_date.name}.")
    (table,) = tables_of(here.actor, [statement], here.unit.slug)
    try:
        row = table.row(row_key)
    except TableError as error:
        raise Http404(f"Det finns ingen rad ”{row_key}” i {table.title}.") from error
    sheet = sheet_of(here, table)
    return RowPage(
        table=table,
        row=row,
        line=next(line for line in sheet.lines if line.row == row),
        figures=tuple(
            (column, table.cells[row.key, column.key])
            for column in table.columns
            if (row.key, column.key) in table.cells
        ),
        parts=_parts(here, table, row),
        sums=tuple(check for check in sum_checks(table) if check.row == row),
        unfolding=unfolding_of(here, statement, table, row),
        findings=tuple(finding for finding in check_tables([table]) if finding.place.row == row.key),
    )


def _parts(here: Here, table: Table, row: Row) -> Sheet | None:
    """Give the rows that make the row, and the row itself last, as printed."""
    added = next((check.parts for check in sum_checks(table) if check.row == row), ())
    under = tuple(one for one in table.rows if one.parent == row.key and one.role is not RowRole.NOTE)
    keys = {one.key for one in (*added, *under)}
    if not keys:
        return None
    sheet = sheet_of(here, select(table, rows=keys | {row.key}))
    checked: dict[str, list[SumCheck]] = defaultdict(list)
    for check in sum_checks(table):  # of the whole table: a sum among the rows has its own rows elsewhere
        checked[check.row.key].append(check)
    lines = tuple(replace(line, sums=tuple(checked[line.row.key])) for line in sheet.lines)
    return replace(sheet, lines=lines)
