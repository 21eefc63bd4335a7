"""What units and projects come to: outcome or budget of some months, on both sides of the accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from uppsikt.core.economy import EntryKind
from uppsikt.core.economy.sides import Sides, sides_of, sum_sides
from uppsikt.facts import Ledger, Where
from uppsikt.web.ledger.selectors.codes import code_tree
from uppsikt.web.ledger.selectors.manifest import ledger_of, loaded
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Unit
from uppsikt.web.organisation.once import once

OUTCOME = EntryKind.OUTCOME
_EARLIEST = 190001


def last_day(month: int) -> date:
    """Give the last day of a month (YYYYMM): the day whose organisation its figures belong to."""
    year, number = divmod(month, 100)
    following = date(year + 1, 1, 1) if number == 12 else date(year, number + 1, 1)
    return following - timedelta(days=1)


@once
def sides_by(ledger: Ledger, part: str, where: Where) -> dict[str, Sides]:
    """Give what the entries come to for each code of a part."""
    sums: dict[str, list[tuple[str, Decimal, int]]] = defaultdict(list)
    for one in ledger.sums((part, "side"), where):
        sums[one.keys[0]].append((one.keys[1], one.amount, one.rows))
    return {code: sides_of(booked) for code, booked in sums.items()}


def outcome_by_unit(
    actor: Actor, units: Iterable[Unit], first: int, last: int, kind: EntryKind = OUTCOME
) -> Mapping[int, Sides]:
    """Give what units come to in the months first to last (YYYYMM), with what their sums count under them.

    The organisation is that of the last month's end. Empty when no month of the period is loaded: nothing is
    known then, which is not zero.
    """
    if not any(first <= month <= last for month in loaded(actor).months.get(kind, ())):
        return {}
    tree = code_tree(actor, last_day(last))
    codes = {unit.pk: tree.counted(unit.pk) for unit in units}
    where = Where(kinds=frozenset({kind}), first=first, last=last, units=frozenset().union(*codes.values()))
    by_code = sides_by(ledger_of(actor), "unit", where)
    return {unit: sum_sides(by_code[code] for code in sorted(own & by_code.keys())) for unit, own in codes.items()}


def monthly(actor: Actor, unit: Unit, year: int, kind: EntryKind = OUTCOME) -> Mapping[int, Sides]:
    """Give what a unit comes to in each loaded month (1-12) of a year, with what its sum counts under it.

    The organisation is that of the last loaded month's end. A month that is not loaded is absent.
    """
    months = loaded(actor).of(kind, year)
    if not months:
        return {}
    first, last = year * 100 + months[0], year * 100 + months[-1]
    codes = code_tree(actor, last_day(last)).counted(unit.pk)
    where = Where(kinds=frozenset({kind}), first=first, last=last, units=codes)
    found = sides_by(ledger_of(actor), "month", where)
    return {month: found.get(str(year * 100 + month), Sides()) for month in months}


def outcome_by_project(actor: Actor, codes: Iterable[str], first: int | None, last: int) -> Mapping[str, Sides]:
    """Give what projects come to from a month (None: since they began) to another; ``investment`` is what was built.

    A project without entries is zero; empty when no outcome is loaded at all up to the last month.
    """
    since = first or _EARLIEST
    if not any(since <= month <= last for month in loaded(actor).months.get(OUTCOME, ())):
        return {}
    wanted = frozenset(codes)
    where = Where(kinds=frozenset({OUTCOME}), first=since, last=last, units=None, projects=wanted)
    found = sides_by(ledger_of(actor), "project", where)
    return {code: found.get(code, Sides()) for code in wanted}
