"""Reporting dates, decisions with their points, and the documents that figures were printed in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from uppsikt.web.organisation.models import Municipality, Unit


class ReportingDate(models.Model):
    """A date as of which the municipality tells how things stand: "Bokslut 2024"."""

    SCOPE: ClassVar[str] = "municipality"

    class Kind(models.TextChoices):
        """What is told: at year end an outcome, at interim dates a forecast."""

        ANNUAL = "annual", "bokslut"
        INTERIM = "interim", "delårsrapport"
        FORECAST = "forecast", "prognos"
        BUDGET = "budget", "budget"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="reporting_dates")
    slug = models.SlugField()
    name = models.CharField("namn", max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField("per den")
    year = models.PositiveIntegerField("verksamhetsår")

    class Meta:
        verbose_name = "rapporttillfälle"
        verbose_name_plural = "rapporttillfällen"
        ordering = ("-on", "-pk")
        constraints = (models.UniqueConstraint(fields=["municipality", "slug"], name="reporting_date_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_forecast(self) -> bool:
        """Say whether states at this date are forecasts rather than outcomes."""
        return self.kind != self.Kind.ANNUAL


class SourceDocument(models.Model):
    """A published document that figures were taken from."""

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="source_documents")
    key = models.SlugField()
    title = models.CharField("titel", max_length=200)
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, null=True, related_name="source_documents")

    class Meta:
        verbose_name = "källdokument"
        verbose_name_plural = "källdokument"
        constraints = (models.UniqueConstraint(fields=["municipality", "key"], name="source_document_once"),)

    def __str__(self) -> str:
        return self.title


class Sourced(models.Model):
    """What knows where it was printed: document, table, row and column; all empty when a person entered it."""

    source = models.ForeignKey(SourceDocument, models.PROTECT, null=True, blank=True, related_name="+")
    source_table = models.CharField("tabell", max_length=160, blank=True)  # "t03 Driftsammandrag, netto mnkr"
    source_row = models.CharField("rad", max_length=300, blank=True)
    source_column = models.CharField("kolumn", max_length=200, blank=True)

    class Meta:
        abstract = True


class Decision(models.Model):
    """A decision of a body on a day under a paragraph: "KS 2019-06-11 § 225"."""

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="decisions")
    body = models.CharField("organ", max_length=20)  # KF, KS
    on = models.DateField("sammanträde")
    paragraph = models.PositiveIntegerField("paragraf")
    case_number = models.CharField("diarienummer", max_length=40, blank=True)
    title = models.CharField("rubrik", max_length=300)
    note = models.TextField("anteckning", blank=True)  # reservations, abstentions, negotiation with the unions

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        ordering = ("-on", "-paragraph")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "body", "on", "paragraph"], name="decision_once"),
        )

    def __str__(self) -> str:
        return f"{self.body} {self.on:%Y-%m-%d} § {self.paragraph}"


class DecisionPoint(models.Model):
    """A numbered point of a decision; a transfer names giver, receiver, amount in tkr and first year."""

    SCOPE: ClassVar[str] = "decision__municipality"

    class Kind(models.TextChoices):
        """What the point does."""

        APPROVE = "approve", "fastställer"
        FRAME = "frame", "sätter ram"
        TRANSFER = "transfer", "flyttar pengar"
        DELEGATE = "delegate", "delegerar"
        REQUEST = "request", "begär av fullmäktige"
        NOTE = "note", "noterar"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="points")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    amount = models.DecimalField("belopp, tkr", max_digits=18, decimal_places=3, null=True, blank=True)
    giver = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    from_year = models.PositiveIntegerField("från och med år", null=True, blank=True)

    class Meta:
        verbose_name = "beslutspunkt"
        verbose_name_plural = "beslutspunkter"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["decision", "number"], name="decision_point_once"),)

    def __str__(self) -> str:
        return f"{self.decision}, punkt {self.number}"
