"""The reception of refugees: what is entered part by part, and what the ledger says of activity 600."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from uppsikt.core.economy import EntryKind
from uppsikt.core.economy.reception import coverage, total_of, uncovered
from uppsikt.core.economy.sides import Sides, sides_of
from uppsikt.core.quantities import KR, PERCENT, TKR, Missing, MissingReason, Quantity, Value, round_to
from uppsikt.core.tables import Cell, Column, ColumnRole, Row, RowRole, Table
from uppsikt.facts import Where
from uppsikt.web.cycle.here import Here
from uppsikt.web.ledger.selectors import entries_link, ledger_of, loaded, unit_codes
from uppsikt.web.organisation.gate import Act, may, reach
from uppsikt.web.staff.models import Reception

ACTIVITY = "600"  # SCB: flyktingmottagande


@dataclass(frozen=True)
class Line:
    """A part of the reception, or their sum; amounts in kronor."""

    name: str
    cost: Value
    compensation: Value
    stored: Reception | None = None
    link: str = ""

    @property
    def rest(self) -> Value:
        """Compensation − cost: below zero the municipality pays the rest."""
        return uncovered(self.cost, self.compensation)

    @property
    def coverage(self) -> Value:
        """Compensation in per cent of the cost."""
        return coverage(self.cost, self.compensation)


@dataclass(frozen=True)
class ReceptionPage:
    """What is entered with its sum, and what is booked on activity 600, each code for itself."""

    entered: tuple[Line, ...]
    total: Line | None
    booked: tuple[Line, ...]
    may_edit: bool

    @property
    def tables(self) -> tuple[Table, ...]:
        """What is entered with its sum, and what is booked, as Tables in tkr."""
        entered = _table("inlagt", _("Inlagt, hittills i år"), (*self.entered, *([self.total] if self.total else [])))
        booked = _table("redovisning", _("Enligt redovisningen, verksamhet 600"), self.booked)
        return tuple(one for one in (entered, booked) if one.rows)


_COLUMNS = (
    Column("cost", "Kostnad", ColumnRole.OUTCOME),
    Column("compensation", "Ersättning", ColumnRole.RECEIPTS),
    Column("rest", "Avvikelse", ColumnRole.DEVIATION),
    Column("coverage", "Täckningsgrad", ColumnRole.AMOUNT, unit=PERCENT),
)


def _table(key: str, title: str, lines: tuple[Line, ...]) -> Table:
    rows: list[Row] = []
    cells: dict[tuple[str, str], Cell] = {}
    for at, line in enumerate(lines):
        is_total = not line.name
        rows.append(
            Row(f"rad-{at}", line.name or _("Summa"), RowRole.SUM if is_total else RowRole.ITEM, link=line.link)
        )
        share = line.coverage
        told = (line.cost, line.compensation, line.rest, round_to(share, 1) if isinstance(share, Quantity) else share)
        cells |= {(f"rad-{at}", column.key): Cell(value) for column, value in zip(_COLUMNS, told, strict=True)}
    return Table(f"flyktingar-{key}", title, _COLUMNS, tuple(rows), cells, TKR)


def reception_page(here: Here) -> ReceptionPage:
    """Gather the reception of a unit in the year to the reporting date."""
    stored = reach(here.actor, Reception).filter(unit=here.unit, reporting_date=here.reporting_date)
    entered = tuple(Line(one.part, _kr(one.cost), _kr(one.compensation), one) for one in stored)
    sums = (total_of(tuple(one.cost for one in entered)), total_of(tuple(one.compensation for one in entered)))
    return ReceptionPage(
        entered,
        Line("", *sums) if entered else None,
        tuple(_booked(here)),
        may(here.actor, Act.REPORT, here.unit),
    )


def _kr(amount: Decimal | None) -> Value:
    return Missing(MissingReason.NO_DATA) if amount is None else Quantity(amount, KR)


def _booked(here: Here) -> Iterator[Line]:
    at = here.reporting_date
    first, last = at.year * 100 + 1, at.year * 100 + (at.on.month if at.on.year == at.year else 12)
    if loaded(here.actor).lacking(EntryKind.OUTCOME, at.year, last % 100) is not None:
        return
    codes = unit_codes(here.actor, here.unit, at.on)
    where = Where(kinds=frozenset({EntryKind.OUTCOME}), first=first, last=last, units=codes)
    found: dict[str, list[tuple[str, Decimal, int]]] = defaultdict(list)
    for one in ledger_of(here.actor).sums(("activity", "side"), where):
        if one.keys[0].startswith(ACTIVITY):
            found[one.keys[0]].append((one.keys[1], one.amount, one.rows))
    for code, parts in sorted(found.items()):
        told: Sides = sides_of(parts)
        link = entries_link(here, unit=here.unit, activity=code, first=first, last=last, side="netto")
        yield Line(code, told.costs, told.income, link=link)
