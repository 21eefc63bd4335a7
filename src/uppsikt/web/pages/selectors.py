"""What the frame reads: where a reader comes in, and where a choice leads."""

from __future__ import annotations

from uppsikt.core.errors import UseError
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Membership, Placement, Unit, UnitKind


def first_place(actor: Actor) -> tuple[str, str]:
    """Give the slugs of the place where a reader comes in.

    For everybody the top committee and the newest year end (or else the newest date); for whoever has a role
    their own unit and the newest date, which is the one that is worked on.
    """
    own = _own_unit(actor)
    dates = reach(actor, ReportingDate).order_by("-on", "-pk")
    date = (None if own else dates.filter(kind=ReportingDate.Kind.ANNUAL).first()) or dates.first()
    if date is None:
        raise UseError("Kommunen har inga rapporttillfällen ännu. Kör 'uppsikt demo' för att se hur det kan se ut.")
    return (own or _top_unit(actor)).slug, date.slug


def _own_unit(actor: Actor) -> Unit | None:
    """Give the unit of the first role that the actor was given."""
    if actor.user_id is None:
        return None
    role = reach(actor, Membership).filter(user_id=actor.user_id).select_related("unit").order_by("pk").first()
    return role.unit if role else None


def _top_unit(actor: Actor) -> Unit:
    """Give the committee that the first placed unit lies under: the executive board."""
    units = reach(actor, Unit)
    placed = reach(actor, Placement).filter(parent__kind=UnitKind.COMMITTEE).order_by("pk").first()
    leading = units.filter(pk=placed.parent_id).first() if placed else None
    unit = leading or units.filter(kind=UnitKind.COMMITTEE).first() or units.first()
    if unit is None:
        raise UseError("Kommunen har inga enheter ännu. Kör 'uppsikt demo' för att se hur det kan se ut.")
    return unit


def place(actor: Actor, unit_slug: str, date_slug: str) -> tuple[str, str]:
    """Give the slugs if such a unit and such a date exist, else those of the first place."""
    unit = reach(actor, Unit).filter(slug=unit_slug).first()
    date = reach(actor, ReportingDate).filter(slug=date_slug).first()
    first_unit, first_date = ("", "") if unit and date else first_place(actor)
    return unit.slug if unit else first_unit, date.slug if date else first_date


def people_with_roles(actor: Actor) -> list[Membership]:
    """Give who may do what where, for the sign-in page of the demonstration."""
    return list(reach(actor, Membership).filter(user__is_active=True).select_related("user", "unit").order_by("pk"))
