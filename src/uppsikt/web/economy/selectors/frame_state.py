"""What a frame is as of a decision, and whether transfers mirror each other: asked by every page that says "budget"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from uppsikt.core import economy
from uppsikt.core.periods import Period
from uppsikt.core.quantities import TKR, Missing, Quantity, Value
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table, sum_cells
from uppsikt.web.cycle.models import Decision
from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit, UnitKind

AsOf = date | Decision | None


@dataclass(frozen=True, slots=True)
class FrameAsOf:
    """A unit's frame of a year as of a day or a decision.

    ``amount`` is Missing while no budget is decided; ``decision`` is the newest that is included and ``day`` its
    day, which may be known where the paragraph is not. ``later`` counts what was decided after that.
    """

    unit: Unit
    year: int
    amount: Value
    as_of: AsOf = None
    decision: Decision | None = None
    day: date | None = None
    later: int = 0

    @property
    def words(self) -> str:
        """Say as of which decision the frame is, to stand after the amount."""
        return frame_words(self)


def frame_words(frame: FrameAsOf) -> str:
    """Say in Swedish as of which decision a frame is: "enligt beslut till och med KF 2024-04-23 § 901"."""
    if frame.decision is not None and frame.decision.on == frame.day:
        told = f"enligt beslut till och med {frame.decision}"
    elif frame.day is not None:
        told = f"enligt beslut till och med den {_day(frame.day)}, paragraf saknas i källan"
    else:
        told = frame.amount.text if isinstance(frame.amount, Missing) else "beslutet är inte inlagt"
    if isinstance(frame.as_of, Decision):
        return f"som den såg ut efter {frame.as_of}, {told}" if frame.decision != frame.as_of else told
    return told if frame.as_of is None else f"som den såg ut den {_day(frame.as_of)}, {told}"


def _day(day: date) -> str:
    return Period.to_date(day).label.removeprefix("per den ")


def frame_as_of(actor: Actor, unit: Unit, year: int, on: AsOf = None) -> FrameAsOf:
    """Give a unit's frame of a year as it stood on a day or right after a decision; None is all that is registered."""
    return frames_as_of(actor, (unit,), year, on)[unit.pk]


def frames_as_of(actor: Actor, units: Collection[Unit], year: int, on: AsOf = None) -> Mapping[int, FrameAsOf]:
    """Give the frames of several units by key; one query."""
    stored = list(standing(actor).filter(unit__in=units, year=year))
    return {one.pk: state_of(one, year, [entry for entry in stored if entry.unit_id == one.pk], on) for one in units}


def state_of(unit: Unit, year: int, own: Sequence[FrameEntry], on: AsOf) -> FrameAsOf:
    """Give the state of a frame from the unit's own entries of the year."""
    known = decided_by([one for one in own if one.year == year], on)
    entries = [core_entry(one) for one in known]
    amount = economy.whole_frame_of(entries, year, unit=unit.slug)
    decisions = [one.decision_point.decision for one in known if one.decision_point]
    newest = max(decisions, key=lambda one: (one.on, one.paragraph), default=None)
    day = max((one.on for one in known if one.on), default=None)
    return FrameAsOf(unit, year, amount, on, newest, day, sum(one.year == year for one in own) - len(known))


def standing(actor: Actor) -> QuerySet[FrameEntry]:
    """Give the entries that have not been withdrawn, with all that is told of them, in the order of the decisions."""
    return (
        reach(actor, FrameEntry)
        .filter(withdrawn=False)
        .select_related("unit", "counterpart", "decision_point__decision", "source")
        .order_by("decision_point__decision__on", "pk")
    )


def decided_by(entries: Iterable[FrameEntry], on: AsOf) -> list[FrameEntry]:
    """Keep what had been decided on a day, or when a decision was made: its meeting no further."""
    if on is None:
        return list(entries)
    day = on.on if isinstance(on, Decision) else on
    known = [one for one in entries if one.on is not None and one.on <= day]
    if not isinstance(on, Decision):
        return known
    return [one for one in known if one.on != day or not one.decision_point or _not_after(one, on)]


def _not_after(one: FrameEntry, on: Decision) -> bool:
    own = one.decision_point.decision if one.decision_point else on
    return own.body != on.body or own.paragraph <= on.paragraph


def core_entry(stored: FrameEntry) -> economy.FrameEntry:
    """Give the entry as the core knows it."""
    return economy.FrameEntry(
        unit=stored.unit.slug,
        year=stored.year,
        amount=in_tkr(stored.amount),
        kind=economy.FrameKind(stored.kind),
        counterpart=stored.counterpart.slug if stored.counterpart else "",
        decided_on=stored.on,
        matter=stored.purpose,
    )


def in_tkr(amount: Decimal) -> Quantity:
    """Give an amount in tkr, exact; the zeros that the database adds are taken away."""
    whole = amount.to_integral_value()
    return Quantity(whole if whole == amount else amount.normalize(), TKR)


def broken_transfers(actor: Actor, *units: Unit) -> tuple[str, ...]:
    """Say of every transfer whose sides do not mirror each other which year, which two units and what differs.

    ``units`` narrows it to transfers that touch any of them; one query.
    """
    moves = list(standing(actor).filter(kind=FrameEntry.Kind.TRANSFER))
    names = {side.slug: side.name for one in moves for side in (one.unit, one.counterpart) if side}
    wanted = {one.slug for one in units}
    broken = economy.transfers_balance(core_entry(one) for one in moves)
    return tuple(
        economy.imbalance_sentence(one, names) for one in broken if not wanted or wanted.intersection(one.units)
    )


@dataclass(frozen=True)
class TransfersPage:
    """All transfers of the municipality: what each committee gets and gives, year by year; together nothing."""

    table: Table
    broken: tuple[str, ...]
    moves: int


def transfers_page(actor: Actor, first: int, last: int) -> TransfersPage:
    """Gather what every committee gets and gives by transfers, year by year; one query."""
    moves = list(standing(actor).filter(kind=FrameEntry.Kind.TRANSFER, year__gte=first, year__lte=last))
    years = sorted({one.year for one in moves})
    units = sorted({one.unit for one in moves}, key=lambda one: (one.order, one.name))
    entries = [core_entry(one) for one in moves]
    columns = tuple(Column(f"{year}", f"{year}", ColumnRole.CHANGE, Period.year(year)) for year in years)
    rows = [Row(f"unit-{one.slug}", one.name, subject=f"unit:{one.slug}", measure=Measure.NET) for one in units]
    cells = {
        (f"unit-{unit.slug}", f"{year}"): Cell(amount)
        for unit in units
        for year in years
        if isinstance(amount := economy.frame_of(entries, year, unit=unit.slug), Quantity)
    }
    title = f"Omfördelningar {first}–{last}" if first != last else f"Omfördelningar {first}"
    table = Table(
        "omfordelningar", title, columns, (*rows, Row("sum", "Kommunen", RowRole.SUM)), cells, TKR, Sign.PLAIN
    )
    for year in years:
        told = [row.key for row in rows if (row.key, f"{year}") in cells]
        table = table.with_cell("sum", f"{year}", Cell(sum_cells(table, told, f"{year}")))
    names = {one.slug: one.name for one in units}
    broken = tuple(economy.imbalance_sentence(one, names) for one in economy.transfers_balance(entries))
    return TransfersPage(table, broken, sum(one.amount > 0 for one in moves))


def committees(actor: Actor, on: date) -> tuple[Unit, ...]:
    """Give the council and the committees that existed on a day: those that can have a frame."""
    kinds = (UnitKind.COUNCIL, UnitKind.COMMITTEE)
    living = reach(actor, Unit).filter(kind__in=kinds, valid_from__lte=on)
    return tuple(one for one in living.order_by("order", "name") if one.valid_to is None or one.valid_to > on)
