"""A decision about a frame through its years, and its mirror: what is changed together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404

from uppsikt.core import economy
from uppsikt.core.quantities import TKR, Quantity
from uppsikt.core.tables import Cell, Column, ColumnRole, Measure, Row, RowRole, Sign, Table
from uppsikt.web.economy.models import FrameEntry
from uppsikt.web.economy.selectors.frame_state import core_entry, in_tkr, standing, state_of
from uppsikt.web.history.models import Change
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit


def frame_entry(actor: Actor, pk: int) -> FrameEntry:
    """Give an entry with all that is told of it, or a Swedish 404."""
    related = ("unit", "counterpart", "decision_point__decision", "source")
    found = reach(actor, FrameEntry).select_related(*related).filter(pk=pk).first()
    if found is None:
        raise Http404("Ramposten finns inte. Sidan Ramar visar dem som finns.")
    return found


def line_of(actor: Actor, entry: FrameEntry) -> list[FrameEntry]:
    """Give the entries of the same decision about the same unit, year by year, withdrawn ones too."""
    return _line(actor, entry, entry.unit, entry.counterpart)


def mirror_of(actor: Actor, entry: FrameEntry) -> list[FrameEntry]:
    """Give the other side of a transfer, year by year; empty for what is no transfer."""
    return _line(actor, entry, entry.counterpart, entry.unit) if entry.counterpart else []


def _line(actor: Actor, like: FrameEntry, unit: Unit, counterpart: Unit | None) -> list[FrameEntry]:
    same = {"kind": like.kind, "purpose": like.purpose, "decision_point": like.decision_point}
    found = reach(actor, FrameEntry).filter(unit=unit, counterpart=counterpart, **same)
    return list(found.select_related("unit", "counterpart", "decision_point__decision").order_by("year"))


def newest_change(actor: Actor, entries: Iterable[FrameEntry]) -> Change | None:
    """Give the newest change of any of the entries, or None when they have no history."""
    keys = [one.pk for one in entries]
    model = FrameEntry._meta.label_lower
    return reach(actor, Change).filter(model=model, object_id__in=keys).order_by("-pk").first()


def changes_of_lines(actor: Actor, entries: Iterable[FrameEntry]) -> Sequence[Change]:
    """Give the last changes of the entries, the newest first."""
    keys = [one.pk for one in entries]
    found = reach(actor, Change).filter(model=FrameEntry._meta.label_lower, object_id__in=keys).order_by("-pk")
    return tuple(found[:10])


@dataclass(frozen=True, slots=True)
class Proposed:
    """What would be registered of a unit: amounts in tkr by year, what kind of change, and decided when."""

    unit: Unit
    kind: str
    amounts: Mapping[int, Decimal]
    on: date | None = None


def preview(actor: Actor, proposed: Proposed, instead_of: Iterable[FrameEntry] = ()) -> Table:
    """Show a unit's frame before, the change and after, in each year; ``instead_of`` are entries it would replace."""
    unit, years = proposed.unit, sorted(proposed.amounts)
    replaced = {one.pk for one in instead_of}
    stored = list(standing(actor).filter(unit=unit, year__in=years))
    columns = (
        Column("before", "Ramen före", ColumnRole.BUDGET),
        Column("change", "Ändring", ColumnRole.CHANGE),
        Column("after", "Ramen efter", ColumnRole.BUDGET),
    )
    rows: list[Row] = []
    cells: dict[tuple[str, str], Cell] = {}
    for year in years:
        key = f"{year}"
        rows.append(Row(key, key, RowRole.ITEM, measure=Measure.NET))
        before = state_of(unit, year, stored, None).amount
        kept = [core_entry(one) for one in stored if one.year == year and one.pk not in replaced]
        after = economy.whole_frame_of([*kept, _entry(proposed, year)], year, unit=unit.slug)
        told = in_tkr(proposed.amounts[year])
        change = after - before if isinstance(before, Quantity) and isinstance(after, Quantity) else told
        cells |= {(key, "before"): Cell(before), (key, "change"): Cell(change), (key, "after"): Cell(after)}
    return Table(f"ram-{unit.slug}", unit.name, columns, tuple(rows), cells, TKR, Sign.PLAIN)


def _entry(proposed: Proposed, year: int) -> economy.FrameEntry:
    is_budget = proposed.kind == FrameEntry.Kind.DECIDED
    kind = economy.FrameKind.DECIDED if is_budget else economy.FrameKind.TECHNICAL
    return economy.FrameEntry(
        proposed.unit.slug, year, in_tkr(proposed.amounts[year]), kind, decided_on=proposed.on or date.max
    )
