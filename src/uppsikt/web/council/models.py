"""The municipality's result budget in its versions, and its balance investigations, in tkr."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q

from uppsikt.core.economy import result_budget
from uppsikt.web.cycle.models import Decision
from uppsikt.web.organisation.models import Municipality


def _tkr(words: str, *, optional: bool = False) -> models.DecimalField:  # type: ignore[type-arg]  # Django's stubs
    if optional:
        return models.DecimalField(f"{words}, tkr", max_digits=18, decimal_places=3, null=True, blank=True)
    return models.DecimalField(f"{words}, tkr", max_digits=18, decimal_places=3, default=Decimal(0))


class ResultBudget(models.Model):
    """The result of a year as it was budgeted, is forecast or came out; a budget also tells the plan years.

    ``from_reserve`` and ``reason`` are the exceptions of Kommunallagen 11:5, ``decision`` the council's.
    """

    SCOPE: ClassVar[str] = "municipality"

    class Version(models.TextChoices):
        """What is told."""

        BUDGET = "budget", "budget"
        FORECAST = "forecast", "prognos"
        OUTCOME = "outcome", "utfall"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="result_budgets")
    year = models.PositiveIntegerField("år")
    version = models.CharField("version", max_length=10, choices=Version)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="result_budgets")
    from_reserve = _tkr("ur resultatreserven")
    reason = models.CharField("synnerliga skäl", max_length=500, blank=True)
    revision = models.PositiveIntegerField("sparad gång", default=0)
    is_example = models.BooleanField("exempel", default=False)

    class Meta:
        verbose_name = "resultatbudget"
        verbose_name_plural = "resultatbudgetar"
        ordering = ("year", "version")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "year", "version"], name="result_budget_once"),
            models.CheckConstraint(condition=Q(from_reserve__gte=0), name="result_budget_reserve_not_negative"),
        )

    def __str__(self) -> str:
        return f"Resultatbudget {self.year}, {self.get_version_display()}"


class ResultLine(models.Model):
    """One line of a result budget in one year; costs are positive amounts. A line without a row is missing."""

    SCOPE: ClassVar[str] = "budget__municipality"

    budget = models.ForeignKey(ResultBudget, models.CASCADE, related_name="lines")
    year = models.PositiveIntegerField("år")
    line = models.CharField(
        "rad", max_length=20, choices=[(one.value, result_budget.LABELS[one]) for one in result_budget.ResultLine]
    )
    amount = models.DecimalField("belopp, tkr", max_digits=18, decimal_places=3)

    class Meta:
        verbose_name = "rad i resultatbudget"
        verbose_name_plural = "rader i resultatbudget"
        ordering = ("year", "pk")
        constraints = (models.UniqueConstraint(fields=["budget", "year", "line"], name="result_line_once"),)

    def __str__(self) -> str:
        return f"{self.budget}: {self.get_line_display()} {self.year}"


class BalanceInvestigation(models.Model):
    """A year's balance investigation: what it starts from. What it comes to is computed.

    ``stated`` is the balance requirement result as an annual report printed it, for years whose rules are not
    computed here. ``tax_base``, ``equity`` and ``reserve`` are what the limits of the result reserve ask for.
    """

    SCOPE: ClassVar[str] = "municipality"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="balance_investigations")
    year = models.PositiveIntegerField("år")
    stated = _tkr("balanskravsresultat enligt årsredovisningen", optional=True)
    result = _tkr("årets resultat", optional=True)
    capital_gains = _tkr("realisationsvinster")
    gains_by_exception = _tkr("vinster enligt undantag")
    losses_by_exception = _tkr("förluster enligt undantag")
    unrealised_losses = _tkr("orealiserade förluster")
    reversal = _tkr("återföring")
    to_reserve = _tkr("till resultatreserven")
    from_reserve = _tkr("ur resultatreserven")
    extraordinary = _tkr("synnerliga skäl")
    earlier_deficits = _tkr("underskott från tidigare år")
    tax_base = _tkr("skatter, statsbidrag och utjämning", optional=True)
    equity = _tkr("eget kapital med pensionsförpliktelser", optional=True)
    reserve = _tkr("resultatreserven före", optional=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="balance_investigations")
    is_example = models.BooleanField("exempel", default=False)

    class Meta:
        verbose_name = "balanskravsutredning"
        verbose_name_plural = "balanskravsutredningar"
        ordering = ("year",)
        constraints = (
            models.UniqueConstraint(fields=["municipality", "year"], name="balance_investigation_once"),
            models.CheckConstraint(
                condition=Q(stated__isnull=False) | Q(result__isnull=False), name="balance_investigation_has_result"
            ),
        )

    def __str__(self) -> str:
        return f"Balanskravsutredning {self.year}"
