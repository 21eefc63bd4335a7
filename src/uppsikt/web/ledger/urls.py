"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.ledger import views

urlpatterns = [
    path("redovisning/poster/", views.entries, name="ledger_entries"),
]
