"""Moves money between lines within somebody's powers, and turns a move back; both are logged."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from uppsikt.core.economy import Side, side_of
from uppsikt.core.economy.budget_tree import rest, summed
from uppsikt.core.economy.moves import Refusal, judge_move, months_of_move, short_of
from uppsikt.core.errors import UseError
from uppsikt.core.periods import MONTHS
from uppsikt.web.budget.models import BudgetLine, BudgetVersion, Move
from uppsikt.web.budget.selectors import first_day, holders, lines_of, shown
from uppsikt.web.budget.selectors.moves import closed_months
from uppsikt.web.budget.services.adopting import entries_write
from uppsikt.web.budget.services.saving import locked, why_of
from uppsikt.web.history.services import Pen, recording
from uppsikt.web.organisation.gate import Actor, NotAllowedError, reach
from uppsikt.web.organisation.models import Unit, UnitKind
from uppsikt.web.organisation.selectors import parents_on


@dataclass(frozen=True, slots=True)
class MoveWanted:
    """What a person wants to move: how much (kr, above zero), from which month on (1 is January), and why.

    ``seen`` is the newest move that the person had seen (0: none); None where nobody looked at the log.
    """

    giver: BudgetLine
    receiver: BudgetLine
    amount: int
    first_month: int
    why: str
    seen: int | None = None


class MovedMeanwhileError(UseError):
    """Money has been moved on the same lines since the person looked at the log; ``newest`` is the last of it."""

    def __init__(self, newest: Move, who: str) -> None:
        super().__init__(
            f"{who} flyttade {shown(newest.amount)} kr från {newest.giver.label} till {newest.receiver.label} efter "
            f"att du öppnade sidan: ”{newest.why}”. Din flytt är inte gjord. Se loggen, och välj Flytta igen om den "
            "ska göras också."
        )
        self.newest = newest


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
        _refuse_moved_meanwhile(actor, stored, wanted)
        closed = closed_months(actor, giver.year)
        months = months_of_move(wanted.amount, giver.months, wanted.first_month, closed)
        _refuse_overdrawn(giver, receiver, months)
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
        _refuse_overdrawn(giver, receiver, tuple(move.months))
        made = _move(pen, actor, giver, receiver, tuple(move.months), under=under, why=why.strip(), undoes=move)
        if stored.kind == BudgetVersion.Kind.ADOPTED:
            entries_write(actor, stored, why.strip())
        return made


def _refuse_moved_meanwhile(actor: Actor, version: BudgetVersion, wanted: MoveWanted) -> None:
    """Stop what is pressed twice, and show the second of two what the first did to the same lines."""
    if wanted.seen is None:
        return
    lines = (wanted.giver.pk, wanted.receiver.pk)
    since = reach(actor, Move).filter(Q(giver__in=lines) | Q(receiver__in=lines), version=version, pk__gt=wanted.seen)
    newest = since.select_related("giver", "receiver").order_by("-pk").first()
    if newest is not None:
        raise MovedMeanwhileError(newest, "Du" if newest.who_id == actor.user_id else newest.who_name)


def _refuse_overdrawn(giver: BudgetLine, receiver: BudgetLine, months: tuple[int, ...]) -> None:
    """Stop a move that takes more than lies on the line, or gives income more than was to be earned."""
    first = MONTHS[next(at for at, one in enumerate(months) if one)]
    left = None if _is_income(giver) else short_of(giver.months, months)
    if left is not None:
        raise UseError(
            f"{giver.label} har {shown(left)} kr från och med {first}, och mer går inte att ta därifrån. Minska "
            "beloppet, välj en tidigare månad eller ta pengarna från en annan rad."
        )
    room = short_of(receiver.months, [-one for one in months], is_income=True) if _is_income(receiver) else None
    if room is not None:
        raise UseError(
            f"{receiver.label} är en intäkt som ska ge {shown(room)} kr från och med {first}, och kravet kan inte "
            "sänkas med mer än så. Minska beloppet eller välj en annan rad."
        )


def _is_income(line: BudgetLine) -> bool:
    return line.amount < 0 or side_of(line.account) is Side.INCOME


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
