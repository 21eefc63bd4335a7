"""What the ledger tells of units at a date: outcome, budget, and the year before, costs and income each for itself."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from uppsikt.core.economy import EntryKind, net
from uppsikt.core.economy.sides import Sides, sum_sides
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Value
from uppsikt.core.tables import Sign
from uppsikt.facts import Ledger, Where
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.ledger.selectors import Loaded, code_tree, last_day, ledger_of, loaded
from uppsikt.web.ledger.selectors.codes import CodeTree
from uppsikt.web.ledger.selectors.outcomes import sides_by
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Unit

NOTHING = Missing(MissingReason.NO_DATA)
NO_CODES = Missing(MissingReason.NO_DATA, "enheten har inget ansvar i redovisningen")
NO_BUDGET = Missing(MissingReason.NO_DATA, "ingen budget är inläst för enheten")
K = TypeVar("K", bound=Hashable)
OUTCOME, BUDGET = EntryKind.OUTCOME, EntryKind.BUDGET


@dataclass(frozen=True, slots=True)
class Amounts:
    """Costs and income in kronor, both positive amounts, or why they are missing."""

    costs: Value = NOTHING
    income: Value = NOTHING

    def net(self, sign: Sign) -> Value:
        """Give the net under a sign convention."""
        return net(self.costs, self.income, sign)


NO_BUDGETS = Amounts(NO_BUDGET, NO_BUDGET)


@dataclass(frozen=True, slots=True)
class Books:
    """A unit and what its sum counts under it: to the month of the date, the whole year, and the year before.

    ``common`` is what of it belongs to the unit itself and to none of those under it; None where nothing is under it.
    """

    outcome: Amounts = Amounts()
    phased_budget: Amounts = Amounts()
    budget: Amounts = Amounts()
    last_year_to_date: Amounts = Amounts()
    last_year: Amounts = Amounts()
    common: Books | None = None

    @property
    def has_common(self) -> bool:
        """Say whether the unit has money of the year that belongs to none of the units under it."""
        told = (self.common.outcome, self.common.budget) if self.common else ()
        return any(isinstance(side, Quantity) and side.number for one in told for side in (one.costs, one.income))

    @property
    def is_empty(self) -> bool:
        """Say whether the ledger knows neither outcome nor budget of the year."""
        return isinstance(self.outcome.costs, Missing) and isinstance(self.budget.costs, Missing)


def month_of(date: ReportingDate) -> int:
    """Give the month (1-12) that a reporting date tells its year to; 12 where its day lies in another year."""
    return date.on.month if date.on.year == date.year else 12


@dataclass(frozen=True, slots=True)
class LedgerAt:
    """What the ledger tells at a reporting date: by the organisation of its month, so that years can be compared."""

    date: ReportingDate
    tree: CodeTree
    _months: Loaded
    _ledger: Ledger

    @classmethod
    def of(cls, actor: Actor, date: ReportingDate) -> LedgerAt:
        """Fetch what every question needs; seven queries."""
        tree = code_tree(actor, last_day(date.year * 100 + month_of(date)))
        return cls(date, tree, loaded(actor), ledger_of(actor))

    def sign_of(self, unit: Unit) -> Sign:
        """Give the convention of a unit's net: by result where it, or what it is under, lives on its income."""
        return Sign.RESULT if unit.pk in self.tree.revenue else Sign.NET_COST

    def books_of(self, units: Collection[Unit]) -> dict[int, Books]:
        """Give what the ledger tells of units, by key of the unit; five sums, however many units."""
        whole = {(unit.pk, False): self.tree.counted(unit.pk) for unit in units}
        common = {(unit.pk, True): self.tree.own(unit.pk) for unit in units if self.tree.below.get(unit.pk)}
        found = self._books({**whole, **{place: codes for place, codes in common.items() if codes}})
        return {unit.pk: replace(found[unit.pk, False], common=found.get((unit.pk, True))) for unit in units}

    def _books(self, codes: Mapping[K, frozenset[str]]) -> dict[K, Books]:
        year, month = self.date.year, month_of(self.date)
        outcome, phased, budget, then, last = (
            self._amounts(codes, kind, (of_year, through))
            for kind, of_year, through in (
                (OUTCOME, year, month), (BUDGET, year, month), (BUDGET, year, 12), (OUTCOME, year - 1, month),
                (OUTCOME, year - 1, 12),
            )
        )  # fmt: skip
        return {key: Books(outcome[key], phased[key], budget[key], then[key], last[key]) for key in codes}

    def outcomes_of(self, units: Collection[Unit]) -> dict[int, Amounts]:
        """Give the outcome of the whole year; missing until every month is loaded."""
        return self._amounts({unit.pk: self.tree.counted(unit.pk) for unit in units}, OUTCOME, (self.date.year, 12))

    def _amounts(
        self, codes: Mapping[K, frozenset[str]], kind: EntryKind, through: tuple[int, int]
    ) -> dict[K, Amounts]:
        """Give what some codes come to from January through a month (year, month)."""
        year, month = through
        lacking = self._months.lacking(kind, year, month)
        if lacking is not None:
            return {key: Amounts(lacking, lacking) for key in codes}
        every = frozenset[str]().union(*codes.values())
        where = Where(kinds=frozenset({kind}), first=year * 100 + 1, last=year * 100 + month, units=every)
        found = sides_by(self._ledger, "unit", where)
        sums = {key: sum_sides(found[code] for code in sorted(own & found.keys())) for key, own in codes.items()}
        unplanned = self._unplanned(codes, where)
        return {key: NO_BUDGETS if key in unplanned else _told(sums[key], own) for key, own in codes.items()}

    def _unplanned(self, codes: Mapping[K, frozenset[str]], where: Where) -> set[K]:
        """Give those of which nobody has loaded a budget in the year: another committee's makes theirs no nought.

        A part of what has a budget has nought where it has none of its own.
        """
        if BUDGET not in where.kinds:
            return set()
        held = sides_by(self._ledger, "unit", replace(where, last=where.first // 100 * 100 + 12)).keys()
        planned = {own for own in codes.values() if own & held}
        return {
            key for key, own in codes.items() if own and own not in planned and not any(own < one for one in planned)
        }


def _told(sides: Sides, codes: frozenset[str]) -> Amounts:
    return Amounts(sides.costs, sides.income) if codes else Amounts(NO_CODES, NO_CODES)
