"""Pages of reports: the list, the report, its check, its files, deciding it, its decided versions."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from uppsikt.core.errors import UppsiktError
from uppsikt.core.findings import Finding
from uppsikt.reporting.freezing import digest
from uppsikt.reporting.model import Report
from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.organisation.gate import Act, may, require
from uppsikt.web.reports import selectors, services
from uppsikt.web.reports.forms import DecideForm


class FileFormat(NamedTuple):
    """A file that a report can be taken home as."""

    content_type: str
    name: str


OFFICE = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    "pdf": FileFormat("application/pdf", "PDF"),
    "docx": FileFormat(f"{OFFICE}wordprocessingml.document", "Word"),
    "xlsx": FileFormat(f"{OFFICE}spreadsheetml.sheet", "Excel"),
}


@require_safe
@in_context
def reports(request: HttpRequest, here: Here) -> HttpResponse:
    """List the reports that can be made at the date."""
    lines = selectors.report_lines(here)
    return _page(request, here, "reports/reports.html", lines=lines)


@require_safe
@in_context
def report(request: HttpRequest, here: Here, definition: str) -> HttpResponse:
    """Show a report as it stands now."""
    chosen = selectors.definition_at(here, definition)
    draft = selectors.draft_at(here, chosen)
    findings = selectors.findings_at(here, chosen)
    return _shown(
        request, here, draft, findings=findings, definition=chosen, versions=selectors.versions(here, definition)
    )


@require_safe
@in_context
def version(request: HttpRequest, here: Here, definition: str, number: int) -> HttpResponse:
    """Show a decided version: what was decided, whatever has happened to the figures since."""
    decided = selectors.decided_version(here, definition, number)
    frozen = selectors.frozen_report(decided)
    chosen = selectors.definition_at(here, definition)
    changed = selectors.fingerprint(frozen) != selectors.fingerprint(selectors.draft_at(here, chosen))
    return _shown(request, here, frozen, definition=chosen, decided=decided, has_changed_since=changed)


@require_safe
@in_context
def check(request: HttpRequest, here: Here, definition: str) -> HttpResponse:
    """List what does not hold in the report's own tables, with a link to each row."""
    chosen = selectors.definition_at(here, definition)
    draft = selectors.draft_at(here, chosen)
    anchors = {block.table.key: block.anchor for block in draft.tables()}
    marks = [(finding, anchors.get(finding.place.table, "")) for finding in selectors.findings_at(here, chosen)]
    return _page(
        request, here, "reports/check.html", definition=chosen, report=draft, marks=marks, tables=len(draft.tables())
    )


@require_safe
@in_context
def report_file(request: HttpRequest, here: Here, definition: str, kind: str) -> HttpResponse:
    """Give the report as it stands now as a file."""
    return _file(here, selectors.draft_at(here, selectors.definition_at(here, definition)), kind)


@require_safe
@in_context
def version_file(request: HttpRequest, here: Here, definition: str, number: int, kind: str) -> HttpResponse:
    """Give a decided version as a file."""
    return _file(here, selectors.frozen_report(selectors.decided_version(here, definition, number)), kind)


@require_http_methods(["GET", "HEAD", "POST"])
@in_context
def decide(request: HttpRequest, here: Here, definition: str) -> HttpResponse:
    """Decide the report."""
    chosen = selectors.definition_at(here, definition)
    require(here.actor, Act.DECIDE, here.unit)
    draft, findings = selectors.draft_at(here, chosen), selectors.findings_at(here, chosen)
    has_version = selectors.versions(here, definition).exists()
    newest = {"seen": selectors.fingerprint(draft)}
    form = DecideForm(request.POST or None, initial=newest, has_findings=bool(findings), has_version=has_version)
    if form.is_valid():
        try:
            decided = services.report_decide(
                here,
                chosen,
                form.reference(),
                seen=form.cleaned_data["seen"],
                what_changed=form.cleaned_data.get("what_changed", ""),
            )
        except UppsiktError as error:
            form.add_error(None, str(error))
            form.data = {**request.POST.dict(), **newest}  # sent again, it is decided as it is shown now
        else:
            return HttpResponseRedirect(here.url("report_version", definition, decided.version))
    return _page(request, here, "reports/decide.html", form=form, definition=chosen, report=draft, findings=findings)


def _shown(
    request: HttpRequest, here: Here, shown: Report, *, findings: tuple[Finding, ...] = (), **context: object
) -> HttpResponse:
    from uppsikt.reporting.render.html import contents
    from uppsikt.reporting.render.html import render as rendered

    return _page(
        request,
        here,
        "reports/report.html",
        report=shown,
        body=rendered(shown, first_level=2),
        contents=contents(shown),
        formats=[(key, one.name) for key, one in FORMATS.items()],
        findings=findings,
        may_decide=may(here.actor, Act.DECIDE, here.unit),
        **context,
    )


def _page(request: HttpRequest, here: Here, template: str, **context: object) -> HttpResponse:
    return render(request, template, {"here": here, "section": "rapporter", **context})


def _file(here: Here, shown: Report, file_format: str) -> HttpResponse:
    if file_format not in FORMATS:
        raise Http404(f"Rapporten finns inte som {file_format}. Den finns som {', '.join(FORMATS)}.")
    name = slugify(f"{shown.title} {here.unit.name}")
    if shown.stamp.decision:
        name += f"-v{shown.stamp.version}"
    response = HttpResponse(_rendered(digest(shown), file_format, _Held(shown)), FORMATS[file_format].content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    return response


class _Held:
    """Carries the report past the cache: equal to every other, because the digest already tells them apart."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=16)
def _rendered(_digest: str, file_format: str, held: _Held) -> bytes:
    # Imported when first asked for: they carry the libraries of their formats, and most pages need none.
    renderer = import_module(f"uppsikt.reporting.render.{file_format}")
    made: bytes = renderer.render(held.report)
    return made
