"""Keeps what a workbook would change: months of lines that are there, and lines that are new, in one action."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.core.economy.spreading import Profile
from uppsikt.web.budget.models import BudgetVersion
from uppsikt.web.budget.selectors.new_lines import NewLine
from uppsikt.web.budget.services.lines import Place, line_written
from uppsikt.web.budget.services.saving import Edit, Saved, locked, months_written, require_draft, why_of
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import Act, Actor, require


def workbook_save(
    actor: Actor, version: BudgetVersion, edits: Sequence[Edit], new: Sequence[NewLine], why: str
) -> Saved:
    """Write all of it or nothing. Raises NotAllowedError, UseError and GridConflictError.

    A line that somebody has added meanwhile with the same name and codes stops it: UseError names the unit.
    """
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, version))
        saved = months_written(actor, pen, version, edits)
        for line in new:
            require(actor, Act.BUDGET, line.unit)
            fields = {
                "label": line.label, "account": line.account, "activity": line.activity, "project": line.project,
                "months": list(line.months), "amount": sum(line.months), "profile": Profile.OWN.value,
            }  # fmt: skip
            line_written(actor, pen, version, Place(line.unit, line.year), fields)
        return saved
