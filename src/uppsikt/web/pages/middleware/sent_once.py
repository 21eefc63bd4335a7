"""Names the press of a button that a form came from, so that a form that is sent twice is done once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from uppsikt.web.history.sending import handling, press_named, was_sent
from uppsikt.web.pages.errors import sent_twice


class SentOnce:
    """Names what is sent by who sends it where, every field, and the files' names and sizes.

    Stands after Django's own guard against forgery, which has found the form's token to be one of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through; a name holds for it alone."""
        with handling():
            return self._get_response(request)

    def process_view(self, request: HttpRequest, *_of_the_view: Any) -> HttpResponse | None:
        """Name the press, where the form has a token that tells it from others; one that is done is answered here."""
        if request.method == "POST" and request.POST.get("csrfmiddlewaretoken"):
            fields = sorted((name, request.POST.getlist(name)) for name in request.POST)
            files = [(name, one.name, one.size) for name, of in request.FILES.lists() for one in of]
            sent = repr((request.user.pk, request.get_full_path(), fields, files))
            name = hashlib.sha256(sent.encode("utf-8", "surrogatepass")).hexdigest()
            if was_sent(name):
                return sent_twice(request)
            press_named(name)
        return None
