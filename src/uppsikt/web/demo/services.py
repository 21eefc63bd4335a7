"""Loads a municipality from its data files, and the demonstration with its users.

load_municipality(folder, why=...) -> LoadResult     any municipality, from any folder of data files
load_demo() -> LoadResult                            the municipality that comes with the program, and three users
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction
from django.utils.crypto import get_random_string

from uppsikt.exchange.municipality import MunicipalityFiles, digest_of, read_municipality
from uppsikt.exchange.municipality.organisation import MunicipalityRecord
from uppsikt.web.demo.ledger.plan import rows_of
from uppsikt.web.demo.models import DataLoad
from uppsikt.web.demo.placing.adopting import adopt_budgets
from uppsikt.web.demo.placing.budget import place_budgets
from uppsikt.web.demo.placing.council import place_council
from uppsikt.web.demo.placing.economy import place_economy
from uppsikt.web.demo.placing.followup import place_followup
from uppsikt.web.demo.placing.investments import place_investments
from uppsikt.web.demo.placing.ledger import place_ledger
from uppsikt.web.demo.placing.organisation import place_cycle, place_organisation
from uppsikt.web.demo.placing.shelf import Shelf
from uppsikt.web.demo.placing.staff import place_staff
from uppsikt.web.demo.placing.steering import place_assessments, place_goals, place_indicators, place_series
from uppsikt.web.demo.placing.work import place_activities, place_assignments
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Actor, Role
from uppsikt.web.organisation.models import Membership, Municipality, Unit, User

DATA = Path(__file__).parent / "data"
LOADER = "Inläsning av datafiler"  # who the history says it was
DEMO_PASSWORD: str = settings.DEMO_PASSWORD


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A person that a visitor of the demonstration can sign in as."""

    username: str
    first_name: str
    last_name: str
    unit: str
    role: str
    description: str
    also: tuple[str, ...] = ()  # further units where the role is held


DEMO_USERS = (
    DemoUser(
        "chef", "Charlie", "Chef", "ekonomistaben", Membership.Role.REPORTER,
        "chef för ekonomistaben: skriver stabens kommentarer",
    ),
    DemoUser(
        "controller", "Kim", "Controller", "kommunstyrelsen", Membership.Role.CONTROLLER,
        "controller för kommunstyrelsen: ändrar för alla förvaltningar och staber, och för kommunen som helhet",
        ("kommunfullmaktige",),
    ),
    DemoUser(
        "sekreterare", "Siri", "Sekreterare", "kommunstyrelsen", Membership.Role.SECRETARY,
        "sekreterare i kommunstyrelsen och fullmäktige: lägger in beslut, ändrar ramar och fastställer rapporter",
        ("kommunfullmaktige",),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a loading did. ``kept`` names what the files would have changed but a person had edited."""

    municipality: str
    created: int = 0
    updated: int = 0
    kept: tuple[str, ...] = ()
    entries: int = 0  # of the synthetic ledger

    @property
    def text(self) -> str:
        """Say it in Swedish."""
        if not (self.created or self.updated or self.kept or self.entries):
            return f"{self.municipality} är redan inläst. Ingenting är ändrat."
        told = f"{self.municipality}: {self.created} uppgifter är nya och {self.updated} är ändrade."
        if self.entries:
            told += f" {self.entries} påhittade poster är inlästa i redovisningen."
        if self.kept:
            told += f" {len(self.kept)} har ändrats av någon och är kvar som de var: {'; '.join(self.kept)}."
        return told


def load_demo() -> LoadResult:
    """Load the demonstration municipality with its ledger, and make its users; a second time nothing is written.

    Its printed budget is adopted last: what is adopted is written to the ledger under the ledger's own codes.
    """
    result = load_municipality(DATA, why="Demonstrationskommunen läses in")
    _make_users()
    result = replace(result, entries=load_demo_ledger())
    adopt_budgets(_controller())
    return result


def _controller() -> Actor:
    """Give the loader with the powers of a controller in every unit of the demonstration."""
    municipality = _demonstration()
    units = Unit._default_manager.filter(municipality=municipality).values_list("pk", flat=True)
    return Actor(municipality.pk, LOADER, roles=(Role(Membership.Role.CONTROLLER, frozenset(units)),))


def _demonstration() -> Municipality:
    (town,) = rows_of(DATA / "kommun.csv")
    return Municipality._default_manager.get(code=town["kod"])


def load_demo_ledger() -> int:
    """Load the synthetic ledger of the demonstration municipality; 0 when it is already there."""
    return place_ledger(Actor(_demonstration().pk, LOADER))


def load_municipality(folder: Path = DATA, why: str = "Kommunens datafiler läses in") -> LoadResult:
    """Load a municipality from a folder of data files, all of it or nothing.

    Files that are already loaded write nothing. Files that have changed create what is new and
    change what differs; what a person has changed in the system is kept, and named in the result.
    Nothing is taken away: what no longer stands in the files stays. Raises BrokenFilesError with
    every fault when the files cannot be loaded.
    """
    already = _loaded_from(digest_of(folder))
    if already is not None:
        return LoadResult(already.name)
    return _placed(read_municipality(folder), why)


def _loaded_from(digest: str) -> Municipality | None:
    """Give the municipality whose latest loading was of the files with this fingerprint."""
    latest: dict[int, DataLoad] = {}
    for one in DataLoad._default_manager.select_related("municipality").order_by("pk"):
        latest[one.municipality_id] = one
    return next((one.municipality for one in latest.values() if one.digest == digest), None)


def _placed(files: MunicipalityFiles, why: str) -> LoadResult:
    """Write everything in one transaction. The loader is its own actor: nobody can sign in before it has run."""
    with transaction.atomic():
        municipality = _municipality(files.municipality)
        loader = Actor(municipality.pk, LOADER)
        with recording(loader, why) as pen:
            shelf = Shelf(municipality, loader, pen, files)
            _place_everything(shelf)
            pen.create(DataLoad, municipality=municipality, digest=files.digest)
    return LoadResult(municipality.name, shelf.created, shelf.updated, tuple(shelf.kept))


def _place_everything(shelf: Shelf) -> None:
    place_organisation(shelf)
    place_cycle(shelf)
    place_goals(shelf)
    place_indicators(shelf)
    place_series(shelf)
    place_assessments(shelf)
    place_activities(shelf)
    place_assignments(shelf)
    place_economy(shelf)
    place_budgets(shelf)
    place_investments(shelf)
    place_staff(shelf)
    place_followup(shelf)
    place_council(shelf)


def _municipality(record: MunicipalityRecord) -> Municipality:
    """Give the municipality with this code; it is what every history belongs to, so it has none of its own."""
    found, _ = Municipality._default_manager.get_or_create(
        code=record.code, defaults={"name": record.name, "slug": record.slug}
    )
    return found


def _make_users() -> None:
    """Make the users of the demonstration that do not exist, with the rights of their roles."""
    names = {one.username for one in DEMO_USERS}
    there = set(User._default_manager.filter(username__in=names).values_list("username", flat=True))
    missing = [one for one in DEMO_USERS if one.username not in there]
    if not missing:
        return
    wanted = {slug for one in missing for slug in (one.unit, *one.also)}
    unit_of = {one.slug: one for one in Unit._default_manager.filter(slug__in=wanted)}
    town = unit_of[missing[0].unit].municipality
    # The password stands on the sign-in page: what protects it may be quick. Django makes it slow at the first sign-in.
    password = PBKDF2PasswordHasher().encode(DEMO_PASSWORD, salt=get_random_string(22), iterations=1)
    with recording(Actor(town.pk, LOADER), why="Demonstrationens användare") as pen:
        for one in missing:
            user = User._default_manager.create(
                username=one.username, first_name=one.first_name, last_name=one.last_name,
                municipality=town, password=password,
            )  # fmt: skip
            for slug in (one.unit, *one.also):
                pen.create(Membership, user=user, unit=unit_of[slug], role=one.role)
