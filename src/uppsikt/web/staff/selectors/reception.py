"""The reception of refugees: what is told part by part, what the ledger has of it, and the way to its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from uppsikt.core.economy import EntryKind
from uppsikt.core.economy.reception import coverage, total_of, uncovered
from uppsikt.core.economy.sides import Sides, sides_of
from uppsikt.core.quantities import KR, TKR, Missing, MissingReason, Quantity, Value, round_to
from uppsikt.facts import Where
from uppsikt.web.cycle.here import Here
from uppsikt.web.ledger.selectors import entries_link, ledger_of, loaded, names_of, unit_codes
from uppsikt.web.organisation.gate import Act, may, reach
from uppsikt.web.staff.models import Reception

ACTIVITY = "600"  # SCB: flyktingmottagande; a municipality's own parts of it begin so


@dataclass(frozen=True)
class Told:
    """An amount that somebody told, in kronor, and what is booked of the same where the part has an activity code.

    ``link`` leads to the entries.
    """

    value: Value
    booked: Value
    link: str = ""

    @property
    def differs(self) -> bool:
        """Say whether the two are not the same whole thousands of kronor."""
        if isinstance(self.value, Missing) or isinstance(self.booked, Missing):
            return False
        told, booked = (round_to(one.to(TKR), 0).number for one in (self.value, self.booked))
        return told != booked


@dataclass(frozen=True)
class Line:
    """A part of the reception, or the sum of some (without name)."""

    name: str
    costs: Told
    received: Told
    stored: Reception | None = None

    @property
    def cost(self) -> Value:
        """What it cost, in kronor."""
        return self.costs.value

    @property
    def compensation(self) -> Value:
        """What the state paid, in kronor."""
        return self.received.value

    @property
    def rest(self) -> Value:
        """Compensation − cost: below zero the municipality pays the rest."""
        return uncovered(self.cost, self.compensation)

    @property
    def coverage(self) -> Value:
        """Compensation in per cent of the cost, with one decimal."""
        share = coverage(self.cost, self.compensation)
        return round_to(share, 1) if isinstance(share, Quantity) else share


@dataclass(frozen=True)
class ReceptionPage:
    """What is told with its sum, and what is booked on activity 600 with its parts; ``whose`` says of whom."""

    entered: tuple[Line, ...]
    total: Line | None
    booked: tuple[Line, ...]
    booked_total: Line | None
    whose: str
    lacking: str
    may_edit: bool


def reception_page(here: Here) -> ReceptionPage:
    """Gather the reception of a unit in the year to the reporting date."""
    stored = reach(here.actor, Reception).filter(unit=here.unit, reporting_date=here.reporting_date)
    books = _Books.of(here)
    entered = tuple(
        Line(one.part, books.beside(_kr(one.cost), one.activity, "kostnader"),
             books.beside(_kr(one.compensation), one.activity, "intakter"), one)
        for one in stored
    )  # fmt: skip
    booked = tuple(books.lines())
    return ReceptionPage(
        entered, _sum(entered), booked, _sum(booked) if len(booked) > 1 else None, books.whose, books.lacking,
        may(here.actor, Act.REPORT, here.unit),
    )  # fmt: skip


def _sum(lines: tuple[Line, ...]) -> Line | None:
    if not lines:
        return None
    costs, received = tuple(one.cost for one in lines), tuple(one.compensation for one in lines)
    return Line("", Told(total_of(costs), Missing()), Told(total_of(received), Missing()))


def _kr(amount: Decimal | None) -> Value:
    return Missing(MissingReason.NO_DATA) if amount is None else Quantity(amount, KR)


@dataclass(frozen=True)
class _Books:
    """What the ledger has of activity 600 in the year to the reporting date, code by code."""

    here: Here
    span: tuple[int, int]
    sides: Mapping[str, Sides]
    lacking: str
    of_unit: bool

    @classmethod
    def of(cls, here: Here) -> _Books:
        """Ask the ledger: of the unit itself where it has such entries, else of the whole municipality."""
        at = here.reporting_date
        span = at.year * 100 + 1, at.year * 100 + (at.on.month if at.on.year == at.year else 12)
        lacking = loaded(here.actor).lacking(EntryKind.OUTCOME, at.year, span[1] % 100)
        if lacking is not None:
            return cls(here, span, {}, lacking.text, of_unit=False)
        own = _sides(here, span, unit_codes(here.actor, here.unit, at.on))
        return cls(here, span, own or _sides(here, span, None), "", of_unit=bool(own))

    @property
    def whose(self) -> str:
        """Say of whom it is told."""
        return self.here.unit.name if self.of_unit else _("hela kommunen")

    def beside(self, value: Value, activity: str, side: str) -> Told:
        """Put what is booked on an activity beside what somebody told of it."""
        if not activity or self.lacking:
            return Told(value, Missing(MissingReason.NO_DATA, self.lacking))
        booked = self.sides.get(activity, Sides())
        amount = booked.costs if side == "kostnader" else booked.income
        return Told(value, amount, self._link(activity, side) if amount.number else "")

    def lines(self) -> Iterable[Line]:
        """Give a line for each activity code."""
        names = names_of(self.here.actor, "activity", self.sides) if self.sides else {}
        for code, booked in sorted(self.sides.items()):
            yield Line(
                f"{code} {names.get(code, '')}".strip(),
                Told(booked.costs, Missing(), self._link(code, "kostnader") if booked.costs.number else ""),
                Told(booked.income, Missing(), self._link(code, "intakter") if booked.income.number else ""),
            )

    def _link(self, activity: str, side: str) -> str:
        first, last = self.span
        unit = self.here.unit if self.of_unit else None
        return entries_link(self.here, unit=unit, activity=activity, first=first, last=last, side=side)


def _sides(here: Here, span: tuple[int, int], units: frozenset[str] | None) -> dict[str, Sides]:
    """Give what is booked on each code of activity 600; ``units`` None is the whole municipality."""
    where = Where(kinds=frozenset({EntryKind.OUTCOME}), first=span[0], last=span[1], units=units)
    found: dict[str, list[tuple[str, Decimal, int]]] = defaultdict(list)
    for one in ledger_of(here.actor).sums(("activity", "side"), where):
        if one.keys[0].startswith(ACTIVITY):
            found[one.keys[0]].append((one.keys[1], one.amount, one.rows))
    return {code: sides_of(parts) for code, parts in found.items()}
