"""Which statements tell of a unit at a date, as stored objects and as Tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from uppsikt.core.tables import Table
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import Statement, StatementRow
from uppsikt.web.economy.selectors.tables import tables_about, tables_of
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit
from uppsikt.web.organisation.selectors import parents_on


@dataclass(frozen=True)
class Told:
    """The statements of a unit at a date and the Tables they make, in the order of the reports.

    Its own statements come whole, and so do those of the units under it. What is ``borrowed`` from a
    unit above comes as the part that is about this one, or whole when it is about nothing else.
    """

    unit: Unit
    statements: tuple[Statement, ...]
    tables: tuple[Table, ...]
    borrowed: frozenset[str]  # keys of those that belong to a unit above
    parts: frozenset[str]  # keys of those of them that are only a part

    def of(self, *kinds: str) -> tuple[Table, ...]:
        """Give the tables of these kinds: the unit's own and its part of those above, not those of units under it."""
        return tuple(
            table
            for statement, table in zip(self.statements, self.tables, strict=True)
            if statement.kind in kinds and (statement.unit_id == self.unit.pk or table.key in self.borrowed)
        )

    def everywhere(self, *kinds: str) -> tuple[Table, ...]:
        """Give the tables of these kinds, those of the units under it too."""
        pairs = zip(self.statements, self.tables, strict=True)
        return tuple(table for statement, table in pairs if statement.kind in kinds)

    def is_borrowed(self, table: Table) -> bool:
        """Say whether a table belongs to a unit above."""
        return table.key in self.borrowed

    def is_part(self, table: Table) -> bool:
        """Say whether a table is only the part of a statement that is about this unit."""
        return table.key in self.parts


@dataclass(frozen=True, slots=True)
class _Place:
    """A unit's place in the tree on a day."""

    under: frozenset[int]  # itself too
    above: frozenset[int]


def statements_at(actor: Actor, unit: Unit, reporting_date: ReportingDate) -> tuple[Statement, ...]:
    """Give the statements that tell of a unit at a date: its own, those of units under it, and those above that
    have rows about it. Two queries.
    """
    return _statements(actor, reporting_date, _place(parents_on(actor, reporting_date.on), unit.pk), None)


def tables_at(
    actor: Actor, unit: Unit, reporting_date: ReportingDate, kinds: Collection[str] | None = None
) -> tuple[Table, ...]:
    """Give the statements of ``statements_at`` as Tables, all or those of some kinds, in the same order.

    Six queries however many there are. Of a statement that belongs to a unit above, only the rows
    about this unit and those under it are kept.
    """
    return told_at(actor, unit, reporting_date, kinds).tables


def statement_table(actor: Actor, statement: Statement) -> Table:
    """Give one statement, whole, as a Table."""
    return tables_of(actor, [statement])[0]


def told_at(
    actor: Actor,
    unit: Unit,
    reporting_date: ReportingDate,
    kinds: Collection[str] | None = None,
    kinds_below: Collection[str] | None = None,
) -> Told:
    """Give the statements of a unit at a date together with their Tables. Six queries.

    ``kinds_below`` narrows further what is told of the units under it.
    """
    place = _place(parents_on(actor, reporting_date.on), unit.pk)
    near = {unit.pk, *place.above}
    statements = tuple(
        one
        for one in _statements(actor, reporting_date, place, kinds)
        if kinds_below is None or one.kind in kinds_below or one.unit_id in near
    )
    tables, parts = tables_about(actor, statements, unit.slug, place.under)
    borrowed = frozenset(one.key for one in statements if one.unit_id not in place.under)
    return Told(unit, statements, tables, borrowed, parts)


def _statements(
    actor: Actor, reporting_date: ReportingDate, place: _Place, kinds: Collection[str] | None
) -> tuple[Statement, ...]:
    about = reach(actor, StatementRow).filter(statement=OuterRef("pk"), unit__in=place.under)
    above = Q(unit__in=place.above) & Exists(about)
    found = reach(actor, Statement).filter(Q(unit__in=place.under) | above, reporting_date=reporting_date)
    if kinds is not None:
        found = found.filter(kind__in=kinds)
    return tuple(found.select_related("unit", "reporting_date", "source").order_by("order", "pk"))


def _place(parents: Mapping[int, int], unit: int) -> _Place:
    above: set[int] = set()
    at = parents.get(unit)
    while at is not None and at not in above:
        above.add(at)
        at = parents.get(at)
    under = {unit}
    grown = True
    while grown:
        more = {child for child, parent in parents.items() if parent in under} - under
        under |= more
        grown = bool(more)
    return _Place(frozenset(under), frozenset(above))
