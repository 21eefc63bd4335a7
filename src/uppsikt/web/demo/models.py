"""Which files the municipality was loaded from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from uppsikt.web.organisation.models import Municipality


class DataLoad(models.Model):
    """One loading of files; ``digest`` is their fingerprint, so that the same files are not loaded twice."""

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="data_loads")
    digest = models.CharField("fingeravtryck", max_length=64)
    at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        verbose_name = "inläsning"
        verbose_name_plural = "inläsningar"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.municipality} {self.at:%Y-%m-%d %H:%M}"
