"""One load as its page shows it: how far it has come, what its dry run found, what of it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from uppsikt.core.quantities import KR, Quantity
from uppsikt.web.ledger.models import KINDS, ClosedPeriod, Load, LoadedPart, month_words
from uppsikt.web.ledger.services.authority import may_load, require_ledger
from uppsikt.web.ledger.services.codes import unknown_of
from uppsikt.web.ledger.services.periods import closed_months
from uppsikt.web.ledger.services.responsibility import day_words
from uppsikt.web.ledger.services.telling import DryRun
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit

State = Load.State
DONE = (State.KEPT, State.REPLACED)
_STATES = {"new": "ny", "changed": "ändrad", "removed": "försvinner"}


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of a dry run: what the file holds and what is visible now."""

    words: str
    rows: int
    total: Quantity
    before: LoadedPart | None
    closed: ClosedPeriod | None

    @property
    def total_before(self) -> Quantity | None:
        """What is visible now, as booked."""
        return Quantity(self.before.total, KR, 2) if self.before else None


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A unit and month in which something would be new, changed or gone."""

    words: str
    unit: str
    state: str
    word: str
    rows_before: int
    rows: int
    total_before: Quantity
    total: Quantity


@dataclass(frozen=True)
class LoadPage:
    """A load with its dry run."""

    actor: Actor
    load: Load
    found: DryRun
    may: bool

    @property
    def total(self) -> Quantity | None:
        """The control total: the sum of all amounts as booked."""
        return None if self.load.total is None else Quantity(self.load.total, KR, 2)

    @property
    def is_done(self) -> bool:
        """Whether it is or has been in the ledger."""
        return self.load.state in DONE

    @property
    def can_load(self) -> bool:
        """Whether nothing stands in the way of loading."""
        clear = not self.found.unreadable and not self.unknown and bool(self.found.rows)
        return self.load.state == State.STAGED and clear

    @cached_property
    def unknown(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The new codes by part, each with what the file says of it."""
        return unknown_of(self.actor, self.load) if self.load.state == State.STAGED else {}

    @cached_property
    def unit_words(self) -> dict[str, int]:
        """What each unit is called where one is chosen by writing, with its key; no two are called the same."""
        found: dict[str, int] = {}
        for unit in reach(self.actor, Unit).order_by("order", "name"):
            label = unit.name if unit.valid_to is None else f"{unit.name} (till {day_words(unit.valid_to)})"
            found[label if label not in found else f"{label} ({unit.slug})"] = unit.pk
        return found

    @cached_property
    def months(self) -> tuple[MonthLine, ...]:
        """The months of the file beside what is visible."""
        closed = closed_months(self.actor)
        current = reach(self.actor, LoadedPart).filter(source=self.load.source, is_current=True)
        before = {(one.kind, one.month): one for one in current}
        return tuple(
            MonthLine(
                f"{KINDS[one['kind']].capitalize()} {month_words(one['month'])}", one["rows"],
                Quantity(Decimal(one["total"]), KR, 2), before.get((one["kind"], one["month"])),
                closed.get(one["month"]) if one["kind"] == "outcome" else None,
            )
            for one in self.found.months
        )  # fmt: skip

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many units and months are new, changed, removed and as before."""
        told = [(_("nya"), "new"), (_("ändrade"), "changed"), (_("som försvinner"), "removed")]
        return (*((word, self.found.count(state)) for word, state in told), (_("oförändrade"), self.found.same))

    @cached_property
    def parts(self) -> tuple[LoadedPart, ...]:
        """The months that the load brought."""
        return tuple(reach(self.actor, LoadedPart).filter(load=self.load))

    @property
    def counting(self) -> int:
        """How many of its months count now."""
        return sum(one.is_current for one in self.parts)


def load_page(actor: Actor, key: int) -> LoadPage:
    """Give a load; one that is not in the ledger is only for those who may load. Unknown ones are a Swedish 404."""
    load = reach(actor, Load).select_related("source").filter(pk=key).first()
    if load is None:
        raise Http404(_("Inläsningen finns inte."))
    if load.state not in DONE:
        require_ledger(actor)
    return LoadPage(actor, load, DryRun.of(load.summary), may_load(actor))


def difference_line(one: Mapping[str, Any], names: Mapping[str, str]) -> DifferenceLine:
    """Give a difference of a dry run as it is shown; ``names`` are what responsibility codes are called."""
    return DifferenceLine(
        words=f"{KINDS[one['kind']].capitalize()} {month_words(one['month'])}",
        unit=f"{one['unit']} {names.get(one['unit'], '')}".strip(),
        state=one["state"], word=_STATES[one["state"]], rows_before=one["rows_before"], rows=one["rows"],
        total_before=Quantity(Decimal(one["total_before"]), KR, 2), total=Quantity(Decimal(one["total"]), KR, 2),
    )  # fmt: skip
