"""Keeps why a unit's budget differs from the year before."""

from __future__ import annotations

from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetUnit, ChangeReason
from uppsikt.web.budget.services.saving import locked, require_draft, why_of
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Act, Actor, reach, require


def reason_add(actor: Actor, own: BudgetUnit, kind: str, text: str, amount: int) -> ChangeReason:
    """Add a reason with its amount in kr: positive when the budget grows. The reason itself is why it is written."""
    require(actor, Act.BUDGET, own.unit)
    if not text.strip():
        raise UseError("Skriv vad förändringen beror på.")
    with recording(actor, f"Förklaring: {text.strip()}"[:500]) as pen:
        require_draft(locked(actor, own.version))
        told = {"kind": kind, "text": text.strip(), "amount": amount}
        if reach(actor, ChangeReason).filter(budget_unit=own, **told).exists():
            raise UseError("Den förklaringen finns redan, med samma belopp. Skriv en annan text om det är en till.")
        return pen.create(ChangeReason, budget_unit=own, **told)


def reason_remove(actor: Actor, reason: ChangeReason) -> None:
    """Take a reason away; the journal keeps it."""
    own = reason.budget_unit
    require(actor, Act.BUDGET, own.unit)
    with recording(actor, f"Förklaringen tas bort: {reason.text}"[:500]) as pen:
        require_draft(locked(actor, own.version))
        pen.delete(reason)


def before_set(actor: Actor, own: BudgetUnit, before: int | None, why: str) -> None:
    """Keep what the unit's budget was the year before, in kr; the committee's own people say it."""
    require(actor, Act.BUDGET, own.version.unit)
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, own.version))
        pen.update(own, before=before)
