"""A responsibility code through time: which unit it belongs to from which day, and when it is closed.

It belongs to one unit at a time: its rows in the register follow each other and never overlap. A statement counts all
of a code's entries to the unit that it belongs to on the statement's own day (selectors.codes), so a move is seen in
statements of that day and later, in all their columns, and never in those of a day before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uppsikt.core.errors import UseError
from uppsikt.core.periods import MONTHS
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.ledger.selectors.codes import IN_TIME
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.ledger.services.periods import lock
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit


@dataclass(frozen=True)
class Move:
    """A code given to a unit, from a day (None: from its beginning) to another (excluded; None: until further notice).

    ``row`` is what the register has of it. With ``corrects`` the row itself is given another unit: it was wrong, or
    had none. Otherwise the row ends on the day and another begins.
    """

    row: LedgerCode
    unit: Unit
    since: date | None
    until: date | None
    corrects: bool


def rows_of(actor: Actor, code: str) -> tuple[LedgerCode, ...]:
    """Give what the register has of a responsibility code, the earliest first; one query."""
    found = reach(actor, LedgerCode).filter(part="unit", code=code).select_related("unit")
    return tuple(found.order_by(*IN_TIME))


def planned(actor: Actor, row: LedgerCode, unit: Unit, since: date | None) -> Move:
    """Say what giving a code to a unit from a day means; without a day the row itself is corrected.

    Raises UseError when the code belongs to another unit from that day already, when it is the same unit, or when
    the unit does not exist on that day.
    """
    rows = rows_of(actor, row.code)
    last = rows[-1]
    if since is None or since == row.valid_from:
        begins = since or row.valid_from
        found = Move(row, unit, begins, row.valid_to, corrects=True)
    elif last.valid_from is not None and since <= last.valid_from:
        raise UseError(
            f"{row.code} hör till {_of(last.unit)} från och med den {day_words(last.valid_from)}. En kod hör till en "
            "enhet i taget: välj en senare dag, eller rätta den raden."
        )
    else:
        still_open = last.valid_to is None or last.valid_to <= since
        found = Move(last, unit, since, None if still_open else last.valid_to, corrects=False)
    _refuse_unless_possible(found)
    return found


def move(actor: Actor, row: LedgerCode, unit: Unit, since: date | None, why: str) -> Move:
    """Give a code to a unit, see ``planned``. Raises NotAllowedError too, and UseError without a reason."""
    require_ledger(actor)
    with recording(actor, _reason(why)) as pen:
        lock(actor)
        found = planned(actor, _latest(actor, row), unit, since)
        if found.corrects:
            pen.update(found.row, unit=unit)
            return found
        kept = found.row
        if kept.valid_to is None or (found.since is not None and kept.valid_to > found.since):
            pen.update(kept, valid_to=found.since)
        pen.create(
            LedgerCode, municipality_id=actor.municipality_id, part="unit", code=kept.code, name=kept.name, unit=unit,
            valid_from=found.since, valid_to=found.until,
        )  # fmt: skip
    return found


def undo_move(actor: Actor, code: str, why: str) -> None:
    """Take the last move of a code back: it belongs again to the unit before, for as long as the later one had it."""
    require_ledger(actor)
    with recording(actor, _reason(why)) as pen:
        lock(actor)
        rows = rows_of(actor, code)
        if len(rows) < 2:
            raise UseError(f"{code} har inte flyttats, så det finns ingen flytt att ångra.")
        before, last = rows[-2:]
        pen.delete(last)
        pen.update(before, valid_to=last.valid_to)


def close(actor: Actor, code: str, on: date | None, why: str) -> None:
    """Close a code from a day, so that entries on it after that are told of when they are loaded; None opens it."""
    require_ledger(actor)
    with recording(actor, _reason(why)) as pen:
        lock(actor)
        last = rows_of(actor, code)[-1]
        if on is not None and last.valid_from is not None and on <= last.valid_from:
            raise UseError(
                f"{code} hör till {_of(last.unit)} från och med den {day_words(last.valid_from)} och kan inte stängas "
                "före det. Välj en senare dag, eller ångra flytten först."
            )
        pen.update(last, valid_to=on)


def day_words(day: date) -> str:
    """Write a day in words.

    >>> day_words(date(2024, 5, 1))
    '1 maj 2024'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _refuse_unless_possible(found: Move) -> None:
    unit, since = found.unit, found.since
    if unit.pk == found.row.unit_id:
        raise UseError(f"{found.row.code} hör redan till {unit.name}.")
    if since is not None and unit.valid_from > since:
        raise UseError(f"{unit.name} finns från och med den {day_words(unit.valid_from)}. Välj den dagen eller senare.")
    if unit.valid_to is not None and since is not None and unit.valid_to <= since:
        raise UseError(f"{unit.name} upphörde den {day_words(unit.valid_to)}. Välj den enhet som tog över.")


def _latest(actor: Actor, row: LedgerCode) -> LedgerCode:
    found = reach(actor, LedgerCode).select_related("unit").filter(pk=row.pk).first()
    if found is None:
        raise UseError(f"Någon annan har ändrat {row.code} under tiden. Ladda om sidan.")
    return found


def _of(unit: Unit | None) -> str:
    return unit.name if unit else "ingen enhet"


def _reason(why: str) -> str:
    reason = why.strip()[:500]
    if not reason:
        raise UseError("Skriv varför koden ändras. Det sparas i historiken.")
    return reason
