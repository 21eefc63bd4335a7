"""What is stored of reviews: the document, its runs, and the findings that a person has set aside.

The document itself lies as a file under its digest (``keeping``). What is here is for those who have a
role in the document's unit: it may be a draft that nobody else has seen.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from uppsikt.web.organisation.models import Unit


class ReviewedDocument(models.Model):
    """One version of a document that was uploaded. Versions of the same document share ``series``."""

    SCOPE: ClassVar[str] = "unit__municipality"
    WITHIN: ClassVar[str] = "unit"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reviewed_documents")
    name = models.CharField("namn", max_length=200)
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of the file, and its name where it is kept
    size = models.PositiveBigIntegerField("storlek i byte")
    series = models.UUIDField(db_index=True)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField("uppladdat", auto_now_add=True)
    who_name = models.CharField("uppladdat av", max_length=160)

    class Meta:
        verbose_name = "granskat dokument"
        verbose_name_plural = "granskade dokument"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=["series", "version"], name="reviewed_version_once"),
            models.UniqueConstraint(fields=["series", "digest"], name="reviewed_file_once_in_series"),
        )

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}" if self.version > 1 else self.name


class Run(models.Model):
    """One reading of a document from beginning to end.

    ``record`` is the whole result as JSON (review.record) and never changes once the run is done; the
    three counts are of what it found. ``claim`` names who works on it and ``beat`` when that was last
    heard of: work whose beat has stopped is taken up by another.
    """

    SCOPE: ClassVar[str] = "document__unit__municipality"
    WITHIN: ClassVar[str] = "document__unit"

    class State(models.TextChoices):
        """How far a run has come."""

        WAITING = "waiting", "väntar"
        RUNNING = "running", "pågår"
        DONE = "done", "klar"
        FAILED = "failed", "gick inte"

    document = models.ForeignKey(ReviewedDocument, models.CASCADE, related_name="runs")
    state = models.CharField("läge", max_length=10, choices=State, default=State.WAITING, db_index=True)
    claim = models.UUIDField(null=True, blank=True)
    beat = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    pages_done = models.PositiveIntegerField("lästa sidor", default=0)
    pages_total = models.PositiveIntegerField("sidor", default=0)
    asked_at = models.DateTimeField("begärd", auto_now_add=True)
    started_at = models.DateTimeField("började", null=True, blank=True)
    finished_at = models.DateTimeField("slutade", null=True, blank=True)
    program = models.CharField("programversion", max_length=40, blank=True)
    error = models.TextField("fel", blank=True)
    certain = models.PositiveIntegerField("säkra", default=0)
    likely = models.PositiveIntegerField("troliga", default=0)
    possible = models.PositiveIntegerField("möjliga", default=0)
    record_digest = models.CharField(max_length=64, blank=True)
    record = models.TextField(blank=True)  # text and not JSONField: PostgreSQL's JSON cannot hold every character

    class Meta:
        verbose_name = "granskning"
        verbose_name_plural = "granskningar"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(state="done") | ~Q(record=""), name="run_done_has_record"),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="run_failed_says_why"),
        )

    def __str__(self) -> str:
        return f"Granskning av {self.document}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def found(self) -> int:
        """How many findings it gave; what follows from them is not counted."""
        return self.certain + self.likely + self.possible


class Dismissal(models.Model):
    """A finding that a person has set aside, with the reason. It holds for every version of the document.

    ``identity`` is the finding's (code, place, facts) and ``place`` the same without the facts: a
    finding at the place with other facts is shown again, with a word about this one.
    """

    SCOPE: ClassVar[str] = "document__unit__municipality"
    WITHIN: ClassVar[str] = "document__unit"

    document = models.ForeignKey(ReviewedDocument, models.CASCADE, related_name="dismissals")
    identity = models.CharField(max_length=64)
    place = models.CharField(max_length=64)
    told = models.CharField("anmärkning", max_length=500)
    reason = models.CharField("skäl", max_length=500)
    at = models.DateTimeField("avfärdad", auto_now_add=True)
    who_name = models.CharField("avfärdad av", max_length=160)
    withdrawn_at = models.DateTimeField("återtagen", null=True, blank=True)

    class Meta:
        verbose_name = "avfärdad anmärkning"
        verbose_name_plural = "avfärdade anmärkningar"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["document", "identity"], condition=Q(withdrawn_at__isnull=True), name="dismissed_once"
            ),
        )

    def __str__(self) -> str:
        return self.told
