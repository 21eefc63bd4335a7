"""Closing a month and opening it again, each with a reason; and the word to one who loads into a closed one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localtime

from uppsikt.core.errors import UseError
from uppsikt.core.periods import MONTHS
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import ClosedPeriod, month_words
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Municipality


class ClosedError(UseError):
    """Something was about to change a closed month; the text says who closed it and when."""


def closed_months(actor: Actor) -> dict[int, ClosedPeriod]:
    """Give the closed months (YYYYMM) with who closed each; one query."""
    return {one.month: one for one in reach(actor, ClosedPeriod).filter(reopened_at__isnull=True)}


def lock(actor: Actor) -> None:
    """Make everybody else who changes the municipality's ledger wait until the transaction ends.

    On SQLite a transaction that writes is alone already; on PostgreSQL the municipality's row is the lock.
    """
    reach(actor, Municipality).select_for_update(no_key=True).get()


def close(actor: Actor, months: Iterable[int], why: str, now: datetime) -> list[ClosedPeriod]:
    """Close months; one that is closed already stays as it is. Raises NotAllowedError, UseError without a reason."""
    require_ledger(actor)
    reason = _reason(why, "stängs")
    wanted = sorted({_month(month) for month in months})
    with recording(actor, reason) as pen:
        lock(actor)
        closed = closed_months(actor)
        return [
            pen.create(
                ClosedPeriod, municipality_id=actor.municipality_id, month=month, closed_at=now,
                closed_by=actor.name, why=reason,
            )
            for month in wanted
            if month not in closed
        ]  # fmt: skip


def reopen(actor: Actor, month: int, why: str, now: datetime) -> None:
    """Open a closed month again; UseError when it is not closed."""
    require_ledger(actor)
    reason = _reason(why, "öppnas")
    month = _month(month)
    with recording(actor, reason) as pen:
        lock(actor)
        found = closed_months(actor).get(month)
        if found is None:
            raise UseError(f"{month_words(month).capitalize()} är inte stängd.")
        pen.update(found, reopened_at=now, reopened_by=actor.name, reopened_why=reason)


def refusal(closed: Iterable[ClosedPeriod]) -> str:
    """Say who closed the months and when; empty when there are none."""
    told = [
        f"{month_words(one.month).capitalize()} stängdes av {one.closed_by} den {_day(one.closed_at)} (”{one.why}”)."
        for one in closed
    ]
    if not told:
        return ""
    return " ".join([*told, "Öppna perioden först, eller läs in en fil utan den. Ingenting är inläst."])


def _day(when: datetime) -> str:
    day = localtime(when)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _month(month: int) -> int:
    if not (1900 <= month // 100 <= 2999 and 1 <= month % 100 <= 12):
        raise UseError(f"{month} är ingen månad. Skriv år och månad, till exempel 202408.")
    return month


def _reason(why: str, done: str) -> str:
    reason = why.strip()[:500]
    if not reason:
        raise UseError(f"Skriv varför perioden {done}. Det sparas i historiken.")
    return reason
