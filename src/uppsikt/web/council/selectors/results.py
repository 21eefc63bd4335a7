"""The result budget of a year in its versions, with plan years, and whether the budget holds Kommunallagen 11:5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from uppsikt.core.economy.balance_requirement import BudgetAnswer, budget_answer
from uppsikt.core.economy.result_budget import (
    ResultColumn,
    ResultLine,
    income_and_costs,
    result_of,
    result_table,
    tax_base,
)
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import TKR, Quantity, Value
from uppsikt.core.tables import ColumnRole, Table
from uppsikt.web.council.models import ResultBudget
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.selectors.frame_state import in_tkr
from uppsikt.web.history.selectors import last_change
from uppsikt.web.organisation.gate import Actor, reach

Version = ResultBudget.Version
_ROLES = {
    Version.BUDGET: ColumnRole.BUDGET,
    Version.FORECAST: ColumnRole.FORECAST,
    Version.OUTCOME: ColumnRole.OUTCOME,
}


@dataclass(frozen=True)
class ResultPage:
    """Every version of the year in one table; ``answer`` judges the budget, or ``refusal`` says why it cannot be."""

    table: Table | None
    versions: tuple[ResultBudget, ...]
    answer: BudgetAnswer | None
    refusal: str
    result: Value | None

    @property
    def has_examples(self) -> bool:
        """Say whether any of the figures are invented."""
        return any(one.is_example for one in self.versions)


def result_page(here: Here) -> ResultPage:
    """Gather the page; three queries."""
    year = here.reporting_date.year
    stored = tuple(
        reach(here.actor, ResultBudget).filter(year=year).select_related("decision").prefetch_related("lines")
    )
    if not stored:
        return ResultPage(None, (), None, "", None)
    order = list(Version)
    versions = tuple(sorted(stored, key=lambda one: order.index(Version(one.version))))
    columns = sorted((column for one in versions for column in _columns(one)), key=lambda one: one.year)
    table = result_table("resultatbudget", f"Resultatbudget {year}", columns, here.url("result_budget"))
    budget = next((one for one in versions if one.version == Version.BUDGET), None)
    answer, refusal = _judged(budget) if budget else (None, "")
    newest = versions[-1]
    return ResultPage(table, versions, answer, refusal, result_of(_amounts_of(newest, year)))


def _columns(stored: ResultBudget) -> Iterator[ResultColumn]:
    label = stored.get_version_display().capitalize()
    for year in sorted({stored.year, *(one.year for one in stored.lines.all())}):
        is_plan = year != stored.year
        role = ColumnRole.PLAN if is_plan else _ROLES[Version(stored.version)]
        words = f"Plan {year}" if is_plan else f"{label} {year}"
        yield ResultColumn(f"{role.value}-{year}", words, role, year, _amounts_of(stored, year))


def _judged(budget: ResultBudget) -> tuple[BudgetAnswer | None, str]:
    income, costs = income_and_costs(_amounts_of(budget, budget.year))
    try:
        return budget_answer(budget.year, income, costs, Quantity(budget.from_reserve, TKR), budget.reason), ""
    except UseError as refused:
        return None, str(refused)


def _amounts_of(stored: ResultBudget, year: int) -> dict[ResultLine, Value]:
    """Give the amounts of a year by line; its lines have been fetched."""
    return {ResultLine(one.line): in_tkr(one.amount) for one in stored.lines.all() if one.year == year}


def budget_stored(actor: Actor, year: int, version: str) -> tuple[ResultBudget | None, int]:
    """Give a stored version of a year and the number of its newest change (0: none)."""
    found = reach(actor, ResultBudget).filter(year=year, version=version).prefetch_related("lines").first()
    change = last_change(actor, found) if found else None
    return found, change.pk if change else 0


def tax_base_of(actor: Actor, year: int) -> Value | None:
    """Give taxes, general grants and equalisation of the newest version that tells them: outcome, forecast, budget."""
    stored = {one.version: one for one in reach(actor, ResultBudget).filter(year=year).prefetch_related("lines")}
    for version in reversed(list(Version)):
        if version in stored:
            found = tax_base(_amounts_of(stored[version], year))
            if isinstance(found, Quantity):
                return found
    return None


def result_stored(actor: Actor, year: int) -> Value | None:
    """Give the year's result of the newest version that tells it."""
    stored = {one.version: one for one in reach(actor, ResultBudget).filter(year=year).prefetch_related("lines")}
    for version in reversed(list(Version)):
        if version in stored:
            found = result_of(_amounts_of(stored[version], year))
            if isinstance(found, Quantity):
                return found
    return None
