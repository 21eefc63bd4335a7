"""Adds, changes and takes away lines; spreads what is left; makes the plan years from the budget year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from uppsikt.core.economy.budget_tree import rest
from uppsikt.core.economy.spreading import Profile, scaled_to, spread_rest, spread_year
from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors import frame_of, identity, lines_of, tree_of
from uppsikt.web.budget.selectors.moved import available_of
from uppsikt.web.budget.selectors.versions import first_day
from uppsikt.web.budget.services.saving import locked, require_draft, why_of
from uppsikt.web.history.services import Pen, recording
from uppsikt.web.organisation.gate import Act, Actor, require
from uppsikt.web.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class LineWanted:
    """What a person wants of a line.

    ``pattern`` is what the layout follows: last year's twelve amounts, or the twelve weights that a person typed.
    """

    label: str
    account: str
    amount: int
    profile: Profile = Profile.TWELFTHS
    activity: str = ""
    project: str = ""
    pattern: tuple[Decimal | int, ...] = ()

    @property
    def codes(self) -> dict[str, str]:
        """The fields that name the line."""
        return {
            "label": self.label.strip(), "account": self.account.strip(), "activity": self.activity.strip(),
            "project": self.project.strip(),
        }  # fmt: skip


class Place(NamedTuple):
    """Where a line lies."""

    unit: Unit
    year: int


def line_add(actor: Actor, version: BudgetVersion, place: Place, wanted: LineWanted, why: str) -> BudgetLine:
    """Add a line to a unit, laid out over its months. Raises UseError when the unit already has one like it."""
    unit = place.unit
    require(actor, Act.BUDGET, unit)
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, version))
        if unit not in tree_of(actor, version.unit, first_day(version)).units:
            raise UseError(f"{unit.name} hör inte till {version.unit.name} det året. Välj en av nämndens enheter.")
        if wanted.profile is Profile.OWN and not wanted.pattern:
            raise UseError("Skriv de egna vikterna månad för månad, eller välj en annan fördelning.")
        return line_written(actor, pen, version, place, wanted.codes | _laid_out(wanted, wanted.pattern))


def line_written(
    actor: Actor, pen: Pen, version: BudgetVersion, place: Place, fields: Mapping[str, object]
) -> BudgetLine:
    """Write a line last among its unit's, inside an action that has locked the version and asked for permission."""
    unit, year = place
    order = lines_of(actor, version, year).filter(unit=unit).count()
    try:
        return pen.create(BudgetLine, version=version, unit=unit, year=year, order=order, **fields)
    except ValidationError as error:
        raise _taken(unit, error) from error


def line_change(actor: Actor, line: BudgetLine, wanted: LineWanted, *, seen: int, why: str) -> None:
    """Change what a line is called, its codes, amount and profile; its months follow when amount or profile do.

    Raises EditConflictError when somebody else changed the line since ``seen``.
    """
    require(actor, Act.BUDGET, line.unit)
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, line.version))
        fields: dict[str, object] = {**wanted.codes}
        has_new_weights = wanted.profile is Profile.OWN and wanted.pattern not in ((), line.pattern)
        if wanted.amount != line.amount or wanted.profile.value != line.profile or has_new_weights:
            fields |= _laid_out(wanted, wanted.pattern or line.pattern)
            if wanted.profile is Profile.OWN and not wanted.pattern:
                fields["weights"] = line.weights
        try:
            pen.update(line, seen=seen, **fields)
        except ValidationError as error:
            raise _taken(line.unit, error) from error


def line_delete(actor: Actor, line: BudgetLine, why: str) -> None:
    """Take a line away; the journal keeps all of it. One that money has been moved to or from must stay."""
    require(actor, Act.BUDGET, line.unit)
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, line.version))
        try:
            pen.delete(line)
        except ProtectedError as error:
            raise UseError(
                f"{line.label} finns med i en flytt och måste vara kvar. Sätt beloppet till noll."
            ) from error


def rest_spread(actor: Actor, version: BudgetVersion, unit: Unit, why: str) -> int:
    """Spread what a unit has left of what it was given over its lines and those under it, by how large they are.

    Returns what was spread, in kr. Raises UseError where there is nothing to spread or no line to spread it on.
    """
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, version))
        require(actor, Act.BUDGET, unit)
        tree = tree_of(actor, version.unit, first_day(version))
        lines = list(lines_of(actor, version, version.year).filter(unit__in=tree.under(unit)))
        available = available_of(actor, version, unit, tree.parents)
        left = rest(available[version.year], sum(one.amount for one in lines))
        if not left or not lines:
            raise UseError(f"{unit.name} har inget kvar att fördela, eller inga rader att fördela det på.")
        for line, amount in zip(lines, spread_rest(left, [one.amount for one in lines]), strict=True):
            _amount_set(pen, line, amount)
        return left


def plan_make(actor: Actor, version: BudgetVersion, why: str) -> int:
    """Make the plan years' lines from the budget year's, in proportion, so that each year comes to its frame.

    Only years without lines are made. A year without a frame gets the budget year's amounts as they are. Returns
    how many lines were made.
    """
    require(actor, Act.BUDGET, version.unit)
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, version))
        frame = frame_of(actor, version)
        every = list(lines_of(actor, version))
        this_year = [one for one in every if one.year == version.year]
        told = {(one.year, identity(one)) for one in every}
        made: list[BudgetLine] = []
        for year in version.years[1:]:
            if not any(at == year for at, _ in told):
                made += _planned(version, year, this_year, frame.kronor(year))
        pen.create_many(BudgetLine, made)
        return len(made)


def _planned(version: BudgetVersion, year: int, lines: Sequence[BudgetLine], frame: int | None) -> list[BudgetLine]:
    amounts = [one.amount for one in lines]
    wanted = amounts if frame is None else scaled_to(frame, amounts)
    return [
        BudgetLine(
            version=version, unit=one.unit, year=year, label=one.label, account=one.account, activity=one.activity,
            project=one.project, profile=one.profile, weights=list(one.weights), order=one.order, amount=amount,
            months=list(spread_year(amount, Profile(one.profile), one.pattern)),
        )
        for one, amount in zip(lines, wanted, strict=True)
    ]  # fmt: skip


def _laid_out(wanted: LineWanted, pattern: Sequence[Decimal | int]) -> dict[str, object]:
    months = spread_year(wanted.amount, wanted.profile, pattern)
    weights = [str(one) for one in wanted.pattern] if wanted.profile is Profile.OWN else []
    return {
        "amount": wanted.amount, "months": list(months), "profile": wanted.profile.value, "weights": weights,
    }  # fmt: skip


def _amount_set(pen: Pen, line: BudgetLine, amount: int) -> None:
    pen.update(line, amount=amount, months=list(spread_year(amount, Profile(line.profile), line.pattern)))


def _taken(unit: Unit, error: ValidationError) -> UseError:
    if "__all__" in error.message_dict:
        return UseError(f"{unit.name} har redan en sådan rad, med samma benämning och koder. Ändra den i stället.")
    return UseError(f"Raden går inte att spara: {'; '.join(error.messages)}")
