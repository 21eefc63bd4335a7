"""What the council or the board has decided about frames: registered, changed, withdrawn; a transfer with both sides.

Every action ends with the same question: do the transfers it touched mirror each other in every year? If not, nothing
is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core import economy
from uppsikt.core.errors import UseError
from uppsikt.core.quantities import Quantity
from uppsikt.web.cycle.models import DecisionPoint
from uppsikt.web.cycle.services import PointWritten, point_registered
from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.economy.selectors.frame_lines import line_of, mirror_of, newest_change
from uppsikt.web.economy.selectors.frame_state import broken_transfers, frames_as_of
from uppsikt.web.history.services import EditConflictError, Pen, recording
from uppsikt.web.organisation.gate import Act, Actor, may, reach, require
from uppsikt.web.organisation.models import Unit, UnitKind

Amounts = Mapping[int, Decimal]  # tkr by year
Kind = FrameEntry.Kind


@dataclass(frozen=True, slots=True)
class FrameDecision:
    """A decision about one unit's frame: amounts in tkr by year, positive gives money.

    ``financing`` says how an addition is paid for (Kommunallagen 11:15).
    """

    unit: Unit
    kind: str
    amounts: Amounts
    purpose: str
    decision: DecisionPoint | PointWritten
    financing: str = ""


@dataclass(frozen=True, slots=True)
class FrameTransfer:
    """Money from a giver to a receiver, in tkr by year; the amounts are positive."""

    giver: Unit
    receiver: Unit
    amounts: Amounts
    purpose: str
    decision: DecisionPoint | PointWritten


@dataclass(frozen=True, slots=True)
class FrameIndexation:
    """Price and wage indexation of several frames by a percentage of what they were in a base year."""

    units: Sequence[Unit]
    percent: Decimal
    base_year: int
    years: Sequence[int]
    purpose: str
    decision: DecisionPoint | PointWritten


def frame_transfer(actor: Actor, transfer: FrameTransfer, why: str) -> tuple[FrameEntry, ...]:
    """Register a transfer: an entry of the giver and its mirror of the receiver in every year, in one action.

    Takes the role in both committees or in the council. Raises UseError for a transfer to oneself or without an
    amount, and for one that is registered already.
    """
    giver, receiver = transfer.giver, transfer.receiver
    require_frames(actor, giver, receiver)
    if giver == receiver:
        raise UseError("Givare och mottagare är samma nämnd. Välj två olika.")
    amounts = _told(transfer.amounts)
    if any(amount < 0 for amount in amounts.values()):
        raise UseError("Skriv beloppet utan minus. Den som ger och den som får väljs i egna fält.")
    with recording(actor, _reason(why)) as pen:
        _lock(actor, giver, receiver)
        first = min(amounts)
        does = {
            "kind": DecisionPoint.Kind.TRANSFER, "amount": amounts[first], "giver": giver, "receiver": receiver,
            "from_year": first,
        }  # fmt: skip
        point = _point(actor, pen, transfer.decision, **does)
        shared = {"kind": Kind.TRANSFER, "purpose": transfer.purpose, "decision_point": point}
        taken = {year: -amount for year, amount in amounts.items()}
        made = _entries(actor, pen, taken, unit=giver, counterpart=receiver, **shared)
        made += _entries(actor, pen, amounts, unit=receiver, counterpart=giver, **shared)
        refuse_broken_transfers(actor, giver, receiver)
        return tuple(made)


def frame_entry_add(actor: Actor, written: FrameDecision, why: str) -> tuple[FrameEntry, ...]:
    """Register a decision about one frame, in every year it tells. A transfer has an action of its own.

    Raises UseError for an addition that does not say how it is financed, and for what is registered already.
    """
    require_frames(actor, written.unit)
    if written.kind == Kind.TRANSFER:
        raise UseError("En omfördelning har två sidor. Registrera den som omfördelning, så att motparten följer med.")
    amounts = _told(written.amounts, zero=written.kind == Kind.DECIDED)
    _refuse_unfinanced(written.kind, written.financing)
    with recording(actor, _reason(why)) as pen:
        _lock(actor, written.unit)
        first = min(amounts)
        does = {"kind": DecisionPoint.Kind.FRAME, "amount": abs(amounts[first]), "from_year": first}
        side = "receiver" if amounts[first] >= 0 else "giver"
        point = _point(actor, pen, written.decision, **does, **{side: written.unit})
        told = {"kind": written.kind, "purpose": written.purpose, "financing": written.financing}
        return tuple(_entries(actor, pen, amounts, unit=written.unit, counterpart=None, decision_point=point, **told))


def frame_index(actor: Actor, written: FrameIndexation, why: str) -> tuple[FrameEntry, ...]:
    """Index the frames of several committees, each rounded for itself to whole tkr (core: INDEXATION_ROUNDING)."""
    require_frames(actor, *written.units)
    amounts = indexation_of(actor, written).amounts
    with recording(actor, _reason(why)) as pen:
        _lock(actor, *written.units)
        point = _point(actor, pen, written.decision, kind=DecisionPoint.Kind.FRAME, from_year=min(written.years))
        shared = {"kind": Kind.INDEXATION, "purpose": written.purpose, "decision_point": point, "counterpart": None}
        made: list[FrameEntry] = []
        for unit in written.units:
            by_year = dict.fromkeys(written.years, amounts[unit.slug].number)
            made += _entries(actor, pen, by_year, unit=unit, **shared)
        return tuple(made)


def indexation_of(actor: Actor, written: FrameIndexation) -> economy.Indexation:
    """Reckon an indexation without writing it; raises UseError naming every committee that lacks a base."""
    if not written.units or not written.years:
        raise UseError("Välj minst en nämnd och minst ett år att räkna upp.")
    states = frames_as_of(actor, written.units, written.base_year)
    bases = {one.slug: amount for one in written.units if isinstance(amount := states[one.pk].amount, Quantity)}
    lacking = [one.name for one in written.units if one.slug not in bases]
    if lacking:
        raise UseError(f"Ingen beslutad ram {written.base_year} att räkna upp för {', '.join(lacking)}.")
    return economy.indexation(bases, written.percent)


@dataclass(frozen=True, slots=True)
class FrameChange:
    """New amounts in tkr by year, as the entry's own unit tells them, and the newest change the editor had seen."""

    amounts: Amounts
    why: str
    seen: int
    financing: str = ""


def frame_entry_change(actor: Actor, entry: FrameEntry, change: FrameChange) -> tuple[FrameEntry, ...]:
    """Change a decision's amounts; the mirror of a transfer follows. A left-out year is withdrawn.

    Raises EditConflictError when another has changed either side since the editor looked.
    """
    own, mirror = _both_sides(actor, entry, change.seen)
    amounts = _told(change.amounts, zero=entry.kind == Kind.DECIDED)
    _refuse_unfinanced(entry.kind, change.financing)
    with recording(actor, _reason(change.why)) as pen:
        _lock(actor, entry.unit, *([entry.counterpart] if entry.counterpart else []))
        _refuse_if_changed(actor, entry, change.seen)
        made = _rewritten(pen, entry, own, amounts, change.financing)
        if entry.counterpart:
            head = mirror[0] if mirror else _mirror_head(entry)
            made += _rewritten(pen, head, mirror, {year: -amount for year, amount in amounts.items()}, "")
            refuse_broken_transfers(actor, entry.unit, entry.counterpart)
        return tuple(made)


def frame_entry_withdraw(actor: Actor, entry: FrameEntry, why: str, seen: int) -> None:
    """Withdraw a decision in all its years, with its mirror; it stays in the history and counts no more."""
    _stand(actor, entry, why, seen, withdrawn=True)


def frame_entry_restore(actor: Actor, entry: FrameEntry, why: str, seen: int) -> None:
    """Let a withdrawn decision count again, with its mirror."""
    _stand(actor, entry, why, seen, withdrawn=False)


def _stand(actor: Actor, entry: FrameEntry, why: str, seen: int, *, withdrawn: bool) -> None:
    own, mirror = _both_sides(actor, entry, seen)
    with recording(actor, _reason(why)) as pen:
        _lock(actor, entry.unit, *([entry.counterpart] if entry.counterpart else []))
        _refuse_if_changed(actor, entry, seen)
        if not withdrawn:
            _refuse_twice(actor, [one.year for one in own], entry)
        for one in (*own, *mirror):
            pen.update(one, withdrawn=withdrawn)
        if entry.counterpart:
            refuse_broken_transfers(actor, entry.unit, entry.counterpart)


def _both_sides(actor: Actor, entry: FrameEntry, seen: int) -> tuple[list[FrameEntry], list[FrameEntry]]:
    """Give the entry's line over the years and its mirror; refuses who may not, and who has not seen the newest."""
    require_frames(actor, entry.unit, *([entry.counterpart] if entry.counterpart else []))
    _refuse_if_changed(actor, entry, seen)
    return line_of(actor, entry), mirror_of(actor, entry)


def _refuse_if_changed(actor: Actor, entry: FrameEntry, seen: int) -> None:
    newest = newest_change(actor, [*line_of(actor, entry), *mirror_of(actor, entry)])
    if newest is not None and newest.pk != seen:
        raise EditConflictError(newest)


def _rewritten(
    pen: Pen, head: FrameEntry, stored: Sequence[FrameEntry], amounts: Amounts, financing: str
) -> list[FrameEntry]:
    """Make the years of one side tell these amounts: changed, added, or withdrawn."""
    by_year = {one.year: one for one in stored}
    for year, one in by_year.items():
        if year in amounts:
            pen.update(one, amount=amounts[year], withdrawn=False, financing=financing)
        else:
            pen.update(one, withdrawn=True)
    fields = {name: getattr(head, name) for name in ("unit", "kind", "purpose", "counterpart", "decision_point")}
    fields |= {"decided_on": head.decided_on, "financing": financing}
    fresh = sorted(set(amounts) - set(by_year))
    return [*stored, *(pen.create(FrameEntry, year=year, amount=amounts[year], **fields) for year in fresh)]


def _mirror_head(entry: FrameEntry) -> FrameEntry:
    """Give what the mirror would be, where a file or an older program left it out."""
    return FrameEntry(
        unit=entry.counterpart, counterpart=entry.unit, kind=entry.kind, purpose=entry.purpose,
        decision_point=entry.decision_point, decided_on=entry.decided_on,
    )  # fmt: skip


def _entries(actor: Actor, pen: Pen, amounts: Amounts, **fields: object) -> list[FrameEntry]:
    """Write one side; an entry of the same decision that was withdrawn comes back, so that none stands twice."""
    _refuse_twice(actor, amounts, FrameEntry(**fields))
    same = {name: value for name, value in fields.items() if name != "financing"}
    withdrawn = {one.year: one for one in reach(actor, FrameEntry).filter(withdrawn=True, **same)}
    made = []
    for year, amount in sorted(amounts.items()):
        one = withdrawn.get(year)
        if one is None:
            one = pen.create(FrameEntry, year=year, amount=amount, **fields)
        else:
            pen.update(one, amount=amount, withdrawn=False, financing=fields.get("financing", ""))
        made.append(one)
    return made


def _refuse_twice(actor: Actor, years: Iterable[int], like: FrameEntry) -> None:
    """Refuse what stands already: the same purpose of the same kind, unit and counterpart in the same year."""
    same = {"unit": like.unit, "kind": like.kind, "purpose": like.purpose, "counterpart": like.counterpart}
    there = reach(actor, FrameEntry).filter(withdrawn=False, year__in=list(years), **same).order_by("year")
    found = ", ".join(f"{year}" for year in there.values_list("year", flat=True))
    if found:
        raise UseError(
            f"”{like.purpose}” är redan registrerat för {like.unit.name} {found}. Ändra den posten, "
            "eller skriv ett annat ändamål."
        )


def _told(amounts: Amounts, *, zero: bool = False) -> dict[int, Decimal]:
    """Leave years without an amount out; a decided frame may be zero (Kommunallagen 11:7), a change may not."""
    told = {year: amount for year, amount in amounts.items() if amount or zero}
    if not told:
        raise UseError("Skriv ett belopp för minst ett år.")
    return told


def _refuse_unfinanced(kind: str, financing: str) -> None:
    if kind == Kind.ADDITION and not financing.strip():
        raise UseError("Skriv hur tilläggsbudgeten finansieras. Det kräver 11 kap. 15 § kommunallagen.")


def _reason(why: str) -> str:
    if not why.strip():
        raise UseError("Skriv varför. Det sparas i historiken tillsammans med ditt namn.")
    return why.strip()


def _point(actor: Actor, pen: Pen, decision: DecisionPoint | PointWritten, **does: object) -> DecisionPoint:
    return decision if isinstance(decision, DecisionPoint) else point_registered(actor, pen, decision, **does)


def _lock(actor: Actor, *units: Unit) -> None:
    """Let one at a time write about a unit's frames, so that what is pressed twice is done once (PostgreSQL).

    The lock lets others point at the unit meanwhile: whoever loads the ledger must not wait for it in a circle.
    """
    list(reach(actor, Unit).select_for_update(no_key=True).filter(pk__in=[one.pk for one in units]).order_by("pk"))


def refuse_broken_transfers(actor: Actor, *units: Unit) -> None:
    """Stop when a transfer that touches any of the units (none: of anybody) lacks its mirror in some year."""
    broken = broken_transfers(actor, *units)
    if broken:
        raise UseError(f"Omfördelningen går inte jämnt ut. Ingenting är sparat. {' '.join(broken)}")


def may_change_frames(actor: Actor, *units: Unit) -> bool:
    """Say whether the actor may register decisions about these frames: by a role in each, or in the council."""
    councils = reach(actor, Unit).filter(kind=UnitKind.COUNCIL)
    return any(may(actor, Act.FRAME, one) for one in councils) or all(may(actor, Act.FRAME, one) for one in units)


def require_frames(actor: Actor, *units: Unit) -> None:
    """Stop with a Swedish sentence, naming the unit, when the actor may not register decisions about its frame."""
    if may_change_frames(actor, *units):
        return
    for one in units:
        require(actor, Act.FRAME, one)
