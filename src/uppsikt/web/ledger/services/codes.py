"""Codes come into the register: those that a file names for the first time, and what a person changes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from uppsikt.core.errors import UseError
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import LedgerCode, Load
from uppsikt.web.ledger.selectors.codes import registered_codes
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.ledger.services.periods import lock
from uppsikt.web.ledger.services.telling import DryRun
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit

_WORD = re.compile(r"\w{3,}")
_FEWEST = 2  # neighbours that agree: one alone says nothing
_ALIKE = 0.72  # how alike a code's name and a unit's must be for the one to be suggested for the other


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a code: its name, for a responsibility code the key of its unit (None: no unit), and
    for a counterpart whether it is the municipality itself.
    """

    name: str
    unit: int | None = None
    is_internal: bool = False


def unknown_of(actor: Actor, load: Load) -> dict[str, dict[str, dict[str, object]]]:
    """Give the codes of a load that are not in the register, by part, with name, rows and codes that look like them."""
    return DryRun.of(load.summary).unknown(registered_codes(actor))


@dataclass(frozen=True, slots=True)
class Suggested:
    """A unit that a new responsibility code may belong to, and why it is thought so."""

    unit: int
    why: str


def suggested_units(actor: Actor, names: Mapping[str, str]) -> dict[str, Suggested]:
    """Suggest units for new responsibility codes, by code and the name in the file; others are left to the person.

    A code whose name is a unit's, or looks like it, belongs there; otherwise where all its neighbours in the code
    plan do, when they are at least two (those that differ in the last digit only). Two queries.
    """
    units = [(unit.pk, unit.name.casefold()) for unit in reach(actor, Unit)]
    called = {name: pk for pk, name in units}
    starts = defaultdict(set)
    for pk, name in units:
        for start in _starts(name):
            starts[start].add((pk, name))
    neighbours = _neighbours(actor)
    found = {}
    for code, name in names.items():
        wanted = name.casefold()
        near = set().union(*(starts[start] for start in _starts(wanted)))
        best = max(((_alike(wanted, other), -pk) for pk, other in near), default=(0.0, 0))
        holders = neighbours.get((code[:-1], len(code)), {})
        if wanted in called:
            found[code] = Suggested(called[wanted], "heter som enheten")
        elif best[0] >= _ALIKE:
            found[code] = Suggested(-best[1], "heter nästan som enheten")
        elif (
            len(holders) >= _FEWEST
            and len(set(holders.values())) == 1
            and (unit := next(iter(holders.values()))) is not None
        ):
            found[code] = Suggested(unit, f"som {', '.join(sorted(holders)[:3])}")
    return found


def _starts(name: str) -> set[str]:
    """Give the beginnings of the words of a name: names without any in common are not alike."""
    return {word[:5] for word in _WORD.findall(name)}


def _neighbours(actor: Actor) -> dict[tuple[str, int], dict[str, int | None]]:
    """Give the responsibility codes and their units, by all of the code but its last sign, and its length."""
    found: dict[tuple[str, int], dict[str, int | None]] = defaultdict(dict)
    for code, unit in reach(actor, LedgerCode).filter(part="unit").values_list("code", "unit_id"):
        found[code[:-1], len(code)][code] = unit
    return found


def register(
    actor: Actor, load: Load, said: Mapping[tuple[str, str], Said], *, rest: bool = True, suggested: bool = False
) -> int:
    """Register codes that a load names for the first time; give how many.

    ``said`` is by part and code what a person said of it. With ``rest`` the others are registered too, with the
    name that stands in the file; with ``suggested`` their responsibility codes also get the unit that is suggested.
    """
    require_ledger(actor)
    with recording(actor, f"Nya koder i {load.file_name}") as pen:
        lock(actor)  # two who register the same codes at once: the second finds them registered
        unknown = unknown_of(actor, load)
        units = {unit.pk: unit for unit in reach(actor, Unit)}
        named = {code: str(told["name"]) for code, told in unknown.get("unit", {}).items()} if suggested else {}
        guessed = {("unit", code): one.unit for code, one in suggested_units(actor, named).items()}
        new = [
            _new(actor, part, code, said.get((part, code)) or Said(str(told["name"]), guessed.get((part, code))), units)
            for part, codes in unknown.items()
            for code, told in codes.items()
            if rest or (part, code) in said
        ]
        for one in new:
            one.full_clean(validate_unique=False, validate_constraints=False)
        pen.create_many(LedgerCode, new)
    return len(new)


def change(actor: Actor, code: LedgerCode, why: str, said: Said) -> None:
    """Change what a code is called, and of a counterpart whether it is the municipality itself.

    Raises NotAllowedError, and UseError without a reason. Whose a responsibility code is, is another matter: see
    ``responsibility``.
    """
    require_ledger(actor)
    if not why.strip():
        raise UseError("Skriv varför koden ändras. Det sparas i historiken.")
    with recording(actor, why.strip()[:500]) as pen:
        pen.update(code, name=said.name.strip()[:200], is_internal=said.is_internal and code.part == "counterpart")


def _new(actor: Actor, part: str, code: str, said: Said, units: Mapping[int, Unit]) -> LedgerCode:
    if len(code) > 40:
        raise UseError(f"Koden {code[:40]}… är längre än 40 tecken. Kontrollera att rätt kolumn är vald.")
    return LedgerCode(
        municipality_id=actor.municipality_id, part=part, code=code, name=said.name.strip()[:200],
        unit=units.get(said.unit or 0) if part == "unit" else None,
        is_internal=said.is_internal and part == "counterpart",
    )  # fmt: skip


def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other).ratio()
