"""NET: net cost is costs less income."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from uppsikt.checks.registry import rule
from uppsikt.checks.relations import ONE, Figures, Relation, Shape, Spot, Term, fit
from uppsikt.checks.signs import blocks, net_columns, signs_of
from uppsikt.core.tables import Column, ColumnRole, Measure, RowRole, Table

# With which signs costs and income enter the net: a net cost, a result, costs with a minus (as a result, as a cost).
_SIGNS = ((ONE, -ONE), (-ONE, ONE), (ONE, ONE), (-ONE, -ONE))
_WORDS = (
    (r"\bnetto|\bresultat", Measure.NET),
    (r"\bkostnad|\butgift", Measure.COSTS),
    (r"\bintäkt|\binkomst", Measure.INCOME),
)
_AMOUNTS = (ColumnRole.OUTCOME, ColumnRole.FORECAST, ColumnRole.BUDGET)


class _Columns(NamedTuple):
    costs: Column
    income: Column
    net: Column


@rule(code="NET", title="Kostnader minus intäkter är inte nettot", order=20)
def rule_net(figures: Figures) -> Iterator[Relation]:
    """Nettokostnaden ska vara kostnader minus intäkter, resultatet intäkter minus kostnader.

    Vilket av dem en tabell visar läses ur tabellen; en intäktsfinansierad förvaltning visas ofta med sitt
    resultat i en tabell som annars visar nettokostnader. Detsamma gäller utgifter och inkomster.

    Källa: Nettokostnad är ett begrepp i den kommunala redovisningen (LKBR 5 kap.).

    Stämmer:
        | tkr, nettokostnad | Utfall 2024 |
        |-------------------|------------:|
        | Nettokostnad      |         800 |
        | varav kostnader   |       1 000 |
        | varav intäkter    |         200 |

    Stämmer inte:
        | tkr, nettokostnad | Utfall 2024 |
        |-------------------|------------:|
        | Nettokostnad      |         850 |
        | varav kostnader   |       1 000 |
        | varav intäkter    |         200 |

        => NET Nettokostnad / Utfall 2024: 850, ska vara 800
    """
    for at, table in enumerate(figures.tables):
        for block in blocks(table, at):
            signs = signs_of(figures, block)
            if signs is not None:
                yield from (block.relation(column, signs) for column in net_columns(table))
        for columns in _side_by_side(table):
            yield from _across(figures, at, columns)


def _side_by_side(table: Table) -> Iterator[_Columns]:
    """Give costs, income and their net where the three stand as columns of the same kind, year and group."""
    kinds: dict[tuple[object, ...], list[Column]] = {}
    for column in table.columns:
        kind = (column.group,) if column.group else (column.role, column.period)
        kinds.setdefault(kind, []).append(column)
    alone = [column for column in table.columns if not column.group]
    for found in [*kinds.values(), *([] if alone in kinds.values() else [alone])]:
        sides = {side: [c for c in found if _side(c) is side] for side in (Measure.COSTS, Measure.INCOME, Measure.NET)}
        if all(len(columns) == 1 for columns in sides.values()):
            yield _Columns(*(columns[0] for columns in sides.values()))


def _side(column: Column) -> Measure:
    """Give what a column tells: by its role, its own words, or as the only amount beside the two sides."""
    words = column.label.removeprefix(column.group).casefold()
    by_role = {ColumnRole.EXPENDITURE: Measure.COSTS, ColumnRole.RECEIPTS: Measure.INCOME}.get(column.role)
    said = next((side for pattern, side in _WORDS if re.search(pattern, words)), Measure.NONE)
    return by_role or said or (Measure.NET if column.role in _AMOUNTS and column.group else Measure.NONE)


def _across(figures: Figures, at: int, columns: _Columns) -> Iterator[Relation]:
    """Say that the net is made of costs and income, with the signs under which most rows hold."""
    readings = [_with_signs(figures.tables[at], at, columns, signs) for signs in _SIGNS]
    told, best = max(((fit(reading, figures), reading) for reading in readings), key=lambda pair: pair[0].score)
    if told.held > told.missed or told.held + told.missed == 1:
        yield from best


def _with_signs(table: Table, at: int, columns: _Columns, signs: tuple[Decimal, Decimal]) -> list[Relation]:
    first, second = (
        ("utgifter", "inkomster") if "utgift" in columns.costs.label.casefold() else ("kostnader", "intäkter")
    )
    basis = f"{first} {{0}} minus {second} {{1}}"
    if signs == (-ONE, ONE):
        basis = f"{second} {{1}} minus {first} {{0}}"
    elif signs[0] == signs[1]:
        basis = f"{first} {{0}} och {second} {{1}} tillsammans"
    return [
        Relation(
            Shape.EQUAL,
            Spot(at, row.key, columns.net.key),
            (
                Term(Spot(at, row.key, columns.costs.key), signs[0]),
                Term(Spot(at, row.key, columns.income.key), signs[1]),
            ),
            basis=f"{basis} är {{expected}}",
            law=f"nettot ({{target}}) ska vara {first} minus {second}",
        )
        for row in table.rows
        if row.role is not RowRole.HEADING
    ]
