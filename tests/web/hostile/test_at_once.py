"""The same button, pressed twice at the same moment: two browsers' threads, committed transactions, one effect."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests.web.hostile.conftest import Town
from tests.web.hostile.forms import FORMS, Form
from tests.web.hostile.test_forms import press, state
from uppsikt.web.budget.models import Move
from uppsikt.web.history.models import Sent
from uppsikt.web.investments.models import InvestmentFrame

# One of each kind: something that is added, something that is counted, a file, and something that is taken away.
ONES = ("budget_moves", "investment_frame_decide", "plan_measure_new", "payroll_new", "investment_frame_remove")


@pytest.fixture
def committed(transactional_db: None, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    """The town, committed, so that two threads see it; on SQLite in a file as the program has it."""
    with in_a_file(tmp_path / "town.sqlite3"):
        yield request.getfixturevalue("town")


@contextmanager
def in_a_file(path: Path) -> Iterator[None]:
    """Work on a file in the block: threads that share a database in memory wait for each other in no way at all."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path)) as copy:
        memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name


def at_once(town: Town, form: Form, *bodies: dict[str, Any]) -> list[int]:
    """Send what has been filled in, each by a thread of its own, all at once; give what they were answered."""
    together, answers = Barrier(len(bodies)), []

    def one(body: dict[str, Any]) -> None:
        try:
            together.wait()
            answers.append(press(town, form, body).status_code)
        finally:
            connection.close()

    threads = [Thread(target=one, args=[body]) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(bodies)
    return answers


def test_what_is_pressed_twice_at_the_same_moment_is_done_once(committed: Town) -> None:
    moves, frames = Move._default_manager.count(), InvestmentFrame._default_manager.count()
    for form in FORMS:
        if form.door not in ONES:
            continue
        body, presses = form.body(committed), Sent._default_manager.count()
        answers = at_once(committed, form, dict(body), dict(body))
        assert all(answer < 500 for answer in answers), (str(form), answers)
        assert 302 in answers, (str(form), answers)
        assert Sent._default_manager.count() == presses + 1, str(form)
        after = state(committed)
        assert press(committed, form, body).status_code == 302
        assert state(committed) == after, str(form)
    assert Move._default_manager.count() == moves + 1
    assert InvestmentFrame._default_manager.count() == frames  # one was added, and then one taken away


def test_two_who_begin_the_same_thing_at_once_get_one_of_it_and_a_word(committed: Town) -> None:
    """Not the same press: each has opened the form, and both find that nothing is there yet."""
    [form] = [one for one in FORMS if one.door == "action_plan_new"]
    bodies = [form.body(committed), form.body(committed)]
    answers = at_once(committed, form, *bodies)
    assert 302 in answers
    assert all(answer < 500 for answer in answers), answers
    assert committed.tiny.units["ekonomistaben"].action_plans.count() == 1


def test_a_press_that_came_to_nothing_can_be_pressed_again(committed: Town) -> None:
    [form] = [one for one in FORMS if one.door == "budget_moves"]
    body = form.body(committed)
    refused = press(committed, form, {**body, "amount": "999 999 999"})
    assert refused.status_code == 200
    assert not Sent._default_manager.exists()
    assert press(committed, form, body).status_code == 302
    again = press(committed, form, {**body, "amount": "999 999 999"})
    assert again.status_code == 200
