"""The one gate: who asks, what they may see, what they may do.

Every selector and service is given an Actor and reaches stored objects through ``reach``. Nothing
else in the web floor touches a model's manager (a test walks the code). Each model names in SCOPE
the path to its municipality, so that a row of another municipality can never be reached. A model that
is not for everybody also names in WITHIN the path to its unit (or units): it is reached only by those who
have a role there, but for the rows that OPEN describes, which are for everybody. What roles may see or do is
decided here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from uppsikt.core.errors import UppsiktError
from uppsikt.web.organisation.models import Membership, Unit

M = TypeVar("M", bound=Model)


class Act(StrEnum):
    """What a person can do to things of a unit."""

    REPORT = "report"  # values, comments, states of activities and assignments
    ASSESS = "assess"
    DECIDE = "decide"  # decide a report for ever
    REVIEW = "review"  # have a document reviewed, and judge what was found
    LEDGER = "ledger"  # load entries, bring an older load back, close and open periods
    BUDGET = "budget"  # spread a budget and move money within what the unit holds
    FRAME = "frame"  # register what the council or the board has decided about money


@dataclass(frozen=True, slots=True)
class Role:
    """A role in a unit, with the keys of that unit and of everything that was ever under it."""

    name: str
    units: frozenset[int]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. ``user_id`` is None for a reader who has not signed in."""

    municipality_id: int
    name: str = "Läsare"
    user_id: int | None = None
    roles: tuple[Role, ...] = ()


class NotAllowedError(UppsiktError):
    """The actor may not do this; the text says who may."""


_ALLOWED: dict[Act, frozenset[str]] = {
    Act.REPORT: frozenset({Membership.Role.REPORTER, Membership.Role.CONTROLLER}),
    Act.ASSESS: frozenset({Membership.Role.REPORTER, Membership.Role.CONTROLLER}),
    Act.DECIDE: frozenset({Membership.Role.SECRETARY}),
    Act.REVIEW: frozenset({Membership.Role.REPORTER, Membership.Role.CONTROLLER, Membership.Role.SECRETARY}),
    Act.LEDGER: frozenset({Membership.Role.CONTROLLER}),
    Act.BUDGET: frozenset({Membership.Role.REPORTER, Membership.Role.CONTROLLER}),
    Act.FRAME: frozenset({Membership.Role.CONTROLLER, Membership.Role.SECRETARY}),
}


def reach(actor: Actor, model: type[M]) -> QuerySet[M]:
    """Give the rows of a model that the actor may see: those of the actor's own municipality.

    Of a model that names WITHIN, only those of units where the actor has a role, and those that it names OPEN.
    """
    scope: str = model.SCOPE  # type: ignore[attr-defined]  # every model of ours names it; a test walks them
    found = model._default_manager.filter(**{scope: actor.municipality_id})
    within: str = getattr(model, "WITHIN", "")
    if not within:
        return found
    # Queries of their own: a path through many must not give a row many times, nor stand in the way of a lock.
    theirs = Q(pk__in=model._default_manager.filter(**{f"{within}__in": units_of(actor)}).values("pk"))
    public: dict[str, object] = getattr(model, "OPEN", {})
    opened = Q(pk__in=model._default_manager.filter(**public).values("pk"))
    return found.filter(theirs | opened if public else theirs)


def units_of(actor: Actor) -> frozenset[int]:
    """Give the units in which the actor has a role of any kind."""
    return frozenset().union(*(role.units for role in actor.roles))


def may(actor: Actor, act: Act, unit: Unit) -> bool:
    """Say whether the actor may do this to things of the unit."""
    return any(role.name in _ALLOWED[act] and unit.pk in role.units for role in actor.roles)


def require(actor: Actor, act: Act, unit: Unit) -> None:
    """Stop with a Swedish sentence when the actor may not."""
    if may(actor, act, unit):
        return
    if actor.user_id is None:
        raise NotAllowedError("Logga in för att ändra. Allt går att läsa utan att logga in.")
    who = " eller ".join(sorted(Membership.Role(name).label for name in _ALLOWED[act]))
    raise NotAllowedError(f"Du har inte den roll som krävs för {unit.name}. Det kan den göra som är {who} där.")
