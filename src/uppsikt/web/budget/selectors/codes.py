"""The responsibility codes that a budget's lines are written under."""

from __future__ import annotations

from django.db.models import Q

from uppsikt.web.budget.models import BudgetVersion
from uppsikt.web.budget.selectors.versions import first_day
from uppsikt.web.ledger.models import LedgerCode
from uppsikt.web.organisation.gate import Actor, reach


def codes_by_unit(actor: Actor, version: BudgetVersion) -> dict[int, str]:
    """Give each unit's own responsibility code on the first day of the year; the first one where it has several."""
    on = first_day(version)
    living = Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    found = reach(actor, LedgerCode).filter(*living, part="unit", unit__isnull=False).order_by("-code")
    return dict(found.values_list("unit_id", "code"))
