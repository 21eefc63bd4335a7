"""The moves of a version, and what a person may move."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.core.quantities import Quantity
from uppsikt.web.budget.models import BudgetLine, BudgetVersion, Move
from uppsikt.web.budget.selectors.versions import holders, kr, lines_of
from uppsikt.web.cycle.here import Here
from uppsikt.web.ledger.models import ClosedPeriod
from uppsikt.web.organisation.gate import Actor, reach

KEPT = (BudgetVersion.Kind.FROZEN,)


@dataclass(frozen=True)
class MoveLine:
    """A move in the log; ``undone_by`` and ``undoes`` are the moves on the other side of an undoing."""

    move: Move
    amount: Quantity | None
    undone_by: Move | None
    may_undo: bool


@dataclass(frozen=True)
class MovePage:
    """The log, and the lines that the reader may move from and to."""

    version: BudgetVersion
    moves: tuple[MoveLine, ...]
    lines: tuple[BudgetLine, ...]
    closed: tuple[int, ...]

    @property
    def newest(self) -> int:
        """The key of the newest move; 0 where none has been made."""
        return max((one.move.pk for one in self.moves), default=0)

    @property
    def first_open(self) -> int:
        """The first month that is open after those that are closed."""
        return next((month for month in range(1, 13) if month not in self.closed), 12)


def move_page(here: Here, version: BudgetVersion) -> MovePage:
    """Gather the page of moves; the reader chooses among lines of units whose budget they hold."""
    lines = tuple(lines_of(here.actor, version, version.year).order_by("unit__order", "unit__name", "order", "pk"))
    held = holders(here.actor, {line.unit for line in lines})
    is_open = not version.is_discarded and version.kind not in KEPT
    made = list(moves_of(here.actor, version))
    undone = {one.undoes_id: one for one in made if one.undoes_id}
    return MovePage(
        version=version,
        moves=tuple(
            MoveLine(
                one,
                kr(one.amount),
                undone.get(one.pk),
                is_open
                and one.pk not in undone
                and one.undoes_id is None
                and one.under_id in holders(here.actor, [one.under]),
            )
            for one in made
        ),
        lines=tuple(line for line in lines if line.unit_id in held) if is_open else (),
        closed=tuple(sorted(closed_months(here.actor, version.year))),
    )


def moves_of(actor: Actor, version: BudgetVersion) -> list[Move]:
    """Give the moves of a version, the newest first; one query."""
    related = ("giver__unit", "receiver__unit", "under", "undoes")
    return list(reach(actor, Move).filter(version=version).select_related(*related))


def move_of(actor: Actor, version: BudgetVersion, pk: int) -> Move | None:
    """Give a move of a version."""
    related = ("version__unit", "giver__unit", "receiver__unit", "under")
    return reach(actor, Move).filter(version=version, pk=pk).select_related(*related).first()


def closed_months(actor: Actor, year: int) -> frozenset[int]:
    """Give the months of a year (1 to 12) that are closed in the ledger; one query."""
    found = reach(actor, ClosedPeriod).filter(reopened_at__isnull=True, month__gt=year * 100, month__lt=year * 100 + 13)
    return frozenset(month - year * 100 for month in found.values_list("month", flat=True))
