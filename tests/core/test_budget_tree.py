"""What units have to spread, have spread and have left, with what moves brought and took."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppsikt.core.economy.budget_tree import Standing, standings, summed_upwards

TREE = {"klf": "ks", "eko": "klf", "hr": "klf", "upphandling": "eko"}
UNITS = ["ks", "klf", "eko", "hr", "upphandling"]
GIVEN = {"ks": 1_000, "eko": 600, "hr": 300, "upphandling": 100}
LINES = [("eko", 450), ("upphandling", 100), ("hr", 250)]


def test_what_is_not_spread_is_seen_at_every_level() -> None:
    told = standings(TREE, UNITS, GIVEN, LINES)
    assert {unit: told[unit].left for unit in UNITS} == {"ks": 200, "klf": None, "eko": 50, "hr": 50, "upphandling": 0}
    assert (told["eko"].own, told["eko"].spread, told["klf"].has_lines) == (450, 550, True)


def test_a_move_changes_what_both_have_and_nothing_over_them() -> None:
    lines = [("eko", 410), ("upphandling", 100), ("hr", 290)]  # 40 went from eko's line to hr's
    told = standings(TREE, UNITS, GIVEN, lines, [("eko", -40), ("hr", 40)])
    assert {unit: told[unit].left for unit in UNITS} == {"ks": 200, "klf": None, "eko": 50, "hr": 50, "upphandling": 0}
    assert [told[unit].moved for unit in UNITS] == [0, 0, -40, 40, 0]
    assert (told["hr"].available, told["klf"].available) == (340, None)


def test_a_move_within_a_unit_is_nothing_to_it() -> None:
    told = standings(TREE, UNITS, GIVEN, LINES, [("eko", -7), ("upphandling", 7)])
    assert [told[unit].moved for unit in ("eko", "upphandling")] == [0, 7]


moves = st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(UNITS), st.integers(1, 10**9)), max_size=20)


@given(moves)
def test_moves_never_change_what_the_committee_has(made: list[tuple[str, str, int]]) -> None:
    sides = [side for giver, receiver, amount in made for side in ((giver, -amount), (receiver, amount))]
    told = standings(TREE, UNITS, GIVEN, LINES, sides)
    assert told["ks"] == Standing(1_000, 0, 800, True, 0)


def test_a_tree_that_goes_round_is_walked_once() -> None:
    assert summed_upwards({"a": "b", "b": "a"}, {"a": 5}) == {"a": 5, "b": 5}
