"""What a committee steers by: goals in models per term, indicators that outlive them, work and assignments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from uppsikt.core.states import GoalState, WorkState
from uppsikt.web.cycle.models import Decision, ReportingDate, Sourced
from uppsikt.web.organisation.models import Municipality, Unit

GOAL_STATES = [(state.value, state.wording(forecast=False)) for state in GoalState]
WORK_STATES = [(state.value, state.wording()) for state in WorkState]


class GoalModel(models.Model):
    """A municipality's model of goals for some years: its levels, areas and goals are renewed each term."""

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="goal_models")
    slug = models.SlugField()
    name = models.CharField("namn", max_length=120)
    first_year = models.PositiveIntegerField()
    last_year = models.PositiveIntegerField()

    class Meta:
        verbose_name = "målmodell"
        verbose_name_plural = "målmodeller"
        ordering = ("-first_year",)
        constraints = (models.UniqueConstraint(fields=["municipality", "slug"], name="goal_model_once"),)

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """A goal area or a goal. The chain is the parents: area > council > committee or administration goal.

    A level that a model lacks is passed over (2018 has no areas). ``predecessors`` are the goals of
    an earlier model that this one carries on.
    """

    SCOPE: ClassVar[str] = "model__municipality"

    class Level(models.TextChoices):
        """The levels of domain section 1."""

        AREA = "area", "målområde"
        COUNCIL = "council", "kommunövergripande mål"
        COMMITTEE = "committee", "nämndmål"
        ADMINISTRATION = "administration", "förvaltningsmål"

    model = models.ForeignKey(GoalModel, models.CASCADE, related_name="goals")
    level = models.CharField(max_length=14, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="goals")
    slug = models.SlugField(max_length=120)
    name = models.CharField("mål", max_length=300)
    description = models.TextField("beskrivning", blank=True)
    order = models.PositiveIntegerField(default=0)
    predecessors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="successors")

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=["model", "slug"], name="goal_once"),
            models.CheckConstraint(
                condition=Q(level__in=["area", "council"]) | Q(unit__isnull=False), name="goal_has_owner"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Breakdown(models.Model):
    """A part of an indicator's population: Kvinnor, Män, Unga, a district; ``totalt`` is the whole."""

    SCOPE: ClassVar[str] = "municipality"
    TOTAL: ClassVar[str] = "totalt"

    class Kind(models.TextChoices):
        """What divides the population."""

        TOTAL = "total", "totalt"
        SEX = "sex", "kön"
        AGE = "age", "ålder"
        DISTRICT = "district", "stadsdel"
        SCHOOL = "school", "skolform"
        SECTOR = "sector", "område"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="breakdowns")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "nedbrytning"
        verbose_name_plural = "nedbrytningar"
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["municipality", "slug"], name="breakdown_once"),)

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """A measure that lives longer than the goals it serves."""

    SCOPE: ClassVar[str] = "municipality"

    class Direction(models.TextChoices):
        """Which way is good."""

        UP = "up", "öka"
        DOWN = "down", "minska"
        KEEP = "keep", "behålla"
        NONE = "none", "ej angiven"

    class Population(models.TextChoices):
        """Whom the indicator measures."""

        MUNICIPALITY = "municipality", "hela kommunen"
        ORGANISATION = "organisation", "kommunen som arbetsgivare"
        OWN = "own", "egen förvaltning"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="indicators")
    slug = models.SlugField(max_length=120)
    name = models.CharField("indikator", max_length=300)
    unit_text = models.CharField("enhet", max_length=60, blank=True)
    explanation = models.TextField("förklaring", blank=True)
    origin = models.CharField("källa", max_length=160, blank=True)  # own system, survey, SCB, Kolada
    kolada_id = models.CharField("Kolada-id", max_length=10, blank=True)
    frequency = models.CharField("mäts", max_length=80, blank=True)
    lag = models.CharField("eftersläpning", max_length=160, blank=True)
    population = models.CharField(max_length=14, choices=Population, default=Population.MUNICIPALITY)
    direction = models.CharField("önskad riktning", max_length=5, choices=Direction, default=Direction.NONE)
    # A share, rate or index of the whole lies between its women and its men; an amount or a count does not.
    is_ratio = models.BooleanField("andel, tal eller index", default=True)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["municipality", "slug"], name="indicator_once"),)

    def __str__(self) -> str:
        return self.name


class IndicatorUse(models.Model):
    """An indicator under a goal of a model, with the name it was printed under there."""

    SCOPE: ClassVar[str] = "goal__model__municipality"

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="uses")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="indicator_uses")
    label = models.CharField("namn i modellen", max_length=300)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "indikator under mål"
        verbose_name_plural = "indikatorer under mål"
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["indicator", "goal"], name="indicator_use_once"),)

    def __str__(self) -> str:
        return self.label


class IndicatorValue(Sourced):
    """What an indicator was in a period, as it was known at a reporting date.

    A later report may restate a period: both values stay. ``raw`` is the cell as written and is the
    truth; ``number`` and ``decimals`` are what the core read from it (None: missing, and ``raw``
    says why). ``period`` is a key of core.periods ("2024", "2018-08-31").
    """

    SCOPE: ClassVar[str] = "indicator__municipality"

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="values")
    period = models.CharField(max_length=12)
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="indicator_values")
    raw = models.CharField("som skrivet", max_length=120, blank=True)
    number = models.DecimalField("tal", max_digits=24, decimal_places=6, null=True, blank=True)
    decimals = models.SmallIntegerField(null=True, blank=True)
    note = models.CharField("anmärkning", max_length=300, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "indikatorvärde"
        verbose_name_plural = "indikatorvärden"
        constraints = (
            models.UniqueConstraint(
                fields=["indicator", "breakdown", "period", "reporting_date"], name="indicator_value_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.breakdown} {self.period}"


class IndicatorTarget(Sourced):
    """The target of an indicator for a year, as told at a reporting date; ``raw`` is the little language."""

    SCOPE: ClassVar[str] = "indicator__municipality"

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="targets")
    period = models.CharField(max_length=12)
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="indicator_targets")
    raw = models.CharField("målvärde", max_length=160)

    class Meta(Sourced.Meta):
        verbose_name = "målvärde"
        verbose_name_plural = "målvärden"
        constraints = (
            models.UniqueConstraint(
                fields=["indicator", "breakdown", "period", "reporting_date"], name="indicator_target_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}: {self.raw}"


class Assessment(Sourced):
    """A person's judgement of a goal at a reporting date, with reasons."""

    SCOPE: ClassVar[str] = "goal__model__municipality"

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="assessments")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="assessments")
    state = models.CharField("bedömning", max_length=8, choices=GOAL_STATES)
    reasons = models.TextField("skäl", blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "bedömning"
        verbose_name_plural = "bedömningar"
        constraints = (models.UniqueConstraint(fields=["goal", "reporting_date"], name="assessment_once"),)

    def __str__(self) -> str:
        return f"{self.goal}: {self.get_state_display()}"


class Activity(Sourced):
    """What an administration does for a goal during a year."""

    SCOPE: ClassVar[str] = "unit__municipality"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="activities")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="activities")
    year = models.PositiveIntegerField("verksamhetsår")
    area = models.CharField("område", max_length=160, blank=True)
    number = models.PositiveIntegerField()
    text = models.CharField("aktivitet", max_length=500)
    due = models.CharField("klart", max_length=60, blank=True)
    responsible = models.CharField("ansvarig", max_length=160, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ("year", "area", "number")
        constraints = (models.UniqueConstraint(fields=["unit", "year", "area", "number"], name="activity_once"),)

    def __str__(self) -> str:
        return self.text


class ActivityStatus(models.Model):
    """How an activity stood at a reporting date."""

    SCOPE: ClassVar[str] = "activity__unit__municipality"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="statuses")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="activity_statuses")
    state = models.CharField(max_length=14, choices=WORK_STATES)
    comment = models.TextField("kommentar", blank=True)

    class Meta:
        verbose_name = "aktivitetsstatus"
        verbose_name_plural = "aktivitetsstatus"
        constraints = (models.UniqueConstraint(fields=["activity", "reporting_date"], name="activity_status_once"),)

    def __str__(self) -> str:
        return f"{self.activity}: {self.get_state_display()}"


class Assignment(Sourced):
    """What the council (or the committee itself) ordered in a budget."""

    SCOPE: ClassVar[str] = "municipality"

    class Kind(models.TextChoices):
        """Who is bound by it."""

        COMMON = "common", "kommungemensamt"
        SPECIFIC = "specific", "nämndspecifikt"
        OWN = "own", "nämnduppdrag"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="assignments")
    year = models.PositiveIntegerField("budgetår")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveIntegerField()
    text = models.CharField("uppdrag", max_length=500)
    ordered_in = models.CharField("beställt i", max_length=200, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="assignments")
    # The goal that it serves, where somebody has said so: an assignment is part of what a goal is weighed from.
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="assignments")
    due = models.CharField("klart", max_length=60, blank=True)
    carried_from_year = models.PositiveIntegerField("överfört från budget", null=True, blank=True)

    class Meta(Sourced.Meta):
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        ordering = ("year", "kind", "number")

    def __str__(self) -> str:
        return self.text


class Receiver(models.Model):
    """A unit that an assignment was given to; one of them may coordinate."""

    SCOPE: ClassVar[str] = "unit__municipality"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="receivers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="received_assignments")
    is_coordinator = models.BooleanField("samordnar", default=False)

    class Meta:
        verbose_name = "mottagare"
        verbose_name_plural = "mottagare"
        constraints = (models.UniqueConstraint(fields=["assignment", "unit"], name="receiver_once"),)

    def __str__(self) -> str:
        return f"{self.unit}: {self.assignment}"


class AssignmentStatus(models.Model):
    """How an assignment stood with a receiver at a reporting date, and where it was reported back."""

    SCOPE: ClassVar[str] = "receiver__unit__municipality"

    receiver = models.ForeignKey(Receiver, models.CASCADE, related_name="statuses")
    reporting_date = models.ForeignKey(ReportingDate, models.PROTECT, related_name="assignment_statuses")
    state = models.CharField(max_length=14, choices=WORK_STATES)
    comment = models.TextField("kommentar", blank=True)
    report_back = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="reports_back")
    carried_to_year = models.PositiveIntegerField("förs över till", null=True, blank=True)

    class Meta:
        verbose_name = "uppdragsstatus"
        verbose_name_plural = "uppdragsstatus"
        constraints = (models.UniqueConstraint(fields=["receiver", "reporting_date"], name="assignment_status_once"),)

    def __str__(self) -> str:
        return f"{self.receiver}: {self.get_state_display()}"
