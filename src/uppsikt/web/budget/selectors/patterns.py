"""How last year's money lay over the months: what a budget that follows last year is laid out by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property

from uppsikt.core.economy import EntryKind
from uppsikt.core.errors import UseError
from uppsikt.core.periods import MONTHS
from uppsikt.facts import Where
from uppsikt.web.budget.models import BudgetLine, BudgetVersion
from uppsikt.web.budget.selectors.versions import Tree, first_day, tree_of
from uppsikt.web.ledger.selectors.codes import CodeTree, code_tree
from uppsikt.web.ledger.selectors.manifest import ledger_of, loaded
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit

Year = tuple[Decimal | int, ...]
_OUTCOME = EntryKind.OUTCOME


class LastYear:
    """The year before a version's: what was booked and what was budgeted, each asked for once."""

    def __init__(self, actor: Actor, version: BudgetVersion) -> None:
        self._actor, self._version, self.year = actor, version, version.year - 1

    def pattern(self, unit: Unit, account: str) -> Year:
        """Give the twelve amounts that a line of a unit and an account follows, in kr as booked.

        On accounts that begin as the line's does: the outcome of a whole year, else the budget that was in force.
        Where neither tells anything, or they come to nothing, the same for the whole class of accounts. Raises
        UseError where that is not known either: nothing is guessed.
        """
        for beginning in dict.fromkeys((account, account[:1])):
            for told in (self._booked(unit, beginning), self._budgeted(unit, beginning)):
                if sum(told):
                    return told
        raise UseError(
            f"Det finns varken ett helt års utfall eller en fastställd budget på konto {account} för {unit.name} "
            f"{self.year}. Välj tolftedelar, eller en annan fördelning."
        )

    def _booked(self, unit: Unit, beginning: str) -> Year:
        codes = self._codes.counted(unit.pk)
        return _months(one for code in codes for one in self._outcome.get(code, ()) if one[0].startswith(beginning))

    def _budgeted(self, unit: Unit, beginning: str) -> Year:
        under = {one.pk for one in self._tree.under(unit)}
        return _months(
            (line.account, month, Decimal(amount))
            for line in self._decided
            if line.unit_id in under and line.account.startswith(beginning)
            for month, amount in enumerate(line.months)
        )

    @cached_property
    def _outcome(self) -> dict[str, list[tuple[str, int, Decimal]]]:
        """What was booked, by responsibility code: account, month from 0, kr. Empty until the whole year is loaded."""
        found: dict[str, list[tuple[str, int, Decimal]]] = defaultdict(list)
        if len(loaded(self._actor).of(_OUTCOME, self.year)) < len(MONTHS):
            return found
        first = self.year * 100 + 1
        where = Where(frozenset({_OUTCOME}), first, first + 11, self._codes.under(self._version.unit_id))
        for one in ledger_of(self._actor).sums(("unit", "account", "month"), where):
            code, account, month = one.keys
            found[code].append((account, int(month) - first, one.amount))
        return found

    @cached_property
    def _decided(self) -> list[BudgetLine]:
        in_force = {"version__unit": self._version.unit, "version__year": self.year, "version__kind": "adopted"}
        return list(reach(self._actor, BudgetLine).filter(**in_force, year=self.year))

    @cached_property
    def _codes(self) -> CodeTree:
        return code_tree(self._actor, first_day(self._version))

    @cached_property
    def _tree(self) -> Tree:
        return tree_of(self._actor, self._version.unit, first_day(self._version))


def _months(told: Iterable[tuple[str, int, Decimal]]) -> Year:
    """Add amounts month by month; a month that is loaded and has no entry is zero."""
    found = [Decimal(0)] * len(MONTHS)
    for _account, month, amount in told:
        found[month] += amount
    return tuple(found)
