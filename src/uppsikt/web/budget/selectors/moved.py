"""What moves have brought to each unit since the frame was given out: a move changes what a unit has to spread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from uppsikt.core.economy.budget_tree import by_group, summed_upwards
from uppsikt.web.budget.models import BudgetUnit, BudgetVersion, Move
from uppsikt.web.budget.selectors.versions import frame_of
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit


def move_sides(actor: Actor, version: BudgetVersion) -> tuple[tuple[int, int, int], ...]:
    """Give both sides of every move as unit, year and kr: positive to the receiver, negative from the giver; one query.

    A move that was undone is there twice, each way, and comes to nothing.
    """
    told = reach(actor, Move).filter(version=version)
    rows = told.values_list("giver__unit_id", "receiver__unit_id", "giver__year", "amount")
    return tuple(
        side for giver, receiver, year, amount in rows for side in ((giver, year, -amount), (receiver, year, amount))
    )


def moved_by_unit(parents: Mapping[int, int], sides: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    """Give what moves have brought to each unit with all under it, by unit and year; absent where none touched it."""
    by_year: dict[int, list[tuple[int, int]]] = {}
    for unit, year, amount in sides:
        by_year.setdefault(year, []).append((unit, amount))
    return {
        (unit, year): amount
        for year, told in by_year.items()
        for unit, amount in summed_upwards(parents, by_group(told)).items()
    }


def available_of(actor: Actor, version: BudgetVersion, unit: Unit, parents: Mapping[int, int]) -> dict[int, int | None]:
    """Give what a unit has to spread by year, in kr; None where nothing was given. Two queries.

    It is the frame for the committee itself, else what the unit was given and what has been moved to it.
    """
    if unit == version.unit:
        frame = frame_of(actor, version)
        return {year: frame.kronor(year) for year in version.years}
    moved = moved_by_unit(parents, move_sides(actor, version))
    given = dict(reach(actor, BudgetUnit).filter(version=version, unit=unit).values_list("year", "given"))
    return {
        year: None if (own := given.get(year)) is None else own + moved.get((unit.pk, year), 0)
        for year in version.years
    }
