"""Municipality, units over time with their successors, people and their roles."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q


class Municipality(models.Model):
    """A municipality; everything else belongs to one. ``code`` is SCB's four digits."""

    SCOPE: ClassVar[str] = "pk"

    name = models.CharField("namn", max_length=120)
    code = models.CharField("kommunkod", max_length=4, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in. Roles are memberships in units."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="users")

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"


class UnitKind(models.TextChoices):
    """The levels of domain section 1."""

    COUNCIL = "council", "fullmäktige"
    COMMITTEE = "committee", "nämnd"
    ADMINISTRATION = "administration", "förvaltning"
    DIVISION = "division", "stab eller affärsområde"
    TEAM = "team", "enhet"


class Financing(models.TextChoices):
    """How a unit is paid, which decides the sign convention of its statement."""

    FRAME = "frame", "ramfinansierad"
    REVENUE = "revenue", "intäktsfinansierad"


class Unit(models.Model):
    """A committee, administration, division or team, between two dates (``valid_to`` excluded)."""

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="units")
    slug = models.SlugField(max_length=80)
    name = models.CharField("namn", max_length=160)
    short = models.CharField("kortnamn", max_length=40, blank=True)
    kind = models.CharField("nivå", max_length=20, choices=UnitKind)
    financing = models.CharField("finansiering", max_length=10, choices=Financing, default=Financing.FRAME)
    valid_from = models.DateField("från och med")
    valid_to = models.DateField("till", null=True, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "enhet"
        verbose_name_plural = "enheter"
        ordering = ("order", "name")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "slug"], name="unit_slug_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="unit_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where a unit stood in the tree between two dates (``valid_to`` excluded)."""

    SCOPE: ClassVar[str] = "unit__municipality"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="placed_under")
    valid_from = models.DateField("från och med")
    valid_to = models.DateField("till", null=True, blank=True)

    class Meta:
        verbose_name = "placering"
        verbose_name_plural = "placeringar"
        constraints = (
            models.UniqueConstraint(fields=["unit", "valid_from"], name="placement_once"),
            models.CheckConstraint(condition=~Q(unit=F("parent")), name="placement_not_own_parent"),
        )

    def __str__(self) -> str:
        return f"{self.unit} under {self.parent}"


class Succession(models.Model):
    """One unit took over from another on a date: a new name, a split, a merger, a move."""

    SCOPE: ClassVar[str] = "successor__municipality"

    class Kind(models.TextChoices):
        """How the one became the other."""

        RENAMED = "renamed", "bytte namn"
        SPLIT = "split", "delades"
        MERGED = "merged", "slogs ihop"
        MOVED = "moved", "flyttades"

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    on = models.DateField("från och med")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField("anmärkning", max_length=300, blank=True)

    class Meta:
        verbose_name = "efterföljare"
        verbose_name_plural = "efterföljare"
        constraints = (models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_once"),)

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Membership(models.Model):
    """A person's role in a unit and everything under it."""

    SCOPE: ClassVar[str] = "unit__municipality"

    class Role(models.TextChoices):
        """What a person may do; ``reader`` is what everybody may in the demonstration."""

        REPORTER = "reporter", "rapportör"  # a unit head: values, comments, assessments of the unit
        CONTROLLER = "controller", "controller"  # the same for the whole tree, and reports
        SECRETARY = "secretary", "sekreterare"  # decisions and deciding reports

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)

    class Meta:
        verbose_name = "roll"
        verbose_name_plural = "roller"
        constraints = (models.UniqueConstraint(fields=["user", "unit", "role"], name="membership_once"),)

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.unit}"
