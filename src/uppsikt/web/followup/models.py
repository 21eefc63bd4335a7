"""Follow-up: what units expect of the year, what they say about figures, and how they mean to reach balance.

Amounts are exact kronor. Costs and income are positive amounts; the net follows from them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from uppsikt.core.states import WorkState
from uppsikt.core.tables import ColumnRole, Measure
from uppsikt.web.cycle.models import Decision, ReportingDate
from uppsikt.web.organisation.models import Municipality, Unit


def _kronor(name: str, **options: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(name, max_digits=20, decimal_places=2, **options)


class ForecastLimit(models.Model):
    """From which size a deviation demands something: a comment, or an action plan (domain: Money, Follow-up).

    ``percent`` is of the budget, ``amount`` in kronor; ``both`` says that both must be exceeded, else one is enough.
    The newest one that is valid on the reporting date counts.
    """

    SCOPE: ClassVar[str] = "municipality"

    class Kind(models.TextChoices):
        """What is demanded."""

        COMMENT = "comment", "kommentar till prognosen"
        ACTION_PLAN = "action_plan", "åtgärdsplan"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="forecast_limits")
    kind = models.CharField("vad som krävs", max_length=12, choices=Kind)
    valid_from = models.DateField("från och med")
    percent = models.DecimalField(
        "procent av budgeten", max_digits=6, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    amount = _kronor("belopp, kr", null=True, blank=True, validators=[MinValueValidator(0)])
    both = models.BooleanField("båda gränserna ska överskridas", default=False)
    source = models.CharField("källa", max_length=300)

    class Meta:
        verbose_name = "gräns för prognos"
        verbose_name_plural = "gränser för prognos"
        ordering = ("kind", "-valid_from")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "kind", "valid_from"], name="forecast_limit_once"),
            models.CheckConstraint(
                condition=Q(percent__isnull=False) | Q(amount__isnull=False), name="forecast_limit_says_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} från {self.valid_from}"


class ForecastAmounts(models.Model):
    """A full-year forecast of a unit and everything under it at a reporting date."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="+")
    costs = _kronor("kostnader helår, kr")
    income = _kronor("intäkter helår, kr")
    comment = models.TextField("kommentar", blank=True)
    is_example = models.BooleanField("exempeltext", default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.unit}: prognos {self.reporting_date}"


class Forecast(ForecastAmounts):
    """A forecast that has been submitted: everybody may read it."""

    SCOPE: ClassVar[str] = "unit__municipality"

    class Meta(ForecastAmounts.Meta):
        verbose_name = "prognos"
        verbose_name_plural = "prognoser"
        constraints = (models.UniqueConstraint(fields=["unit", "reporting_date"], name="forecast_once"),)


class ForecastDraft(ForecastAmounts):
    """A forecast that is being written, for those who have a role in the unit; submitting takes it away."""

    SCOPE: ClassVar[str] = "unit__municipality"
    WITHIN: ClassVar[str] = "unit"

    class Meta(ForecastAmounts.Meta):
        verbose_name = "utkast till prognos"
        verbose_name_plural = "utkast till prognos"
        constraints = (models.UniqueConstraint(fields=["unit", "reporting_date"], name="forecast_draft_once"),)


class CellComment(models.Model):
    """What somebody says about one figure; it follows the figure into every table that tells it, reports too.

    ``subject``, ``measure``, ``role`` and ``period`` address the figure as core.tables does: two cells that share
    them tell the same quantity. ``unit`` is the unit whose table it was written at. ``figure`` is what the cell held
    then (None: it was missing), so that a figure that has moved since is seen.
    """

    SCOPE: ClassVar[str] = "unit__municipality"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cell_comments")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="cell_comments")
    table = models.SlugField("tabell", max_length=80)
    row = models.CharField("rad", max_length=160)
    row_label = models.CharField("rad", max_length=300)
    column_label = models.CharField("kolumn", max_length=200)
    subject = models.CharField("avser", max_length=200)
    measure = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Measure], blank=True)
    role = models.CharField(max_length=16, choices=[(one.value, one.value) for one in ColumnRole])
    period = models.CharField(max_length=12, blank=True)
    figure = models.DecimalField("belopp då", max_digits=26, decimal_places=6, null=True, blank=True)
    figure_unit = models.CharField("enhet", max_length=20, blank=True)
    text = models.TextField("kommentar")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    author_name = models.CharField("skriven av", max_length=160)
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    is_example = models.BooleanField("exempeltext", default=False)

    class Meta:
        verbose_name = "kommentar till belopp"
        verbose_name_plural = "kommentarer till belopp"
        ordering = ("pk",)
        indexes = (models.Index(fields=["reporting_date", "subject"], name="cell_comment_of_figure"),)

    def __str__(self) -> str:
        return f"{self.row_label}, {self.column_label}"


PUBLIC_PLANS = ("proposed", "adopted", "closed")


class ActionPlan(models.Model):
    """How a unit means to bring a forecast deficit back to balance; ``reporting_date`` is when the deficit was told.

    A draft is for those who have a role in the unit; a plan that has been proposed is for everybody.
    """

    SCOPE: ClassVar[str] = "unit__municipality"
    WITHIN: ClassVar[str] = "unit"
    OPEN: ClassVar[dict[str, object]] = {"state__in": PUBLIC_PLANS}

    class State(models.TextChoices):
        """How far the plan has come."""

        DRAFT = "draft", "utkast"
        PROPOSED = "proposed", "föreslagen"
        ADOPTED = "adopted", "beslutad"
        CLOSED = "closed", "avslutad"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="action_plans")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="action_plans")
    analysis = models.TextField("varför underskottet uppstår")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="action_plans")
    is_example = models.BooleanField("exempeltext", default=False)

    class Meta:
        verbose_name = "åtgärdsplan"
        verbose_name_plural = "åtgärdsplaner"
        ordering = ("-reporting_date__on", "unit__order")
        constraints = (models.UniqueConstraint(fields=["unit", "reporting_date"], name="action_plan_once"),)

    def __str__(self) -> str:
        return f"Åtgärdsplan för {self.unit}, {self.reporting_date}"


class PlanYear(models.Model):
    """A year of an action plan, and the deficit (positive, kronor) that is expected then without measures."""

    SCOPE: ClassVar[str] = "plan__unit__municipality"
    WITHIN: ClassVar[str] = "plan__unit"
    OPEN: ClassVar[dict[str, object]] = {"plan__state__in": PUBLIC_PLANS}

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="years")
    year = models.PositiveIntegerField("år")
    deficit = _kronor("underskott utan åtgärder, kr", validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = "år i åtgärdsplan"
        verbose_name_plural = "år i åtgärdsplan"
        ordering = ("year",)
        constraints = (models.UniqueConstraint(fields=["plan", "year"], name="plan_year_once"),)

    def __str__(self) -> str:
        return f"{self.plan}: {self.year}"


class PlanMeasure(models.Model):
    """A measure of an action plan: what is done, by whom, by when, and how it stands."""

    SCOPE: ClassVar[str] = "plan__unit__municipality"
    WITHIN: ClassVar[str] = "plan__unit"
    OPEN: ClassVar[dict[str, object]] = {"plan__state__in": PUBLIC_PLANS}

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="measures")
    text = models.CharField("åtgärd", max_length=500)
    responsible = models.CharField("ansvarig", max_length=160)
    due = models.CharField("klart", max_length=60)
    state = models.CharField(
        max_length=16, choices=[(one.value, one.wording()) for one in WorkState], default=WorkState.NOT_BEGUN
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "åtgärd"
        verbose_name_plural = "åtgärder"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.text


class MeasureEffect(models.Model):
    """What a measure gives in a year, in kronor: positive when it improves the result."""

    SCOPE: ClassVar[str] = "measure__plan__unit__municipality"
    WITHIN: ClassVar[str] = "measure__plan__unit"
    OPEN: ClassVar[dict[str, object]] = {"measure__plan__state__in": PUBLIC_PLANS}

    measure = models.ForeignKey(PlanMeasure, models.CASCADE, related_name="effects")
    year = models.PositiveIntegerField("år")
    planned = _kronor("planerad effekt, kr")
    realised = _kronor("uppnådd effekt, kr", null=True, blank=True)

    class Meta:
        verbose_name = "effekt av åtgärd"
        verbose_name_plural = "effekter av åtgärder"
        ordering = ("year",)
        constraints = (models.UniqueConstraint(fields=["measure", "year"], name="measure_effect_once"),)

    def __str__(self) -> str:
        return f"{self.measure}: {self.year}"
