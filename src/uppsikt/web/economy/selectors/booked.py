"""Asks the ledger for the entries behind figures: how many, what they come to, by account, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from uppsikt.core.economy import EntryKind, Side
from uppsikt.core.economy.unfolding import Agreement, Behind, agreement
from uppsikt.core.quantities import COUNT, Missing, MissingReason, Quantity, Value
from uppsikt.core.tables import Column
from uppsikt.facts import Ledger, Where
from uppsikt.web.cycle.here import Here
from uppsikt.web.economy.models import InvestmentProject
from uppsikt.web.ledger import selectors as ledger
from uppsikt.web.ledger.models import LoadedPart
from uppsikt.web.ledger.selectors.codes import CodeTree
from uppsikt.web.ledger.selectors.links import EVERYTHING
from uppsikt.web.organisation.gate import reach
from uppsikt.web.organisation.models import Unit

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

    @property
    def counted(self) -> Quantity:
        """How many entries, as a number to be shown."""
        return Quantity(Decimal(self.rows), COUNT)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """What the entries come to on an account, for each of the figures; Missing where it has no entries there."""

    code: str
    name: str
    amounts: tuple[Value, ...]


class Asker:
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

    def sources(self, asked: Iterable[Behind]) -> tuple[str, ...]:
        """Where the visible entries of these kinds and months come from."""
        spans = (Q(kind=one.kind, month__gte=one.first, month__lte=one.last) for one in asked)
        found = reach(self._here.actor, LoadedPart).filter(reduce(or_, spans), is_current=True)
        return tuple(found.order_by("source__name").values_list("source__name", flat=True).distinct())

    def booked(self, column: Column, printed: Value, one: Behind) -> Booked:
        """Ask for the entries behind a figure; the organisation is only asked for when the months are loaded."""
        lacking = self._lacking(one)
        where = None if lacking else self._where(one)
        if where is None:
            why = lacking or _("ett projekt saknar kod i redovisningen")
            return Booked(column, 0, Missing(MissingReason.NO_DATA, why), None, (), why)
        (total,) = self._ledger.sums((), where)
        if not total.rows and self._is_unplanned(one, where):
            why = _("ingen budget för {year} är inläst för det som raden gäller").format(year=one.last // 100)
            return Booked(column, 0, Missing(MissingReason.NO_DATA, why), None, (), why)
        amount = _in_ore(one.told(total.amount))
        ways = tuple(self._ways(one, where)) if total.rows else ()
        return Booked(column, total.rows, amount, agreement_of(printed, amount), ways)

    def accounts(self, asked: Iterable[Behind]) -> Iterator[AccountLine]:
        """Tell the entries account by account, for each of the figures."""
        told: list[dict[str, Quantity]] = []
        for one in asked:
            where = self._where(one)
            sums = self._ledger.sums(("account",), where) if where else ()
            told.append({found.keys[0]: _in_ore(one.told(found.amount)) for found in sums})
        codes = sorted(set().union(*told)) if told else []
        names = ledger.names_of(self._here.actor, "account", codes) if codes else {}
        for code in codes:
            yield AccountLine(code, names.get(code, ""), tuple(amounts.get(code, Missing()) for amounts in told))

    def told_beside(self, one: Behind) -> tuple[Unit, ...]:
        """Give the units under a figure's unit that finance themselves, and so are not part of it."""
        top = self._units.get(one.unit)
        if top is None or one.whole:
            return ()
        beside = self._tree.beside(top.pk)
        return tuple(unit for unit in self._units.values() if unit.pk in beside)

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
        if unit is None:
            return frozenset()
        return self._tree.under(unit.pk) if one.whole else self._tree.counted(unit.pk)

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
            activities=frozenset(one.activities) or None,
            sides=one.sides,
            projects=frozenset().union(*projects) if projects else None,
        )

    def _lacking(self, one: Behind) -> str:
        """Say what is not loaded of the months of a figure; empty when it can be told."""
        months = self._loaded.months.get(one.kind, frozenset())
        if any(one.first <= month <= one.last for month in months) and _tells(one, months):
            return ""
        absent = self._loaded.lacking(one.kind, one.last // 100, one.last % 100)
        return absent.text if absent else _("inga poster är inlästa för tiden")

    def _is_unplanned(self, one: Behind, where: Where) -> bool:
        """Say whether a budget without entries is one that nobody has loaded: one committee's budget is not another's.

        A unit that has a budget in the year has nought where it has no entries, and so has a project in a year with
        a budget for investments.
        """
        if one.kind is not EntryKind.BUDGET:
            return False
        wider = replace(where, activities=None, projects=None, sides=one.sides if one.projects else None)
        return not self._ledger.sums((), wider)[0].rows

    def _ways(self, one: Behind, where: Where) -> Iterator[Way]:
        """Give the links that together lead to every entry and no other."""
        if one.projects:
            yield from self._ways_by_project(one, where)
            return
        activities = one.activities or ("",)
        for who in self._who(one, where):
            for activity in activities:
                label = activity if len(activities) > 1 else who.get("code", "")
                yield Way(str(label), self._link(one, **who, activity=activity))

    def _who(self, one: Behind, where: Where) -> Iterator[dict[str, object]]:
        """Give whose entries the links lead to: nobody's in particular, a unit's, or a code's at a time."""
        if not one.unit:
            yield {}
            return
        same = next((unit for unit in self._same(one) if self._tree.counted(unit.pk) == where.units), None)
        if same is not None or one.whole:
            yield {"unit": same} if same else {"unit": one.unit, "financing": EVERYTHING}
            return
        for code in sorted(where.units or ()):
            yield {"code": code}

    def _ways_by_project(self, one: Behind, where: Where) -> Iterator[Way]:
        booked = {found.keys[0] for found in self._ledger.sums(("project",), where)}
        for name, codes in (self._projects[slug] for slug in one.projects):
            for code in sorted(codes & booked):
                yield Way(name if len(one.projects) > 1 else "", self._link(one, project=code))

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


def agreement_of(printed: Value, booked: Quantity) -> Agreement | None:
    """Compare a printed value with a booked amount; None where nothing is printed."""
    return agreement(printed, booked) if isinstance(printed, Quantity) else None


def _in_ore(amount: Quantity) -> Quantity:
    """Tell an amount with its öre, also when they are none."""
    return replace(amount, decimals=2)


def _tells(one: Behind, months: Iterable[int]) -> bool:
    """Say whether the last month asked for is loaded: a year booked as a whole in December can be told, eight
    months of it cannot.
    """
    year = {month % 100 for month in months if month // 100 == one.last // 100}
    return one.kind is not EntryKind.OUTCOME or one.last % 100 in year
