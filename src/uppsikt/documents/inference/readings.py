"""Where a table can be read in two ways both are tried, and the one under which more of it holds is taken.

``Holds`` says how many relations of a table hold less those that do not. The first reading stands
until another holds better; what was taken and what it was weighed against is told in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from uppsikt.core.tables import ColumnRole, Measure, Row, RowRole, Table
from uppsikt.documents.inference.measures import is_side, says_part
from uppsikt.documents.inference.signs import with_sign
from uppsikt.documents.inference.words import FRAME, INCOME_PERHAPS
from uppsikt.documents.model import Inferred

Holds = Callable[[Table], int]
_ROUNDS = 4  # how many readings of one sort are taken in a table
_LONG = 1000  # rows: a longer table is a list, and weighing it would take too long
_SIDES = (Measure.COSTS, Measure.INCOME)


@dataclass(frozen=True)
class _Other:
    """Another reading of a table, where it differs, and the words for it and for the first one."""

    table: Table
    where: str
    words: str
    instead: str

    def text(self, told: int, score: int) -> str:
        """Say which reading was taken, and how much better it holds."""
        return f"Läst som {self.words} i stället för {self.instead}: fler samband stämmer så ({told} mot {score})."


def best_reading(table: Table, holds: Holds | None, words: str) -> tuple[Table, tuple[Inferred, ...]]:
    """Give the reading that holds best, and what was concluded. ``words`` are the table's title and heading."""
    table, sign = with_sign(table, words)
    if holds is None or len(table.rows) > _LONG:
        return table, (sign,)
    inferred: list[Inferred] = []
    score = holds(table)
    for others in _ALTERNATIVES:
        for _ in range(_ROUNDS):
            better = _better(others(table), holds, score)
            if better is None:
                break
            other, told = better
            inferred.append(Inferred(other.where, other.text(told, score)))
            table, score = other.table, told
    table, sign = with_sign(table, words)
    return table, (sign, *inferred)


def _better(others: Iterator[_Other], holds: Holds, score: int) -> tuple[_Other, int] | None:
    """Give the first reading that holds better than the score, and how well it holds."""
    for other in others:
        told = holds(other.table)
        if told > score:
            return other, told
    return None


def _changed(table: Table, changes: dict[str, Row]) -> Table:
    return replace(table, rows=tuple(changes.get(row.key, row) for row in table.rows))


def _triples(table: Table) -> Iterator[_Other]:
    """Read costs, income and a net that stand together, whichever comes first, as the parts of the net."""
    changes: dict[str, Row] = {}
    single: list[_Other] = []
    rows = table.rows
    for at in range(len(rows) - 1):
        pair = rows[at : at + 2]
        if not all(row.role in (RowRole.ITEM, RowRole.SUM, RowRole.OF_WHICH) and is_side(row.label) for row in pair):
            continue
        if (
            any(says_part(row.label) for row in pair)
            or {row.measure for row in pair} != set(_SIDES)
            or any(row.key in changes for row in pair)
        ):
            continue
        for net in rows[at + 2 : at + 3] + rows[max(0, at - 1) : at][:1]:
            if net.role in (RowRole.ITEM, RowRole.SUM) and net.measure is Measure.NET:
                tried = {row.key: replace(row, role=RowRole.OF_WHICH, parent=net.key) for row in pair}
                tried[net.key] = replace(net, role=RowRole.ITEM, parent=_outside(net, pair))
                changes |= tried
                single.append(
                    _Other(_changed(table, tried), f"row:{net.key}", "kostnader och intäkter till nettot", "poster")
                )
                break
    if len(single) > 1:
        yield _Other(_changed(table, changes), "", "kostnader och intäkter till varje netto", "poster")
    yield from single


def _outside(net: Row, pair: Sequence[Row]) -> str | None:
    return None if net.parent in {row.key for row in pair} else net.parent


def _of_heading(table: Table) -> Iterator[_Other]:
    """Read costs and income under the last item of a group as those of the whole group, or of the whole table."""
    by_key = {row.key: row for row in table.rows}
    pairs: dict[str, list[Row]] = {}
    for row in table.rows:
        if row.role is RowRole.OF_WHICH and row.measure in _SIDES and row.parent is not None:
            pairs.setdefault(row.parent, []).append(row)
    for parent, rows in pairs.items():
        item = by_key[parent]
        others = [row for row in table.rows if row.role is RowRole.ITEM and row.parent == item.parent and row != item]
        alone = not any(other.key in pairs for other in others)
        if len(rows) == 2 and item.role is RowRole.ITEM and others and alone:
            moved = {row.key: replace(row, parent=item.parent) for row in rows} | _outside_group(table, item, rows[-1])
            yield _Other(_changed(table, moved), f"row:{rows[0].key}", "hela gruppens", f"”{item.label}”")


def _outside_group(table: Table, item: Row, last: Row) -> dict[str, Row]:
    """Take what follows a group's costs and income out of the group."""
    group = next((row for row in table.rows if row.key == item.parent), None)
    after = table.rows[table.rows.index(last) + 1 :]
    parent = group.parent if group else None
    return {row.key: replace(row, parent=parent) for row in after if row.parent == item.parent}


def _flat(table: Table) -> Iterator[_Other]:
    """Read rows that only stand further in than the row above as rows like the others."""
    by_key = {row.key: row for row in table.rows}
    indented = [
        row
        for row in table.rows
        if row.role is RowRole.OF_WHICH and row.measure not in _SIDES and not says_part(row.label) and row.parent
    ]
    changes = {
        row.key: replace(row, role=RowRole.ITEM, parent=by_key[row.parent or ""].parent, measure=Measure.NET)
        for row in indented
    }
    if changes:
        yield _Other(_changed(table, changes), "", "rader för sig", "delar av raden ovanför")


def _frames(table: Table) -> Iterator[_Other]:
    """Read a decided frame that is printed for comparison as standing beside the sums."""
    frames = [row for row in table.rows if row.role is RowRole.ITEM and re.match(FRAME, row.label.casefold())]
    changes = {row.key: replace(row, role=RowRole.NOTE) for row in frames}
    if frames and any(row.role is RowRole.SUM for row in table.rows):
        yield _Other(_changed(table, changes), f"row:{frames[0].key}", "jämförelse", "en post")


def _income(table: Table) -> Iterator[_Other]:
    """Read rows whose words may mean income as income, where a deviation tells the two apart."""
    if not table.columns_of(ColumnRole.DEVIATION):
        return
    rows = [r for r in table.rows if r.measure is Measure.NET and re.search(INCOME_PERHAPS, r.label.casefold())]
    for row in rows:
        changed = {row.key: replace(row, measure=Measure.INCOME)}
        yield _Other(_changed(table, changed), f"row:{row.key}", "intäkt", "kostnad")


def _mixed_sums(table: Table) -> Iterator[_Other]:
    """Read a total over costs and income that are both printed without minus as no sum of them."""
    measures = {row.measure for row in table.rows if row.role is RowRole.ITEM}
    for row in table.rows:
        if row.role is RowRole.SUM and row.measure is Measure.NET and set(_SIDES) <= measures:
            yield _Other(_changed(table, {row.key: replace(row, role=RowRole.ITEM)}), f"row:{row.key}", "post", "summa")


_ALTERNATIVES = (_triples, _of_heading, _flat, _mixed_sums, _frames, _income)
