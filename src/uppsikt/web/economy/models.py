"""Money and volumes: statements with their rows, columns and figures; frames; projects; comments."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from uppsikt.core.tables import ColumnRole, Measure, RowRole, Sign
from uppsikt.web.cycle.models import DecisionPoint, ReportingDate, Sourced, SourceDocument
from uppsikt.web.organisation.models import Municipality, Unit
from uppsikt.web.steering.models import Breakdown, Indicator


def _choices(enum: type[ColumnRole] | type[RowRole] | type[Measure] | type[Sign]) -> list[tuple[str, str]]:
    return [(member.value, member.name.lower()) for member in enum]


class InvestmentProject(models.Model):
    """Something that is built or bought, followed from its decision until it is finished."""

    SCOPE: ClassVar[str] = "unit__municipality"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="investment_projects")
    slug = models.SlugField(max_length=120)
    name = models.CharField("projekt", max_length=200)

    class Meta:
        verbose_name = "investeringsprojekt"
        verbose_name_plural = "investeringsprojekt"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["unit", "slug"], name="investment_project_once"),)

    def __str__(self) -> str:
        return self.name


class Volume(models.Model):
    """Something that is counted: cases, hours, meals, employees, sick leave.

    ``indicator`` is the indicator that measures the very same thing (``breakdown`` which part of it):
    then the two can be compared, and a figure told differently in two places is found.
    """

    SCOPE: ClassVar[str] = "municipality"

    class Kind(models.TextChoices):
        """People, or what people do."""

        STAFF = "staff", "personal"
        VOLUME = "volume", "volym"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="volumes")
    slug = models.SlugField(max_length=120)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    unit_text = models.CharField("enhet", max_length=60, blank=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="volumes")
    breakdown = models.ForeignKey(Breakdown, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "volymtal"
        verbose_name_plural = "volymtal"
        constraints = (models.UniqueConstraint(fields=["municipality", "slug"], name="volume_once"),)

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """A table of figures of a unit at a reporting date; becomes a core Table.

    ``money_unit`` is the unit of its figures ("tkr", "mnkr", "antal", ""). ``sign`` is the
    convention it was printed with.
    """

    SCOPE: ClassVar[str] = "unit__municipality"

    class Kind(models.TextChoices):
        """What the statement tells."""

        OVERVIEW = "overview", "ekonomi i korthet"
        BY_UNIT = "by_unit", "driftsammandrag per enhet"
        BY_ACTIVITY = "by_activity", "driftsammandrag per verksamhet"
        TO_DATE = "to_date", "resultat till och med"
        FORECAST = "forecast", "helårsprognos"
        BUDGET = "budget", "budget och plan"
        DIVISION = "division", "budget per stab"
        MEASURES = "measures", "kostnadsdämpande åtgärder"
        FRAME = "frame", "ramjusteringar"
        INVESTMENT = "investment", "investeringar"
        RECEPTION = "reception", "flyktingmottagande"
        STAFF = "staff", "personal"
        VOLUME = "volume", "volymtal"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="statements")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.SlugField(max_length=80)
    title = models.CharField("rubrik", max_length=200)
    money_unit = models.CharField("enhet", max_length=20, blank=True)
    sign = models.CharField("teckenregel", max_length=10, choices=_choices(Sign), default=Sign.PLAIN)
    order = models.PositiveIntegerField(default=0)
    source = models.ForeignKey(SourceDocument, models.PROTECT, null=True, blank=True, related_name="statements")
    source_table = models.CharField(max_length=160, blank=True)

    class Meta:
        verbose_name = "sammanställning"
        verbose_name_plural = "sammanställningar"
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["reporting_date", "key"], name="statement_once"),)

    def __str__(self) -> str:
        return f"{self.title} ({self.reporting_date})"


class StatementColumn(models.Model):
    """A column of a statement; ``period`` is a key of core.periods or empty."""

    SCOPE: ClassVar[str] = "statement__unit__municipality"

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="columns")
    key = models.SlugField(max_length=60)
    label = models.CharField(max_length=200)
    group = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=16, choices=_choices(ColumnRole))
    period = models.CharField(max_length=12, blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        verbose_name = "kolumn"
        verbose_name_plural = "kolumner"
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["statement", "key"], name="statement_column_once"),)

    def __str__(self) -> str:
        return self.label


class StatementRow(models.Model):
    """A row of a statement and what it is about: a unit, an activity code, a project or a volume."""

    SCOPE: ClassVar[str] = "statement__unit__municipality"

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="rows")
    key = models.SlugField(max_length=160)
    label = models.CharField(max_length=300)
    role = models.CharField(max_length=10, choices=_choices(RowRole))
    measure = models.CharField(max_length=8, choices=_choices(Measure), blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="statement_rows")
    activity_code = models.CharField("verksamhetskod", max_length=4, blank=True)  # SCB's codes
    project = models.ForeignKey(InvestmentProject, models.PROTECT, null=True, blank=True, related_name="statement_rows")
    volume = models.ForeignKey(Volume, models.PROTECT, null=True, blank=True, related_name="statement_rows")

    class Meta:
        verbose_name = "rad"
        verbose_name_plural = "rader"
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["statement", "key"], name="statement_row_once"),)

    def __str__(self) -> str:
        return self.label


class Figure(models.Model):
    """One cell: ``raw`` as written, ``number`` in the statement's unit (None: missing, ``raw`` says why).

    ``printed_row`` and ``printed_column`` are the labels in the source where ours differ from them.
    """

    SCOPE: ClassVar[str] = "row__statement__unit__municipality"

    row = models.ForeignKey(StatementRow, models.CASCADE, related_name="figures")
    column = models.ForeignKey(StatementColumn, models.CASCADE, related_name="figures")
    raw = models.CharField("som skrivet", max_length=160, blank=True)
    number = models.DecimalField("tal", max_digits=24, decimal_places=6, null=True, blank=True)
    decimals = models.SmallIntegerField(null=True, blank=True)
    note = models.CharField("anmärkning", max_length=300, blank=True)
    printed_row = models.CharField(max_length=300, blank=True)
    printed_column = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "belopp"
        verbose_name_plural = "belopp"
        constraints = (models.UniqueConstraint(fields=["row", "column"], name="figure_once"),)

    def __str__(self) -> str:
        return f"{self.row} / {self.column}"


class FrameEntry(Sourced):
    """One dated decision about a unit's frame for one year, in tkr; a frame is the sum of its entries.

    A transfer names the counterpart, and the counterpart has an entry of the opposite sign in the
    same year: transfers sum to zero over the municipality (domain: Money). An addition says how it is
    financed (Kommunallagen 11:15). ``decided_on`` is the day of a decision whose paragraph is not known;
    one that is withdrawn stays, and counts no more.
    """

    SCOPE: ClassVar[str] = "unit__municipality"

    class Kind(models.TextChoices):
        """Why the frame changed."""

        DECIDED = "decided", "beslutad budget"
        INDEXATION = "indexation", "pris och lön"
        TECHNICAL = "technical", "teknisk justering"
        COST_REDUCING = "cost_reducing", "kostnadsdämpande åtgärd"
        TRANSFER = "transfer", "omfördelning"
        ADDITION = "addition", "tilläggsbudget"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="frame_entries")
    year = models.PositiveIntegerField("år")
    kind = models.CharField(max_length=14, choices=Kind)
    amount = models.DecimalField("belopp, tkr", max_digits=18, decimal_places=3)
    purpose = models.CharField("ändamål", max_length=200)
    decision_point = models.ForeignKey(
        DecisionPoint, models.PROTECT, null=True, blank=True, related_name="frame_entries"
    )
    counterpart = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("beslutad den", null=True, blank=True)
    financing = models.CharField("finansiering", max_length=300, blank=True)
    withdrawn = models.BooleanField("återkallad", default=False)

    class Meta(Sourced.Meta):
        verbose_name = "rampost"
        verbose_name_plural = "ramposter"
        ordering = ("year", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="transfer") | Q(counterpart__isnull=False), name="transfer_has_counterpart"
            ),
            models.CheckConstraint(condition=~Q(kind="addition") | ~Q(financing=""), name="addition_is_financed"),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.year}: {self.purpose}"

    @property
    def on(self) -> date | None:
        """The day of the decision; None when it is not known."""
        return self.decision_point.decision.on if self.decision_point else self.decided_on


class Comment(models.Model):
    """What a unit says about its figures at a reporting date; ``topic`` names what it is about.

    Topics: ``driftsammandrag``, ``investeringar``, or a heading of a report ("analys", "handelser").
    """

    SCOPE: ClassVar[str] = "unit__municipality"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="comments")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="comments")
    topic = models.SlugField(max_length=60)
    text = models.TextField("kommentar", blank=True)
    is_example = models.BooleanField("exempeltext", default=False)

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        constraints = (models.UniqueConstraint(fields=["unit", "reporting_date", "topic"], name="comment_once"),)

    def __str__(self) -> str:
        return f"{self.unit}: {self.topic}"
