"""The entries behind a figure: which ones, said in words, what they come to, by account and one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from uppsikt.core.economy import Entry, EntryKind
from uppsikt.core.economy.sides import Sides, sides_of
from uppsikt.core.periods import MONTHS
from uppsikt.core.quantities import KR, Quantity
from uppsikt.facts import Ledger, Sum, Where
from uppsikt.web.cycle.here import Here
from uppsikt.web.ledger.models import KINDS, PARTS
from uppsikt.web.ledger.selectors.codes import CodeTree, code_tree, internal_counterparts, names_of
from uppsikt.web.ledger.selectors.links import BESIDE, EVERYTHING, NET, NONE, Asked
from uppsikt.web.ledger.selectors.manifest import current_parts, ledger_of, loaded
from uppsikt.web.ledger.selectors.outcomes import last_day
from uppsikt.web.organisation.gate import reach, units_of
from uppsikt.web.organisation.models import Unit

PER_PAGE = 100
ORDERS = {"manad": "month", "belopp": "amount"}
_SIDE_WORDS = {
    NET: "kostnader och intäkter", "kostnader": "kostnader", "intakter": "intäkter", "investering": "investeringar",
    "finansiellt": "finansiella poster", "balans": "balansposter",
}  # fmt: skip
_CODES = {"account": "accounts", "activity": "activities", "project": "projects", "object": "objects",
          "counterpart": "counterparts"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccountLine:
    """What the entries come to on one account; ``query`` leads to those of that account alone."""

    code: str
    name: str
    amount: Quantity
    rows: int
    query: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as it is shown; ``amount`` as booked, debit positive."""

    entry: Entry
    month: str
    amount: Quantity


@dataclass(frozen=True)
class Behind:
    """Entries that are asked for: the question, the ledger that answers, and how much of it may be shown."""

    here: Here
    asked: Asked
    where: Where
    ledger: Ledger
    unit: Unit | None
    may_texts: bool
    names: Mapping[str, Mapping[str, str]]
    lacking: str

    @cached_property
    def sides(self) -> Sides:
        """What the entries come to on each side of the accounts."""
        return sides_of((one.keys[0], one.amount, one.rows) for one in self.ledger.sums(("side",), self.where))

    @cached_property
    def every(self) -> Sum:
        """All of the entries: their number, and their sum as booked."""
        return self.ledger.sums((), self.where)[0]

    @property
    def figures(self) -> tuple[tuple[str, Quantity], ...]:
        """The figures that the entries make: costs and income as positive amounts, and their net."""
        sides, netto = self.sides, self.asked.side in ("", NET)
        told = (
            (_("Kostnader"), sides.costs, self.asked.side in ("", NET, "kostnader")),
            (_("Intäkter"), sides.income, self.asked.side in ("", NET, "intakter")),
            (_("Nettokostnad"), sides.net, netto),
            (_("Investeringar"), sides.investment, bool(sides.investment.number)),
            (_("Finansiella poster"), sides.financial, bool(sides.financial.number)),
        )
        return tuple((word, Quantity(amount.number, KR, 2)) for word, amount, shown in told if shown)

    @property
    def total(self) -> Quantity:
        """The sum as booked, debit positive: the net cost where costs and income are asked for."""
        return Quantity(self.every.amount, KR, 2)

    @cached_property
    def accounts(self) -> tuple[AccountLine, ...]:
        """What they come to on each account."""
        sums = self.ledger.sums(("account",), self.where)
        names = self.names["account"]
        return tuple(
            AccountLine(
                one.keys[0], names.get(one.keys[0], ""), Quantity(one.amount, KR, 2), one.rows,
                replace(self.asked, account=one.keys[0]).query(),
            )
            for one in sums
        )  # fmt: skip

    def lines(self, page: int, order: str) -> tuple[EntryLine, ...]:
        """Give the entries of a page (from 1)."""
        found = self.ledger.entries(
            self.where, first=PER_PAGE, offset=(page - 1) * PER_PAGE, order="amount" if order == "belopp" else "month"
        )
        return tuple(EntryLine(one, _month(one), Quantity(one.amount, KR, 2)) for one in found.entries)

    def all_entries(self, most: int) -> Iterator[Entry]:
        """Give every entry, at most so many, for a file."""
        yield from self.ledger.entries(self.where, first=most).entries

    @property
    def pages(self) -> Paginator[int]:
        """The pages that the entries fill; ``range`` stands for them, because only one page is ever read."""
        return Paginator(range(self.every.rows), PER_PAGE)

    @property
    def words(self) -> tuple[str, ...]:
        """What is asked for, in words: "Ekonomistaben", "utfall", "kostnader", "januari–augusti 2024"."""
        asked = self.asked
        told = [self._unit_words(), KINDS[asked.entry_kind], _SIDE_WORDS.get(asked.side, "")]
        told.append(_between(self.where.first, self.where.last))
        for part in ("account", "activity", "project", "object", "counterpart"):
            code = getattr(asked, part)
            if code:
                told.append(f"{PARTS[part]} {self._code_words(part, code)}")
        if asked.without_internal:
            told.append(_("utan poster mot kommunen själv"))
        return tuple(word for word in told if word)

    def _unit_words(self) -> str:
        if self.asked.code:
            return f"{PARTS['unit']} {self._code_words('unit', self.asked.code)}"
        if self.unit is None:
            return _("hela kommunen")
        if self.asked.own:
            return _("{unit}, det som är gemensamt").format(unit=self.unit.name)
        if self.asked.financing == BESIDE:
            return _("intäktsfinansierade enheter under {unit}").format(unit=self.unit.name)
        return self.unit.name

    def _code_words(self, part: str, code: str) -> str:
        if code == NONE:
            return _("saknas")
        return f"{code} {self.names[part].get(code, '')}".strip()


def entries_behind(here: Here, asked: Asked) -> Behind:
    """Find the entries that an address asks for; a unit or month that does not exist is a Swedish 404."""
    unit = _unit(here, asked.unit)
    first, last = _months(here, asked)
    internal = internal_counterparts(here.actor) if asked.without_internal else frozenset()
    chosen = {plural: _set(getattr(asked, part)) for part, plural in _CODES.items()}
    codes = _codes(here, asked, unit, last)
    where = Where(
        kinds=frozenset({asked.entry_kind}), first=first, last=last, units=codes,
        sides=asked.sides, without_counterparts=internal, **chosen,
    )  # fmt: skip
    parts = {"account", "unit", *(part for part in _CODES if getattr(asked, part))}
    own = unit is not None and unit.pk in units_of(here.actor) and _are_own(here, codes or frozenset(), (first, last))
    return Behind(
        here, asked, where, ledger_of(here.actor), unit, own or _are_open(here, asked.entry_kind, (first, last)),
        {part: names_of(here.actor, part) for part in sorted(parts)}, _lacking(here, asked.entry_kind, first, last),
    )  # fmt: skip


def _unit(here: Here, slug: str) -> Unit | None:
    if not slug:
        return None
    found = reach(here.actor, Unit).filter(slug=slug).first()
    if found is None:
        raise Http404(_("Det finns ingen enhet som heter ”{name}”.").format(name=slug))
    return found


def _months(here: Here, asked: Asked) -> tuple[int, int]:
    """Give the months asked for; without any, the reporting date's year up to its month."""
    on = here.reporting_date.on
    told = (asked.first or str(on.year * 100 + 1), asked.last or asked.first or str(on.year * 100 + on.month))
    for month in told:
        if not (month.isascii() and month.isdigit() and len(month) == 6 and 1 <= int(month[4:]) <= 12):
            raise Http404(_("”{month}” är ingen månad. Skriv år och månad, till exempel 202408.").format(month=month))
    return int(told[0]), int(told[1])


def _codes(here: Here, asked: Asked, unit: Unit | None, last: int) -> frozenset[str] | None:
    """Give the responsibility codes that are meant, as the organisation was on the day that counts."""
    if unit is None:
        return _set(asked.code)
    try:
        on = date.fromisoformat(asked.on) if asked.on else last_day(last)
    except ValueError as error:
        raise Http404(_("”{day}” är ingen dag.").format(day=asked.on)) from error
    held = _held(code_tree(here.actor, on), asked, unit.pk)
    return held & {asked.code} if asked.code else held


def _held(tree: CodeTree, asked: Asked, unit: int) -> frozenset[str]:
    if asked.own:
        return tree.own(unit)
    if asked.financing == EVERYTHING:
        return tree.under(unit)
    return tree.under(unit) - tree.counted(unit) if asked.financing == BESIDE else tree.counted(unit)


def _set(code: str) -> frozenset[str] | None:
    return None if not code else frozenset({"" if code == NONE else code})


def _are_own(here: Here, codes: frozenset[str], months: tuple[int, int]) -> bool:
    """Say whether the codes were those of the reader's units both when the months begin and when they end.

    Texts can name persons. A code that has gone from one unit to another has the other's texts in its older months,
    and the organisation of another day can be asked for (``on``): so it is the months themselves that are judged.
    """
    mine = units_of(here.actor)
    trees = [code_tree(here.actor, last_day(month)) for month in sorted(set(months))]
    held = [tree.holders.get(code, frozenset()) for tree in trees for code in codes]
    return all(units and units <= mine for units in held)


def _are_open(here: Here, kind: EntryKind, months: tuple[int, int]) -> bool:
    """Say whether every source of the months has said that its texts may be shown to everybody."""
    sources = current_parts(here.actor).filter(kind=kind, month__gte=months[0], month__lte=months[1])
    return not sources.filter(source__texts_open=False).exists()


def _lacking(here: Here, kind: EntryKind, first: int, last: int) -> str:
    """Say which years of the period are not loaded, or not whole."""
    months = loaded(here.actor)
    told = []
    for year in range(first // 100, min(last // 100, first // 100 + 20) + 1):
        why = months.lacking(kind, year, last % 100 if year == last // 100 else 12)
        told += [why.text] if why else []
    return "; ".join(told)


def _between(first: int, last: int) -> str:
    begins, ends = (f"{MONTHS[month % 100 - 1]} {month // 100}" for month in (first, last))
    if first == last:
        return begins
    if (first % 100, last % 100) == (1, 12) and first // 100 == last // 100:
        return str(first // 100)
    return f"{begins.split()[0]}–{ends}" if first // 100 == last // 100 else f"{begins}–{ends}"


def _month(entry: Entry) -> str:
    return entry.day.isoformat() if entry.day else f"{entry.month // 100}-{entry.month % 100:02}"
