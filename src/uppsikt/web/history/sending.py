"""A form that is sent twice is done once: a double click, a reload, two threads of the server at the same moment.

Every form carries a token that is another each time the form is shown (Django's masked token against forgery). So the
same token with the same content is the same press of a button; who wants the same thing twice opens the form twice.
The name of the press is written in the transaction that does what the form asks for. It is unique, so a second one
waits for the first and is then refused; when the first comes to nothing, the second is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from uppsikt.web.history.models import Sent

KEPT = timedelta(days=1)  # a form that was sent longer ago than that is not sent again by mistake
_TIDIED = 100  # how many presses there are between two tidyings


class SentTwiceError(Exception):
    """What a form asks for has been done. No mistake in what was asked: only the outermost door answers it."""


@dataclass
class _Press:
    """One press of a button; ``is_done`` when some action of it has been begun or is written."""

    name: str
    is_done: bool = False


_press: ContextVar[_Press | None] = ContextVar("press", default=None)


@contextmanager
def handling() -> Iterator[None]:
    """Handle one request: the name of its press, where it has one, holds in the block and no longer."""
    token = _press.set(None)
    try:
        yield
    finally:
        _press.reset(token)


def press_named(name: str) -> None:
    """Say which press of a button is being handled."""
    _press.set(_Press(name))


def was_sent(name: str) -> bool:
    """Say whether a press has been done. One that is being done now is not told: ``once_sent`` waits for it."""
    return Sent._default_manager.filter(name=name).exists()


@contextmanager
def once_sent(municipality: int) -> Iterator[None]:
    """Do what stands in the block, inside a transaction, unless the same press did it before: SentTwiceError.

    The first action of a press is what counts, also when it does several; outside of a form nothing is asked.
    """
    press = _press.get()
    if press is None or press.is_done:
        yield
        return
    press.is_done, is_written = True, False
    try:
        _claim(municipality, press.name)
        yield
        is_written = True
    finally:
        press.is_done = is_written


def _claim(municipality: int, name: str) -> None:
    try:
        with transaction.atomic():
            made = Sent._default_manager.create(municipality_id=municipality, name=name)
    except IntegrityError as error:
        raise SentTwiceError from error
    if made.pk % _TIDIED == 0:
        Sent._default_manager.filter(at__lt=timezone.now() - KEPT).delete()
