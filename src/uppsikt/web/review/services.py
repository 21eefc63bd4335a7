"""Writing reviews: a document is taken in, run, judged, and taken away again.

How far a run has come (claim, beat, pages) is written straight to its row and not to the journal: it
is a clock and not a decision. That it was asked for, and how it ended, is in the journal like all else.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from uppsikt import __version__
from uppsikt.core.errors import UseError
from uppsikt.review.record import Record
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Act, Actor, reach, require
from uppsikt.web.organisation.models import Unit
from uppsikt.web.review import keeping
from uppsikt.web.review.models import Dismissal, ReviewedDocument, Run
from uppsikt.web.review.selectors import dismissals_of

State = Run.State
LOST_AFTER = timedelta(seconds=45)  # without a beat, nobody works on a run any more
MOST_ATTEMPTS = 2
GAVE_UP = (
    "Granskningen avbröts två gånger utan att bli klar: servern stängdes, eller så krävde dokumentet för mycket. "
    "Försök igen, eller dela upp dokumentet i mindre delar."
)


@dataclass(frozen=True, slots=True)
class Received:
    """What came of an upload: the document, and whether it was there already."""

    document: ReviewedDocument
    is_known: bool = False


def document_take(
    actor: Actor, unit: Unit, name: str, chunks: Iterable[bytes], *, follows: ReviewedDocument | None = None
) -> Received:
    """Take a document in for a unit and ask for its first run.

    The same file again is the document that is there. A file with the name of one that is there, or
    told to follow one, becomes its next version. Raises NotAllowedError and UseError.
    """
    owner = follows.unit if follows else unit
    require(actor, Act.REVIEW, owner)
    kept = keeping.keep(owner.pk, chunks)
    try:
        if not kept.size:
            raise UseError(f"{name} är tom. Kontrollera filen och ladda upp den igen.")
        return _taken(actor, owner, name, kept, follows)
    finally:
        keeping.discard(kept)


def _taken(actor: Actor, owner: Unit, name: str, kept: keeping.Kept, follows: ReviewedDocument | None) -> Received:
    with recording(actor, why="Dokumentet laddades upp för granskning") as pen:
        theirs = _locked(actor, owner.pk)  # two uploads at once take turns, and a removal with them
        keeping.settle(kept)
        known = theirs.filter(digest=kept.digest).first()
        if known is not None:
            return Received(known, is_known=True)
        before = follows or theirs.filter(name=name).first()
        series = before.series if before else uuid.uuid4()
        newest = theirs.filter(series=series).aggregate(newest=Max("version"))["newest"] or 0
        document = pen.create(
            ReviewedDocument, unit=owner, name=name, digest=kept.digest, size=kept.size,
            series=series, version=newest + 1, who_name=actor.name,
        )  # fmt: skip
        pen.create(Run, document=document)
    return Received(document)


def _locked(actor: Actor, unit: int) -> QuerySet[ReviewedDocument]:
    """Lock a unit until the transaction ends, and give its documents."""
    reach(actor, Unit).select_for_update(no_key=True).get(pk=unit)
    return reach(actor, ReviewedDocument).filter(unit=unit)


def run_ask(actor: Actor, document: ReviewedDocument) -> Run:
    """Ask for another run of a document; one that waits or works already is the answer."""
    require(actor, Act.REVIEW, document.unit)
    keeping.path_of(document)
    with recording(actor, why="Granskas igen") as pen:
        _locked(actor, document.unit_id)  # who presses twice asks once
        going = reach(actor, Run).filter(document=document, state__in=(State.WAITING, State.RUNNING)).first()
        return going or pen.create(Run, document=document)


def run_claim(actor: Actor, now: datetime) -> Run | None:
    """Take the run that has waited longest; None when none waits. No other process is given the same one.

    Runs whose worker has fallen silent wait again; one that has been tried enough is given up.
    """
    runs = reach(actor, Run)
    lost = Q(state=State.RUNNING) & (Q(beat__lt=now - LOST_AFTER) | Q(beat__isnull=True))
    for run in runs.filter(lost, attempts__gte=MOST_ATTEMPTS).defer("record"):
        _end(actor, run, now, state=State.FAILED, error=GAVE_UP)
    runs.filter(lost).update(state=State.WAITING, claim=None)
    for key in runs.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True)[:20]:
        claim = uuid.uuid4()
        # One statement that only one process can win, on SQLite as on PostgreSQL.
        won = runs.filter(pk=key, state=State.WAITING).update(
            state=State.RUNNING, claim=claim, beat=now, started_at=now, attempts=F("attempts") + 1,
            pages_done=0, pages_total=0, program=__version__,
        )  # fmt: skip
        if won:
            return runs.select_related("document__unit").get(pk=key)
    return None


def run_beat(actor: Actor, run: Run, now: datetime, pages: tuple[int, int]) -> bool:
    """Say that the work goes on and how far it has come; False when the run is no longer ours."""
    mine = reach(actor, Run).filter(pk=run.pk, claim=run.claim, state=State.RUNNING)
    return bool(mine.update(beat=now, pages_done=pages[0], pages_total=pages[1]))


def run_finish(actor: Actor, run: Run, now: datetime, outcome: Record | str) -> bool:
    """End a run with its record, or with the Swedish line that says why there is none.

    False when the run was taken from us meanwhile: then nothing is written.
    """
    if isinstance(outcome, str):
        return _end(actor, run, now, state=State.FAILED, error=outcome)
    text = json.dumps(outcome, ensure_ascii=True, separators=(",", ":"))
    counts = Counter(one["confidence"] for one in outcome["findings"] if one["cause"] is None)
    pages = outcome["document"]["pages"]
    return _end(
        actor, run, now, record=text, state=State.DONE, record_digest=hashlib.sha256(text.encode()).hexdigest(),
        certain=counts["certain"], likely=counts["likely"], possible=counts["possible"],
        pages_done=pages, pages_total=pages,
    )  # fmt: skip


def _end(actor: Actor, run: Run, now: datetime, *, record: str = "", **fields: Any) -> bool:
    with recording(actor, why="Granskningen slutade") as pen:
        mine = reach(actor, Run).filter(pk=run.pk, claim=run.claim, state=State.RUNNING).select_for_update()
        found = mine.first()
        if found is None:
            return False
        # Set before the pen looks, so that the journal keeps the digest and not a second copy of the record.
        found.record = record
        pen.update(found, finished_at=now, claim=None, **fields)
    return True


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding as it is set aside: its identity, its place without facts, and its words."""

    identity: str
    place: str
    told: str


def finding_dismiss(actor: Actor, document: ReviewedDocument, finding: Judged, reason: str) -> Dismissal:
    """Set a finding aside with a reason; it stays so in every version of the document until its facts change."""
    require(actor, Act.REVIEW, document.unit)
    reason = reason.strip()
    if not reason:
        raise UseError("Skriv varför anmärkningen avfärdas: nästa läsare ser skälet.")
    with recording(actor, why=reason[:500]) as pen:
        _locked(actor, document.unit_id)  # two who dismiss it at once, or one who presses twice, do so once
        known = dismissals_of(actor, document).filter(identity=finding.identity).first()
        return known or pen.create(
            Dismissal, document=document, identity=finding.identity, place=finding.place,
            told=finding.told[:500], reason=reason[:500], who_name=actor.name,
        )  # fmt: skip


def dismissal_withdraw(actor: Actor, dismissal: Dismissal, now: datetime) -> None:
    """Let a finding that was set aside be shown again."""
    require(actor, Act.REVIEW, dismissal.document.unit)
    with recording(actor, why="Avfärdandet togs tillbaka") as pen:
        pen.update(dismissal, withdrawn_at=now)


def document_remove(actor: Actor, document: ReviewedDocument) -> None:
    """Take a version away with its runs and its file. The journal says that it was there.

    What was set aside in it goes on holding for the other versions of the document.
    """
    require(actor, Act.REVIEW, document.unit)
    unit = document.unit_id
    with recording(actor, why="Dokumentet togs bort") as pen:
        theirs = _locked(actor, unit).filter(series=document.series)
        if not theirs.filter(pk=document.pk).exists():  # another was quicker
            return
        heir = theirs.exclude(pk=document.pk).first()
        for dismissal in reach(actor, Dismissal).filter(document=document) if heir else ():
            pen.update(dismissal, document=heir)
        pen.delete(document)
    # When the rows are gone for certain; had the file gone first, a rollback would leave a row without one.
    with transaction.atomic():
        keeping.tidy(unit, set(_locked(actor, unit).values_list("digest", flat=True)))
