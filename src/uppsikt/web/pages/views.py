"""The pages that stand above every room: the way in, overview, search, history, language, accessibility."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from uppsikt.web.cycle.here import Here, in_context
from uppsikt.web.organisation.asking import actor_of, reader
from uppsikt.web.organisation.gate import reach
from uppsikt.web.pages import selectors
from uppsikt.web.pages.choosing import same_page_at
from uppsikt.web.pages.overviewing import overview_at
from uppsikt.web.pages.searching import find
from uppsikt.web.pages.signing_in import TRIES
from uppsikt.web.pages.telling import model_named, told_changes


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the top committee at the newest year end; before anything is stored, say what to do."""
    return redirect("overview", *selectors.first_place(actor_of(request)))


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Lead to the same kind of page at the chosen unit and reporting date."""
    unit, date = selectors.place(actor_of(request), request.GET.get("enhet", ""), request.GET.get("tillfalle", ""))
    return HttpResponseRedirect(same_page_at(request.GET.get("fran", ""), unit, date))


@require_safe
@in_context
def overview(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how a unit stands at a reporting date."""
    return render(request, "pages/overview.html", {"here": here, "section": "oversikt", "page": overview_at(here)})


class SignIn(LoginView):
    """Sign in; the demonstration tells its users and their password. Who guesses has to wait (signing_in)."""

    template_name = "pages/login.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Try a password, unless there have been too many wrong ones for the name."""
        if TRIES.must_wait(request.POST.get("username", "")):
            return self.render_to_response(self.get_context_data(must_wait=True), status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let the person in."""
        TRIES.succeeded(form.cleaned_data["username"])
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Say that it was wrong, and count it."""
        TRIES.failed(self.request.POST.get("username", ""))
        return super().form_invalid(form)

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """Give the page that the person came from; whoever came in at the front is led to their own unit."""
        asked: str = super().get_redirect_url()
        return "" if asked and asked == reverse("overview", args=selectors.first_place(reader())) else asked

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demonstration's users."""
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context |= {"guests": selectors.people_with_roles(reader()), "password": settings.DEMO_PASSWORD}
        return context


@csrf_exempt  # the worst that another site can do is to change the reader's language; a token would need a cookie
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language for a year and go back to where they were."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = reverse("home")
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


@require_safe
def about_accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement (lagen om tillgänglighet till digital offentlig service, 13 §)."""
    return render(request, "pages/about_accessibility.html")


@require_safe
@in_context
def search(request: HttpRequest, here: Here) -> HttpResponse:
    """Search over everything; htmx asks for the hits alone while the reader writes."""
    question = request.GET.get("q", "")[:200]
    found = find(here, question, request.GET.get("grupp", ""))
    page = "pages/hits.html" if request.headers.get("HX-Request") else "pages/search.html"
    context = {"here": here, "section": "", "question": question, "found": found, "only": request.GET.get("grupp", "")}
    return render(request, page, context)


@require_safe
@in_context
def history(request: HttpRequest, here: Here, model: str, pk: int) -> HttpResponse:
    """Show who changed a thing, when, from what to what, and why."""
    kind = model_named(model)
    target = reach(here.actor, kind).filter(pk=pk).first()
    if target is None:
        raise Http404(_("Det som du söker historiken för finns inte längre."))
    context = {"here": here, "section": "", "target": target, "kind": kind._meta.verbose_name}
    return render(request, "pages/history.html", {**context, "changes": told_changes(here.actor, target)})
