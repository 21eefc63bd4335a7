"""Which rows the figures show to be sums: a total that no word calls so, a result that runs on from the one above.

Words that may mean a sum ("Nettokostnad", "Årets resultat", a bold row) are believed when most columns
add up; a row without such words only when all do, in two columns or more. Rounding is allowed for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from uppsikt.core.tables import Measure, Row, RowRole
from uppsikt.documents.inference.lines import Line
from uppsikt.documents.inference.measures import is_side
from uppsikt.documents.inference.rows import is_women_or_men
from uppsikt.documents.inference.words import BRIDGE_ENDS, FRAME_OF_YEAR, SUM_HARDLY, SUM_PERHAPS, TOTALS

_HALF = Decimal("0.5")
_SURE = 2  # columns that must add up where no word helps
_FAR = 60  # rows: further up nobody looks for what a row without the words of a sum adds up
_TRUSTED = 9  # times as far for one with such words
_MANY = 2  # rows that a sum adds, at least


@dataclass(frozen=True, slots=True)
class _Fit:
    agree: int
    miss: int


def with_money_totals(rows: Sequence[Row], lines: Sequence[Line]) -> tuple[Row, ...]:
    """Give the rows of a table of money with those made sums that the figures show to be sums."""
    return tuple(_Totals(_with_sums_above(rows, lines), lines).read())


def with_counted_totals(rows: Sequence[Row], lines: Sequence[Line]) -> tuple[Row, ...]:
    """Give the rows of a table that is not of money with its totals: sums where the figures add up.

    A total that stands under women and men and does not add up is what they are parts of: a mean.
    """
    by_key = {line.key: line for line in lines}
    told = list(rows)
    for at, row in enumerate(rows):
        if row.role is not RowRole.ITEM or row.label.casefold().rstrip(":") not in TOTALS:
            continue
        above = [one for one in told[max(0, at - _FAR) : at] if one.role is RowRole.ITEM and one.parent == row.parent]
        fit = _fit(by_key[row.key], [by_key[one.key] for one in above])
        if fit.agree and fit.agree >= fit.miss:
            told[at] = replace(row, role=RowRole.SUM)
        elif len(above) >= _MANY and all(is_women_or_men(one.label) for one in above[-_MANY:]):
            parts = {one.key for one in above[-_MANY:]}
            told = [replace(o, role=RowRole.BREAKDOWN, parent=row.key) if o.key in parts else o for o in told]
    return tuple(told)


def _with_sums_above(rows: Sequence[Row], lines: Sequence[Line]) -> tuple[Row, ...]:
    """Give rows that stand over their parts as sums of them, where most such rows of the table add up."""
    by_key = {line.key: line for line in lines}
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.role is RowRole.OF_WHICH and row.parent is not None and not is_side(row.label):
            parts[row.parent].append(row)
    wholes = {row.key: row for row in rows if row.role is RowRole.ITEM and len(parts[row.key]) >= _MANY}
    fits = [_fit(by_key[key], [by_key[part.key] for part in parts[key]]) for key in wholes]
    agree, miss = sum(fit.agree for fit in fits), sum(fit.miss for fit in fits)
    if not agree or agree < 2 * miss:
        return tuple(rows)
    changed = {key: replace(row, role=RowRole.SUM) for key, row in wholes.items()}
    for key in wholes:
        changed |= {part.key: replace(part, role=RowRole.ITEM, measure=Measure.NET) for part in parts[key]}
    return tuple(changed.get(row.key, row) for row in rows)


class _Totals:
    """Walks the rows from the top and keeps what no sum has taken yet."""

    def __init__(self, rows: Sequence[Row], lines: Sequence[Line]) -> None:
        self.rows = {row.key: row for row in rows}
        self.lines = {line.key: line for line in lines}
        self.open: list[Line] = []
        self.sums: list[Line] = []
        self.tops: list[Line] = []  # the sums that no later sum has taken
        self.income: set[str] = set()

    def read(self) -> Iterator[Row]:
        for row in self.rows.values():
            line = self.lines[row.key]
            is_sum = row.role is RowRole.SUM or self._adds_up(row, line)
            yield replace(row, role=RowRole.SUM, parent=None) if is_sum and row.role is RowRole.ITEM else row
            if row.measure is Measure.INCOME:
                self.income.add(row.key)
            if is_sum:
                runs_on = _fit(line, [*self.tops[-1:], *self.open]).agree > _fit(line, self.open).agree
                closes = len(self.tops) >= _MANY and _fit(line, [*self.tops, *self.open]).agree
                self.tops = [*([] if closes else self.tops[:-1] if runs_on else self.tops), line]
                self.sums.append(line)
                self.open = []
            elif row.role is RowRole.ITEM and self._on_top(row):
                self.open.append(line)

    def _on_top(self, row: Row) -> bool:
        return row.parent is None or self.rows[row.parent].role is RowRole.HEADING

    def _adds_up(self, row: Row, line: Line) -> bool:
        if row.role is not RowRole.ITEM or len(self.open) + len(self.sums) < _MANY or not self._on_top(row):
            return False
        words = row.label.casefold()
        said = re.search(f"{SUM_PERHAPS}|{BRIDGE_ENDS}", words) is not None
        perhaps = said or line.bold or re.search(SUM_HARDLY, words) is not None
        if len(self.open) > _FAR * (1 + _TRUSTED * perhaps):
            return False
        if re.search(BRIDGE_ENDS, words) and _is_bridge(self.open):
            return True
        if re.match(FRAME_OF_YEAR, words) and re.match(FRAME_OF_YEAR, self.open[0].label.casefold()):
            return len(self.open) >= _MANY
        readings = [self.open, [*self.sums[-1:], *self.open], self.sums, [*self.tops, *self.open]]
        fits = [_fit(line, reading) for reading in readings]
        if row.measure is Measure.NET and (said or line.bold):  # costs and income may both be printed without minus
            fits += [_fit(line, reading, minus) for reading in readings for minus in self._sides(reading)]
        best = max(fits, key=lambda fit: (fit.agree - fit.miss, fit.agree))
        wordless = best.agree >= _SURE and not best.miss and len(self.open) > _MANY
        needed = max(1, best.miss) if said or line.bold else best.miss + 1
        return wordless or (perhaps and best.agree >= needed)

    def _sides(self, reading: Sequence[Line]) -> Iterator[frozenset[str]]:
        """Give what a net may be less: its income, everything but its income, or the net cost told before it."""
        keys = {line.key for line in reading}
        before = keys & {line.key for line in self.sums}
        for side in (self.income & keys, keys - self.income, before):
            if side and keys - side:
                yield frozenset(side)


def _is_bridge(rows: Sequence[Line]) -> bool:
    """Say whether the rows are changes: their figures are written with plus and minus."""
    signed = sum(any(cell.raw.strip()[:1] in "+-−–" for cell in row.cells.values() if cell.raw.strip()) for row in rows)
    return signed * 2 >= len(rows) > 1


def _fit(line: Line, reading: Sequence[Line], minus: frozenset[str] = frozenset()) -> _Fit:
    agree = miss = 0
    for key, total in line.figures.items():
        found = [one for one in reading if key in one.figures and one.figures[key].unit == total.unit]
        parts = [-one.figures[key] if one.key in minus else one.figures[key] for one in found]
        if len(parts) < _MANY:
            continue
        added = sum((part.number for part in parts), Decimal(0))
        slack = sum((_HALF.scaleb(-(one.decimals or 0)) for one in (*parts, total)), Decimal(0))
        if not total.number and not any(part.number for part in parts):
            continue
        agrees = abs(added - total.number) <= slack
        agree, miss = agree + agrees, miss + (not agrees)
    return _Fit(agree, miss)
