"""How a unit's frame came about: dated decisions, transfers with their mirror images, plan years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.core import economy
from uppsikt.core.quantities import TKR, Quantity, Value
from uppsikt.core.tables import ColumnRole, Measure, RowRole, Table, sum_cells
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.models import FrameEntry, Statement
from uppsikt.web.economy.selectors.figures import own_row, total_row
from uppsikt.web.economy.selectors.pages import Elsewhere, elsewhere
from uppsikt.web.economy.selectors.sheets import Sheet, sheet_of
from uppsikt.web.economy.selectors.statements import Told, told_at
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Financing, Unit

Kind = FrameEntry.Kind
_TOLD_IN = (Statement.Kind.FRAME, Statement.Kind.BY_UNIT, Statement.Kind.BUDGET)


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One change of the frame: why, by which decision, with whom, and how much in each of the page's years.

    ``after`` is what the frame of the first year comes to with this line and all before it.
    ``mirror`` is what the counterpart's own entries say in the first year, of a transfer.
    """

    kind: str
    purpose: str
    decision: Decision | None
    point: int | None
    counterpart: Unit | None
    amounts: tuple[Quantity | None, ...]
    after: Value
    mirror: Quantity | None
    printed: str

    @property
    def is_mirrored(self) -> bool:
        """Say whether giver and receiver tell the same transfer."""
        own = self.amounts[0]
        return own is not None and self.mirror is not None and not (own + self.mirror).number


@dataclass(frozen=True, slots=True)
class Printed:
    """A frame as a document prints it for a year, beside the sum of the decisions."""

    year: int
    table: Table
    printed: Quantity
    decided: Quantity

    @property
    def difference(self) -> Quantity:
        """Printed minus decided."""
        return self.printed - self.decided


@dataclass(frozen=True, slots=True)
class Spread:
    """How much of the frame the statement gives to the units: ``left`` is negative when it gives more than there is."""

    given: Quantity
    frame: Quantity
    table: Table

    @property
    def left(self) -> Quantity:
        """The frame minus what the units are given."""
        return self.frame - self.given

    @property
    def over(self) -> Quantity:
        """What the units are given minus the frame."""
        return self.given - self.frame


@dataclass(frozen=True)
class FramePage:
    """The frame of a unit from the reporting year on. ``as_of`` is the newest decision in it."""

    years: tuple[int, ...]
    lines: tuple[FrameLine, ...]
    totals: tuple[Value, ...]
    as_of: Decision | None
    imbalances: tuple[economy.Imbalance, ...]
    transfers: int
    printed: tuple[Printed, ...]
    spread: Spread | None
    sheets: tuple[Sheet, ...]
    elsewhere: Elsewhere | None


def frame_page(here: Here) -> FramePage:
    """Gather the page: every entry of the municipality from the reporting year on, and what the documents print."""
    first = here.reporting_date.year
    stored = tuple(
        reach(here.actor, FrameEntry)
        .filter(year__gte=first)
        .select_related("unit", "counterpart", "decision_point__decision", "source")
        .order_by("decision_point__decision__on", "pk")
    )
    entries = [_core(one) for one in stored]
    own = [one for one in stored if one.unit_id == here.unit.pk]
    years = tuple(sorted({one.year for one in own}))
    totals = tuple(economy.frame_of(entries, year, unit=here.unit.slug) for year in years)
    told = told_at(here.actor, here.unit, here.reporting_date, _TOLD_IN)
    decided = dict(zip(years, totals, strict=True))
    decisions = [one.decision_point.decision for one in own if one.decision_point]
    frames = told.of(Statement.Kind.FRAME)
    return FramePage(
        years=years,
        lines=tuple(_lines(own, stored, years)),
        totals=totals,
        as_of=max(decisions, key=lambda one: (one.on, one.paragraph), default=None),
        imbalances=economy.transfers_balance(entries),
        transfers=sum(one.kind == Kind.TRANSFER and one.amount > 0 for one in stored),
        printed=tuple(_printed(frames, decided)),
        spread=_spread(here, told, decided.get(first)),
        sheets=tuple(sheet_of(here, table) for table in frames),
        elsewhere=None if own or frames else elsewhere(here, Statement.Kind.FRAME),
    )


def _core(stored: FrameEntry) -> economy.FrameEntry:
    return economy.FrameEntry(
        unit=stored.unit.slug,
        year=stored.year,
        amount=_tkr(stored.amount),
        kind=economy.FrameKind(stored.kind),
        counterpart=stored.counterpart.slug if stored.counterpart else "",
        decided_on=_decided_on(stored),
    )


def _decided_on(stored: FrameEntry) -> date | None:
    return stored.decision_point.decision.on if stored.decision_point else None


def _tkr(amount: Decimal) -> Quantity:
    """Give an amount in tkr, exact; the zeros that the database adds are taken away."""
    whole = amount.to_integral_value()
    return Quantity(whole if whole == amount else amount.normalize(), TKR)


def _lines(own: Sequence[FrameEntry], stored: Iterable[FrameEntry], years: tuple[int, ...]) -> Iterable[FrameLine]:
    """Gather the entries of one change over the years into one line, in the order they were decided."""
    groups: dict[tuple[object, ...], list[FrameEntry]] = defaultdict(list)
    for one in sorted(own, key=_place):
        groups[one.kind, one.purpose, one.counterpart_id, one.decision_point_id].append(one)
    running: list[economy.FrameEntry] = []
    mirrors = _mirrors(stored)
    for entries in groups.values():
        head = entries[0]
        running += [_core(one) for one in entries]
        by_year = {one.year: _tkr(one.amount) for one in entries}
        yield FrameLine(
            kind=head.get_kind_display(),
            purpose=head.purpose,
            decision=head.decision_point.decision if head.decision_point else None,
            point=head.decision_point.number if head.decision_point else None,
            counterpart=head.counterpart,
            amounts=tuple(by_year.get(year) for year in years),
            after=economy.frame_of(running, years[0], unit=head.unit.slug),
            mirror=mirrors.get((head.unit_id, head.counterpart_id, years[0], head.purpose)),
            printed=f"{head.source.title}, {head.source_table}, {head.source_row}" if head.source else "",
        )


def _place(one: FrameEntry) -> tuple[bool, date, int, int]:
    """Place the decided budget first and then the changes of it as they were decided."""
    number = one.decision_point.number if one.decision_point else 0
    return one.kind != Kind.DECIDED, _decided_on(one) or date.max, number, one.pk


def _mirrors(stored: Iterable[FrameEntry]) -> Mapping[tuple[int | None, int | None, int, str], Quantity]:
    """Give what the other side of each transfer says: by (unit, counterpart, year, purpose) of this side."""
    found: dict[tuple[int | None, int | None, int, str], Quantity] = {}
    for one in stored:
        if one.kind == Kind.TRANSFER:
            place = (one.counterpart_id, one.unit_id, one.year, one.purpose)
            amount = _tkr(one.amount)
            found[place] = found[place] + amount if place in found else amount
    return found


def _printed(tables: Iterable[Table], decided: Mapping[int, Value]) -> Iterable[Printed]:
    for table in tables:
        total = total_row(table)
        for column in table.columns if total else ():
            year = column.period.year_number if column.period else 0
            value = table.value(total.key, column.key) if total else None
            frame = decided.get(year)
            if isinstance(value, Quantity) and isinstance(frame, Quantity):
                yield Printed(year, table, value, frame)


def _spread(here: Here, told: Told, frame: Value | None) -> Spread | None:
    """Add what the statement gives each frame-financed unit in the reporting year, and compare with the frame."""
    if not isinstance(frame, Quantity):
        return None
    year = here.reporting_date.year
    for table in told.of(Statement.Kind.BY_UNIT, Statement.Kind.BUDGET):
        own = own_row(table, here.unit.slug)
        rows = _given(here, table)
        budget = next(
            (c for c in table.columns_of(ColumnRole.BUDGET) if c.period and c.period.year_number == year), None
        )
        if budget is None or len(rows) < 2 or (own is not None and own.role is not RowRole.SUM):
            continue
        given = sum_cells(table, rows, budget.key)
        if isinstance(given, Quantity):
            return Spread(given.to(TKR), frame, table)
    return None


def _given(here: Here, table: Table) -> list[str]:
    """Give the rows that tell what a unit paid by the frame is given."""
    paid_by_frame = {f"unit:{one.slug}" for one in here.units if one.financing == Financing.FRAME and one != here.unit}
    return [
        row.key
        for row in table.rows
        if row.parent is None
        and row.role is RowRole.ITEM
        and row.subject in paid_by_frame
        and row.measure is Measure.NET
    ]
