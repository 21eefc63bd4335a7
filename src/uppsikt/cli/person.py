"""``uppsikt person``: what the command takes, how a password is asked for, and how people are told."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterable, Iterator
from typing import Protocol

from uppsikt.core.errors import UseError

NAME = "person"
DESCRIPTION = "visa eller ändra vem som får logga in och vad var och en får göra"
ROLES = ("rapportör", "controller", "sekreterare")


class Person(Protocol):
    """What is told of somebody who can sign in, or could."""

    @property
    def username(self) -> str: ...  # noqa: D102  # the names say it
    @property
    def name(self) -> str: ...  # noqa: D102  # the names say it
    @property
    def roles(self) -> tuple[str, ...]: ...  # noqa: D102  # the names say it
    @property
    def is_closed(self) -> bool: ...  # noqa: D102  # the names say it


def add_arguments(made: argparse.ArgumentParser) -> None:
    """Tell the parser what the command takes."""
    made.epilog = (
        "Utan ANVÄNDARE visas alla. Den som är ny får ett lösenord: det frågas efter,\n"
        "eller läses från en rad på stdin.\n"
        "En rapportör redovisar för sin enhet, en controller för alla under sin,\n"
        "en sekreterare lägger in beslut.\n\n"
        "Exempel:\n"
        '  uppsikt person anna.ek --name "Anna Ek" --role controller --unit kommunstyrelsen\n'
        "  uppsikt person anna.ek --password\n"
        "  uppsikt person anna.ek --close"
    )
    made.add_argument("username", nargs="?", metavar="ANVÄNDARE", help="användarnamnet")
    made.add_argument("--name", default="", metavar="NAMN", help="för- och efternamn, när personen är ny")
    made.add_argument("--role", choices=ROLES, metavar="ROLL", help="rapportör, controller eller sekreterare")
    made.add_argument("--unit", default="", metavar="ENHET", help="enheten som rollen gäller, med alla under den")
    made.add_argument("--remove", action="store_true", help="ta bort rollen i stället för att ge den")
    made.add_argument("--password", action="store_true", help="byt lösenord")
    made.add_argument("--close", action="store_true", help="låt personen inte längre logga in")


def check_use(chosen: argparse.Namespace) -> None:
    """Stop when what is asked for does not go together."""
    if bool(chosen.role) != bool(chosen.unit):
        raise UseError("Säg både roll och enhet: --role controller --unit kommunstyrelsen")
    if chosen.remove and not chosen.role:
        raise UseError("Säg vilken roll som ska tas bort: --role controller --unit kommunstyrelsen --remove")
    asked = any((chosen.name, chosen.role, chosen.remove, chosen.password, chosen.close))
    if not chosen.username and asked:
        raise UseError("Säg vem det gäller: uppsikt person ANVÄNDARE …")


def ask_password(username: str) -> str:
    """Ask for a password twice at a terminal, or take it from a line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(f"Lösenord för {username}: ")
    if getpass.getpass("En gång till: ") != password:
        raise UseError("Det blev inte samma lösenord båda gångerna. Ingenting är ändrat.")
    return password


def as_text(people: Iterable[Person]) -> Iterator[str]:
    """Tell line by line who may sign in."""
    for one in people:
        roles = ", ".join(one.roles) or "ingen roll"
        closed = " (får inte logga in)" if one.is_closed else ""
        yield f"{one.username:<16} {one.name or '(inget namn)'}: {roles}{closed}"
