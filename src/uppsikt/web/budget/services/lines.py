"""Adds, changes and takes away lines; spreads what is left; makes the plan years from the budget year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from uppsikt.core.economy.budget_tree import rest
from uppsikt.core.economy.spreading import Profile, scaled_to, spread_rest, spread_year
from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors import frame_of, given_of, identity, lines_of, tree_of
from uppsikt.web.budget.selectors.versions import first_day
from uppsikt.web.budget.services.saving import locked, require_draft, why_of
from uppsikt.web.history.services import Pen, recording
from uppsikt.web.organisation.gate import Act, Actor, require
from uppsikt.web.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class LineWanted:
    """What a person wants of a line; ``pattern`` are last year's twelve amounts, for the profile that follows them."""

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
    unit, year = place
    require(actor, Act.BUDGET, unit)
    with recording(actor, why_of(why)) as pen:
        require_draft(locked(actor, version))
        if unit not in tree_of(actor, version.unit, first_day(version)).units:
            raise UseError(f"{unit.name} hör inte till {version.unit.name} det året. Välj en av nämndens enheter.")
        order = lines_of(actor, version, year).filter(unit=unit).count()
        months = spread_year(wanted.amount, wanted.profile, wanted.pattern)
        fields = {**wanted.codes, "amount": wanted.amount, "months": list(months), "profile": wanted.profile.value}
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
        if wanted.amount != line.amount or wanted.profile.value != line.profile:
            pattern = wanted.pattern if wanted.profile is Profile.LAST_YEAR else line.months
            months = spread_year(wanted.amount, wanted.profile, pattern)
            fields |= {"amount": wanted.amount, "months": list(months), "profile": wanted.profile.value}
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
        units = tree_of(actor, version.unit, first_day(version)).under(unit)
        lines = list(lines_of(actor, version, version.year).filter(unit__in=units))
        given = _given(actor, version, unit)
        left = rest(given, sum(one.amount for one in lines))
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
        frame = frame_of(actor, version.unit, version.years, version.frame_decision)
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
            project=one.project, profile=one.profile, order=one.order, amount=amount,
            months=list(spread_year(amount, Profile(one.profile), one.months)),
        )
        for one, amount in zip(lines, wanted, strict=True)
    ]  # fmt: skip


def _given(actor: Actor, version: BudgetVersion, unit: Unit) -> int | None:
    if unit == version.unit:
        return frame_of(actor, unit, [version.year], version.frame_decision).kronor(version.year)
    found = given_of(actor, version).get((unit.pk, version.year))
    return found.given if found else None


def _amount_set(pen: Pen, line: BudgetLine, amount: int) -> None:
    pen.update(line, amount=amount, months=list(spread_year(amount, Profile(line.profile), line.months)))


def _taken(unit: Unit, error: ValidationError) -> UseError:
    if "__all__" in error.message_dict:
        return UseError(f"{unit.name} har redan en sådan rad, med samma benämning och koder. Ändra den i stället.")
    return UseError(f"Raden går inte att spara: {'; '.join(error.messages)}")
