"""A frozen report thaws to the same report; what is not ours is refused in words."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.sample import sample_report, statement
from tests.strategies import names, tables, words
from uppsikt.core.errors import ReadingError
from uppsikt.core.quantities import MNKR, Quantity
from uppsikt.core.tables import Cell
from uppsikt.reporting.freezing import digest, freeze, thaw
from uppsikt.reporting.model import (
    Bullets,
    ChartBlock,
    Heading,
    NumberRef,
    Paragraph,
    Report,
    Stamp,
    StateMark,
    TableBlock,
    Words,
)

texts = st.text(max_size=20)
inlines = st.one_of(
    st.builds(Words, texts, st.booleans()),
    st.builds(NumberRef, texts, words, words, words, words),
    st.builds(StateMark, words, texts),
)
lines = st.lists(inlines, max_size=3).map(tuple)
numbers = st.integers(1, 99)
specs = st.dictionaries(names, st.one_of(texts, st.integers(), st.floats(allow_nan=False), st.lists(texts)), max_size=3)
blocks = st.one_of(
    st.builds(Heading, st.integers(1, 4), texts, names),
    st.builds(Paragraph, lines, st.sampled_from(["", "lead", "note", "example", "goal"])),
    st.builds(Bullets, st.lists(lines, max_size=3).map(tuple)),
    st.builds(TableBlock, numbers, texts, tables(), names),
    st.builds(ChartBlock, numbers, texts, texts, specs, names),
)
stamps = st.builds(Stamp, texts, texts, numbers, texts)
reports = st.builds(
    Report, names, texts, texts, stamps, st.lists(blocks, max_size=5).map(tuple), st.just("sv-SE"),
    st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip


@given(reports)
def test_what_is_frozen_thaws_to_the_same(report: Report) -> None:
    kept = json.loads(json.dumps(freeze(report)))
    assert thaw(kept) == report
    assert digest(thaw(kept)) == digest(report)


def test_the_sample_with_every_kind_of_block_survives() -> None:
    report = sample_report()
    assert thaw(json.loads(json.dumps(freeze(report)))) == report


def test_a_changed_figure_is_another_report() -> None:
    table = statement()
    moved = table.with_cell("summa", "outcome-2024", Cell(Quantity(Decimal("632.2"), MNKR, 1)))
    first, second = (
        replace(sample_report(), blocks=(TableBlock(1, "Driftsammandrag", one, "t"),)) for one in (table, moved)
    )
    assert digest(first) != digest(second)
    assert len(digest(first)) == 64


def test_a_figure_with_another_precision_is_another_report() -> None:
    first, second = (
        replace(
            sample_report(),
            blocks=(TableBlock(1, "D", statement().with_cell("summa", "outcome-2024", Cell(quantity)), "t"),),
        )
        for quantity in (Quantity(Decimal("632.0"), MNKR, 1), Quantity(Decimal("632.00"), MNKR, 2))
    )
    assert digest(first) != digest(second)


@pytest.mark.parametrize(
    "broken",
    [
        {"format": 99},
        {},
        {**freeze(sample_report()), "blocks": [{"block": "film"}]},
        {**freeze(sample_report()), "blocks": [{"block": "heading", "level": 1}]},
        {**freeze(sample_report()), "stamp": {"day": "i går"}},
    ],
)
def test_what_is_not_ours_is_refused_in_words(broken: dict[str, object]) -> None:
    with pytest.raises(ReadingError, match="apporten"):
        thaw(broken)
