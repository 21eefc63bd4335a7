"""How a unit's frame came about: dated decisions, transfers with their mirror images, plan years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from uppsikt.core import economy
from uppsikt.core.quantities import TKR, Quantity, Value, sum_interval
from uppsikt.core.tables import ColumnRole, Measure, RowRole, Table, sum_cells
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.models import FrameEntry, Statement
from uppsikt.web.economy.selectors.figures import own_row, total_row
from uppsikt.web.economy.selectors.frame_state import (
    AsOf,
    FrameAsOf,
    core_entry,
    decided_by,
    in_tkr,
    standing,
    state_of,
)
from uppsikt.web.economy.selectors.pages import Elsewhere, elsewhere
from uppsikt.web.economy.selectors.sheets import Sheet, sheet_of
from uppsikt.web.economy.selectors.statements import Told, told_at
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Financing, Unit

Kind = FrameEntry.Kind
PLAN_YEARS = 5  # a committee's plan reaches at most so many years after the budget year (2024: five)
_TOLD_IN = (Statement.Kind.FRAME, Statement.Kind.BY_UNIT, Statement.Kind.BUDGET)


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One change of the frame: why, by which decision, with whom, and how much in each of the page's years.

    ``after`` is what the frame of the first year comes to with this line and all before it.
    ``mirror`` is what the counterpart's own entries say in the first year, of a transfer.
    """

    pk: int
    kind: str
    purpose: str
    decision: Decision | None
    point: int | None
    counterpart: Unit | None
    amounts: tuple[Quantity | None, ...]
    after: Value
    mirror: Quantity | None
    printed: str
    on: date | None = None
    financing: str = ""

    @property
    def is_mirrored(self) -> bool:
        """Say whether giver and receiver tell the same transfer, in the first year it runs."""
        own = next((one for one in self.amounts if one is not None), None)
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
    """How much of the frame the statement gives to the units: ``left`` is negative when it gives more than there is.

    ``is_rounding`` says that the printed amounts were rounded so that they may well be the frame exactly.
    """

    given: Quantity
    frame: Quantity
    table: Table
    is_rounding: bool = False

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
    """The frame of a unit from the reporting year on, as of a day or a decision.

    ``states`` are the frames of ``years``; ``as_of`` is the newest decision in the first of them. ``later`` are
    changes that were decided after what is shown, ``replaced`` those that a newer budget stands in the place of.
    ``choices`` are the decisions that have changed the frame.
    """

    years: tuple[int, ...]
    lines: tuple[FrameLine, ...]
    states: tuple[FrameAsOf, ...]
    asked: AsOf
    choices: tuple[Decision, ...]
    later: tuple[FrameLine, ...]
    replaced: tuple[FrameLine, ...]
    withdrawn: tuple[FrameLine, ...]
    imbalances: tuple[str, ...]
    transfers: int
    printed: tuple[Printed, ...]
    spread: Spread | None
    sheets: tuple[Sheet, ...]
    elsewhere: Elsewhere | None

    @property
    def totals(self) -> tuple[Value, ...]:
        """The frame of each year."""
        return tuple(one.amount for one in self.states)

    @property
    def as_of(self) -> Decision | None:
        """The newest decision in the frame of the first year."""
        return self.states[0].decision if self.states else None


def frame_page(here: Here, asked: AsOf = None) -> FramePage:
    """Gather the page: every entry of the municipality from the reporting year on, and what the documents print."""
    first = here.reporting_date.year
    stored = tuple(standing(here.actor).filter(year__gte=first, year__lte=first + PLAN_YEARS))
    own = [one for one in stored if one.unit_id == here.unit.pk]
    years = _years(own, first)
    own = [one for one in own if one.year in years]
    known = decided_by(own, asked)
    counting = _counting(known)
    states = tuple(state_of(here.unit, year, own, asked) for year in years)
    told = told_at(here.actor, here.unit, here.reporting_date, _TOLD_IN)
    decided = {one.year: one.amount for one in states}
    frames = told.of(Statement.Kind.FRAME)
    entries = [core_entry(one) for one in stored if one.year in years]
    names = {side.slug: side.name for one in stored for side in (one.unit, one.counterpart) if side}
    show = _Lines(stored, years)
    return FramePage(
        years=years,
        lines=show.of(counting),
        states=states,
        asked=asked,
        choices=_decisions(own),
        later=show.of([one for one in own if one not in known]),
        replaced=show.of([one for one in known if one not in counting]),
        withdrawn=show.of(_withdrawn(here, first)),
        imbalances=tuple(economy.imbalance_sentence(one, names) for one in economy.transfers_balance(entries)),
        transfers=sum(one.kind == Kind.TRANSFER and one.amount > 0 for one in stored),
        printed=tuple(_printed(frames, decided)),
        spread=_spread(here, told, decided.get(first)),
        sheets=tuple(sheet_of(here, table) for table in frames),
        elsewhere=None if own or frames else elsewhere(here, Statement.Kind.FRAME),
    )


def _years(own: Iterable[FrameEntry], first: int) -> tuple[int, ...]:
    """Give the reporting year and its plan years; a year that has since got a budget of its own is left to itself."""
    budgets = {one.year for one in own if one.kind == Kind.DECIDED and one.on and one.on.year > first}
    return tuple(year for year in sorted({one.year for one in own}) if year == first or year not in budgets)


def _counting(known: Sequence[FrameEntry]) -> list[FrameEntry]:
    """Give the entries that make the frame: those that no newer decided budget stands in the place of."""
    pairs = [(one, core_entry(one)) for one in known]
    counted = {id(one) for year in {one.year for one in known} for one in economy.counted([e for _, e in pairs], year)}
    return [one for one, entry in pairs if id(entry) in counted]


def _decisions(own: Iterable[FrameEntry]) -> tuple[Decision, ...]:
    found = {one.decision_point.decision for one in own if one.decision_point}
    return tuple(sorted(found, key=lambda one: (one.on, one.paragraph), reverse=True))


def _withdrawn(here: Here, first: int) -> list[FrameEntry]:
    found = reach(here.actor, FrameEntry).filter(unit=here.unit, withdrawn=True, year__gte=first)
    return list(found.select_related("unit", "counterpart", "decision_point__decision", "source"))


class _Lines:
    """Gathers the entries of one change over the years into one line, in the order they were decided."""

    def __init__(self, stored: Iterable[FrameEntry], years: tuple[int, ...]) -> None:
        self._mirrors = _mirrors(stored)
        self._years = years

    def of(self, own: Sequence[FrameEntry]) -> tuple[FrameLine, ...]:
        """Give the lines of some of the unit's entries."""
        groups: dict[tuple[object, ...], list[FrameEntry]] = defaultdict(list)
        for one in sorted(own, key=_place):
            groups[one.kind, one.purpose, one.counterpart_id, one.decision_point_id].append(one)
        running: list[economy.FrameEntry] = []
        lines = []
        for entries in groups.values():
            running += [core_entry(one) for one in entries]
            lines.append(self._line(entries, running))
        return tuple(lines)

    def _line(self, entries: Sequence[FrameEntry], running: Sequence[economy.FrameEntry]) -> FrameLine:
        head = entries[0]
        by_year = {one.year: in_tkr(one.amount) for one in entries}
        return FrameLine(
            pk=head.pk,
            kind=head.get_kind_display(),
            purpose=head.purpose,
            decision=head.decision_point.decision if head.decision_point else None,
            point=head.decision_point.number if head.decision_point else None,
            counterpart=head.counterpart,
            amounts=tuple(by_year.get(year) for year in self._years),
            after=economy.frame_of(running, self._years[0], unit=head.unit.slug),
            mirror=self._mirrors.get((head.unit_id, head.counterpart_id, head.year, head.purpose)),
            printed=f"{head.source.title}, {head.source_table}, {head.source_row}" if head.source else "",
            on=head.on,
            financing=head.financing,
        )


def _place(one: FrameEntry) -> tuple[bool, date, int, int]:
    """Place the decided budget first and then the changes of it as they were decided."""
    number = one.decision_point.number if one.decision_point else 0
    return one.kind != Kind.DECIDED, one.on or date.max, number, one.pk


def _mirrors(stored: Iterable[FrameEntry]) -> Mapping[tuple[int | None, int | None, int, str], Quantity]:
    """Give what the other side of each transfer says: by (unit, counterpart, year, purpose) of this side."""
    found: dict[tuple[int | None, int | None, int, str], Quantity] = {}
    for one in stored:
        if one.kind == Kind.TRANSFER:
            place = (one.counterpart_id, one.unit_id, one.year, one.purpose)
            amount = in_tkr(one.amount)
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
            return Spread(given.to(TKR), frame, table, _is_rounding(table, rows, budget.key, frame))
    return None


def _is_rounding(table: Table, rows: Sequence[str], column: str, frame: Quantity) -> bool:
    """Say whether the rows, as they were rounded when they were printed, may be the frame exactly."""
    parts = [table.value(row, column) for row in rows]
    return frame.number in sum_interval(parts, TKR)


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
