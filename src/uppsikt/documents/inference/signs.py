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
_PLANNED = (ColumnRole.BUDGET, ColumnRole.PHASED_BUDGET)
_ACTUAL = (ColumnRole.OUTCOME, ColumnRole.FORECAST)
_WORDS = {
    Sign.NET_COST: "Läst som nettokostnad (kostnader minus intäkter)",
    Sign.RESULT: "Läst som resultat (intäkter minus kostnader)",
}


def with_sign(table: Table, words: str) -> tuple[Table, Inferred]:
    """Give the table its convention, and say what it rests on. ``words`` are the title and the heading.

    First its nets with costs and income, then what its words say for sure, then its deviations, then
    what its words hint at; else net cost.
    """
    for found, what in ((_shown(table), "netton"), (_words_of(table, words), ""), (_deviating(table), "avvikelser")):
        holds = list(found)
        counts = {sign: sum(sign in one for one in holds) for sign in _WORDS}
        taken = max(counts, key=lambda sign: counts[sign])
        if counts[taken] > counts[_other(taken)]:
            why = f": {counts[taken]} av tabellens {what} stämmer så, {counts[_other(taken)]} på det andra sättet."
            return _told(table, taken, why if what else ", som tabellens egna ord säger.")
    return _told(table, Sign.NET_COST, "; tabellen säger det inte själv.")


def _told(table: Table, sign: Sign, why: str) -> tuple[Table, Inferred]:
    return replace(table, sign=sign), Inferred("", _WORDS[sign] + why)


def _other(sign: Sign) -> Sign:
    return Sign.RESULT if sign is Sign.NET_COST else Sign.NET_COST


def _words_of(table: Table, words: str) -> Iterator[set[Sign]]:
    """Give what the title and the heading say, else the labels of the totals.

    A net cost below zero under its own name is told as a result: "Verksamhetens nettokostnader −1 470".
    """
    for text, rows in ((words, ()), ("", tuple(row for row in table.rows if row.role is RowRole.SUM))):
        labels = f"{text} {' '.join(row.label for row in rows)}".casefold()
        costs, results = re.search(NET_COST_WORDS, labels), re.search(RESULT_WORDS, labels)
        if costs and results:
            named = [row.key for row in rows if re.search(NET_COST_WORDS, row.label.casefold())]
            figures = [
                cell.value.number
                for (row, _), cell in table.cells.items()
                if row in named and isinstance(cell.value, Quantity)
            ]
            below = sum(number < 0 for number in figures)
            yield {Sign.RESULT if below * 2 > len(figures) else Sign.NET_COST}
        elif costs or results:
            yield {Sign.NET_COST if costs else Sign.RESULT}
        if costs or results:
            return


def _deviating(table: Table) -> Iterator[set[Sign]]:
    """Give, for each deviation of a net, the conventions under which it is good when positive."""
    nets = [row for row in table.rows if row.measure is Measure.NET]
    planned, actual = table.columns_of(*_PLANNED), table.columns_of(*_ACTUAL)
    for deviation in table.columns_of(ColumnRole.DEVIATION):
        pairs = [(p.key, a.key) for p in planned for a in actual if p.group == a.group == deviation.group]
        for row in nets:
            cell = table.cells.get((row.key, deviation.key))
            if cell is None or not isinstance(cell.value, Quantity) or not cell.value.number:
                continue
            for plan, told in pairs:
                values = [found.value for key in (plan, told) if (found := table.cells.get((row.key, key))) is not None]
                known = [value for value in values if isinstance(value, Quantity)]
                if len(known) == 2:
                    numbers = (cell.value.number, *(one.number for one in known))
                    yield set(_holding(*numbers, slack=_slack((cell.value, *known))))


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
    return sum((value.half_step for value in values), Decimal(0))
