"""What the ledger says that projects have used: one question for all projects, parted by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from uppsikt.core.economy import EntryKind
from uppsikt.core.economy.investments import Outcomes, Outlay, outlay_of
from uppsikt.core.quantities import KR, Missing, MissingReason, Quantity
from uppsikt.facts import Where
from uppsikt.web.investments.models import ProjectCode, ProjectFacts
from uppsikt.web.ledger.selectors import Loaded, ledger_of, loaded
from uppsikt.web.organisation.gate import Actor, reach

_EARLIEST = 190001


@dataclass(frozen=True)
class Booked:
    """What is booked on some projects up to a month (YYYYMM): codes by project, and per code and year what was used."""

    codes: Mapping[int, tuple[str, ...]]
    by_year: Mapping[str, Mapping[int, Outlay]]
    loaded: Loaded
    last: int

    def years_of(self, project: int) -> dict[int, Outlay]:
        """Give what a project used in each year that it has entries in."""
        found: dict[int, Outlay] = defaultdict(Outlay)
        for code in self.codes.get(project, ()):
            for year, outlay in self.by_year.get(code, {}).items():
                found[year] += outlay
        return dict(found)

    def outcomes_of(self, project: int, facts: ProjectFacts, year: int, on: date) -> Outcomes:
        """Give what a project has used since its start and in a year, as of a day; what nobody can know is Missing."""
        finished = facts.finished_on is not None and facts.finished_on <= on
        yearly_closed = facts.is_yearly and on >= date(year, 12, 31)
        lacking = self._lacking(project, year)
        if lacking is not None:
            return Outcomes(lacking, lacking, finished or yearly_closed, facts.is_yearly)
        years = self.years_of(project)
        of_year = years.get(year, Outlay()).net
        if facts.is_yearly:
            return Outcomes(of_year, of_year, finished or yearly_closed, is_yearly=True)
        unreached = self._unreached(facts, year)
        return Outcomes(unreached or since_start(facts, years).net, of_year, finished)

    def _lacking(self, project: int, year: int) -> Missing | None:
        if not self.codes.get(project):
            return Missing(MissingReason.NO_DATA, "ingen projektkod")
        return self.loaded.lacking(EntryKind.OUTCOME, year, self.last % 100)

    def _unreached(self, facts: ProjectFacts, year: int) -> Missing | None:
        """Say which year since the start the ledger lacks: a part of the outcome is never told as the whole."""
        first = facts.started.year if facts.started else year
        if facts.earlier_until is not None:
            first = facts.earlier_until + 1
        unknown = [at for at in range(first, year) if not self.loaded.of(EntryKind.OUTCOME, at)]
        return Missing(MissingReason.NO_DATA, f"utfall för {unknown[0]} är inte inläst") if unknown else None


def since_start(facts: ProjectFacts, years: Mapping[int, Outlay]) -> Outlay:
    """Add up what a project has used: what it had used before the ledger, and the years after that."""
    earlier = Outlay(Quantity(facts.earlier_expenditure, KR), Quantity(facts.earlier_receipts, KR))
    counted = (outlay for year, outlay in years.items() if year > (facts.earlier_until or 0))
    return sum(counted, earlier if facts.earlier_until else Outlay())


def booked_on(actor: Actor, projects: Collection[int], last: int) -> Booked:
    """Give what is booked on projects up to a month (YYYYMM): three queries and one question to the ledger."""
    codes: dict[int, list[str]] = defaultdict(list)
    found = reach(actor, ProjectCode).filter(project__in=projects).order_by("code")
    for project, code in found.values_list("project", "code"):
        codes[project].append(code)
    every = frozenset(code for own in codes.values() for code in own)
    return Booked(
        {project: tuple(own) for project, own in codes.items()}, _by_year(actor, every, last), loaded(actor), last
    )


def _by_year(actor: Actor, codes: frozenset[str], last: int) -> dict[str, dict[int, Outlay]]:
    sums: dict[tuple[str, int], list[tuple[str, Decimal]]] = defaultdict(list)
    where = Where(kinds=frozenset({EntryKind.OUTCOME}), first=_EARLIEST, last=last, projects=codes)
    for one in ledger_of(actor).sums(("project", "month", "account"), where) if codes else ():
        code, month, account = one.keys
        sums[code, int(month) // 100].append((account, one.amount))
    found: dict[str, dict[int, Outlay]] = defaultdict(dict)
    for (code, year), parts in sums.items():
        found[code][year] = outlay_of(parts)
    return dict(found)
