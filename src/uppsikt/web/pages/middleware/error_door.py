"""The one door where mistakes in use become a page that says what happened and what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from uppsikt.core.errors import UppsiktError, UseError
from uppsikt.web.history.sending import SentTwiceError
from uppsikt.web.pages.errors import refused, sent_twice, wrong_method

log = logging.getLogger("uppsikt")


class ErrorDoor:
    """Catches what a view raises of our own errors; everything else is Django's to tell."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through; Django's own refusal of a method has no words, so it is given ours."""
        response = self._get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = wrong_method(request).content
            response.headers["Content-Type"] = "text/html; charset=utf-8"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Give the page for one of our own errors, and for what the database or a model refuses."""
        if isinstance(exception, SentTwiceError):
            return sent_twice(request)
        if isinstance(exception, UppsiktError):
            return refused(request, exception)
        words = _words_of(exception)
        return refused(request, UseError(words)) if words else None


def _words_of(exception: Exception) -> str:
    """Say in words what was refused below the forms; empty for what nobody foresaw.

    Two who save the same thing at once both find that it is not there, and the database lets one of them through.
    """
    if isinstance(exception, DataError) and "NUL" in str(exception):
        return _("Texten innehåller ett tecken som inte går att spara. Ta bort det och försök igen.")
    if isinstance(exception, IntegrityError):
        log.warning("krock i databasen", exc_info=exception)
        return _("Någon annan sparade samma uppgift samtidigt. Ingenting av ditt är sparat: ladda om sidan och jämför.")
    if isinstance(exception, ValidationError):
        told = " ".join(exception.messages)
        return _("Uppgiften gick inte att spara. {why} Gå tillbaka, rätta och försök igen.").format(why=told)
    return ""
