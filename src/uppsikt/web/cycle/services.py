"""Registering what a body has decided. Called inside another action: the pen is the action's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from uppsikt.core.errors import UseError
from uppsikt.core.references import DecisionReference
from uppsikt.web.cycle.models import Decision, DecisionPoint
from uppsikt.web.history.services import Pen
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Municipality


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision as a person writes it from the minutes."""

    body: str
    on: date
    paragraph: int
    title: str
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class PointWritten:
    """A point of a decision: of one that is registered or of a new one; ``number`` None takes the next free."""

    decision: Decision | NewDecision
    text: str
    number: int | None = None


def decision_registered(actor: Actor, pen: Pen, written: NewDecision) -> Decision:
    """Give the decision that the minutes name, registered now where it is not yet.

    One that is registered under another title is refused: it may be another decision with a mistyped paragraph.
    """
    # Two who register the same meeting at once: the second finds what the first wrote (PostgreSQL).
    reach(actor, Municipality).select_for_update(no_key=True).get()
    same = {"body": written.body, "on": written.on, "paragraph": written.paragraph}
    found = reach(actor, Decision).filter(**same).first()
    if found is None:
        fields = {**same, "title": written.title, "case_number": written.case_number}
        return pen.create(Decision, municipality_id=actor.municipality_id, **fields)
    if found.title != written.title:
        reference = DecisionReference(written.body, written.on, written.paragraph)
        raise UseError(f"{reference} är redan inlagt med rubriken ”{found.title}”. Välj det i listan, eller rätta §.")
    return found


def point_registered(actor: Actor, pen: Pen, written: PointWritten, **fields: Any) -> DecisionPoint:
    """Give the point of a decision, registered now where it is not yet; ``fields`` say what a new point does."""
    chosen = written.decision
    decision = chosen if isinstance(chosen, Decision) else decision_registered(actor, pen, chosen)
    reach(actor, Decision).select_for_update(no_key=True).get(pk=decision.pk)  # the next number goes to one only
    points = reach(actor, DecisionPoint).filter(decision=decision)
    found = points.filter(number=written.number).first() if written.number else None
    if found is not None:
        return found
    number = written.number or (points.aggregate(last=Max("number"))["last"] or 0) + 1
    return pen.create(DecisionPoint, decision=decision, number=number, text=written.text, **fields)
