"""What is stored of investments: frames, a project's decisions, codes, facts and forecasts. All amounts in kronor.

A decision without paragraph may still have a day, when only the day is known; without either it is a proposal and
counts in no table (core.economy.investments).
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from uppsikt.core.economy.investments import Giving, Outlay, Scope
from uppsikt.core.quantities import KR, Quantity
from uppsikt.web.cycle.models import Decision, ReportingDate
from uppsikt.web.economy.models import InvestmentProject
from uppsikt.web.organisation.models import Unit

SCOPES = {Scope.WITHIN: "inom ram", Scope.OUTSIDE: "utom ram"}
KINDS = {
    Giving.DECIDED: "beslutad budget",
    Giving.ADDITION: "tillägg",
    Giving.RESERVE: "avsatt reserv",
    Giving.RESERVE_USE: "ur reserven",
    Giving.CARRY_OVER: "överfört från tidigare år",
}
YEARS = (MinValueValidator(1990), MaxValueValidator(2100))


ZERO = Decimal(0)


class Decided(models.Model):
    """A decision about money for a year; a carry-over takes it from ``from_year``."""

    year = models.PositiveIntegerField("år", validators=YEARS)
    kind = models.CharField("slag", max_length=12, choices=list(KINDS.items()), default=Giving.DECIDED)
    from_year = models.PositiveIntegerField("från år", null=True, blank=True, validators=YEARS)
    purpose = models.CharField("ändamål", max_length=200, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("beslutat den", null=True, blank=True)

    class Meta:
        abstract = True


class ProjectDecision(Decided):
    """What was decided for a project, for one year: money out and contributions in. The sum is its decided total."""

    SCOPE: ClassVar[str] = "project__unit__municipality"

    project = models.ForeignKey(InvestmentProject, models.PROTECT, related_name="decisions")
    expenditure = models.DecimalField("utgifter, kr", max_digits=18, decimal_places=2, default=ZERO)
    receipts = models.DecimalField("inkomster, kr", max_digits=18, decimal_places=2, default=ZERO)

    class Meta:
        verbose_name = "projektbeslut"
        verbose_name_plural = "projektbeslut"
        ordering = ("year", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=Giving.CARRY_OVER, from_year__isnull=False, from_year__lt=F("year"))
                | (~Q(kind=Giving.CARRY_OVER) & Q(from_year__isnull=True)),
                name="project_carry_over_from_earlier_year",
            ),
        )

    def __str__(self) -> str:
        return f"{self.project} {self.year}: {self.get_kind_display()}"

    @property
    def outlay(self) -> Outlay:
        """The amounts as the core tells them."""
        return Outlay(Quantity(self.expenditure, KR), Quantity(self.receipts, KR))


class InvestmentFrame(Decided):
    """One decision about a committee's investment frame for one year, within the frame or beside it.

    ``project`` is what a part of the reserve was used for.
    """

    SCOPE: ClassVar[str] = "unit__municipality"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="investment_frames")
    scope = models.CharField("omfattning", max_length=8, choices=list(SCOPES.items()), default=Scope.WITHIN)
    amount = models.DecimalField("belopp, kr", max_digits=18, decimal_places=2, default=ZERO)
    project = models.ForeignKey(InvestmentProject, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "investeringsram"
        verbose_name_plural = "investeringsramar"
        ordering = ("year", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=Giving.CARRY_OVER, from_year__isnull=False, from_year__lt=F("year"))
                | (~Q(kind=Giving.CARRY_OVER) & Q(from_year__isnull=True)),
                name="frame_carry_over_from_earlier_year",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.year}: {self.get_kind_display()} {self.get_scope_display()}"

    @property
    def outlay(self) -> Outlay:
        """The amount as the core tells it."""
        return Outlay(Quantity(self.amount, KR))


class ProjectCode(models.Model):
    """A project code of the ledger under which a project's money is booked; a project may have several."""

    SCOPE: ClassVar[str] = "project__unit__municipality"

    project = models.ForeignKey(InvestmentProject, models.PROTECT, related_name="codes")
    code = models.CharField("projektkod", max_length=40)

    class Meta:
        verbose_name = "projektkod"
        verbose_name_plural = "projektkoder"
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=["project", "code"], name="project_code_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.project}"


class ProjectFacts(models.Model):
    """What is known of a project beside its decisions. A yearly one is an appropriation that begins anew every year.

    ``earlier`` is what it had used at the end of a year that the ledger does not reach back to: the ledger is counted
    from the year after.
    """

    SCOPE: ClassVar[str] = "project__unit__municipality"

    project = models.OneToOneField(InvestmentProject, models.PROTECT, related_name="facts")
    scope = models.CharField("omfattning", max_length=8, choices=list(SCOPES.items()), default=Scope.WITHIN)
    responsible = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ansvarig enhet"
    )
    started = models.DateField("påbörjat", null=True, blank=True)
    finished_on = models.DateField("färdigt", null=True, blank=True)
    is_yearly = models.BooleanField("årligt anslag", default=False)
    earlier_until = models.PositiveIntegerField(
        "tidigare utfall till och med år", null=True, blank=True, validators=YEARS
    )
    earlier_expenditure = models.DecimalField("tidigare utgifter, kr", max_digits=18, decimal_places=2, default=ZERO)
    earlier_receipts = models.DecimalField("tidigare inkomster, kr", max_digits=18, decimal_places=2, default=ZERO)

    class Meta:
        verbose_name = "projektuppgifter"
        verbose_name_plural = "projektuppgifter"
        constraints = (
            models.CheckConstraint(
                condition=Q(started__isnull=True) | Q(finished_on__isnull=True) | Q(finished_on__gte=F("started")),
                name="project_finishes_after_start",
            ),
        )

    def __str__(self) -> str:
        return str(self.project)


class ProjectForecast(models.Model):
    """What a project is expected to come to when it is finished, as told at a reporting date (R14)."""

    SCOPE: ClassVar[str] = "project__unit__municipality"

    project = models.ForeignKey(InvestmentProject, models.PROTECT, related_name="forecasts")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="project_forecasts")
    expenditure = models.DecimalField(
        "utgifter när projektet är färdigt, kr", max_digits=18, decimal_places=2, default=ZERO
    )
    receipts = models.DecimalField(
        "inkomster när projektet är färdigt, kr", max_digits=18, decimal_places=2, default=ZERO
    )
    finishes_on = models.DateField("beräknas bli färdigt", null=True, blank=True)
    comment = models.TextField("kommentar", blank=True, max_length=5000)

    class Meta:
        verbose_name = "projektprognos"
        verbose_name_plural = "projektprognoser"
        constraints = (
            models.UniqueConstraint(fields=["project", "reporting_date"], name="project_forecast_once_a_date"),
        )

    def __str__(self) -> str:
        return f"{self.project} vid {self.reporting_date}"

    @property
    def outlay(self) -> Outlay:
        """The amounts as the core tells them."""
        return Outlay(Quantity(self.expenditure, KR), Quantity(self.receipts, KR))
