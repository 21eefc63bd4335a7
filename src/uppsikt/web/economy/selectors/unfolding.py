"""From the figures of a row to the entries of the ledger: how many, what they come to, and whether it agrees.

Only pages that unfold ask the ledger, in a fixed number of questions. A figure that is not the sum of entries (a
forecast, a plan, a note) is passed over; one whose months are not loaded says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from uppsikt.core.economy.unfolding import Agreement, Behind, behind
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Column, ColumnRole, Row, Table
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import Statement
from uppsikt.web.economy.selectors.booked import AccountLine, Asker, Booked, agreement_of
from uppsikt.web.economy.selectors.organisation import listed
from uppsikt.web.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class Deviation:
    """A deviation and its two terms as booked, in kronor."""

    column: Column
    outcome: Booked
    budget: Booked
    agreement: Agreement | None


@dataclass(frozen=True)
class Unfolding:
    """The entries behind a row. ``without`` are the units under it that are told for themselves."""

    figures: tuple[Booked, ...]
    deviations: tuple[Deviation, ...]
    accounts: tuple[AccountLine, ...]
    sources: tuple[str, ...]
    without: tuple[Unit, ...]

    @property
    def known(self) -> tuple[Booked, ...]:
        """The figures that the ledger can tell."""
        return tuple(one for one in self.figures if not one.lacking)

    @property
    def lacking(self) -> tuple[Booked, ...]:
        """The figures that it cannot tell."""
        return tuple(one for one in self.figures if one.lacking)

    @property
    def without_in_words(self) -> str:
        """Name the units that are told for themselves, as a sentence does."""
        return listed(unit.name for unit in self.without)

    @property
    def sources_in_words(self) -> str:
        """Name the sources, as a sentence does."""
        return listed(self.sources)

    @property
    def is_synthetic(self) -> bool:
        """Say whether a source says that its entries are an example."""
        return any("exempel" in source.lower() for source in self.sources)


def unfolding_of(here: Here, statement: Statement, table: Table, row: Row) -> Unfolding | None:
    """Unfold a row of a statement; None when none of its figures is the sum of entries."""
    unit, at = statement.unit.slug, statement.reporting_date.on
    found = {one.key: told for one in table.columns if (told := behind(table, row, one, unit, at))}
    if not found:
        return None
    asker = Asker(here, at)
    figures = {key: asker.booked(table.column(key), table.value(row.key, key), one) for key, one in found.items()}
    known = [key for key, one in figures.items() if not one.lacking]
    accounts = tuple(asker.accounts([found[key] for key in known]))
    return Unfolding(
        figures=tuple(figures.values()),
        deviations=tuple(_deviations(table, row, figures, found)),
        accounts=accounts,
        sources=asker.sources if known else (),
        without=asker.told_beside(found[known[0]]) if known else (),
    )


def _deviations(
    table: Table, row: Row, figures: Mapping[str, Booked], found: Mapping[str, Behind]
) -> Iterator[Deviation]:
    """Give the deviations whose both terms the ledger tells: those of the same group of columns and the same year."""
    for column in table.columns_of(ColumnRole.DEVIATION):
        beside = [one for one in table.columns if one.group == column.group and one.period == column.period]
        outcome = _first(figures, beside, ColumnRole.OUTCOME, ColumnRole.EXPENDITURE)
        budget = _first(figures, beside, ColumnRole.BUDGET)
        if outcome is None or budget is None:
            continue
        first, second = (outcome, budget) if found[outcome.column.key].is_turned else (budget, outcome)
        printed = table.value(row.key, column.key)
        if isinstance(first.amount, Quantity) and isinstance(second.amount, Quantity):
            yield Deviation(column, outcome, budget, agreement_of(printed, first.amount - second.amount))


def _first(figures: Mapping[str, Booked], beside: Iterable[Column], *roles: ColumnRole) -> Booked | None:
    found = (figures[one.key] for one in beside if one.role in roles and one.key in figures)
    return next((one for one in found if not one.lacking), None)
