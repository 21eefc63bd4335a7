"""A SIE file as entries of the ledger.

Dimensions become parts of the code string by a mapping that is chosen for each source. Vouchers (types 4 and 4i) are
entries as they stand. Period balances (types 2 and 3) are the changes of their months; the row of an account without
objects is its total, and rows with objects are parts of it (``parts`` tells when a program means it otherwise): parts
are kept, and of the total what no part tells, so that nothing is counted twice; months with nothing are left out.
Periods of the year's closing (13 to 15) are booked in its last month, as they are from a table.
Type 1 tells the year only: each result becomes one entry in the year's last month.
Period budgets become entries of the budget.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from uppsikt.core.economy.ledger import CODE_PARTS, Entry, EntryFault, EntryKind
from uppsikt.exchange.ledger_table.headings import said_by
from uppsikt.exchange.sie.file import Balance, SieFile
from uppsikt.exchange.sie.parts import dimensions_of, parts_of

Objects = tuple[tuple[str, str], ...]
_RESERVED = {"1": "unit", "6": "project"}  # what the format says that these dimensions are


@dataclass(frozen=True)
class SieEntries:
    """The entries of a file, in its order, what could not become entries, and the names of the codes by part."""

    entries: tuple[Entry, ...]
    faults: tuple[EntryFault, ...] = ()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


def suggested_mapping(file: SieFile) -> dict[str, str]:
    """Suggest which part of the code string each dimension is, by its name and by what the format reserves.

    A dimension that is nothing of ours is left out. Of several that could be the same part the one whose name says
    it is taken, then the one with the lowest number.
    """
    told = {**{number: "" for number, _ in file.objects}, **file.dimensions}
    named = {
        number: said.field for number, name in told.items() if (said := said_by(name)) and said.field in CODE_PARTS
    }
    mapping: dict[str, str] = {}
    for number in sorted(told, key=lambda one: (one not in named, len(one), one)):
        part = named.get(number) or (_RESERVED.get(number, "") if not told[number] or number in _RESERVED else "")
        if part and part != "account" and part not in mapping.values():
            mapping[number] = part
    return mapping


def entries_of(file: SieFile, mapping: Mapping[str, str], *, otherwise: Mapping[str, str] | None = None) -> SieEntries:
    """Give the entries of a file.

    ``mapping`` is the code part of each dimension. ``otherwise`` is, by part, the code of an entry that has no object
    of the part's dimension: a file of a whole municipality may need a unit for its balance accounts. What is wrong in
    the file itself stands in its own faults; here is only what could not become an entry.
    """
    return _Making(file, mapping, otherwise or {}).made()


class _Making:
    """Makes entries and gathers what could not be made."""

    def __init__(self, file: SieFile, mapping: Mapping[str, str], otherwise: Mapping[str, str]) -> None:
        self.file, self.otherwise = file, dict(otherwise)
        # Parents first: where an entry has both, the object of the sub-dimension is the one that counts.
        self.mapping = dict(sorted(mapping.items(), key=lambda one: self._depth(one[0])))
        self.faults: list[EntryFault] = []
        self.codes: dict[Objects, dict[str, str]] = {}

    def _depth(self, dimension: str) -> int:
        depth, seen = 0, set()
        while dimension in self.file.parents and dimension not in seen:
            seen.add(dimension)
            dimension, depth = self.file.parents[dimension], depth + 1
        return depth

    def made(self) -> SieEntries:
        """Make them all."""
        file = self.file
        if file.currency not in ("", "SEK"):
            said = f"Filen är i {file.currency[:20]} och inte i kronor. Beloppen läses som de står."
            self._fault("currency", 0, file.currency, said)
        if file.vouchers:
            made = list(self._from_vouchers())
        elif any(one.kind == "PSALDO" and one.year == 0 for one in file.balances):
            made = list(self._from_periods("PSALDO", EntryKind.OUTCOME))
        else:
            made = list(self._from_results())
        made += self._from_periods("PBUDGET", EntryKind.BUDGET)
        return SieEntries(tuple(made), tuple(sorted(self.faults, key=lambda one: one.line)), self._names())

    def _from_vouchers(self) -> Iterator[Entry]:
        for voucher in self.file.vouchers:
            name = f"{voucher.series} {voucher.number}".strip()
            for one in voucher.entries:
                if one.day is None:
                    self._fault("no_period", one.line, "", "Varken raden eller verifikationen har ett datum.")
                elif _whole_ore(one.amount):
                    month = one.day.year * 100 + one.day.month
                    made = _made(EntryKind.OUTCOME, month, one.account, one.amount, self._codes(one.objects))
                    yield replace(made, day=one.day, voucher=name, text=one.text or voucher.text)
                else:
                    self._fault("bad_amount", one.line, f"{one.amount:f}", "Beloppet har fler än två decimaler.")

    def _from_periods(self, label: str, kind: EntryKind) -> Iterator[Entry]:
        """Make entries of the changes of the year's months: the parts, and of each total what no part tells."""
        rows = [one for one in self.file.balances if one.kind == label and self.file.in_year(one)]
        together: dict[tuple[str, str], list[Balance]] = defaultdict(list)
        months: dict[str, int] = {}
        for one in rows:
            month = self.file.month_of(one.period)
            if month is None:
                self._fault("bad_period", one.line, one.period, f"”{one.period[:20]}” är ingen månad.")
            else:
                months[one.period] = month
                together[one.period, one.account].append(one)
        added = parts_of(self.file, label, self.mapping)
        for (period, _), several in together.items():
            totals = [one for one in several if not one.objects]
            parts = [one for one in several if one.objects and dimensions_of(one) in added.sets]
            rest = _sum(totals) - (0 if added.rest else _sum(parts))
            for one in parts:
                yield from self._entry(kind, months[period], one, one.amount)
            if totals:
                yield from self._entry(kind, months[period], totals[0], rest)

    def _from_results(self) -> Iterator[Entry]:
        year = self.file.years.get(0)
        results = [one for one in self.file.balances if one.kind == "RES" and one.year == 0]
        if not results:
            return
        if year is None:
            self._fault("no_period", results[0].line, "", "Filen säger inte vilket år resultatet gäller (#RAR 0).")
            return
        month = year.end.year * 100 + year.end.month
        said = f"Filen har bara hela årets resultat. Varje konto blir en post i årets sista månad, {month}."
        self._fault("whole_year", results[0].line, str(month), said)
        for one in results:
            yield from self._entry(EntryKind.OUTCOME, month, one, one.amount)

    def _entry(self, kind: EntryKind, month: int, told: Balance, amount: Decimal) -> Iterator[Entry]:
        """Make an entry of a balance that is something."""
        if not _whole_ore(amount):
            self._fault("bad_amount", told.line, f"{amount:f}", "Beloppet har fler än två decimaler.")
        elif amount:
            yield _made(kind, month, told.account, amount, self._codes(told.objects))

    def _codes(self, objects: Objects) -> dict[str, str]:
        """Give the codes of an object list by part; the unit is always told, if only as an empty code."""
        known = self.codes.get(objects)
        if known is None:
            known = {"unit": "", **self.otherwise}
            given = dict(objects)
            for dimension, part in self.mapping.items():
                if given.get(dimension):
                    known[part] = given[dimension]
            self.codes[objects] = known
        return known

    def _names(self) -> dict[str, dict[str, str]]:
        names: dict[str, dict[str, str]] = {"account": dict(self.file.accounts)}
        for (dimension, code), name in self.file.objects.items():
            if dimension in self.mapping and code:
                names.setdefault(self.mapping[dimension], {}).setdefault(code, name)
        return names

    def _fault(self, code: str, line: int, value: str, message: str) -> None:
        self.faults.append(EntryFault(code, line, "", value, message))


def _made(kind: EntryKind, month: int, account: str, amount: Decimal, codes: Mapping[str, str]) -> Entry:
    get = codes.get
    return Entry(
        kind, month, account, get("unit", ""), amount, activity=get("activity", ""), project=get("project", ""),
        object=get("object", ""), counterpart=get("counterpart", ""),
    )  # fmt: skip


def _sum(rows: Iterable[Balance]) -> Decimal:
    return sum((one.amount for one in rows), Decimal(0))


def _whole_ore(amount: Decimal) -> bool:
    """Say whether an amount has no parts of an öre."""
    return amount * 100 == (amount * 100).to_integral_value()
