"""Reading reviews: the list, a document with its runs, what was found, and what has been set aside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from uppsikt.core.errors import UseError
from uppsikt.review.record import FindingRecord, Record
from uppsikt.web.cycle.here import Here
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.selectors import units_under
from uppsikt.web.review.models import Dismissal, ReviewedDocument, Run

LIGHT = ("record",)  # what lists leave in the database
_LACKING = dict.fromkeys(FindingRecord.__required_keys__)


@dataclass
class DocumentLine:
    """A document in the list: its newest version with that one's newest run, and how many versions there are."""

    document: ReviewedDocument
    run: Run | None
    versions: int = 1
    dismissed: int = 0


@dataclass(frozen=True)
class Reviewed:
    """A document with its newest finished run, the run that is going on if any, and all that is known of it."""

    document: ReviewedDocument
    runs: tuple[Run, ...]
    versions: tuple[ReviewedDocument, ...]
    dismissals: tuple[Dismissal, ...] = field(default=())

    @property
    def newest(self) -> Run | None:
        """The run that was asked for last."""
        return self.runs[0] if self.runs else None

    @property
    def done(self) -> Run | None:
        """The newest run that has a result."""
        return next((run for run in self.runs if run.state == Run.State.DONE), None)

    def done_run(self, key: int) -> Run | None:
        """Give the finished run with this key, or the newest one that is finished."""
        return next((run for run in self.runs if run.pk == key and run.state == Run.State.DONE), self.done)

    @property
    def is_newest_version(self) -> bool:
        """Whether no later version of the document is there."""
        return self.document == self.versions[0]


def documents_at(here: Here) -> list[DocumentLine]:
    """Give the documents of the unit and of those under it, the newest version of each; three queries."""
    under = units_under(here.actor, here.unit, here.reporting_date.on)
    lines: dict[object, DocumentLine] = {}
    for document in _documents(here.actor).filter(unit__in=under):
        if document.series in lines:
            lines[document.series].versions += 1
        else:
            lines[document.series] = DocumentLine(document, None)
    of_newest = {line.document.pk: line for line in lines.values()}
    for run in reach(here.actor, Run).filter(document__in=of_newest).order_by("pk").defer(*LIGHT):
        of_newest[run.document_id].run = run
    standing = reach(here.actor, Dismissal).filter(document__unit__in=under, withdrawn_at=None)
    for series in standing.values_list("document__series", flat=True):
        if series in lines:
            lines[series].dismissed += 1
    return list(lines.values())


def document_at(actor: Actor, key: int) -> ReviewedDocument:
    """Give a document that the actor may see, or a Swedish 404 that tells nobody whether it exists."""
    found = _documents(actor).filter(pk=key).first()
    if found is None:
        raise Http404(_("Dokumentet finns inte, eller så hör det till en enhet där du inte har någon roll."))
    return found


def reviewed_at(actor: Actor, key: int) -> Reviewed:
    """Give a document with everything around it; four queries."""
    document = document_at(actor, key)
    return Reviewed(
        document=document,
        runs=tuple(reach(actor, Run).filter(document=document).defer(*LIGHT)),
        versions=tuple(_documents(actor).filter(series=document.series).order_by("-version")),
        dismissals=tuple(dismissals_of(actor, document)),
    )


def dismissals_of(actor: Actor, document: ReviewedDocument) -> QuerySet[Dismissal]:
    """Give what is set aside in any version of the document, the newest first."""
    theirs = reach(actor, Dismissal).filter(document__series=document.series, withdrawn_at=None)
    return theirs.select_related("document__unit")


def record_of(actor: Actor, run: Run) -> Record:
    """Give what a finished run found; read from the database once in each process."""
    return _record(_Asked(actor, run))


def newest_done(actor: Actor, documents: Sequence[ReviewedDocument]) -> list[Run]:
    """Give the newest finished run of each document, in the documents' order; UseError names one that has none."""
    done: dict[int, Run] = {}
    for run in reach(actor, Run).filter(document__in=documents, state=Run.State.DONE).order_by("pk").defer(*LIGHT):
        done[run.document_id] = run
    for document in documents:
        if document.pk not in done:
            raise UseError(f"{document} är inte färdiggranskat än. Vänta tills det är klart, eller välj ett annat.")
    return [done[document.pk] for document in documents]


def _documents(actor: Actor) -> QuerySet[ReviewedDocument]:
    return reach(actor, ReviewedDocument).select_related("unit")


class _Asked:
    """Carries who asks past the cache: a finished run never changes, so its key is all that tells it apart."""

    def __init__(self, actor: Actor, run: Run) -> None:
        self.actor, self.key, self.digest = actor, run.pk, run.record_digest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and (self.key, self.digest) == (other.key, other.digest)

    def __hash__(self) -> int:
        return hash((self.key, self.digest))


@lru_cache(maxsize=24)
def _record(asked: _Asked) -> Record:
    text = reach(asked.actor, Run).values_list("record", flat=True).get(pk=asked.key)
    found: Record = json.loads(text)
    # A run of an older program lacks what findings have been given since.
    found["findings"] = [{**_LACKING, **one} for one in found["findings"]]  # type: ignore[typeddict-item]  # all its keys
    return found
