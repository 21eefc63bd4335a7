"""Tables as municipalities print them: what is true gives no finding, one wrong figure gives one."""

from __future__ import annotations

import re

import pytest

from tests.documents.inference.layouts import LAYOUTS
from tests.documents.inference.printed import told

# Figures that nothing else in the drawing can contradict: last year's amounts without a sum, shares without parts.
UNBOUND = {
    "sick_leave": 15, "key_figures": 18, "volumes": 5, "units_as_columns": 12, "share_of_budget_used": 3,
    "five_years": 35, "mean_under_women_and_men": 6, "mixed_units": 11,
}  # fmt: skip


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_what_is_true_gives_no_finding(layout: str) -> None:
    assert told(LAYOUTS[layout]) == []


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_one_wrong_figure_gives_one_finding(layout: str) -> None:
    wrong = _planted(LAYOUTS[layout])
    wrong = wrong if layout in UNBOUND else wrong[::3]
    counts = [len(told(text)) for text in wrong]
    assert len(wrong) > 1
    assert counts.count(1) == len(wrong) - UNBOUND.get(layout, 0)
    assert max(counts) <= 1


def _planted(text: str) -> list[str]:
    """Give the drawing with the first digit of each figure changed, one at a time."""
    lines, found = text.split("\n"), []
    for at, line in enumerate(lines):
        cells = line.split("|")
        for column in range(1, len(cells)):
            digits = [i for i, letter in enumerate(cells[column]) if letter.isdigit()]
            words = re.search(r"[a-zåäö]|^\s*20\d\d\s*$", cells[column], re.IGNORECASE)
            if len(digits) < 2 or words:
                continue
            cell = cells[column]
            changed = cell[: digits[0]] + str(int(cell[digits[0]]) % 9 + 1) + cell[digits[0] + 1 :]
            planted = "|".join([*cells[:column], changed, *cells[column + 1 :]])
            found.append("\n".join([*lines[:at], planted, *lines[at + 1 :]]))
    return found
