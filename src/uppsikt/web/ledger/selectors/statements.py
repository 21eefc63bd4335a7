"""The operating statement of a unit from the ledger, by unit or by activity: two cuts of the same entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypedDict, Unpack

from uppsikt.core.economy import EntryKind, net
from uppsikt.core.economy.operating_statement import (
    BUDGET,
    LAST_YEAR,
    OUTCOME,
    PHASED,
    Line,
    Statement,
    months_in_words,
    operating_statement,
)
from uppsikt.core.economy.sides import Sides, sum_sides
from uppsikt.core.quantities import TKR, Missing, MissingReason, Value
from uppsikt.core.quantities import Unit as MoneyUnit
from uppsikt.core.tables import Sign, Table, select
from uppsikt.facts import Ledger, Where
from uppsikt.web.cycle.here import Here
from uppsikt.web.ledger.selectors.codes import CodeTree, code_tree, internal_counterparts, names_of
from uppsikt.web.ledger.selectors.links import BESIDE, NET, NONE, entries_link
from uppsikt.web.ledger.selectors.manifest import Loaded, ledger_of, loaded
from uppsikt.web.ledger.selectors.outcomes import last_day, sides_by
from uppsikt.web.organisation.gate import Actor, reach
from uppsikt.web.organisation.models import Unit

BY_UNIT, BY_ACTIVITY = "enhet", "verksamhet"
TOTAL, TOTAL_BESIDE, OWN = "summa", "summa-intaktsfinansierat", "gemensamt"
NO_ACTIVITY = "utan-verksamhet"


class Wish(TypedDict, total=False):
    """How a statement is wished.

    ``cut`` is "enhet" or "verksamhet". ``sign`` defaults to how the unit is paid: by result where it, or what it is
    under, lives on its income. ``without_internal`` leaves out what is booked against the municipality itself.
    ``unit_of_money`` defaults to tkr. ``here`` gives the rows addresses where their entries are listed.
    """

    cut: str
    sign: Sign | None
    without_internal: bool
    unit_of_money: MoneyUnit
    here: Here | None


@dataclass(frozen=True)
class Statements:
    """A unit's statement in one cut, and what stands beside it.

    ``beside`` tells the revenue-financed units under a frame-financed unit by result, a deficit negative; None where
    there are none. ``other_total`` is the outcome of the other cut, asked of the ledger for itself.
    """

    table: Table
    beside: Table | None
    other_total: Value


def statement(actor: Actor, unit: Unit, year: int, through: int, **wish: Unpack[Wish]) -> Table:
    """Make the operating statement of a unit for January to a month (1-12) of a year; see ``statements``."""
    return statements(actor, unit, year, through, **wish).table


def statements(actor: Actor, unit: Unit, year: int, through: int, **wish: Unpack[Wish]) -> Statements:
    """Make the operating statement of a unit for January to a month (1-12) of a year, and what stands beside it.

    Columns: outcome-Y and phased_budget-Y to the month, deviation-Y, budget-Y of the whole year, last_year-(Y-1) to
    the same month. Rows: the units directly under the unit as the organisation was at the end of the last month
    (key: slug; "gemensamt" for the unit's own codes; the codes themselves where nothing is under it), or the
    activity codes (key: "v-CODE"); then "summa", "summa-kostnader", "summa-intakter". The sum of a frame-financed
    unit is what the frame pays: revenue-financed units stand beside. All columns are of the codes that the units
    have on that day, so that the years can be compared. What is not loaded is missing and says so.
    """
    tree = code_tree(actor, last_day(year * 100 + through))
    sign = wish.get("sign") or (Sign.RESULT if unit.pk in tree.revenue else Sign.NET_COST)
    cut = BY_ACTIVITY if wish.get("cut") == BY_ACTIVITY else BY_UNIT
    words = {BY_UNIT: "per enhet", BY_ACTIVITY: "per verksamhet"}[cut]
    told = Statement(
        key=f"redovisning-{cut}",
        title=f"Driftsammandrag {words}, {unit.name}, {months_in_words(year, through)}",
        year=year, through=through, sign=sign, unit=wish.get("unit_of_money", TKR),
    )  # fmt: skip
    asked = _Asked.of(actor, unit, told, tree, wish)
    lines = asked.by_activity(actor) if cut == BY_ACTIVITY else asked.by_unit(actor)
    word = "Summa resultat" if sign is Sign.RESULT else "Summa nettokostnader"
    total = _total(asked, TOTAL, word, f"unit:{unit.slug}")
    months = loaded(actor)
    absent = asked.unplanned(tree.counted(unit.pk), told.year) | _absent(months, told, _without_codes(tree, unit.pk))
    table = operating_statement(told, lines, total, absent)
    other = absent.get(OUTCOME) or _net(told, asked.outcome("unit" if cut == BY_ACTIVITY else "activity"))
    return Statements(table, _beside(actor, asked, told, months), other)


def _beside(actor: Actor, asked: _Asked, told: Statement, months: Loaded) -> Table | None:
    """Tell the revenue-financed units one by one, and their sum where they are several."""
    lines = asked.beside(actor)
    if not lines:
        return None
    apart = replace(
        told,
        key=f"{told.key}-intaktsfinansierat",
        title=f"Intäktsfinansierade förvaltningar, resultat, {months_in_words(told.year, told.through)}",
        sign=Sign.RESULT,
    )
    total = _total(asked, TOTAL_BESIDE, "Summa resultat", financing=BESIDE)
    codes = asked.tree.under(asked.unit.pk) - asked.tree.counted(asked.unit.pk)
    absent = asked.unplanned(codes, told.year) | _absent(months, told)
    table = operating_statement(apart, lines, total, absent)
    return table if len(lines) > 1 else select(table, rows=[line.key for line in lines])


def _total(asked: _Asked, key: str, word: str, subject: str = "", **where: Any) -> Line:
    """Give a sum's row, that unfolds to its entries and to those of each of its sides."""
    costs, income = (asked.link(unit=asked.unit, side=side, **where) for side in ("kostnader", "intakter"))
    return Line(key, word, {}, subject, asked.link(unit=asked.unit, **where), costs, income)


def _net(told: Statement, sides: Sides) -> Value:
    value = net(sides.costs, sides.income, told.sign)
    return value if isinstance(value, Missing) else value.to(told.unit)


@dataclass(frozen=True)
class _Asked:
    """One statement on its way: the unit's codes and the questions to the ledger, one for each kind of amount."""

    unit: Unit
    tree: CodeTree
    ledger: Ledger
    wheres: Mapping[str, Where]
    link: Callable[..., str]

    @classmethod
    def of(cls, actor: Actor, unit: Unit, told: Statement, tree: CodeTree, wish: Wish) -> _Asked:
        """Ask what every cut needs: two queries for the ledger, one for internal counterparts."""
        last = told.year * 100 + told.through
        own = internal_counterparts(actor) if wish.get("without_internal") else frozenset()
        whole = Where(
            kinds=frozenset({EntryKind.OUTCOME}), first=told.year * 100 + 1, last=last,
            units=tree.under(unit.pk), without_counterparts=own,
        )  # fmt: skip
        budget = replace(whole, kinds=frozenset({EntryKind.BUDGET}))
        wheres = {
            OUTCOME: whole,
            PHASED: budget,
            BUDGET: replace(budget, last=told.year * 100 + 12),
            LAST_YEAR: replace(whole, first=whole.first - 100, last=last - 100),
        }
        here = wish.get("here")

        def link(**more: Any) -> str:
            internal = bool(own) or bool(wish.get("without_internal"))
            where = {"first": whole.first, "last": last, "side": NET, "without_internal": internal, **more}
            return entries_link(here, **where) if here else ""

        return cls(unit, tree, ledger_of(actor), wheres, link)

    def unplanned(self, codes: frozenset[str], year: int) -> dict[str, Missing]:
        """Say that nobody has loaded a budget of these codes: another committee's makes theirs no nought."""
        if not codes or self.ledger.sums((), replace(self.wheres[BUDGET], units=codes))[0].rows:
            return {}
        why = Missing(MissingReason.NO_DATA, f"ingen budget för {year} är inläst för enheten")
        return dict.fromkeys((PHASED, BUDGET), why)

    def by_unit(self, actor: Actor) -> list[Line]:
        """Give a line for each unit directly under, and one for the unit's own codes where they hold anything."""
        below, beside = self.tree.below.get(self.unit.pk, ()), self.tree.beside(self.unit.pk)
        if not below:
            return self._by_code(actor)
        lines = self._lines(actor, [one for one in below if one not in beside])
        rest = _gathered(self._by_unit, self.tree.own(self.unit.pk))
        if any(one.rows for one in rest.values()):
            lines.append(Line(OWN, "Gemensamt", rest, "", self.link(unit=self.unit, own=True)))
        return lines

    def beside(self, actor: Actor) -> list[Line]:
        """Give a line for each revenue-financed unit that is told beside."""
        found = self.tree.beside(self.unit.pk)
        return self._lines(actor, found) if found else []

    def outcome(self, part: str) -> Sides:
        """Give the whole outcome of what the unit's sum counts, gathered from the codes of a part."""
        counted = self.tree.counted(self.unit.pk)
        if part == "unit":
            return _gathered(self._by_unit, counted)[OUTCOME]
        return sum_sides(sides_by(self.ledger, part, replace(self.wheres[OUTCOME], units=counted)).values())

    def _lines(self, actor: Actor, units: Sequence[int]) -> list[Line]:
        """Give a line for each of the units; one query."""
        there = {one.pk: one for one in reach(actor, Unit).filter(pk__in=units)}
        return [
            Line(one.slug, one.name, _gathered(self._by_unit, self.tree.counted(pk)), f"unit:{one.slug}",
                 self.link(unit=one))
            for pk, one in ((pk, there[pk]) for pk in units)
        ]  # fmt: skip

    def _by_code(self, actor: Actor) -> list[Line]:
        codes = sorted({code for found in self._by_unit.values() for code in found})
        names = names_of(actor, "unit", codes)
        return [
            Line(f"a-{code}", f"{code} {names.get(code, '')}".strip(), _gathered(self._by_unit, {code}),
                 f"ansvar:{code}", self.link(unit=self.unit, code=code))
            for code in codes
        ]  # fmt: skip

    def by_activity(self, actor: Actor) -> list[Line]:
        """Give a line for each activity code that has entries, and one for entries without."""
        counted = self.tree.counted(self.unit.pk)
        wheres = {kind: replace(where, units=counted) for kind, where in self.wheres.items()}
        sums = {kind: sides_by(self.ledger, "activity", where) for kind, where in wheres.items()}
        codes = sorted({code for found in sums.values() for code in found}, key=lambda code: (not code, code))
        names = names_of(actor, "activity", codes)
        lines = []
        for code in codes:
            about = (f"v-{code}", f"{code} {names.get(code, '')}".strip(), f"activity:{code}")
            key, label, subject = about if code else (NO_ACTIVITY, "Utan verksamhetskod", "")
            link = self.link(unit=self.unit, activity=code or NONE)
            lines.append(Line(key, label, _gathered(sums, {code}), subject, link))
        return lines

    @cached_property
    def _by_unit(self) -> dict[str, dict[str, Sides]]:
        """The sums of every code under the unit, also of those that are told beside."""
        return {kind: sides_by(self.ledger, "unit", where) for kind, where in self.wheres.items()}


def _gathered(sums: Mapping[str, Mapping[str, Sides]], codes: Iterable[str]) -> dict[str, Sides]:
    wanted = frozenset(codes)
    return {kind: sum_sides(found[code] for code in sorted(wanted & found.keys())) for kind, found in sums.items()}


def _without_codes(tree: CodeTree, unit: int) -> Missing | None:
    """Say why nothing is counted in a unit's sum; None when something is."""
    if tree.counted(unit):
        return None
    why = "allt här lever på sina intäkter" if tree.under(unit) else "enheten har inget ansvar i redovisningen"
    return Missing(MissingReason.NO_DATA, why)


def _absent(months: Loaded, told: Statement, without: Missing | None = None) -> dict[str, Missing]:
    """Say what cannot be told, and why."""
    if without:
        return dict.fromkeys((OUTCOME, PHASED, BUDGET, LAST_YEAR), without)
    found = {
        OUTCOME: months.lacking(EntryKind.OUTCOME, told.year, told.through),
        PHASED: months.lacking(EntryKind.BUDGET, told.year),
        BUDGET: months.lacking(EntryKind.BUDGET, told.year),
        LAST_YEAR: months.lacking(EntryKind.OUTCOME, told.year - 1, told.through),
    }
    return {kind: why for kind, why in found.items() if why is not None}
