"""What the ledger tells of units at a date: outcome, budget, and the year before, costs and income each for itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from uppsikt.core.economy import EntryKind, net
from uppsikt.core.economy.sides import sum_sides
from uppsikt.core.quantities import Missing, MissingReason, Value
from uppsikt.core.tables import Sign
from uppsikt.facts import Ledger, Where
from uppsikt.web.cycle.models import ReportingDate
from uppsikt.web.ledger.selectors import Loaded, code_tree, last_day, ledger_of, loaded
from uppsikt.web.ledger.selectors.codes import CodeTree
from uppsikt.web.ledger.selectors.outcomes import sides_by
from uppsikt.web.organisation.gate import Actor
from uppsikt.web.organisation.models import Financing, Unit

NOTHING = Missing(MissingReason.NO_DATA)
NO_CODES = Missing(MissingReason.NO_DATA, "enheten har inget ansvar i redovisningen")
OUTCOME, BUDGET = EntryKind.OUTCOME, EntryKind.BUDGET


@dataclass(frozen=True, slots=True)
class Amounts:
    """Costs and income in kronor, both positive amounts, or why they are missing."""

    costs: Value = NOTHING
    income: Value = NOTHING

    def net(self, sign: Sign) -> Value:
        """Give the net under a sign convention."""
        return net(self.costs, self.income, sign)


@dataclass(frozen=True, slots=True)
class Books:
    """A unit and what its sum counts under it: to the month of the date, the whole year, and the year before."""

    outcome: Amounts = Amounts()
    phased_budget: Amounts = Amounts()
    budget: Amounts = Amounts()
    last_year_to_date: Amounts = Amounts()
    last_year: Amounts = Amounts()

    @property
    def is_empty(self) -> bool:
        """Say whether the ledger knows neither outcome nor budget of the year."""
        return isinstance(self.outcome.costs, Missing) and isinstance(self.budget.costs, Missing)


def sign_of(unit: Unit) -> Sign:
    """Give the convention that a unit's net is told by: revenue-financed units by result (domain: Money, Signs)."""
    return Sign.RESULT if unit.financing == Financing.REVENUE else Sign.NET_COST


def month_of(date: ReportingDate) -> int:
    """Give the month (1-12) that a reporting date tells its year to; 12 where its day lies in another year."""
    return date.on.month if date.on.year == date.year else 12


def books_of(actor: Actor, units: Collection[Unit], date: ReportingDate) -> dict[int, Books]:
    """Give what the ledger tells of units at a date, by key of the unit; five sums, however many units.

    All are told by the organisation of the date's month, so that the years can be compared.
    """
    year, month = date.year, month_of(date)
    asked = _Asked.of(actor, date)
    told = [
        asked.amounts(units, kind, (of_year, through))
        for kind, of_year, through in (
            (OUTCOME, year, month), (BUDGET, year, month), (BUDGET, year, 12), (OUTCOME, year - 1, month),
            (OUTCOME, year - 1, 12),
        )
    ]  # fmt: skip
    return {unit.pk: Books(*(one[unit.pk] for one in told)) for unit in units}


def outcomes_of(actor: Actor, units: Collection[Unit], date: ReportingDate, year: int) -> dict[int, Amounts]:
    """Give the outcome of a whole year, by the organisation of a date; missing until every month is loaded."""
    return _Asked.of(actor, date).amounts(units, OUTCOME, (year, 12))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every question about a date needs: the codes of its organisation, what is loaded, and the ledger."""

    tree: CodeTree
    months: Loaded
    ledger: Ledger

    @classmethod
    def of(cls, actor: Actor, date: ReportingDate) -> _Asked:
        """Fetch it; seven queries."""
        tree = code_tree(actor, last_day(date.year * 100 + month_of(date)))
        return cls(tree, loaded(actor), ledger_of(actor))

    def amounts(self, units: Collection[Unit], kind: EntryKind, through: tuple[int, int]) -> dict[int, Amounts]:
        """Give the amounts of units from January through a month (year, month)."""
        year, month = through
        codes = {unit.pk: self.tree.counted(unit.pk) for unit in units}
        lacking = self.months.lacking(kind, year, month)
        if lacking is not None:
            return {key: Amounts(lacking, lacking) for key in codes}
        every = frozenset[str]().union(*codes.values())
        where = Where(kinds=frozenset({kind}), first=year * 100 + 1, last=year * 100 + month, units=every)
        found = sides_by(self.ledger, "unit", where)
        sums = {key: sum_sides(found[code] for code in sorted(own & found.keys())) for key, own in codes.items()}
        return {
            key: Amounts(sums[key].costs, sums[key].income) if own else Amounts(NO_CODES, NO_CODES)
            for key, own in codes.items()
        }
