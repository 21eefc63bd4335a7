"""Which rows of a file of period balances can be added without counting anything twice.

A row without objects is the account's total, and rows with objects are parts of it. But programs differ: some write
there only what no object has, and some write a set of rows for each dimension, each a cut through the same amounts.
What the accounts came to over the year (#RES, or #UB less #IB) tells which a file is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from uppsikt.exchange.sie.file import Balance, SieFile

Dimensions = frozenset[str]


@dataclass(frozen=True)
class Parts:
    """How rows are added: only those whose dimensions are among ``sets``; ``rest`` says that a row without objects
    is what no other row tells, instead of the total.
    """

    sets: frozenset[Dimensions]
    rest: bool


@dataclass
class _Sums:
    """The sums of a group of rows: without objects, and with."""

    total: Decimal = Decimal(0)
    parts: Decimal = Decimal(0)
    has_total: bool = False
    sets: set[Dimensions] = field(default_factory=set)


def parts_of(file: SieFile, label: str, mapping: Mapping[str, str]) -> Parts:
    """Judge the rows of a label (PSALDO or PBUDGET) of the file's own year."""
    rows = [one for one in file.balances if one.kind == label and file.in_year(one)]
    sets = frozenset(dimensions_of(one) for one in rows if one.objects)
    rest = _is_rest(file)
    if len(sets) < 2 or rest or _are_combinations(rows, _expected(file) if label == "PSALDO" else {}):
        return Parts(sets, rest)

    def worth(dimensions: Dimensions) -> tuple[bool, int, int]:
        told = {mapping[one] for one in dimensions if one in mapping}
        return "unit" in told, len(told), sum(dimensions_of(one) == dimensions for one in rows)

    return Parts(frozenset({max(sorted(sets, key=sorted), key=worth)}), rest)


def dimensions_of(one: Balance) -> Dimensions:
    """Give the dimensions that a row's objects are of."""
    return frozenset(dimension for dimension, _ in one.objects)


def _expected(file: SieFile) -> dict[str, Decimal]:
    """Give what each account came to over the year, where the file tells it."""
    told: dict[str, dict[str, Decimal]] = {"IB": {}, "UB": {}, "RES": {}}
    for one in file.balances:
        if one.year == 0 and one.kind in told:
            told[one.kind].setdefault(one.account, one.amount)
    changed = {account: amount - told["IB"].get(account, Decimal(0)) for account, amount in told["UB"].items()}
    return {**changed, **told["RES"]}


def _is_rest(file: SieFile) -> bool:
    """Say whether rows without objects are what no object has; asked of the outcome, whose sums the file tells."""
    expected, votes = _expected(file), 0
    rows = [one for one in file.balances if one.kind == "PSALDO" and file.in_year(one)]
    for account, sums in _grouped((one.account, one) for one in rows).items():
        if sums.has_total and sums.sets and account in expected:
            votes += (sums.total + sums.parts == expected[account]) - (sums.total == expected[account])
    return votes > 0


def _are_combinations(rows: list[Balance], expected: Mapping[str, Decimal]) -> bool:
    """Say whether rows of different dimensions never overlap: all together they come to what they should."""
    votes = 0
    for sums in _grouped((f"{one.period} {one.account}", one) for one in rows).values():
        if sums.has_total and len(sums.sets) > 1:
            votes += 1 if sums.total == sums.parts else -1
    for account, sums in _grouped((one.account, one) for one in rows).items():
        if not sums.has_total and len(sums.sets) > 1 and account in expected:
            votes += 1 if sums.parts == expected[account] else -1
    return votes > 0


def _grouped(rows: Iterable[tuple[str, Balance]]) -> dict[str, _Sums]:
    groups: dict[str, _Sums] = defaultdict(_Sums)
    for key, one in rows:
        sums = groups[key]
        if one.objects:
            sums.parts += one.amount
            sums.sets.add(dimensions_of(one))
        else:
            sums.total += one.amount
            sums.has_total = True
    return groups
