"""The application that a WSGI server runs. It shows nothing from a database of another version."""

from __future__ import annotations

import html
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.web.config.settings")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Uppsikt är inte i drift just nu</title>
<body style="font:1.1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1.5rem;color:#16202e">
<main><h1>Uppsikt är inte i drift just nu</h1><p>{reason}</p></main></body></html>"""


def guarded(application: Application, refusal: Callable[[], str]) -> Application:
    """Answer 503 with the reason until the database is of this version; then never ask again."""
    is_sound = False

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        nonlocal is_sound
        reason = "" if is_sound else refusal()
        if not reason:
            is_sound = True
            return application(environ, start_response)
        page = _PAGE.format(reason=html.escape(reason)).encode()
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))]
        start_response("503 Service Unavailable", [*headers, ("Retry-After", "60")])
        return [page]

    return answer


def _refusal() -> str:
    from uppsikt.core.errors import UseError
    from uppsikt.web.config.database import refusal

    try:
        return refusal()
    except UseError as error:
        return str(error)


application = guarded(get_wsgi_application(), _refusal)
