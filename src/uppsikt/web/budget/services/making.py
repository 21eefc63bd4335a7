"""Makes versions: a new one, a copy to change and compare, one thrown away and one brought back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError

from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetLine, BudgetUnit, BudgetVersion, ChangeReason
from uppsikt.web.budget.selectors import first_day, given_of, lines_of, tree_of
from uppsikt.web.budget.selectors.moved import move_sides, moved_by_unit
from uppsikt.web.budget.services.saving import committee_locked, locked, why_of
from uppsikt.web.cycle.models import Decision
from uppsikt.web.history.services import Pen, recording
from uppsikt.web.organisation.gate import Act, Actor, reach, require
from uppsikt.web.organisation.models import Unit

Kind = BudgetVersion.Kind


class Wanted(NamedTuple):
    """What a person wants of a new version."""

    name: str
    year: int
    why: str
    frame_decision: Decision | None = None


def version_create(actor: Actor, committee: Unit, wanted: Wanted) -> BudgetVersion:
    """Begin a working budget with every unit that the committee has on the first day of the year, and no lines.

    Raises NotAllowedError, and UseError when the name is taken or a reason is lacking.
    """
    require(actor, Act.BUDGET, committee)
    with recording(actor, why_of(wanted.why)) as pen:
        committee_locked(actor, committee)
        made = _made(
            pen, unit=committee, year=wanted.year, name=wanted.name.strip(), frame_decision=wanted.frame_decision
        )
        units = tree_of(actor, committee, first_day(made)).units
        pen.create_many(BudgetUnit, [BudgetUnit(version=made, unit=unit, year=made.year) for unit in units])
        return made


def version_copy(actor: Actor, version: BudgetVersion, name: str, why: str) -> BudgetVersion:
    """Copy a version to a scenario that can be changed, compared, adopted or thrown away."""
    require(actor, Act.BUDGET, version.unit)
    with recording(actor, why_of(why)) as pen:
        committee_locked(actor, version.unit)
        return copied(actor, pen, locked(actor, version), name=name.strip(), kind=Kind.SCENARIO)


def version_discard(actor: Actor, version: BudgetVersion, why: str) -> None:
    """Throw a draft away; it is kept and can be brought back."""
    _discarded_set(actor, version, why, is_discarded=True)


def version_restore(actor: Actor, version: BudgetVersion, why: str) -> None:
    """Bring a draft back that was thrown away."""
    _discarded_set(actor, version, why, is_discarded=False)


def _discarded_set(actor: Actor, version: BudgetVersion, why: str, *, is_discarded: bool) -> None:
    require(actor, Act.BUDGET, version.unit)
    with recording(actor, why_of(why)) as pen:
        stored = locked(actor, version)
        if stored.kind not in (Kind.WORKING, Kind.SCENARIO):
            raise UseError(f"{version.name} är fastställd och kan inte kastas. Ett nytt beslut kan ersätta den.")
        pen.update(stored, is_discarded=is_discarded)


def copied(actor: Actor, pen: Pen, version: BudgetVersion, **fields: object) -> BudgetVersion:
    """Copy a version with its units, reasons and lines.

    Moves stay where they were made; what they brought a unit is part of what the copy gives it, so that as much is
    left to spread in both.
    """
    own = {"unit": version.unit, "year": version.year, "frame_decision": version.frame_decision, "based_on": version}
    made = _made(pen, **(own | fields))
    stored = given_of(actor, version)
    parents = tree_of(actor, version.unit, first_day(version)).parents
    moved = moved_by_unit(parents, move_sides(actor, version))
    units = pen.create_many(
        BudgetUnit,
        [
            BudgetUnit(
                version=made, unit=one.unit, year=one.year, before=one.before,
                given=None if one.given is None else one.given + moved.get(key, 0),
            )
            for key, one in stored.items()
        ],
    )  # fmt: skip
    _reasons_copied(actor, pen, dict(zip([one.pk for one in stored.values()], units, strict=True)))
    pen.create_many(BudgetLine, [_line_for(made, one) for one in lines_of(actor, version)])
    return made


def _line_for(version: BudgetVersion, line: BudgetLine) -> BudgetLine:
    return BudgetLine(
        version=version, unit=line.unit, year=line.year, label=line.label, account=line.account,
        activity=line.activity, project=line.project, amount=line.amount, months=list(line.months),
        profile=line.profile, weights=list(line.weights), order=line.order,
    )  # fmt: skip


def _reasons_copied(actor: Actor, pen: Pen, units: Mapping[int, BudgetUnit]) -> None:
    reasons = reach(actor, ChangeReason).filter(budget_unit__in=units)
    pen.create_many(
        ChangeReason,
        [
            ChangeReason(budget_unit=units[one.budget_unit_id], kind=one.kind, text=one.text, amount=one.amount)
            for one in reasons
        ],
    )


def _made(pen: Pen, **fields: object) -> BudgetVersion:
    try:
        return pen.create(BudgetVersion, **fields)
    except ValidationError as error:
        raise UseError(
            f"Det går inte att skapa budgeten {fields['name']}: välj ett namn som ingen annan budget för året har, "
            "högst 120 tecken."
        ) from error
