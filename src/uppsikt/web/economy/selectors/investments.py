"""Investments: the tables of a date with their sums, a project through the years, and staff and volumes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from uppsikt.core.tables import RowRole, Table, select
from uppsikt.reporting.build import drawing
from uppsikt.reporting.build.drawing import Drawing
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import InvestmentProject, Statement
from uppsikt.web.economy.selectors.comments import INVESTMENT_TOPIC, Said, said_by
from uppsikt.web.economy.selectors.pages import Elsewhere, elsewhere
from uppsikt.web.economy.selectors.sheets import Sheet, sheet_of
from uppsikt.web.economy.selectors.statements import told_at
from uppsikt.web.economy.selectors.tables import tables_of
from uppsikt.web.organisation.gate import reach

Kind = Statement.Kind


@dataclass(frozen=True)
class InvestmentPage:
    """The investments of a unit and of the units under it at a date."""

    sheets: tuple[Sheet, ...]
    said: Said
    elsewhere: Elsewhere | None


def investment_page(here: Here) -> InvestmentPage:
    """Gather the investment tables of a date."""
    told = told_at(here.actor, here.unit, here.reporting_date, (Kind.INVESTMENT,))
    said = said_by(here.actor, [here.unit], here.reporting_date, INVESTMENT_TOPIC)
    owners = {one.key: one.unit for one in told.statements if one.unit_id != here.unit.pk}
    return InvestmentPage(
        sheets=tuple(
            sheet_of(here, table, is_part=told.is_part(table), owner=owners.get(table.key)) for table in told.tables
        ),
        said=said[here.unit.slug],
        elsewhere=None if told.tables else elsewhere(here, Kind.INVESTMENT),
    )


@dataclass(frozen=True)
class ProjectPage:
    """A project as every report has told it, the newest first."""

    project: InvestmentProject
    told: tuple[tuple[Statement, Sheet], ...]


def project_page(here: Here, slug: str) -> ProjectPage:
    """Gather a project through the years; an unknown one is a Swedish 404."""
    project = reach(here.actor, InvestmentProject).filter(slug=slug).select_related("unit").first()
    if project is None:
        raise Http404(f"Det finns inget investeringsprojekt som heter ”{slug}”.")
    statements = tuple(
        reach(here.actor, Statement)
        .filter(rows__project=project)
        .distinct()
        .select_related("unit", "reporting_date", "source")
        .order_by("-reporting_date__on", "order")
    )
    tables = tables_of(here.actor, statements)
    subject = f"project:{project.slug}"
    sheets = [
        sheet_of(here, select(table, rows={row.key for row in table.rows if row.subject == subject}))
        for table in tables
    ]
    return ProjectPage(project, tuple(zip(statements, sheets, strict=True)))


@dataclass(frozen=True)
class StaffPage:
    """Staff, volumes and the reception of refugees, each with its tables."""

    staff: tuple[Sheet, ...]
    volumes: tuple[Sheet, ...]
    reception: tuple[Sheet, ...]
    drawings: tuple[Drawing, ...]
    elsewhere: Elsewhere | None


def staff_page(here: Here) -> StaffPage:
    """Gather staff and volumes of the unit and the units under it at a date."""
    kinds = (Kind.STAFF, Kind.VOLUME, Kind.RECEPTION)
    told = told_at(here.actor, here.unit, here.reporting_date, kinds)
    owners = {one.key: one.unit for one in told.statements if one.unit_id != here.unit.pk}

    def sheets(kind: Statement.Kind) -> tuple[Sheet, ...]:
        return tuple(sheet_of(here, table, owner=owners.get(table.key)) for table in told.everywhere(kind))

    staff = told.everywhere(Kind.STAFF)
    return StaffPage(
        staff=sheets(Kind.STAFF),
        volumes=sheets(Kind.VOLUME),
        reception=sheets(Kind.RECEPTION),
        drawings=tuple(_by_sex(staff)),
        elsewhere=None if told.tables else elsewhere(here, *kinds),
    )


def _by_sex(tables: Iterable[Table]) -> Iterable[Drawing]:
    """Draw what is told for women and men in at least three years."""
    for table in tables:
        parted = any(row.role is RowRole.BREAKDOWN for row in table.rows)
        if parted and len(table.columns) >= 3:
            yield from drawing.series(table)
