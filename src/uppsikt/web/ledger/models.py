"""What is stored of the ledger: codes, sources, loads, which files count (the manifest), and closed periods.

The entries themselves lie as Parquet under UPPSIKT_HOME (docs/decisions/0013). What is here says which of
those files count: a row of LoadedPart that is current. Money is in kronor with öre, as booked: debit
positive, so a control total of outcome is usually a cost.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from uppsikt.core.economy import CODE_PARTS, EntryKind
from uppsikt.core.periods import MONTHS
from uppsikt.core.quantities import KR, Quantity
from uppsikt.web.organisation.models import Municipality, Unit

PARTS = dict(
    zip(CODE_PARTS, ("konto", "ansvar", "verksamhet", "projekt", "objekt", "motpart"), strict=True)
)  # what a reader calls each part of the code string
KINDS = {EntryKind.OUTCOME: "utfall", EntryKind.BUDGET: "budget", EntryKind.FORECAST: "prognos"}
IN_A_MONTH = (MinValueValidator(190001), MaxValueValidator(299912))


def month_words(month: int) -> str:
    """Say a month (YYYYMM) in words.

    >>> month_words(202408)
    'augusti 2024'
    """
    return f"{MONTHS[month % 100 - 1]} {month // 100}"


class LedgerCode(models.Model):
    """A code of the municipality's code plan and what it is called.

    A responsibility code (part "unit") belongs to a unit between two dates (``valid_to`` excluded): when the
    organisation changes it has one row for each unit that it has belonged to. A counterpart that is
    ``is_internal`` is the municipality itself: what is booked against it falls out of a statement net of
    internal items.
    """

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="ledger_codes")
    part = models.CharField("koddel", max_length=12, choices=list(PARTS.items()))
    code = models.CharField("kod", max_length=40)
    name = models.CharField("benämning", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="ledger_codes")
    valid_from = models.DateField("från och med", null=True, blank=True)
    valid_to = models.DateField("till", null=True, blank=True)
    is_internal = models.BooleanField("kommunen själv", default=False)

    class Meta:
        verbose_name = "kod i redovisningen"
        verbose_name_plural = "koder i redovisningen"
        # First what holds from the beginning, which has no date: databases differ in where they put it.
        ordering = ("part", "code", F("valid_from").asc(nulls_first=True))
        constraints = (
            models.UniqueConstraint(
                fields=["municipality", "part", "code", "valid_from"], name="ledger_code_once_from_a_day"
            ),
            models.UniqueConstraint(
                fields=["municipality", "part", "code"],
                condition=Q(valid_from__isnull=True),
                name="ledger_code_once_from_the_beginning",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="ledger_code_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(unit__isnull=True) | Q(part="unit"), name="only_ansvar_has_a_unit"),
            models.CheckConstraint(
                condition=Q(is_internal=False) | Q(part="counterpart"), name="only_counterparts_are_internal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class Source(models.Model):
    """Where entries come from, and how its files were read the last time.

    ``columns`` is, by the heading of a column, the field of core FIELDS that it holds ("" for passed over).
    ``dimensions`` is, by the number of a SIE dimension, the part of the code string. ``income_positive``: income
    is written as positive amounts. ``texts_open``: the texts of its entries hold no personal data and are shown
    to everybody.
    """

    SCOPE: ClassVar[str] = "municipality"

    class Form(models.TextChoices):
        """What kind of file it gives."""

        TABLE = "table", "tabellfil (CSV eller Excel)"
        SIE = "sie", "SIE-fil"
        PROGRAM = "program", "programmet självt"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="ledger_sources")
    name = models.CharField("namn", max_length=80)
    form = models.CharField("filtyp", max_length=8, choices=Form, default=Form.TABLE)
    columns = models.JSONField("kolumner", default=dict, blank=True)
    dimensions = models.JSONField("dimensioner", default=dict, blank=True)
    kind = models.CharField(
        "slag när filen inte säger det", max_length=8, choices=list(KINDS.items()), default="outcome"
    )
    income_positive = models.BooleanField("intäkter skrivs med plus", default=False)
    texts_open = models.BooleanField("texterna får visas för alla", default=False)

    class Meta:
        verbose_name = "källa"
        verbose_name_plural = "källor"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["municipality", "name"], name="ledger_source_once"),)

    def __str__(self) -> str:
        return self.name


class Load(models.Model):
    """One file of entries on its way into the ledger, or in it; what it held and what became of it.

    ``digest`` is the SHA-256 of the file. ``total`` is its control total: the sum of all amounts as booked. ``look`` is
    what was found when the file was opened: columns or dimensions, as JSON.
    ``staged`` is what the store has read and nobody sees yet (JSON of facts). ``base`` names what the source showed
    when the dry run was made: when that has changed, the dry run is made anew. ``summary`` is the dry run as told.
    ``claim``, ``beat``, ``attempts`` and ``rows_done`` are the work's clock and stand outside the journal.
    """

    SCOPE: ClassVar[str] = "source__municipality"
    WITHIN: ClassVar[str] = "source__municipality__units"
    OPEN: ClassVar[dict[str, object]] = {"state__in": ("keeping", "kept", "replaced")}  # before that it is a draft

    class State(models.TextChoices):
        """How far a load has come."""

        LOOKING = "looking", "öppnas"
        RECEIVED = "received", "mottagen"
        READING = "reading", "läses"
        STAGED = "staged", "provläst"
        KEEPING = "keeping", "läses in"
        KEPT = "kept", "inläst"
        REPLACED = "replaced", "ersatt"
        DISCARDED = "discarded", "kastad"
        FAILED = "failed", "gick inte"

    source = models.ForeignKey(Source, models.PROTECT, related_name="loads")
    state = models.CharField("läge", max_length=10, choices=State, default=State.RECEIVED, db_index=True)
    at = models.DateTimeField("mottagen", auto_now_add=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    who_name = models.CharField("vem", max_length=160)
    why = models.CharField("varför", max_length=500, blank=True)
    kept_at = models.DateTimeField("inläst", null=True, blank=True)
    file_name = models.CharField("fil", max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField("storlek i byte", default=0)
    look = models.TextField(blank=True)
    layout = models.JSONField(default=dict, blank=True)
    rows = models.PositiveBigIntegerField("poster", default=0)
    total = models.DecimalField("kontrollsumma, kr", max_digits=24, decimal_places=2, null=True, blank=True)
    staged = models.TextField(blank=True)
    base = models.CharField(max_length=64, blank=True)
    error = models.TextField("fel", blank=True)
    claim = models.UUIDField(null=True, blank=True)
    beat = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    rows_done = models.PositiveBigIntegerField(default=0)
    summary = models.TextField(blank=True)  # text: the JSON of PostgreSQL cannot hold every character

    class Meta:
        verbose_name = "inläsning av poster"
        verbose_name_plural = "inläsningar av poster"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="ledger_load_failed_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=("kept", "replaced")) | Q(total__isnull=False), name="ledger_load_kept_has_total"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.file_name or 'poster ur programmet'}"

    @property
    def is_working(self) -> bool:
        """Whether somebody reads it or waits to."""
        return self.state in (self.State.LOOKING, self.State.READING, self.State.KEEPING)


class LoadedPart(models.Model):
    """A row of the manifest: the file that holds a month of one kind from one source.

    What it replaced stays with ``is_current`` false, so that it can be brought back by being named again.
    """

    SCOPE: ClassVar[str] = "source__municipality"

    source = models.ForeignKey(Source, models.PROTECT, related_name="parts")
    kind = models.CharField("slag", max_length=8, choices=list(KINDS.items()))
    month = models.PositiveIntegerField("månad (ÅÅÅÅMM)", validators=IN_A_MONTH)
    load = models.ForeignKey(Load, models.PROTECT, related_name="parts")
    file = models.CharField(max_length=200)
    rows = models.PositiveBigIntegerField("poster")
    total = models.DecimalField("kontrollsumma, kr", max_digits=24, decimal_places=2)
    digest = models.CharField(max_length=64)
    is_current = models.BooleanField("gäller", default=True)

    class Meta:
        verbose_name = "inläst månad"
        verbose_name_plural = "inlästa månader"
        ordering = ("month", "kind", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["source", "kind", "month"], condition=Q(is_current=True), name="one_current_part_a_month"
            ),
            models.UniqueConstraint(fields=["load", "kind", "month"], name="part_once_in_a_load"),
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.get_kind_display()} {self.month}"

    @property
    def month_words(self) -> str:
        """The month in words: "augusti 2024"."""
        return month_words(self.month)

    @property
    def amount(self) -> Quantity:
        """The control total as a quantity."""
        return Quantity(self.total, KR, 2)


class ClosedPeriod(models.Model):
    """A month whose outcome cannot be loaded again until it is opened, with who closed it, when and why.

    Budget is not outcome: a decided change of budget also changes how it is spread over closed months.
    """

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="closed_periods")
    month = models.PositiveIntegerField("månad (ÅÅÅÅMM)", validators=IN_A_MONTH)
    closed_at = models.DateTimeField("stängd")
    closed_by = models.CharField("stängd av", max_length=160)
    why = models.CharField("varför", max_length=500)
    reopened_at = models.DateTimeField("öppnad", null=True, blank=True)
    reopened_by = models.CharField("öppnad av", max_length=160, blank=True)
    reopened_why = models.CharField("varför den öppnades", max_length=500, blank=True)

    class Meta:
        verbose_name = "stängd period"
        verbose_name_plural = "stängda perioder"
        ordering = ("-month", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["municipality", "month"], condition=Q(reopened_at__isnull=True), name="period_closed_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month} stängd av {self.closed_by}"
