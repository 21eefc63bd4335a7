"""Compares documents: what two of them state differently, and what two versions of one have in common.

Between documents only what has the same name is compared. Figures that are allowed to change from one
document to the next (forecasts, plans, and the deviation that follows from a forecast) are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from uppsikt.checks import Printed
from uppsikt.checks.prose import Prose
from uppsikt.checks.registry import rule_of
from uppsikt.checks.relations import Figures, Relation, Spot, Verdict, judge
from uppsikt.checks.wording import rounded_finding
from uppsikt.core.findings import Confidence, Finding
from uppsikt.core.periods import Period
from uppsikt.core.quantities import Quantity, Unit
from uppsikt.core.tables import ColumnRole, Measure, Table
from uppsikt.review.making import in_unit, named, written
from uppsikt.review.record import FindingRecord, Record, RowRecord, TableRecord
from uppsikt.review.restoring import tables_of

_MAY_CHANGE = (ColumnRole.FORECAST, ColumnRole.PLAN, ColumnRole.DEVIATION, ColumnRole.TARGET)
_DECIDED = (ColumnRole.BUDGET, ColumnRole.PHASED_BUDGET)
_AGAIN = "Ett av de två talen är fel, eller så har uppgiften ändrats efteråt utan att det sägs. Stäm av mot underlaget."
_BY_DECISION = "Är budgeten ändrad genom beslut bör det framgå. Annars är ett av de två talen fel."


class _Said(NamedTuple):
    """What is stated differently: by which later and earlier document, about what, as what of when."""

    later: int
    earlier: int
    subject: str
    measure: Measure
    known: bool
    period: Period | None


def compare_records(records: Sequence[Record], *, with_rounding: bool = False) -> list[Record]:
    """Give the records with what they state differently, found in the later of two documents.

    Later is the document that is about a later year, or that stands later in the sequence. An outcome
    that differs is likely wrong; a budget that differs may have been changed by a decision, so it is possible.
    """
    both = _Both(records)
    found: dict[int, list[FindingRecord]] = {}
    heads: dict[_Said, None] = {}
    for relation, said in sorted(both.broken(with_rounding=with_rounding), key=lambda one: one[1][:2]):
        follows = said in heads
        heads[said] = None
        found.setdefault(said.later, []).append(both.record(relation, said, follows=follows))
    return [
        {**record, "findings": [*record["findings"], *named(_grouped(found.get(at, [])))]}
        for at, record in enumerate(records)
    ]


def _grouped(findings: list[FindingRecord]) -> Iterator[FindingRecord]:
    """Put what follows right after its head: the same subject and period of the same document."""
    heads: dict[str, list[FindingRecord]] = {}
    for finding in findings:
        heads.setdefault(finding["facts"]["quantity"], []).append(finding)
    for group in heads.values():
        yield from group


class _Both:
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

    def broken(self, *, with_rounding: bool) -> Iterator[tuple[Relation, _Said]]:
        """Give what two documents state differently."""
        unwanted = {Verdict.HOLDS} if with_rounding else {Verdict.HOLDS, Verdict.ROUNDED}
        for relation in rule_of("XTB").relations(self._figures):
            if len(relation.terms) != 1 or not self._is_compared(relation):
                continue
            judged = judge(relation, self._figures)
            if judged is not None and judged.verdict not in unwanted:
                yield relation, self._said(relation)

    def _is_compared(self, relation: Relation) -> bool:
        one, other = relation.target, relation.terms[0].spot
        columns = self._figures.column(one), self._figures.column(other)
        kinds = {self._table(spot)["kind"] for spot in (one, other)}
        across = self._owner[one.table] != self._owner[other.table]
        return across and len(kinds) == 1 and not any(column.role in _MAY_CHANGE for column in columns)

    def _said(self, relation: Relation) -> _Said:
        target, other = relation.target, relation.terms[0].spot
        row, column = self._figures.row(target), self._figures.column(target)
        known = column.role not in _DECIDED
        return _Said(
            self._owner[target.table], self._owner[other.table], row.subject, row.measure, known, column.period
        )

    def _table(self, spot: Spot) -> TableRecord:
        return self._told[self._tables[spot.table].key]

    def record(self, relation: Relation, said: _Said, *, follows: bool) -> FindingRecord:
        """Tell a difference as a finding of the later document."""
        finding: Finding = rounded_finding(relation, self._figures)
        table = self._table(relation.target)
        row: RowRecord = next(row for row in table["rows"] if row["key"] == relation.target.row)
        column = next(column for column in table["columns"] if column["key"] == relation.target.column)
        cell = row["cells"][table["columns"].index(column)]
        unit = self._figures.table(relation.target).unit
        other = self._records[said.earlier]["document"]["name"]
        quantity = [said.subject, said.measure.value, str(said.known), str(said.period), other]
        parent = [row["parent"]] if row["parent"] else []
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
            "confidence": (Confidence.LIKELY if said.known else Confidence.POSSIBLE).value,
            "message": finding.message,
            "proposal": _AGAIN if said.known else _BY_DECISION,
            "id": "",
            "place": " / ".join([table["section"], table["title"], *parent, row["label"], column["label"], other]),
            "cause": "" if follows else None,
            "unit": finding.stated.unit.symbol or None if finding.stated else None,
            "row_key": row["key"],
            "column_key": column["key"],
            "passage": None,
            "quote": None,
            "text": None,
            "title": table["title"],
            "box": cell["box"] or row["box"],
            "dismissed": None,
            "facts": {**finding.facts, "document": other, "quantity": " / ".join(quantity)},
        }


def _number(unit: Unit, quantity: Quantity | None) -> str | None:
    return written(in_unit(quantity, unit)) if quantity else None


def _year(tables: Sequence[Table]) -> int:
    return Prose([Printed(table, at) for at, table in enumerate(tables)], ()).year or 0


def _titled(table: Table, record: Record) -> str:
    return f"{table.title or table.key} (i {record['document']['name']})"


@dataclass(frozen=True)
class Versions:
    """What became of the findings between two versions of a document.

    ``unchanged`` pairs each finding that remains with what it was; where their ids differ, its figures have changed.
    """

    new: tuple[FindingRecord, ...]
    mended: tuple[FindingRecord, ...]
    unchanged: tuple[tuple[FindingRecord, FindingRecord], ...]


def compare_versions(old: Record, new: Record) -> Versions:
    """Match the findings of two versions by what they say, then those that are left by where they stand."""
    left = {finding["id"]: finding for finding in old["findings"]}
    pairs = {one["id"]: before for one in new["findings"] if (before := left.pop(one["id"], None)) is not None}
    places = {finding["place"]: finding for finding in left.values()}
    for finding in new["findings"]:
        before = places.pop(finding["place"], None) if finding["id"] not in pairs else None
        if before is not None:
            pairs[finding["id"]] = left.pop(before["id"])
    return Versions(
        new=tuple(one for one in new["findings"] if one["id"] not in pairs),
        mended=tuple(left.values()),
        unchanged=tuple((pairs[one["id"]], one) for one in new["findings"] if one["id"] in pairs),
    )
