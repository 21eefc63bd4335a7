"""The journal: one row for every change of every object."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from uppsikt.web.organisation.models import Municipality


class Change(models.Model):
    """One change of one object: who, when, what before, what after, why.

    ``who_name`` is kept as text beside the key, because people leave and history does not. All
    changes of one action share ``action_id``. A public authority must keep its records: nothing
    here is ever updated or deleted.
    """

    SCOPE: ClassVar[str] = "municipality"

    class Verb(models.TextChoices):
        """What happened to the object."""

        CREATED = "created", "skapades"
        UPDATED = "updated", "ändrades"
        DELETED = "deleted", "togs bort"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    at = models.DateTimeField("när", auto_now_add=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    who_name = models.CharField("vem", max_length=160)
    why = models.CharField("varför", max_length=500)
    action_id = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=10, choices=Verb)
    model = models.CharField(max_length=80)  # "steering.indicatorvalue"
    object_id = models.BigIntegerField()
    object_text = models.CharField(max_length=300)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)  # only the fields that changed
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "ändring"
        verbose_name_plural = "ändringar"
        ordering = ("-pk",)
        indexes = (models.Index(fields=["model", "object_id"], name="change_of_object"),)

    def __str__(self) -> str:
        return f"{self.object_text} {self.get_verb_display()} av {self.who_name}"


class Revision(models.Model):
    """The state of a municipality's data as one name: it is another after every committed action.

    Writers take turns at this row when they commit, so that no reader can see the new name without
    everything that was written before it. What is built from the data can be kept under the name.
    """

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.OneToOneField(Municipality, models.CASCADE, primary_key=True, related_name="+")
    name = models.UUIDField()

    class Meta:
        verbose_name = "datatillstånd"
        verbose_name_plural = "datatillstånd"

    def __str__(self) -> str:
        return str(self.name)


class Sent(models.Model):
    """One press of a button that has been done, so that the same one is not done again (history.sending).

    ``name`` is a digest of who sent what where, with the form's own token. Kept for a day.
    """

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    name = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "skickat formulär"
        verbose_name_plural = "skickade formulär"

    def __str__(self) -> str:
        return self.name
