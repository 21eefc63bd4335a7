"""What two documents state differently.

Only what has the same name is compared. Figures that are allowed to change from one document to the
next (forecasts, plans, targets, and the deviation that follows from a forecast) are not.

The same name may stand for two things: sick leave in two organisations, a budget before and after it was
amended. So two columns are held against each other only when they agree at least as often as they differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from uppsikt.checks import Printed
from uppsikt.checks.prose import Prose
from uppsikt.checks.registry import rule_of
from uppsikt.checks.relations import Figures, Relation, Spot, Verdict, judge
from uppsikt.checks.wording import rounded_finding
from uppsikt.core.findings import Confidence, Finding
from uppsikt.core.periods import Period
from uppsikt.core.quantities import Quantity, Unit
from uppsikt.core.tables import ColumnRole, Measure, Row, RowRole, Table
from uppsikt.review.making import BETWEEN, in_unit, written
from uppsikt.review.record import FindingRecord, Record, TableRecord
from uppsikt.review.restoring import tables_of

_MAY_CHANGE = (ColumnRole.FORECAST, ColumnRole.PLAN, ColumnRole.DEVIATION, ColumnRole.TARGET)
_DECIDED = (ColumnRole.BUDGET, ColumnRole.PHASED_BUDGET)
_AGAIN = "Ett av de två talen är fel, eller så har uppgiften ändrats efteråt utan att det sägs. Stäm av mot underlaget."
_BY_DECISION = "Är budgeten ändrad genom beslut bör det framgå. Annars är ett av de två talen fel."
_Columns = tuple[int, str, int, str]  # a later table and column, and an earlier table and column


class Said(NamedTuple):
    """What is stated differently: by which later and earlier document, about what, as what of when."""

    later: int
    earlier: int
    subject: str
    measure: Measure
    decided: bool
    period: Period | None


@dataclass(frozen=True)
class Difference:
    """A cell of the later document that states something else than a cell of the earlier one."""

    said: Said
    relation: Relation
    amount: Decimal  # later less earlier, in the later table's unit
    sure: bool  # other rows of the same two columns agree, so they do tell the same thing

    @property
    def target(self) -> Spot:
        """The later document's cell."""
        return self.relation.target


class Between:
    """The tables of all documents in one row, the latest document first."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        tables = [list(tables_of(record)) for record in records]
        order = sorted(range(len(records)), key=lambda at: (_year(tables[at]), at), reverse=True)
        self._owner = [at for at in order for _ in tables[at]]
        # The rule takes the first of two places as its target; so the later document is the one that is told.
        self._tables = [
            replace(table, key=f"d{at}:{table.key}", title=_titled(table, records[at]))
            for at in order
            for table in tables[at]
        ]
        self._figures = Figures(self._tables)
        self._told = {f"d{at}:{table['id']}": table for at, record in enumerate(records) for table in record["tables"]}
        self._known = {
            (at, one["table"], one["row_key"], one["column_key"]): one
            for at, record in enumerate(records)
            for one in reversed(record["findings"])
        }

    def differences(self, *, with_rounding: bool) -> list[Difference]:
        """Give what two documents state differently; what the earlier one's own review mends in the same way is not."""
        unwanted = {Verdict.HOLDS} if with_rounding else {Verdict.HOLDS, Verdict.ROUNDED}
        found: list[tuple[_Columns, Relation, Decimal]] = []
        agreeing: Counter[_Columns] = Counter()
        differing: Counter[_Columns] = Counter()
        for relation in rule_of("XTB").relations(self._figures):
            judged = judge(relation, self._figures) if self._is_compared(relation) else None
            if judged is None:
                continue
            one, other = relation.target, relation.terms[0].spot
            columns = (one.table, one.column, other.table, other.column)
            items = self._figures.row(one).role is not RowRole.SUM  # a sum differs because its rows do
            agreeing[columns] += items and judged.verdict is not Verdict.BROKEN and bool(judged.stated)
            differing[columns] += items and judged.verdict is Verdict.BROKEN
            if judged.verdict not in unwanted and not self._is_mended(relation):
                found.append((columns, relation, judged.difference))
        told = [
            Difference(self._said(relation), relation, amount, sure=bool(agreeing[columns]))
            for columns, relation, amount in found
            if agreeing[columns] >= differing[columns] or (agreeing[columns] == 0 and differing[columns] <= 1)
        ]
        return sorted(told, key=lambda one: one.said[:2])

    def causes(self, found: Sequence[Difference]) -> dict[int, int]:
        """Give, by place in the sequence, the earlier place from which a difference follows.

        The same thing told in two tables of a document is one difference, and a sum differs because its rows do.
        """
        first: dict[Said, int] = {}
        rows: dict[tuple[int, str, int], list[int]] = defaultdict(list)
        for at, one in enumerate(found):
            first.setdefault(one.said, at)
            if self._figures.row(one.target).role is not RowRole.SUM:
                rows[one.target.table, one.target.column, one.said.earlier].append(at)
        follows = {at: first[one.said] for at, one in enumerate(found) if first[one.said] != at}
        for at, one in enumerate(found):
            parts = rows[one.target.table, one.target.column, one.said.earlier]
            is_sum = self._figures.row(one.target).role is RowRole.SUM
            if is_sum and parts and sum(found[part].amount for part in parts) == one.amount:
                follows[at] = follows.get(parts[0], parts[0])
        return follows

    def known(self, one: Difference) -> FindingRecord | None:
        """Give what the later document's own review says of the cell."""
        return self._known.get(self._place(one.target))

    def record(self, one: Difference, cause: str | None) -> FindingRecord:
        """Tell a difference as a finding of the later document."""
        finding: Finding = rounded_finding(one.relation, self._figures)
        table = self._told[self._tables[one.target.table].key]
        row = next(row for row in table["rows"] if row["key"] == one.target.row)
        at = next(at for at, column in enumerate(table["columns"]) if column["key"] == one.target.column)
        column, cell = table["columns"][at], row["cells"][at]
        unit = self._figures.table(one.target).unit
        other = self._records[one.said.earlier]["document"]["name"]
        parent = row["parent"] if row["role"] in (RowRole.OF_WHICH, RowRole.BREAKDOWN) else None
        return {
            "code": finding.code,
            "rule": finding.title,
            "table": table["id"],
            "row": row["label"],
            "column": column["label"],
            "page": row["page"],
            "stated": _number(unit, finding.stated),
            "expected": _number(unit, finding.expected),
            "difference": _number(unit, finding.difference),
            "explained_by_rounding": finding.explained_by_rounding,
            "confidence": (Confidence.LIKELY if one.sure and not one.said.decided else Confidence.POSSIBLE).value,
            "message": finding.message,
            "proposal": _BY_DECISION if one.said.decided else _AGAIN,
            "id": "",
            "place": BETWEEN.join(
                [table["section"], table["title"], parent or "", row["label"], column["label"], other]
            ),
            "cause": cause,
            "unit": unit.symbol or None,
            "parent": parent,
            "row_key": row["key"],
            "column_key": column["key"],
            "passage": None,
            "quote": None,
            "text": None,
            "title": table["title"],
            "box": cell["box"] or row["box"],
            "dismissed": None,
            "facts": {**finding.facts, "document": other},
        }

    def _is_compared(self, relation: Relation) -> bool:
        if len(relation.terms) != 1:
            return False
        one, other = relation.target, relation.terms[0].spot
        columns = self._figures.column(one), self._figures.column(other)
        if self._owner[one.table] == self._owner[other.table] or any(c.role in _MAY_CHANGE for c in columns):
            return False
        kinds = {self._table(spot)["kind"] for spot in (one, other)} - {"other"}
        names = {tuple(self._name(spot)) for spot in (one, other)} if "indicator" in kinds else {()}
        return len(kinds) <= 1 and len(names) == 1

    def _name(self, spot: Spot) -> Iterator[str]:
        """Give the words of a row's label and of the rows above it: an indicator is what its whole name says."""
        rows = {row.key: row for row in self._tables[spot.table].rows}
        row: Row | None = rows[spot.row]
        while row is not None:
            yield " ".join(re.findall(r"\w+", row.label.casefold()))
            row = rows.get(row.parent) if row.parent else None

    def _is_mended(self, relation: Relation) -> bool:
        """Say whether the earlier figure is known to be wrong and the later one is what it should have been."""
        finding = self._known.get(self._place(relation.terms[0].spot))
        later = self._figures.at(relation.target)
        if finding is None or finding["expected"] is None or finding["unit"] != (later.unit.symbol or None):
            return False
        return Decimal(finding["expected"]) == later.number * relation.terms[0].factor

    def _said(self, relation: Relation) -> Said:
        target, other = relation.target, relation.terms[0].spot
        row, column = self._figures.row(target), self._figures.column(target)
        owners = self._owner[target.table], self._owner[other.table]
        return Said(*owners, row.subject, row.measure, column.role in _DECIDED, column.period)

    def _table(self, spot: Spot) -> TableRecord:
        return self._told[self._tables[spot.table].key]

    def _place(self, spot: Spot) -> tuple[int, str | None, str | None, str | None]:
        return self._owner[spot.table], self._table(spot)["id"], spot.row, spot.column


def _number(unit: Unit, quantity: Quantity | None) -> str | None:
    return written(in_unit(quantity, unit)) if quantity else None


def _year(tables: Sequence[Table]) -> int:
    return Prose([Printed(table, at) for at, table in enumerate(tables)], ()).year or 0


def _titled(table: Table, record: Record) -> str:
    return f"{table.title or table.key} (i {record['document']['name']})"
