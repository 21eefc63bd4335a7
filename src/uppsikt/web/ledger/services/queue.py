"""Who does what waits: loads to be opened, read or kept are claimed by one UPDATE that only one process can win.

How far the work has come is written past the journal: it is a clock and not a decision.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db.models import F, Q

from uppsikt.core.errors import UseError
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import Load
from uppsikt.web.organisation.gate import Actor, reach

State = Load.State
GOING = (State.LOOKING, State.READING, State.KEEPING)
LOST_AFTER = timedelta(seconds=45)  # without a beat, nobody works on a load any more
MOST_ATTEMPTS = 2
PARTS = 1000  # progress is told in thousandths
GAVE_UP = (
    "Arbetet avbröts två gånger utan att bli klart: servern stängdes, eller så krävde filen för mycket. Ingenting är "
    "inläst. Försök igen, eller dela filen per år."
)


def claim(actor: Actor, now: datetime) -> Load | None:
    """Take the load that has waited longest; None when none waits. No other process is given the same one."""
    loads = reach(actor, Load)
    lost = Q(state__in=GOING, claim__isnull=False) & (Q(beat__lt=now - LOST_AFTER) | Q(beat__isnull=True))
    for load in loads.filter(lost, attempts__gte=MOST_ATTEMPTS):
        give_up(actor, load, GAVE_UP)
    loads.filter(lost).update(claim=None)
    for key in loads.filter(state__in=GOING, claim__isnull=True).order_by("pk").values_list("pk", flat=True)[:20]:
        won = loads.filter(pk=key, state__in=GOING, claim__isnull=True).update(
            claim=uuid.uuid4(), beat=now, attempts=F("attempts") + 1, rows_done=0
        )
        if won:
            return loads.select_related("source").get(pk=key)
    return None


def claim_own(actor: Actor, load: Load, now: datetime) -> None:
    """Take a load for who waits at a terminal. When they are stopped nobody goes on: the load is given up."""
    mine = reach(actor, Load).filter(pk=load.pk, claim__isnull=True)
    load.claim, load.attempts = uuid.uuid4(), MOST_ATTEMPTS
    if not mine.update(claim=load.claim, beat=now, attempts=load.attempts):
        raise UseError("Någon annan arbetar redan med filen. Vänta en stund och försök igen.")


def beat(actor: Actor, load: Load, now: datetime, done: float) -> bool:
    """Say that the work goes on and how far it has come (0 to 1); False when the load is no longer ours."""
    mine = reach(actor, Load).filter(pk=load.pk, claim=load.claim, state__in=GOING)
    return bool(mine.update(beat=now, rows_done=int(done * PARTS)))


def give_up(actor: Actor, load: Load, why: str) -> None:
    """End the work with the line that says why: what was read stays read, what was not is refused."""
    with recording(actor, "Arbetet med filen slutade") as pen:
        found = reach(actor, Load).filter(pk=load.pk, state__in=GOING).select_for_update().first()
        if found is not None:
            state = State.STAGED if found.state == State.KEEPING else State.FAILED
            pen.update(found, state=state, claim=None, error=why)


def read_again(actor: Actor, load: Load, why: str) -> None:
    """Ask for the dry run to be made anew, because what it was compared with is no longer what is visible."""
    with recording(actor, "Provläsningen görs om") as pen:
        found = reach(actor, Load).filter(pk=load.pk, state__in=GOING).select_for_update().first()
        if found is not None:
            pen.update(found, state=State.READING, claim=None, attempts=0, error=why)
