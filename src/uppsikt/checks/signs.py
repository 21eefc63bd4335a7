"""Which sign convention the rows of a table follow: declared by the table, corrected by its figures.

Net is costs − income where a table counts what things cost, and income − costs where a
revenue-financed administration shows its result; one printed table may hold both. Some print
costs with a minus. The reading under which most of the figures hold is taken; the table's own word
decides where the figures do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from uppsikt.checks.relations import ONE, Figures, Relation, Shape, Spot, Term, additive, fit
from uppsikt.core.tables import Column, ColumnRole, Measure, Row, RowRole, Sign, Table

_NET_COST, _RESULT = (ONE, -ONE), (-ONE, ONE)
_COSTS_BELOW_ZERO = ((ONE, ONE), (-ONE, -ONE))
_ENOUGH = 2  # columns: one that holds only the other way round is rather a slip than another convention
_CALCULATED = (ColumnRole.DEVIATION, ColumnRole.CHANGE)

Signs = tuple[Decimal, Decimal]  # with which sign costs and income enter the net


@dataclass(frozen=True)
class Block:
    """A net with its costs and income; ``items`` add up to the net where no row states it."""

    table: int
    costs: Row
    income: Row
    net: Row | None
    items: tuple[Row, ...] = ()

    def relation(self, column: Column, signs: Signs) -> Relation:
        """Say that net is costs and income with these signs, in a column."""
        costs, income = (Spot(self.table, row.key, column.key) for row in (self.costs, self.income))
        basis = "kostnader {0} minus intäkter {1} är {expected}"
        if signs == _RESULT:
            basis = "intäkter {1} minus kostnader {0} är {expected}"
        elif signs in _COSTS_BELOW_ZERO:
            basis = "kostnader {0} och intäkter {1} blir tillsammans {expected}"
        if self.net is not None:
            law = f"”{self.net.label}” ({{target}}) ska vara skillnaden mellan kostnader och intäkter"
            terms = (Term(costs, signs[0]), Term(income, signs[1]))
            return Relation(Shape.EQUAL, Spot(self.table, self.net.key, column.key), terms, basis, law)
        items = tuple(Term(Spot(self.table, row.key, column.key), signs[0]) for row in self.items)
        return Relation(
            Shape.EQUAL,
            costs,
            (*items, Term(income, -signs[0] * signs[1])),
            basis=f"de {len(items)} raderna och intäkterna blir tillsammans {{expected}}",
            law=f"”{self.costs.label}” ({{target}}) ska vara radernas nettokostnad plus intäkterna",
        )


def blocks(table: Table, at: int) -> Iterator[Block]:
    """Find costs and income that stand under the same row, and the net that they make."""
    for costs in table.rows:
        if costs.measure is not Measure.COSTS or costs.role is not RowRole.OF_WHICH:
            continue
        income = [r for r in table.children(costs.parent, RowRole.OF_WHICH) if r.measure is Measure.INCOME]
        if len(income) != 1:
            continue
        if costs.parent is not None and (parent := table.row(costs.parent)).role is not RowRole.HEADING:
            yield Block(at, costs, income[0], parent)
            continue
        items = tuple(r for r in table.children(costs.parent, RowRole.ITEM, RowRole.SUM) if _is_net(r))
        nets = [row for row in items if row.role is RowRole.SUM] or [r for r in items if r.measure is Measure.NET]
        if len(nets) == 1:
            yield Block(at, costs, income[0], nets[0])
        elif len(items) > 1 and all(row.role is RowRole.ITEM for row in items):
            yield Block(at, costs, income[0], None, items)


def _is_net(row: Row) -> bool:
    return row.measure in (Measure.NET, Measure.NONE)


def net_columns(table: Table) -> tuple[Column, ...]:
    """Give the columns in which net is costs and income: not those that are calculated from others."""
    return tuple(c for c in table.columns if additive(table, c) and c.role not in _CALCULATED)


def signs_of(figures: Figures, block: Block) -> Signs | None:
    """Give the signs under which the block's figures hold best; None when nothing tells them."""
    table = figures.tables[block.table]
    declared = {Sign.NET_COST: _NET_COST, Sign.RESULT: _RESULT}.get(table.sign)
    columns = net_columns(table)
    held = {s: fit([block.relation(c, s) for c in columns], figures) for s in (_NET_COST, _RESULT)}
    other = _RESULT if declared == _NET_COST else _NET_COST
    if declared is not None and held[other].held - held[declared].held < _ENOUGH:
        return _with_costs_below_zero(figures, block, declared)
    best = max(held, key=lambda s: held[s].score)
    return best if held[best].held else declared


def _with_costs_below_zero(figures: Figures, block: Block, declared: Signs) -> Signs:
    """Believe that costs are printed with a minus only where the table's figures hold twice or more that way."""
    table = figures.tables[block.table]
    found = list(blocks(table, block.table))
    scores = {
        s: fit([one.relation(c, s) for one in found for c in net_columns(table)], figures)
        for s in (declared, *_COSTS_BELOW_ZERO)
    }
    best = max(scores, key=lambda s: scores[s].score)
    return best if scores[best].held - scores[declared].held >= _ENOUGH else declared


def counts_result(figures: Figures, at: int) -> frozenset[str]:
    """Give the rows of a table that show a result (positive when it earns) and not a net cost."""
    if at not in figures.results:
        figures.results[at] = _counts_result(figures, at)
    return figures.results[at]


def _counts_result(figures: Figures, at: int) -> frozenset[str]:
    table = figures.tables[at]
    told = {block.net.key: signs_of(figures, block) for block in blocks(table, at) if block.net is not None}
    declared = table.sign is Sign.RESULT
    return frozenset(
        row.key
        for row in table.rows
        if row.measure not in (Measure.COSTS, Measure.INCOME)
        and (told[row.key] == _RESULT if told.get(row.key) in (_NET_COST, _RESULT) else declared)
    )
