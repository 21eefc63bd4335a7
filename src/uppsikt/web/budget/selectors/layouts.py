"""How lines would lie over the months: shown before they are laid out again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from uppsikt.core.economy.budget_tree import summed
from uppsikt.core.quantities import KR
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Sign, Table
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors.versions import Tree, kr, lines_of
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Unit

Months = tuple[int, ...]


def lines_under(actor: Actor, version: BudgetVersion, tree: Tree, unit: Unit, year: int) -> list[BudgetLine]:
    """Give the lines of a unit and those under it in a year, in the order of the grid."""
    order = {one.pk: place for place, one in enumerate(tree.under(unit))}
    found = lines_of(actor, version, year).filter(unit__in=order)
    return sorted(found, key=lambda line: (order[line.unit_id], line.order, line.pk))


def layout_table(title: str, lines: Sequence[BudgetLine], months_of: Callable[[BudgetLine], Months]) -> Table:
    """Lay the months of lines beside each other, with what they make together and the year, in kr."""
    columns = (
        *(Column(f"m{month}", str(MONTHS_3[month]).capitalize(), ColumnRole.BUDGET) for month in MONTHS),
        Column("year", _("Året"), ColumnRole.BUDGET),
    )
    rows = [Row(f"r{line.pk}", f"{line.unit.name}: {line.label}") for line in lines]
    laid_out = {f"r{line.pk}": months_of(line) for line in lines}
    told = laid_out | {"sum": summed(laid_out.values(), len(MONTHS))}
    cells = {
        (row, column.key): Cell(amount)
        for row, months in told.items()
        for column, amount in zip(columns, map(kr, (*months, sum(months))), strict=True)
        if amount is not None
    }
    whole = Row("sum", _("Nettokostnad"), RowRole.SUM)
    return Table("fordelning", title, columns, (*rows, whole), cells, KR, Sign.NET_COST)
