"""Moves money between lines within somebody's powers, and turns a move back; both are logged."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.economy.budget_tree import rest, summed
from uppsikt.core.economy.moves import Refusal, judge_move, months_of_move
from uppsikt.core.errors import UseError
from uppsikt.web.budget.models import BudgetLine, BudgetVersion, Move
from uppsikt.web.budget.selectors import first_day, holders, lines_of
from uppsikt.web.budget.selectors.moves import closed_months
from uppsikt.web.budget.services.adopting import entries_write
from uppsikt.web.budget.services.saving import locked, why_of
from uppsikt.web.history.services import Pen, recording
from uppsikt.web.organisation.gate import Actor, NotAllowedError, reach
from uppsikt.web.organisation.models import Unit, UnitKind
from uppsikt.web.organisation.selectors import parents_on


@dataclass(frozen=True, slots=True)
class MoveWanted:
    """What a person wants to move: how much (kr, above zero), from which month on (1 is January), and why."""

    giver: BudgetLine
    receiver: BudgetLine
    amount: int
    first_month: int
    why: str


def power_over(actor: Actor, version: BudgetVersion, giver: Unit, receiver: Unit) -> Unit:
    """Give the unit by whose powers the actor may move money between two units.

    Raises NotAllowedError with who decides instead: the council between committees, which is registered among the
    frames, or whoever holds the nearest unit over both.
    """
    parents = parents_on(actor, first_day(version))
    units = {one.pk: one for one in reach(actor, Unit)}
    committees = {one.pk for one in units.values() if one.kind == UnitKind.COMMITTEE}
    verdict = judge_move(parents, committees, holders(actor, units.values()), giver.pk, receiver.pk)
    if verdict.under is not None:
        return units[verdict.under]
    if verdict.refusal is Refusal.CROSSES_COMMITTEES:
        raise NotAllowedError(
            f"{giver.name} och {receiver.name} hör till olika nämnder. Mellan nämnder flyttar bara kommunfullmäktige "
            "pengar: registrera beslutet som en omfördelning under Ramar."
        )
    above = units[verdict.nearest].name if verdict.nearest is not None else version.unit.name
    raise NotAllowedError(
        f"Du får inte flytta pengar mellan {giver.name} och {receiver.name}. Det får den som har ansvar för {above}."
    )


def move_make(actor: Actor, version: BudgetVersion, wanted: MoveWanted) -> Move:
    """Move money from one line to another. After adoption the decided budget's entries are written anew.

    Raises NotAllowedError and UseError, and then nothing is moved.
    """
    with recording(actor, why_of(wanted.why)) as pen:
        stored = locked(actor, version)
        giver, receiver = _both(actor, stored, wanted.giver, wanted.receiver)
        under = power_over(actor, stored, giver.unit, receiver.unit)
        closed = closed_months(actor, giver.year)
        months = months_of_move(wanted.amount, giver.months, wanted.first_month, closed)
        made = _move(pen, actor, giver, receiver, months, under=under, why=wanted.why.strip())
        if stored.kind == BudgetVersion.Kind.ADOPTED:
            entries_write(actor, stored, wanted.why.strip())
        return made


def move_undo(actor: Actor, move: Move, why: str) -> Move:
    """Turn a move back by the same money the other way; the first move stays in the log and says what undid it."""
    with recording(actor, why_of(why)) as pen:
        stored = locked(actor, move.version)
        if move.undoes_id is not None or reach(actor, Move).filter(undoes=move).exists():
            raise UseError("Flytten är redan ångrad, eller är själv en ångrad flytt. Gör en ny flytt i stället.")
        giver, receiver = _both(actor, stored, move.receiver, move.giver)
        under = power_over(actor, stored, giver.unit, receiver.unit)
        shut = sorted(month for month in closed_months(actor, giver.year) if move.months[month - 1])
        if shut:
            raise UseError(
                f"Flytten rör månad {shut[0]}, som är stängd sedan dess, och kan inte ångras. Gör en ny flytt i de "
                "månader som är öppna."
            )
        made = _move(pen, actor, giver, receiver, tuple(move.months), under=under, why=why.strip(), undoes=move)
        if stored.kind == BudgetVersion.Kind.ADOPTED:
            entries_write(actor, stored, why.strip())
        return made


def _both(
    actor: Actor, version: BudgetVersion, giver: BudgetLine, receiver: BudgetLine
) -> tuple[BudgetLine, BudgetLine]:
    """Give both lines as they stand now."""
    if version.is_discarded or version.kind == BudgetVersion.Kind.FROZEN:
        raise UseError(f"{version.name} är kvar som den är. Flytta i den budget som gäller.")
    found = {one.pk: one for one in lines_of(actor, version).filter(pk__in=(giver.pk, receiver.pk))}
    if len(found) < 2:
        raise UseError("Välj två olika rader i samma budget att flytta mellan.")
    if found[giver.pk].year != found[receiver.pk].year:
        raise UseError("Raderna gäller olika år. En flytt stannar inom sitt år.")
    return found[giver.pk], found[receiver.pk]


def _move(
    pen: Pen, actor: Actor, giver: BudgetLine, receiver: BudgetLine, months: tuple[int, ...], **fields: object
) -> Move:
    amount = sum(months)
    left = summed([giver.months, [-one for one in months]], len(months))
    pen.update(giver, months=list(left), amount=rest(giver.amount, amount))
    reached = summed([receiver.months, months], len(months))
    pen.update(receiver, months=list(reached), amount=sum(reached))
    return pen.create(
        Move, version=giver.version, giver=giver, receiver=receiver, amount=amount, months=list(months),
        who_id=actor.user_id, who_name=actor.name, **fields,
    )  # fmt: skip
