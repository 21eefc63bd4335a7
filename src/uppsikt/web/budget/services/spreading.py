"""Lays lines out over their months again, with their amounts as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.core.economy.spreading import Profile, spread_year
from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors import lines_of
from uppsikt.web.budget.services.saving import locked, require_draft, why_of
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Act, Actor, require

Pattern = tuple[Decimal | int, ...]


@dataclass(frozen=True, slots=True)
class SpreadWanted:
    """How lines are to be laid out: by which profile, and by which pattern.

    ``bases`` are the months that each line had when it was shown, by its key: those are the lines that are laid
    out. ``patterns`` are last year's amounts by line, for the profile that follows them; ``weights`` the twelve
    that a person typed, for their own.
    """

    profile: Profile
    bases: Mapping[int, tuple[int, ...]]
    weights: Pattern = ()
    patterns: Mapping[int, Pattern] | None = None

    def months_of(self, key: int, amount: int) -> tuple[int, ...]:
        """Give the months that an amount gets."""
        pattern = (self.patterns or {}).get(key, ()) if self.profile is Profile.LAST_YEAR else self.weights
        return spread_year(amount, self.profile, pattern)


def months_spread(actor: Actor, version: BudgetVersion, wanted: SpreadWanted, why: str) -> int:
    """Lay lines out over their months; the amount of each stays. Gives how many lines became different.

    Raises NotAllowedError, and UseError where weights are lacking or somebody has changed a line since it was
    shown: then nothing is written, and every such line is named.
    """
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, version))
        if wanted.profile is Profile.OWN and not wanted.weights:
            raise UseError("Skriv de egna vikterna månad för månad, eller välj en annan fördelning.")
        lines = list(lines_of(actor, version).filter(pk__in=wanted.bases))
        for unit in {line.unit_id: line.unit for line in lines}.values():
            require(actor, Act.BUDGET, unit)
        _refuse_changed(lines, wanted.bases)
        weights = [str(one) for one in wanted.weights] if wanted.profile is Profile.OWN else []
        changed = 0
        for line in lines:
            months = list(wanted.months_of(line.pk, line.amount))
            changed += months != line.months
            pen.update(line, months=months, profile=wanted.profile.value, weights=weights)
        return changed


def _refuse_changed(lines: list[BudgetLine], bases: Mapping[int, tuple[int, ...]]) -> None:
    changed = [f"{line.unit.name}: {line.label}" for line in lines if tuple(line.months) != bases[line.pk]]
    if changed:
        raise UseError(
            f"Någon annan har ändrat {', '.join(changed[:10])} sedan sidan visades. Ingenting är sparat: "
            "raderna står nu som de är. Spara igen för att lägga ut dem ändå."
        )
    if len(lines) < len(bases):
        raise UseError("En rad finns inte längre i budgeten: någon har tagit bort den. Ladda om sidan.")
