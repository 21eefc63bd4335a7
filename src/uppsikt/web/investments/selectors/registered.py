"""What the forms of projects ask: what changed last, which units may be chosen, and what a project has now."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import InvestmentProject
from uppsikt.web.history.models import Change
from uppsikt.web.investments.models import ProjectCode, ProjectFacts
from uppsikt.web.organisation.gate import Act, Actor, may, reach
from uppsikt.web.organisation.models import Unit, UnitKind

_CODE = ProjectCode._meta.label_lower


def last_change_of(actor: Actor, project: InvestmentProject) -> Change | None:
    """Give the newest change of a project: of its name, of what is known of it, or of its codes."""
    facts = reach(actor, ProjectFacts).filter(project=project).values("pk")
    found = reach(actor, Change).filter(
        Q(model=InvestmentProject._meta.label_lower, object_id=project.pk)
        | Q(model=ProjectFacts._meta.label_lower, object_id__in=facts)
        | Q(model=_CODE, after__project_id=project.pk)
        | Q(model=_CODE, before__project_id=project.pk)
    )
    return found.order_by("-pk").first()


def owners(here: Here) -> QuerySet[Unit]:
    """Give the units that the actor may register a project for: committees, and the reader's own unit."""
    able = [one.pk for one in here.units if may(here.actor, Act.FRAME, one)]
    of_kind = Q(kind=UnitKind.COMMITTEE) | Q(pk=here.unit.pk)
    return reach(here.actor, Unit).filter(of_kind, pk__in=able).order_by("order", "name")


def living(here: Here) -> QuerySet[Unit]:
    """Give the units that exist at the reporting date."""
    return reach(here.actor, Unit).filter(pk__in=[one.pk for one in here.units]).order_by("order", "name")
