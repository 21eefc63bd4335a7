"""Who may sign in and with which roles: given at the machine itself, because before the first person nobody can.

A role has a history like anything else. A password has none: the pen writes down all that an object holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError

from uppsikt.core.errors import UseError
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Membership, Unit, User

SHORTEST_PASSWORD = 12
ROLES = {role.label: role.value for role in Membership.Role}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in, or could (``is_closed``)."""

    username: str
    name: str
    roles: tuple[str, ...]
    is_closed: bool


def people(actor: Actor) -> tuple[Person, ...]:
    """Give everybody of the municipality, by user name."""
    found = User._default_manager.filter(municipality_id=actor.municipality_id).order_by("username")
    return tuple(
        Person(
            user.username,
            user.get_full_name(),
            tuple(f"{one.get_role_display()} i {one.unit}" for one in user.memberships.select_related("unit")),
            not user.is_active,
        )
        for user in found.prefetch_related("memberships__unit")
    )


def is_known(actor: Actor, username: str) -> bool:
    """Say whether somebody has the user name."""
    return User._default_manager.filter(username=username, municipality_id=actor.municipality_id).exists()


def add_person(actor: Actor, username: str, name: str, password: str) -> None:
    """Make a person who can sign in; what they may do their roles say. UseError when something will not do."""
    _require_password(password)
    first, _, last = name.strip().partition(" ")
    made = User(
        username=username, first_name=first, last_name=last.strip(), municipality_id=actor.municipality_id,
        password=make_password(password),
    )  # fmt: skip
    try:
        made.full_clean()
    except ValidationError as error:
        raise UseError(" ".join(error.messages)) from error
    made.save(force_insert=True)


def set_password(actor: Actor, username: str, password: str) -> None:
    """Give a person a new password and let them sign in again, if they were closed out."""
    _require_password(password)
    user = _user(actor, username)
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])


def close_person(actor: Actor, username: str) -> None:
    """Let a person no longer sign in; who is signed in is signed out. What they wrote stays theirs."""
    user = _user(actor, username)
    user.is_active = False
    user.save(update_fields=["is_active"])


def give_role(actor: Actor, username: str, role: str, unit_slug: str) -> None:
    """Give a person a role (by its Swedish name) in a unit and everything under it; one that is held stays."""
    user, unit = _user(actor, username), _unit(actor, unit_slug)
    if not reach(actor, Membership).filter(user=user, unit=unit, role=ROLES[role]).exists():
        with recording(actor, f"{role} i {unit}") as pen:
            pen.create(Membership, user=user, unit=unit, role=ROLES[role])


def take_role(actor: Actor, username: str, role: str, unit_slug: str) -> None:
    """Take a role from a person."""
    unit = _unit(actor, unit_slug)
    held = reach(actor, Membership).filter(user=_user(actor, username), unit=unit, role=ROLES[role]).first()
    if held is None:
        raise UseError(f"{username} är inte {role} i {unit}. Se vilka roller som finns: uppsikt person")
    with recording(actor, f"Inte längre {role} i {unit}") as pen:
        pen.delete(held)


def _user(actor: Actor, username: str) -> User:
    user = User._default_manager.filter(username=username, municipality_id=actor.municipality_id).first()
    if user is None:
        raise UseError(f"Det finns ingen användare som heter {username}. Se vilka som finns: uppsikt person")
    return user


def _unit(actor: Actor, slug: str) -> Unit:
    unit = reach(actor, Unit).filter(slug=slug).first()
    if unit is None:
        raise UseError(
            f"Det finns ingen enhet som heter {slug}. Skriv det som i sidans adress, till exempel kommunstyrelsen."
        )
    return unit


def _require_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise UseError(f"Lösenordet behöver minst {SHORTEST_PASSWORD} tecken. Ingenting är ändrat.")
