"""A report as it was decided: fixed for ever. A draft is not stored, it is built from the figures."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from uppsikt.core.errors import UseError
from uppsikt.web.cycle.models import Decision, ReportingDate
from uppsikt.web.organisation.models import Unit


class DecidedReport(models.Model):
    """One version of a report with all its content as of the decision.

    ``content`` is the frozen report (reporting.freezing) and ``digest`` its SHA-256. A correction is
    a new version with a decision of its own that says what changed; nothing here is ever updated.
    """

    SCOPE: ClassVar[str] = "unit__municipality"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="decided_reports")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="decided_reports")
    definition = models.SlugField("rapportdefinition")
    version = models.PositiveIntegerField(default=1)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="decided_reports")
    what_changed = models.TextField("vad som ändrats", blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "beslutad rapport"
        verbose_name_plural = "beslutade rapporter"
        ordering = ("definition", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "reporting_date", "definition", "version"], name="decided_report_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.definition}, version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new version; one that is stored cannot be changed."""
        if self.pk is not None and not kwargs.get("force_insert"):
            raise UseError("En beslutad rapport kan inte ändras. Gör en ny version som säger vad som ändrats.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse: a decided report stays."""
        raise UseError("En beslutad rapport kan inte tas bort.")
