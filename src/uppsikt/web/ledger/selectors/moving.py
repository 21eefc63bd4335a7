"""What giving a responsibility code to another unit does to the figures, before anybody does it; and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from uppsikt.core.economy import EntryKind
from uppsikt.core.economy.sides import Sides, sum_sides
from uppsikt.core.quantities import KR, Quantity
from uppsikt.facts import Where
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.history.models import Change
from uppsikt.web.ledger.models import KINDS, LedgerCode, month_words
from uppsikt.web.ledger.selectors.codes import code_tree, tree_if
from uppsikt.web.ledger.selectors.manifest import ledger_of, loaded
from uppsikt.web.ledger.selectors.outcomes import last_day, sides_by
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit

OUTCOME = EntryKind.OUTCOME
_YEARS = 5  # the latest ones that are told
_CHANGES = 50  # the latest ones that are shown; the history page has all


@dataclass(frozen=True, slots=True)
class YearMoved:
    """What a code comes to in a year: outcome, budget or forecast of its loaded months. Net is costs − income."""

    words: str
    sides: Sides


@dataclass(frozen=True, slots=True)
class UnitMoved:
    """The net cost of a unit from January on, as it is and as it would be; kronor, positive when it costs."""

    unit: Unit
    before: Quantity
    after: Quantity

    @property
    def difference(self) -> Quantity:
        """How much larger the net cost would be."""
        return self.after - self.before


@dataclass(frozen=True)
class Moving:
    """What a move does: to which years' figures, to which units, and in statements of which reporting dates.

    ``period`` says in words what the units' net costs are of; empty where no loaded month is touched.
    """

    years: tuple[YearMoved, ...]
    units: tuple[UnitMoved, ...]
    dates: tuple[ReportingDate, ...]
    period: str


def moving(actor: Actor, row: LedgerCode, unit: Unit, since: date | None, until: date | None) -> Moving:
    """Say what it does that a code belongs to a unit from a day to another (excluded)."""
    begin, end = since or date.min, until or date.max
    dates = tuple(one for one in reach(actor, ReportingDate).order_by("on") if begin <= one.on < end)
    months = [month for month in sorted(loaded(actor).months.get(OUTCOME, ())) if begin <= last_day(month) < end]
    units = _units(actor, row.code, unit, months[-1]) if months else ()
    return Moving(_years(actor, row.code), units, dates, _period(months[-1]) if months else "")


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done to a code: when, by whom, why, and what changed in words."""

    change: Change
    words: tuple[str, ...]


def history_of(actor: Actor, rows: Iterable[LedgerCode]) -> tuple[Done, ...]:
    """Give what was done to a code in all of its rows, the newest first; two queries."""
    label = LedgerCode._meta.label_lower
    found = reach(actor, Change).filter(model=label, object_id__in=[one.pk for one in rows])
    names = dict(reach(actor, Unit).values_list("pk", "name"))
    return tuple(Done(one, tuple(_changed(one, names))) for one in found[:_CHANGES])


def _changed(change: Change, names: Mapping[int, str]) -> Iterator[str]:
    """Say each thing that changed: "hör till: A → B"."""
    before, after = change.before or {}, change.after or {}
    for field, word in (("unit_id", _("hör till")), ("name", _("benämning")), ("valid_from", _("från och med")),
                        ("valid_to", _("till")), ("is_internal", _("kommunen själv"))):  # fmt: skip
        old, new = (_told(field, side.get(field), names) for side in (before, after))
        if old != new:
            yield f"{word}: {old or '–'} → {new or '–'}" if before else f"{word}: {new}"


def _told(field: str, value: object, names: Mapping[int, str]) -> str:
    if field == "unit_id":
        return names.get(value, "") if isinstance(value, int) else ""
    if isinstance(value, bool):
        return _("ja") if value else ""
    return str(value or "")


def _years(actor: Actor, code: str) -> tuple[YearMoved, ...]:
    """Give what a code comes to, the latest year first."""
    ledger, found = ledger_of(actor), []
    for kind, months in sorted(loaded(actor).months.items(), key=lambda one: (one[0] != OUTCOME, one[0])):
        for year in sorted({month // 100 for month in months}, reverse=True)[:_YEARS]:
            where = Where(
                frozenset({EntryKind(kind)}), first=year * 100 + 1, last=year * 100 + 12, units=frozenset({code})
            )
            sides = sides_by(ledger, "unit", where).get(code)
            if sides is not None:
                found.append((-year, YearMoved(f"{KINDS[EntryKind(kind)].capitalize()} {year}", sides)))
    return tuple(one for _year, one in sorted(found, key=lambda pair: pair[0]))


def _units(actor: Actor, code: str, unit: Unit, month: int) -> tuple[UnitMoved, ...]:
    """Give the units whose sums change, those that lose first."""
    on = last_day(month)
    before, after = code_tree(actor, on), tree_if(actor, on, code, unit.pk)
    counted = {one: (before.counted(one.pk), after.counted(one.pk)) for one in reach(actor, Unit).order_by("order")}
    changed = {one: codes for one, codes in counted.items() if codes[0] != codes[1]}
    every = frozenset().union(*(codes for pair in changed.values() for codes in pair))
    where = Where(frozenset({OUTCOME}), first=month // 100 * 100 + 1, last=month, units=every)
    by_code = sides_by(ledger_of(actor), "unit", where)

    def net(codes: Iterable[str]) -> Quantity:
        return Quantity(sum_sides(by_code[one] for one in sorted(codes) if one in by_code).net.number, KR, 2)

    told = [UnitMoved(one, net(codes[0]), net(codes[1])) for one, codes in changed.items()]
    return tuple(sorted(told, key=lambda one: code not in counted[one.unit][0]))


def _period(month: int) -> str:
    return month_words(month) if month % 100 == 1 else f"januari–{month_words(month)}"
