"""Codes come into the register: those that a file names for the first time, and what a person changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from uppsikt.core.errors import UseError
from uppsikt.web.history.services import recording
from uppsikt.web.ledger.models import LedgerCode, Load
from uppsikt.web.ledger.selectors.codes import registered_codes
from uppsikt.web.ledger.services.authority import require_ledger
from uppsikt.web.ledger.services.telling import DryRun
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit

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


def suggested_units(actor: Actor, names: Mapping[str, str]) -> dict[str, int]:
    """Suggest a unit for each responsibility code whose name looks like a unit's; others are left to the person."""
    units = [(unit.pk, unit.name.casefold()) for unit in reach(actor, Unit)]
    found = {}
    for code, name in names.items():
        wanted = name.casefold()
        scored = [(_alike(wanted, called), pk) for pk, called in units] if wanted else []
        best = max(scored, default=(0.0, 0))
        if best[0] >= _ALIKE:
            found[code] = best[1]
    return found


def register(actor: Actor, load: Load, said: Mapping[tuple[str, str], Said]) -> int:
    """Register every code that a load names for the first time; give how many.

    ``said`` is by part and code what a person said of it; the others get the name that stands in the file.
    """
    require_ledger(actor)
    units = {unit.pk: unit for unit in reach(actor, Unit)}
    with recording(actor, f"Nya koder i {load.file_name}") as pen:
        new = [
            _new(actor, part, code, said.get((part, code)) or Said(str(told["name"])), units)
            for part, codes in unknown_of(actor, load).items()
            for code, told in codes.items()
        ]
        for one in new:
            one.full_clean(validate_unique=False, validate_constraints=False)
        pen.create_many(LedgerCode, new)
    return len(new)


def change(actor: Actor, code: LedgerCode, why: str, said: Said) -> None:
    """Change what a code is called and whose it is. Raises NotAllowedError, and UseError without a reason."""
    require_ledger(actor)
    if not why.strip():
        raise UseError("Skriv varför koden ändras. Det sparas i historiken.")
    with recording(actor, why.strip()[:500]) as pen:
        pen.update(
            code, name=said.name.strip()[:200], is_internal=said.is_internal and code.part == "counterpart",
            unit=reach(actor, Unit).filter(pk=said.unit).first() if said.unit and code.part == "unit" else None,
        )  # fmt: skip


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
