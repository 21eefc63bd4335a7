"""Investment frames, and the codes, facts, decisions and forecasts of projects. Files tell tkr, the store keeps kr."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from uppsikt.core.quantities import KR, TKR, Quantity
from uppsikt.exchange.municipality.economy import ProjectRecord
from uppsikt.exchange.municipality.investments import (
    GrantRecord,
    InvestmentFrameRecord,
    ProjectCodeRecord,
    ProjectDecisionRecord,
    ProjectFactsRecord,
    ProjectForecastRecord,
)
from uppsikt.exchange.municipality.organisation import DateRecord, DecisionRecord, UnitRecord
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.investments.models import (
    InvestmentFrame,
    ProjectCode,
    ProjectDecision,
    ProjectFacts,
    ProjectForecast,
)


def place_investments(shelf: Shelf) -> None:
    """Place everything about investments; the projects themselves are placed before."""
    shelf.place(
        ProjectCode,
        ("project_id", "code"),
        shelf.files.of(ProjectCodeRecord),
        lambda one: ProjectCode(project=shelf.find(ProjectRecord, one.project), code=one.code),
    )
    shelf.place(ProjectFacts, ("project_id",), shelf.files.of(ProjectFactsRecord), lambda one: _facts(shelf, one))
    shelf.place(
        ProjectDecision,
        ("project_id", "year", "kind", "from_year", "purpose"),
        shelf.files.of(ProjectDecisionRecord),
        lambda one: ProjectDecision(
            project=shelf.find(ProjectRecord, one.project),
            expenditure=_kr(one.expenditure),
            receipts=_kr(one.receipts),
            **_decided(shelf, one),
        ),
    )
    shelf.place(
        InvestmentFrame,
        ("unit_id", "scope", "year", "kind", "from_year", "purpose", "project_id"),
        shelf.files.of(InvestmentFrameRecord),
        lambda one: InvestmentFrame(
            unit=shelf.find(UnitRecord, one.unit),
            scope=one.scope,
            project=shelf.find(ProjectRecord, one.project),
            amount=_kr(one.amount),
            **_decided(shelf, one),
        ),
    )
    shelf.place(
        ProjectForecast,
        ("project_id", "reporting_date_id"),
        shelf.files.of(ProjectForecastRecord),
        lambda one: ProjectForecast(
            project=shelf.find(ProjectRecord, one.project),
            reporting_date=shelf.find(DateRecord, one.at),
            expenditure=_kr(one.expenditure),
            receipts=_kr(one.receipts),
            finishes_on=one.finishes_on,
            comment=one.comment,
        ),
    )


def _facts(shelf: Shelf, one: ProjectFactsRecord) -> ProjectFacts:
    return ProjectFacts(
        project=shelf.find(ProjectRecord, one.project),
        scope=one.scope,
        responsible=shelf.find(UnitRecord, one.responsible),
        started=one.started,
        finished_on=one.finished_on,
        is_yearly=one.is_yearly,
        earlier_until=one.earlier_until,
        earlier_expenditure=_kr(one.earlier),
    )


def _decided(shelf: Shelf, one: GrantRecord) -> dict[str, Any]:
    decision = shelf.find(DecisionRecord, one.decision)
    return {
        "year": one.year,
        "kind": one.kind,
        "from_year": one.from_year,
        "purpose": one.purpose,
        "decision": decision,
        "decided_on": decision.on if decision else one.decided_on,
    }


def _kr(tkr: Decimal) -> Decimal:
    """Give an amount of the files in kronor, with the two decimals that are kept."""
    return Quantity(tkr, TKR).to(KR).number.quantize(Decimal("0.01"))
