"""What is stored of staff and volumes: payroll files by month, volume figures, the reception of refugees.

Rows of payroll are figures of groups that may be so small that they must not be shown. They are read by selectors
that hide such groups, and by nothing else; their history has no page.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from uppsikt.core.economy.staffing import AgeGroup, Sex
from uppsikt.core.economy.suppression import LIMIT
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import Volume
from uppsikt.web.organisation.models import Municipality, Unit

SEXES = {one: one.value for one in Sex}
AGES = {AgeGroup.YOUNG: "–29 år", AgeGroup.MIDDLE: "30–49 år", AgeGroup.OLD: "50– år"}
MONTHS = (MinValueValidator(190001), MaxValueValidator(299912))


class StaffRule(models.Model):
    """What a municipality has decided about its staff figures: fewer people than this are not shown."""

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.OneToOneField(Municipality, models.PROTECT, related_name="staff_rule")
    smallest_group = models.PositiveSmallIntegerField(
        "minsta grupp som visas", default=LIMIT, validators=(MinValueValidator(3), MaxValueValidator(50))
    )

    class Meta:
        verbose_name = "personalregel"
        verbose_name_plural = "personalregler"

    def __str__(self) -> str:
        return f"Grupper under {self.smallest_group} visas inte"


class PayrollLoad(models.Model):
    """One payroll file that was loaded. ``digest`` is the SHA-256 of the file; ``is_synthetic`` an example."""

    SCOPE: ClassVar[str] = "municipality"
    WITHIN: ClassVar[str] = "municipality__units"
    OPEN: ClassVar[dict[str, object]] = {"months__isnull": False}  # a file that has never counted is a draft

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="payroll_loads")
    file_name = models.CharField("fil", max_length=200)
    digest = models.CharField("fingeravtryck", max_length=64)
    rows = models.PositiveIntegerField("rader")
    at = models.DateTimeField("när", auto_now_add=True)
    who = models.CharField("vem", max_length=160)
    is_synthetic = models.BooleanField("exempel", default=False)

    class Meta:
        verbose_name = "löneinläsning"
        verbose_name_plural = "löneinläsningar"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name


class PayrollMonth(models.Model):
    """A month that a load tells; only the current one counts, and an older one can be brought back."""

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="payroll_months")
    load = models.ForeignKey(PayrollLoad, models.PROTECT, related_name="months")
    month = models.PositiveIntegerField("månad", validators=MONTHS)
    is_current = models.BooleanField("gäller", default=True)

    class Meta:
        verbose_name = "lönemånad"
        verbose_name_plural = "lönemånader"
        ordering = ("month",)
        constraints = (
            models.UniqueConstraint(fields=["load", "month"], name="payroll_month_once_a_load"),
            models.UniqueConstraint(
                fields=["municipality", "month"], condition=Q(is_current=True), name="payroll_month_current_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month // 100}-{self.month % 100:02}"


class StaffFigure(models.Model):
    """A row of a payroll file: the people of one unit, month, sex and age group. None is what the file did not tell."""

    SCOPE: ClassVar[str] = "load__municipality"

    load = models.ForeignKey(PayrollLoad, models.PROTECT, related_name="figures")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.PositiveIntegerField(validators=MONTHS)
    sex = models.CharField(max_length=8, choices=list(SEXES.items()))
    age_group = models.CharField(max_length=8, choices=list(AGES.items()), blank=True)
    employees = models.PositiveIntegerField()
    full_time_equivalents = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    scheduled_hours = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    sick_hours = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    long_sick_hours = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    began = models.PositiveIntegerField(null=True, blank=True)
    left = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "personaluppgift"
        verbose_name_plural = "personaluppgifter"
        constraints = (
            models.UniqueConstraint(fields=["load", "unit", "month", "sex", "age_group"], name="staff_figure_once"),
            models.CheckConstraint(
                condition=Q(sick_hours__isnull=True)
                | Q(scheduled_hours__isnull=True)
                | Q(sick_hours__lte=F("scheduled_hours")),
                name="staff_not_more_sick_than_scheduled",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.month}"


class VolumeFigure(models.Model):
    """What a unit tells of a volume at a reporting date, for one year: outcome last year, to date, or forecast."""

    SCOPE: ClassVar[str] = "unit__municipality"

    class Role(models.TextChoices):
        """Which of the four figures it is."""

        LAST_YEAR = "last_year", "utfall föregående år"
        TO_DATE = "to_date", "utfall hittills i år"
        FORECAST = "forecast", "prognos i år"
        NEXT_YEAR = "next_year", "prognos nästa år"

    volume = models.ForeignKey(Volume, models.PROTECT, related_name="figures")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="volume_figures")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="volume_figures")
    role = models.CharField("vad talet säger", max_length=10, choices=Role)
    number = models.DecimalField("tal", max_digits=18, decimal_places=4)
    decimals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "volymuppgift"
        verbose_name_plural = "volymuppgifter"
        constraints = (
            models.UniqueConstraint(fields=["volume", "unit", "reporting_date", "role"], name="volume_figure_once"),
        )

    def __str__(self) -> str:
        return f"{self.volume}: {self.get_role_display()}"


class Reception(models.Model):
    """What a part of the reception of refugees cost a unit in the year to a reporting date, and what the state paid.

    Amounts in kronor, both positive; None is not told. ``activity`` is the ledger's code of the part, under which its
    entries are found.
    """

    SCOPE: ClassVar[str] = "unit__municipality"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="receptions")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="receptions")
    part = models.CharField("del", max_length=120)
    activity = models.CharField("verksamhetskod", max_length=10, blank=True)
    cost = models.DecimalField("kostnad, kr", max_digits=18, decimal_places=2, null=True, blank=True)
    compensation = models.DecimalField("statlig ersättning, kr", max_digits=18, decimal_places=2, null=True, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "flyktingmottagande"
        verbose_name_plural = "flyktingmottagande"
        ordering = ("order", "pk")
        constraints = (models.UniqueConstraint(fields=["unit", "reporting_date", "part"], name="reception_part_once"),)

    def __str__(self) -> str:
        return self.part
