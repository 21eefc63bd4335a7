"""Deciding a report: its content is fixed for ever, with its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max

from uppsikt.core.errors import UseError
from uppsikt.reporting.build import Definition
from uppsikt.reporting.freezing import digest, freeze
from uppsikt.reporting.model import Report
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import Decision
from uppsikt.web.history.selectors import revision_of
from uppsikt.web.history.services import Pen, recording
from uppsikt.web.organisation.gate import Act, reach, require
from uppsikt.web.reports.models import DecidedReport
from uppsikt.web.reports.selectors import draft_at, fingerprint, versions


@dataclass(frozen=True, slots=True)
class DecisionReference:
    """Which decision: the body, the day of the meeting, the paragraph, and the case number if any."""

    body: str
    on: date
    paragraph: int
    case_number: str = ""


def report_decide(
    here: Here,
    definition: Definition,
    reference: DecisionReference,
    *,
    seen: str,
    what_changed: str = "",
) -> DecidedReport:
    """Fix the report as it stands now under a decision; a second time makes a new version.

    ``seen`` is the fingerprint of the report that the decider was shown: when it says something else
    now, nothing is decided. Nor is it when anything was written while the report was built, because
    then its parts may come from two states of the data. A new version must say what changed.
    Raises NotAllowedError and UseError.
    """
    require(here.actor, Act.DECIDE, here.unit)
    state = revision_of(here.actor)
    draft = draft_at(here, definition)
    if fingerprint(draft) != seen:
        raise UseError("Rapporten har ändrats sedan du öppnade sidan. Läs den som den är nu och besluta igen.")
    with recording(here.actor, why=f"Beslut {reference.body} {reference.on} § {reference.paragraph}") as pen:
        if revision_of(here.actor) != state:
            raise UseError("Någon sparade en uppgift medan rapporten byggdes. Besluta igen.")
        version = (versions(here, definition.key).aggregate(newest=Max("version"))["newest"] or 0) + 1
        if version > 1 and not what_changed.strip():
            raise UseError("Det finns redan en beslutad version. Skriv vad som har ändrats sedan den.")
        decision = _decision(here, reference, draft.title, pen)
        report = _decided(draft, decision, version)
        return pen.create(
            DecidedReport,
            unit=here.unit,
            reporting_date=here.reporting_date,
            definition=definition.key,
            version=version,
            decision=decision,
            what_changed=what_changed,
            content=freeze(report),
            digest=digest(report),
        )


def _decided(report: Report, decision: Decision, version: int) -> Report:
    return replace(report, stamp=replace(report.stamp, decision=str(decision), version=version))


def _decision(here: Here, reference: DecisionReference, title: str, pen: Pen) -> Decision:
    """Find the decision, or write it down when it is not known yet."""
    known = reach(here.actor, Decision).filter(body=reference.body, on=reference.on, paragraph=reference.paragraph)
    return known.first() or pen.create(
        Decision,
        municipality=here.unit.municipality,
        body=reference.body,
        on=reference.on,
        paragraph=reference.paragraph,
        case_number=reference.case_number,
        title=title,
    )
