"""The synthetic ledger: its codes are registered and its entries are loaded as any other's."""

from __future__ import annotations

import hashlib

from uppsikt.exchange.municipality import digest_of
from uppsikt.web.demo.ledger import FOLDER, RECIPE, make_codes, make_entries
from uppsikt.web.demo.ledger.codes import PlannedCode
from uppsikt.web.demo.ledger.plan import DATA
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import LedgerCode, Load
from uppsikt.web.ledger.services import load_entries
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit

SOURCE = "Syntetisk redovisning (exempel)"
_WHY = "Demonstrationens påhittade poster läses in"


def place_ledger(loader: Actor) -> int:
    """Load the entries that are made for the demonstration; 0 when the same ones are already loaded.

    Returns how many were loaded. The load's digest is the fingerprint of what they are made of.
    """
    fingerprint = _fingerprint()
    if reach(loader, Load).filter(source__name=SOURCE, digest=fingerprint).exists():
        return 0
    _place_codes(loader)
    load = load_entries(loader, SOURCE, make_entries(), _WHY)
    with recording(loader, _WHY) as pen:
        pen.update(load, digest=fingerprint)
        pen.update(load.source, texts_open=True)
    return load.rows


def _fingerprint() -> str:
    made_of = f"{RECIPE} {digest_of(FOLDER)} {digest_of(DATA)}"
    return hashlib.sha256(made_of.encode()).hexdigest()


def _place_codes(loader: Actor) -> None:
    """Register the codes that are not there; what a person has changed is left as it is."""
    units = {unit.slug: unit for unit in reach(loader, Unit)}
    there = set(reach(loader, LedgerCode).values_list("part", "code", "valid_from"))
    missing = [one for one in make_codes() if (one.part, one.code, one.valid_from) not in there]
    if missing:
        with recording(loader, _WHY) as pen:
            pen.create_many(LedgerCode, [_code(loader, one, units) for one in missing])


def _code(loader: Actor, one: PlannedCode, units: dict[str, Unit]) -> LedgerCode:
    return LedgerCode(
        municipality_id=loader.municipality_id,
        part=one.part,
        code=one.code,
        name=one.name,
        unit=units[one.unit] if one.unit else None,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        is_internal=one.is_internal,
    )
