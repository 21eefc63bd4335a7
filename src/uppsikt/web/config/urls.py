"""Addresses: Swedish words, the context (unit and reporting date) first."""

from __future__ import annotations

from django.urls import include, path

CONTEXT = "<slug:unit_slug>/<slug:date_slug>/"

urlpatterns = [
    path("", include("uppsikt.web.pages.urls")),
    path(CONTEXT, include("uppsikt.web.cycle.urls")),
    path(CONTEXT, include("uppsikt.web.steering.urls")),
    path(CONTEXT, include("uppsikt.web.investments.urls")),  # its addresses are longer than those of economy
    path(CONTEXT, include("uppsikt.web.economy.urls")),
    path(CONTEXT, include("uppsikt.web.ledger.urls")),
    path(CONTEXT, include("uppsikt.web.budget.urls")),
    path(CONTEXT, include("uppsikt.web.staff.urls")),
    path(CONTEXT, include("uppsikt.web.followup.urls")),
    path(CONTEXT, include("uppsikt.web.council.urls")),
    path(CONTEXT, include("uppsikt.web.reports.urls")),
    path(CONTEXT, include("uppsikt.web.review.urls")),
]

handler400 = "uppsikt.web.pages.errors.bad_request"
handler403 = "uppsikt.web.pages.errors.forbidden"
handler404 = "uppsikt.web.pages.errors.not_found"
handler500 = "uppsikt.web.pages.errors.server_error"
