"""Reading the journal."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet

from uppsikt.web.history.models import Change, Revision
from uppsikt.web.organisation.gate import Actor, reach


def changes_of(actor: Actor, target: models.Model) -> QuerySet[Change]:
    """Give the history of an object, the newest first."""
    return reach(actor, Change).filter(model=target._meta.label_lower, object_id=target.pk)


def last_change(actor: Actor, target: models.Model) -> Change | None:
    """Give the newest change of an object, or None when it has no history."""
    return changes_of(actor, target).first()


def revision_of(actor: Actor) -> str:
    """Give the name of the state that the municipality's data are in: another after every write.

    Ask outside of ``recording``: within it the name still tells the state before.
    """
    found = reach(actor, Revision).values_list("name", flat=True).first()
    return str(found or "")
