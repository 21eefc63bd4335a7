"""How the ledger stands: which months are loaded from where, what they come to, and which are closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from uppsikt.core.periods import MONTHS
from uppsikt.core.quantities import KR, Quantity
from uppsikt.web.ledger.models import ClosedPeriod, Load, LoadedPart, Source
from uppsikt.web.ledger.selectors.codes import code_tree
from uppsikt.web.ledger.selectors.manifest import current_parts
from uppsikt.web.organisation.gate import Actor, reach


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of one kind from one source."""

    part: LoadedPart | None

    @property
    def total(self) -> Quantity | None:
        """The control total, as booked."""
        return Quantity(self.part.total, KR, 2) if self.part else None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of the grid: what is loaded of each column, and who closed it."""

    month: int
    name: str
    cells: tuple[Cell, ...]
    closed: ClosedPeriod | None

    @property
    def is_loaded(self) -> bool:
        """Whether anything of the month is loaded."""
        return any(cell.part for cell in self.cells)


@dataclass(frozen=True, slots=True)
class YearGrid:
    """A year: a column for each kind and source, a row for each month."""

    year: int
    columns: tuple[tuple[str, Source], ...]
    rows: tuple[MonthRow, ...]

    @property
    def told(self) -> tuple[tuple[str, str, int], ...]:
        """For each kind and source: its words, which months are loaded, and how many entries they hold."""
        found = []
        for at, (kind, source) in enumerate(self.columns):
            months = [row for row in self.rows if row.cells[at].part]
            words = f"{kind} ({source})" if len(self.columns) > 1 else kind
            found.append((words, _span(months), sum(part.rows for row in months if (part := row.cells[at].part))))
        return tuple(found)

    @property
    def closed(self) -> int:
        """How many months are closed."""
        return sum(row.closed is not None for row in self.rows)


def _span(months: list[MonthRow]) -> str:
    """Say which months: "januari–augusti" when none between is lacking, otherwise one by one."""
    names = [row.name for row in months]
    whole = months and months[-1].month - months[0].month == len(months) - 1
    return f"{names[0]}–{names[-1]}" if whole and len(names) > 1 else ", ".join(names)


@dataclass(frozen=True)
class State:
    """The whole ledger in short."""

    years: tuple[YearGrid, ...]
    waiting: tuple[Load, ...]
    loads: int
    homeless: tuple[str, ...]
    rows: int


def state_of(actor: Actor) -> State:
    """Give how the ledger stands; a bounded number of queries."""
    parts = list(current_parts(actor).select_related("source", "load"))
    closed = {one.month: one for one in reach(actor, ClosedPeriod).filter(reopened_at__isnull=True)}
    years = sorted({one.month // 100 for one in parts} | {month // 100 for month in closed}, reverse=True)
    waiting = loads_of(actor).filter(state__in=("received", "reading", "staged", "keeping", "failed"))
    return State(
        years=tuple(_grid(year, parts, closed) for year in years),
        waiting=tuple(waiting[:20]),
        loads=reach(actor, Load).count(),
        homeless=tuple(sorted(code_tree(actor, timezone.localdate()).homeless)),
        rows=current_parts(actor).aggregate(rows=Sum("rows"))["rows"] or 0,
    )


def _grid(year: int, parts: list[LoadedPart], closed: dict[int, ClosedPeriod]) -> YearGrid:
    own = [one for one in parts if one.month // 100 == year]
    at = {(one.kind, one.source_id, one.month): one for one in own}
    found = {(one.kind, one.source_id): (one.get_kind_display(), one.source) for one in own}
    keys = sorted(found, key=lambda key: (key[0] != "outcome", key[0], found[key][1].name))
    rows = tuple(
        MonthRow(
            month, MONTHS[month % 100 - 1],
            tuple(Cell(at.get((*key, month))) for key in keys), closed.get(month),
        )
        for month in range(year * 100 + 1, year * 100 + 13)
    )  # fmt: skip
    return YearGrid(year, tuple(found[key] for key in keys), rows)


def loads_of(actor: Actor) -> QuerySet[Load]:
    """Give the loads, the newest first, without what only one load's page shows."""
    found = reach(actor, Load).select_related("source").defer("summary", "staged", "layout", "look")
    return found.annotate(months=Count("parts")).order_by("-pk")


def sources_of(actor: Actor) -> QuerySet[Source]:
    """Give the sources whose files are loaded by people."""
    return reach(actor, Source).exclude(form=Source.Form.PROGRAM)
