"""The one door where mistakes in use become a page that says what happened and what to do."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.db import DataError
from django.http import HttpRequest, HttpResponse

from uppsikt.core.errors import UppsiktError, UseError
from uppsikt.web.pages.errors import refused, wrong_method


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
        """Give the page for one of our own errors, and for a character that PostgreSQL cannot hold."""
        if isinstance(exception, DataError) and "NUL" in str(exception):
            exception = UseError("Texten innehåller ett tecken som inte går att spara. Ta bort det och försök igen.")
        return refused(request, exception) if isinstance(exception, UppsiktError) else None
