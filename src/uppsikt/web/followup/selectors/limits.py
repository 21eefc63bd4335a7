"""The municipality's limits: from which size a forecast must be explained, and when an action plan is owed."""

from __future__ import annotations

from datetime import date

from uppsikt.core.economy.action_plans import REGULATIONS
from uppsikt.core.economy.forecasting import Limit
from uppsikt.core.quantities import KR, Quantity
from uppsikt.web.followup.models import ForecastLimit
from uppsikt.web.organisation.gate import Actor, reach


def stored_limit(actor: Actor, kind: str, on: date) -> ForecastLimit | None:
    """Give the newest limit of a kind that is valid on a day."""
    found = reach(actor, ForecastLimit).filter(kind=kind, valid_from__lte=on)
    return found.order_by("-valid_from").first()


def comment_limit(actor: Actor, on: date) -> Limit | None:
    """Give from which size a forecast's deviation must be explained; None when the municipality has set no limit."""
    stored = stored_limit(actor, ForecastLimit.Kind.COMMENT, on)
    return _told(stored) if stored else None


def plan_rule(actor: Actor, on: date) -> Limit:
    """Give the rule for action plans: the municipality's own, or else that of the financial regulations."""
    stored = stored_limit(actor, ForecastLimit.Kind.ACTION_PLAN, on)
    return _told(stored) if stored else REGULATIONS


def _told(stored: ForecastLimit) -> Limit:
    amount = None if stored.amount is None else Quantity(stored.amount, KR)
    return Limit(stored.percent, amount, stored.both, stored.source)
