"""From the figures of a row to the entries of the ledger: how many, what they come to, and whether it agrees.

Only pages that unfold ask the ledger, in a fixed number of questions. A figure that is not the sum of entries (a
forecast, a plan, a note) is passed over; one whose months are not loaded says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from uppsikt.core.economy.unfolding import Agreement, Behind, behind, deviation_terms
from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import Column, ColumnRole, Row, Table
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import Statement
from uppsikt.web.economy.selectors.booked import AccountLine, Asker, Booked, agreement_of
from uppsikt.web.economy.selectors.organisation import listed
from uppsikt.web.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class Deviation:
    """A deviation and its two terms as booked, in kronor: ``plus`` − ``minus``, so that what is good is above zero."""

    column: Column
    plus: Booked
    minus: Booked
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
    # The reception of refugees is told of the whole municipality, whoever reports it.
    unit = "" if statement.kind == Statement.Kind.RECEPTION else statement.unit.slug
    at = statement.reporting_date.on
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
        sources=asker.sources(found[key] for key in known) if known else (),
        without=asker.told_beside(found[known[0]]) if known else (),
    )


def _deviations(
    table: Table, row: Row, figures: Mapping[str, Booked], found: Mapping[str, Behind]
) -> Iterator[Deviation]:
    """Give the deviations whose both terms the ledger tells."""
    for column in table.columns_of(ColumnRole.DEVIATION):
        terms = deviation_terms(table, column, {key: one for key, one in found.items() if not figures[key].lacking})
        if terms is None:
            continue
        plus, minus = (figures[key] for key in terms)
        if isinstance(plus.amount, Quantity) and isinstance(minus.amount, Quantity):
            booked = plus.amount - minus.amount
            yield Deviation(column, plus, minus, agreement_of(table.value(row.key, column.key), booked))
