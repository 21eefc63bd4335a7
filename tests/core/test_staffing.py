"""Staff: how rows add up, and that nothing that is shown gives a small group away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppsikt.core.economy.staffing import AgeGroup, Group, PayrollRow, Sex, headcounts, suppressed
from uppsikt.core.economy.suppression import Addition, hidden_groups
from uppsikt.core.quantities import Missing, MissingReason, Quantity

TREE: Mapping[str, str | None] = {"klf": None, "a": "klf", "b": "klf", "c": "b"}
WOMEN, MEN = Sex.WOMEN, Sex.MEN
YOUNG, MIDDLE, OLD = AgeGroup


def row(unit: str, sex: Sex, employees: int, month: int = 202412, **more) -> PayrollRow:
    return PayrollRow(unit, month, sex, employees, **more)


def sick(scheduled: str, hours: str, long: str = "0") -> dict[str, Decimal]:
    return {
        "scheduled_hours": Decimal(scheduled), "sick_hours": Decimal(hours), "long_sick_hours": Decimal(long),
    }  # fmt: skip


def test_rows_are_added_along_the_tree_and_over_the_months():
    rows = [
        row("a", WOMEN, 10, 202411, full_time_equivalents=Decimal("9.5"), began=1, left=0),
        row("a", WOMEN, 12, 202412, full_time_equivalents=Decimal("11.25"), began=2, left=1),
        row("c", MEN, 6, 202412, full_time_equivalents=Decimal(6), began=0, left=0),
    ]
    found = headcounts(rows, TREE)
    everybody = found[Group("klf")]
    assert (everybody.employees, everybody.full_time_equivalents) == (18, Decimal("17.25"))
    assert (everybody.average, everybody.began, everybody.left) == (Decimal(14), 3, 1)
    assert found[Group("b")] == found[Group("c")]
    assert found[Group("klf", sex=WOMEN)].employees == 12


def test_sick_leave_is_sick_hours_of_the_scheduled():
    rows = [row("a", WOMEN, 94, **sick("1000", "21", "7")), row("a", MEN, 38, **sick("500", "2", "0"))]
    found = headcounts(rows, TREE)
    assert found[Group("a", sex=WOMEN)].sick_leave == Quantity(Decimal("2.1"), found[Group("a")].sick_leave.unit)
    assert found[Group("a")].sick_leave.number == Decimal(23) * 100 / 1500
    assert found[Group("a", sex=WOMEN)].long_sick_leave.number.quantize(Decimal("0.1")) == Decimal("33.3")


hours = st.decimals(0, 1000, places=1)


@given(st.lists(st.tuples(st.sampled_from(Sex), hours, hours), min_size=2, max_size=6))
def test_sick_leave_of_all_lies_between_that_of_women_and_that_of_men(parts):
    rows = [row("a", sex, 9, **sick(str(well + ill), str(ill))) for sex, well, ill in parts]
    found = headcounts(rows, TREE)
    told = [found[Group("a", sex=sex)].sick_leave for sex in Sex if Group("a", sex=sex) in found]
    total = found[Group("a")].sick_leave
    known = [one.number for one in told if isinstance(one, Quantity)]
    if known:
        assert isinstance(total, Quantity)
        assert min(known) <= total.number.quantize(Decimal(1).scaleb(-20)) + Decimal("1e-19")
        assert total.number <= max(known) + Decimal("1e-19")


@pytest.mark.parametrize(
    ("more", "reason"),
    [({}, MissingReason.NO_DATA), (sick("0", "0"), MissingReason.NOT_APPLICABLE)],
)
def test_sick_leave_without_hours_is_missing_and_not_zero(more, reason):
    told = headcounts([row("a", MEN, 9, **more)], TREE)[Group("a")].sick_leave
    assert isinstance(told, Missing)
    assert told.reason is reason


def test_what_one_row_does_not_tell_is_missing_in_the_sum():
    rows = [row("a", MEN, 9, **sick("10", "1")), row("a", WOMEN, 9)]
    assert headcounts(rows, TREE)[Group("a")].sick_hours is None


def test_turnover_is_those_who_left_of_the_mean_of_the_months():
    rows = [row("a", MEN, 30, 202401, left=1), row("a", MEN, 50, 202402, left=2)]
    assert headcounts(rows, TREE)[Group("a")].turnover.number == Decimal("7.5")


def test_a_unit_where_somebodys_age_is_not_told_has_no_age_groups():
    rows = [row("a", MEN, 9, age_group=YOUNG), row("c", MEN, 9, age_group=OLD), row("c", WOMEN, 7)]
    found = headcounts(rows, TREE)
    assert Group("a", age_group=YOUNG) in found
    assert Group("c", age_group=OLD) not in found
    assert Group("klf", age_group=OLD) not in found


@pytest.mark.parametrize(("women", "hides"), [(4, True), (5, False), (1, True), (0, False)])
def test_a_group_below_the_limit_is_hidden_and_one_at_it_is_not(women, hides):
    rows = [row("a", WOMEN, women), row("a", MEN, 40)]
    assert (Group("a", sex=WOMEN) in suppressed(rows, TREE, 5)) is hides


def test_the_other_sex_is_hidden_too_so_that_the_total_does_not_give_it():
    rows = [row("a", WOMEN, 3), row("a", MEN, 40)]
    assert suppressed(rows, {"a": None}, 5) == {Group("a", sex=WOMEN), Group("a", sex=MEN)}


def test_another_unit_is_hidden_too_so_that_the_units_above_do_not_give_it():
    rows = [row("a", WOMEN, 3), row("c", WOMEN, 20)]
    assert Group("c") in suppressed(rows, TREE, 5)


def test_one_person_beside_the_units_is_not_given_by_taking_the_units_away():
    rows = [row("klf", WOMEN, 1), row("a", WOMEN, 9), row("b", WOMEN, 20)]
    hidden = suppressed(rows, {"klf": None, "a": "klf", "b": "klf"}, 5)
    assert Group("klf") in hidden or Group("a") in hidden or Group("b") in hidden


def test_two_small_groups_are_not_told_together_when_they_are_few_together():
    found = hidden_groups({"all": 32, "a": 1, "b": 1, "c": 30}, [Addition("all", ("a", "b", "c"))], 5)
    assert found == {"a", "b", "c"}


def test_a_group_that_was_small_in_one_month_is_hidden_for_the_whole_period():
    rows = [row("a", MEN, 3, 202401), row("a", MEN, 9, 202412), row("a", WOMEN, 9, 202401), row("a", WOMEN, 9, 202412)]
    assert Group("a", sex=MEN) in suppressed(rows, TREE, 5)


def test_nothing_is_hidden_where_no_group_is_small():
    assert suppressed([row("a", sex, 20, age_group=age) for sex in Sex for age in AgeGroup], TREE, 5) == frozenset()


# What a reader of every page could do: all shown groups are sums of the same people, unit by sex by age.
Person = tuple[str, Sex, AgeGroup]
people = st.dictionaries(
    st.tuples(st.sampled_from(sorted(TREE)), st.sampled_from(Sex), st.sampled_from(AgeGroup)),
    st.one_of(st.integers(0, 4), st.integers(5, 40)), min_size=1, max_size=16,
)  # fmt: skip


def _in(person: Person, group: Group) -> bool:
    unit: str | None = person[0]
    while unit is not None and unit != group.unit:
        unit = TREE[unit]
    return unit is not None and group.sex in (None, person[1]) and group.age_group in (None, person[2])


def _rank(vectors: Iterable[list[Fraction]]) -> int:
    rows = [list(one) for one in vectors]
    rank = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(rank, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for at in range(rank + 1, len(rows)):
            times = rows[at][column] / rows[rank][column]
            rows[at] = [one - times * other for one, other in zip(rows[at], rows[rank], strict=True)]
        rank += 1
    return rank


@given(people)
def test_no_hidden_group_is_a_combination_of_what_is_shown(counts):
    rows = [row(unit, sex, number, age_group=age) for (unit, sex, age), number in counts.items()]
    groups, hidden = headcounts(rows, TREE), suppressed(rows, TREE, 5)
    # That no woman is young is not shown: only sexes and ages that a unit has nobody of are known to be empty.
    there = [person for person in counts if counts[person]]
    sexes, ages = {(unit, sex) for unit, sex, _ in there}, {(unit, age) for unit, _, age in there}
    cells = [(unit, sex, age) for unit, sex in sexes for age in AgeGroup if (unit, age) in ages]
    vectors = {group: [Fraction(_in(person, group)) for person in cells] for group in groups}
    shown = [vectors[group] for group in groups if group not in hidden]
    known = _rank(shown)
    assert [group for group in hidden if _rank([*shown, vectors[group]]) == known] == []
    assert {group for group, of in groups.items() if 0 < of.employees < 5} <= hidden


few = st.integers(0, 6)


@settings(max_examples=60)
@given(st.tuples(few, few, few, few))
def test_other_people_than_those_who_are_there_would_show_the_same(counts):
    tree: Mapping[str, str | None] = {"klf": None, "a": "klf", "b": "klf"}
    places = list(product("ab", Sex))
    rows = [row(unit, sex, number) for (unit, sex), number in zip(places, counts, strict=True)]
    hidden = suppressed(rows, tree, 5)
    cells = {
        one: [at for at, (unit, sex) in enumerate(places) if one.unit in ("klf", unit) and one.sex in (None, sex)]
        for one in headcounts(rows, tree)
    }
    shown = [(cells[one], sum(counts[at] for at in cells[one])) for one in cells if one not in hidden]
    others = product(*[range(1, 9) if count else (0,) for count in counts])
    possible = [o for o in others if all(sum(o[at] for at in inside) == total for inside, total in shown)]
    given_away = [one for one in hidden if len({sum(o[at] for at in cells[one]) for o in possible}) < 2]
    assert given_away == []
