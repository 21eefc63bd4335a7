"""Decides from which size a deviation must be explained, and when an action plan is owed: rows with a first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.core.errors import UseError
from uppsikt.web.followup.models import ForecastLimit
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.services import require_ledger
from uppsikt.web.organisation.gate import Actor, reach


@dataclass(frozen=True, slots=True)
class LimitTold:
    """A limit as a person tells it: per cent of the budget, kronor, or both; ``source`` is what decided it.

    ``seen`` is the last change of the limit that the person had seen (0: none).
    """

    valid_from: date
    percent: Decimal | None
    amount: Decimal | None
    both: bool
    source: str
    why: str
    seen: int = 0


def limit_save(actor: Actor, kind: str, told: LimitTold, stored: ForecastLimit | None = None) -> ForecastLimit:
    """Register a limit from a day on, or change one that is registered.

    Raises NotAllowedError, EditConflictError, and UseError without a size, a source or a reason, or when another
    limit of the kind begins on the same day.
    """
    require_ledger(actor)
    if told.percent is None and told.amount is None:
        raise UseError("Skriv en procentsats, ett belopp eller båda. Utan storlek säger gränsen ingenting.")
    if told.both and (told.percent is None or told.amount is None):
        raise UseError("Skriv både procentsats och belopp när båda ska överskridas.")
    if not told.source.strip():
        raise UseError("Skriv vad som säger detta, till exempel beslutet eller reglementet.")
    same = reach(actor, ForecastLimit).filter(kind=kind, valid_from=told.valid_from)
    if (same.exclude(pk=stored.pk) if stored else same).exists():
        raise UseError(f"En gräns gäller redan från {told.valid_from}. Ändra den i stället, eller välj en annan dag.")
    fields = {
        "valid_from": told.valid_from, "percent": told.percent, "amount": told.amount, "both": told.both,
        "source": told.source.strip(),
    }  # fmt: skip
    with recording(actor, _reason(told.why)) as pen:
        if stored is None:
            return pen.create(ForecastLimit, municipality_id=actor.municipality_id, kind=kind, **fields)
        pen.update(stored, seen=told.seen, **fields)
        return stored


def limit_remove(actor: Actor, stored: ForecastLimit, why: str) -> None:
    """Take a limit away: the one before it, or what holds for everybody, counts again. Raises NotAllowedError."""
    require_ledger(actor)
    with recording(actor, _reason(why)) as pen:
        pen.delete(stored)


def _reason(why: str) -> str:
    if not why.strip():
        raise UseError("Skriv varför du ändrar. Det sparas i historiken.")
    return why.strip()
