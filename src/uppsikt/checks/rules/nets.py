"""NET: net cost is costs less income."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.registry import rule
from uppsikt.checks.relations import ONE, Figures, Relation, Shape, Spot, Term
from uppsikt.checks.signs import blocks, net_columns, signs_of
from uppsikt.core.tables import Column, ColumnRole, RowRole, Table

_AMOUNTS = (ColumnRole.OUTCOME, ColumnRole.FORECAST, ColumnRole.BUDGET)


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
        for group in {column.group: None for column in table.columns if column.group}:
            yield from _across(table, at, [column for column in table.columns if column.group == group])


def _across(table: Table, at: int, columns: list[Column]) -> Iterator[Relation]:
    """Say that an amount is expenditure less receipts where the three stand side by side."""
    by_role = {role: [c for c in columns if c.role is role] for role in ColumnRole}
    out, received = by_role[ColumnRole.EXPENDITURE], by_role[ColumnRole.RECEIPTS]
    amounts = [column for role in _AMOUNTS for column in by_role[role]]
    if not len(out) == len(received) == len(amounts) == 1:
        return
    for row in table.rows:
        if row.role is not RowRole.HEADING:
            spots = [Spot(at, row.key, column.key) for column in (*amounts, *out, *received)]
            yield Relation(
                Shape.EQUAL,
                spots[0],
                (Term(spots[1]), Term(spots[2], -ONE)),
                basis="utgifter {0} minus inkomster {1} är {expected}",
                law="nettot ({target}) ska vara utgifter minus inkomster",
            )
