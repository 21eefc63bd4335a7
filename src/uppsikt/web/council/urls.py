"""Addresses of this room; all stand under /<unit>/<reporting date>/."""

from __future__ import annotations

from django.urls import path

from uppsikt.web.council import rule_views, views

urlpatterns = [
    path("kommunen/", views.council, name="council"),
    path("kommunen/resultatbudget/", views.result_budget, name="result_budget"),
    path("kommunen/resultatbudget/<slug:version>/", views.result_edit, name="result_edit"),
    path("kommunen/balanskrav/", views.balance, name="balance"),
    path("kommunen/balanskrav/rakna/", views.balance_edit, name="balance_edit"),
    path("kommunen/regler/", rule_views.rules, name="municipality_rules"),
    path("kommunen/regler/minsta-grupp/", rule_views.group_rule, name="municipality_group"),
    path("kommunen/regler/<slug:rule>/ny/", rule_views.rule_new, name="municipality_rule_new"),
    path("kommunen/regler/<slug:rule>/<int:pk>/", rule_views.rule_change, name="municipality_rule"),
    path("kommunen/regler/<slug:rule>/<int:pk>/bort/", rule_views.rule_remove, name="municipality_rule_remove"),
]
