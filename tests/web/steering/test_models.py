"""What the database itself refuses, and that the little municipality has a history."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from uppsikt.web.history.models import Change
from uppsikt.web.history.selectors import last_change
from uppsikt.web.history.services import recording
from uppsikt.web.organisation.gate import reach
from uppsikt.web.steering.models import Goal, IndicatorValue


def test_everything_in_the_little_municipality_has_a_history(tiny):
    for value in reach(tiny.reader, IndicatorValue):
        assert last_change(tiny.reader, value).verb == Change.Verb.CREATED


def test_a_committee_goal_needs_an_owner(tiny):
    with recording(tiny.actor("kim"), why="Nytt mål") as pen, pytest.raises(ValidationError, match="goal_has_owner"):
        pen.create(Goal, model=tiny.models["2023"], slug="utan-agare", name="Utan ägare", level="committee")
