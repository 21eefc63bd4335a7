"""What is asked many times while a page is read is fetched once, and never where something may be written."""

from __future__ import annotations

import threading

import pytest

from uppsikt.web.organisation.once import once, reading_once


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def told(asked):
    @once
    def selector(who: str, *, of: int = 0) -> list[str]:
        asked.append(f"{who}{of}")
        return [who]

    return selector


def test_the_same_question_is_asked_once_while_a_page_is_read(told, asked):
    with reading_once():
        assert told("kim") is told("kim")
        told("kim", of=2)
        told("charlie")
    assert asked == ["kim0", "kim2", "charlie0"]


def test_the_next_page_asks_anew_and_so_does_everything_that_is_no_page(told, asked):
    for _ in range(2):
        with reading_once():
            told("kim")
    told("kim")
    told("kim")
    assert len(asked) == 4


def test_an_answer_is_not_seen_by_another_thread(told, asked):
    with reading_once():
        told("kim")
        other = threading.Thread(target=told, args=("kim",))
        other.start()
        other.join()
    assert asked == ["kim0", "kim0"]


def test_a_page_that_fails_leaves_nothing_behind(told, asked):
    @reading_once()
    def page() -> None:
        told("kim")
        raise ValueError("sidan")

    with pytest.raises(ValueError, match="sidan"):
        page()
    told("kim")
    assert len(asked) == 2
