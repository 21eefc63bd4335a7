"""Charts that have been drawn lie in a folder, so that they outlive the process: the first one costs half a second."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from uppsikt.reporting.render.svg import kept_in


def kept_charts(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let everything that is drawn during a request use and fill the folder."""

    def answer(request: HttpRequest) -> HttpResponse:
        with kept_in(settings.HOME / "charts"):
            return get_response(request)

    return answer
