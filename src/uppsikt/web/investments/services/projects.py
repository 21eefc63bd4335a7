"""What units tell about their projects: the forecast at completion, and when they are finished."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.core.errors import UseError
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import InvestmentProject
from uppsikt.web.history.services import recording
from uppsikt.web.investments.models import ProjectFacts, ProjectForecast
from uppsikt.web.organisation.gate import Act, Actor, may, reach, require


@dataclass(frozen=True, slots=True)
class Forecasting:
    """What a project is expected to come to in kronor; ``seen`` is the last change that the writer had seen."""

    expenditure: Decimal
    receipts: Decimal
    finishes_on: date | None
    comment: str
    why: str
    seen: int


def forecast_save(here: Here, project: InvestmentProject, given: Forecasting) -> ProjectForecast:
    """Keep a project's forecast at the reporting date.

    Raises NotAllowedError, EditConflictError when somebody else was first, UseError without a reason, and for a
    project that is finished: its outcome is its total.
    """
    facts = _refuse_others(here.actor, project)
    if facts is not None and facts.finished_on and facts.finished_on <= here.reporting_date.on:
        raise UseError("Projektet är färdigt, och då är utfallet dess totalutgift. Öppna projektet igen först.")
    fields = {
        "expenditure": given.expenditure,
        "receipts": given.receipts,
        "finishes_on": given.finishes_on,
        "comment": given.comment,
    }
    with recording(here.actor, _reason(given.why)) as pen:
        stored = reach(here.actor, ProjectForecast).filter(project=project, reporting_date=here.reporting_date).first()
        if stored is None:
            return pen.create(ProjectForecast, project=project, reporting_date=here.reporting_date, **fields)
        pen.update(stored, seen=given.seen, **fields)
        return stored


def project_finish(here: Here, project: InvestmentProject, on: date, why: str, seen: int) -> None:
    """Say that a project was finished on a day: from then on its outcome is its calculated total.

    Raises NotAllowedError, EditConflictError, and UseError for a day after the reporting date or before the start.
    """
    facts = _refuse_others(here.actor, project)
    if on > here.reporting_date.on:
        raise UseError("Ett projekt kan inte vara färdigt efter rapporttillfällets dag. Skriv en tidigare dag.")
    if facts is not None and facts.started and on < facts.started:
        raise UseError(f"Projektet påbörjades {facts.started:%Y-%m-%d} och kan inte vara färdigt före det.")
    with recording(here.actor, _reason(why)) as pen:
        if facts is None:
            pen.create(ProjectFacts, project=project, finished_on=on)
        else:
            pen.update(facts, seen=seen, finished_on=on)


def project_reopen(here: Here, project: InvestmentProject, why: str, seen: int) -> None:
    """Say that a project goes on after all. Raises NotAllowedError, EditConflictError and UseError without a reason."""
    facts = _refuse_others(here.actor, project)
    if facts is None or facts.finished_on is None:
        raise UseError("Projektet pågår redan.")
    with recording(here.actor, _reason(why)) as pen:
        pen.update(facts, seen=seen, finished_on=None)


def _refuse_others(actor: Actor, project: InvestmentProject) -> ProjectFacts | None:
    """Stop those who neither report for the project's unit nor are responsible; give what is known of the project."""
    facts = reach(actor, ProjectFacts).filter(project=project).select_related("responsible").first()
    if facts is None or facts.responsible is None or not may(actor, Act.REPORT, facts.responsible):
        require(actor, Act.REPORT, project.unit)
    return facts


def _reason(why: str) -> str:
    if not why.strip():
        raise UseError("Skriv varför du ändrar. Det sparas i historiken.")
    return why.strip()
