"""Adopts the printed budgets once the ledger is there, so that everybody may read them, and leaves a draft to try."""

from __future__ import annotations

from uppsikt.web.budget.models import BudgetVersion
from uppsikt.web.budget.services.adopting import version_adopt
from uppsikt.web.budget.services.lines import plan_make
from uppsikt.web.budget.services.making import version_copy
from uppsikt.web.cycle.models import Decision, ReportingDate
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor, reach

Kind = BudgetVersion.Kind
_WHY = "Exempel: planåren läggs ut i ett scenario, så att rutnätet kan prövas"


def adopt_budgets(actor: Actor) -> None:
    """Adopt each printed budget by the decision of its own day, and copy it to a scenario with its plan years.

    A budget whose year already has an adopted one, or whose document names no decision, is left as it is. The actor
    decides about frames in every unit. All of a budget happens or nothing does.
    """
    taken = set(reach(actor, BudgetVersion).filter(kind=Kind.ADOPTED).values_list("unit_id", "year"))
    drafts = reach(actor, BudgetVersion).filter(kind=Kind.WORKING, is_example=True, is_discarded=False)
    for version in drafts.select_related("unit"):
        decision = _decision_of(actor, version.year)
        if decision is None or (version.unit_id, version.year) in taken:
            continue
        with recording(actor, _WHY):
            version_adopt(actor, version, decision)
            first, *_between, last = version.years[1:]
            scenario = version_copy(actor, version, f"Planåren {first}–{last}, scenario", _WHY)
            plan_make(actor, scenario, _WHY)


def _decision_of(actor: Actor, year: int) -> Decision | None:
    """Give what was decided on the day of the year's budget document."""
    days = reach(actor, ReportingDate).filter(kind=ReportingDate.Kind.BUDGET, year=year).values_list("on", flat=True)
    return reach(actor, Decision).filter(on__in=list(days)).order_by("on", "paragraph").first()
