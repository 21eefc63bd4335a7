"""Who may change the ledger: it belongs to the whole municipality, so one who is controller at the top of it."""

from __future__ import annotations

from uppsikt.core.errors import UseError
from uppsikt.web.organisation.gate import Act, Actor, may, reach, require
from uppsikt.web.organisation.models import Unit


def may_load(actor: Actor) -> bool:
    """Say whether the actor may load entries, and close and open periods."""
    return any(may(actor, Act.LEDGER, unit) for unit in _tops(actor))


def require_ledger(actor: Actor) -> None:
    """Stop with a Swedish sentence when the actor may not; a unit at the top is one that stands under no other."""
    tops = _tops(actor)
    if not tops:
        raise UseError("Organisationen saknas. Lägg in kommunens enheter innan redovisningen läses in.")
    require(actor, Act.LEDGER, next((unit for unit in tops if may(actor, Act.LEDGER, unit)), tops[0]))


def _tops(actor: Actor) -> list[Unit]:
    return list(reach(actor, Unit).filter(placements__isnull=True).order_by("order", "pk"))
