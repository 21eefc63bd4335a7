"""Printed states are read as what they say."""

from __future__ import annotations

import pytest

from uppsikt.core.errors import ReadingError
from uppsikt.core.states import GoalState, WorkState, goal_state, work_state


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("uppnått", "met"),
        ("Målet bedöms vara uppfyllt", "met"),
        ("delvis uppnått", "partly"),
        ("Målet bedöms vara delvis uppfyllt", "partly"),
        ("Målet bedöms inte uppnås", "missed"),
        ("ej uppfyllt", "missed"),
        ("ej bedömt", "none"),
        ("Ej tillämpligt för KS", "none"),
        ("-", "none"),
        ("–", "none"),
        ("", "none"),
    ],
)
def test_goals(text: str, state: str) -> None:
    assert goal_state(text) is GoalState(state)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Genomförd", "done"),
        ("Genomfört", "done"),
        ("avslutad", "done"),
        ("Pågår", "ongoing"),
        ("Pågående", "ongoing"),
        ("löpande", "continuous"),
        ("försenad/framskjuten", "delayed"),
        ("ej genomförd", "not_begun"),
        ("Inte aktuellt", "not_applicable"),
        ("Kvarstår", "remains"),
        ("utgår", "cancelled"),
        ("", "unknown"),
        ("-", "unknown"),
    ],
)
def test_work(text: str, state: str) -> None:
    assert work_state(text) is WorkState(state)


@pytest.mark.parametrize("state", GoalState)
@pytest.mark.parametrize("forecast", [True, False])
def test_both_wordings_of_a_goal_can_be_read_back(state: GoalState, forecast: bool) -> None:
    assert goal_state(state.wording(forecast=forecast)) is state


@pytest.mark.parametrize("state", WorkState)
def test_the_word_of_a_work_state_can_be_read_back(state: WorkState) -> None:
    assert work_state(state.wording()) is state


def test_words_that_are_no_state_are_refused() -> None:
    with pytest.raises(ReadingError, match="delvis uppnått"):
        goal_state("grön")
    with pytest.raises(ReadingError, match="kvarstår"):
        work_state("70 %")
