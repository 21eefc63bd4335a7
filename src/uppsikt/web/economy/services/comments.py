"""What units say about their figures."""

from __future__ import annotations

from typing import NamedTuple

from uppsikt.core.errors import UseError
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import Comment
from uppsikt.web.economy.selectors import comment_on
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Act, Actor, require
from uppsikt.web.organisation.models import Unit


class Written(NamedTuple):
    """What a person wrote, why, and the number of the last change that they had seen (0: none)."""

    text: str
    why: str
    seen: int


def comment_save(actor: Actor, unit: Unit, reporting_date: ReportingDate, topic: str, written: Written) -> Comment:
    """Keep what a unit says about its figures; what a person has written is no longer an example.

    Raises NotAllowedError, EditConflictError when somebody else was first, and UseError without a reason.
    """
    require(actor, Act.REPORT, unit)
    if not written.why.strip():
        raise UseError("Skriv varför du ändrar kommentaren. Det sparas i historiken.")
    with recording(actor, written.why.strip()) as pen:
        stored = comment_on(actor, unit, reporting_date, topic)
        if stored is None:
            return pen.create(Comment, unit=unit, reporting_date=reporting_date, topic=topic, text=written.text)
        pen.update(stored, seen=written.seen, text=written.text, is_example=False)
        return stored
