"""What is asked many times while one page is read is fetched once: which files count, whose the codes are.

Only where a page is read and nothing is written (``reading_once``). Everywhere else (services, command line, work
in the background) a selector marked ``once`` is asked anew each time, so that nobody decides on what was true before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Keep the answers of selectors marked ``once`` for as long as the block runs, in this thread only."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(selector: Callable[P, R]) -> Callable[P, R]:
    """Let a selector be asked once with the same arguments while a page is read.

    The arguments must be hashable, and nobody may change what it gives.
    """

    @wraps(selector)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        kept = _answers.get()
        if kept is None:
            return selector(*args, **kwargs)
        question = (selector, args, tuple(sorted(kwargs.items())))
        if question not in kept:
            kept[question] = selector(*args, **kwargs)
        found: R = kept[question]
        return found

    return asked
