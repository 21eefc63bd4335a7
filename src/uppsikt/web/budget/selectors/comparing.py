"""Two versions side by side: per unit, per account group, and line by line where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from uppsikt.core.economy.budget_tree import Pair, by_group, compared
from uppsikt.core.periods import Period
from uppsikt.core.quantities import KR, Missing, MissingReason
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Sign, Table
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors.grids import identity
from uppsikt.web.budget.selectors.versions import first_day, kr, lines_of, tree_of
from uppsikt.web.cycle.here import Here

# Classes of Kommun-BAS, as a budget is usually summed.
GROUPS = {
    "3": "3 Intäkter", "4": "4 Bidrag och köpt verksamhet", "5": "5 Personal", "6": "6 Lokaler, varor och tjänster",
    "7": "7 Övriga kostnader", "8": "8 Finansiella poster",
}  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """Two versions compared, over all their years and in one of them.

    ``lines`` has only what differs in the year, and ``same`` counts the rest.
    """

    first: BudgetVersion
    second: BudgetVersion
    year: int
    years: Table
    units: Table
    groups: Table
    lines: Table | None
    same: int


def comparison(here: Here, first: BudgetVersion, second: BudgetVersion, year: int) -> Comparison:
    """Gather the comparison of a year; what differs most stands first."""
    every = [list(lines_of(here.actor, one)) for one in (first, second)]
    lines = [[line for line in both if line.year == year] for both in every]
    divisions = _divisions(here, first)
    names = {identity(line): f"{line.unit.name}: {line.label} ({line.account})" for both in lines for line in both}
    pairs = [
        compared(*(by_group((key(line), line.amount) for line in both) for both in lines))
        for key in (lambda line: divisions.get(line.unit_id, line.unit.name), _group)
    ]
    by_line = compared(*(by_group((identity(line), line.amount) for line in both) for both in lines))
    changed = [
        (names[key], pair) for key, pair in by_line.items() if pair.difference or None in (pair.first, pair.second)
    ]
    tables = _Tables(first, second, year)
    by_year = [by_group((line.year, line.amount) for line in both) for both in every]
    years = [(str(one), Pair(by_year[0].get(one), by_year[1].get(one))) for one in first.years]
    return Comparison(
        first, second, year,
        tables.over_years(years),
        tables.table("enheter", _("Per enhet"), list(pairs[0].items())),
        tables.table("konton", _("Per kontogrupp"), list(pairs[1].items())),
        tables.table("rader", _("Rader som skiljer"), changed, with_sum=False) if changed else None,
        len(by_line) - len(changed),
    )  # fmt: skip


def _divisions(here: Here, version: BudgetVersion) -> dict[int, str]:
    """Give, for each unit, the name of the nearest unit over it that people compare by: a division, or itself."""
    tree = tree_of(here.actor, version.unit, first_day(version))
    names: dict[int, str] = {}
    for unit in tree.units:
        above = tree.parents.get(unit.pk)
        is_team = unit.kind == "team" and above in names
        names[unit.pk] = names[above] if is_team and above is not None else unit.name
    return names


def _group(line: BudgetLine) -> str:
    return GROUPS.get(line.account[:1], line.account[:1])


class _Tables:
    """Makes tables with the two versions and what differs between them."""

    def __init__(self, first: BudgetVersion, second: BudgetVersion, year: int) -> None:
        self._names, self._year = (first.name, second.name), year

    def _columns(self, period: Period | None) -> tuple[Column, ...]:
        first, second = self._names
        return (
            Column("first", first, ColumnRole.BUDGET, period),
            Column("second", second, ColumnRole.BUDGET, period),
            Column("difference", _("Skillnad"), ColumnRole.CHANGE, period),
        )

    def table(self, key: str, title: str, pairs: Iterable[tuple[str, Pair]], *, with_sum: bool = True) -> Table:
        """Make a table of pairs, with their sum last."""
        made = self._made(f"{title} {self._year}", key, list(pairs), with_sum=with_sum)
        return replace(made, columns=self._columns(Period.year(self._year)))

    def over_years(self, pairs: list[tuple[str, Pair]]) -> Table:
        """Make the table of all years: what each comes to in both, net. Years are not added to each other."""
        return self._made(_("Nettokostnad per år"), "ar", pairs, with_sum=False)

    def _made(self, title: str, key: str, told: list[tuple[str, Pair]], *, with_sum: bool) -> Table:
        rows = [Row(f"r{place}", name) for place, (name, _pair) in enumerate(told)]
        cells: dict[tuple[str, str], Cell] = {}
        for place, (_name, pair) in enumerate(told):
            cells |= self._cells(f"r{place}", pair)
        if with_sum:
            rows.append(Row("sum", _("Nettokostnad"), RowRole.SUM))
            cells |= self._cells("sum", _whole([pair for _name, pair in told]))
        return Table(f"jamforelse-{key}", title, self._columns(None), tuple(rows), cells, KR, Sign.NET_COST)

    def _cells(self, row: str, pair: Pair) -> dict[tuple[str, str], Cell]:
        told = {"first": pair.first, "second": pair.second, "difference": pair.difference}
        absent = Missing(MissingReason.NOT_APPLICABLE, "–")
        return {(row, column): Cell(kr(amount) or absent) for column, amount in told.items()}


def _whole(pairs: list[Pair]) -> Pair:
    whole = [by_group((side, getattr(pair, side) or 0) for pair in pairs).get(side, 0) for side in ("first", "second")]
    return Pair(whole[0], whole[1])
