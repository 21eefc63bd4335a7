"""Payroll files: which words name which unit, what a file would change, and which file counts for each month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _

from uppsikt.core.economy.staffing import AgeGroup, PayrollRow, Sex
from uppsikt.core.economy.suppression import LIMIT
from uppsikt.web.cycle.here import Here
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit
from uppsikt.web.staff.models import PayrollLoad, PayrollMonth, StaffFigure, StaffRule

_ROW = (
    "load", "unit__slug", "month", "sex", "employees", "age_group", "full_time_equivalents", "scheduled_hours",
    "sick_hours", "long_sick_hours", "began", "left",
)  # fmt: skip


def rule_of(actor: Actor) -> StaffRule | None:
    """Give what the municipality has decided about its staff figures, if it has."""
    return reach(actor, StaffRule).first()


def limit_of(actor: Actor) -> int:
    """Give how many people a group must have to be shown."""
    rule = rule_of(actor)
    return rule.smallest_group if rule else LIMIT


def units_by_word(actor: Actor, on: date) -> dict[str, Unit]:
    """Give the units by every word that a payroll file may call them: responsibility code, name, short name, slug.

    A word that means two units that live on the day is no word for either.
    """
    living = [one for one in reach(actor, Unit) if one.valid_from <= on and (one.valid_to is None or one.valid_to > on)]
    words: dict[str, set[int]] = defaultdict(set)
    by_key = {one.pk: one for one in living}
    for one in living:
        for word in (one.slug, one.name, one.short):
            words[word.casefold()].add(one.pk)
    for code in reach(actor, LedgerCode).filter(part="unit", unit__in=by_key):
        if (code.valid_from is None or code.valid_from <= on) and (code.valid_to is None or code.valid_to > on):
            words[code.code.casefold()].add(code.unit_id or 0)
    return {word: by_key[next(iter(units))] for word, units in words.items() if word and len(units) == 1}


def rows_between(actor: Actor, first: int, last: int) -> tuple[PayrollRow, ...]:
    """Give the rows that count for the months first to last (YYYYMM); units by slug. Two queries."""
    counts = reach(actor, PayrollMonth).filter(is_current=True, month__gte=first, month__lte=last)
    current = set(counts.values_list("load_id", "month"))
    loads = {load for load, _month in current}
    found = reach(actor, StaffFigure).filter(load__in=loads, month__gte=first, month__lte=last).values_list(*_ROW)
    return tuple(_row(*values[1:]) for values in found if (values[0], values[2]) in current)


def _row(unit: str, month: int, sex: str, employees: int, age: str, *rest: object) -> PayrollRow:
    return PayrollRow(unit, month, Sex(sex), employees, AgeGroup(age) if age else None, *rest)  # type: ignore[arg-type]  # the columns of _ROW, in the order of the fields


@dataclass(frozen=True)
class MonthChange:
    """What a load would do to a month: how many people and rows it tells, and how many the month tells now."""

    month: int
    rows: int
    employees: int
    rows_now: int
    employees_now: int
    is_current: bool

    @property
    def text(self) -> str:
        """The month as it is written."""
        return f"{self.month // 100}-{self.month % 100:02}"


@dataclass(frozen=True)
class DryRun:
    """A load with what it does or would do, month by month. Totals of the whole file: no group is told."""

    load: PayrollLoad
    months: tuple[MonthChange, ...]

    @property
    def is_applied(self) -> bool:
        """Say whether it counts for any month."""
        return any(one.is_current for one in self.months)

    @property
    def has_older(self) -> bool:
        """Say whether another load counts for any of its months."""
        return any(not one.is_current for one in self.months)


def dry_run_of(actor: Actor, load: PayrollLoad) -> DryRun:
    """Compare a load with what counts now. Four queries."""
    mine = _by_month(actor, load)
    current = {one.month: one.load_id for one in reach(actor, PayrollMonth).filter(is_current=True, month__in=mine)}
    others = reach(actor, PayrollLoad).filter(pk__in=set(current.values()) - {load.pk})
    theirs = {one.pk: _by_month(actor, one) for one in others} | {load.pk: mine}
    changes = []
    for month, (rows, people) in sorted(mine.items()):
        now = theirs[current[month]].get(month, (0, 0)) if month in current else (0, 0)
        changes.append(MonthChange(month, rows, people, *now, is_current=current.get(month) == load.pk))
    return DryRun(load, tuple(changes))


def _by_month(actor: Actor, load: PayrollLoad) -> Mapping[int, tuple[int, int]]:
    rows: Counter[int] = Counter()
    people: Counter[int] = Counter()
    for month, employees in reach(actor, StaffFigure).filter(load=load).values_list("month", "employees"):
        rows[month] += 1
        people[month] += employees
    return {month: (rows[month], people[month]) for month in rows}


@dataclass(frozen=True)
class LoadsPage:
    """The payroll files of the municipality, the newest first."""

    loads: tuple[PayrollLoad, ...]
    current: Mapping[int, int]  # load -> months that it counts for
    limit: int
    may_load: bool


def loads_page(here: Here) -> LoadsPage:
    """Gather the payroll files. Three queries."""
    months = reach(here.actor, PayrollMonth).filter(is_current=True).values_list("load_id", flat=True)
    may_load = may(here.actor, Act.LEDGER, here.unit)
    files = reach(here.actor, PayrollLoad).distinct()
    seen = files if may_load else files.filter(months__isnull=False)  # a file that never counted is a draft
    return LoadsPage(tuple(seen[:50]), Counter(months), limit_of(here.actor), may_load)


def load_called(here: Here, pk: int) -> PayrollLoad:
    """Give a load; an unknown one is a Swedish 404."""
    found = reach(here.actor, PayrollLoad).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Den inläsningen finns inte."))
    return found
