"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.cycle import views

urlpatterns = [
    path("beslut/", views.decisions, name="decisions"),
    path("beslut/<int:pk>/", views.decision, name="decision"),
]
