"""Reading the journal."""

from __future__ import annotations

from django.db import models
from django.db.models import Max, QuerySet

from uppsikt.web.history.models import Change
from uppsikt.web.organisation.gate import Actor, reach


def changes_of(actor: Actor, target: models.Model) -> QuerySet[Change]:
    """Give the history of an object, the newest first."""
    return reach(actor, Change).filter(model=target._meta.label_lower, object_id=target.pk)


def last_change(actor: Actor, target: models.Model) -> Change | None:
    """Give the newest change of an object, or None when it has no history."""
    return changes_of(actor, target).first()


def newest_change_number(actor: Actor) -> int:
    """Give the number of the newest change in the municipality: it moves when anything is written."""
    return reach(actor, Change).aggregate(newest=Max("pk"))["newest"] or 0
