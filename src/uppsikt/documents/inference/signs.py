"""Which sign convention a table follows: what its words say, corrected by its costs, income and nets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from uppsikt.core.quantities import Quantity
from uppsikt.core.tables import ColumnRole, Measure, Row, RowRole, Sign, Table
from uppsikt.documents.inference.words import NET_COST_WORDS, RESULT_WORDS
from uppsikt.documents.model import Inferred

_CALCULATED = (ColumnRole.DEVIATION, ColumnRole.CHANGE)
_WORDS = {
    Sign.NET_COST: "Läst som nettokostnad (kostnader minus intäkter)",
    Sign.RESULT: "Läst som resultat (intäkter minus kostnader)",
}


def with_sign(table: Table, words: str) -> tuple[Table, Inferred]:
    """Give the table its convention, and say what it rests on. ``words`` are the title and the heading."""
    said = _said(words)
    counts = {sign: sum(sign in holds for holds in _shown(table)) for sign in _WORDS}
    more = max(counts, key=lambda sign: (counts[sign], sign is (said or Sign.NET_COST)))
    taken = more if counts[more] > counts[_other(more)] else said or Sign.NET_COST
    if counts[taken]:
        why = f": {counts[taken]} av tabellens netton stämmer så, {counts[_other(taken)]} på det andra sättet."
    else:
        why = ", som tabellens egna ord säger." if said else "; tabellen säger det inte själv."
    return replace(table, sign=taken), Inferred("", _WORDS[taken] + why)


def _other(sign: Sign) -> Sign:
    return Sign.RESULT if sign is Sign.NET_COST else Sign.NET_COST


def _said(words: str) -> Sign | None:
    small = words.casefold()
    if re.search(NET_COST_WORDS, small):
        return Sign.NET_COST
    return Sign.RESULT if re.search(RESULT_WORDS, small) else None


def _shown(table: Table) -> Iterator[set[Sign]]:
    """Give, for each net with its costs and income, the conventions under which its figures hold."""
    columns = [column for column in table.columns if column.role not in _CALCULATED]
    parts: dict[str, dict[Measure, Row]] = defaultdict(dict)
    for row in table.rows:
        if row.role is RowRole.OF_WHICH and row.parent is not None and row.measure:
            parts[row.parent][row.measure] = row
    for net, sides in parts.items():
        if not {Measure.COSTS, Measure.INCOME} <= sides.keys():
            continue
        for column in columns:
            keys = (net, sides[Measure.COSTS].key, sides[Measure.INCOME].key)
            told = [value for key in keys if isinstance(value := table.value(key, column.key), Quantity)]
            if len(told) == len(keys) and told[0].number:
                yield set(_holding(*(one.number for one in told), slack=_slack(told)))


def _holding(net: Decimal, costs: Decimal, income: Decimal, *, slack: Decimal) -> Iterator[Sign]:
    if abs(costs - income - net) <= slack:
        yield Sign.NET_COST
    if abs(income - costs - net) <= slack:
        yield Sign.RESULT


def _slack(values: Iterable[Quantity]) -> Decimal:
    return sum((Decimal(5).scaleb(-(value.decimals or 0) - 1) for value in values), Decimal(0))
