"""The municipality's own reports, reviewed like anybody's: the one place that knows both reports and reviews."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.organisation.gate import Act, require
from uppsikt.web.organisation.uploads import clean_name
from uppsikt.web.reports.selectors import definition_at, draft_at, frozen_report, report_lines, versions
from uppsikt.web.review import running
from uppsikt.web.review.services import document_take


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report that can be made at the reader's place, and the version that is decided if any."""

    key: str
    title: str
    version: int | None


def own_reports(here: Here) -> list[OwnReport]:
    """Give the reports of the unit and date; one query."""
    return [
        OwnReport(line.definition.key, line.title, line.decided.version if line.decided else None)
        for line in report_lines(here)
    ]


@require_POST
@in_context
def review_own(request: HttpRequest, here: Here, definition: str) -> HttpResponse:
    """Have a report of our own reviewed as its PDF: the newest decided version, else the draft."""
    from uppsikt.reporting.render.pdf import render  # a library of its own, which most pages never need

    require(here.actor, Act.REVIEW, here.unit)
    chosen = definition_at(here, definition)
    decided = versions(here, definition).first()
    report = frozen_report(decided) if decided else draft_at(here, chosen)
    name = clean_name(f"{report.title} {here.unit.name}.pdf")
    taken = document_take(here.actor, here.unit, name, [render(report)])
    running.WORKER.wake_on_commit()
    return HttpResponseRedirect(here.url("review", taken.document.pk))
