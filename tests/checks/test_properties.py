"""What must hold for every table: truth is silent, one wrong figure is told once, missing says nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.strategies import Statement, bumped, shown_units, statements
from uppsikt.checks import all_rules, check_tables
from uppsikt.checks.relations import Figures, Spot, Verdict, judge
from uppsikt.core.findings import Confidence, Finding
from uppsikt.core.quantities import MNKR, TKR, Missing, MissingReason, Quantity, Unit
from uppsikt.core.tables import Cell, RowRole, Table

settings.register_profile("checks", deadline=None, max_examples=60)
settings.load_profile("checks")


def flat(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from flat(finding.consequences)


def mentioning(table: Table, row: str, column: str) -> Counter[str]:
    """The rules that bind a cell of a true table, and how many relations each."""
    figures = Figures([table])
    relations = [one for rule in all_rules() for one in rule.relations(figures)]
    return Counter(one.code for one in relations if Spot(0, row, column) in one.spots and judge(one, figures))


@given(statements(), shown_units)
def test_a_true_statement_shown_rounded_gives_no_finding(statement: Statement, unit: Unit) -> None:
    assert check_tables([statement.shown(unit)]) == ()


@given(statements(), shown_units)
def test_what_rounding_explains_is_told_only_on_request_and_marked(statement: Statement, unit: Unit) -> None:
    found = check_tables([statement.shown(unit)], with_rounding=True)
    assert all(one.explained_by_rounding and "avrundning" in one.message for one in found)
    assert all(one.difference and one.difference.number for one in found)


@given(statements())
def test_two_units_of_one_statement_agree(statement: Statement) -> None:
    assert check_tables([statement.shown(TKR, "i tusental"), statement.shown(MNKR, "i miljoner")]) == ()


@given(statements(), st.data())
def test_one_changed_figure_gives_one_finding_with_all_that_mention_it(
    statement: Statement, data: st.DataObject
) -> None:
    true = statement.shown(TKR)
    row, column = data.draw(st.sampled_from(sorted(true.cells)), label="cell")
    by = Decimal(data.draw(st.integers(1_000, 90_000), label="by"))
    (found,) = check_tables([bumped(true, row, column, by)])
    assert Counter(one.code for one in flat([found])) == mentioning(true, row, column)
    assert not any(one.explained_by_rounding for one in flat([found]))


@given(statements(), st.data())
def test_a_figure_that_two_rules_bind_is_named_with_the_right_number(statement: Statement, data: st.DataObject) -> None:
    true = statement.shown(TKR)
    units = [row.key for row in true.rows if row.role is RowRole.ITEM]
    row, column = data.draw(st.sampled_from(units), label="row"), "outcome"
    assert sum(mentioning(true, row, column).values()) == 3
    (found,) = check_tables([bumped(true, row, column, Decimal(77_000))])
    right = true.value(row, column)
    assert (found.place.row, found.place.column) == (row, column)
    assert isinstance(right, Quantity)
    assert found.expected is not None
    assert abs(found.expected.number - right.number) <= len(true.rows)  # no more than rounding of every row


@given(statements(), st.lists(st.integers(0, 5), max_size=5), st.data())
def test_the_order_of_items_does_not_matter(statement: Statement, order: list[int], data: st.DataObject) -> None:
    row, column = data.draw(st.sampled_from(sorted(statement.shown(TKR).cells)), label="cell")
    usual, turned = (
        check_tables([bumped(statement.shown(TKR, order=way), row, column, Decimal(5_000))]) for way in ((), order)
    )
    assert {one.identity() for one in flat(usual)} == {one.identity() for one in flat(turned)}


@given(statements(), st.data())
def test_a_figure_that_is_not_known_yet_gives_no_finding(statement: Statement, data: st.DataObject) -> None:
    true = statement.shown(TKR)
    gone = data.draw(st.sets(st.sampled_from(sorted(true.cells)), min_size=1), label="gone")
    holed = true
    for row, column in sorted(gone):
        holed = holed.with_cell(row, column, Cell(Missing(MissingReason.NO_DATA)))
    assert check_tables([holed]) == ()


@given(statements(), st.data())
def test_an_empty_row_adds_nothing_and_what_it_explains_is_never_certain(
    statement: Statement, data: st.DataObject
) -> None:
    true = statement.shown(TKR)
    row, column = data.draw(st.sampled_from(sorted(true.cells)), label="gone")
    found = check_tables([true.with_cell(row, column, Cell(Missing()))])
    assert {one.confidence for one in flat(found)} <= {Confidence.LIKELY, Confidence.POSSIBLE}


@given(statements(), st.data())
def test_every_relation_of_a_changed_table_that_does_not_hold_is_told(
    statement: Statement, data: st.DataObject
) -> None:
    table = statement.shown(TKR)
    cells = data.draw(
        st.lists(st.sampled_from(sorted(table.cells)), min_size=2, max_size=4, unique=True), label="cells"
    )
    for at, (row, column) in enumerate(cells):
        table = bumped(table, row, column, Decimal(7_000 + 1_300 * at))
    figures = Figures([table])
    relations = [one for rule in all_rules() for one in rule.relations(figures)]
    judged = [judge(one, figures) for one in relations]
    broken = sum(one is not None and one.verdict is Verdict.BROKEN for one in judged)
    assert len(list(flat(check_tables([table])))) == broken
