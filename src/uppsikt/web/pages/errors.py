"""The pages that say that something did not work. They ask neither database nor session: those may be what failed.

Django hands the exception over by its name, so the four handlers take it under that name.
"""

from __future__ import annotations

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import Resolver404, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from uppsikt.core.errors import UppsiktError, UseError
from uppsikt.web.history.services import EditConflictError
from uppsikt.web.organisation.asking import NoMunicipalityError
from uppsikt.web.organisation.gate import NotAllowedError
from uppsikt.web.pages.frame import frame

log = logging.getLogger("uppsikt")


def _page(request: HttpRequest, status: int, title: str, text: str, advice: str = "") -> HttpResponse:
    context = {"request": request, "status": status, "error_title": title, "text": text, "advice": advice}
    return HttpResponse(render_to_string("pages/error.html", {**frame(request), **context}), status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what could not be found, where the program knows; an unknown address has only the address to tell."""
    own = not isinstance(exception, Resolver404) and exception.args and isinstance(exception.args[0], str)
    text = exception.args[0] if own else _("Adressen {path} finns inte.").format(path=request.path)
    advice = _("Kontrollera adressen, eller gå till översikten och sök dig vidare därifrån.")
    return _page(request, 404, _("Sidan finns inte"), text, advice)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this may not be done."""
    return _page(request, 403, _("Det får du inte göra"), _("Din användare har inte den roll som krävs här."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the question could not be understood."""
    text = _("Frågan från webbläsaren gick inte att förstå.")
    return _page(request, 400, _("Frågan blev fel"), text, _("Gå tillbaka, ladda om sidan och försök igen."))


def wrong_method(request: HttpRequest) -> HttpResponse:
    """Say that the address exists but is not used in this way: a form's address opened as a page, for example."""
    text = _("Adressen {path} går inte att använda på det sättet.").format(path=request.path)
    return _page(request, 405, _("Det går inte så här"), text, _("Gå till översikten och använd knapparna där."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the program failed, that nothing half done is kept, and whom to tell."""
    text = _("Felet är vårt, inte ditt. Det som du höll på att spara är antingen sparat helt eller inte alls.")
    advice = _("Försök igen om en stund. Säg till den som sköter systemet.")
    return _page(request, 500, _("Något gick fel"), text, advice)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old to be trusted, and how to keep what was written."""
    log.info("csrf: %s", reason)
    text = _("Formuläret har legat öppet för länge, eller så tar webbläsaren inte emot kakor. Inget är sparat.")
    advice = _("Gå tillbaka, kopiera det du skrivit, ladda om sidan och spara igen.")
    return _page(request, 403, _("Formuläret gäller inte längre"), text, advice)


def sent_twice(request: HttpRequest) -> HttpResponse:
    """Lead back to where a form stood whose button was pressed twice, with a word about it."""
    messages.info(request, _("Du skickade samma sak två gånger. Den är sparad en gång."))
    back = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if own else reverse("home"))


def refused(request: HttpRequest, error: UppsiktError) -> HttpResponse:
    """Tell one of our own errors: its text says what, where and what to do."""
    if isinstance(error, NoMunicipalityError):
        page = render_to_string("pages/first_use.html", {**frame(request), "request": request})
        return HttpResponse(page, status=503)
    if isinstance(error, NotAllowedError):
        return _page(request, 403, _("Det får du inte göra"), str(error))
    if isinstance(error, UseError | EditConflictError):
        return _page(request, 409, _("Det går inte just nu"), str(error))
    log.error("%s: %s", request.path, error, exc_info=error)
    return _page(request, 500, _("Uppgifterna går inte ihop"), str(error), _("Säg till den som sköter systemet."))
