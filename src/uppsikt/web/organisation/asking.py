"""Who asks: from an HTTP request to an Actor. The only place where a session becomes a person."""

from __future__ import annotations

from collections import defaultdict

from django.http import HttpRequest

from uppsikt.core.errors import UseError
from uppsikt.web.organisation.gate import Actor, Role
from uppsikt.web.organisation.models import Membership, Municipality, Placement, Unit, User

PROGRAM = "program"  # a role that no person can be given


class NoMunicipalityError(UseError):
    """Nothing has been stored yet: the first page says what to do."""


def actor_of(request: HttpRequest) -> Actor:
    """Give who asks; asked once per request."""
    found: Actor | None = getattr(request, "uppsikt_actor", None)
    if found is None:
        found = _person(request.user) if isinstance(request.user, User) else reader()
        request.uppsikt_actor = found  # type: ignore[attr-defined]  # a request is Django's own place for this
    return found


def reader() -> Actor:
    """Give a reader who has not signed in, in the municipality of this installation."""
    municipality = Municipality._default_manager.order_by("pk").first()
    if municipality is None:
        raise NoMunicipalityError("Här finns ingen kommun ännu. Lägg in demonstrationskommunen med 'uppsikt demo'.")
    return Actor(municipality_id=municipality.pk)


def programs(name: str) -> tuple[Actor, ...]:
    """Give the program itself as who asks, once for each municipality: for work that nobody waits for at a page.

    ``name`` is who the history says it was.
    """
    units: dict[int, set[int]] = {key: set() for key in Municipality._default_manager.values_list("pk", flat=True)}
    for municipality, unit in Unit._default_manager.values_list("municipality_id", "pk"):
        units[municipality].add(unit)
    return tuple(Actor(key, name, roles=(Role(PROGRAM, frozenset(own)),)) for key, own in units.items())


def operator(name: str) -> Actor:
    """Give whoever works at the machine itself as who asks: they may what a controller of every unit may.

    ``name`` is who the history says it was.
    """
    actor = reader()
    units = Unit._default_manager.filter(municipality=actor.municipality_id).values_list("pk", flat=True)
    return Actor(actor.municipality_id, name, roles=(Role(Membership.Role.CONTROLLER, frozenset(units)),))


def _person(user: User) -> Actor:
    if user.municipality_id is None:
        return reader()
    under = _units_under()
    roles = tuple(
        Role(membership.role, frozenset(_closure(membership.unit_id, under))) for membership in user.memberships.all()
    )
    return Actor(user.municipality_id, user.get_full_name() or user.username, user.pk, roles)


def _units_under() -> dict[int, set[int]]:
    under: dict[int, set[int]] = defaultdict(set)
    for parent, unit in Placement._default_manager.values_list("parent_id", "unit_id"):
        under[parent].add(unit)
    return under


def _closure(top: int, under: dict[int, set[int]]) -> set[int]:
    found, waiting = {top}, [top]
    while waiting:
        fresh = under[waiting.pop()] - found
        found |= fresh
        waiting.extend(fresh)
    return found
