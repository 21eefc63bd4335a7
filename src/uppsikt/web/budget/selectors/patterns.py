"""How last year's money lay over the months: what a budget that follows last year is laid out by."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.core.economy import EntryKind
from uppsikt.core.economy.budget_tree import summed
from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors.versions import first_day, tree_of
from uppsikt.web.ledger.selectors import monthly
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit

_MONTHS = range(1, 13)


def last_year_of(actor: Actor, version: BudgetVersion, unit: Unit) -> tuple[Decimal | int, ...]:
    """Give the twelve net costs of the unit the year before, in kr: the outcome, else the budget that was in force.

    Raises UseError where neither is known: nothing is guessed.
    """
    year = version.year - 1
    booked = monthly(actor, unit, year, EntryKind.OUTCOME)
    if len(booked) == len(_MONTHS):
        return tuple(booked[month].net.number for month in _MONTHS)
    under = tree_of(actor, version.unit, first_day(version)).under(unit)
    decided = reach(actor, BudgetLine).filter(
        version__unit=version.unit, version__year=year, version__kind="adopted", year=year, unit__in=under
    )
    months = summed([line.months for line in decided], len(_MONTHS))
    if not any(months):
        raise UseError(
            f"Det finns varken ett helt års utfall eller en fastställd budget för {unit.name} {year}. "
            "Välj tolftedelar, eller en annan fördelning."
        )
    return months
