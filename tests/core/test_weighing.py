"""What the system suggests for a goal: from its indicators and its activities, with reasons."""

from __future__ import annotations

import pytest

from uppsikt.core.states import GoalState, WorkState, weigh

MET, PARTLY, MISSED, NONE = GoalState.MET, GoalState.PARTLY, GoalState.MISSED, GoalState.NONE


@pytest.mark.parametrize(
    ("lights", "work", "state"),
    [
        ([MET, MET], {}, MET),
        ([MET, NONE], {}, MET),
        ([MET, MISSED], {}, PARTLY),
        ([PARTLY, PARTLY], {}, PARTLY),
        ([MISSED, MISSED, NONE], {WorkState.DONE: 5}, MISSED),
        ([MET], {WorkState.DONE: 1, WorkState.CANCELLED: 1}, MET),
        ([MET], {WorkState.DONE: 1, WorkState.CANCELLED: 1, WorkState.REMAINS: 1}, PARTLY),
        ([NONE], {WorkState.DONE: 5}, NONE),
        ([], {}, NONE),
    ],
)
def test_a_state_is_weighed(lights, work, state):
    assert weigh(lights, work).state is state


def test_the_reasons_are_sentences_a_controller_can_paste():
    found = weigh([MET, MET, MISSED, NONE], {WorkState.DONE: 2, WorkState.ONGOING: 1})
    assert found.reasons == (
        "Av 4 indikatorer: 2 når målet, 1 når inte målet och 1 går inte att bedöma.",
        "2 av 3 aktiviteter är genomförda.",
    )


def test_slipped_work_is_said():
    reasons = weigh([MET], {WorkState.DELAYED: 1}).reasons
    assert reasons[-1] == "1 av dem är försenade, kvarstår, utgår eller har inte börjat."


def test_a_goal_without_indicators_says_so():
    assert weigh([], {}).reasons == ("Målet har inga indikatorer.",)
