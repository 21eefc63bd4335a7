"""Budgets as they are made: versions, what each unit is given, lines with months, reasons, and moves.

Amounts are whole kronor as booked: costs positive, income negative, so that a sum is a net cost.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from uppsikt.core.economy.spreading import MONTHS, Profile
from uppsikt.web.cycle.models import Decision
from uppsikt.web.organisation.models import Unit


def no_months() -> list[int]:
    """Give a year in which nothing is laid out."""
    return [0] * MONTHS


class BudgetVersion(models.Model):
    """A committee's budget for a year with its plan years: one that is worked on, a scenario, or a decided one.

    A working budget and a scenario are drafts of the committee and are read by those who have a role in it; an
    adopted one, and the frozen copy of what was adopted, are for everybody (TF 2:12: a draft is not public).
    ``decision`` is the decision that adopted it. ``frame_decision`` tells as of which decision its frame is read;
    without it every registered frame entry counts.
    """

    SCOPE: ClassVar[str] = "unit__municipality"
    WITHIN: ClassVar[str] = "units__unit"
    OPEN: ClassVar[dict[str, object]] = {"kind__in": ("adopted", "frozen")}

    class Kind(models.TextChoices):
        """What a version is for."""

        WORKING = "working", "arbetsbudget"
        SCENARIO = "scenario", "scenario"
        ADOPTED = "adopted", "fastställd"
        FROZEN = "frozen", "som den fastställdes"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="budgets")
    year = models.PositiveIntegerField("budgetår")
    name = models.CharField("namn", max_length=120)
    kind = models.CharField("slag", max_length=10, choices=Kind, default=Kind.WORKING)
    based_on = models.ForeignKey(
        "self", models.PROTECT, verbose_name="bygger på", null=True, blank=True, related_name="copies"
    )
    frame_decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="ramen enligt", null=True, blank=True, related_name="+"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="fastställd genom", null=True, blank=True, related_name="adopted_budgets"
    )
    is_discarded = models.BooleanField("kastad", default=False)
    is_example = models.BooleanField("exempel", default=False)

    class Meta:
        verbose_name = "budgetversion"
        verbose_name_plural = "budgetversioner"
        ordering = ("-year", "pk")
        constraints = (
            models.UniqueConstraint(fields=["unit", "year", "name"], name="budget_name_once"),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(kind="adopted"), name="one_adopted_budget_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("adopted", "frozen")) | Q(decision__isnull=False), name="adopted_by_a_decision"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.unit} {self.year})"

    @property
    def is_draft(self) -> bool:
        """Whether its lines can be edited freely; an adopted budget changes by moves only."""
        return self.kind in (self.Kind.WORKING, self.Kind.SCENARIO) and not self.is_discarded

    @property
    def years(self) -> tuple[int, ...]:
        """The budget year and its three plan years."""
        return tuple(range(self.year, self.year + 4))


class BudgetUnit(models.Model):
    """What one unit of the committee is given for one year; ``given`` is None where nothing has been given to it.

    ``before`` is what the unit's budget was the year before. Being here is also what lets the people of the unit
    see the version.
    """

    SCOPE: ClassVar[str] = "version__unit__municipality"
    WITHIN: ClassVar[str] = "version__units__unit"
    OPEN: ClassVar[dict[str, object]] = {"version__kind__in": ("adopted", "frozen")}

    version = models.ForeignKey(BudgetVersion, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="budget_units")
    year = models.PositiveIntegerField("år")
    given = models.BigIntegerField("tilldelat, kr", null=True, blank=True)
    before = models.BigIntegerField("budget året före, kr", null=True, blank=True)

    class Meta:
        verbose_name = "enhetens budget"
        verbose_name_plural = "enheternas budget"
        ordering = ("unit__order", "unit__name", "year")
        constraints = (models.UniqueConstraint(fields=["version", "unit", "year"], name="budget_unit_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class BudgetLine(models.Model):
    """One amount of a unit's budget and its twelve months, which always make the amount.

    ``account`` is a Kommun-BAS account, or the beginning of one: a group. ``profile`` is how the amount is laid
    out again when only the amount is changed. ``weights`` are the twelve that a person typed, as exact texts; empty
    where none were, and then the months themselves are the pattern.
    """

    SCOPE: ClassVar[str] = "version__unit__municipality"
    WITHIN: ClassVar[str] = "version__units__unit"
    OPEN: ClassVar[dict[str, object]] = {"version__kind__in": ("adopted", "frozen")}
    PROFILES: ClassVar[list[tuple[str, Any]]] = [
        (Profile.TWELFTHS.value, gettext_lazy("tolftedelar")),
        (Profile.SCHOOL_TERMS.value, gettext_lazy("skolans terminer")),
        (Profile.LAST_YEAR.value, gettext_lazy("som förra året")),
        (Profile.OWN.value, gettext_lazy("egen")),
    ]

    version = models.ForeignKey(BudgetVersion, models.CASCADE, related_name="lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="budget_lines")
    year = models.PositiveIntegerField("år")
    label = models.CharField("benämning", max_length=160)
    account = models.CharField("konto", max_length=10)
    activity = models.CharField("verksamhet", max_length=10, blank=True)
    project = models.CharField("projekt", max_length=20, blank=True)
    amount = models.BigIntegerField("belopp, kr", default=0)
    months = models.JSONField("månader, kr", default=no_months)
    profile = models.CharField("fördelning", max_length=14, choices=PROFILES, default=Profile.TWELFTHS.value)
    weights = models.JSONField("vikter per månad", default=list, blank=True)
    order = models.PositiveIntegerField("ordning", default=0)

    class Meta:
        verbose_name = "budgetrad"
        verbose_name_plural = "budgetrader"
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "unit", "year", "account", "activity", "project", "label"], name="budget_line_once"
            ),
            models.CheckConstraint(condition=~Q(account=""), name="budget_line_has_an_account"),
        )

    def __str__(self) -> str:
        return f"{self.unit}: {self.label} {self.year}"

    @property
    def pattern(self) -> tuple[Decimal, ...]:
        """What the line's own layout follows: the weights that were typed, else the months as they lie."""
        return tuple(Decimal(one) for one in self.weights or self.months)

    def clean(self) -> None:
        """Refuse months that do not make the amount."""
        if len(self.months) != MONTHS or sum(self.months) != self.amount:
            raise ValidationError({"months": "Månaderna ska vara tolv och tillsammans bli årets belopp."})


class ChangeReason(models.Model):
    """One reason why a unit's budget differs from the year before, with its amount."""

    SCOPE: ClassVar[str] = "budget_unit__version__unit__municipality"
    WITHIN: ClassVar[str] = "budget_unit__version__units__unit"
    OPEN: ClassVar[dict[str, object]] = {"budget_unit__version__kind__in": ("adopted", "frozen")}

    class Kind(models.TextChoices):
        """Kinds of change (domain: Money, Frames)."""

        COST_REDUCING = "cost_reducing", "kostnadsdämpande åtgärder"
        TECHNICAL = "technical", "tekniska justeringar"
        TRANSFER = "transfer", "omfördelning"
        OTHER = "price_wage_other", "pris, lön och övrigt"

    budget_unit = models.ForeignKey(BudgetUnit, models.CASCADE, verbose_name="enhetens budget", related_name="reasons")
    kind = models.CharField("slag", max_length=16, choices=Kind)
    text = models.CharField("förklaring", max_length=300)
    amount = models.BigIntegerField("belopp, kr")

    class Meta:
        verbose_name = "förklaring till förändring"
        verbose_name_plural = "förklaringar till förändring"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.budget_unit}: {self.text}"


class Move(models.Model):
    """Money moved from one line to another within somebody's powers: who, when, why, and by what it was undone.

    ``months`` are the twelve amounts that left the giver and reached the receiver. A move is never changed or
    deleted; it is undone by another move the other way.
    """

    SCOPE: ClassVar[str] = "version__unit__municipality"
    WITHIN: ClassVar[str] = "version__units__unit"
    OPEN: ClassVar[dict[str, object]] = {"version__kind__in": ("adopted", "frozen")}

    version = models.ForeignKey(BudgetVersion, models.PROTECT, related_name="moves")
    giver = models.ForeignKey(BudgetLine, models.PROTECT, verbose_name="från", related_name="given_away")
    receiver = models.ForeignKey(BudgetLine, models.PROTECT, verbose_name="till", related_name="received")
    amount = models.BigIntegerField("belopp, kr")
    months = models.JSONField("månader, kr")
    why = models.CharField("varför", max_length=500)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    who_name = models.CharField("vem", max_length=160)
    at = models.DateTimeField("när", auto_now_add=True)
    under = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="befogenhet hos", related_name="+"
    )  # whose powers it was made by
    undoes = models.OneToOneField(
        "self", models.PROTECT, verbose_name="ångrar", null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        verbose_name = "flytt av budget"
        verbose_name_plural = "flyttar av budget"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_move_moves_something"),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="a_move_leaves_its_line"),
        )

    def __str__(self) -> str:
        return f"{self.amount} kr från {self.giver} till {self.receiver}"

    def undoing(self) -> dict[str, Any]:
        """Give the fields of the move that turns this one back."""
        return {
            "version": self.version, "giver": self.receiver, "receiver": self.giver, "amount": self.amount,
            "months": self.months, "undoes": self,
        }  # fmt: skip
