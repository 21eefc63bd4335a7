"""From the figures of a row to the entries of the ledger: how many, what they come to, and whether it agrees.

Only pages that unfold ask the ledger, in a fixed number of questions. A figure that is not the sum of entries (a
forecast, a plan, a note) is passed over; one whose months are not loaded says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from uppsikt.core.economy import EntryKind, Side
from uppsikt.core.economy.unfolding import Agreement, Behind, agreement, behind
from uppsikt.core.quantities import Missing, MissingReason, Quantity, Value
from uppsikt.core.tables import Column, ColumnRole, Row, Table
from uppsikt.facts import Ledger, Where
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import InvestmentProject, Statement
from uppsikt.web.economy.selectors.organisation import listed
from uppsikt.web.ledger import selectors as ledger
from uppsikt.web.ledger.models import LoadedPart
from uppsikt.web.ledger.selectors.codes import CodeTree
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Financing, Unit

_SIDES = {
    frozenset({Side.COSTS, Side.INCOME}): "netto",
    frozenset({Side.COSTS}): "kostnader",
    frozenset({Side.INCOME}): "intakter",
    frozenset({Side.INVESTMENT}): "investering",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A link to entries, and what it is called where there are several."""

    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Booked:
    """A figure of the row beside its entries: how many, and what they come to in kronor.

    ``agreement`` is None where the row has no figure. ``lacking`` says why the ledger cannot tell; then the rest is
    empty. ``ways`` lead to the entries.
    """

    column: Column
    rows: int
    amount: Value
    agreement: Agreement | None
    ways: tuple[Way, ...]
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A deviation and its two terms as booked, in kronor."""

    column: Column
    outcome: Booked
    budget: Booked
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """What the entries come to on an account, for each of the figures; Missing where it has no entries there."""

    code: str
    name: str
    amounts: tuple[Value, ...]


@dataclass(frozen=True)
class Unfolding:
    """The entries behind a row. ``without`` are the units under it that are told for themselves."""

    figures: tuple[Booked, ...]
    deviations: tuple[Deviation, ...]
    accounts: tuple[AccountLine, ...]
    sources: tuple[str, ...]
    without: tuple[Unit, ...]

    @property
    def known(self) -> tuple[Booked, ...]:
        """The figures that the ledger can tell."""
        return tuple(one for one in self.figures if not one.lacking)

    @property
    def lacking(self) -> tuple[Booked, ...]:
        """The figures that it cannot tell."""
        return tuple(one for one in self.figures if one.lacking)

    @property
    def without_in_words(self) -> str:
        """Name the units that are told for themselves, as a sentence does."""
        return listed(unit.name for unit in self.without)

    @property
    def sources_in_words(self) -> str:
        """Name the sources, as a sentence does."""
        return listed(self.sources)

    @property
    def is_synthetic(self) -> bool:
        """Say whether a source says that its entries are an example."""
        return any("exempel" in source.lower() for source in self.sources)


def unfolding_of(here: Here, statement: Statement, table: Table, row: Row) -> Unfolding | None:
    """Unfold a row of a statement; None when none of its figures is the sum of entries."""
    unit, at = statement.unit.slug, statement.reporting_date.on
    found = {one.key: told for one in table.columns if (told := behind(table, row, one, unit, at))}
    if not found:
        return None
    asker = _Asker(here, at)
    figures = {key: asker.booked(table.column(key), table.value(row.key, key), one) for key, one in found.items()}
    accounts = tuple(asker.accounts([found[key] for key, one in figures.items() if not one.lacking]))
    return Unfolding(
        figures=tuple(figures.values()),
        deviations=tuple(_deviations(table, row, figures, found)),
        accounts=accounts,
        sources=asker.sources if any(not one.lacking for one in figures.values()) else (),
        without=asker.told_beside(next(iter(found.values()))),
    )


def _deviations(
    table: Table, row: Row, figures: Mapping[str, Booked], found: Mapping[str, Behind]
) -> Iterator[Deviation]:
    """Give the deviations whose both terms the ledger tells: those of the same group of columns and the same year."""
    for column in table.columns_of(ColumnRole.DEVIATION):
        beside = [one for one in table.columns if one.group == column.group and one.period == column.period]
        outcome = _first(figures, beside, ColumnRole.OUTCOME, ColumnRole.EXPENDITURE)
        budget = _first(figures, beside, ColumnRole.BUDGET)
        if outcome is None or budget is None:
            continue
        first, second = (outcome, budget) if found[outcome.column.key].is_turned else (budget, outcome)
        printed = table.value(row.key, column.key)
        if isinstance(first.amount, Quantity) and isinstance(second.amount, Quantity):
            yield Deviation(column, outcome, budget, _agreement(printed, first.amount - second.amount))


def _first(figures: Mapping[str, Booked], beside: Iterable[Column], *roles: ColumnRole) -> Booked | None:
    found = (figures[one.key] for one in beside if one.role in roles and one.key in figures)
    return next((one for one in found if not one.lacking), None)


def _agreement(printed: Value, booked: Quantity) -> Agreement | None:
    return agreement(printed, booked) if isinstance(printed, Quantity) else None


class _Asker:
    """Asks the ledger on behalf of a page: what it has loaded, its codes and its names are fetched once."""

    def __init__(self, here: Here, at: date) -> None:
        self._here, self._at = here, at
        self._units = {unit.slug: unit for unit in here.units}

    @cached_property
    def _tree(self) -> CodeTree:
        return ledger.code_tree(self._here.actor, self._at)

    @cached_property
    def _ledger(self) -> Ledger:
        return ledger.ledger_of(self._here.actor)

    @cached_property
    def _loaded(self) -> ledger.Loaded:
        return ledger.loaded(self._here.actor)

    @cached_property
    def _projects(self) -> Mapping[str, tuple[str, frozenset[str]]]:
        """Each project's name and codes; the room that keeps the codes stands above this one, its name is enough."""
        names: dict[str, str] = {}
        codes: dict[str, set[str]] = defaultdict(set)
        for slug, name, code in reach(self._here.actor, InvestmentProject).values_list("slug", "name", "codes__code"):
            names[slug] = name
            codes[slug] |= {code} if code else set()
        return {slug: (name, frozenset(codes[slug])) for slug, name in names.items()}

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the visible entries come from."""
        found = reach(self._here.actor, LoadedPart).filter(is_current=True)
        return tuple(found.order_by("source__name").values_list("source__name", flat=True).distinct())

    def booked(self, column: Column, printed: Value, one: Behind) -> Booked:
        """Ask for the entries behind a figure."""
        where = self._where(one)
        lacking = self._lacking(one, where)
        if lacking or where is None:
            return Booked(column, 0, Missing(MissingReason.NO_DATA, lacking), None, (), lacking)
        (total,) = self._ledger.sums((), where)
        amount = one.told(total.amount)
        ways = tuple(self._ways(one)) if total.rows else ()
        return Booked(column, total.rows, amount, _agreement(printed, amount), ways)

    def accounts(self, asked: Iterable[Behind]) -> Iterator[AccountLine]:
        """Tell the entries account by account, for each of the figures."""
        told: list[dict[str, Quantity]] = []
        for one in asked:
            where = self._where(one)
            sums = self._ledger.sums(("account",), where) if where else ()
            told.append({found.keys[0]: one.told(found.amount) for found in sums})
        codes = sorted(set().union(*told)) if told else []
        names = ledger.names_of(self._here.actor, "account", codes) if codes else {}
        for code in codes:
            yield AccountLine(code, names.get(code, ""), tuple(amounts.get(code, Missing()) for amounts in told))

    def told_beside(self, one: Behind) -> tuple[Unit, ...]:
        """Give the units under a figure's unit that finance themselves, and so are not part of it."""
        top = self._units.get(one.unit)
        if top is None or one.whole:
            return ()
        under = self._under(top.pk) - {top.pk}
        found = (unit for unit in self._units.values() if unit.pk in under and unit.financing == Financing.REVENUE)
        return tuple(unit for unit in found if self._tree.under(unit.pk))

    def _under(self, top: int) -> frozenset[int]:
        found, waiting = {top}, [top]
        while waiting:
            fresh = set(self._tree.below.get(waiting.pop(), ())) - found
            found |= fresh
            waiting.extend(fresh)
        return frozenset(found)

    def _codes(self, one: Behind) -> frozenset[str] | None:
        if not one.unit:
            return None
        unit = self._units.get(one.unit)
        beside = [self._tree.under(other.pk) for other in self.told_beside(one)]
        return self._tree.under(unit.pk).difference(*beside) if unit else frozenset()

    def _where(self, one: Behind) -> Where | None:
        """Put the question to the ledger; None when a project of it has no code there."""
        projects = [self._projects[slug][1] if slug in self._projects else frozenset() for slug in one.projects]
        if not all(projects):
            return None
        return Where(
            kinds=frozenset({one.kind}),
            first=one.first,
            last=one.last,
            units=self._codes(one),
            activities=frozenset({one.activity}) if one.activity else None,
            sides=one.sides,
            projects=frozenset().union(*projects) if projects else None,
        )

    def _lacking(self, one: Behind, where: Where | None) -> str:
        if where is None:
            return _("ett projekt saknar kod i redovisningen")
        months = self._loaded.months.get(one.kind, frozenset())
        if any(one.first <= month <= one.last for month in months) and _tells(one, months):
            return ""
        absent = self._loaded.lacking(one.kind, one.last // 100, one.last % 100)
        return absent.text if absent else _("inga poster är inlästa för tiden")

    def _ways(self, one: Behind) -> Iterator[Way]:
        """Give the links that together lead to every entry and no other."""
        if one.projects:
            for name, codes in (self._projects[slug] for slug in one.projects):
                yield from (Way(name if len(one.projects) > 1 else "", self._link(one, project=code)) for code in codes)
            return
        codes = self._codes(one)
        same = next((unit for unit in self._same(one) if self._tree.under(unit.pk) == codes), None)
        if same is not None:
            yield Way("", self._link(one, unit=same, activity=one.activity))
            return
        for code in sorted(codes or ()):
            yield Way(code, self._link(one, code=code, activity=one.activity))

    def _link(self, one: Behind, **more: object) -> str:
        side = _SIDES[one.sides]
        return ledger.entries_link(
            self._here, kind=one.kind, first=one.first, last=one.last, side=side, on=self._at, **more
        )

    def _same(self, one: Behind) -> Iterator[Unit]:
        top = self._units[one.unit]
        yield top
        under = self._under(top.pk)
        yield from (unit for unit in self._units.values() if unit.pk in under)


def _tells(one: Behind, months: Iterable[int]) -> bool:
    """Say whether the last month asked for is loaded: a year booked as a whole in December can be told, eight
    months of it cannot.
    """
    year = {month % 100 for month in months if month // 100 == one.last // 100}
    return one.kind is not EntryKind.OUTCOME or one.last % 100 in year
