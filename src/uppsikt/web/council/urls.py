"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.council import views

urlpatterns = [
    path("kommunen/", views.council, name="council"),
    path("kommunen/resultatbudget/", views.result_budget, name="result_budget"),
    path("kommunen/resultatbudget/<slug:version>/", views.result_edit, name="result_edit"),
    path("kommunen/balanskrav/", views.balance, name="balance"),
    path("kommunen/balanskrav/rakna/", views.balance_edit, name="balance_edit"),
]
