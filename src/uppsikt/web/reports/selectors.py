"""Reading reports: the material of a unit at a date, the report built from it, what does not hold in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from uppsikt.checks import check_tables
from uppsikt.core.errors import ReadingError
from uppsikt.core.findings import Finding
from uppsikt.core.periods import Period
from uppsikt.core.tables import ColumnRole, Table, select
from uppsikt.reporting.build import Definition, GoalText, Material, Passage, build_report, definitions
from uppsikt.reporting.freezing import digest, thaw
from uppsikt.reporting.model import Report, Stamp
from uppsikt.web.cycle.here import Here
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.economy.models import Comment
from uppsikt.web.economy.selectors import statements_at, tables_at
from uppsikt.web.followup.selectors.reporting import with_followup
from uppsikt.web.history.selectors import revision_of
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.selectors import units_under
from uppsikt.web.reports.models import DecidedReport
from uppsikt.web.steering.selectors import (
    activity_table,
    assignment_table,
    goal_state_table,
    goals_at,
    indicator_tables_at,
)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that can be made at a date, and its newest decided version if any."""

    definition: Definition
    title: str
    decided: DecidedReport | None


def definition_at(here: Here, key: str) -> Definition:
    """Give the definition with this key when it belongs to the date's kind; else a Swedish 404."""
    for definition in definitions():
        if definition.key == key and here.reporting_date.kind in definition.dates:
            return definition
    raise Http404(f"Det finns ingen rapport som heter ”{key}” för {here.reporting_date.name}.")


def report_lines(here: Here) -> tuple[ReportLine, ...]:
    """Give the reports that can be made at the date."""
    decided: dict[str, DecidedReport] = {}
    for report in versions(here).defer("content"):
        decided.setdefault(report.definition, report)
    return tuple(ReportLine(one, title, decided.get(one.key)) for one, title in reports_at(here.reporting_date))


def reports_at(date: ReportingDate) -> tuple[tuple[Definition, str], ...]:
    """Give the reports that can be made at a date, with their titles; asks the database nothing."""
    return tuple(
        (one, one.title.format(year=date.year, as_of=_as_of(date))) for one in definitions() if date.kind in one.dates
    )


def versions(here: Here, definition: str = "") -> QuerySet[DecidedReport]:
    """Give the decided versions of the unit's reports at the date, the newest first."""
    found = reach(here.actor, DecidedReport).filter(unit=here.unit, reporting_date=here.reporting_date)
    return (found.filter(definition=definition) if definition else found).select_related("decision")


def decided_version(here: Here, definition: str, version: int) -> DecidedReport:
    """Give one decided version, or a Swedish 404."""
    found = versions(here, definition).filter(version=version).first()
    if found is None:
        raise Http404(f"Rapporten har ingen beslutad version {version}.")
    return found


def frozen_report(decided: DecidedReport) -> Report:
    """Give the report as it was decided; ReadingError when what is stored is another than that."""
    report = thaw(decided.content)
    if digest(report) != decided.digest:
        raise ReadingError(
            f"”{report.title}”, version {decided.version}, är inte längre den som beslutades: någon har ändrat i "
            "databasen vid sidan av programmet. Återställ den ur en säkerhetskopia."
        )
    return report


def fingerprint(report: Report) -> str:
    """Give the digest of what a report says, whatever its stamp: two that say the same have the same."""
    return digest(replace(report, stamp=Stamp(as_of=report.stamp.as_of, made_at="")))


def draft_at(here: Here, definition: Definition) -> Report:
    """Build the report from the figures as they stand now.

    The result is kept until anything in the municipality is written: then its revision is another.
    """
    return _built(_Key(here), definition, revision_of(here.actor))


def findings_at(here: Here, definition: Definition) -> tuple[Finding, ...]:
    """Give what does not hold in the report's own tables."""
    return _checked(_Key(here), definition, revision_of(here.actor))


class _Key:
    """Lets the cache tell contexts apart by municipality, unit and date, and not by their objects."""

    def __init__(self, here: Here) -> None:
        self.here = here
        self._same = (here.actor.municipality_id, here.unit.pk, here.reporting_date.pk)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)


@lru_cache(maxsize=32)
def _built(key: _Key, definition: Definition, _revision: str) -> Report:
    return build_report(definition, material_at(key.here))


@lru_cache(maxsize=32)
def _checked(key: _Key, definition: Definition, revision: str) -> tuple[Finding, ...]:
    return check_tables([block.table for block in _built(key, definition, revision).tables()])


def material_at(here: Here) -> Material:
    """Gather all that a report of the unit at the date can show."""
    actor, unit, date = here.actor, here.unit, here.reporting_date
    kinds = {statement.key: statement.kind for statement in statements_at(actor, unit, date)}
    groups: dict[str, list[Table]] = defaultdict(list)
    for table in tables_at(actor, unit, date):
        groups[kinds[table.key]].append(table)
    groups["indicators"] = list(indicator_tables_at(actor, unit, date))
    for name, table in (
        ("goal_states", goal_state_table(actor, unit, date)),
        ("assignments", _worth_paper(assignment_table(actor, unit, date), date)),
        ("activities", _worth_paper(activity_table(actor, unit, date), date)),
    ):
        groups[name] = [table] if table.rows else []
    return Material(
        organisation=unit.name,
        year=date.year,
        as_of=_as_of(here.reporting_date),
        stamp=Stamp(as_of=_as_of(here.reporting_date), made_at=f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        groups=with_followup(here, {name: tuple(tables) for name, tables in groups.items()}),
        goals=tuple(_goal_text(here)),
        passages=_passages(here),
    )


def _worth_paper(table: Table, date: ReportingDate) -> Table:
    """Leave out columns that say nothing: words that no row has, and at a budget the states of what has not begun."""
    unsaid = {ColumnRole.STATE} if date.kind == ReportingDate.Kind.BUDGET else set()
    said = {column for (_, column), cell in table.cells.items() if cell.raw.strip()}
    return select(
        table,
        columns=[
            column.key
            for column in table.columns
            if column.role not in unsaid and (column.role is not ColumnRole.TEXT or column.key in said)
        ],
    )


def _as_of(date: ReportingDate) -> str:
    return Period.to_date(date.on).label.removeprefix("per den ")


def _goal_text(here: Here) -> list[GoalText]:
    return [
        GoalText(
            area=card.area,
            council_goal=card.council_goal,
            name=card.name,
            description=card.description,
            state=card.state,
            state_text=card.state_text,
            reasons=card.reasons,
        )
        for card in goals_at(here)
    ]


def _passages(here: Here) -> dict[str, tuple[Passage, ...]]:
    """Give the texts of the unit and of the units placed under it at the date, by topic."""
    under = units_under(here.actor, here.unit, here.reporting_date.on)
    comments = reach(here.actor, Comment).filter(reporting_date=here.reporting_date, unit__in=under).exclude(text="")
    found: dict[str, list[Passage]] = defaultdict(list)
    for comment in comments.select_related("unit").order_by("unit__order", "unit__name"):
        heading = comment.unit.name if comment.unit_id != here.unit.pk else ""
        found[comment.topic].append(Passage(heading, comment.text, comment.is_example))
    return {topic: tuple(passages) for topic, passages in found.items()}
