"""Runs the whole rule book over tables, or over a document with its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from uppsikt.checks.binding import Bound, bind, target_of
from uppsikt.checks.causes import find_causes
from uppsikt.checks.counting import count
from uppsikt.checks.prose import Binding, Checked, Printed, Prose
from uppsikt.checks.registry import all_rules
from uppsikt.checks.relations import Figures, Relation, Spot, Verdict, fit, judge
from uppsikt.checks.wording import finding_of, rounded_finding
from uppsikt.core.findings import Finding
from uppsikt.core.passages import Passage
from uppsikt.core.tables import Table


def check_tables(tables: Sequence[Table], *, with_rounding: bool = False) -> tuple[Finding, ...]:
    """Give what does not add up in the tables and between them, in the order of tables, rows and columns.

    One cause gives one finding; what follows from it lies in its ``consequences``. What rounding can
    explain is left out, or with ``with_rounding`` included with ``explained_by_rounding`` set.
    """
    return _check(Figures(tables), with_rounding=with_rounding)


def check_document(tables: Sequence[Printed], passages: Sequence[Passage], *, with_rounding: bool = False) -> Checked:
    """Give what does not add up in a document, its text included, in reading order; and what its numbers were bound to.

    As ``check_tables``, and what needs the whole document: numbers in sentences, years, units, references.
    """
    figures = Figures([one.table for one in tables], Prose(tables, passages))
    findings = _check(figures, with_rounding=with_rounding)
    bindings = [_binding(one, figures) for one in bind(figures)]
    counted = [
        Binding(one.mention.passage, *one.mention.span, one.mention.quantity, one.target, one.confidence is None)
        for one in count(figures)
    ]
    orders = {passage.key: at for at, passage in enumerate(passages)}
    both = {(orders[one.passage.key], one.start): one for one in (*bindings, *counted)}
    return Checked(findings, tuple(both[key] for key in sorted(both)))


def holds(table: Table) -> int:
    """Say how well a reading of a table holds: relations that its figures satisfy less those that they do not.

    What is satisfied by zeros alone does not count.
    """
    figures = Figures([table])
    return fit(_said(figures)[0], figures).score


def _binding(bound: Bound, figures: Figures) -> Binding:
    mention = bound.mention
    agrees = bound.agrees and not bound.opposite
    return Binding(mention.passage, *mention.span, mention.quantity, target_of(bound, figures), agrees)


def _check(figures: Figures, *, with_rounding: bool) -> tuple[Finding, ...]:
    read = _reading_order(figures)
    said, remarks = _said(figures)
    relations = sorted(said, key=lambda one: (one.order, read.get(one.target, len(read) + one.target.table)))
    verdicts = [(relation, judged.verdict) for relation in relations if (judged := judge(relation, figures))]
    support = _support(figures, [one for one, verdict in verdicts if verdict is not Verdict.BROKEN])
    found = [finding_of(cause, figures, support) for cause in find_causes(relations, figures)]
    if with_rounding:
        found += [rounded_finding(one, figures) for one, verdict in verdicts if verdict is Verdict.ROUNDED]
    return tuple(sorted([*found, *remarks], key=_place_in_order(figures)))


def _place_in_order(figures: Figures) -> Callable[[Finding], tuple[int, int, int]]:
    """Order findings as a reader meets them: by the table's or the passage's place, then by row."""
    prose = figures.prose
    orders = [one.order for one in prose.printed] if prose else list(range(len(figures.tables)))
    tables = {table.key: (orders[at], at) for at, table in enumerate(figures.tables)}
    rows = {(table.key, row.key): no for table in figures.tables for no, row in enumerate(table.rows)}
    passages = {passage.key: passage.order for passage in prose.passages} if prose else {}

    def key(finding: Finding) -> tuple[int, int, int]:
        place = finding.place
        if place.passage:
            return passages[place.passage], -1, 0
        return *tables.get(place.table, (0, 0)), rows.get((place.table, place.row), 0)

    return key


def _said(figures: Figures) -> tuple[list[Relation], list[Finding]]:
    """Give what must hold (said once, though two readings say it in the same words), and what was found besides."""
    said: dict[object, Relation] = {}
    found: list[Finding] = []
    for rule in all_rules():
        for one in rule.says(figures):
            if isinstance(one, Relation):
                said.setdefault((one.shape, one.target, one.terms, one.code), one)
            else:
                found.append(one)
    return list(said.values()), found


def _reading_order(figures: Figures) -> dict[Spot, int]:
    """Number the cells as they are read: table by table, row by row, left to right."""
    cells = (
        Spot(at, row.key, column.key)
        for at, table in enumerate(figures.tables)
        for row in table.rows
        for column in table.columns
    )
    return {spot: number for number, spot in enumerate(cells)}


def _support(figures: Figures, held: Sequence[Relation]) -> dict[Spot, set[str]]:
    """Give, by cell, the rules that it satisfies somewhere; relations between zeros support nothing."""
    support: dict[Spot, set[str]] = defaultdict(set)
    for relation in held:
        if len(relation.spots) > 1 and any(figures.at(spot).number for spot in relation.spots):
            for spot in relation.spots:
                support[spot].add(relation.code)
    return support
